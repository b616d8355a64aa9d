import { newestVersion } from '../cluster/version';
import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { isAbsent, isMapping, listOf, mappingOf } from '../manifest/plain';
import { judgeSelector, type PolicyFault, type Report, show } from '../network/policy-faults';
import { schemaFaults } from '../schema';
import { rbacGroup } from './read';
import { subjectKinds } from './subject';

/** Something in a role or binding for which the API server refuses all of it. */
export type RbacFault = PolicyFault;

type Judge = (object: KubernetesObject, report: Report) => void;

const judges: Readonly<Record<string, Judge>> = {
  Role: judgeRole,
  ClusterRole: judgeRole,
  RoleBinding: judgeBinding,
  ClusterRoleBinding: judgeBinding,
};

const none: readonly unknown[] = [];

/**
 * What of a role or binding the API server refuses; nothing for another object.
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/rbac/validation/validation.go
 */
export function rbacFaults(object: KubernetesObject): readonly RbacFault[] {
  const { apiVersion, kind } = object;
  const judge = Object.hasOwn(judges, kind) && apiGroup(apiVersion) === rbacGroup ? judges[kind] : undefined;
  if (judge === undefined) return [];
  // A field that is misspelt narrows nothing: without its resourceNames, a rule is for every object.
  const misshapen = schemaFaults(object, newestVersion).filter(({ cause }) => cause === 'type' || cause === 'unknown');
  if (misshapen.length > 0)
    return misshapen.map(({ path, value, message, remedy }) => ({ path, value, message, remedy }));
  const faults: RbacFault[] = [];
  judge(object, (path, value, message, remedy) => faults.push({ path, value, message, remedy }));
  return faults;
}

function judgeRole(object: KubernetesObject, report: Report): void {
  listOf(object.rules).forEach((rule, index) => {
    judgeRule(mappingOf(rule), object.kind === 'Role', ['rules', index], report);
  });
  const { aggregationRule } = object;
  if (object.kind === 'Role' || !isMapping(aggregationRule)) return;
  const path = ['aggregationRule', 'clusterRoleSelectors'];
  const selectors = listOf(aggregationRule.clusterRoleSelectors);
  if (selectors.length === 0)
    report(path, undefined, 'it aggregates no role', 'write a selector, or leave aggregationRule out');
  for (const [index, selector] of selectors.entries()) judgeSelector(selector, [...path, index], report);
}

function judgeRule(rule: Readonly<Record<string, unknown>>, isNamespaced: boolean, path: Path, report: Report): void {
  const of = (field: string): readonly unknown[] => (isAbsent(rule[field]) ? none : listOf(rule[field]));
  const missing = (field: string, what: string, remedy: string): void => {
    if (of(field).length === 0) report([...path, field], rule[field], `the rule names no ${what}`, remedy);
  };
  missing('verbs', 'verb', "list them, such as ['get']");
  if (of('nonResourceURLs').length === 0) {
    missing('apiGroups', 'API group', "list them; the core group is ''");
    missing('resources', 'resource', "list them, such as ['pods']");
    return;
  }
  const at = [...path, 'nonResourceURLs'];
  if (isNamespaced)
    report(at, rule.nonResourceURLs, 'a Role is for a namespace, and paths are in none', 'write them in a ClusterRole');
  if (['apiGroups', 'resources', 'resourceNames'].some((field) => of(field).length > 0))
    report(at, rule.nonResourceURLs, 'the rule is for paths and for resources', 'write two rules');
}

function judgeBinding(object: KubernetesObject, report: Report): void {
  const isNamespaced = object.kind === 'RoleBinding';
  const roleRef = isMapping(object.roleRef) ? object.roleRef : {};
  const kinds = isNamespaced ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  if (!kinds.includes(String(roleRef.kind)))
    report(
      ['roleRef', 'kind'],
      roleRef.kind,
      `a ${object.kind} binds no ${show(roleRef.kind)}`,
      `write ${kinds.join(' or ')}`,
    );
  if (!roleRef.name) report(['roleRef', 'name'], roleRef.name, 'the binding names no role', 'name the role');
  if (!isAbsent(roleRef.apiGroup) && roleRef.apiGroup !== '' && roleRef.apiGroup !== rbacGroup)
    report(['roleRef', 'apiGroup'], roleRef.apiGroup, 'roles are of another API group', `write ${rbacGroup}`);
  for (const [index, subject] of listOf(object.subjects).entries())
    judgeSubject(mappingOf(subject), isNamespaced, ['subjects', index], report);
}

function judgeSubject(
  { kind, name, namespace, apiGroup: group }: Readonly<Record<string, unknown>>,
  isNamespaced: boolean,
  path: Path,
  report: Report,
): void {
  if (!name) report([...path, 'name'], name, 'the subject has no name', 'name it');
  if (!subjectKinds.some((each) => each === kind)) {
    report([...path, 'kind'], kind, `${show(kind)} is no kind of subject`, `write ${subjectKinds.join(', ')}`);
    return;
  }
  const own = kind === 'ServiceAccount' ? '' : rbacGroup;
  if (!isAbsent(group) && group !== '' && group !== own)
    report([...path, 'apiGroup'], group, `a ${kind} is of another API group`, `write '${own}', or leave it out`);
  if (kind === 'ServiceAccount' && !namespace && !isNamespaced)
    report([...path, 'namespace'], namespace, 'nothing says in which namespace the ServiceAccount is', 'name it');
}
