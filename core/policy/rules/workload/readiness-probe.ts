import type { PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, isLongRunning, runsToCompletion, violation } from '../support';

export const readinessProbe = {
  id: 'readiness-probe',
  subject: 'pod',
  title: 'Every container with a port says when it is ready',
  severity: 'error',
  why:
    'Without a readiness probe a pod gets traffic as soon as its process starts and keeps it while it hangs: an attacker who makes it hang takes the ' +
    'Service down, and a rollout replaces every good pod by a broken one.',
  fix: 'Give the container a readinessProbe of the port it serves.',
  check: eachContainer((at, pod) => {
    const { ports, readinessProbe: probe } = at.container;
    if (isAbsent(ports) || ports.length === 0 || !isAbsent(probe)) return undefined;
    if (!isLongRunning(at) || runsToCompletion(pod)) return undefined;
    return violation(at, ['readinessProbe'], {
      message: `${describe(at)} has a port and no readiness probe`,
      remedy: 'set readinessProbe: httpGet, grpc, tcpSocket or exec',
    });
  }),
} as const satisfies PodRule;
