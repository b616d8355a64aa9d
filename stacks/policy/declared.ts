import type { Path } from '../../core/manifest/path';
import type { RuleId } from '../../core/policy/rules';

/** The fields that a rule of declarations asks for, by a name on their way. */
type Asks = Readonly<Partial<Record<RuleId, readonly string[]>>>;

/** Rules of declarations that one object answers. */
export const ofOneObject: Asks = {
  'name-valid': ['name', 'generateName', 'namespace'],
  'label-value': ['labels', 'matchLabels', 'annotations'],
  'target-api': ['apiVersion', 'kind'],
  'selector-match': ['labels', 'selector'],
  'pod-valid': ['containers', 'initContainers', 'volumes', 'securityContext'],
  'port-valid': ['ports'],
  'env-name': ['env', 'envFrom'],
};

const namespaced = ['name', 'namespace', 'labels'];

/** Rules that only all the objects of a stack answer. */
export const ofTheStack: Asks = {
  'identity-unique': ['name', 'namespace'],
  'namespace-network-isolation': [...namespaced, 'podSelector', 'policyTypes', 'ingress', 'egress'],
  'selector-overlap': [...namespaced, 'selector'],
};

/** What holds fields of many kinds: where all of it is unknown, so is what a rule asks for. */
const holders: ReadonlySet<unknown> = new Set([
  'metadata',
  'spec',
  'template',
  'jobTemplate',
  'containers',
  'initContainers',
]);

/** The unknown values that a rule asks for. */
export function asksOf(table: Asks, rule: string, unknown: readonly Path[]): readonly Path[] {
  const names: readonly unknown[] = table[rule as RuleId] ?? [];
  return unknown.filter((path) => {
    const last = path.at(-1);
    return typeof last === 'number' || holders.has(last) || path.some((step) => names.includes(step));
  });
}
