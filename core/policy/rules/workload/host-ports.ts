import type { PodRule } from '../../rule';
import { describe, eachEntry, isAbsent, violation } from '../support';

export const hostPorts = {
  id: 'host-ports',
  subject: 'pod',
  title: 'No container takes a port of its node',
  severity: 'error',
  podSecurity: 'baseline',
  why:
    'A host port opens the container on the address of the node, past Services and, with many network plugins, past NetworkPolicies: ' +
    'whoever reaches the node reaches it, and it can stand in for a service of the node.',
  fix: 'Leave hostPort out; publish the port with a Service, an Ingress or a Gateway.',
  check: eachEntry(
    (container) => container.ports,
    ({ hostPort }, index, at) =>
      isAbsent(hostPort) || hostPort === 0
        ? undefined
        : violation(at, ['ports', index, 'hostPort'], {
            value: hostPort,
            message: `${describe(at)} takes port ${hostPort} of its node`,
            remedy: 'leave hostPort out and publish the port with a Service',
          }),
  ),
} as const satisfies PodRule;
