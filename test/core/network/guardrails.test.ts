import fc from 'fast-check';
import { ClusterDns } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest/object';
import { type Guardrails, guardrailFaults, guardrailPolicies } from '../../../core/network/guardrails';
import { metadataAddresses } from '../../../core/network/metadata-addresses';
import { PortSet } from '../../../core/network/port-set';
import { type NetworkPods, type NetworkWorld, Reachability } from '../../../core/network/reach';

const all: Guardrails = {
  metadata: { exceptNamespaces: ['cloud'] },
  system: { from: ['monitoring'] },
  tenants: { label: 'acme.example/tenant', names: ['blue', 'red_1'] },
};

const name = (namespace: string) => ({ 'kubernetes.io/metadata.name': namespace });
const tenant = (of: string) => ({ 'acme.example/tenant': of });
const namespaces = [
  { name: 'kube-system', labels: name('kube-system') },
  { name: 'monitoring', labels: name('monitoring') },
  { name: 'cloud', labels: name('cloud') },
  { name: 'blue-a', labels: { ...name('blue-a'), ...tenant('blue') } },
  { name: 'blue-b', labels: { ...name('blue-b'), ...tenant('blue') } },
  { name: 'red', labels: { ...name('red'), ...tenant('red_1') } },
  { name: 'grey', labels: { ...name('grey'), ...tenant('grey') } },
  { name: 'shared', labels: name('shared') },
];
const pods = (id: string, labels: Readonly<Record<string, string>> = {}): NetworkPods => {
  const [namespace = ''] = id.split('/');
  return { id, namespace, labels, ports: [] };
};
const names = pods('kube-system/dns', { 'k8s-app': 'kube-dns' });
const metrics = pods('kube-system/metrics');
const others = namespaces.slice(1).map((each) => pods(`${each.name}/app`));
const host = { ...pods('kube-system/proxy'), isOnHost: true };
const metadata = [...new Set(metadataAddresses.map(({ address }) => address))];
const podCidrs = ['10.0.0.0/8', 'fd10::/16'];
const outside = ['203.0.113.7', ...metadata];

/** Whatever a namespace says of itself. */
const open = namespaces.map(
  ({ name: namespace }): KubernetesObject => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'open', namespace },
    spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{}], egress: [{}] },
  }),
);

function world(guardrails: Guardrails, policies: readonly KubernetesObject[] = open, dns = [ClusterDns.kubeDns()]) {
  const given: NetworkWorld = {
    namespaces,
    pods: [names, metrics, host, ...others],
    addresses: outside,
    podCidrs,
    policies: [...guardrailPolicies(guardrails, { dns, podCidrs }), ...policies],
  };
  const reachability = new Reachability(given);
  const at = (id: string) => reachability.indexOf(id) ?? -1;
  return {
    /** The ports that are certainly and perhaps open. */
    reach: (from: string, to: string) => {
      const { certain, possible } = reachability.between(at(from), at(to));
      return certain.key === possible.key ? certain.text : `${certain.text}, perhaps ${possible.text}`;
    },
    policies: reachability.policies,
  };
}

const free = others.map(({ id }) => id);
const questions = 'TCP 53, UDP 53';

describe('guardrails of a cluster', () => {
  it.each([
    ['where namespaces open everything', open],
    ['where they have no policies', []],
  ])('keep kube-system closed but for DNS %s', (_, policies) => {
    const { reach } = world(all, policies);
    for (const id of free.filter((each) => each !== 'monitoring/app')) {
      expect([id, reach(id, 'kube-system/dns')]).toEqual([id, questions]);
      expect([id, reach(id, 'kube-system/metrics')]).toEqual([id, 'no port']);
    }
    expect(reach('monitoring/app', 'kube-system/metrics')).toBe('every port');
    expect(reach('kube-system/metrics', 'kube-system/dns')).toBe('every port');
    // Nodes, and so the API server, are no namespace's pods.
    expect(reach('kube-system/proxy', 'kube-system/metrics')).toBe('every port');
  });

  it('open nothing that policies of kube-system close', () => {
    const closed = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
    const { reach } = world(all, [
      { ...(open[0] as KubernetesObject), metadata: { name: 'closed', namespace: 'kube-system' }, spec: closed },
    ]);
    expect(reach('shared/app', 'kube-system/dns')).toBe('no port');
    expect(reach('monitoring/app', 'kube-system/metrics')).toBe('no port');
  });

  it('keep pods from what hands out credentials of nodes, and from nothing else', () => {
    const { reach } = world(all);
    for (const address of metadata) {
      const { ports } = metadataAddresses.find((each) => each.address === address) ?? { ports: [] };
      const asked = PortSet.of(ports.map((port) => ({ port })));
      const said = (from: string) => reach(from, address);
      const isOfPods = ['169.254.170.23', 'fd00:ec2::23'].includes(address);
      for (const id of free)
        expect([id, address, said(id)]).toEqual([
          id,
          address,
          isOfPods || id === 'cloud/app' ? 'every port' : PortSet.every.minus(asked).text,
        ]);
    }
    expect(reach('shared/app', '203.0.113.7')).toBe('every port');
  });

  it('keep tenants apart in both directions, and leave what is no tenant alone', () => {
    const { reach } = world(all);
    const tenants: Readonly<Record<string, string>> = { 'blue-a': 'blue', 'blue-b': 'blue', red: 'red', grey: 'grey' };
    for (const from of namespaces.slice(1))
      for (const to of namespaces.slice(1)) {
        const [a, b] = [tenants[from.name], tenants[to.name]];
        const expected = a !== undefined && b !== undefined && a !== b ? 'no port' : 'every port';
        expect([from.name, to.name, reach(`${from.name}/app`, `${to.name}/app`)]).toEqual([
          from.name,
          to.name,
          expected,
        ]);
      }
  });

  it('are none where none is asked for', () => {
    expect(guardrailPolicies({}, { dns: [ClusterDns.kubeDns()] })).toEqual([]);
    expect(world({ system: {} }).reach('shared/app', '169.254.169.254')).toBe('every port');
    expect(world({ metadata: {} }).reach('shared/app', 'kube-system/metrics')).toBe('every port');
    expect(world({ metadata: {} }).reach('cloud/app', '169.254.169.254')).not.toBe('every port');
  });

  it('know where the DNS of a cluster is', () => {
    const custom = ClusterDns.custom({
      peers: [{ namespaceSelector: { matchLabels: name('shared') } }],
      ports: [
        { protocol: 'UDP', port: 5353 },
        { protocol: 'TCP', port: 'dns' },
        { protocol: 'TCP', port: 8000, endPort: 8002 },
      ],
    });
    const policies = guardrailPolicies(
      { system: {} },
      { dns: [ClusterDns.openShift(), ClusterDns.nodeLocal(), custom] },
    );
    expect(policies.map(({ metadata }) => metadata?.name)).toEqual([
      'guardrail-dns',
      'guardrail-dns-2',
      'guardrail-system',
    ]);
    expect(policies.map(({ spec }) => spec)).toMatchObject([
      { ingress: [{ action: 'Pass', protocols: [{ udp: { destinationPort: { number: 5353 } } }, { tcp: {} }] }] },
      {
        subject: { pods: { namespaceSelector: { matchLabels: name('shared') }, podSelector: {} } },
        ingress: [
          {
            protocols: [
              { udp: { destinationPort: { number: 5353 } } },
              { destinationNamedPort: 'dns' },
              { tcp: { destinationPort: { range: { start: 8000, end: 8002 } } } },
            ],
          },
        ],
      },
      {},
    ]);
  });

  it('have names and priorities of their own, as many tenants as there are, whatever their labels', () => {
    const value = fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/);
    fc.assert(
      fc.property(fc.uniqueArray(value, { minLength: 1, maxLength: 30 }), (names) => {
        const guardrails: Guardrails = { ...all, tenants: { label: 'tenant', names } };
        expect(guardrailFaults(guardrails)).toEqual([]);
        const policies = guardrailPolicies(guardrails, { dns: [ClusterDns.kubeDns()] });
        const ids = policies.map(({ metadata }) => metadata?.name ?? '');
        expect(new Set(ids).size).toBe(names.length + 3);
        for (const id of ids) expect(id).toMatch(/^guardrail-[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);
        const first = policies.slice(0, 4).map(({ spec }) => (spec as { readonly priority: number }).priority);
        expect(first).toEqual([...new Set(first)].sort((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });

  it('leave pods alone that have the address of some cloud', () => {
    const text = (podCidrs: readonly string[]) =>
      JSON.stringify(guardrailPolicies({ metadata: {} }, { dns: [], podCidrs }));
    expect(text([])).toContain('100.100.100.200/32');
    expect(text(['100.64.0.0/10'])).not.toContain('100.100.100.200/32');
    expect(text(['100.64.0.0/10'])).toContain('169.254.169.254/32');
  });

  it('have at most as many blocks in a peer as the API takes', () => {
    const { spec } = guardrailPolicies({ metadata: {} }, { dns: [] })[0] as unknown as {
      readonly spec: {
        readonly egress: readonly { readonly to: readonly { readonly networks: readonly string[] }[] }[];
      };
    };
    for (const { to } of spec.egress) for (const { networks } of to) expect(networks.length).toBeLessThanOrEqual(25);
  });

  it.each<[string, Guardrails, readonly string[]]>([
    ['a namespace that is none', { metadata: { exceptNamespaces: ['ok', 'Cloud'] } }, ['metadata.exceptNamespaces[1]']],
    ['no namespace of the system', { system: { namespaces: [] } }, ['system.namespaces']],
    ['several', { system: { namespaces: ['kube_system'], from: [''] } }, ['system.namespaces[0]', 'system.from[0]']],
    ['a label that is none', { tenants: { label: 'a b', names: ['x'] } }, ['tenants.label']],
    ['no tenants', { tenants: { label: 'a', names: [] } }, ['tenants.names']],
    [
      'tenants that are none',
      { tenants: { label: 'a', names: ['', 'x', 'é', 'x'] } },
      ['tenants.names[0]', 'tenants.names[2]', 'tenants.names[3]'],
    ],
  ])('refuse %s', (_, guardrails, properties) => {
    expect(guardrailFaults(guardrails).map(({ property }) => property)).toEqual(properties);
  });
});
