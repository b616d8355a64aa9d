import type { IConstruct } from 'constructs';
import { writeYaml } from '../../../core/manifest';
import { accessFiles, type VaultRole, vaultRoles } from '../../../core/secrets/vault/access';
import { limitFaults, type VaultAccessOptions } from '../../../core/secrets/vault/auth-role';
import {
  operatorCacheFaults,
  operatorCacheReader,
  operatorCacheValues,
} from '../../../core/secrets/vault/operator-cache';
import { defaultAuthMount, type VaultServer } from '../../../core/secrets/vault/server';
import type { SynthesisOptions } from '../../app/bulwark-app';
import { OutputFolder, type OutputResult } from '../../app/output-folder';
import { list, type Shapes, takeProps, text } from '../../app/shape';
import { readersIn, soundPlatform } from '../readers';
import { VaultAccessError } from './access-error';
import { VaultSecretMount } from './vault-secret-mount';

const optionShapes: Shapes<VaultAccessOptions> = { tokenTtl: text, tokenMaxTtl: text, boundCidrs: list(text) };

/**
 * What Vault has to allow so that the workloads of an app can read the secrets that they declare: a policy and a role of the Kubernetes auth method
 * for each ServiceAccount. There is no secret in it.
 *
 * @example VaultAccess.of(app).write('vault')
 */
export class VaultAccess {
  /**
   * Collects what the workloads in a construct read. It is a picture of this moment: make it last.
   *
   * @param scope the app, as a rule. Workloads that share a ServiceAccount share its role: give a scope that holds all of them.
   * @throws SynthesisError where the app has errors: no policies are made for manifests that are not
   * @throws VaultAccessError with everything that is wrong with the options, and every workload in no namespace
   */
  static of(scope: IConstruct, options: VaultAccessOptions = {}): VaultAccess {
    const { props: limits, faults: misshapen } = takeProps<VaultAccessOptions>(optionShapes, options ?? {});
    const platform = soundPlatform(scope);
    const { readers, faults } = readersIn(scope, ({ secretMounts }) =>
      secretMounts.flatMap((mount) =>
        mount instanceof VaultSecretMount && mount.source !== undefined
          ? [{ source: mount.source, delivery: mount.deliveryIdOn(platform) }]
          : [],
      ),
    );
    const all = [
      ...misshapen,
      ...limitFaults(limits, platform.vault?.maxTtl),
      ...(platform.vault?.operatorCache ? operatorCacheFaults(platform.vault.operatorCache) : []),
      ...faults,
    ];
    if (all.length > 0) throw new VaultAccessError(all);
    const { vault } = platform;
    const vaultReaders = readers.map(({ workload: { kind, name, serviceAccountName }, namespace, reads }) => ({
      workload: `${kind} ${namespace}/${name}`,
      namespace,
      serviceAccountName,
      reads,
    }));
    const cache = vault?.operatorCache;
    const everybody = cache === undefined ? vaultReaders : [...vaultReaders, operatorCacheReader(cache)];
    return new VaultAccess(vaultRoles(everybody, vault ?? {}, limits), vault);
  }

  private constructor(
    /** One for each ServiceAccount that reads something, by name. */
    readonly roles: readonly VaultRole[],
    /** The Vault that they are for; undefined where the app has none, and reads nothing. */
    readonly server: VaultServer | undefined,
  ) {}

  /** Where the Kubernetes auth method is mounted. */
  get authMount(): string {
    return this.server?.authMount ?? defaultAuthMount;
  }

  /** Each policy (`policies/payments.api.hcl`) and each role (`auth/kubernetes/role/payments.api.json`), by path. */
  files(): ReadonlyMap<string, string> {
    return accessFiles(this.roles, this.authMount);
  }

  /**
   * The values of the chart of Vault Secrets Operator that have it keep its logins, encrypted, as YAML: for `helm upgrade --values`. Undefined
   * where no `vault.operatorCache` is declared.
   */
  operatorValues(): string | undefined {
    const cache = this.server?.operatorCache;
    return this.server === undefined || cache === undefined
      ? undefined
      : writeYaml(operatorCacheValues(this.server, cache));
  }

  /**
   * Writes the files, all or none, and removes those of before that no longer belong.
   *
   * @param folder one of its own, outside of that of the manifests: `kubectl apply -R` and Argo CD would take a role for an object
   * @throws OutputFolderError where it cannot be written
   */
  write(folder: string, options: SynthesisOptions = {}): OutputResult {
    return new OutputFolder(folder).replace(this.files(), options);
  }
}
