import type { KubernetesObject } from '../../manifest/object';
import {
  type EnforcementMode,
  type EngineWriter,
  exceptionConditions,
  type PolicyDraft,
  type PolicySettings,
  registriesConfigMap,
  registriesName,
  registriesOfConfigMap,
  waivedAnnotations,
} from './engine';
import { resourceRules } from './match';
import { namespaceSelector } from './vap';

/** Kubewarden knows two: what is not refused is written down. */
const modes: Readonly<Record<EnforcementMode, string>> = { audit: 'monitor', warn: 'monitor', deny: 'protect' };

/** The policy that evaluates CEL: quantities since 1.0, parameters since 1.4. */
const celPolicy = 'registry://ghcr.io/kubewarden/policies/cel-policy:v1.6.2';

/**
 * Kubewarden's ClusterAdmissionPolicies, with the settings of its cel-policy, which are shaped as a ValidatingAdmissionPolicy.
 *
 * @see https://github.com/kubewarden/policies/tree/main/policies/cel-policy
 */
export const kubewarden: EngineWriter = {
  object: 'object',
  // "Kubernetes 1.29 options": cel-policy's own words.
  libraries: '1.29',
  parameters: { cel: registriesOfConfigMap },
  warnings: ({ mode }) =>
    mode === 'warn' ? ['Kubewarden warns nobody: the mode warn is written as monitor, which only records'] : [],
  write: (draft, settings) => [policy(draft, settings)],
  shared: (drafts, settings) =>
    settings.params && drafts.some(({ readsRegistries }) => readsRegistries) ? [registriesConfigMap(settings)] : [],
};

function policy(draft: PolicyDraft, settings: PolicySettings): KubernetesObject {
  const { name, kinds, compiled, conditions, readsRegistries } = draft;
  const { mode, exemptNamespaces, params, adminNamespace } = settings;
  const hasParams = params && readsRegistries;
  return {
    apiVersion: 'policies.kubewarden.io/v1',
    kind: 'ClusterAdmissionPolicy',
    metadata: { name, ...waivedAnnotations(draft) },
    spec: {
      module: celPolicy,
      mode: modes[mode],
      mutating: false,
      ...(hasParams && { contextAwareResources: [{ apiVersion: 'v1', kind: 'ConfigMap' }] }),
      rules: resourceRules(kinds),
      ...namespaceSelector(exemptNamespaces),
      // The API server asks these, before Kubewarden is called.
      matchConditions: [...conditions, ...exceptionConditions(draft, 'object')],
      settings: {
        ...(hasParams && {
          paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
          paramRef: { name: registriesName, namespace: adminNamespace, parameterNotFoundAction: 'Deny' },
        }),
        variables: compiled.variables,
        validations: compiled.validations.map((validation) => ({ ...validation, reason: 'Invalid' })),
      },
    },
  };
}
