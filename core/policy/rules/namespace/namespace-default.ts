import { objects } from '../../clause';
import { podRule } from '../../define';
import { is } from '../../expression/operators';

/** Only a namespace that is written down: where none is, whoever applies the object says which it is. */
export const namespaceDefault = podRule({
  id: 'namespace-default',
  title: 'No workload is in the namespace default',
  severity: 'warning',
  why:
    'Everything lands there that says nothing: no owner, no isolation, no quota, and rights that were given for one thing ' +
    'reach all others. Source: CIS Kubernetes Benchmark 5.7.4.',
  fix: 'Put the workload into a namespace of its own, with its isolation and its quota.',
  clauses: [
    objects().violation({
      when: ({ metadata }) => is(metadata.namespace, 'default'),
      at: ({ metadata }) => metadata.namespace,
      message: 'the workload is in the namespace default, which belongs to nobody',
      remedy: 'put it into a namespace of its own',
    }),
  ],
});
