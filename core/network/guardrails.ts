import type { ClusterDns } from '../cluster/dns';
import { hash } from '../hash';
import { isDnsLabel, isLabelKey, isLabelValue, labelRemedy, toDnsLabel } from '../manifest/names';
import type { Json, KubernetesObject } from '../manifest/object';
import type { LabelSelector } from '../manifest/pod-common';
import { cidrContains, parseCidr } from './cidr';
import { metadataEndpoints } from './metadata-addresses';
import { type NetworkPolicyPort, namespaceNameLabel } from './peer';

/** What no policy of a namespace can open again. */
export interface Guardrails {
  /** Keeps pods from the addresses by which a cloud hands out the credentials of a node. */
  readonly metadata?: MetadataGuardrail;
  /** Keeps namespaces of the system closed but for DNS. */
  readonly system?: SystemGuardrail;
  /** Keeps tenants apart. */
  readonly tenants?: TenantGuardrail;
}

/** Who reaches the metadata services of clouds all the same. */
export interface MetadataGuardrail {
  /** Namespaces whose pods may, if their own policies let them: those of a cloud's controllers. @default - none */
  readonly exceptNamespaces?: readonly string[];
}

/** Who reaches namespaces of the system. Everybody reaches their DNS, as far as policies there allow; nodes and the API server are subject to no policy. */
export interface SystemGuardrail {
  /** Those that are closed. @default - kube-system */
  readonly namespaces?: readonly string[];
  /** Namespaces that are let in as far as policies there allow: the one of Prometheus, which asks CoreDNS for metrics. @default - none */
  readonly from?: readonly string[];
}

/** Namespaces of one tenant have the same value of a label, and exchange nothing with those of another. Namespaces without the label are no tenant's. */
export interface TenantGuardrail {
  /** The label of their namespaces. Whoever may change it decides whose a namespace is. */
  readonly label: string;
  /** All the tenants there are: values of the label. One that is not among them is kept from those that are. */
  readonly names: readonly string[];
}

/** Something in guardrails that cannot be. */
export interface GuardrailFault {
  /** The property: `tenants.names[1]`. */
  readonly property: string;
  readonly value: unknown;
  readonly message: string;
  readonly remedy: string;
}

/** The API: Cluster Network Policy, of the tier of administrators. */
const api = { apiVersion: 'policy.networking.k8s.io/v1alpha2', kind: 'ClusterNetworkPolicy' } as const;

/** Of two policies with one priority for the same pods nobody says which is first. Those of tenants are for other pods each. Others may stand before and between. */
const priorities = { dns: 100, system: 200, metadata: 210, tenants: 220 } as const;

/** What the API takes of peers in a rule, and of blocks in a peer. */
const most = 25;

const systemNamespaces: readonly string[] = ['kube-system'];

/** Everything that is wrong with guardrails. */
export function guardrailFaults({ metadata, system, tenants }: Guardrails): readonly GuardrailFault[] {
  const faults: GuardrailFault[] = [];
  const namespaces = (property: string, names: readonly string[]) =>
    names.forEach((name, i) => {
      if (isDnsLabel(name)) return;
      const message = `${JSON.stringify(name)} is no name of a namespace`;
      faults.push({ property: `${property}[${i}]`, value: name, message, remedy: 'write it as kubectl shows it' });
    });
  namespaces('metadata.exceptNamespaces', metadata?.exceptNamespaces ?? []);
  namespaces('system.namespaces', system?.namespaces ?? []);
  namespaces('system.from', system?.from ?? []);
  if (system?.namespaces?.length === 0) {
    const message = 'there is no namespace of the system';
    faults.push({ property: 'system.namespaces', value: [], message, remedy: 'leave it out: kube-system' });
  }
  if (tenants !== undefined) faults.push(...tenantFaults(tenants));
  return faults;
}

function tenantFaults({ label, names }: TenantGuardrail): readonly GuardrailFault[] {
  const faults: GuardrailFault[] = [];
  if (!isLabelKey(label)) {
    const message = `${JSON.stringify(label)} is no key of a label`;
    faults.push({ property: 'tenants.label', value: label, message, remedy: "write it as 'acme.example/tenant'" });
  }
  const property = 'tenants.names';
  if (names.length === 0) {
    const message = 'there is no tenant, and nobody would be kept apart';
    faults.push({ property, value: names, message, remedy: 'name all tenants, or leave tenants out' });
  }
  names.forEach((name, i) => {
    const at = { property: `${property}[${i}]`, value: name };
    if (name === '' || !isLabelValue(name))
      faults.push({ ...at, message: `${JSON.stringify(name)} is no value of a label`, remedy: labelRemedy });
    else if (names.indexOf(name) < i)
      faults.push({ ...at, message: `${name} is there twice`, remedy: 'name each tenant once' });
  });
  return faults;
}

/** What is known of the cluster. */
export interface GuardedCluster {
  /** Where its DNS answers, which stays as it is. */
  readonly dns: readonly ClusterDns[];
  /** The ranges of its pods' addresses. An address of some cloud's metadata service that is in one of them is a pod's here. @default - unknown */
  readonly podCidrs?: readonly string[];
}

/** Policies of a cluster's administrators, for guardrails that have no faults. */
export function guardrailPolicies(
  { metadata, system, tenants }: Guardrails,
  { dns, podCidrs = [] }: GuardedCluster,
): readonly KubernetesObject[] {
  return [
    ...(system === undefined ? [] : [...dnsPolicies(dns), systemPolicy(system)]),
    ...(metadata === undefined ? [] : [metadataPolicy(metadata, podCidrs)]),
    ...(tenants === undefined ? [] : tenants.names.map((name) => tenantPolicy(tenants.label, name))),
  ];
}

/** Which direction rules are of, and what they say. */
interface Spec {
  readonly priority: number;
  readonly subject: Json;
  readonly ingress?: readonly Json[];
  readonly egress?: readonly Json[];
}

function policy(name: string, spec: Spec): KubernetesObject {
  return { ...api, metadata: { name: `guardrail-${name}` }, spec: { tier: 'Admin', ...spec } as unknown as Json };
}

const everyNamespace: Json = {};

/** Namespaces by their names, or all but those. */
function named(operator: 'In' | 'NotIn', names: readonly string[]): Json {
  if (names.length === 0) return everyNamespace;
  return { matchExpressions: [{ key: namespaceNameLabel, operator, values: [...names] }] };
}

/** Pods that answer names are left to the policies of their namespace, on the ports that they answer on: guardrails open nothing. */
function dnsPolicies(dns: readonly ClusterDns[]): readonly KubernetesObject[] {
  const pods = dns.flatMap(({ peers, ports }) => peers.flatMap((peer) => ('ipBlock' in peer ? [] : [{ peer, ports }])));
  return pods.map(({ peer, ports }, i) =>
    policy(i === 0 ? 'dns' : `dns-${i + 1}`, {
      priority: priorities.dns + i,
      subject: {
        pods: {
          ...(peer.namespaceSelector && { namespaceSelector: selector(peer.namespaceSelector) }),
          podSelector: selector(peer.podSelector ?? {}),
        },
      },
      ingress: [
        {
          name: 'questions',
          action: 'Pass',
          from: [{ namespaces: everyNamespace }],
          protocols: ports.map(protocolOf),
        },
      ],
    }),
  );
}

function selector(of: LabelSelector): Json {
  return of as unknown as Json;
}

function protocolOf({ protocol, port, endPort }: NetworkPolicyPort): Json {
  if (typeof port === 'string') return { destinationNamedPort: port };
  const transport = (protocol ?? 'TCP').toLowerCase();
  if (port === undefined) return { [transport]: {} };
  const destinationPort: Json = endPort === undefined ? { number: port } : { range: { start: port, end: endPort } };
  return { [transport]: { destinationPort } };
}

/** Those of the system itself, and those that are let in, are left to the policies there. */
function systemPolicy({ namespaces = systemNamespaces, from = [] }: SystemGuardrail): KubernetesObject {
  return policy('system', {
    priority: priorities.system,
    subject: { namespaces: named('In', namespaces) },
    ingress: [
      {
        name: 'let-in',
        action: 'Pass',
        from: [{ namespaces: named('In', [...new Set([...namespaces, ...from])]) }],
      },
      { name: 'everybody-else', action: 'Deny', from: [{ namespaces: everyNamespace }] },
    ],
  });
}

/** Addresses by which a pod gets who it is, and not its node: they stay open. */
const ofPods: ReadonlySet<string> = new Set(['169.254.170.23', 'fd00:ec2::23']);

/** On the ports that they answer on alone: some of the addresses are those of a cloud's DNS, too. */
function metadataPolicy({ exceptNamespaces = [] }: MetadataGuardrail, podCidrs: readonly string[]): KubernetesObject {
  const ofPodsHere = podCidrs.flatMap((text) => parseCidr(text) ?? []);
  const byPorts = new Map<string, { readonly ports: readonly number[]; readonly networks: string[] }>();
  for (const { address, ports, blocks } of metadataEndpoints) {
    if (ofPods.has(address)) continue;
    const row = byPorts.get(ports.join()) ?? { ports, networks: [] };
    const there = blocks.filter((block) => !ofPodsHere.some((range) => cidrContains(range, block)));
    row.networks.push(...there.map(({ text }) => text));
    byPorts.set(ports.join(), row);
  }
  return policy('metadata', {
    priority: priorities.metadata,
    subject: { namespaces: named('NotIn', exceptNamespaces) },
    egress: [...byPorts.values()].map(({ ports, networks }) => ({
      name: `ports-${ports.join('-')}`,
      action: 'Deny',
      to: Array.from({ length: Math.ceil(networks.length / most) }, (_, i) => ({
        networks: networks.slice(i * most, (i + 1) * most),
      })),
      protocols: ports.map((number) => ({ tcp: { destinationPort: { number } } })),
    })),
  });
}

/** Values of labels may be no names of objects; two of them are never one. */
function nameOf(tenant: string): string {
  return isDnsLabel(tenant) && tenant.length <= 40 ? tenant : `${toDnsLabel(tenant, 23)}-${hash(tenant)}`;
}

function tenantPolicy(label: string, name: string): KubernetesObject {
  const others: Json = {
    namespaces: {
      matchExpressions: [
        { key: label, operator: 'Exists' },
        { key: label, operator: 'NotIn', values: [name] },
      ],
    },
  };
  return policy(`tenant-${nameOf(name)}`, {
    priority: priorities.tenants,
    subject: { namespaces: { matchLabels: { [label]: name } } },
    ingress: [{ name: 'other-tenants', action: 'Deny', from: [others] }],
    egress: [{ name: 'other-tenants', action: 'Deny', to: [others] }],
  });
}
