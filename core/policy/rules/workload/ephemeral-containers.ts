import type { PodRule } from '../../rule';
import { isAbsent, NONE, violation } from '../support';

/** A live Pod may hold them; a template never does. Of Kubernetes' own kinds the API server refuses it before it asks an admission policy. */
export const ephemeralContainers = {
  id: 'ephemeral-containers',
  subject: 'pod',
  title: 'No template holds ephemeral containers',
  severity: 'error',
  waivable: false,
  refusedByServer: true,
  why:
    'An ephemeral container is a debugging session in a running pod. In a template it would be a shell left open in every replica; ' +
    'the API server refuses it there.',
  fix: 'Remove it; use `kubectl debug` on the one pod that needs it.',
  check: (pod) => {
    const list = pod.spec.ephemeralContainers;
    if (isAbsent(list) || list.length === 0 || pod.path.length === 1) return NONE;
    return [
      violation(pod, ['ephemeralContainers'], {
        message: 'the pod template holds ephemeral containers, which the API server refuses',
        remedy: 'remove them, or make them containers',
      }),
    ];
  },
} as const satisfies PodRule;
