import { objectRule } from '../../define';
import { and, is, matches, or } from '../../expression/operators';
import { bindingKinds, refuses } from './support';

export const rbacDefaultAccount = objectRule({
  id: 'rbac-default-account',
  kinds: bindingKinds,
  title: 'No binding is for a default ServiceAccount',
  severity: 'error',
  why: 'Every pod of the namespace that names no account runs as default: a right that one workload needs is a right of each of them, and of whatever is started there next. Source: CIS Kubernetes Benchmark 5.1.5.',
  fix: 'Give the workload a ServiceAccount of its own, and bind that.',
  clauses: [
    refuses(
      ({ kind, name }) =>
        or(
          and(is(kind, 'ServiceAccount'), is(name, 'default')),
          and(is(kind, 'User'), matches(name, /^system:serviceaccount:[^:]+:default$/)),
        ),
      'every pod of its namespace that names no account runs as it',
    ),
  ],
});
