import type { LabelSelector } from '../../../manifest/pod-common';
import { objects } from '../../clause';
import { objectRule } from '../../define';
import {
  and,
  entryOf,
  every,
  includes,
  is,
  isEmpty,
  isFilled,
  isOneOf,
  keysOf,
  not,
  or,
  some,
} from '../../expression/operators';
import type { Sym, Test } from '../../expression/symbol';
import { clusterRoleKinds } from './support';

interface AggregatedRole {
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] };
}

type Selector = Sym<LabelSelector>;
type Requirement = Sym<NonNullable<LabelSelector['matchExpressions']>[number]>;

/** On each of Kubernetes' own roles. */
const ofKubernetes = { keys: ['kubernetes.io/bootstrapping'], value: 'rbac-defaults' } as const;

/** By which Kubernetes' own `admin` and `edit` gather their rules, Secrets and exec among them. */
const ofPowerful = {
  keys: ['rbac.authorization.k8s.io/aggregate-to-admin', 'rbac.authorization.k8s.io/aggregate-to-edit'],
  value: 'true',
} as const;

const known = [ofKubernetes, ofPowerful] as const;

/** What roles without any label meet, too. */
const isExclusion = ({ operator }: Requirement): Test => isOneOf(operator, ['DoesNotExist', 'NotIn']);

const excludesAlone = ({ matchLabels, matchExpressions }: Selector): Test =>
  and(isEmpty(matchLabels), isFilled(matchExpressions), every(matchExpressions, isExclusion));

/** Whether it asks for labels of Kubernetes' own roles, and for no other that would leave these out. */
function selectsKubernetes({ matchLabels, matchExpressions }: Selector): Test {
  return and(
    not(and(isEmpty(matchLabels), every(matchExpressions, isExclusion))),
    every(keysOf(matchLabels), (key) =>
      or(...known.map(({ keys, value }) => and(isOneOf(key, keys), is(entryOf(matchLabels, key), value)))),
    ),
    every(matchExpressions, (requirement) =>
      or(
        and(isExclusion(requirement), not(isOneOf(requirement.key, ofKubernetes.keys))),
        ...known.map(({ keys, value }) =>
          and(
            isOneOf(requirement.key, keys),
            or(
              is(requirement.operator, 'Exists'),
              and(is(requirement.operator, 'In'), includes(requirement.values, value)),
            ),
          ),
        ),
      ),
    ),
  );
}

/** Whether a label of the powerful ones is among those that it asks for. */
function asksForPowerful({ matchLabels, matchExpressions }: Selector): Test {
  return or(
    some(keysOf(matchLabels), (key) => isOneOf(key, ofPowerful.keys)),
    some(matchExpressions, (requirement) =>
      and(isOneOf(requirement.key, ofPowerful.keys), not(isExclusion(requirement))),
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
      when: (selector) => and(selectsKubernetes(selector), not(asksForPowerful(selector))),
      at: (selector) => selector,
      message: "the selector takes in the rules of Kubernetes' own ClusterRoles, cluster-admin included",
      remedy,
    }),
    selectors.violation({
      when: (selector, { metadata }) =>
        and(not(isOneOf(metadata.name, ['admin', 'edit'])), selectsKubernetes(selector), asksForPowerful(selector)),
      at: (selector) => selector,
      message:
        "the selector takes in what Kubernetes' own admin or edit has: Secrets, exec and pods that run as any account",
      remedy,
    }),
  ],
});
