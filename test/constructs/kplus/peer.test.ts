import type { Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { isKplusPeer, peerOf } from '../../../constructs/kplus';
import { objects, RawWorkload, testChart } from '../../support/kplus-oracle';

type Peer = kplus.INetworkPolicyPeer;

/** What cdk8s-plus itself writes for a peer: those of an egress rule. */
function rendered(chart: Chart, peer: Peer): unknown[] {
  const policy = new kplus.NetworkPolicy(chart, 'oracle', { selector: kplus.Pods.all(chart, 'all') });
  policy.addEgressRule(peer);
  return objects(chart, 'NetworkPolicy')[0].spec.egress[0].to;
}

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const word = fc.stringMatching(/^[a-z]([a-z0-9-]{0,8}[a-z0-9])?$/);
const labels = fc.dictionary(word, word, { maxKeys: 3, noNullPrototype: true });
const expression = fc.oneof(
  fc.tuple(word, fc.array(word, { minLength: 1 })).map(([key, values]) => kplus.LabelExpression.in(key, values)),
  fc.tuple(word, fc.array(word, { minLength: 1 })).map(([key, values]) => kplus.LabelExpression.notIn(key, values)),
  word.map((key) => kplus.LabelExpression.exists(key)),
  word.map((key) => kplus.LabelExpression.doesNotExist(key)),
);
const query = fc.record({ labels: optional(labels), expressions: optional(fc.array(expression, { maxLength: 3 })) });
const oneNamespace = fc.record({ query, names: optional(word.map((name) => [name])) });

const peers: fc.Arbitrary<(chart: Chart) => Peer> = fc.oneof(
  fc.tuple(query, optional(oneNamespace)).map(([pods, namespaces]) => (chart: Chart): Peer => {
    const inNamespaces =
      namespaces && kplus.Namespaces.select(chart, 'namespaces', { ...namespaces.query, names: namespaces.names });
    return kplus.Pods.select(chart, 'peer', { ...pods, namespaces: inNamespaces });
  }),
  oneNamespace.map(({ query, names }) => (chart: Chart): Peer => {
    return kplus.Namespaces.select(chart, 'peer', { ...query, names });
  }),
  fc
    .tuple(fc.ipV4(), optional(fc.array(fc.ipV4().map((address) => `${address}/32`))))
    .map(([address, except]) => (chart: Chart): Peer => {
      return kplus.NetworkPolicyIpBlock.ipv4(chart, 'peer', `${address}/8`, except);
    }),
);

const workloads = [kplus.Deployment, kplus.StatefulSet, kplus.DaemonSet, kplus.Job, kplus.Pod];

describe('peerOf', () => {
  it('is what cdk8s-plus writes for pods, namespaces and addresses', () => {
    fc.assert(
      fc.property(peers, (make) => {
        const chart = testChart();
        const peer = make(chart);
        expect([peerOf(peer)]).toEqual(rendered(chart, peer));
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, (chart: Chart) => Peer]>([
    ['every pod of the namespace', (chart) => kplus.Pods.all(chart, 'peer')],
    ['every namespace', (chart) => kplus.Namespaces.all(chart, 'peer')],
    ['a Namespace', (chart) => new kplus.Namespace(chart, 'peer')],
    ['any IPv4 address', (chart) => kplus.NetworkPolicyIpBlock.anyIpv4(chart, 'peer')],
    ['any IPv6 address', (chart) => kplus.NetworkPolicyIpBlock.anyIpv6(chart, 'peer')],
    ['a workload of ours', (chart) => new RawWorkload(chart, 'peer', { app: 'web' })],
    ['a workload of ours elsewhere', (chart) => new RawWorkload(chart, 'peer', { app: 'web' }, [], 'other')],
    ...workloads.map((Workload): [string, (chart: Chart) => Peer] => [
      `a ${Workload.name}`,
      (chart) => {
        const service = new kplus.Service(chart, 'service', { ports: [{ port: 80 }] });
        return new Workload(chart, 'peer', { containers: [{ image: 'image' }], service });
      },
    ]),
  ])('%s', (_, make) => {
    for (const namespace of [undefined, 'shop']) {
      const chart = testChart(namespace);
      const peer = make(chart);
      expect([peerOf(peer)]).toEqual(rendered(chart, peer));
    }
  });

  it('says where a workload is', () => {
    const chart = testChart('shop');
    const peer = peerOf(new kplus.Deployment(chart, 'web', { containers: [{ image: 'image' }] }));
    expect(peer).toEqual({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } },
      podSelector: { matchLabels: { 'cdk8s.io/metadata.addr': expect.stringMatching(/^test-web-/) } },
    });
  });

  it('takes what selects pods and is no peer', () => {
    const chart = testChart('shop');
    const pods = kplus.Pods.select(chart, 'pods', { labels: { app: 'web' } });
    const selector = { node: pods.node, toPodSelectorConfig: () => pods.toPodSelectorConfig() } as kplus.IPodSelector;
    expect(peerOf(selector)).toEqual({ podSelector: { matchLabels: { app: 'web' } } });
  });

  it('is one peer for several namespaces, where cdk8s-plus writes one each', () => {
    const chart = testChart();
    const options = { names: ['a', 'b', 'a'], labels: { team: 'x' }, expressions: [kplus.LabelExpression.exists('y')] };
    const peer = kplus.Namespaces.select(chart, 'peer', options);
    expect(rendered(chart, peer)).toHaveLength(3);
    expect(peerOf(peer)).toEqual({
      namespaceSelector: {
        matchLabels: { team: 'x' },
        matchExpressions: [
          { key: 'y', operator: 'Exists' },
          { key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'b'] },
        ],
      },
      podSelector: {},
    });
  });

  it('keeps a name label beside names, where cdk8s-plus overwrites it and so selects another namespace', () => {
    const chart = testChart();
    const nameLabel = 'kubernetes.io/metadata.name';
    const peer = kplus.Namespaces.select(chart, 'peer', { names: ['a'], labels: { [nameLabel]: 'b' } });
    expect(rendered(chart, peer)).toEqual([
      { namespaceSelector: { matchLabels: { [nameLabel]: 'a' } }, podSelector: {} },
    ]);
    expect(peerOf(peer).namespaceSelector).toEqual({
      matchLabels: { [nameLabel]: 'b' },
      matchExpressions: [{ key: nameLabel, operator: 'In', values: ['a'] }],
    });
  });

  it('keeps labels that are all empty, where cdk8s-plus drops them and so selects every pod', () => {
    const chart = testChart();
    const peer = kplus.Pods.select(chart, 'peer', { labels: { canary: '' } });
    expect(rendered(chart, peer)).toEqual([{ podSelector: {} }]);
    expect(peerOf(peer)).toEqual({ podSelector: { matchLabels: { canary: '' } } });
  });

  it('refuses an empty list of names, for which cdk8s-plus writes a rule that lets everyone in', () => {
    const chart = testChart();
    const peer = kplus.Namespaces.select(chart, 'peer', { names: [] });
    expect(rendered(chart, peer)).toEqual([]);
    expect(() => peerOf(peer)).toThrow('test/peer: names: [] selects no namespace');
  });

  it('refuses what names neither pods nor addresses, or both', () => {
    const chart = testChart();
    const block = kplus.NetworkPolicyIpBlock.anyIpv4(chart, 'block');
    const peer = kplus.Pods.all(chart, 'peer');
    peer.toNetworkPolicyPeerConfig = () => ({});
    expect(() => peerOf(peer)).toThrow('test/peer: this peer names neither pods nor addresses');
    peer.toNetworkPolicyPeerConfig = () => ({ ipBlock: block, podSelector: peer.toPodSelectorConfig() });
    expect(() => peerOf(peer)).toThrow('test/peer: this peer names both pods and addresses');
  });
});

describe('isKplusPeer', () => {
  it('knows peers by what they can do', () => {
    const chart = testChart();
    expect(isKplusPeer(kplus.Pods.all(chart, 'pods'))).toBe(true);
    expect(isKplusPeer(kplus.NetworkPolicyIpBlock.anyIpv4(chart, 'block'))).toBe(true);
    expect(isKplusPeer(new kplus.Namespace(chart, 'namespace'))).toBe(true);
    expect(isKplusPeer(new RawWorkload(chart, 'ours', { app: 'web' }))).toBe(true);
    for (const other of [chart, undefined, null, '10.0.0.0/8', {}, { toNetworkPolicyPeerConfig: true }]) {
      expect(isKplusPeer(other)).toBe(false);
    }
  });
});
