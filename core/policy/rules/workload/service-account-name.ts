import type { PodRule } from '../../rule';
import { atMostOne, violation } from '../support';

export const serviceAccountName = {
  id: 'service-account-name',
  subject: 'pod',
  title: 'Every workload has a ServiceAccount of its own',
  severity: 'error',
  why:
    'All pods of a namespace that name no account share "default": a right that one of them is given, an attacker in any of them has. ' +
    'Source: CIS Kubernetes Benchmark 5.1.5.',
  fix: 'Make a ServiceAccount for the workload and name it in serviceAccountName.',
  check: (pod) => {
    const { serviceAccountName: name, serviceAccount: alias } = pod.spec;
    // The API server reads the deprecated alias where the name is empty.
    const effective = name || alias || '';
    if (effective !== '' && effective !== 'default') return atMostOne(undefined);
    return atMostOne(
      violation(pod, ['serviceAccountName'], {
        value: effective === '' ? undefined : effective,
        message:
          effective === ''
            ? 'the pod names no ServiceAccount, so it runs as "default", which every such pod of the namespace shares'
            : 'the pod runs as the ServiceAccount "default", which every pod that names none shares',
        remedy: 'make a ServiceAccount for this workload and name it in serviceAccountName',
      }),
    );
  },
} as const satisfies PodRule;
