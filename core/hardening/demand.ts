import type { KubernetesObject } from '../manifest/object';
import {
  containersOf,
  type PodContainer,
  type PodTemplate,
  type PodTemplateKinds,
  podTemplateOf,
} from '../manifest/pod-template';
import { Quantity } from '../manifest/quantity';
import { type InjectedProxy, injectedProxies } from '../network/mesh/proxies';
import { type InjectedContainer, injectedContainers } from '../secrets/vault/injected';

/** What a ResourceQuota counts, by its name there. */
export type QuotaResource =
  | 'pods'
  | 'requests.cpu'
  | 'requests.memory'
  | 'limits.memory'
  | 'requests.ephemeral-storage'
  | 'limits.ephemeral-storage'
  | 'requests.storage'
  | 'persistentvolumeclaims';

/** What a set of objects takes of each resource. */
export type Demand = Readonly<Record<QuotaResource, Quantity>>;

const { zero } = Quantity;
const nothing: Demand = {
  pods: zero,
  'requests.cpu': zero,
  'requests.memory': zero,
  'limits.memory': zero,
  'requests.ephemeral-storage': zero,
  'limits.ephemeral-storage': zero,
  'requests.storage': zero,
  persistentvolumeclaims: zero,
};

/** The container resources that a quota counts, by the quota's name for them. */
const counted = [
  ['requests.cpu', 'requests', 'cpu'],
  ['requests.memory', 'requests', 'memory'],
  ['limits.memory', 'limits', 'memory'],
  ['requests.ephemeral-storage', 'requests', 'ephemeral-storage'],
  ['limits.ephemeral-storage', 'limits', 'ephemeral-storage'],
] as const;

/**
 * What the objects take at their largest: every autoscaler at its maximum, every Deployment in the middle of a rollout (a surge pod starting
 * while a replaced one ends, both of which the quota counts), every CronJob with a run going.
 * @param daemonSetPods how many pods each DaemonSet has: as many as the cluster has nodes
 * @param storage what a container that asks for no local disk is given of it, where a LimitRange does
 */
export function peakDemand(
  objects: readonly KubernetesObject[],
  daemonSetPods = 1,
  kinds?: PodTemplateKinds,
  storage?: string,
): Demand {
  const maxima = new Map<string, number>();
  for (const object of objects) {
    if (object.kind !== 'HorizontalPodAutoscaler') continue;
    const spec = object.spec as { scaleTargetRef?: { kind?: string; name?: string }; maxReplicas?: number } | undefined;
    maxima.set(`${spec?.scaleTargetRef?.kind}/${spec?.scaleTargetRef?.name}`, spec?.maxReplicas ?? 1);
  }
  const tally = new Tally();
  for (const object of objects) {
    const template = podTemplateOf(object, kinds);
    const claims = claimsOf(object);
    if (!template && claims.length === 0) continue;
    const autoscaled = maxima.get(`${object.kind}/${object.metadata?.name}`);
    const pods = wholePods(object.kind === 'DaemonSet' ? daemonSetPods : peakPods(object, autoscaled));
    if (template) countPod(tally, template, pods, storage);
    for (const claim of claims) countClaim(tally, claim, pods);
  }
  return tally.sum();
}

/** How often each amount is taken. Many workloads say the same, so that the sum is over few amounts. */
class Tally {
  readonly #counts = new Map<QuotaResource, Map<string, number>>();

  add(resource: QuotaResource, amount: string, times: number): void {
    let counts = this.#counts.get(resource);
    if (!counts) {
      counts = new Map();
      this.#counts.set(resource, counts);
    }
    counts.set(amount, (counts.get(amount) ?? 0) + times);
  }

  sum(): Demand {
    const demand: Record<QuotaResource, Quantity> = { ...nothing };
    for (const [resource, counts] of this.#counts) {
      for (const [amount, times] of counts) demand[resource] = demand[resource].add(amountOf(amount).multiply(times));
    }
    return demand;
  }
}

/** A number that can be counted with; where it is none, the rules refuse the object. */
function wholePods(pods: number): number {
  return Number.isFinite(pods) ? Math.max(0, Math.ceil(pods)) : 0;
}

/** How many pods of an object there are at most, at one time. */
function peakPods(object: KubernetesObject, autoscaled: number | undefined): number {
  const spec = (object.spec ?? {}) as {
    replicas?: number;
    parallelism?: number;
    strategy?: { type?: string; rollingUpdate?: { maxSurge?: number | string } };
    jobTemplate?: { spec?: { parallelism?: number } };
  };
  const replicas = autoscaled ?? spec.replicas ?? 1;
  if (object.kind === 'Deployment') {
    if (spec.strategy?.type === 'Recreate') return replicas;
    return replicas + 2 * surgePods(spec.strategy?.rollingUpdate?.maxSurge ?? '25%', replicas);
  }
  if (object.kind === 'Job') return spec.parallelism ?? 1;
  if (object.kind === 'CronJob') return spec.jobTemplate?.spec?.parallelism ?? 1;
  return replicas;
}

function surgePods(surge: number | string, replicas: number): number {
  return typeof surge === 'number' ? surge : Math.ceil((Number.parseFloat(surge) / 100) * replicas);
}

/** A container, as far as it is counted. */
type Counted = PodContainer | InjectedContainer | InjectedProxy;

/**
 * What the scheduler and the quota count for a pod: the containers and sidecars together, or the largest init container with the sidecars
 * that started before it, whichever is more.
 * What an injector adds at admission is counted with them.
 */
function countPod(tally: Tally, template: PodTemplate, pods: number, storage: string | undefined): void {
  const { spec } = template;
  tally.add('pods', '1', pods);
  spec.volumes?.forEach(({ ephemeral }) => {
    if (ephemeral?.volumeClaimTemplate) countClaim(tally, ephemeral.volumeClaimTemplate, pods);
  });
  const containers = [
    // They start before any other container.
    ...injectedProxies(template.metadata, storage),
    ...containersOf(spec),
    ...injectedContainers(template),
  ];
  if (containers.every(({ role }) => role === 'container')) {
    for (const { container } of containers) countTogether(tally, container, pods);
    return;
  }
  for (const [name, side, resource] of counted) tally.add(name, atOneTime(containers, side, resource).toString(), pods);
}

function countTogether(tally: Tally, { resources }: Counted['container'], pods: number): void {
  if (!resources) return;
  counted.forEach(([name, side, resource]) => {
    const amount = resources[side]?.[resource];
    if (amount !== undefined) tally.add(name, String(amount), pods);
  });
}

function atOneTime(containers: readonly Counted[], side: 'requests' | 'limits', resource: string): Quantity {
  let running = zero;
  let sidecars = zero;
  let init = zero;
  for (const { container, role } of containers) {
    const value = amountOf(container.resources?.[side]?.[resource]);
    if (role === 'sidecar') sidecars = sidecars.add(value);
    if (role === 'init') init = larger(init, sidecars.add(value));
    if (role === 'container') running = running.add(value);
  }
  return larger(running.add(sidecars), init);
}

/** Nothing for what is no quantity: the rules refuse that where it stands. */
function amountOf(amount: string | number | undefined): Quantity {
  return Quantity.tryParse(amount) ?? zero;
}

interface Claim {
  readonly spec?: { readonly resources?: { readonly requests?: { readonly storage?: string | number } } };
}

/** The object itself, if it is a claim, or those that a StatefulSet makes for each pod. */
function claimsOf(object: KubernetesObject): readonly Claim[] {
  if (object.kind === 'PersistentVolumeClaim') return [object as Claim];
  return (object.spec as { volumeClaimTemplates?: readonly Claim[] } | undefined)?.volumeClaimTemplates ?? [];
}

function countClaim(tally: Tally, claim: Claim, times: number): void {
  tally.add('persistentvolumeclaims', '1', times);
  tally.add('requests.storage', String(claim.spec?.resources?.requests?.storage ?? '0'), times);
}

function larger(a: Quantity, b: Quantity): Quantity {
  return a.compare(b) < 0 ? b : a;
}
