import type { KubernetesObject } from '../../manifest/object';
import type { AdmissionOptions, EnforceableRule } from './admission';
import { draftOf } from './draft';
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

const actions: Readonly<Record<EnforcementMode, readonly string[]>> = {
  audit: ['Audit'],
  warn: ['Warn', 'Audit'],
  deny: ['Deny'],
};

export interface AdmissionPolicyOptions extends AdmissionOptions {
  /** @default 'audit' */
  readonly mode?: EnforcementMode;
  /** Namespaces that the policies leave alone. @default - none */
  readonly exemptNamespaces?: readonly string[];
}

/** One ValidatingAdmissionPolicy with its binding; none where nothing on the target breaks the rules. */
export function validatingAdmissionPolicy(
  name: string,
  rules: readonly EnforceableRule[],
  options: AdmissionPolicyOptions,
): readonly KubernetesObject[] {
  const draft = draftOf(name, rules, options);
  const { mode = 'audit', exemptNamespaces = [] } = options;
  const settings = { ...options, mode, exemptNamespaces, params: false, adminNamespace: 'kube-system' };
  return draft === undefined ? [] : vap.write(draft, settings);
}

/** A selector of namespaces by their names, which the API server itself keeps in a label. */
export function namespaceSelector(exempt: readonly string[]): { readonly namespaceSelector?: object } {
  if (exempt.length === 0) return {};
  const matchExpressions = [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [...exempt] }];
  return { namespaceSelector: { matchExpressions } };
}

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
  shared: (drafts, settings) =>
    settings.params && drafts.some(({ readsRegistries }) => readsRegistries) ? [registriesConfigMap(settings)] : [],
};

function policy(draft: PolicyDraft, { params }: PolicySettings): KubernetesObject {
  const { name, kinds, compiled, conditions, readsRegistries } = draft;
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name, ...waivedAnnotations(draft) },
    spec: {
      failurePolicy: 'Fail',
      ...(params && readsRegistries && { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } }),
      matchConstraints: { resourceRules: resourceRules(kinds) },
      matchConditions: [...conditions, ...exceptionConditions(draft, 'object')],
      variables: compiled.variables,
      validations: compiled.validations.map((validation) => ({ ...validation, reason: 'Invalid' })),
    },
  };
}

function policyBinding(
  { name, readsRegistries }: PolicyDraft,
  { mode, exemptNamespaces, params, adminNamespace }: PolicySettings,
): KubernetesObject {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name },
    spec: {
      policyName: name,
      validationActions: actions[mode],
      ...(params &&
        readsRegistries && {
          paramRef: { name: registriesName, namespace: adminNamespace, parameterNotFoundAction: 'Deny' },
        }),
      ...(exemptNamespaces.length > 0 && { matchResources: namespaceSelector(exemptNamespaces) }),
    },
  };
}
