import type { KubernetesObject } from '../../manifest/object';
import {
  type DraftInMode,
  type EngineWriter,
  exceptionConditions,
  type PolicyDraft,
  type PolicySettings,
  registriesKind,
  registriesOfConfigMap,
  registriesReference,
  sharedRegistries,
  takesRegistries,
  validationActions,
  validationsOf,
  waivedAnnotations,
} from './engine';
import { namespaceSelector, resourceRules } from './match';

/**
 * The API server's own policies.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export const vap: EngineWriter = {
  object: 'object',
  oldest: {
    version: '1.30',
    instead: 'raise the version of the target, or take the engine kyverno or gatekeeper',
  },
  parameters: { cel: registriesOfConfigMap },
  write: (draft, settings) => [policy(draft, settings), policyBinding(draft, settings)],
  shared: sharedRegistries,
};

function policy(draft: PolicyDraft, settings: PolicySettings): KubernetesObject {
  const { name, kinds, compiled, conditions } = draft;
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name, ...waivedAnnotations(draft) },
    spec: {
      failurePolicy: 'Fail',
      ...(takesRegistries(draft, settings) && { paramKind: registriesKind }),
      matchConstraints: { resourceRules: resourceRules(kinds) },
      matchConditions: [...conditions, ...exceptionConditions(draft)],
      variables: compiled.variables,
      validations: validationsOf(draft),
    },
  };
}

function policyBinding(draft: DraftInMode, settings: PolicySettings): KubernetesObject {
  const { exemptNamespaces } = settings;
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: draft.name },
    spec: {
      policyName: draft.name,
      validationActions: validationActions[draft.mode],
      ...(takesRegistries(draft, settings) && { paramRef: registriesReference(settings) }),
      ...(exemptNamespaces.length > 0 && { matchResources: namespaceSelector(exemptNamespaces) }),
    },
  };
}
