import { formatIdentity, identityKey, identityOf } from '../../../manifest/identity';
import type { KubernetesObject } from '../../../manifest/object';
import { isAbsent, isMapping, mappingOf } from '../../../manifest/plain';
import type { LabelSelector } from '../../../manifest/pod-common';
import { isEmptySelector, selectorTakes } from '../../../network/selectors';
import type { ObjectOfConstruct, ObjectSet, PodsOfSet } from '../../object-set';
import type { SetRule } from '../../rule';
import { type PodCount, Scaling } from '../../scaling';
import { isChartTest, ownersOf } from './support';

/** No admission policy can express it: a request shows the budget alone, not the workload beside it. */
export const pdbKeepsAll = {
  id: 'pdb-keeps-all',
  subject: 'set',
  title: 'No disruption budget keeps as many pods as there are',
  severity: 'warning',
  why:
    'A budget that keeps every replica allows no eviction: nodes cannot be drained, kernel and kubelet fixes wait, or someone deletes pods by force. ' +
    'It is asked where the workload is among the objects, and counts what an autoscaler leaves at the least.',
  fix: 'Set maxUnavailable to 1 in place of minAvailable, or run more replicas than it keeps.',
  *check(set) {
    const budgets = set.objects.filter(
      ({ object }) => isBudget(object) && !isAbsent(mappingOf(object.spec).minAvailable),
    );
    if (budgets.length === 0) return;
    const scaling = new Scaling(set.objects);
    for (const budget of budgets) {
      const { minAvailable, selector } = mappingOf(budget.object.spec);
      const workloads = isMapping(selector) ? workloadsOf(budget, selector, set) : none;
      const least = leastOf(workloads, scaling);
      const kept = least === undefined ? undefined : keptOf(minAvailable, least.pods);
      if (least === undefined || kept === undefined || least.pods === 0 || kept < least.pods) continue;
      const names = workloads.map(({ object }) => formatIdentity(identityOf(object))).join(' and ');
      const have = `${workloads.length > 1 ? 'have' : 'has'} ${least.pods}${least.isScaled ? ' at the least' : ''}`;
      yield {
        construct: budget.construct,
        object: formatIdentity(identityOf(budget.object)),
        property: 'spec.minAvailable',
        value: minAvailable,
        message: `the budget keeps ${kept} ${kept === 1 ? 'pod' : 'pods'} available, and ${names} ${have}, so that no node they run on can be drained`,
        remedy: 'set maxUnavailable to 1 in its place',
      };
    }
  },
} as const satisfies SetRule;

const none: readonly never[] = [];

function isBudget({ apiVersion, kind }: KubernetesObject): boolean {
  return kind === 'PodDisruptionBudget' && apiVersion.startsWith('policy/');
}

/** How many pods the workloads have together; undefined for none, and where it is not certain. */
function leastOf(workloads: readonly PodsOfSet[], scaling: Scaling): PodCount | undefined {
  let [pods, isScaled] = [0, false];
  for (const workload of workloads) {
    const count = scaling.leastPods(workload);
    if (count === undefined) return undefined;
    pods += count.pods;
    isScaled ||= count.isScaled;
  }
  return workloads.length === 0 ? undefined : { pods, isScaled };
}

/**
 * How many of the pods must be available, as the disruption controller counts: a share is rounded up. Undefined for what the API server refuses,
 * and for the share that keeps all of any number, of which pdb-blocks-drain tells.
 */
function keptOf(minAvailable: unknown, pods: number): number | undefined {
  if (typeof minAvailable === 'number') return Number.isInteger(minAvailable) ? minAvailable : undefined;
  const [, digits] = typeof minAvailable === 'string' ? (/^(\d+)%$/.exec(minAvailable) ?? []) : [];
  const percent = Number(digits);
  return percent < 100 ? Math.ceil((percent * pods) / 100) : undefined;
}

/** The workloads whose pods a budget is for, applied together with it; none where others may have such pods, too. */
function workloadsOf(
  { object, scope }: ObjectOfConstruct,
  selector: LabelSelector,
  set: ObjectSet,
): readonly PodsOfSet[] {
  const namespace = object.metadata?.namespace;
  // An empty selector takes all pods of the namespace, whoever makes them.
  if (isEmptySelector(selector) || set.supposes(namespace, selector)) return none;
  const isBeside = (pods: PodsOfSet): boolean => pods.scope === scope && makesPods(pods.object);
  const taken = set.pods.in(namespace, selector).filter(isBeside);
  if (taken.length === 0 || set.pods.perhapsIn(namespace, selector).some(isBeside)) return none;
  const mayBeIn = (pods: PodsOfSet): boolean =>
    pods.namespace !== namespace && (pods.namespace === undefined || namespace === undefined);
  if (set.pods.all.some((pods) => mayBeIn(pods) && isBeside(pods) && selectorTakes(selector, pods) !== 'no'))
    return none;
  const workloads = taken.filter(({ object: made }) => !taken.some(({ object: maker }) => isMadeBy(made, maker)));
  const isCertain = new Set(workloads.map((each) => identityKey(identityOf(each.object)))).size === workloads.length;
  return isCertain && workloads.every((each) => ownersOf(each.object).length === 0) ? workloads : none;
}

function makesPods(object: KubernetesObject): boolean {
  return object.kind !== 'PodTemplate' && !isChartTest(object);
}

/** As in what is read from a cluster, where a Deployment stands beside its ReplicaSets and their pods. */
function isMadeBy(made: KubernetesObject, maker: KubernetesObject): boolean {
  return ownersOf(made).some(({ kind, name }) => kind === maker.kind && name === maker.metadata?.name);
}
