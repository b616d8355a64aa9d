import { pods } from '../../clause';
import { podRule } from '../../define';
import { has, text } from '../../expression/operators';

export const hostAliases = podRule({
  id: 'host-aliases',
  title: 'No pod writes its own /etc/hosts',
  severity: 'warning',
  why:
    'An entry of /etc/hosts comes before DNS: whoever can write the pod sends the traffic to any name to an address of theirs, and policies by name ' +
    'do not see it. An entry that was right goes to a stranger when the address changes hands.',
  fix: 'Leave hostAliases out; give the name to DNS, with a Service without selector or of type ExternalName.',
  clauses: [
    pods
      .each(({ spec }) => spec.hostAliases)
      .violation({
        when: ({ ip }) => has(ip),
        at: ({ ip }) => ip,
        message: ({ ip }) => text`the pod sends the traffic to names of its choice to ${ip}, past DNS`,
        remedy: 'leave hostAliases out, and give the name to DNS',
      }),
  ],
});
