import type { RuleId } from '../../../../core/policy/rules';

/** Each row of the table of scanners' checks with this subject: the rules that answer it, or why none does. */
export const admissionRows: Readonly<Record<string, readonly RuleId[] | { readonly notTaken: string }>> = {
  'validating-webhook-review': ['webhook-url', 'webhook-secrets'],
  'mutating-webhook-review': ['webhook-url', 'webhook-secrets'],
  'gatekeeper-repo-prefix': ['gatekeeper-repo-prefix'],
  'psp-enabled': { notTaken: 'PodSecurityPolicy was removed in Kubernetes 1.25, and the oldest target is newer' },
  'psp-legacy': { notTaken: 'PodSecurityPolicy was removed in Kubernetes 1.25, and the oldest target is newer' },
};
