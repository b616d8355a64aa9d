import type { Violation } from '../../finding';
import type { PodRule } from '../../rule';
import { describe, eachEntry, isAbsent, violation } from '../support';

const remedy =
  'mount the Secret as a file (a read-only volume with defaultMode 0440) and let the application read it there';

const single = eachEntry(
  (container) => container.env,
  ({ name, valueFrom }, index, at): Violation | undefined => {
    const reference = valueFrom?.secretKeyRef;
    if (isAbsent(reference)) return undefined;
    return violation(at, ['env', index, 'valueFrom', 'secretKeyRef'], {
      value: `${reference.name ?? ''}/${reference.key ?? ''}`,
      message: `${describe(at)} has a key of the Secret "${reference.name ?? ''}" in its environment variable ${name}`,
      remedy,
    });
  },
);

const whole = eachEntry(
  (container) => container.envFrom,
  ({ secretRef }, index, at) =>
    isAbsent(secretRef)
      ? undefined
      : violation(at, ['envFrom', index, 'secretRef'], {
          value: secretRef.name ?? '',
          message: `${describe(at)} has the whole Secret "${secretRef.name ?? ''}" in its environment`,
          remedy,
        }),
);

export const secretInEnv = {
  id: 'secret-in-env',
  subject: 'pod',
  title: 'No Secret is an environment variable',
  severity: 'error',
  why:
    'The environment is in crash dumps, debug pages and logs, is inherited by every child process, can be read through /proc, and is not renewed when ' +
    'the Secret is. Source: CIS Kubernetes Benchmark 5.4.1.',
  fix: 'Mount the Secret as a file, or let a CSI driver or an agent put it there.',
  check: (pod, context) => {
    const found = single(pod, context);
    const more = whole(pod, context);
    return more.length === 0 ? found : [...found, ...more];
  },
} as const satisfies PodRule;
