/** Worlds of few names, labels and addresses, so that policies meet pods. */
import * as fc from 'fast-check';
import type { KubernetesObject } from '../../../../core/manifest/object';
import type { DeclaredPort, NetworkNode, NetworkPods, NetworkWorld } from '../../../../core/network/reach';

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const some = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number) => fc.array(arbitrary, { minLength: 1, maxLength });
const value = fc.constantFrom('x', 'y');
const labels = fc.dictionary(fc.constantFrom('a', 'b', 'toString'), value, { maxKeys: 2 });
const namespaceName = fc.constantFrom('one', 'two', 'default');

/** Selectors, with every operator. */
export const selector = fc.record(
  {
    matchLabels: fc.dictionary(fc.constantFrom('a', 'b'), value, { maxKeys: 1 }),
    matchExpressions: fc.array(
      fc.oneof(
        fc.record({
          key: fc.constantFrom('a', 'b', 'toString'),
          operator: fc.constantFrom('In', 'NotIn'),
          values: some(value, 2),
        }),
        fc.record({ key: fc.constantFrom('a', 'b', 'toString'), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
      ),
      { maxLength: 1 },
    ),
  },
  { requiredKeys: [] },
);
const namespaceSelector = fc.oneof(
  selector,
  namespaceName.map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })),
);

/** Every port that policies of these worlds know. */
export const askedPorts = [79, 80, 81, 443, 8080] as const;
const protocol = fc.constantFrom('TCP', 'UDP', 'SCTP');
const port = fc.constantFrom(80, 81, 443, 8080);
const portName = fc.constantFrom('http', 'admin');

const declared: fc.Arbitrary<DeclaredPort> = fc.record({
  name: portName,
  port,
  protocol,
}) as fc.Arbitrary<DeclaredPort>;
const v4 = fc.constantFrom('10.0.0.1', '10.0.0.9', '10.0.1.1', '192.168.3.4');
const v6 = fc.constantFrom('fd00::1', 'fd00::9', 'fd00:1::1');
const addresses = fc.oneof(
  v4.map((each) => [each]),
  v6.map((each) => [each]),
  fc.tuple(v4, v6).map((each) => [...each]),
);
const block = fc.constantFrom(
  ...[
    { cidr: '0.0.0.0/0' },
    { cidr: '10.0.0.0/8', except: ['10.0.0.0/24'] },
    { cidr: '10.0.0.0/24' },
    { cidr: '::/0' },
  ],
  ...[
    { cidr: '10.0.0.8/29' },
    { cidr: 'fd00::/16', except: ['fd00:1::/32'] },
    { cidr: '203.0.113.0/24' },
    { cidr: '10.0.0.1/32' },
  ],
);

const policyPort = fc.oneof(
  fc.record({ protocol, port: fc.oneof(port, portName) }, { requiredKeys: ['port'] }),
  fc.record({ protocol }, { requiredKeys: [] }),
  fc.constantFrom({ port: 80, endPort: 443 }, { port: 81, endPort: 8080, protocol: 'UDP' }),
);
const policyPeer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  block.map((ipBlock) => ({ ipBlock })),
);
const rule = (key: 'from' | 'to') =>
  fc.record({ [key]: some(policyPeer, 2), ports: some(policyPort, 2) }, { requiredKeys: [] });
const networkPolicy = fc
  .record({
    namespace: optional(namespaceName),
    spec: fc.record(
      {
        podSelector: fc.oneof(fc.constant({}), selector),
        policyTypes: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
        ingress: fc.array(rule('from'), { maxLength: 2 }),
        egress: fc.array(rule('to'), { maxLength: 2 }),
      },
      { requiredKeys: ['podSelector'] },
    ),
  })
  .map(({ namespace, spec }) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'np', ...(namespace && { namespace }) },
    spec,
  }));

const pods = fc.record({ namespaceSelector, podSelector: selector }).map((each) => ({ pods: each }));
const podsPeer = fc.oneof(
  pods,
  namespaceSelector.map((namespaces) => ({ namespaces })),
);
const outPeer = fc.oneof(
  podsPeer,
  selector.map((nodes) => ({ nodes })),
  some(
    block.map(({ cidr }) => cidr),
    2,
  ).map((networks) => ({ networks })),
);
const alphaPort = fc.oneof(
  fc.record({ portNumber: fc.record({ protocol, port }) }),
  fc.constant({ portRange: { protocol: 'TCP', start: 80, end: 443 } }),
  portName.map((namedPort) => ({ namedPort })),
);
const betaPort = fc.oneof(
  fc
    .tuple(fc.constantFrom('tcp', 'udp', 'sctp'), fc.constantFrom({ number: 80 }, { range: { start: 80, end: 443 } }))
    .map(([kind, destinationPort]) => ({ [kind]: { destinationPort } })),
  portName.map((destinationNamedPort) => ({ destinationNamedPort })),
);
const adminRules = (key: 'from' | 'to', action: fc.Arbitrary<string>, portsKey: string, entry: fc.Arbitrary<object>) =>
  fc.array(
    fc.record(
      { action, [key]: some<object>(key === 'from' ? podsPeer : outPeer, 2), [portsKey]: some(entry, 2) },
      { requiredKeys: ['action', key] },
    ),
    { maxLength: 3 },
  );
const adminPolicy = fc
  .constantFrom('AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy')
  .chain((kind) => {
    const isCluster = kind === 'ClusterNetworkPolicy';
    const allow = isCluster ? 'Accept' : 'Allow';
    const action =
      kind === 'BaselineAdminNetworkPolicy' ? fc.constantFrom(allow, 'Deny') : fc.constantFrom(allow, 'Deny', 'Pass');
    const [portsKey, entry] = isCluster
      ? ['protocols', betaPort as fc.Arbitrary<object>]
      : ['ports', alphaPort as fc.Arbitrary<object>];
    return fc
      .record({
        priority: fc.integer({ min: 0, max: 3 }),
        subject: podsPeer,
        tier: fc.constantFrom('Admin', 'Baseline'),
        ingress: adminRules('from', action, portsKey as string, entry as fc.Arbitrary<object>),
        egress: adminRules('to', action, portsKey as string, entry as fc.Arbitrary<object>),
      })
      .map(({ priority, tier, ...spec }) => ({
        apiVersion: `policy.networking.k8s.io/${isCluster ? 'v1alpha2' : 'v1alpha1'}`,
        kind,
        metadata: { name: 'admin' },
        spec: {
          ...spec,
          ...(kind !== 'BaselineAdminNetworkPolicy' && { priority }),
          ...(isCluster && { tier }),
        },
      }));
  });

const nodes: readonly NetworkNode[] = [
  { name: 'n1', labels: { a: 'x' }, addresses: ['10.0.1.1'] },
  { name: 'n2', labels: {}, addresses: ['192.168.3.4', 'fd00:1::1'] },
];

const podShape = fc.record({
  namespace: namespaceName,
  labels,
  ports: fc.array(declared, { maxLength: 2 }),
  isOnHost: fc.nat(4).map((dice) => dice === 0),
  node: fc.constantFrom('n1', 'n2'),
  addresses,
});

/** Worlds in which everything is known. */
export const knownWorld: fc.Arbitrary<NetworkWorld> = fc
  .record({
    pods: fc.array(podShape, { minLength: 2, maxLength: 5 }),
    namespaces: fc.uniqueArray(fc.record({ name: namespaceName, labels }), {
      selector: ({ name }) => name,
      maxLength: 2,
    }),
    policies: fc.array(
      fc.oneof(
        { arbitrary: networkPolicy as fc.Arbitrary<KubernetesObject>, weight: 3 },
        adminPolicy as fc.Arbitrary<KubernetesObject>,
      ),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ pods: shapes, namespaces, policies }) => ({
    namespaces,
    policies,
    nodes,
    addresses: ['203.0.113.7', 'fd01::1'],
    pods: shapes.map(
      ({ addresses: own, ...rest }, index): NetworkPods => ({
        id: `pod-${index}`,
        ...rest,
        addresses: rest.isOnHost ? (nodes.find(({ name }) => name === rest.node)?.addresses ?? []) : own,
      }),
    ),
  }));
