import type { KubernetesObject } from '../../manifest/object';
import {
  type DraftInMode,
  type EnforcementMode,
  type EngineWriter,
  exceptionConditions,
  type PolicySettings,
  registriesKind,
  registriesOfConfigMap,
  registriesReference,
  sharedRegistries,
  takesRegistries,
  validationsOf,
  waivedAnnotations,
} from './engine';
import { namespaceSelector, resourceRules } from './match';

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
  warnings: (drafts) => {
    const silent = drafts.filter(({ mode }) => mode === 'warn').length;
    if (silent === 0) return [];
    const message = `Kubewarden warns nobody: ${silent} policies of the mode warn are written as monitor, which only records`;
    return [{ property: 'mode', message, remedy: 'read its audit reports, or deny from a milder severity' }];
  },
  write: (draft, settings) => [policy(draft, settings)],
  shared: sharedRegistries,
};

function policy(draft: DraftInMode, settings: PolicySettings): KubernetesObject {
  const { name, kinds, compiled, conditions, mode } = draft;
  const { exemptNamespaces } = settings;
  const hasParams = takesRegistries(draft, settings);
  return {
    apiVersion: 'policies.kubewarden.io/v1',
    kind: 'ClusterAdmissionPolicy',
    metadata: { name, ...waivedAnnotations(draft) },
    spec: {
      module: celPolicy,
      mode: modes[mode],
      mutating: false,
      ...(hasParams && { contextAwareResources: [registriesKind] }),
      rules: resourceRules(kinds),
      ...namespaceSelector(exemptNamespaces),
      // The API server asks these, before Kubewarden is called.
      matchConditions: [...conditions, ...exceptionConditions(draft)],
      settings: {
        ...(hasParams && {
          paramKind: registriesKind,
          paramRef: registriesReference(settings),
        }),
        variables: compiled.variables,
        validations: validationsOf(draft),
      },
    },
  };
}
