import type { PodRule } from '../../rule';
import { NONE, violation } from '../support';

export const serviceAccountToken = {
  id: 'service-account-token',
  subject: 'pod',
  title: 'No token is mounted unasked',
  severity: 'error',
  why:
    'The token that is mounted by default lets an attacker in the container speak to the API server as the workload, and list what its account may see. ' +
    'Source: CIS Kubernetes Benchmark 5.1.6.',
  fix: 'Set automountServiceAccountToken: false on the pod; mount a projected token with an audience and an expiry if the application calls an API.',
  check: (pod) => {
    const value = pod.spec.automountServiceAccountToken;
    if (value === false) return NONE;
    return [
      violation(pod, ['automountServiceAccountToken'], {
        value: value ?? undefined,
        message: 'the token of the ServiceAccount is mounted into every container of the pod',
        remedy: 'set automountServiceAccountToken to false; project a token where the application needs one',
      }),
    ];
  },
} as const satisfies PodRule;
