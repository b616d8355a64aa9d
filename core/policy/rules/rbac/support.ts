import type { PolicyRule } from '../../../rbac/policy-rule';
import { secretReadingVerbs } from '../../../rbac/secret-verbs';
import { type Clause, objects } from '../../clause';
import { objectRule } from '../../define';
import { and, includes, isEmpty, isOneOf, joined, or, select, some, text } from '../../expression/operators';
import type { Sym, Test, Value } from '../../expression/symbol';
import type { Severity } from '../../finding';
import type { RuleInfo } from '../../rule';

export type { PolicyRule };

/** A Role or ClusterRole. */
export interface RoleObject {
  readonly rules?: readonly PolicyRule[];
}

/** Whom a binding is for. */
export interface Subject {
  readonly kind?: string;
  readonly name?: string;
  readonly namespace?: string;
}

/** A RoleBinding or ClusterRoleBinding. */
export interface BindingObject {
  readonly kind?: string;
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly Subject[];
}

const group = 'rbac.authorization.k8s.io';

/** The kinds that hold rules. */
export const roleKinds = [`${group}/Role`, `${group}/ClusterRole`] as const;

/** The role whose rules can be granted in every namespace. */
export const clusterRoleKinds = [`${group}/ClusterRole`] as const;

export const bindingKinds = [`${group}/RoleBinding`, `${group}/ClusterRoleBinding`] as const;

/** Each rule of a role. */
export const policyRules = objects<RoleObject>().each(({ rules }) => rules);

/** Each binding, of a namespace or of the cluster. */
export const bindings = objects<BindingObject>();

/** The clause that refuses subjects: what the binding is then for is said after the name. */
export function refuses(subjectIs: (subject: Sym<Subject>) => Test, because: string): Clause {
  return bindings
    .each(({ subjects }) => subjects)
    .violation({
      when: (subject) => subjectIs(subject),
      at: ({ name }) => name,
      message: ({ kind, name }) => text`the binding is for ${kind} ${name}: ${because}`,
      remedy: 'bind the group of the people, or the ServiceAccount of the workload, that needs it',
    });
}

/** What a rule of a role grants. */
export interface Right {
  readonly groups: readonly string[];
  /** Resources, and subresources such as `pods/exec`. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

export const writing = ['create', 'update', 'patch'] as const;
export const changing = [...writing, 'delete', 'deletecollection'] as const;
/** A session of exec, attach, a forwarded port or a proxy: before 1.35 the API server lets `get` open one too, over a WebSocket. */
export const opening = ['create', 'get'] as const;

/** To be shown the values of Secrets. */
export const readingSecrets: Right = { groups: [''], resources: ['secrets'], verbs: secretReadingVerbs };

/** Every entry by which the API server's RBAC authorizer grants these: by name, by a star, by a star before the subresource. */
function granting(names: readonly string[]): readonly string[] {
  const ofAll = names.filter((name) => name.includes('/')).map((name) => name.replace(/^[^/]*/, '*'));
  return [...new Set([...names, '*', ...ofAll])];
}

/** Whether the rule grants one of the verbs on one of the resources, wildcards included. */
export function grants(rule: Sym<PolicyRule>, { groups, resources, verbs }: Right): Test {
  return and(
    some(rule.apiGroups, (name) => isOneOf(name, granting(groups))),
    some(rule.resources, (name) => isOneOf(name, granting(resources))),
    some(rule.verbs, (name) => isOneOf(name, granting(verbs))),
  );
}

/**
 * Whether the rule is for every object of its resources: it names none, or has an empty name, which is what the API server takes a request for
 * all of them (list, watch, deletecollection) to name.
 */
export function isForAll({ resourceNames }: Sym<PolicyRule>): Test {
  return or(isEmpty(resourceNames), includes(resourceNames, ''));
}

/** What of the right stands in the rule, as it is written there: `create on pods/exec`. */
export function granted(rule: Sym<PolicyRule>, { resources, verbs }: Right): Value<string> {
  const of = (list: Sym<PolicyRule>['verbs'], names: readonly string[]) =>
    joined(
      select(list, (name) => isOneOf(name, granting(names))),
      ', ',
    );
  return text`${of(rule.verbs, verbs)} on ${of(rule.resources, resources)}`;
}

/** One right, and what who has it can do with it. */
export interface Power extends Right {
  /** After "its subject": `runs commands in pods`. */
  readonly gains: string;
  /** Whether `resourceNames` make it harmless. @default false */
  readonly unlessNamed?: boolean;
  /** @default - leave it out, or move it to a role of its own */
  readonly remedy?: string;
  /** @default - the rule's */
  readonly severity?: Severity;
}

/** What to do about a right that few have to have. */
export const roleOfItsOwn = 'leave it out, or move it to a role of its own with an exception';

/** The clause that refuses a right. */
export function withholds(power: Power): Clause {
  const { gains, unlessNamed = false, severity } = power;
  return policyRules.violation({
    when: (rule) => (unlessNamed ? and(grants(rule, power), isForAll(rule)) : grants(rule, power)),
    at: (rule) => rule,
    message: (rule) => text`the rule grants ${granted(rule, power)}: its subject ${gains}`,
    remedy: power.remedy ?? roleOfItsOwn,
    ...(severity !== undefined && { severity }),
  });
}

/** A rule that refuses rights in roles. */
export function rightRule<const R extends RuleInfo>(
  info: R,
  powers: readonly Power[],
  kinds: readonly string[] = roleKinds,
) {
  return objectRule({ ...info, kinds, clauses: powers.map(withholds) });
}
