import * as fc from 'fast-check';
import { allowancesIn, networkPolicyKinds, suspectAllowancesIn } from '../../../core/network/allowances';

const policy = (spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', spec });

describe('allowancesIn', () => {
  it('reads every kind that it names, and nothing of others', () => {
    const rule = { from: [{ namespaces: {} }], fromEndpoints: [{}], action: 'Allow' };
    for (const kind of networkPolicyKinds) {
      const [group, name] = kind.split('/') as [string, string];
      const object = { apiVersion: `${group}/v1`, kind: name, spec: { ingress: [rule] } };
      expect(allowancesIn(object)).toMatchObject([{ direction: 'ingress', path: ['spec', 'ingress', 0] }]);
      expect(allowancesIn({ ...object, spec: undefined })).toEqual([]);
    }
    expect(
      allowancesIn({ apiVersion: 'crd.antrea.io/v1beta1', kind: 'NetworkPolicy', spec: { ingress: [rule] } }),
    ).toEqual([]);
  });

  it('gives peers, blocks and ports with their places', () => {
    const ipBlock = { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] };
    const spec = { policyTypes: ['Egress'], ingress: [{}], egress: [{ to: [{ ipBlock }], ports: [{ port: 80 }] }] };
    expect(allowancesIn(policy(spec))).toEqual([
      {
        direction: 'egress',
        path: ['spec', 'egress', 0],
        peers: [
          {
            path: ['spec', 'egress', 0, 'to', 0],
            value: { ipBlock },
            isCluster: false,
            isMostOfCluster: false,
            blocks: [
              {
                path: ['spec', 'egress', 0, 'to', 0, 'ipBlock'],
                cidr: '10.0.0.0/8',
                cidrPath: ['spec', 'egress', 0, 'to', 0, 'ipBlock', 'cidr'],
                except: ['10.1.0.0/16'],
                excepts: 'except',
              },
            ],
            names: [],
          },
        ],
        peersPath: ['spec', 'egress', 0, 'to'],
        ports: [{ path: ['spec', 'egress', 0, 'ports', 0], value: { port: 80 }, entry: { port: 80 } }],
        portsPath: ['spec', 'egress', 0, 'ports'],
        denied: [],
      },
    ]);
  });
});

describe('suspectAllowancesIn', () => {
  const named = { matchLabels: { a: 'b' } };
  const selector = fc.constantFrom(undefined, {}, { matchLabels: {} }, named, {
    matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }],
  });
  const plainPeer = fc.constantFrom<object>({ podSelector: named }, { podSelector: {}, namespaceSelector: named });
  const anyPeer = fc.record<object>(
    {
      podSelector: selector,
      namespaceSelector: selector,
      ipBlock: fc.constantFrom(undefined, { cidr: '0.0.0.0/0' }),
    },
    { requiredKeys: [] },
  );
  const plainPort = fc.constantFrom<object>({ port: 80 }, { port: 'http' });
  const anyPort = fc.record<object>(
    { port: fc.constantFrom(80, 'http', null), endPort: fc.constantFrom(90, null) },
    { requiredKeys: [] },
  );
  const list = (plain: fc.Arbitrary<object>, any: fc.Arbitrary<object>) =>
    fc.oneof(
      { weight: 4, arbitrary: fc.array(plain, { minLength: 1, maxLength: 2 }) },
      fc.array(any, { maxLength: 2 }),
    );
  const rules = (key: 'from' | 'to') =>
    fc.array(fc.record({ [key]: list(plainPeer, anyPeer), ports: list(plainPort, anyPort) }), { maxLength: 2 });

  it('leaves out only policies in which nothing can be too wide', () => {
    let left = 0;
    fc.assert(
      fc.property(fc.record({ ingress: rules('from'), egress: rules('to') }, { requiredKeys: [] }), (spec) => {
        const object = policy(spec);
        if (suspectAllowancesIn(object).length > 0 || allowancesIn(object).length === 0) return;
        left++;
        for (const { peers, ports } of allowancesIn(object)) {
          expect(peers?.length).toBeGreaterThan(0);
          expect(ports?.length).toBeGreaterThan(0);
          for (const { isCluster, blocks } of peers ?? []) expect([isCluster, blocks]).toEqual([false, []]);
          for (const { entry } of ports ?? [])
            expect([entry.port ?? 'none', entry.endPort ?? 'none']).toEqual([entry.port, 'none']);
        }
      }),
      { numRuns: 1000 },
    );
    expect(left).toBeGreaterThan(100);
  });
});
