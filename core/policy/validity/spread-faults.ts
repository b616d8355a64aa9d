import type { Path } from '../../manifest/path';
import { isAbsent, isMapping, listOf } from '../../manifest/plain';
import type { NodeSelectorTerm, PodSpec } from '../../manifest/pod';
import { eachEntry, type Faults } from './fault';

const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
const kinds = ['nodeAffinity', 'podAffinity', 'podAntiAffinity'] as const;

/** Near what a pod runs, and how its like are spread. */
export function spreadFaults(faults: Faults, { affinity, topologySpreadConstraints }: PodSpec): void {
  if (!isAbsent(affinity)) affinityFaults(faults, affinity);
  eachEntry(topologySpreadConstraints, ({ maxSkew, minDomains, topologyKey, whenUnsatisfiable }, i) => {
    const path = ['spec', 'topologySpreadConstraints', i];
    if (typeof maxSkew === 'number' && maxSkew < 1) {
      const message = `pods cannot be spread with a difference of ${maxSkew}`;
      faults.push({ path: [...path, 'maxSkew'], value: maxSkew, message, remedy: 'write 1, or more' });
    }
    if (typeof minDomains === 'number' && minDomains < 1) {
      const message = `pods cannot be spread over ${minDomains} domains at the least`;
      faults.push({ path: [...path, 'minDomains'], value: minDomains, message, remedy: 'write 1, or more' });
    } else if (!isAbsent(minDomains) && whenUnsatisfiable === 'ScheduleAnyway') {
      const message = 'a least number of domains stops nobody where pods are scheduled anyway';
      const remedy = 'leave minDomains out, or say whenUnsatisfiable: DoNotSchedule';
      faults.push({ path: [...path, 'minDomains'], value: minDomains, message, remedy });
    }
    const first = listOf(topologySpreadConstraints).findIndex(
      (other) =>
        isMapping(other) &&
        !('$patch' in other) &&
        other.topologyKey === topologyKey &&
        other.whenUnsatisfiable === whenUnsatisfiable,
    );
    if (first < i) {
      const message = `the pods are spread over ${topologyKey} twice, by entry ${first} too`;
      faults.push({
        path,
        value: topologyKey,
        message,
        remedy: 'keep one; a patch adds to the list, and replaces none of it',
      });
    }
  });
}

function affinityFaults(faults: Faults, affinity: NonNullable<PodSpec['affinity']>): void {
  for (const kind of kinds) {
    eachEntry<{ readonly weight?: unknown }>(affinity[kind]?.[preferred], ({ weight }, i) => {
      if (typeof weight !== 'number' || (weight >= 1 && weight <= 100)) return;
      const path = ['spec', 'affinity', kind, preferred, i, 'weight'];
      const message = `${weight} is no weight of a preference`;
      faults.push({ path, value: weight, message, remedy: 'write one from 1 to 100' });
    });
  }
  const { nodeAffinity } = affinity;
  const at = ['spec', 'affinity', 'nodeAffinity'];
  const selector = nodeAffinity?.[required];
  if (!isAbsent(selector) && listOf(selector.nodeSelectorTerms).length === 0) {
    const message = 'it must run on nodes that nothing is said about';
    const remedy = `name them in nodeSelectorTerms, or leave ${required} out`;
    faults.push({ path: [...at, required, 'nodeSelectorTerms'], message, remedy });
  }
  eachEntry(selector?.nodeSelectorTerms, (term, i) => {
    termFaults(faults, term, [...at, required, 'nodeSelectorTerms', i]);
  });
  eachEntry(nodeAffinity?.[preferred], ({ preference }, i) => {
    if (!isAbsent(preference)) termFaults(faults, preference, [...at, preferred, i, 'preference']);
  });
}

/** How many values the operators compare with. */
const values: Readonly<Record<string, { readonly says: string; readonly takes: (count: number) => boolean }>> = {
  In: { says: 'compares with values', takes: (count) => count > 0 },
  NotIn: { says: 'compares with values', takes: (count) => count > 0 },
  Exists: { says: 'compares with no value', takes: (count) => count === 0 },
  DoesNotExist: { says: 'compares with no value', takes: (count) => count === 0 },
  Gt: { says: 'compares with one value', takes: (count) => count === 1 },
  Lt: { says: 'compares with one value', takes: (count) => count === 1 },
};

function termFaults(faults: Faults, { matchExpressions }: NodeSelectorTerm, at: Path): void {
  eachEntry(matchExpressions, ({ key, operator, values: given }, i) => {
    const wanted = typeof operator === 'string' && Object.hasOwn(values, operator) ? values[operator] : undefined;
    const count = listOf(given).length;
    if (wanted === undefined || wanted.takes(count)) return;
    const message = `${operator} ${wanted.says}, and of ${key} there ${count === 1 ? 'is' : 'are'} ${count}`;
    const path = [...at, 'matchExpressions', i, 'values'];
    faults.push({
      path,
      value: given,
      message,
      remedy: 'give the values that the operator needs, or another operator',
    });
  });
}
