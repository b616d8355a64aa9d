import type { DeclaredRule } from '../../rule';

export const targetValid = {
  id: 'target-valid',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'The cluster that manifests are made for is one there is',
  severity: 'error',
  waivable: false,
  why:
    'For an unknown version nobody knows which protections exist: a field that the cluster does not know is ' +
    'dropped, and the protection with it.',
  fix: 'Name a Kubernetes version from 1.28 to 1.37 and a distribution and node capabilities that exist.',
} as const satisfies DeclaredRule;
