import { objects } from '../../clause';
import { podRule } from '../../define';
import { isOneOf, text } from '../../expression/operators';

export const namespaceSystem = podRule({
  id: 'namespace-system',
  title: 'No workload is in a namespace of the cluster itself',
  severity: 'error',
  why:
    'Policies, quotas and Pod Security leave kube-system alone, and its accounts and Secrets run the cluster: a workload beside them ' +
    'that falls is a short way from all of it.',
  fix: 'Put the workload into a namespace of its own; a part of the cluster that belongs there needs an exception.',
  clauses: [
    objects().violation({
      when: ({ metadata }) => isOneOf(metadata.namespace, ['kube-system', 'kube-public', 'kube-node-lease']),
      at: ({ metadata }) => metadata.namespace,
      message: ({ metadata }) => text`the workload is in ${metadata.namespace}, beside what runs the cluster`,
      remedy: 'put it into a namespace of its own',
    }),
  ],
});
