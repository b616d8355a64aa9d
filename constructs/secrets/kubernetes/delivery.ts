import { createHash } from 'node:crypto';
import type { SecretFault } from '../../../core/secrets/fault';
import {
  type Delivered,
  type DeliveryFault,
  type PlacedSecret,
  placedFault,
  type SecretDelivery,
  type SecretReader,
} from '../delivery';
import { accessFaults } from '../file-access';
import { changeFault } from '../limits';
import { secretMode, secretVolumes } from '../secret-volumes';
import type { SecretFile } from './secret-file';

/** Changes with the Secrets that the workload is restarted for: that makes the pods new. There is no value in it. */
export const revisionAnnotation = 'kube-bulwark.dev/secret-revision';

/** The kubelet: it mounts the keys of Secrets that are there. */
export const kubernetes: SecretDelivery = {
  id: 'kubernetes',
  deliver: (reader, asked): Delivered => {
    const placed = asked as readonly PlacedSecret<SecretFile>[];
    const volumes = secretVolumes(placed, 'secret', ({ secret: { name }, options }) => ({
      secret: name,
      files: [{ path: options.file }],
      keyOf: () => options.key,
      mode: options.mode ?? secretMode,
      ...(options.optional === true && { optional: true }),
    }));
    const faults = placed.flatMap((each) => [
      ...[
        ...limits.flatMap((limit) => limit(each.mount, reader) ?? []),
        ...(each.mount.secret.readerFaults?.(reader) ?? []),
      ].map((fault) => placedFault(fault, each)),
      ...access(reader, each),
    ]);
    return { ...volumes, ...restartAnnotation(placed), faults };
  },
};

function restartAnnotation(placed: readonly PlacedSecret<SecretFile>[]): Pick<Delivered, 'podAnnotations'> {
  const revisions = placed.flatMap(({ mount: { secret, options } }) =>
    options.onChange === undefined || secret.revision === undefined ? [] : `${secret.name} ${secret.revision}`,
  );
  if (revisions.length === 0) return {};
  const text = [...new Set(revisions)].sort().join('\n');
  return { podAnnotations: { [revisionAnnotation]: createHash('sha256').update(text).digest('hex') } };
}

function access(reader: SecretReader, placed: PlacedSecret<SecretFile>): readonly DeliveryFault[] {
  const mode = placed.mount.options.mode ?? secretMode;
  return accessFaults(reader, placed, { user: 0, mode }, 'let the group read it, which is the fsGroup: 0o440');
}

const limits: readonly ((mount: SecretFile, reader: SecretReader) => SecretFault | undefined)[] = [
  ({ secret }, { namespace }) => {
    const own = secret.namespace ?? secret.metadata?.namespace;
    if (own === undefined || own === namespace) return undefined;
    return {
      property: 'secret',
      value: `${own}/${secret.name}`,
      message: `the Secret is in the namespace ${own}, and a pod reads those of its own: ${namespace ?? 'none is named'}`,
      remedy: 'have a Secret of its own made in the namespace of the workload',
    };
  },
  ({ options: { onChange } }, reader) => changeFault(onChange, reader),
  ({ options: { onChange }, secret }) => {
    if (onChange === undefined || (onChange.kind === 'restart' && secret.revision !== undefined)) return undefined;
    return {
      property: 'onChange',
      message:
        onChange.kind === 'restart'
          ? `nothing here says when the Secret ${secret.name} changes: whoever fills it does so at a time of their own`
          : 'the kubelet brings the file, and neither signals a program nor runs a command',
      remedy:
        'leave onChange out, and have the program read the file again; or restart by VaultSecretMount, or by an EncryptedSecret of SOPS',
    };
  },
];
