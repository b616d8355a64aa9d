import type { LackCause } from '../../../cluster/support';
import type { PodRule } from '../../rule';
import { NONE } from '../../rule';

const remedies: Readonly<Record<LackCause, string>> = {
  version: 'leave it out, or raise the version of the target once its cluster is upgraded',
  gate: 'leave it out',
  nodes: 'leave it out, or declare the capability of the nodes in the target where every node has it',
};

/** A table of the fields of each version decides, which no admission policy holds: the API server has dropped what it does not know before it asks one. */
export const targetField = {
  id: 'target-field',
  subject: 'pod',
  title: 'The target has every field that is set',
  severity: 'error',
  waivable: false,
  why:
    'An API server that does not know a field, or has it switched off, drops it without a word: the protection that stands in the manifest is not in the cluster. ' +
    'A kubelet whose node lacks it refuses the pod.',
  fix: 'Leave the field out, raise the version of the target, or declare what its nodes can.',
  check: ({ spec, path }, { target }) => {
    const lacking = target.unsupportedFields(spec);
    if (lacking.length === 0) return NONE;
    return lacking.map(({ path: below, value, reason, cause }) => ({
      path: [...path, ...below],
      value,
      message: `the target lacks this field: ${reason}`,
      remedy: remedies[cause],
    }));
  },
} as const satisfies PodRule;
