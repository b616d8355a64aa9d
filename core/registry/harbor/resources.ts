import type { HarborPart } from './parts';

/** What a part asks for; of memory it is the most that it takes, too. */
export interface HarborResources {
  readonly cpuMillis: number;
  readonly mebibytes: number;
}

export const harborResources: Readonly<Record<HarborPart, HarborResources>> = {
  nginx: { cpuMillis: 100, mebibytes: 256 },
  portal: { cpuMillis: 50, mebibytes: 128 },
  core: { cpuMillis: 200, mebibytes: 512 },
  jobservice: { cpuMillis: 200, mebibytes: 512 },
  registry: { cpuMillis: 200, mebibytes: 512 },
  registryctl: { cpuMillis: 50, mebibytes: 256 },
  trivy: { cpuMillis: 500, mebibytes: 2_048 },
  redis: { cpuMillis: 100, mebibytes: 512 },
  exporter: { cpuMillis: 50, mebibytes: 128 },
};

/** Of these there is one, however many of the others there are. */
const single: readonly HarborPart[] = ['trivy', 'redis', 'exporter'];

/** Room for its pods, and for as many again while they are replaced: the chart's pods are not declared, and nobody can add them up otherwise. */
export function harborQuota({
  replicas,
  volumes,
  storage,
}: {
  readonly replicas: number;
  readonly volumes: { readonly images: number; readonly scanner: number };
  readonly storage: { readonly kind: string };
}) {
  const parts = Object.entries(harborResources) as readonly [HarborPart, HarborResources][];
  const of = (part: HarborPart): number => 2 * (single.includes(part) ? 1 : replicas);
  const sum = (amount: (of: HarborResources) => number): number =>
    parts.reduce((total, [part, each]) => total + of(part) * amount(each), 0);
  // The one that deletes blobs is in a pod with the one that answers for them.
  const pods = parts.reduce((total, [part]) => total + (part === 'registryctl' ? 0 : of(part)), 0);
  const redisVolume = 1;
  return {
    pods,
    cpu: `${sum(({ cpuMillis }) => cpuMillis)}m`,
    memory: `${sum(({ mebibytes }) => mebibytes)}Mi`,
    ephemeralStorage: `${pods * 2}Gi`,
    storage: `${(storage.kind === 'volume' ? volumes.images : 0) + volumes.scanner + redisVolume}Gi`,
  } as const;
}
