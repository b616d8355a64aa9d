import type { IntOrString } from '../../../manifest/pod';
import { objects } from '../../clause';
import { objectRule } from '../../define';
import { is, isOneOf, or, text } from '../../expression/operators';

const budgets = objects<{
  readonly spec: { readonly minAvailable?: IntOrString; readonly maxUnavailable?: IntOrString };
}>();

const remedy = 'set maxUnavailable to 1';

export const pdbBlocksDrain = objectRule({
  id: 'pdb-blocks-drain',
  kinds: ['policy/PodDisruptionBudget'],
  title: 'No disruption budget forbids every eviction',
  severity: 'error',
  why:
    'A budget that allows no disruption keeps nodes from being drained: kernel and kubelet fixes wait, or someone deletes pods by force. ' +
    'An attacker gains the time in between.',
  fix: 'Set maxUnavailable to 1, with two replicas or more where the workload must not stop.',
  clauses: [
    budgets.violation({
      when: ({ spec: { maxUnavailable } }) => or(is(maxUnavailable, 0), isOneOf(maxUnavailable, ['0', '0%'])),
      at: ({ spec }) => spec.maxUnavailable,
      message: ({ spec }) =>
        text`the budget lets ${spec.maxUnavailable} pods be evicted, so that no node they run on can be drained`,
      remedy,
    }),
    budgets.violation({
      when: ({ spec }) => is(spec.minAvailable, '100%'),
      at: ({ spec }) => spec.minAvailable,
      message: 'the budget keeps 100% of the pods, so that no node they run on can be drained',
      remedy,
    }),
  ],
});
