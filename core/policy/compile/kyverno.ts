import type { KubernetesObject } from '../../manifest/object';
import {
  type DraftInMode,
  type EngineWriter,
  type PolicyDraft,
  type PolicySettings,
  validationActions,
  validationsOf,
  waivedAnnotations,
} from './engine';
import type { CompiledException } from './exceptions';
import { namespaceSelector, resourceRules } from './match';

/**
 * Kyverno's ValidatingPolicies, with PolicyExceptions for what is waived of whole objects. Containers are left out within the policy:
 * the images of a PolicyException say nothing of whose container it is.
 *
 * @see https://kyverno.io/docs/policy-types/validating-policy/
 * @see https://kyverno.io/docs/guides/exceptions/
 */
export const kyverno: EngineWriter = {
  object: 'object',
  libraries: '1.34',
  adminNamespace: 'kyverno',
  parameters: {
    lacking: {
      message: "Kyverno's ValidatingPolicies take no parameters",
      remedy: 'leave params out, and write the policies anew when registries change',
    },
  },
  write: (draft, settings) => [policy(draft, settings), ...policyExceptions(draft, settings)],
};

function policy(draft: DraftInMode, { exemptNamespaces }: PolicySettings): KubernetesObject {
  const { name, kinds, compiled, conditions, mode } = draft;
  return {
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'ValidatingPolicy',
    metadata: { name, ...waivedAnnotations(draft) },
    spec: {
      failurePolicy: 'Fail',
      validationActions: validationActions[mode],
      matchConstraints: { ...namespaceSelector(exemptNamespaces), resourceRules: resourceRules(kinds) },
      matchConditions: conditions,
      variables: compiled.variables,
      validations: validationsOf(draft),
    },
  };
}

function policyExceptions(
  { name, compiled }: PolicyDraft,
  { adminNamespace }: PolicySettings,
): readonly KubernetesObject[] {
  return compiled.excepted.map((exception) => ({
    apiVersion: 'policies.kyverno.io/v1',
    kind: 'PolicyException',
    metadata: {
      name: `${name}.${exception.name}`,
      namespace: adminNamespace,
      // expiresAt is looked at when the policy is compiled anew: the label has the exception deleted, and so the policy compiled.
      labels: { 'cleanup.kyverno.io/ttl': dayAfter(exception.expires) },
    },
    spec: {
      policyRefs: [{ kind: 'ValidatingPolicy', name }],
      matchConditions: [{ name: exception.name, expression: exception.selectsObject('object') }],
      expiresAt: `${dayAfter(exception.expires)}T00:00:00Z`,
      properties: propertiesOf(exception),
    },
  }));
}

function propertiesOf({ reason, ticket }: CompiledException): Readonly<Record<string, string>> {
  return { reason, ...(ticket !== undefined && { ticket }) };
}

/** An exception holds for the whole of its last day. */
function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
