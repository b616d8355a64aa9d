import type { Answer } from './answer';

/** Each row of the table of scanners' checks with this subject: the rules that answer it, or why none does. */
export const namespaceRows: Readonly<Record<string, Answer>> = {
  'default-namespace': ['namespace-default'],
  'kube-system': ['namespace-system'],
  'ns-boundaries': ['namespace-default'],
  'ns-psa-baseline': ['namespace-pod-security'],
  'ns-psa-restricted': ['namespace-pod-security'],
  'policy-engine-active': ['namespace-pod-security'],
  'resource-quota': ['resource-quota'],
  'limit-range': ['limit-range'],
};
