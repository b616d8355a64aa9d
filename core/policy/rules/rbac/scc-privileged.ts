import { objects } from '../../clause';
import { objectRule } from '../../define';
import { is } from '../../expression/operators';

export const sccPrivileged = objectRule({
  id: 'scc-privileged',
  kinds: ['security.openshift.io/SecurityContextConstraints'],
  title: 'No SecurityContextConstraints allow privileged containers',
  severity: 'error',
  why:
    'On OpenShift whoever may use such constraints starts a privileged container, which is root on its node; ' +
    'a role or a binding is then all that stands between a developer and the cluster.',
  fix: 'Set allowPrivilegedContainer to false; allow the capabilities that are needed one by one.',
  clauses: [
    objects<{ readonly allowPrivilegedContainer?: boolean }>().violation({
      when: ({ allowPrivilegedContainer }) => is(allowPrivilegedContainer, true),
      at: ({ allowPrivilegedContainer }) => allowPrivilegedContainer,
      message: 'who may use these constraints may start privileged containers',
      remedy: 'set allowPrivilegedContainer to false',
      fix: { set: false },
    }),
  ],
});
