import type { ObjectRule } from '../../rule';
import { isAbsent, NONE } from '../support';

interface BudgetSpec {
  readonly minAvailable?: number | string | null;
  readonly maxUnavailable?: number | string | null;
}

const remedy = 'set maxUnavailable to 1';

export const pdbBlocksDrain = {
  id: 'pdb-blocks-drain',
  subject: 'object',
  kinds: ['policy/PodDisruptionBudget'],
  title: 'No disruption budget forbids every eviction',
  severity: 'error',
  why:
    'A budget that allows no disruption keeps nodes from being drained: kernel and kubelet fixes wait, or someone deletes pods by force. ' +
    'An attacker gains the time in between.',
  fix: 'Set maxUnavailable to 1, with two replicas or more where the workload must not stop.',
  check: (object) => {
    const { minAvailable, maxUnavailable } = (object.spec ?? {}) as BudgetSpec;
    if (!isAbsent(maxUnavailable) && (maxUnavailable === 0 || maxUnavailable === '0' || maxUnavailable === '0%')) {
      return [
        {
          path: ['spec', 'maxUnavailable'],
          value: maxUnavailable,
          message: `the budget lets ${maxUnavailable} pods be evicted, so that no node they run on can be drained`,
          remedy,
        },
      ];
    }
    if (minAvailable !== '100%') return NONE;
    return [
      {
        path: ['spec', 'minAvailable'],
        value: minAvailable,
        message: 'the budget keeps 100% of the pods, so that no node they run on can be drained',
        remedy,
      },
    ];
  },
} as const satisfies ObjectRule;
