import { authenticationGroup } from '../../../rbac/impersonation';
import { objectRule } from '../../define';
import { and, isOneOf, joined, or, select, some, startsWith, text } from '../../expression/operators';
import type { Test, Value } from '../../expression/symbol';
import { granted, grants, policyRules, type Right, roleKinds, roleOfItsOwn, withholds } from './support';

/** The uid and the extras of a user, each of which is a subresource of its own: `userextras/scopes`. */
function isDetail(resource: Value<string>): Test {
  return or(isOneOf(resource, ['uids', 'userextras', '*']), startsWith(resource, 'userextras/'));
}

const detailVerbs = ['impersonate', 'impersonate:user-info'] as const;

const onDetails = (verb: Value<string>): Test => isOneOf(verb, [...detailVerbs, '*']);

/** An extra of whatever resource, which is one of a user where the verb says so. */
const isAnyExtra = (resource: Value<string>): Test => startsWith(resource, '*/');

/** As whom each mode of constrained impersonation is: the API server asks for no other pairs. */
const modes: readonly Right[] = [
  { groups: [authenticationGroup], resources: ['users', 'groups'], verbs: ['impersonate:user-info'] },
  { groups: [authenticationGroup], resources: ['serviceaccounts'], verbs: ['impersonate:serviceaccount'] },
  { groups: [authenticationGroup], resources: ['nodes'], verbs: ['impersonate:arbitrary-node'] },
];
const anyMode: Right = {
  groups: [authenticationGroup],
  resources: modes.flatMap(({ resources }) => resources),
  verbs: modes.flatMap(({ verbs }) => verbs),
};

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
          or(
            and(some(resources, isDetail), some(verbs, onDetails)),
            and(
              some(resources, isAnyExtra),
              some(verbs, (verb) => isOneOf(verb, detailVerbs)),
            ),
          ),
        ),
      at: (rule) => rule,
      message: ({ resources, verbs }) =>
        text`the rule grants ${joined(select(verbs, onDetails), ', ')} on ${joined(
          select(resources, (resource) => or(isDetail(resource), isAnyExtra(resource))),
          ', ',
        )}: its subject acts with the uid and the scopes of another user`,
      remedy: roleOfItsOwn,
    }),
    // Constrained impersonation.
    policyRules.violation({
      when: (rule) => or(...modes.map((mode) => grants(rule, mode))),
      at: (rule) => rule,
      message: (rule) =>
        text`the rule grants ${granted(rule, anyMode)}: its subject acts as another user, group, account or node`,
      remedy: roleOfItsOwn,
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
