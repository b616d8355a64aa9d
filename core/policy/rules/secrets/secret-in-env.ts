import { containers } from '../../clause';
import { podRule } from '../../define';
import { has, text } from '../../expression/operators';

const remedy =
  'mount the Secret as a file (a read-only volume with defaultMode 0440) and let the application read it there';

export const secretInEnv = podRule({
  id: 'secret-in-env',
  title: 'No Secret is an environment variable',
  severity: 'error',
  why:
    'The environment is in crash dumps, debug pages and logs, is inherited by every child process, can be read through /proc, and is not renewed when ' +
    'the Secret is. Source: CIS Kubernetes Benchmark 5.4.1.',
  fix: 'Mount the Secret as a file, or let a CSI driver or an agent put it there.',
  clauses: [
    containers
      .each(({ env }) => env)
      .violation({
        when: ({ valueFrom }) => has(valueFrom.secretKeyRef),
        at: ({ valueFrom }) => valueFrom.secretKeyRef,
        message: ({ name, valueFrom }, container) =>
          text`${container} has a key of the Secret "${valueFrom.secretKeyRef.name}" in its environment variable ${name}`,
        remedy,
      }),
    containers
      .each(({ envFrom }) => envFrom)
      .violation({
        when: ({ secretRef }) => has(secretRef),
        at: ({ secretRef }) => secretRef,
        message: ({ secretRef }, container) =>
          text`${container} has the whole Secret "${secretRef.name}" in its environment`,
        remedy,
      }),
  ],
});
