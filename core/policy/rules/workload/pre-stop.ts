import { longRunningContainers } from '../../clause';
import { podRule } from '../../define';
import { and, choose, isFilled, lacks, not, onTarget, text } from '../../expression/operators';
import { runsToCompletion } from '../pod-conditions';

export const preStop = podRule({
  id: 'pre-stop',
  title: 'Every container with a port waits before it stops',
  severity: 'info',
  why:
    'A pod is asked to stop while proxies still send it traffic. Requests that fail at each rollout teach people to ignore errors, ' +
    'and to put off the rollouts that bring security fixes.',
  fix: 'Set lifecycle.preStop.sleep.seconds where the target has it (Kubernetes 1.30 and later), else a preStop command that the image has.',
  clauses: [
    longRunningContainers.violation({
      when: ({ ports, lifecycle }, pod) => and(isFilled(ports), lacks(lifecycle.preStop), not(runsToCompletion(pod))),
      at: ({ lifecycle }) => lifecycle.preStop,
      message: (container) => text`${container} has a port and stops at once, while traffic may still be on its way`,
      remedy: () =>
        choose(
          onTarget((target) => target.supports('preStopSleep').supported),
          'set lifecycle.preStop.sleep.seconds, for example to 5',
          'set lifecycle.preStop.exec.command to one that the image has and that waits, such as ["sleep", "5"]',
        ),
    }),
  ],
});
