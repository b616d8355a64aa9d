import type { ClusterTarget } from '../cluster/target';
import { isConfigurationFile, isUnstored } from '../cluster/unstored-kinds';
import { apiGroup, formatIdentity, identityOf } from '../manifest/identity';
import {
  isAnnotationKey,
  isDnsLabel,
  isDnsSubdomain,
  isLabelKey,
  isLabelValue,
  labelRemedy,
  toDnsLabel,
} from '../manifest/names';
import type { KubernetesObject } from '../manifest/object';
import { formatPath, type Path } from '../manifest/path';
import { isPlaceholder } from '../manifest/placeholder';
import { isAbsent, kindOfValue, listOf } from '../manifest/plain';
import {
  containersOf,
  type PodContainer,
  type PodTemplate,
  type PodTemplateKinds,
  podTemplateOf,
} from '../manifest/pod-template';
import { isPort, isPortName } from '../manifest/ports';
import { remembering } from '../manifest/remembering';
import { policyFaults } from '../network/policy-faults';
import { isNetworkPolicy } from '../network/policy-spec';
import { meantApiVersion } from '../schema';
import type { Finding, Severity } from './finding';
import type { DeclaredRuleId } from './rules';
import { emptyPodFaults } from './validity/empty-pod-faults';
import { eachEntry, type PodFault } from './validity/fault';
import { gatedFieldFaults } from './validity/gated-fields';
import { podFaults } from './validity/pod-faults';
import { probePortFaults } from './validity/probe-port-faults';
import { vaultTlsFaults } from './validity/vault-tls-faults';
import { workloadFaults } from './validity/workload-faults';

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

const none: readonly string[] = [];

type Report = (
  rule: DeclaredRuleId,
  path: Path,
  value: unknown,
  message: string,
  remedy: string,
  severity?: Severity,
) => void;

/**
 * What the API server would refuse, or the cluster would not have, before it does: names, labels, selectors, ports, APIs, pods.
 * @param isWhole whether the object is what will be applied: what others wrote may be a part of one, to be merged with the rest
 */
export function checkValidity(
  object: KubernetesObject,
  target: ClusterTarget,
  kinds?: PodTemplateKinds,
  isWhole = false,
): readonly Finding[] {
  const findings: Finding[] = [];
  const report: Report = (rule, path, value, message, remedy, severity = 'error') => {
    const property = formatPath(path);
    const name = formatIdentity(identityOf(object));
    findings.push({ rule, severity, object: name, property, value, message, remedy });
  };
  if (object.items !== undefined) reportItems(object, report);
  checkName(object, report);
  checkNamespace(object, report);
  checkLabels(object.metadata?.labels, ['metadata', 'labels'], report);
  checkAnnotations(object.metadata?.annotations, ['metadata', 'annotations'], report);
  const served = target.serves(object.apiVersion, object.kind);
  if (!served.supported && !isConfigurationFile(object) && (isWhole || !isPlaceholder(object.apiVersion))) {
    const remedy = 'use what the target serves, or raise the version of the target';
    report('target-api', ['apiVersion'], object.apiVersion, `the target does not serve it: ${served.reason}`, remedy);
  }
  const meant = served.supported ? meantApiVersion(object.apiVersion, object.kind) : undefined;
  if (meant !== undefined) {
    const message = `no API server has the kind ${object.kind} in that group`;
    report('target-api', ['apiVersion'], object.apiVersion, message, `write ${meant}, if that is what is meant`);
  }
  for (const { path, value, message, remedy } of gatedFieldFaults(object, target))
    report('gated-field', path, value, message, remedy, 'warning');
  if (isNetworkPolicy(object))
    // Of blocks that network plugins read differently the rule network-block says so, for the policies of plugins, too.
    for (const { path, value, message, remedy } of policyFaults(object))
      if (path.at(-1) !== 'cidr') report('network-policy-valid', path, value, message, remedy);
  const template = podTemplateOf(object, kinds);
  const containers = template ? containersOf(template.spec) : [];
  if (template) checkTemplate(object, template, containers, report);
  for (const { path, value, message, remedy } of workloadFaults(object, template, containers))
    report('pod-valid', path, value, message, remedy);
  for (const { path, value, message, remedy } of emptyPodFaults(object, template, isWhole))
    report('pod-valid', path, value, message, remedy);
  for (const { path, value, message, remedy } of vaultTlsFaults(object, template))
    report('vault-tls', path, value, message, remedy);
  return findings;
}

/** kubectl reads whatever has a list of `items` as a list of objects: nobody would have checked those. */
function reportItems(object: KubernetesObject, report: Report): void {
  const message = `a ${object.kind} with items is a list of objects to kubectl: they would be applied unchecked`;
  report(
    'object-list',
    ['items'],
    undefined,
    message,
    'declare each of them as an object of its own, or take items away',
  );
}

function checkName(object: KubernetesObject, report: Report): void {
  const name = object.metadata?.name ?? '';
  // What the API server is to name, and what no cluster keeps, has none.
  if (name === '' && (object.metadata?.generateName || isUnstored(object))) return;
  const fault = nameFault(name, apiGroup(object.apiVersion), object.kind);
  if (fault === undefined) return;
  const message = `${JSON.stringify(name)} is no name for a ${object.kind}: ${fault}`;
  report('name-valid', ['metadata', 'name'], name, message, `name it ${toDnsLabel(name)}, for example`);
}

function checkNamespace({ metadata }: KubernetesObject, report: Report): void {
  const namespace: unknown = metadata?.namespace;
  // An empty one is none to the API server.
  if (isAbsent(namespace) || namespace === '' || (typeof namespace === 'string' && isDnsLabel(namespace))) return;
  const message = `${JSON.stringify(namespace)} is no name of a namespace: it must have at most 63 lower-case letters, digits and dashes`;
  report('name-valid', ['metadata', 'namespace'], namespace, message, 'name the namespace that the object belongs to');
}

function nameFault(name: string, group: string, kind: string): string | undefined {
  if (name === '') return 'it is empty';
  if (group === pathNamedGroup)
    return name === '.' || name === '..' || /[/%]/.test(name) ? 'it is no path segment' : undefined;
  if (labelNamed.has(`${group}/${kind}`)) {
    // A Service's name is a DNS label of the older kind: it begins with a letter.
    if (kind === 'Service' && /^[0-9]/.test(name)) return 'it must begin with a letter';
    return isDnsLabel(name) ? undefined : 'it must have at most 63 lower-case letters, digits and dashes';
  }
  return isDnsSubdomain(name) ? undefined : 'it must have at most 253 lower-case letters, digits, dashes and dots';
}

function checkLabels(labels: Readonly<Record<string, unknown>> | undefined, path: Path, report: Report): void {
  for (const key in labels) {
    const value = labels[key];
    if (!isLabelKey(key)) {
      report('label-value', [...path, key], key, `${JSON.stringify(key)} is no label key`, labelRemedy);
    } else if (typeof value !== 'string' || !isLabelValue(value)) {
      const long = typeof value === 'string' && value.length > 63 ? `: it has ${value.length} characters` : '';
      report('label-value', [...path, key], value, `${JSON.stringify(value)} is no label value${long}`, labelRemedy);
    }
  }
}

/** All keys and values of one object, in bytes: TotalAnnotationSizeLimitB of apimachinery. */
const mostAnnotations = 256 * 1024;

function checkAnnotations(
  annotations: Readonly<Record<string, unknown>> | undefined,
  path: Path,
  report: Report,
): void {
  let bytes = 0;
  for (const key in annotations) {
    const value = annotations[key];
    const at = [...path, key];
    if (!isAnnotationKey(key)) {
      const remedy =
        'at most 63 letters, digits, dashes, underscores and dots, after a DNS name and a slash: example.com/owner';
      report('annotation-valid', at, key, `${JSON.stringify(key)} is no name of an annotation`, remedy);
    }
    if (typeof value === 'string') bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
    else if (!isAbsent(value)) {
      const kind = typeof value === 'object' ? kindOfValue(value) : `${kindOfValue(value)} ${value}`;
      report('annotation-valid', at, value, `an annotation is a text, and this is ${kind}`, 'write it in quotes');
    }
  }
  if (bytes <= mostAnnotations) return;
  const message = `its annotations have ${bytes} bytes, and an object takes ${mostAnnotations}`;
  report('annotation-valid', path, undefined, message, 'keep what is long in a ConfigMap');
}

function checkTemplate(
  object: KubernetesObject,
  template: PodTemplate,
  containers: readonly PodContainer[],
  report: Report,
): void {
  const labels = template.metadata.labels ?? {};
  if (template.path.length > 0) {
    checkLabels(labels, [...template.path, 'metadata', 'labels'], report);
    checkAnnotations(template.metadata.annotations, [...template.path, 'metadata', 'annotations'], report);
  }
  checkSelector(object, labels, report);
  const faults = podFaults(template, containers, claimNames(object));
  faults.forEach(({ path, value, message, remedy }) => {
    report('pod-valid', [...template.path, ...path], value, message, remedy);
  });
  containers.forEach((found) => {
    const at = [...template.path, 'spec', ...found.path];
    checkPorts(found.container, at, report);
    checkProbes(found, at, report);
    checkEnv(found.container, at, report);
  });
}

/** A controller that does not select its own pods makes more and more of them. */
function checkSelector({ spec }: KubernetesObject, labels: Readonly<Record<string, string>>, report: Report): void {
  const { selector } = (spec ?? {}) as { selector?: { matchLabels?: Readonly<Record<string, string>> } };
  const wanted = selector?.matchLabels;
  for (const key in wanted) {
    const own = labels[key];
    if (own === wanted[key]) continue;
    const carried = own === undefined ? 'no such label' : JSON.stringify(own);
    const message = `its pods carry ${carried}, so that it selects none of them`;
    const path = ['spec', 'selector', 'matchLabels', key];
    report('selector-match', path, wanted[key], message, 'give selector and pod labels the same value');
  }
}

function checkPorts({ ports }: PodContainer['container'], at: Path, report: Report): void {
  eachEntry(ports, (port, i) => {
    const fault = portFault(port.containerPort, port.name);
    if (fault) report('port-valid', [...at, 'ports', i, fault.field], fault.value, fault.message, fault.remedy);
  });
}

function checkProbes(container: PodContainer, at: Path, report: Report): void {
  const faults: PodFault[] = [];
  probePortFaults(faults, container, at);
  for (const { path, value, message, remedy } of faults) report('probe-port', path, value, message, remedy);
}

function checkEnv({ env }: PodContainer['container'], at: Path, report: Report): void {
  eachEntry(env, ({ name }, i) => {
    if (isEnvName(name)) return;
    // As in Compose: what follows the sign may be a secret.
    const shown = typeof name === 'string' ? name.replace(/=.*/s, '=…') : name;
    const message = `${JSON.stringify(shown)} is no name of an environment variable`;
    const remedy = 'letters, digits, underscores, dashes and dots, not beginning with a digit';
    report('env-name', [...at, 'env', i, 'name'], shown, message, remedy);
  });
}

const isEnvName = remembering((name) => /^[A-Za-z_.-][A-Za-z0-9_.-]*$/.test(name) && name !== '.' && name !== '..');

/** The volumes that a StatefulSet adds to its pods. */
function claimNames({ spec }: KubernetesObject): readonly string[] {
  const { volumeClaimTemplates } = (spec ?? {}) as { volumeClaimTemplates?: readonly KubernetesObject[] };
  return volumeClaimTemplates ? listOf(volumeClaimTemplates).map((claim) => String(claim?.metadata?.name)) : none;
}

function portFault(port: number, name: string | null | undefined) {
  if (!isPort(port)) {
    return {
      field: 'containerPort',
      value: port,
      message: `${port} is no port`,
      remedy: 'a whole number from 1 to 65535',
    };
  }
  if (isAbsent(name) || isPortName(name)) return undefined;
  const remedy = 'at most 15 lower-case letters, digits and single dashes, with a letter among them';
  return { field: 'name', value: name, message: `${JSON.stringify(name)} is no name of a port`, remedy };
}
