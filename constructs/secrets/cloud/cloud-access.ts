import type { IConstruct } from 'constructs';
import {
  type AwsGrant,
  type AzureGrant,
  type CloudGrants,
  type CloudReader,
  cloudFiles,
  cloudGrants,
  type GcpGrant,
} from '../../../core/secrets/cloud/access';
import type { SynthesisOptions } from '../../app/bulwark-app';
import { OutputFolder, type OutputResult } from '../../app/output-folder';
import { readersIn, soundPlatform } from '../readers';
import { CloudAccessError } from './access-error';
import { CloudSecretMount } from './cloud-secret-mount';

/**
 * What the clouds have to allow so that the workloads of an app can read the secrets that they declare, and no others: policies of AWS IAM, members of
 * secrets of Google Cloud, roles in Azure for single secrets. There is no secret in it.
 *
 * @example CloudAccess.of(app).write('cloud')
 */
export class CloudAccess {
  /**
   * Collects what the workloads in a construct read. It is a picture of this moment: make it last.
   *
   * @param scope the app, as a rule. Workloads that share a ServiceAccount share its rights: give a scope that holds all of them.
   * @throws SynthesisError where the app has errors: no rights are made for manifests that are not
   * @throws CloudAccessError with every fact that a right needs and nothing says, and every workload in no namespace
   */
  static of(scope: IConstruct): CloudAccess {
    const platform = soundPlatform(scope);
    const { readers, faults } = readersIn(scope, ({ secretMounts }) =>
      secretMounts.flatMap((mount) => {
        const source = mount instanceof CloudSecretMount ? mount.sourceOn(platform).source : undefined;
        return source === undefined ? [] : [{ source, delivery: (mount as CloudSecretMount).deliveryIdOn(platform) }];
      }),
    );
    const paths = new Map<string, string>();
    const cloudReaders = readers.flatMap(({ workload: construct, namespace, reads }): CloudReader[] => {
      const { kind, name, serviceAccountName, cloudLogin: login } = construct;
      const workload = `${kind} ${namespace}/${name}`;
      paths.set(workload, construct.node.path);
      return login === undefined ? [] : [{ workload, namespace, serviceAccountName, login, reads }];
    });
    const made = cloudGrants(cloudReaders, platform.cloudSecrets);
    const all = [
      ...faults,
      ...made.faults.flatMap(({ workloads, property, value, message, remedy }) =>
        workloads.map((workload) => ({
          construct: paths.get(workload) ?? workload,
          property,
          message,
          remedy,
          ...(value !== undefined && { value }),
        })),
      ),
    ];
    if (all.length > 0) throw new CloudAccessError(all);
    return new CloudAccess(made.grants);
  }

  private constructor(private readonly grants: CloudGrants) {}

  /** One policy for each ServiceAccount that reads secrets of AWS, by name. */
  get aws(): readonly AwsGrant[] {
    return this.grants.aws;
  }

  /** The members of secrets for each ServiceAccount that reads secrets of Google Cloud, by name. */
  get gcp(): readonly GcpGrant[] {
    return this.grants.gcp;
  }

  /** The role assignments for each ServiceAccount that reads secrets of Azure, by name. */
  get azure(): readonly AzureGrant[] {
    return this.grants.azure;
  }

  /** Each policy (`aws/payments.api.json`), each list of members (`gcp/…`) and of role assignments (`azure/…`), by path. */
  files(): ReadonlyMap<string, string> {
    return cloudFiles(this.grants);
  }

  /**
   * Writes the files, all or none, and removes those of before that no longer belong.
   *
   * @param folder one of its own, outside of that of the manifests
   * @throws OutputFolderError where it cannot be written
   */
  write(folder: string, options: SynthesisOptions = {}): OutputResult {
    return new OutputFolder(folder).replace(this.files(), options);
  }
}
