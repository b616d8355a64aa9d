import { isDay } from '../../core/calendar';
import { ClusterTarget, type ClusterTargetOptions } from '../../core/cluster';
import { collectionFaults, dailyFaults } from '../../core/registry/distribution/window';
import type { RegistryFault } from '../../core/registry/fault';
import { ownRegistryFaults, registryHostFaults } from '../../core/registry/host';
import {
  featureFaults,
  type RegistryFeature,
  type RegistryProduct,
  registryFeatures,
  registryProducts,
} from '../../core/registry/products';
import type { RegistryStorage } from '../../core/registry/settings';
import { type RegistrySize, registryLoadFaults, registrySize, registryVolumeFaults } from '../../core/registry/sizing';
import { type ArgumentForm, argumentsSchema, formFaults } from '../argument-forms';
import { bucketFaults, bucketOf } from '../bucket';
import type { PrivateRegistryArgs, RegistryAuthenticationArgs, RegistryUserArgs } from './args';
import { authenticationFaults, pullSecretFaults } from './authentication-faults';
import { registryNameFaults } from './names';
import { productFaults } from './product-faults';
import { privateRegistrySchema } from './schema';
import { signatureFaults } from './signatures';

/** The arguments that are plain data: what is secret is not among them. */
export type PlainArgs = Omit<PrivateRegistryArgs, 'runbooks' | 'uploadSecret' | 'authentication'> & {
  readonly authentication: Omit<RegistryAuthenticationArgs, 'users'> & {
    readonly users?: readonly Omit<RegistryUserArgs, 'password'>[];
  };
};

/** What the arguments come to. */
export interface PrivateRegistryConfig {
  readonly target: ClusterTarget;
  readonly product: RegistryProduct;
  readonly namespace: string;
  readonly replicas: number;
  readonly size: RegistrySize;
  /** In GiB; undefined with a bucket. */
  readonly volume?: number;
  readonly storage: RegistryStorage;
  readonly alerts: boolean;
  readonly dashboard: boolean;
}

/** Where a volume of blobs is mounted. */
export const dataFolder = '/var/lib/registry';

export const defaultBackup = { at: '00:30', days: 14 } as const;

const form: ArgumentForm = {
  type: 'PrivateRegistryArgs',
  schema: argumentsSchema(privateRegistrySchema, ['bucket']),
  missing: {
    issuer: {
      message: 'there is no registry without TLS: passwords and images would go over the network in the clear',
      remedy: 'give the name of a ClusterIssuer of cert-manager',
    },
  },
};

/** What is not of the form that the compiler asks for. */
export function shapeFaults(args: PlainArgs): readonly RegistryFault[] {
  return formFaults(args, form);
}

/**
 * What the arguments come to, and everything that is wrong with them but for what is secret.
 * @param today as `YYYY-MM-DD`
 */
export function privateRegistryConfig(
  args: PlainArgs,
  today: string,
): {
  readonly config: PrivateRegistryConfig;
  readonly faults: readonly RegistryFault[];
} {
  const { distribution, bucket, load = {}, volume = {}, garbageCollection = {}, authentication } = args;
  const options = { ...(distribution !== undefined && { distribution }) } as ClusterTargetOptions;
  const target = ClusterTarget.of(args.kubernetesVersion, options);
  const product = registryProducts.find((each) => each === (args.product ?? 'distribution'));
  const replicas = args.replicas ?? (bucket === undefined || product === 'zot' ? 1 : 2);
  const size = registrySize(load, Math.max(replicas, 1), authentication.kind === 'htpasswd');
  const gibibytes = volume.gibibytes ?? size.volume;
  const loads = registryLoadFaults('load', load);
  const config: PrivateRegistryConfig = {
    target,
    product: product ?? 'distribution',
    namespace: args.namespace ?? 'registry',
    replicas,
    size,
    storage: bucketOf(bucket) ?? { kind: 'volume', folder: dataFolder },
    ...(bucket === undefined && { volume: gibibytes }),
    alerts: args.alerts ?? args.prometheusNamespace !== undefined,
    dashboard:
      args.dashboard ??
      (args.prometheusNamespace !== undefined && product !== undefined && registryFeatures.dashboard.has[product]),
  };
  return {
    config,
    faults: [
      ...target.faults.map(({ property, message, remedy }) => ({
        key: property === 'version' ? 'kubernetesVersion' : property,
        message,
        remedy,
      })),
      ...(product === undefined
        ? unknownProduct(args.product)
        : [...featureFaults(product, askedFor(args)), ...productFaults(product, args)]),
      ...ownRegistryFaults('host', args.host),
      ...authenticationFaults(authentication),
      ...(bucket === undefined ? [] : bucketFaults(bucket, { who: 'the registry is' })),
      ...storageFaults(args),
      ...loads,
      ...(loads.length > 0 || bucket !== undefined ? [] : registryVolumeFaults('volume.gibibytes', gibibytes)),
      ...replicaFaults(args, replicas),
      ...upstreamFaults(args),
      ...collectionFaults('garbageCollection', garbageCollection),
      ...backupFaults(args),
      ...dashboardFaults(args),
      ...pullSecretFaults(args, config.namespace),
      ...(args.signatures === undefined
        ? []
        : signatureFaults(args.signatures, { host: args.host, namespace: config.namespace, today })),
      ...registryNameFaults(args, config.namespace),
    ],
  };
}

function unknownProduct(product = ''): readonly RegistryFault[] {
  const message = `there is no product ${JSON.stringify(product.slice(0, 100))}`;
  return [{ key: 'product', message, remedy: `use ${registryProducts.join(', ')}` }];
}

/** What the arguments ask a product for. */
function askedFor(args: PlainArgs): readonly { readonly key: string; readonly feature: RegistryFeature }[] {
  const { kind } = args.authentication;
  const ways = ['htpasswd', 'token', 'oidc'] as const;
  return [
    ...ways.filter((way) => way === kind).map((feature) => ({ key: 'authentication.kind', feature })),
    ...(['teams', 'immutableTags', 'upstreams'] as const)
      .filter((key) => args[key] !== undefined && args[key].length > 0)
      .map((key) => ({ key, feature: key })),
    ...((args.replicas ?? 1) > 1 ? [{ key: 'replicas', feature: 'replicas' as const }] : []),
    ...(args.backup === undefined ? [] : [{ key: 'backup', feature: 'copies' as const }]),
    ...(args.dashboard === true ? [{ key: 'dashboard', feature: 'dashboard' as const }] : []),
    ...(args.garbageCollection === undefined ? [] : [{ key: 'garbageCollection', feature: 'window' as const }]),
  ];
}

function storageFaults({ bucket, volume, backup }: PlainArgs): readonly RegistryFault[] {
  if (bucket === undefined) return [];
  const faults: RegistryFault[] = [];
  if (volume !== undefined) {
    const message = 'it is about a volume, and blobs are kept in the bucket';
    faults.push({ key: 'volume', message, remedy: 'leave it out, or leave bucket out' });
  }
  if (backup !== undefined) {
    const message = 'it copies a volume, and blobs are kept in the bucket';
    faults.push({
      key: 'backup',
      message,
      remedy: 'leave it out, and have the cloud keep versions and a replica of the bucket',
    });
  }
  return faults;
}

function replicaFaults({ bucket }: PlainArgs, replicas: number): readonly RegistryFault[] {
  const key = 'replicas';
  // Replicas go read-only ten seconds apart, within the margin of the window.
  if (!Number.isSafeInteger(replicas) || replicas < 1 || replicas > 20)
    return [{ key, message: `${replicas} is no number of replicas`, remedy: 'give one from 1 to 20' }];
  if (replicas === 1 || bucket !== undefined) return [];
  const message = `${replicas} replicas would each have other images on their volumes`;
  return [{ key, message, remedy: 'give a bucket, or leave replicas out' }];
}

function dashboardFaults({ dashboard, prometheusNamespace }: PlainArgs): readonly RegistryFault[] {
  if (dashboard !== true || prometheusNamespace !== undefined) return [];
  const message = 'nobody may ask the registry for its metrics, and most of its graphs would be empty';
  return [{ key: 'dashboard', message, remedy: 'give prometheusNamespace, or leave it out' }];
}

function upstreamFaults({ upstreams = [], host }: PlainArgs): readonly RegistryFault[] {
  const faults: RegistryFault[] = [];
  for (const [i, { host: upstream, allow }] of upstreams.entries()) {
    const key = `upstreams[${i}]`;
    faults.push(...registryHostFaults(`${key}.host`, upstream));
    if (upstream === host)
      faults.push({ key: `${key}.host`, message: 'it is the registry itself', remedy: 'give another registry' });
    const first = upstreams.findIndex((other) => other.host === upstream);
    if (first < i) {
      const message = `upstreams[${first}] has the same host`;
      faults.push({ key: `${key}.host`, message, remedy: 'put what both allow into one' });
    }
    if (allow.length === 0 || allow.some((pattern) => /^[*/]*$/.test(pattern))) {
      const message = 'whatever anybody puts there could be pulled through the registry';
      faults.push({ key: `${key}.allow`, message, remedy: "name what is needed: ['library/redis', 'bitnami/*']" });
    }
  }
  return faults;
}

function backupFaults({ backup, volume, garbageCollection = {} }: PlainArgs): readonly RegistryFault[] {
  if (backup === undefined) return [];
  const { at = defaultBackup.at, days, gibibytes, storageClass, restore } = backup;
  const day: unknown = restore;
  const faults = [
    ...dailyFaults('backup.at', at, garbageCollection),
    ...(gibibytes === undefined ? [] : registryVolumeFaults('backup.gibibytes', gibibytes)),
  ];
  if (days !== undefined && (!Number.isSafeInteger(days) || days < 1 || days > 366)) {
    const message = `${days} is no number of days from 1 to 366`;
    faults.push({ key: 'backup.days', message, remedy: 'give one, or leave it out: 14' });
  }
  if (storageClass === volume?.storageClass) {
    const message = 'the copies would be on the disks of the registry, and be lost with it';
    faults.push({ key: 'backup.storageClass', message, remedy: 'give a StorageClass of other disks' });
  }
  if (restore !== undefined && !isDay(day)) {
    const message = `${JSON.stringify(restore.slice(0, 100))} is no day`;
    faults.push({
      key: 'backup.restore',
      message,
      remedy: 'write it as 2027-03-01: the copies are called by their days',
    });
  }
  return faults;
}
