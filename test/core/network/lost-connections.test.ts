import * as fc from 'fast-check';
import { lostConnections } from '../../../core/network/lost-connections';

const policy = (spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec });
const cilium = (spec: object) => ({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', spec });
const egress = (...rules: object[]) => policy({ policyTypes: ['Ingress', 'Egress'], egress: rules });
const lost = (before: object, after: object) =>
  lostConnections(before as ReturnType<typeof policy>, after as ReturnType<typeof policy>).map(
    ({ direction, peer, ports }) => `${direction} ${peer}: ${ports}`,
  );
const api = { podSelector: { matchLabels: { app: 'api' } } };
const inShop = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } };
const block = (cidr: string, ...except: string[]) => ({ ipBlock: { cidr, except } });
const http = [{ protocol: 'TCP', port: 80 }];

describe('lostConnections', () => {
  it('is nothing for the same policy, in whatever order', () => {
    const peers = [{ ...api, ...inShop }, block('10.0.0.0/8')];
    const before = egress({ to: peers, ports: [{ port: 80 }, { port: 443 }] }, { to: [api], ports: http });
    const after = egress(
      { to: [api], ports: http },
      { to: [peers[1]], ports: [{ protocol: 'TCP', port: 443 }, ...http] },
      { to: [{ ...inShop, ...api }], ports: [{ port: 80, endPort: 443 }] },
    );
    expect(lost(before, before)).toEqual([]);
    expect(lost(before, after)).toEqual([]);
  });

  it.each<[string, object, readonly string[]]>([
    [
      'the direction',
      policy({ policyTypes: ['Ingress', 'Egress'] }),
      ['egress pods app=api of namespace shop: TCP 80, UDP 53'],
    ],
    [
      'the type of the direction',
      policy({ policyTypes: ['Ingress'], egress: [{}] }),
      ['egress pods app=api of namespace shop: TCP 80, UDP 53'],
    ],
    ['a port', egress({ to: [{ ...inShop, ...api }], ports: http }), ['egress pods app=api of namespace shop: UDP 53']],
    [
      'a label more',
      egress({ to: [{ ...inShop, podSelector: { matchLabels: { app: 'api', tier: 'x' } } }] }),
      ['egress pods app=api of namespace shop: TCP 80, UDP 53'],
    ],
    ['nothing: no ports are every port', egress({ to: [{ ...inShop, ...api }] }), []],
    ['nothing: no peers are everybody', egress({ ports: [{ port: 80 }, { protocol: 'UDP' }] }), []],
    ['nothing: the whole cluster', egress({ to: [{ namespaceSelector: {} }] }), []],
  ])('names what a policy without %s no longer lets through', (_, after, expected) => {
    const before = egress({ to: [{ ...inShop, ...api }], ports: [...http, { protocol: 'UDP', port: 53 }] });
    expect(lost(before, after)).toEqual(expected);
  });

  it('reads blocks as addresses', () => {
    const before = egress({ to: [block('10.0.0.0/8', '10.1.0.0/16')], ports: [{ port: 1, endPort: 9 }] });
    const to = (...blocks: object[]) => egress({ to: blocks });
    expect(lost(before, to(block('0.0.0.0/0', '10.1.2.0/24')))).toEqual([]);
    expect(lost(before, to(block('10.128.0.0/9'), block('10.0.0.0/9', '10.1.0.0/17')))).toEqual([]);
    expect(lost(before, to(block('10.0.0.0/8', '10.0.0.0/15')))).toEqual(['egress 10.0.0.0/8: TCP 1-9']);
    expect(lost(before, to(block('10.0.0.0/9')))).toEqual(['egress 10.0.0.0/8: TCP 1-9']);
    expect(lost(before, to({ namespaceSelector: {} }))).toEqual(['egress 10.0.0.0/8: TCP 1-9']);
  });

  it('knows names of Cilium, and what a denial cuts', () => {
    const name = {
      toFQDNs: [{ matchName: 'api.example.org' }],
      toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }],
    };
    const cidr = { toCIDR: ['203.0.113.0/24'], toPorts: name.toPorts };
    expect(lost(cilium({ egress: [name, cidr] }), cilium({ egress: [cidr, name] }))).toEqual([]);
    expect(lost(cilium({ egress: [name] }), cilium({ egress: [cidr] }))).toEqual([
      'egress {"matchName":"api.example.org"}: TCP 443',
    ]);
    const denied = cilium({ egress: [name, cidr], egressDeny: [{ toCIDR: ['203.0.113.7/32'] }] });
    expect(lost(cilium({ egress: [name, cidr] }), denied)).toEqual(['egress 203.0.113.0/24: TCP 443']);
  });

  it('describes every kind of peer', () => {
    const before = policy({
      ingress: [
        { ports: http },
        {
          from: [
            { namespaceSelector: {} },
            {
              namespaceSelector: { matchExpressions: [{ key: 'team', operator: 'In', values: ['a', 'b'] }] },
              podSelector: {},
            },
          ],
        },
      ],
    });
    expect(lost(before, policy({}))).toEqual([
      'ingress everybody: TCP 80',
      'ingress every pod of namespaces of any label: every protocol, every port',
      'ingress pods of any label of namespaces team In a|b: every protocol, every port',
    ]);
  });

  it('says that each rule is lost that is taken away, and none that stays', () => {
    const rule = fc.record({
      to: fc.nat(20).map((last) => [{ podSelector: { matchLabels: { app: `app-${last}` } } }]),
      ports: fc.integer({ min: 1, max: 65_535 }).map((port) => [{ protocol: 'TCP', port }]),
    });
    const key = (one: { to: { podSelector: { matchLabels: { app: string } } }[]; ports: { port: number }[] }) =>
      `egress pods app=${one.to[0]!.podSelector.matchLabels.app}: TCP ${one.ports[0]!.port}`;
    fc.assert(
      fc.property(fc.array(fc.tuple(rule, fc.boolean()), { maxLength: 8 }), (rules) => {
        const kept = rules.filter(([, stays]) => stays).map(([one]) => one);
        const keys = kept.map(key);
        const gone = rules.map(([one]) => key(one)).filter((one) => !keys.includes(one));
        expect(lost(egress(...rules.map(([one]) => one)), egress(...kept))).toEqual(gone);
      }),
    );
  });
});
