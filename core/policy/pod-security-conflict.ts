import { formatIdentity, identityOf } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { Finding } from './finding';

/** Exceptions for what the namespace's own Pod Security label refuses: the pod would be waived here and refused there. */
export function podSecurityConflicts(
  objects: readonly { readonly object: KubernetesObject }[],
  findings: readonly Finding[],
): readonly Finding[] {
  const waived = findings.filter(({ waivedBy, podSecurity }) => waivedBy && podSecurity !== undefined);
  if (waived.length === 0) return [];
  const levels = new Map<string, unknown>();
  const namespaces = new Map<string, string>();
  for (const { object } of objects) {
    const { name, namespace, labels } = object.metadata ?? {};
    if (object.kind === 'Namespace' && object.apiVersion === 'v1' && name !== undefined)
      levels.set(name, labels?.['pod-security.kubernetes.io/enforce']);
    if (namespace !== undefined) namespaces.set(formatIdentity(identityOf(object)), namespace);
  }
  const conflicts = new Map<string, Finding>();
  for (const finding of waived) {
    const namespace = namespaces.get(finding.object ?? '');
    const level = levels.get(namespace ?? '');
    const needed = finding.podSecurity === 'baseline' ? 'privileged' : 'baseline';
    if (level !== 'restricted' && !(level === 'baseline' && needed === 'privileged')) continue;
    conflicts.set(`${finding.construct} ${finding.object} ${finding.rule}`, {
      rule: 'pod-security-conflict',
      severity: 'error',
      construct: finding.construct,
      property: finding.property,
      value: finding.value,
      message: `the rule ${finding.rule} is waived here, but namespace ${namespace} enforces ${level} and will refuse the pod`,
      remedy: `label the namespace pod-security.kubernetes.io/enforce: ${needed}, with an exception to namespace-pod-security, or move the workload to a namespace of its own`,
    });
  }
  return [...conflicts.values()];
}
