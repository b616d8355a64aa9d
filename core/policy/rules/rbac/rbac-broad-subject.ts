import { objectRule } from '../../define';
import { and, is, startsWith } from '../../expression/operators';
import { bindingKinds, refuses } from './support';

export const rbacBroadSubject = objectRule({
  id: 'rbac-broad-subject',
  kinds: bindingKinds,
  title: 'No binding is for everyone',
  severity: 'error',
  why: 'A right of a group that holds every pod or every user of the cluster is a right of whoever gets in anywhere: one exposed application is enough.',
  fix: "Bind the group of the people, or the workload's own ServiceAccount.",
  clauses: [
    refuses(
      ({ kind, name }) => and(is(kind, 'Group'), is(name, 'system:authenticated')),
      'everyone with any credential of the cluster is in it, every pod included',
    ),
    refuses(
      ({ kind, name }) => and(is(kind, 'Group'), is(name, 'system:serviceaccounts')),
      'every pod of every namespace is in it',
    ),
    refuses(
      ({ kind, name }) => and(is(kind, 'Group'), startsWith(name, 'system:serviceaccounts:')),
      'every pod of the namespace is in it',
    ),
  ],
});
