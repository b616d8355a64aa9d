import { pods } from '../../clause';
import { podRule } from '../../define';
import { and, is, isEmpty, or } from '../../expression/operators';

const remedy = 'make a ServiceAccount for this workload and name it in serviceAccountName';

/** The API server reads the deprecated alias where the name is empty. */
export const serviceAccountName = podRule({
  id: 'service-account-name',
  title: 'Every workload has a ServiceAccount of its own',
  severity: 'error',
  why:
    'All pods of a namespace that name no account share "default": a right that one of them is given, an attacker in any of them has. ' +
    'Source: CIS Kubernetes Benchmark 5.1.5.',
  fix: 'Make a ServiceAccount for the workload and name it in serviceAccountName.',
  clauses: [
    pods.violation({
      when: ({ spec }) => and(isEmpty(spec.serviceAccountName), isEmpty(spec.serviceAccount)),
      at: ({ spec }) => spec.serviceAccountName,
      message: 'the pod names no ServiceAccount, so it runs as "default", which every such pod of the namespace shares',
      remedy,
      showsValue: false,
    }),
    pods.violation({
      when: ({ spec }) =>
        or(
          is(spec.serviceAccountName, 'default'),
          and(isEmpty(spec.serviceAccountName), is(spec.serviceAccount, 'default')),
        ),
      at: ({ spec }) => spec.serviceAccountName,
      message: 'the pod runs as the ServiceAccount "default", which every pod that names none shares',
      remedy,
    }),
  ],
});
