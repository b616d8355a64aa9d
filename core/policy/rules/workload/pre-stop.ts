import type { PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, isLongRunning, runsToCompletion, violation } from '../support';

export const preStop = {
  id: 'pre-stop',
  subject: 'pod',
  title: 'Every container with a port waits before it stops',
  severity: 'info',
  why:
    'A pod is asked to stop while proxies still send it traffic. Requests that fail at each rollout teach people to ignore errors, ' +
    'and to put off the rollouts that bring security fixes.',
  fix: 'Set lifecycle.preStop.sleep.seconds where the target has it (Kubernetes 1.30 and later), else a preStop command that the image has.',
  check: eachContainer((at, pod, { target }) => {
    const { ports, lifecycle } = at.container;
    if (isAbsent(ports) || ports.length === 0 || !isAbsent(lifecycle?.preStop)) return undefined;
    if (!isLongRunning(at) || runsToCompletion(pod)) return undefined;
    return violation(at, ['lifecycle', 'preStop'], {
      message: `${describe(at)} has a port and stops at once, while traffic may still be on its way`,
      remedy: target.supports('preStopSleep').supported
        ? 'set lifecycle.preStop.sleep.seconds, for example to 5'
        : 'set lifecycle.preStop.exec.command to one that the image has and that waits, such as ["sleep", "5"]',
    });
  }),
} as const satisfies PodRule;
