import type { Lack, LackCause } from '../../../cluster/support';
import type { Violation } from '../../finding';
import type { PodRule } from '../../rule';
import { NONE } from '../../rule';

const remedies: Readonly<Record<LackCause, string>> = {
  version: 'leave it out, or raise the version of the target once its cluster is upgraded',
  gate: 'leave it out',
  nodes: 'leave it out, or declare the capability of the nodes in the target where every node has it',
};

/** What is wrong with a field. One that nodes may lack is told and not refused: to leave it out would take hardening away. */
function verdict({ cause, isUncertain, reason }: Lack): Pick<Violation, 'message' | 'remedy' | 'severity'> {
  if (!isUncertain) return { message: `the target lacks this field: ${reason}`, remedy: remedies[cause] };
  const remedy = 'say by nodes of the target what every node has; a node without it refuses the pod';
  return { severity: 'info', message: `the target has this field, but ${reason}`, remedy };
}

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
    return lacking.map(({ path: below, value, ...lack }) => ({ path: [...path, ...below], value, ...verdict(lack) }));
  },
} as const satisfies PodRule;
