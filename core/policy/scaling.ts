import { groupBy } from '../group-by';
import type { KubernetesObject } from '../manifest/object';
import { isAbsent, isMapping, listOf, mappingOf } from '../manifest/plain';
import type { ObjectOfConstruct } from './object-set';

type Fields = Readonly<Record<string, unknown>>;

/** Pods that a workload has, as far as that is certain. */
export interface PodCount {
  readonly pods: number;
  /** Whether an autoscaler may make it more. */
  readonly isScaled: boolean;
}

interface Scaler extends ObjectOfConstruct {
  /** What it scales, as `Kind/name`. */
  readonly target: string;
}

const countable: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController']);

/** What of a kustomization may change replicas: nothing is certain of them beside it. */
const patchFields = ['replicas', 'patches', 'patchesStrategicMerge', 'patchesJson6902', 'transformers', 'components'];

/** How many pods workloads have, by themselves and by what scales them. */
export class Scaling {
  readonly #scalers: ReadonlyMap<string, readonly Scaler[]>;
  readonly #isPatched: boolean;

  /** @param objects all that are applied together */
  constructor(objects: readonly ObjectOfConstruct[]) {
    this.#isPatched = objects.some(({ object }) => isPatching(object));
    const scalers = objects.flatMap((entry) => targetsOf(entry.object).map((target): Scaler => ({ ...entry, target })));
    this.#scalers = groupBy(scalers, ({ target }) => target);
  }

  /** How many pods a workload has, and under an autoscaler how many at the least; undefined where that is not certain. */
  leastPods({ object, scope }: ObjectOfConstruct): PodCount | undefined {
    if (this.#isPatched || !countable.has(object.kind)) return undefined;
    const { replicas: written } = mappingOf(object.spec);
    const replicas = wholeOr(1, written);
    const [scaler, ...others] = this.#scalers.get(`${object.kind}/${object.metadata?.name}`) ?? [];
    if (replicas === undefined) return undefined;
    // Left out without an autoscaler, it may be for one of another repository to say.
    if (scaler === undefined) return isAbsent(written) ? undefined : { pods: replicas, isScaled: false };
    const isOwn = scaler.scope === scope && scaler.object.metadata?.namespace === object.metadata?.namespace;
    const least = isOwn && others.length === 0 ? leastOf(scaler.object) : undefined;
    if (least === undefined) return undefined;
    // An autoscaler leaves alone what has none, and what it takes down to none cannot be evicted: there is one before that.
    return { pods: replicas === 0 ? 0 : Math.max(1, least), isScaled: true };
  }
}

function leastOf({ kind, apiVersion, metadata, spec }: KubernetesObject): number | undefined {
  const { minReplicas, minReplicaCount, idleReplicaCount } = mappingOf(spec);
  if (kind === 'HorizontalPodAutoscaler' && apiVersion.startsWith('autoscaling/')) return wholeOr(1, minReplicas);
  if (kind !== 'ScaledObject' || !apiVersion.startsWith('keda.sh/')) return undefined;
  const isPaused = Object.keys(metadata?.annotations ?? {}).some((key) => key.startsWith('autoscaling.keda.sh/paused'));
  return isPaused || wholeOr(0, idleReplicaCount) !== 0 ? undefined : wholeOr(0, minReplicaCount);
}

/** The workloads that an object scales, or makes the pods of, as `Kind/name`. */
function targetsOf({ kind, spec }: KubernetesObject): readonly string[] {
  if (kind === 'VerticalPodAutoscaler') return [];
  const { scaleTargetRef, workloadRef, targetRef } = mappingOf(spec);
  return [scaleTargetRef, workloadRef, targetRef].flatMap((ref) => {
    if (!isMapping(ref)) return [];
    // KEDA's own default.
    const { kind: ofTarget = 'Deployment', name } = ref;
    return typeof ofTarget === 'string' && typeof name === 'string' ? [`${ofTarget}/${name}`] : [];
  });
}

function isPatching({ apiVersion, ...fields }: KubernetesObject): boolean {
  return (
    apiVersion.startsWith('kustomize.config.k8s.io/') &&
    patchFields.some((field) => listOf((fields as Fields)[field]).length > 0)
  );
}

function wholeOr(absent: number, value: unknown): number | undefined {
  if (isAbsent(value)) return absent;
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}
