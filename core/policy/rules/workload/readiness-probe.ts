import { longRunningContainers } from '../../clause';
import { podRule } from '../../define';
import { and, isFilled, lacks, not, text } from '../../expression/operators';
import { runsToCompletion } from '../pod-conditions';

export const readinessProbe = podRule({
  id: 'readiness-probe',
  title: 'Every container with a port says when it is ready',
  severity: 'error',
  why:
    'Without a readiness probe a pod gets traffic as soon as its process starts and keeps it while it hangs: an attacker who makes it hang takes the ' +
    'Service down, and a rollout replaces every good pod by a broken one.',
  fix: 'Give the container a readinessProbe of the port it serves.',
  clauses: [
    longRunningContainers.violation({
      when: ({ ports, readinessProbe: probe }, pod) => and(isFilled(ports), lacks(probe), not(runsToCompletion(pod))),
      at: ({ readinessProbe: probe }) => probe,
      message: (container) => text`${container} has a port and no readiness probe`,
      remedy: 'set readinessProbe: httpGet, grpc, tcpSocket or exec',
    }),
  ],
});
