import { containers } from '../../clause';
import { podRule } from '../../define';
import { isEmpty, text } from '../../expression/operators';

export const namedPorts = podRule({
  id: 'named-ports',
  title: 'Every port has a name',
  severity: 'warning',
  why:
    'Services and NetworkPolicies that speak of a number keep it open when the application has moved on. ' +
    'A name follows the port, and says what was meant to be open.',
  fix: 'Give the port a name, and use the name in Services and NetworkPolicies.',
  clauses: [
    containers
      .each(({ ports }) => ports)
      .violation({
        when: ({ name }) => isEmpty(name),
        at: ({ name }) => name,
        message: ({ containerPort }, container) => text`port ${containerPort} of ${container} has no name`,
        remedy: 'set name, for example to http, grpc or metrics',
        showsValue: false,
      }),
  ],
});
