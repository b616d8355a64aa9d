import type { DeclaredRule } from '../../rule';

export const targetApi = {
  id: 'target-api',
  subject: 'declaration',
  answeredBy: 'object',
  title: 'Every object is of an API that the target has',
  severity: 'error',
  waivable: false,
  why:
    'An object of an API that the cluster does not serve is not applied: an admission policy that is not there ' +
    'refuses nobody.',
  fix: 'Use the API version that the target serves, or raise the version of the target.',
} as const satisfies DeclaredRule;
