import { objectRule } from '../../define';
import { and, is } from '../../expression/operators';
import { bindingKinds, refuses } from './support';

export const rbacMasters = objectRule({
  id: 'rbac-masters',
  kinds: bindingKinds,
  title: 'No binding is for system:masters',
  severity: 'error',
  why: 'Members of system:masters pass every authorizer, webhooks included, and no role can be taken from them again: a certificate for it that leaks is good until it ends. Source: CIS Kubernetes Benchmark 5.1.7.',
  fix: 'Bind the group that your identity provider has for administrators.',
  clauses: [
    refuses(
      ({ kind, name }) => and(is(kind, 'Group'), is(name, 'system:masters')),
      'members of it pass every authorizer, and no role can be taken from them again',
    ),
  ],
});
