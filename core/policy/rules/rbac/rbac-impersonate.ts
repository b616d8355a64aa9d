import { authenticationGroup } from '../../../rbac/impersonation';
import { objectRule } from '../../define';
import { and, isOneOf, joined, or, select, some, startsWith, text } from '../../expression/operators';
import type { Test, Value } from '../../expression/symbol';
import { policyRules, roleKinds, roleOfItsOwn, withholds } from './support';

/** The uid and the extras of a user, each of which is a subresource of its own: `userextras/scopes`. */
function isDetail(resource: Value<string>): Test {
  return or(isOneOf(resource, ['uids', 'userextras', '*']), startsWith(resource, 'userextras/'));
}

const onDetails = (verb: Value<string>): Test => isOneOf(verb, ['impersonate', 'impersonate:user-info', '*']);

/** What is done in the name of others, under constrained impersonation: `impersonate-on:user-info:list`. */
const isDoneSo = (verb: Value<string>): Test => startsWith(verb, 'impersonate-on:');

/** @see https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/ */
export const rbacImpersonate = objectRule({
  id: 'rbac-impersonate',
  kinds: roleKinds,
  title: 'No role acts as someone else',
  severity: 'error',
  why: 'Who may impersonate is whoever they name: an administrator, another team, the group system:masters, and the audit log shows them second. Source: CIS Kubernetes Benchmark 5.1.8.',
  fix: 'Leave impersonate out; where a proxy needs it, name the users or groups in resourceNames, in a role of its own with an exception.',
  clauses: [
    withholds({
      groups: [''],
      resources: ['users', 'groups', 'serviceaccounts'],
      verbs: ['impersonate'],
      gains: 'acts as another user, group or account',
    }),
    policyRules.violation({
      when: ({ apiGroups, resources, verbs }) =>
        and(
          some(apiGroups, (name) => isOneOf(name, [authenticationGroup, '*'])),
          some(resources, isDetail),
          some(verbs, onDetails),
        ),
      at: (rule) => rule,
      message: ({ resources, verbs }) =>
        text`the rule grants ${joined(select(verbs, onDetails), ', ')} on ${joined(select(resources, isDetail), ', ')}: its subject acts with the uid and the scopes of another user`,
      remedy: roleOfItsOwn,
    }),
    // Constrained impersonation.
    withholds({
      groups: [authenticationGroup],
      resources: ['users', 'groups', 'serviceaccounts', 'nodes'],
      verbs: ['impersonate:user-info', 'impersonate:serviceaccount', 'impersonate:arbitrary-node'],
      gains: 'acts as another user, group, account or node',
    }),
    withholds({
      groups: [authenticationGroup],
      resources: ['nodes'],
      verbs: ['impersonate:associated-node'],
      gains: 'acts as the kubelet of the node that it runs on',
      severity: 'warning',
    }),
    policyRules.violation({
      when: ({ verbs }) => some(verbs, isDoneSo),
      at: (rule) => rule,
      severity: 'warning',
      message: ({ verbs }) =>
        text`the rule grants ${joined(select(verbs, isDoneSo), ', ')}: its subject does so in the name of whom it may impersonate`,
      remedy: roleOfItsOwn,
    }),
  ],
});
