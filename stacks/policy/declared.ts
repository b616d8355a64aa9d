import type { Path } from '../../core/manifest/path';
import type { SetRule } from '../../core/policy/rule';
import type { RuleIdOf } from '../../core/policy/rules';

/** The fields that rules ask for, by a name on their way. */
type Asks<Id extends string> = Readonly<Record<Id, readonly string[]>>;

/** Rules of declarations that one object answers. */
export const ofOneObject: Asks<RuleIdOf<{ answeredBy: 'object' }>> = {
  'name-valid': ['name', 'generateName', 'namespace'],
  'label-value': ['labels', 'matchLabels'],
  'annotation-valid': ['annotations'],
  'target-api': ['apiVersion', 'kind'],
  'gated-field': ['maxUnavailable', 'minReplicas', 'scaleTargetRef', 'metrics', 'dataSourceRef'],
  // What is unknown is of some type, and a field that there is not is told whatever its value.
  'schema-valid': [],
  'selector-match': ['labels', 'selector'],
  'pod-valid': [
    'containers',
    'initContainers',
    'volumes',
    'securityContext',
    'hostname',
    'subdomain',
    'hostAliases',
    'dnsPolicy',
    'dnsConfig',
    'affinity',
    'topologySpreadConstraints',
    'os',
    'activeDeadlineSeconds',
    'selector',
    'restartPolicy',
    'replicas',
    'strategy',
    'updateStrategy',
    'minAvailable',
    'maxUnavailable',
    'minReplicas',
    'scaleTargetRef',
    'metrics',
  ],
  'network-policy-valid': ['podSelector', 'policyTypes', 'ingress', 'egress'],
  'port-valid': ['ports'],
  'probe-port': ['ports', 'livenessProbe', 'readinessProbe', 'startupProbe'],
  'env-name': ['env', 'envFrom'],
  'object-list': ['items'],
  'access-expiry': ['annotations', 'roleRef'],
  'opening-expiry': ['annotations'],
  'vault-tls': ['address', 'skipTLSVerify', 'server', 'parameters', 'annotations'],
};

const pods = ['namespace', 'labels', 'hostNetwork'];
const policies = ['namespace', 'podSelector', 'policyTypes', 'ingress', 'egress'];

/** Rules that only all the objects of a stack answer. */
export const ofTheStack: Asks<RuleIdOf<SetRule>> = {
  'identity-unique': ['name', 'namespace'],
  'pdb-keeps-all': [
    ...pods,
    'name',
    'selector',
    'replicas',
    'minAvailable',
    'minReplicas',
    'minReplicaCount',
    'scaleTargetRef',
  ],
  'secret-owner': ['name', 'namespace', 'secretName', 'secretObjects', 'parameters', 'destination', 'target'],
  'namespace-network-isolation': ['namespace', ...policies],
  'selector-overlap': [...pods, 'name', 'selector'],
  'network-policy-coverage': [...pods, ...policies],
  'network-policy-unused': [...pods, ...policies],
  'network-peer-unknown': [...pods, ...policies],
  'network-connection-blocked': [...pods, ...policies, 'ports', 'kind', 'name'],
  'network-metadata-group': [...policies, 'labels', 'name', 'externalCIDRs', 'nets'],
  'network-port-unused': [...pods, ...policies, 'ports'],
  'network-policy-redundant': policies,
  'service-target-port': [...pods, 'selector', 'ports', 'type', 'clusterIP', 'annotations'],
  'resource-quota': ['name', 'namespace'],
  'limit-range': ['name', 'namespace'],
};

/** What holds fields of many kinds: where all of it is unknown, so is what a rule asks for. */
const holders: ReadonlySet<unknown> = new Set([
  'metadata',
  'spec',
  'template',
  'jobTemplate',
  'containers',
  'initContainers',
]);

/** The unknown values that a rule asks for: all of them where nobody wrote down what it reads. */
export function asksOf<Id extends string>(table: Asks<Id>, rule: string, unknown: readonly Path[]): readonly Path[] {
  const names: readonly unknown[] | undefined = table[rule as Id];
  if (names === undefined) return unknown;
  return unknown.filter((path) => {
    const last = path.at(-1);
    return typeof last === 'number' || holders.has(last) || path.some((step) => names.includes(step));
  });
}
