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
    'refuses nobody. Of fields outside of pods that the API server drops or refuses until their feature gate is on, it warns.',
  fix: 'Use the API version that the target serves, or raise the version of the target.',
} as const satisfies DeclaredRule;
