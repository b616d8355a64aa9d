import { objectRule } from '../../define';
import { and, is } from '../../expression/operators';
import { bindingKinds, refuses } from './support';

export const rbacAnonymous = objectRule({
  id: 'rbac-anonymous',
  kinds: bindingKinds,
  title: 'No binding is for visitors without a name',
  severity: 'error',
  why: 'Whoever reaches the API server has the right, without a credential: the internet, where its endpoint is public, and every pod elsewhere. The audit log shows nobody.',
  fix: 'Remove the subject; let probes ask /livez and /readyz, which need no binding, and give everyone else a credential.',
  clauses: [
    refuses(
      ({ kind, name }) => and(is(kind, 'Group'), is(name, 'system:unauthenticated')),
      'everyone who reaches the API server is in it',
    ),
    refuses(
      ({ kind, name }) => and(is(kind, 'User'), is(name, 'system:anonymous')),
      'it is everyone who reaches the API server',
    ),
  ],
});
