import { toDnsLabel } from '../../manifest/names';
import { PodTemplateKinds } from '../../manifest/pod-template';
import { celVariable } from '../expression/cel';
import { type AdmissionOptions, type CelCondition, compileRules, type EnforceableRule } from './admission';
import type { PolicyDraft } from './engine';
import { kindsOf } from './match';

/** The prefix of the names of everything that is generated. */
export const policyPrefix = 'bulwark';

/** Compiles rules into one policy; undefined where nothing on the target breaks them. */
export function draftOf(
  name: string,
  rules: readonly EnforceableRule[],
  options: AdmissionOptions,
): PolicyDraft | undefined {
  const compiled = compileRules(rules, options);
  if (compiled.validations.length === 0) return undefined;
  const kinds = [
    ...new Set(rules.flatMap((rule) => kindsOf(rule, options.podTemplateKinds ?? PodTemplateKinds.builtIn))),
  ];
  return {
    name: toDnsLabel(`${policyPrefix}-${name}`),
    rules,
    kinds,
    compiled,
    conditions: conditionsFor(kinds),
    readsRegistries: compiled.variables.some((variable) => variable.name === celVariable.registries),
  };
}

/** What is left alone, whatever it holds. The old object is the server's word; the new one is the word of who sends it. */
function conditionsFor(kinds: readonly string[]): readonly CelCondition[] {
  return [
    {
      // Finalizers must come off whatever the object looks like.
      name: 'not-being-deleted',
      expression: 'oldObject == null || !has(oldObject.metadata.deletionTimestamp)',
    },
    ...(kinds.includes('/Pod')
      ? [
          {
            // Controllers label running pods, and take finalizers off finished ones. Pod Security admission leaves these alone, too.
            name: 'not-a-pod-as-it-was',
            expression: "oldObject == null || object.kind != 'Pod' || dyn(object).spec != dyn(oldObject).spec",
          },
        ]
      : []),
  ];
}
