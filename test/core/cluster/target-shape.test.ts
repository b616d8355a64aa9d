import { ClusterDns, ClusterTarget, type ClusterTargetOptions } from '../../../core/cluster';
import * as fc from '../../support/fast-check';

const loose = (options: unknown, version: unknown = '1.34') =>
  ClusterTarget.of(version as string, options as ClusterTargetOptions);
const faultsOf = (options: unknown, version?: unknown) =>
  loose(options, version).faults.map(({ property, message, remedy }) => [property, message, remedy]);

const dnsRemedy = 'make one: ClusterDns.kubeDns(), or ClusterDns.custom({ peers, ports })';
const names = 'cilium, calico, calico-enterprise';

describe('options of a target that types have not checked', () => {
  it.each<[unknown, string, string, string]>([
    [null, 'options', 'null is not an object', 'give an object'],
    [5, 'options', '5 is not an object', 'give an object'],
    [[], 'options', '[] is not an object', 'give an object'],
    [new Map(), 'options', 'a Map is not an object', 'give an object'],
    [{ cnii: 'calico' }, 'cnii', 'there is no prop "cnii"', 'did you mean cni?'],
    [{ cni: null }, 'cni', `null is not one of ${names}`, `leave cni out, or give one of ${names}`],
    [{ cni: 5 }, 'cni', '5 is not known', `use one of ${names}`],
    [{ cni: 5n }, 'cni', 'this object is not known', `use one of ${names}`],
    [{ distribution: ['eks'] }, 'distribution', '["eks"] is not known', 'use one of generic, kubeadm, eks'],
    [{ meshPlugin: {} }, 'meshPlugin', '{} is not known', 'use one of istio-cni, linkerd-cni'],
    [{ nodes: true }, 'nodes', 'true is not an object', 'give an object'],
    [{ nodes: { apparmor: true } }, 'nodes.apparmor', 'there is no prop "apparmor"', 'did you mean appArmor?'],
    [{ nodes: { appArmor: null } }, 'nodes.appArmor', 'null is not one of yes, no, unknown', 'leave appArmor out'],
    [{ nodes: { os: ['linux'] } }, 'nodes.os', '["linux"] is not known', 'use one of linux, windows, mixed'],
    [{ dns: null }, 'dns', 'null is not a ClusterDns or a list of them', 'leave dns out, or give a ClusterDns'],
    [{ dns: {} }, 'dns', '{} is no ClusterDns', dnsRemedy],
    [{ dns: 'kube-dns' }, 'dns', '"kube-dns" is no ClusterDns', dnsRemedy],
    [{ dns: [[ClusterDns.kubeDns()]] }, 'dns[0]', 'is no ClusterDns', dnsRemedy],
    [{ dns: [ClusterDns.kubeDns(), null] }, 'dns[1]', 'null is no ClusterDns', dnsRemedy],
    [{ dns: { ...ClusterDns.kubeDns(), kind: 'bind' } }, 'dns.kind', '"bind" is not known', 'use one of kube-dns'],
    [{ dns: { ...ClusterDns.kubeDns(), ports: 53 } }, 'dns.ports', '53 is not a list', 'give a list'],
    [{ dns: { ...ClusterDns.kubeDns(), peers: ['x'] } }, 'dns.peers[0]', '"x" is not an object', 'give an object'],
    [{ dns: { ...ClusterDns.kubeDns(), ports: [{ protocol: 'udp' }] } }, 'dns.ports[0].protocol', '"udp"', 'TCP, UDP'],
    [{ apiServer: [] }, 'apiServer', '[] is not an object', 'give an object'],
    [{ apiServer: { cidrs: '10.0.0.1/32' } }, 'apiServer.cidrs', '"10.0.0.1/32" is not a list', 'give a list'],
    [{ apiServer: { cidrs: [5] } }, 'apiServer.cidrs[0]', '5 is no CIDR', 'write it as 10.0.0.0/8'],
    [{ apiServer: { cidrs: [5n] } }, 'apiServer.cidrs[0]', 'this object is no CIDR', 'write it as 10.0.0.0/8'],
    [{ apiServer: { port: '443' } }, 'apiServer.port', '"443" is no port', 'name a whole number from 1 to 65535'],
    [{ podCidrs: '10.0.0.0/8' }, 'podCidrs', '"10.0.0.0/8" is not a list', 'give a list'],
    [{ serviceCidrs: ['10.96.0.0/12', null] }, 'serviceCidrs[1]', 'null is no CIDR', 'write it as 10.0.0.0/8'],
  ])('%p is a fault', (options, property, message, remedy) => {
    expect(faultsOf(options)).toEqual([[property, expect.stringContaining(message), expect.stringContaining(remedy)]]);
  });

  it.each([[null], [{ toString: 1 }], [Symbol('1.34')], [''], [['1.34', '1.35']]])('%p is no version', (version) => {
    const target = loose({}, version);
    expect(target.version).toBe('1.37');
    expect(target.faults).toMatchObject([{ property: 'version', remedy: expect.stringContaining('use one of 1.28') }]);
  });

  it('has all faults at once, and the rest of what was declared', () => {
    const target = loose({
      cni: 'cilium',
      dns: {},
      podCidrs: [null, '10.0.0.0/8'],
      apiServer: { port: 443, cidrs: 1 },
      x: 1,
    });
    expect(target.faults.map(({ property }) => property)).toEqual(['x', 'dns', 'apiServer.cidrs', 'podCidrs[0]']);
    expect(target).toMatchObject({
      cni: 'cilium',
      dns: [ClusterDns.kubeDns()],
      podCidrs: ['10.0.0.0/8'],
      apiServer: { port: 443, cidrs: [] },
    });
  });

  it('uses no half of a DNS', () => {
    const half = {
      kind: 'custom',
      peers: [{ ipBlock: { cidr: '10.0.0.10/32' } }, { pods: {} }],
      ports: [{ port: 53 }],
    };
    expect(loose({ dns: half })).toMatchObject({
      dns: [ClusterDns.kubeDns()],
      faults: [{ property: 'dns.peers[1].pods' }],
    });
  });

  it('a DNS that is made of nothing is a fault of the target', () => {
    const { custom, nodeLocal } = ClusterDns as unknown as Readonly<Record<string, (given: unknown) => ClusterDns>>;
    for (const given of [undefined, null, 5, {}])
      expect(faultsOf({ dns: custom?.(given) }).map(([property]) => property)).toEqual(['dns.peers', 'dns.ports']);
    for (const given of [null, 5, { toString: 1 }])
      expect(faultsOf({ dns: nodeLocal?.(given) }).map(([property]) => property)).toEqual([
        'dns.peers[0].ipBlock.cidr',
      ]);
  });
});

/** What is JSON, and what is not. */
const junk = fc.anything({
  withBigInt: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withSparseArray: true,
});

/** Options that are nearly right, so that what is wrong is deep in them. */
const nearly: fc.Arbitrary<unknown> = fc.record(
  {
    distribution: fc.oneof(fc.constant('eks'), junk),
    nodes: fc.oneof(fc.record({ appArmor: junk, os: junk }, { requiredKeys: [] }), junk),
    dns: fc.oneof(
      fc.record({ kind: fc.constant('custom'), peers: junk, ports: junk }),
      fc.record({
        kind: fc.constant('custom'),
        peers: fc.array(fc.record({ ipBlock: junk, podSelector: junk }, { requiredKeys: [] })),
        ports: fc.array(fc.record({ port: junk, protocol: junk }, { requiredKeys: [] })),
      }),
      fc.array(junk),
      junk,
    ),
    apiServer: fc.oneof(fc.record({ cidrs: fc.oneof(fc.array(junk), junk), port: junk }), junk),
    cni: junk,
    meshPlugin: junk,
    podCidrs: fc.oneof(fc.array(junk), junk),
    serviceCidrs: fc.oneof(fc.array(fc.oneof(fc.ipV4(), junk)), junk),
  },
  { requiredKeys: [] },
);

describe('whatever is given', () => {
  it('a target is made, and every fault names an option and a remedy', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, junk), junk, (options, version) => {
        const { faults } = loose(options, version);
        expect(() => JSON.stringify(faults)).not.toThrow();
        for (const { property, message, remedy } of faults) {
          expect(property).toMatch(/./);
          expect(message).toMatch(/\w/);
          expect(remedy).toMatch(/\w/);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('what is of another type is not taken in silence', () => {
    const scalar = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.bigInt());
    fc.assert(
      fc.property(fc.constantFrom('nodes', 'dns', 'apiServer', 'podCidrs', 'serviceCidrs'), scalar, (name, wrong) => {
        expect(faultsOf({ [name]: wrong })).toEqual([[name, expect.any(String), expect.any(String)]]);
      }),
    );
  });
});
