import { pods } from '../../clause';
import { podRule } from '../../define';
import { and, is, isFilled, not } from '../../expression/operators';

/** A live Pod may hold them; a template never does. */
export const ephemeralContainers = podRule({
  id: 'ephemeral-containers',
  title: 'No template holds ephemeral containers',
  severity: 'error',
  waivable: false,
  refusedByServer: true,
  why:
    'An ephemeral container is a debugging session in a running pod. In a template it would be a shell left open in every replica; ' +
    'the API server refuses it there.',
  fix: 'Remove it; use `kubectl debug` on the one pod that needs it.',
  clauses: [
    pods.violation({
      when: ({ spec, object }) => and(isFilled(spec.ephemeralContainers), not(is(object.kind, 'Pod'))),
      at: ({ spec }) => spec.ephemeralContainers,
      message: 'the pod template holds ephemeral containers, which the API server refuses',
      remedy: 'remove them, or make them containers',
      fix: 'remove',
      showsValue: false,
    }),
  ],
});
