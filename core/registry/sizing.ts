import type { RegistryFault } from './fault';

/** What a registry has to carry. */
export interface RegistryLoad {
  /** Images that nodes pull in a second, at the busiest. @default 1 */
  readonly pullsPerSecond?: number;
  /** What is kept, in GiB, layers that images share counted once. @default 50 */
  readonly imageGibibytes?: number;
}

/** What the load takes, of each replica. */
export interface RegistrySize {
  /** In thousandths of a CPU. */
  readonly cpuMillis: number;
  /** In MiB. */
  readonly memory: number;
  /** In GiB: what is kept, and a third of it for what is deleted and not collected yet, and for uploads. */
  readonly volume: number;
}

export const defaultRegistryLoad = { pullsPerSecond: 1, imageGibibytes: 50 } as const;

/** The requests of a pull: an index, a manifest, a configuration, and nine layers. */
export const requestsPerPull = 12;

/** The rounds of bcrypt, as a power of two. */
export const bcryptCost = 10;

/** What a password costs in thousandths of a second of one CPU, in each request: bcrypt of {@link bcryptCost}, 52 as measured in distribution 3.1.2. */
const passwordMillis = 55;

/** What a request costs besides: 2 as measured, without a blob; the rest is for copying and encrypting one. */
const requestMillis = 15;

const largestVolume = 64 * 1_024;

/** @param byPassword whether each request brings a password, and no token */
export function registrySize(load: RegistryLoad, replicas: number, byPassword: boolean): RegistrySize {
  const { pullsPerSecond = defaultRegistryLoad.pullsPerSecond, imageGibibytes = defaultRegistryLoad.imageGibibytes } =
    load;
  const perSecond = (pullsPerSecond * requestsPerPull) / replicas;
  const cpu = perSecond * (requestMillis + (byPassword ? passwordMillis : 0));
  return {
    cpuMillis: Math.max(100, Math.ceil(cpu / 100) * 100),
    // A blob is copied in pieces; the collection keeps each digest in memory, a million of them in 200 MiB.
    memory: Math.max(512, 256 + Math.ceil(perSecond) * 8),
    volume: Math.max(10, Math.ceil((imageGibibytes * 4) / 3)),
  };
}

/** What is wrong with a load. */
export function registryLoadFaults(key: string, load: RegistryLoad): readonly RegistryFault[] {
  const faults: RegistryFault[] = Object.entries(load).flatMap(([name, value]) =>
    value === undefined || (Number.isFinite(value) && value > 0)
      ? []
      : [{ key: `${key}.${name}`, message: `${value} is no number above 0`, remedy: 'give one, or leave it out' }],
  );
  return faults;
}

/** What is wrong with a volume, in GiB. */
export function registryVolumeFaults(key: string, gibibytes: number): readonly RegistryFault[] {
  if (Number.isSafeInteger(gibibytes) && gibibytes >= 1 && gibibytes <= largestVolume) return [];
  const message = `${gibibytes} is no number of GiB from 1 to ${largestVolume}`;
  return [{ key, message, remedy: 'give one, or leave it out; what is larger goes into a bucket' }];
}
