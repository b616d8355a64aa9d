import './without-jest';

import type { Distribution } from '../../core/cluster';
import { type KubernetesObject, podTemplateOf, writeManifests } from '../../core/manifest';
import type { Mutable } from '../../core/manifest/plain';
import type { PodSpec } from '../../core/manifest/pod';
import { admissionCases } from '../../test/core/policy/rules/cases/admission';
import { imageCases } from '../../test/core/policy/rules/cases/image';
import { namespaceCases } from '../../test/core/policy/rules/cases/namespace';
import { networkCases } from '../../test/core/policy/rules/cases/network';
import { rbacCases } from '../../test/core/policy/rules/cases/rbac';
import { secretsCases } from '../../test/core/policy/rules/cases/secrets';
import { setCases } from '../../test/core/policy/rules/cases/set';
import { workloadCases } from '../../test/core/policy/rules/cases/workload';
import { scannerCases } from '../../test/core/policy/rules/cases/workload-scanners';
import type { RuleCase, RuleCases } from '../../test/core/policy/rules/rule-cases';

/** The cases of each rule over objects, by its id: the same that its test asks. */
export const cases: Readonly<Record<string, RuleCases>> = {
  ...workloadCases,
  ...scannerCases,
  ...rbacCases,
  ...networkCases,
  ...namespaceCases,
  ...secretsCases,
  ...imageCases,
  ...admissionCases,
  ...setCases,
};

/** What breaks a rule, and something like it that keeps it, as YAML. */
export interface RuleExample {
  readonly bad: ShownCase;
  readonly good: ShownCase;
}

export interface ShownCase {
  readonly case: Omit<RuleCase, 'findings'>;
  readonly yaml: string;
}

/**
 * The shortest case that breaks the rule, with the one of those that keep it which differs from it in the fewest lines; of several objects
 * together, with the first that keeps it. The same YAML for another target would show nothing, and neither would what is for another distribution.
 */
export function exampleOf(rule: string): RuleExample | undefined {
  const { violating = [], compliant = [] } = Object.hasOwn(cases, rule) ? (cases[rule] as RuleCases) : {};
  const [bad] = violating.map(shown).sort((a, b) => a.yaml.length - b.yaml.length);
  if (bad === undefined) return undefined;
  const [good] = compliant
    .map(shown)
    .filter((one) => one.yaml !== bad.yaml && distributionOf(one) === distributionOf(bad))
    .map((one, index) => ({ ...one, distance: bad.case.beside === undefined ? distance(bad, one) : index }))
    .sort((a, b) => a.distance - b.distance || a.yaml.length - b.yaml.length);
  return good === undefined ? undefined : { bad, good };
}

function shown(given: Omit<RuleCase, 'findings'>): ShownCase {
  const [object = given.object, ...beside] = [given.object, ...(given.beside ?? [])].map((one) =>
    whole(JSON.parse(JSON.stringify(one)) as KubernetesObject),
  );
  const yaml = writeManifests([object, ...beside]).trimEnd();
  return { case: { ...given, object, ...(given.beside && { beside }) }, yaml };
}

/** Where a case is about a pod without containers, which no server takes, with one. */
function whole(object: KubernetesObject): KubernetesObject {
  const spec = podTemplateOf(object)?.spec as Mutable<PodSpec> | undefined;
  if (spec?.containers?.length === 0) spec.containers = [{ name: 'api', image: 'registry.acme.example/api:2.1' }];
  return object;
}

function distributionOf({ case: { target } }: ShownCase): Distribution {
  return target?.distribution ?? 'generic';
}

/** In how many lines two differ; one of another kind is no example for it. */
function distance(a: ShownCase, b: ShownCase): number {
  const [of, other] = [a, b].map(({ yaml }) => new Set(yaml.split('\n'))) as [Set<string>, Set<string>];
  const differing =
    [...of].filter((line) => !other.has(line)).length + [...other].filter((line) => !of.has(line)).length;
  return differing + (a.case.object.kind === b.case.object.kind ? 0 : 1_000);
}
