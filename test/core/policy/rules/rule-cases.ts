import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterTarget } from '../../../../core/cluster/target';
import type { KubernetesObject } from '../../../../core/manifest/object';
import { checkObject } from '../../../../core/policy/check';
import { checkSet } from '../../../../core/policy/check-set';
import type { Finding } from '../../../../core/policy/finding';
import { ruleById } from '../../../../core/policy/rules';

/** What a finding must say; what is left out is not compared. */
export type Expected = Pick<Finding, 'property' | 'message'> &
  Partial<Pick<Finding, 'value' | 'container' | 'severity' | 'remedy'>> & {
    readonly podSecurity?: Finding['podSecurity'] | 'none';
  };

export interface RuleCase {
  readonly name: string;
  readonly object: KubernetesObject;
  /** What is made together with it, for rules over all objects. */
  readonly beside?: readonly KubernetesObject[];
  readonly target?: ClusterTarget;
  readonly registries?: readonly string[];
  /** Exactly these, in this order. */
  readonly findings: readonly Expected[];
}

export interface RuleCases {
  readonly compliant: readonly Omit<RuleCase, 'findings'>[];
  readonly violating: readonly RuleCase[];
}

export const target = ClusterTarget.of('1.34');
const registries = ['registry.acme.example'];

/** What one rule finds in an object. */
export function findingsOf(
  rule: string,
  object: KubernetesObject,
  { beside = [], ...context }: Partial<Pick<RuleCase, 'target' | 'registries' | 'beside'>> = {},
): readonly Finding[] {
  const set = [object, ...beside].map((one) => ({ object: one, construct: 'app' }));
  const findings = [...checkObject(object, { target, registries, ...context }), ...checkSet(set)];
  return findings.filter((finding) => finding.rule === rule);
}

/** A Pod of this spec. */
export function pod(spec: object, annotations?: Readonly<Record<string, string>>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api', ...(annotations && { annotations }) }, spec };
}

/** A Pod with one container of these properties. */
export function container(properties: object, spec: object = {}): KubernetesObject {
  return pod({ ...spec, containers: [{ name: 'api', ...properties }] });
}

/** A Deployment of this pod spec. */
export function deployment(spec: object): KubernetesObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api', namespace: 'shop' },
    spec: { selector: { matchLabels: { app: 'api' } }, template: { metadata: { labels: { app: 'api' } }, spec } },
  };
}

/** Any other object. */
export function object(apiVersion: string, kind: string, properties: object): KubernetesObject {
  return { apiVersion, kind, metadata: { name: 'it' }, ...properties };
}

/** The ids of the rules of a folder. */
export function rulesIn(subject: string): readonly string[] {
  const folder = join(__dirname, '../../../../core/policy/rules', subject);
  return readdirSync(folder)
    .map((file) => file.replace(/\.ts$/, ''))
    .filter((name) => name !== 'support')
    .sort();
}

/** Runs the cases of each rule of a folder, and fails for a rule without them. */
export function testRules(subject: string, table: Readonly<Record<string, RuleCases>>): void {
  it('has cases of both kinds for every rule of the folder', () => {
    expect(Object.keys(table).sort()).toEqual(rulesIn(subject));
    for (const { compliant, violating } of Object.values(table)) {
      expect(compliant.length).toBeGreaterThanOrEqual(2);
      expect(violating.length).toBeGreaterThanOrEqual(2);
    }
  });

  describe.each(Object.entries(table))('%s', (id, { compliant, violating }) => {
    const rule = ruleById(id);

    it('is in the index', () => {
      expect(rule?.id).toBe(id);
    });

    it.each(compliant.map((one) => [one.name, one] as const))('accepts %s', (_name, { object: given, ...context }) => {
      expect(findingsOf(id, given, context)).toEqual([]);
    });

    it.each(violating.map((one) => [one.name, one] as const))(
      'refuses %s',
      (_name, { object: given, findings, target: on, registries: from, beside }) => {
        const seen = findingsOf(id, given, {
          ...(on && { target: on }),
          ...(from && { registries: from }),
          ...(beside && { beside }),
        });
        expect(seen).toHaveLength(findings.length);
        seen.forEach((finding, index) => {
          const { podSecurity, ...expected } = findings[index]!;
          expect(finding).toMatchObject(expected);
          if (podSecurity) expect(finding.podSecurity ?? 'none').toBe(podSecurity);
          expect(finding.remedy).not.toBe('');
          expect(finding.severity).toBe(findings[index]!.severity ?? rule?.severity);
        });
      },
    );

    it('answers the same where every absent field is null', () => {
      for (const { object: given, ...context } of [...compliant, ...violating]) {
        const { target: on = target, registries: from = registries, beside = [] } = context;
        const strip = ({ value: _, ...finding }: Finding) => finding;
        expect(findingsOf(id, withNulls(given), { target: on, registries: from, beside }).map(strip)).toEqual(
          findingsOf(id, given, { target: on, registries: from, beside }).map(strip),
        );
      }
    });
  });
}

const podFields = [
  'securityContext',
  'volumes',
  'initContainers',
  'ephemeralContainers',
  'os',
  'hostNetwork',
  'hostPID',
  'hostIPC',
];
const morePodFields = [
  'automountServiceAccountToken',
  'enableServiceLinks',
  'serviceAccountName',
  'serviceAccount',
  'resources',
];
const timeFields = ['terminationGracePeriodSeconds', 'restartPolicy', 'hostUsers'];
const containerFields = [
  'securityContext',
  'ports',
  'env',
  'envFrom',
  'resources',
  'command',
  'args',
  'lifecycle',
  'image',
];
const probeFields = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const contextFields = [
  'capabilities',
  'privileged',
  'seLinuxOptions',
  'windowsOptions',
  'runAsUser',
  'runAsGroup',
  'runAsNonRoot',
];
const moreContextFields = [
  'readOnlyRootFilesystem',
  'allowPrivilegeEscalation',
  'procMount',
  'seccompProfile',
  'appArmorProfile',
];
const groupFields = ['fsGroup', 'sysctls', 'supplementalGroups'];
const objectFields = [
  'data',
  'stringData',
  'type',
  'automountServiceAccountToken',
  'subjects',
  'roleRef',
  'rules',
  'spec',
];
const specFields = [
  'ingress',
  'egress',
  'policyTypes',
  'externalIPs',
  'loadBalancerSourceRanges',
  'minAvailable',
  'maxUnavailable',
];
const ruleFields = ['from', 'to', 'ports', 'apiGroups', 'resources', 'verbs', 'resourceNames', 'nonResourceURLs'];
const entryFields = [
  'hostPort',
  'protocol',
  'value',
  'valueFrom',
  'endPort',
  'emptyDir',
  'hostPath',
  'projected',
  'secretRef',
];

const policyFields = [
  'toPorts',
  'icmps',
  'toEndpoints',
  'toEntities',
  'toCIDR',
  'toCIDRSet',
  'toFQDNs',
  'fromEntities',
  'except',
  'egressDeny',
  'specs',
  'protocols',
  'namespaces',
  'networks',
  'ipBlock',
  'namedPort',
];

const exposureFields = [
  'tls',
  'hosts',
  'host',
  'http',
  'defaultBackend',
  'service',
  'listeners',
  'servers',
  'allowedRoutes',
  'allowedListeners',
  'backendRefs',
  'annotations',
];

const fields = [
  ...exposureFields,
  ...policyFields,
  ...podFields,
  ...morePodFields,
  ...timeFields,
  ...containerFields,
  ...probeFields,
  ...contextFields,
  ...moreContextFields,
  ...groupFields,
  ...objectFields,
  ...specFields,
  ...ruleFields,
  ...entryFields,
];

/** The keys of these mappings are data, not fields. */
const dataMappings = new Set(['labels', 'annotations', 'matchLabels', 'data', 'stringData']);

/** Of a Service, where that of others has fields. */
function isLabelSelector(node: object, key: string): boolean {
  const values = Object.values(node);
  return key === 'selector' && values.length > 0 && values.every((value) => typeof value === 'string');
}

/** A copy in which every mapping has every field that any kind has, as null where it was absent. */
export function withNulls(given: KubernetesObject): KubernetesObject {
  return addNulls(given, '') as KubernetesObject;
}

function addNulls(node: unknown, key: string): unknown {
  if (Array.isArray(node)) return node.map((entry) => addNulls(entry, key));
  if (typeof node !== 'object' || node === null || dataMappings.has(key) || isLabelSelector(node, key)) return node;
  const copy: Record<string, unknown> = Object.fromEntries(fields.map((field) => [field, null]));
  for (const [name, value] of Object.entries(node)) copy[name] = addNulls(value, name);
  return copy;
}

export type RoleOfContainer = 'init' | 'sidecar' | 'ephemeral';

const movedTo: Readonly<Record<RoleOfContainer, (container: object) => object>> = {
  init: (container) => ({ initContainers: [container] }),
  sidecar: (container) => ({ initContainers: [{ ...container, restartPolicy: 'Always' }] }),
  ephemeral: (container) => ({ ephemeralContainers: [container] }),
};

/** A Pod whose one container is of another role; undefined for any other object. */
export function inRole(given: KubernetesObject, role: RoleOfContainer): KubernetesObject | undefined {
  if (given.kind !== 'Pod') return undefined;
  const {
    containers = [],
    initContainers,
    ephemeralContainers,
    ...spec
  } = given.spec as {
    readonly [part in 'containers' | 'initContainers' | 'ephemeralContainers']?: readonly object[];
  };
  const [only, another] = containers;
  if (only === undefined || another !== undefined || initContainers || ephemeralContainers) return undefined;
  return { ...given, spec: { ...spec, containers: [], ...movedTo[role](only) } };
}
