import type { PodRule } from '../../rule';
import { describe, eachEntry, violation } from '../support';

export const namedPorts = {
  id: 'named-ports',
  subject: 'pod',
  title: 'Every port has a name',
  severity: 'warning',
  why:
    'Services and NetworkPolicies that speak of a number keep it open when the application has moved on. ' +
    'A name follows the port, and says what was meant to be open.',
  fix: 'Give the port a name, and use the name in Services and NetworkPolicies.',
  check: eachEntry(
    (container) => container.ports,
    ({ name, containerPort }, index, at) =>
      name
        ? undefined
        : violation(at, ['ports', index, 'name'], {
            message: `port ${containerPort} of ${describe(at)} has no name`,
            remedy: 'set name, for example to http, grpc or metrics',
          }),
  ),
} as const satisfies PodRule;
