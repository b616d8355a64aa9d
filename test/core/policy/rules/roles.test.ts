import { ruleById } from '../../../../core/policy/rules';
import { cases } from './cases';
import { edges } from './edges';
import { findingsOf, inRole, type RoleOfContainer } from './rule-cases';

const lists: Readonly<Record<RoleOfContainer, string>> = {
  init: 'initContainers',
  sidecar: 'initContainers',
  ephemeral: 'ephemeralContainers',
};

/** Which roles rules are not about: ephemeral containers have no resources, what ends by itself no probes. */
const leftOut: Readonly<Record<string, readonly RoleOfContainer[]>> = {
  'cpu-request': ['ephemeral'],
  'memory-limit': ['ephemeral'],
  'ephemeral-storage-limit': ['ephemeral'],
  'readiness-probe': ['init', 'ephemeral'],
  'pre-stop': ['init', 'ephemeral'],
};

const ofPods = [...cases].filter(([id]) => ruleById(id)?.subject === 'pod');

it.each(ofPods)('%s finds the same in containers of every role that it is about', (rule, { compliant, violating }) => {
  const known = [
    ...compliant.map((one) => ({ ...one, finds: [] })),
    ...violating.map((one) => ({ ...one, finds: one.findings.map(({ property }) => property) })),
    ...(edges.get(rule) ?? []),
  ];
  for (const [role, list] of Object.entries(lists) as readonly [RoleOfContainer, string][]) {
    const wrong = known.flatMap(({ object, finds, ...on }) => {
      const moved = inRole(object, role);
      if (moved === undefined) return [];
      const found = findingsOf(rule, moved, on).map(({ property }) => property);
      const expected = leftOut[rule]?.includes(role)
        ? []
        : finds.map((property) => property?.replace('spec.containers[', `spec.${list}[`));
      return JSON.stringify(found) === JSON.stringify(expected) ? [] : [{ role, moved, found, expected }];
    });
    expect(wrong).toEqual([]);
  }
});
