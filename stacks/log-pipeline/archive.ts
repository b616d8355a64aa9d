import type { LogsFault } from '../../core/logs/fault';
import { bucketFaults } from '../bucket';
import type { LogArchiveArgs } from './args';
import type { PlainArgs } from './config';

/** What an archive is to be. */
export interface LogArchive {
  readonly bucket: string;
  readonly region: string;
  /** Of Amazon's clouds: `aws`, `aws-cn`, `aws-us-gov`. */
  readonly partition: string;
  /** The default retention of the bucket, in compliance mode. */
  readonly retentionDays: number;
}

/** @param auditDays how long Loki keeps the audit log */
export function archiveOf({ name, region, identity, retentionDays }: LogArchiveArgs, auditDays: number): LogArchive {
  // A role is let in to the buckets of its own partition alone.
  const [, partition = ''] = identity.split(':');
  return { bucket: name, region, partition, retentionDays: retentionDays ?? auditDays };
}

/** What the bucket has to have, which is not the stack's to make: S3's own form of it, and what the role of the gateways may do. */
export function archiveNeeds({ bucket, partition, retentionDays }: Omit<LogArchive, 'region'>) {
  return {
    bucket,
    objectLock: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: retentionDays } },
    },
    policy: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: `arn:${partition}:s3:::${bucket}/audit/*` }],
    },
  };
}

/** Everything that is wrong with an archive. */
export function archiveFaults(
  { archive, bucket }: PlainArgs,
  { auditDays, auditFolder }: { readonly auditDays: number; readonly auditFolder: string },
): readonly LogsFault[] {
  if (archive === undefined) return [];
  const at = (key: string, message: string, remedy: string): LogsFault => ({ key: `archive.${key}`, message, remedy });
  if (archive.kind !== 's3') {
    const message = `${JSON.stringify(archive.kind)} is none: the Collector writes to S3 alone by an identity, in objects that a bucket's own lock keeps`;
    return [at('kind', message, 'use s3')];
  }
  const { retentionDays, ...ofBucket } = archive;
  const faults = [...bucketFaults(ofBucket, { argument: 'archive', who: 'gateways are', writesOnly: true })];
  if (retentionDays !== undefined && !(Number.isSafeInteger(retentionDays) && retentionDays >= auditDays)) {
    const message = `${retentionDays} is no number of days from ${auditDays}, for which Loki keeps the audit log`;
    faults.push(at('retentionDays', message, `give ${auditDays} or more, or leave it out`));
  }
  if (archive.name === bucket?.name) {
    const message = 'it is the bucket of Loki, which has to delete there what is old, and could not';
    faults.push(at('name', message, 'give another bucket'));
  }
  if (archive.identity === bucket?.identity) {
    const message = 'it is who Loki is, who may delete';
    faults.push(at('identity', message, 'give a role that may put objects into the archive, and nothing else'));
  }
  if (auditFolder === '') {
    const message = 'agents read no audit log';
    const remedy = 'give sources.auditFolder; a log that a cloud keeps is archived there';
    faults.push({ key: 'archive', message, remedy });
  }
  return faults;
}
