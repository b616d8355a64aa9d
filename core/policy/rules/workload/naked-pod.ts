import { pods } from '../../clause';
import { podRule } from '../../define';
import { and, is, isEmpty } from '../../expression/operators';

export const nakedPod = podRule({
  id: 'naked-pod',
  title: 'Every pod has a controller',
  severity: 'warning',
  why:
    'A pod without a controller is not made anew when its node fails or is drained, and no rollout brings it a fixed image: it stays as vulnerable as ' +
    'on its first day, or is gone. Debugging pods that someone forgot are such pods.',
  fix: 'Make it a Deployment, a StatefulSet, a DaemonSet or a Job.',
  clauses: [
    pods.violation({
      when: ({ object }) => and(is(object.kind, 'Pod'), isEmpty(object.metadata.ownerReferences)),
      at: ({ object }) => object.metadata.ownerReferences,
      message: 'the pod has no controller that replaces or updates it',
      remedy: 'make it a Deployment, a StatefulSet, a DaemonSet or a Job',
      showsValue: false,
    }),
  ],
});
