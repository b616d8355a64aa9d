import type { DeclaredRule } from '../../rule';

export const singleNodeVolume = {
  id: 'single-node-volume',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'A volume that one node holds has one pod',
  severity: 'error',
  waivable: false,
  why:
    'The second pod of a workload waits for ever for a volume that one node holds, so that a rollout of a fix ' +
    'never ends.',
  fix:
    'Use one replica with the strategy Recreate, a StatefulSet with a claim of its own for each replica, or a ' +
    'volume that many nodes can mount.',
} as const satisfies DeclaredRule;
