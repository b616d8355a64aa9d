import type { Construct } from 'constructs';
import { isDnsLabel } from '../../core/manifest';
import type { PolicyRule } from '../../core/rbac';
import type { Subject } from '../../core/rbac/subject';
import type { DeclarationFault } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';

const group = 'rbac.authorization.k8s.io';

/** A role, and who has it. */
export interface BoundRole {
  /** What both objects are called. */
  readonly name: string;
  readonly rules: () => readonly PolicyRule[];
  readonly subjects: readonly Subject[];
  /** Whether it holds in the whole cluster. @default false */
  readonly isOfCluster?: boolean;
  /** Of the binding. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Writes a role and its binding. */
export function bindRole(
  owner: Construct,
  { name, rules, subjects, isOfCluster = false, annotations }: BoundRole,
): void {
  const [role, binding] = isOfCluster ? ['ClusterRole', 'ClusterRoleBinding'] : ['Role', 'RoleBinding'];
  const common = { apiVersion: `${group}/v1`, ...(isOfCluster && { namespaced: false }) };
  new ManifestObject(owner, role, { ...common, kind: role, metadata: { name }, body: () => ({ rules: rules() }) });
  new ManifestObject(owner, binding, {
    ...common,
    kind: binding,
    metadata: { name, ...(annotations && { annotations }) },
    body: () => ({ roleRef: { apiGroup: group, kind: role, name }, subjects: subjects.map(written) }),
  });
}

function written({ kind, name, namespace }: Subject) {
  if (kind !== 'ServiceAccount') return { apiGroup: group, kind, name };
  return { kind, name, ...(namespace !== undefined && { namespace }) };
}

/** What is wrong with an id by which roles are called. @param called what is called so: `its Roles are called` */
export function roleIdFaults(id: string, called: string): readonly DeclarationFault[] {
  if (isDnsLabel(id)) return [];
  const message = `${called} by its id, which is no DNS label`;
  const remedy = "write it in lower case letters, digits and '-'";
  return [{ rule: 'name-valid', property: 'id', value: id, message, remedy }];
}
