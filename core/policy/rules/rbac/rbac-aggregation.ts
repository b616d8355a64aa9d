import type { LabelSelector } from '../../../manifest/pod-common';
import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, isEmpty } from '../../expression/operators';
import { clusterRoleKinds } from './support';

interface AggregatedRole {
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] };
}

export const rbacAggregation = objectRule({
  id: 'rbac-aggregation',
  kinds: clusterRoleKinds,
  title: 'No role takes in the rules of every role',
  severity: 'error',
  why:
    'An empty selector of an aggregation rule copies the rules of every ClusterRole, cluster-admin included and those of later ' +
    'installed operators too, without any of them standing in the manifest.',
  fix: 'Select the roles by a label of their own.',
  clauses: [
    objects<AggregatedRole>()
      .each(({ aggregationRule }) => aggregationRule.clusterRoleSelectors)
      .violation({
        when: ({ matchLabels, matchExpressions }) => and(isEmpty(matchLabels), isEmpty(matchExpressions)),
        at: (selector) => selector,
        message: 'the empty selector takes in the rules of every ClusterRole, cluster-admin included',
        remedy: 'select the roles by a label of their own',
      }),
  ],
});
