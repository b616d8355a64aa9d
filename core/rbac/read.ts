import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { isAbsent, isMapping, listOf } from '../manifest/plain';
import type { LabelSelector } from '../manifest/pod-common';
import type { PolicyRule } from './policy-rule';
import { canonical, type Subject, type SubjectKind, subjectKinds } from './subject';

/** The API group of roles and bindings. */
export const rbacGroup = 'rbac.authorization.k8s.io';

/** A rule, and where it is written. */
export interface WrittenRule {
  readonly rule: PolicyRule;
  /** The role that it is written in, which for an aggregated role is another one. */
  readonly object: KubernetesObject;
  readonly path: Path;
}

/** A Role or ClusterRole. */
export interface Role {
  readonly kind: 'Role' | 'ClusterRole';
  /** Of a Role. */
  readonly namespace?: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly WrittenRule[];
  /** The ClusterRoles whose rules it takes in, in place of its own. */
  readonly selectors: readonly LabelSelector[];
  readonly object: KubernetesObject;
}

/** A RoleBinding or ClusterRoleBinding. */
export interface Binding {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  /** Of a RoleBinding. */
  readonly namespace?: string;
  readonly name: string;
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects: readonly Subject[];
  readonly object: KubernetesObject;
}

/** The role that an object is; undefined for any other. */
export function roleOf(object: KubernetesObject, defaultNamespace: string): Role | undefined {
  const { kind } = object;
  if ((kind !== 'Role' && kind !== 'ClusterRole') || apiGroup(object.apiVersion) !== rbacGroup) return undefined;
  const { labels } = object.metadata ?? {};
  const aggregation = isMapping(object.aggregationRule) ? object.aggregationRule : {};
  return {
    kind,
    ...placeOf(object, kind === 'Role', defaultNamespace),
    labels: isMapping(labels) ? labels : {},
    rules: listOf(object.rules).flatMap((rule, index) =>
      isMapping(rule) ? [{ rule: ruleOf(rule), object, path: ['rules', index] }] : [],
    ),
    selectors: kind === 'Role' ? [] : listOf(aggregation.clusterRoleSelectors).filter(isSelector),
    object,
  };
}

const ruleFields = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'] as const;

/** The lists of texts of a rule, as the API server reads them: null in place of a list is none, and in a list an empty text. */
function ruleOf(rule: Readonly<Record<string, unknown>>): PolicyRule {
  const lists = ruleFields.flatMap((field) => (Array.isArray(rule[field]) ? [[field, textsOf(rule[field])]] : []));
  return Object.fromEntries(lists);
}

function textsOf(list: unknown): readonly string[] {
  return listOf(list).flatMap((item) => (isAbsent(item) ? '' : typeof item === 'string' ? item : []));
}

function isSelector(selector: unknown): selector is LabelSelector {
  return (
    isMapping(selector) &&
    listOf(selector.matchExpressions).every(
      (each) => isMapping(each) && (isAbsent(each.values) || Array.isArray(each.values)),
    )
  );
}

/** The binding that an object is; undefined for any other. */
export function bindingOf(object: KubernetesObject, defaultNamespace: string): Binding | undefined {
  const { kind } = object;
  if ((kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') || apiGroup(object.apiVersion) !== rbacGroup)
    return undefined;
  const place = placeOf(object, kind === 'RoleBinding', defaultNamespace);
  const { kind: role, name } = isMapping(object.roleRef) ? object.roleRef : {};
  return {
    kind,
    ...place,
    roleRef: { kind: String(role ?? ''), name: String(name ?? '') },
    subjects: listOf(object.subjects).flatMap((subject) => subjectOf(subject, place.namespace)),
    object,
  };
}

function placeOf({ metadata }: KubernetesObject, isNamespaced: boolean, defaultNamespace: string) {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const name = text(metadata?.name);
  return isNamespaced ? { name, namespace: text(metadata?.namespace) || defaultNamespace } : { name };
}

/** @param namespace that of the binding: a ServiceAccount that names none is in it */
function subjectOf(subject: unknown, namespace: string | undefined): readonly Subject[] {
  if (!isMapping(subject) || typeof subject.name !== 'string') return [];
  const kind = subjectKinds.find((each) => each === subject.kind) as SubjectKind | undefined;
  if (kind === undefined) return [];
  if (kind !== 'ServiceAccount') return [canonical({ kind, name: subject.name })];
  const own = typeof subject.namespace === 'string' && subject.namespace !== '' ? subject.namespace : namespace;
  return own === undefined ? [] : [{ kind, namespace: own, name: subject.name }];
}
