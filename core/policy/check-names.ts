import { apiGroup, formatIdentity, identityOf } from '../manifest/identity';
import { isDnsLabel, isDnsSubdomain, isLabelKey, isLabelValue, toDnsLabel } from '../manifest/names';
import type { KubernetesObject } from '../manifest/object';
import { formatPath } from '../manifest/path';
import { type PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { Finding } from './finding';

/** Kinds whose name becomes a host name, a label value or part of a pod's name, so that it must be a DNS label. */
const labelNamed = new Set([
  '/Namespace',
  '/Service',
  '/Pod',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'batch/Job',
  'batch/CronJob',
]);

/** RBAC names are path segments: almost anything goes. */
const pathNamedGroup = 'rbac.authorization.k8s.io';

/** Names and labels that the API server would refuse, before it does. */
export function checkNames(object: KubernetesObject, kinds?: PodTemplateKinds): readonly Finding[] {
  const findings: Finding[] = [];
  const identity = formatIdentity(identityOf(object));
  const name = object.metadata?.name ?? '';
  const group = apiGroup(object.apiVersion);
  const wanted = nameFault(name, group, object.kind);
  if (wanted !== undefined) {
    findings.push({
      rule: 'name-valid',
      severity: 'error',
      object: identity,
      property: 'metadata.name',
      value: name,
      message: `${JSON.stringify(name)} is no name for a ${object.kind}: ${wanted}`,
      remedy: `name it ${toDnsLabel(name)}, for example`,
    });
  }
  checkLabels(object.metadata?.labels, ['metadata', 'labels'], identity, findings);
  const template = podTemplateOf(object, kinds);
  if (template && template.path.length > 0) {
    checkLabels(template.metadata?.labels, [...template.path, 'metadata', 'labels'], identity, findings);
  }
  return findings;
}

function nameFault(name: string, group: string, kind: string): string | undefined {
  if (name === '') return 'it is empty';
  if (group === pathNamedGroup) return name === '.' || name === '..' || /[/%]/.test(name) ? 'it is no path segment' : undefined;
  if (labelNamed.has(`${group}/${kind}`)) {
    // A Service's name is a DNS label of the older kind: it begins with a letter.
    if (kind === 'Service' && /^[0-9]/.test(name)) return 'it must begin with a letter';
    return isDnsLabel(name) ? undefined : 'it must have at most 63 lower-case letters, digits and dashes';
  }
  return isDnsSubdomain(name) ? undefined : 'it must have at most 253 lower-case letters, digits, dashes and dots';
}

function checkLabels(
  labels: Readonly<Record<string, unknown>> | undefined,
  path: readonly (string | number)[],
  object: string,
  findings: Finding[],
): void {
  for (const key in labels) {
    const value = labels[key];
    const wrongKey = !isLabelKey(key);
    if (!wrongKey && typeof value === 'string' && isLabelValue(value)) continue;
    findings.push({
      rule: 'label-value',
      severity: 'error',
      object,
      property: formatPath([...path, key]),
      value: wrongKey ? key : value,
      message: wrongKey
        ? `${JSON.stringify(key)} is no label key`
        : `${JSON.stringify(value)} is no label value${typeof value === 'string' && value.length > 63 ? `: it has ${value.length} characters` : ''}`,
      remedy: 'at most 63 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit; longer texts are annotations',
    });
  }
}
