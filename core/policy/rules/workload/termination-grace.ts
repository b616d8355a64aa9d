import { containers, type PodSymbol } from '../../clause';
import { podRule } from '../../define';
import { fallback, is, text } from '../../expression/operators';

/** Seconds: what the API server sets where nothing is said. */
const byDefault = 30;

const grace = ({ spec }: PodSymbol) => fallback(spec.terminationGracePeriodSeconds, byDefault);

export const terminationGrace = podRule({
  id: 'termination-grace',
  title: 'The grace period outlasts the sleep before stopping',
  severity: 'error',
  why:
    'The grace period runs while preStop sleeps. If the sleep uses it up, the process is killed without a chance to finish what it is writing ' +
    'or to give back its locks and sessions.',
  fix: 'Set terminationGracePeriodSeconds to more than the sleep and the time that the process needs to finish.',
  clauses: [
    containers.violation({
      when: ({ lifecycle }, pod) =>
        // A longer sleep is refused by the API server: see pod-valid.
        is(lifecycle.preStop.sleep.seconds, grace(pod)),
      at: ({ lifecycle }) => lifecycle.preStop.sleep.seconds,
      message: (container, pod) =>
        text`${container} sleeps ${container.lifecycle.preStop.sleep.seconds} seconds before it stops, and the pod is killed after ${grace(pod)}`,
      remedy: ({ lifecycle }) =>
        text`set terminationGracePeriodSeconds to more than ${lifecycle.preStop.sleep.seconds}, or sleep for less`,
    }),
  ],
});
