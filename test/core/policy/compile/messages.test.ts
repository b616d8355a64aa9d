/**
 * What a policy says in the cluster is shown to whoever applies an object, and stands in audit logs: nobody hides secrets there. Messages of rules
 * are asked as the cluster has them, before anything is redacted.
 */
import type { KubernetesObject } from '../../../../core/manifest';
import { isEnforceable } from '../../../../core/policy/compile/admission';
import { podIn } from '../../../../core/policy/pod-in';
import type { Rule } from '../../../../core/policy/rule';
import { rules } from '../../../../core/policy/rules';
import { cases } from '../rules/cases';
import { edges } from '../rules/edges';
import { target } from '../rules/rule-cases';

const canary = 'canaryOf9Secrets';
type Path = readonly (string | number)[];

/** Where secrets stand: variables, headers, arguments, files, annotations, attributes of volumes. */
const isPlace = (path: Path): boolean =>
  path.at(-1) === 'value' ||
  ['command', 'args', 'data', 'stringData', 'binaryData', 'annotations', 'volumeAttributes'].includes(
    String(path.at(-2)),
  );

/** The value is the name of a profile. */
const isProfile = (path: Path): boolean => String(path.at(-1)).startsWith('container.apparmor.security.beta.');

function placesIn(node: unknown, path: Path = []): readonly Path[] {
  if (typeof node === 'string') return isPlace(path) && !isProfile(path) ? [path] : [];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    placesIn(value, [...path, Array.isArray(node) ? Number(key) : key]),
  );
}

/** The object with more after the text at that place. */
function planted(object: KubernetesObject, path: Path): KubernetesObject {
  const copy = structuredClone(object) as object;
  const owner = path.slice(0, -1).reduce<unknown>((node, step) => Reflect.get(node as object, step), copy) as object;
  const last = path.at(-1) as string | number;
  Reflect.set(owner, last, `${String(Reflect.get(owner, last))} --password=${canary}`);
  return copy as KubernetesObject;
}

it('shows no value that may be a secret', () => {
  const context = { target, registries: ['registry.acme.example'] };
  const showing = new Set<string>();
  let asked = 0;
  for (const rule of (rules as readonly Rule[]).filter(isEnforceable)) {
    for (const { object } of [...(cases.get(rule.id)?.violating ?? []), ...(edges.get(rule.id) ?? [])]) {
      for (const path of placesIn(object)) {
        const given = planted(object, path);
        const pod = podIn(given);
        const found =
          rule.subject === 'object' ? rule.check(given, context) : pod === undefined ? [] : rule.check(pod, context);
        for (const { message, remedy } of found) {
          asked++;
          if (`${message}${remedy}`.includes(canary)) showing.add(`${rule.id}: ${message}`);
        }
      }
    }
  }
  expect([...showing]).toEqual([]);
  expect(asked).toBeGreaterThan(300);
});
