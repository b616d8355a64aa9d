import type { LabelSelector } from '../../../manifest/pod-common';
import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, every, is, isEmpty, isFilled, isOneOf, keysOf, not, or, some } from '../../expression/operators';
import type { Sym, Test } from '../../expression/symbol';
import { clusterRoleKinds } from './support';

interface AggregatedRole {
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] };
}

type Selector = Sym<LabelSelector>;
type Requirement = Sym<NonNullable<LabelSelector['matchExpressions']>[number]>;

/** On each of Kubernetes' own roles. */
const bootstrapping = 'kubernetes.io/bootstrapping';

/** By which Kubernetes' own `admin` and `edit` gather their rules, Secrets and exec among them. */
const ofAdmins = [
  'rbac.authorization.k8s.io/aggregate-to-admin',
  'rbac.authorization.k8s.io/aggregate-to-edit',
] as const;

/** What roles without any label meet, too. */
const isExclusion = ({ operator }: Requirement): Test => isOneOf(operator, ['DoesNotExist', 'NotIn']);

const excludesAlone = ({ matchLabels, matchExpressions }: Selector): Test =>
  and(isEmpty(matchLabels), isFilled(matchExpressions), every(matchExpressions, isExclusion));

/** Whether it asks for labels of Kubernetes' own roles, and for nothing that would leave these out. */
function selectsKubernetes({ matchLabels, matchExpressions }: Selector): Test {
  const known = [bootstrapping, ...ofAdmins];
  return and(
    or(
      isFilled(matchLabels),
      some(matchExpressions, (asked) => not(isExclusion(asked))),
    ),
    every(keysOf(matchLabels), (key) => isOneOf(key, known)),
    every(matchExpressions, (asked) =>
      or(
        and(isExclusion(asked), not(is(asked.key, bootstrapping))),
        and(not(isExclusion(asked)), isOneOf(asked.key, known)),
      ),
    ),
  );
}

const remedy = 'select the roles by a label of their own';
const selectors = objects<AggregatedRole>().each(({ aggregationRule }) => aggregationRule.clusterRoleSelectors);

export const rbacAggregation = objectRule({
  id: 'rbac-aggregation',
  kinds: clusterRoleKinds,
  title: 'No role takes in the rules of every role',
  severity: 'error',
  why:
    'An empty selector of an aggregation rule copies the rules of every ClusterRole, cluster-admin included and those of later ' +
    "installed operators too, without any of them standing in the manifest. So does one that only leaves labels out, and one by the labels of Kubernetes' own roles.",
  fix: 'Select the roles by a label of their own.',
  clauses: [
    selectors.violation({
      when: ({ matchLabels, matchExpressions }) => and(isEmpty(matchLabels), isEmpty(matchExpressions)),
      at: (selector) => selector,
      message: 'the empty selector takes in the rules of every ClusterRole, cluster-admin included',
      remedy,
    }),
    selectors.violation({
      when: excludesAlone,
      at: (selector) => selector,
      message: 'the selector only leaves labels out: it takes in the rules of every other ClusterRole, later ones too',
      remedy,
    }),
    selectors.violation({
      when: (selector, { metadata }) =>
        and(
          selectsKubernetes(selector),
          // Those two gather their own rules so.
          not(
            and(
              isOneOf(metadata.name, ['admin', 'edit']),
              some(keysOf(selector.matchLabels), (key) => isOneOf(key, ofAdmins)),
            ),
          ),
        ),
      at: (selector) => selector,
      message: "the selector takes in the rules of Kubernetes' own ClusterRoles, Secrets and exec among them",
      remedy,
    }),
  ],
});
