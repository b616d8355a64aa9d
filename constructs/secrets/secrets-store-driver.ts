import type { IConstruct } from 'constructs';
import { writeYaml } from '../../core/manifest';
import { tokenAudience } from '../../core/secrets/cloud/token-audience';
import {
  type DriverNeeds,
  driverFaults,
  driverValues,
  type SecretsStoreDriverOptions,
} from '../../core/secrets/csi-driver-values';
import { defaultAudience } from '../../core/secrets/vault/server';
import { flag, type Shapes, takeProps, text } from '../app/shape';
import type { SecureWorkload } from '../workload/workload';
import { AccessError, type AccessFault } from './access-error';
import { CloudSecretMount } from './cloud/cloud-secret-mount';
import { usesAddOn } from './cloud/deliveries/limits';
import { readersIn, soundPlatform } from './readers';
import { VaultSecretMount } from './vault/vault-secret-mount';

const optionShapes: Shapes<SecretsStoreDriverOptions> = { rotationPollInterval: text, subchart: flag };

/** Why no values were made: everything at once. */
export class SecretsStoreDriverError extends AccessError {
  override readonly name = 'SecretsStoreDriverError';

  constructor(faults: readonly AccessFault[]) {
    super('SecretsStoreDriver', faults);
  }
}

/**
 * What the Secrets Store CSI driver has to be installed with so that the mounts of an app by `csi`, of Vault and of clouds, are filled and rotated: the values of
 * its chart. As it comes, it rotates nothing and tells providers of no pod. There is no secret in it.
 *
 * @example SecretsStoreDriver.of(app).values()
 */
export class SecretsStoreDriver {
  /**
   * Collects what the workloads in a construct read by `csi`. It is a picture of this moment: make it last.
   *
   * @param scope all apps of the cluster have one driver: give a scope that holds what it is for, or merge `audiences`
   * @throws SynthesisError where the app has errors
   * @throws SecretsStoreDriverError with everything that is wrong with the options, and every fact that nothing says
   */
  static of(scope: IConstruct, options: SecretsStoreDriverOptions = {}): SecretsStoreDriver {
    const { props, faults: misshapen } = takeProps<SecretsStoreDriverOptions>(optionShapes, options ?? {});
    const platform = soundPlatform(scope);
    const all: AccessFault[] = [...misshapen, ...driverFaults(props)];
    const audiences: string[] = [];
    let [syncs, windows] = [false, false];
    const audienceOf = (workload: SecureWorkload, mount: unknown): string | undefined => {
      if (mount instanceof VaultSecretMount)
        return mount.deliveryIdOn(platform) === 'csi' ? (platform.vault?.audience ?? defaultAudience) : undefined;
      const { cloudLogin: login } = workload;
      if (!(mount instanceof CloudSecretMount) || mount.deliveryIdOn(platform) !== 'csi' || login === undefined)
        return undefined;
      // The add-on is Google's to install, and to set.
      if (login.cloud === 'gcp' && usesAddOn(platform)) return undefined;
      const found = tokenAudience(login);
      if ('audience' in found) return found.audience;
      if (!all.some(({ construct }) => construct === workload.node.path))
        all.push({ construct: workload.node.path, ...found.fault });
      return undefined;
    };
    const { faults } = readersIn(scope, (workload) => {
      const mounts = workload.secretMounts.flatMap((mount) => {
        const audience = audienceOf(workload, mount);
        return audience === undefined ? [] : [{ mount, audience }];
      });
      audiences.push(...mounts.map(({ audience }) => audience));
      windows ||= mounts.length > 0 && workload.runsOnWindows;
      syncs ||= mounts.some(({ mount }) => mount instanceof VaultSecretMount && mount.options.syncAs !== undefined);
      return mounts;
    });
    all.push(...faults);
    if (all.length > 0) throw new SecretsStoreDriverError(all);
    return new SecretsStoreDriver({ audiences: [...new Set(audiences)].sort(), syncs, windows }, props);
  }

  private constructor(
    private readonly needs: DriverNeeds,
    private readonly options: SecretsStoreDriverOptions,
  ) {}

  /** Who the tokens are for that providers show: `vault`, `sts.amazonaws.com`. Empty where nobody reads by the driver. */
  get audiences(): readonly string[] {
    return [...this.needs.audiences];
  }

  /** The values of its chart, as YAML: for `helm upgrade --values`. Undefined where nobody reads by it. */
  values(): string | undefined {
    return this.needs.audiences.length === 0 ? undefined : writeYaml(driverValues(this.needs, this.options));
  }
}
