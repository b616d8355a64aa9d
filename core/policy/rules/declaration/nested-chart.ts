import type { DeclaredRule } from '../../rule';

export const nestedChart = {
  id: 'nested-chart',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'No chart is nested in a namespace',
  severity: 'error',
  waivable: false,
  why:
    'A chart in a LockedNamespace brings a namespace of its own: its objects land outside of the quota, the ' +
    'limits and the default deny that they seem to be under.',
  fix: 'Make the chart a sibling of the namespace, or a construct of the namespace.',
} as const satisfies DeclaredRule;
