import type { PodRule } from '../../rule';
import { describe, eachContainer, isAbsent, violation } from '../support';

/** Seconds: what the API server sets where nothing is said. */
const byDefault = 30;

export const terminationGrace = {
  id: 'termination-grace',
  subject: 'pod',
  title: 'The grace period outlasts the sleep before stopping',
  severity: 'error',
  why:
    'The grace period runs while preStop sleeps. If the sleep uses it up, the process is killed without a chance to finish what it is writing ' +
    'or to give back its locks and sessions.',
  fix: 'Set terminationGracePeriodSeconds to more than the sleep and the time that the process needs to finish.',
  check: eachContainer((at, pod) => {
    const seconds = at.container.lifecycle?.preStop?.sleep?.seconds;
    if (isAbsent(seconds)) return undefined;
    const grace = pod.spec.terminationGracePeriodSeconds ?? byDefault;
    // A longer sleep is refused by the API server: see pod-valid.
    if (seconds !== grace) return undefined;
    return violation(at, ['lifecycle', 'preStop', 'sleep', 'seconds'], {
      value: seconds,
      message: `${describe(at)} sleeps ${seconds} seconds before it stops, and the pod is killed after ${grace}`,
      remedy: `set terminationGracePeriodSeconds to more than ${seconds}, or sleep for less`,
    });
  }),
} as const satisfies PodRule;
