import type { KubernetesObject } from '../../manifest/object';
import { type AdmissionOptions, compileRules, type EnforceableRule } from './admission';
import { kindsOf, resourceRules } from './match';

/** What happens to an object that breaks a rule. `audit` writes it to the audit log, `warn` also tells who applies it, `deny` refuses it. */
export type EnforcementMode = 'audit' | 'warn' | 'deny';

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

/** The prefix of the names of everything that is generated. */
export const policyPrefix = 'bulwark';

/**
 * One ValidatingAdmissionPolicy with its binding.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export function validatingAdmissionPolicy(
  name: string,
  rules: readonly EnforceableRule[],
  options: AdmissionPolicyOptions,
): readonly KubernetesObject[] {
  const { variables, validations } = compileRules(rules, options);
  if (validations.length === 0) return [];
  const { mode = 'audit', exemptNamespaces = [] } = options;
  const kinds = [...new Set(rules.flatMap((rule) => kindsOf(rule, options.podTemplateKinds)))];
  const policyName = `${policyPrefix}-${name}`;
  return [
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name: policyName },
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: { resourceRules: resourceRules(kinds) },
        variables,
        validations: validations.map((validation) => ({ ...validation, reason: 'Invalid' })),
      },
    },
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name: policyName },
      spec: {
        policyName,
        validationActions: actions[mode],
        ...(exemptNamespaces.length > 0 && {
          matchResources: {
            namespaceSelector: {
              matchExpressions: [
                { key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: [...exemptNamespaces] },
              ],
            },
          },
        }),
      },
    },
  ];
}
