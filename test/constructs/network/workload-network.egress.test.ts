import { metadataAddresses } from '../../../core';
import { ClusterTarget, type Egress, SecureDeployment } from '../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf, testNamespace } from '../../support/app';

function opened(destination: Egress, exceptions?: { rule: string; reason: string; expires: string }[]) {
  const { app, shop } = testNamespace();
  const api = new SecureDeployment(shop, 'api', { ...basics, ...(exceptions && { exceptions }) });
  api.egressTo(destination);
  return { app, egress: () => (objectOf(app, 'NetworkPolicy', 'api').spec as { egress?: readonly object[] }).egress };
}

const v4 = [...new Set(metadataAddresses.map(({ cidr }) => cidr))].filter((cidr) => !cidr.includes(':'));
const v6 = [...new Set(metadataAddresses.map(({ cidr }) => cidr))].filter((cidr) => cidr.includes(':'));

/** What NAT64 and 6to4 make of an IPv4 address. */
const translated = v4.flatMap((cidr) => {
  const [a, b, c, d] = cidr.split(/[./]/).map(Number) as [number, number, number, number];
  const groups = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  return [`64:ff9b::${groups}/128`, `2002:${groups}::/48`];
});

describe('egressTo addresses', () => {
  it('opens exactly these ports, and no DNS', () => {
    const { app, egress } = opened({
      cidr: '203.0.113.0/24',
      except: ['203.0.113.7/32'],
      ports: [443, { port: 53, protocol: 'UDP' }, { port: 8000, endPort: 8010 }],
    });
    expect(egress()).toEqual([
      {
        to: [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.7/32'] } }],
        ports: [
          { protocol: 'TCP', port: 443 },
          { protocol: 'TCP', port: 8000, endPort: 8010 },
          { protocol: 'UDP', port: 53 },
        ],
      },
    ]);
    expect(app.platform.connections).toEqual([{ from: 'shop/api', to: '203.0.113.0/24', ports: '443,53,8000-8010' }]);
  });

  it.each([
    ['0.0.0.0/0', v4],
    ['::/0', [...v6, ...translated]],
    ['64:ff9b::/96', translated.filter((cidr) => cidr.startsWith('64:'))],
    ['169.254.0.0/16', v4.filter((cidr) => cidr.startsWith('169.254.'))],
    ['10.0.0.0/8', []],
  ])('keeps the metadata addresses in %s closed', (cidr, except) => {
    const { app, egress } = opened({ cidr, ports: [443] });
    const [{ to }] = egress() as [{ to: [{ ipBlock: { cidr: string; except?: string[] } }] }];
    expect(to[0].ipBlock.cidr).toBe(cidr);
    expect([...(to[0].ipBlock.except ?? [])].sort()).toEqual([...except].sort());
    expect(errorsOf(app)).toEqual([]);
  });

  it.each(['169.254.169.254/32', 'fd00:ec2::254/128'])('refuses %s itself', (cidr) => {
    const { app } = opened({ cidr, ports: [80] });
    expect(errorsOf(app)).toMatchObject([
      {
        rule: 'network-metadata',
        construct: 'shop/api',
        property: 'spec.egress[0].to[0].ipBlock',
        value: cidr,
        message: expect.stringContaining('the instance metadata of AWS'),
        remedy: expect.stringMatching(/opens the one port of its endpoint .*; in TypeScript: cloudIdentity/),
      },
    ]);
  });

  it('opens it where that is waived', () => {
    const exception = { reason: 'the node agent of the provider lives there', expires: '2027-01-31' };
    const { app, egress } = opened({ cidr: '169.254.169.254/32', ports: [80] }, [
      { rule: 'network-metadata', ...exception },
    ]);
    expect(errorsOf(app)).toEqual([]);
    expect(egress()).toEqual([
      { to: [{ ipBlock: { cidr: '169.254.169.254/32' } }], ports: [{ protocol: 'TCP', port: 80 }] },
    ]);
    expect(findingsOf(app).every(({ waivedBy }) => waivedBy)).toBe(true);
  });

  it.each<[Egress, string, string, string]>([
    [{ cidr: '10.0.0.0', ports: [1] }, '10.0.0.0', '"10.0.0.0" is no CIDR', 'write it as 10.0.0.0/32'],
    [
      { cidr: '10.0.0.0/33', ports: [1] },
      '10.0.0.0/33',
      '"10.0.0.0/33" is no CIDR',
      'write it as 10.0.0.0/8 or fd00::/8',
    ],
    [
      { cidr: '10.1.2.3/8', ports: [1] },
      '10.1.2.3/8',
      '10.1.2.3/8 names an address inside of a block, not the block',
      'write 10.0.0.0/8 for the block, or 10.1.2.3/32 for the address',
    ],
    [
      { cidr: 'fd00::/8', except: ['fd00::1/64'], ports: [1] },
      'fd00::1/64',
      'fd00::1/64 names an address inside of a block, not the block',
      'write fd00::/64 for the block, or fd00::1/128 for the address',
    ],
    [
      { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '11.0.0.0/16', '12.0.0.0/8'], ports: [1] },
      '11.0.0.0/16, 12.0.0.0/8',
      '11.0.0.0/16, 12.0.0.0/8 is no part of 10.0.0.0/8',
      'except only what lies inside 10.0.0.0/8',
    ],
    [
      { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.0.0.0/8'], ports: [1] },
      '10.0.0.0/8',
      '10.0.0.0/8 is all of 10.0.0.0/8: nothing would be open, and the API server takes no such policy',
      'except a part of 10.0.0.0/8, or leave the block out',
    ],
    [{ cidr: '10.0.0.0/8', except: ['x'], ports: [1] }, 'x', '"x" is no CIDR', 'write it as 10.0.0.0/8 or fd00::/8'],
  ])('refuses %j', (destination, value, message, remedy) => {
    const { app } = opened(destination);
    expect(errorsOf(app)).toEqual([
      { rule: 'cidr-valid', severity: 'error', construct: 'shop/api', property: 'egressTo', value, message, remedy },
    ]);
  });
});

it('egressTo an address of a Service is a warning that says to connect', () => {
  const target = ClusterTarget.of('1.36', { serviceCidrs: ['10.96.0.0/12'] });
  const { app, shop } = testNamespace({ target });
  new SecureDeployment(shop, 'api', basics).egressTo({ cidr: '10.96.0.1/32', ports: [443] });
  expect(findingsOf(app).filter(({ rule }) => rule === 'network-cluster-address')).toMatchObject([
    { severity: 'warning', construct: 'shop/api', value: '10.96.0.1/32', remedy: expect.stringContaining('connectTo') },
  ]);
});

describe('egressTo refuses', () => {
  const range = { port: 90, endPort: 80 };
  it.each([[[]], [[0]], [[65_536]], [[1.5]], [[443, range]], [[{ port: 1, protocol: 'ICMP' }]]])(
    'ports %j',
    (ports) => {
      for (const where of [{ cidr: '203.0.113.0/24' }, { fqdn: 'api.example.org' }]) {
        const { app } = opened({ ...where, ports } as unknown as Egress);
        expect(errorsOf(app)).toMatchObject([{ rule: 'port-valid', construct: 'shop/api', property: 'egressTo' }]);
        expect(app.platform.connections).toEqual([]);
      }
    },
  );

  it.each([
    ...['', ' ', '*', '*.com', 'a.*.org', '*.*.org', 'a b.org'],
    ...['metadata.google.internal', '*.google.internal', 'metadata.goog', 'metadata', 'instance-data'],
    ...['instance-data.ec2.internal', '*.ec2.internal', 'instance-data.eu-west-1.compute.internal'],
    ...['*.compute.internal', '*.eu-west-1.compute.internal', '*.internal'],
    ...['metadata.tencentyun.com', '*.tencentyun.com', 'api.metadata.cloud.ibm.com', '*.metadata.cloud.ibm.com'],
  ])('the name %j', (fqdn) => {
    const { app } = opened({ fqdn, ports: [443] });
    expect(errorsOf(app)).toMatchObject([{ rule: 'fqdn-policy', property: 'egressTo', value: fqdn }]);
    expect(app.platform.connections).toEqual([]);
  });

  it.each([
    'db.internal',
    'ec2.internal',
    'ip-10-0-0-1.ec2.internal',
    '*.data.internal',
    '*.ibm.example',
    'metadata.example.org',
  ])('no name of others: %j', (fqdn) => {
    expect(errorsOf(opened({ fqdn, ports: [443] }).app)).toEqual([]);
  });
});

describe('egressTo names', () => {
  it('is a CiliumNetworkPolicy whose DNS proxy sees the names', () => {
    const { app, egress } = opened({ fqdn: 'api.stripe.com', ports: [443] });
    expect(errorsOf(app)).toEqual([]);
    expect(egress()).toHaveLength(1);
    expect(objectOf(app, 'CiliumNetworkPolicy', 'api')).toMatchSnapshot();
  });

  it('opens DNS for an address block only where it is asked for', () => {
    const egress = (dns?: boolean) => {
      const { app, shop } = testNamespace();
      new SecureDeployment(shop, 'api', basics).egressTo({ cidr: '203.0.113.0/24', ports: [443], ...(dns && { dns }) });
      return (
        objectOf(app, 'NetworkPolicy', 'api').spec as { egress: readonly { ports: readonly { port: number }[] }[] }
      ).egress.flatMap(({ ports }) => ports.map(({ port }) => port));
    };
    expect(egress()).toEqual([443]);
    expect(egress(true).sort()).toEqual([443, 53, 53]);
  });

  it('puts every name of a workload into one policy', () => {
    const { app, shop } = testNamespace();
    const api = new SecureDeployment(shop, 'api', basics);
    api.egressTo({ fqdn: 'api.stripe.com', ports: [443] });
    api.egressTo({ fqdn: '*.example.org', ports: [80] });
    api.egressTo({ fqdn: 'api.stripe.com', ports: [80] });
    const policies = objectsOf(app).filter(({ kind }) => kind === 'CiliumNetworkPolicy');
    expect(policies).toHaveLength(1);
    expect((policies[0]!.spec as { egress: object[] }).egress.slice(1)).toEqual([
      {
        toFQDNs: [{ matchName: 'api.stripe.com' }],
        toPorts: [
          {
            ports: [
              { port: '443', protocol: 'TCP' },
              { port: '80', protocol: 'TCP' },
            ],
          },
        ],
      },
      { toFQDNs: [{ matchPattern: '*.example.org' }], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] },
    ]);
  });

  it('is a policy of Calico Enterprise, in the tier where what any policy allows is allowed', () => {
    const { app, shop } = testNamespace({ target: ClusterTarget.of('1.36', { cni: 'calico-enterprise' }) });
    const api = new SecureDeployment(shop, 'api', { ...basics, selector: { app: 'api', 'acme.example/tier': 'back' } });
    api.egressTo({ fqdn: 'api.stripe.com', ports: [443, { port: 8000, endPort: 8010, protocol: 'UDP' }] });
    api.egressTo({ fqdn: '*.example.org', ports: [80] });
    api.egressTo({
      fqdn: 'old.example.org',
      ports: [443],
      temporary: { expires: '2026-12-31', reason: 'until they have moved' },
    });
    expect(errorsOf(app)).toEqual([]);
    const calico = objectsOf(app).filter(({ apiVersion }) => apiVersion === 'projectcalico.org/v3');
    const selector = "app == 'api' && acme.example/tier == 'back'";
    const rule = (protocol: string, domain: string, port: number | string) => ({
      action: 'Allow',
      protocol,
      destination: { domains: [domain], ports: [port] },
    });
    expect(calico).toEqual([
      {
        apiVersion: 'projectcalico.org/v3',
        kind: 'NetworkPolicy',
        metadata: { name: 'api-names', namespace: 'shop', labels: expect.anything() },
        spec: {
          tier: 'default',
          selector,
          types: ['Egress'],
          egress: [
            rule('TCP', 'api.stripe.com', 443),
            rule('UDP', 'api.stripe.com', '8000:8010'),
            rule('TCP', '*.example.org', 80),
          ],
        },
      },
      {
        apiVersion: 'projectcalico.org/v3',
        kind: 'NetworkPolicy',
        metadata: {
          name: 'api-names-until-2026-12-31',
          namespace: 'shop',
          labels: expect.anything(),
          annotations: {
            'network.kube-bulwark.dev/expires': '2026-12-31',
            'network.kube-bulwark.dev/reason': 'until they have moved',
          },
        },
        spec: { tier: 'default', selector, types: ['Egress'], egress: [rule('TCP', 'old.example.org', 443)] },
      },
    ]);
    // DNS is the workload's own policy's.
    expect(JSON.stringify(objectOf(app, 'NetworkPolicy', 'api').spec)).toContain('"k8s-app":"kube-dns"');
  });

  it.each([
    ['calico', 'no policy that does'],
    ['antrea', 'NetworkPolicy, which is not written here'],
  ] as const)('is refused on %s', (cni, has) => {
    const { app, shop } = testNamespace({ target: ClusterTarget.of('1.36', { cni }) });
    new SecureDeployment(shop, 'api', basics).egressTo({ fqdn: 'api.stripe.com', ports: [443] });
    expect(errorsOf(app)).toEqual([
      {
        rule: 'fqdn-policy',
        severity: 'error',
        construct: 'shop/api',
        property: 'egressTo',
        value: 'api.stripe.com',
        message: `a NetworkPolicy knows no names, and the CNI of the target (${cni}) has ${has}`,
        remedy:
          "declare cni: 'cilium' or 'calico-enterprise' in the ClusterTarget if that is what runs, or open addresses: egressTo({ cidr, ports })",
      },
    ]);
  });
});
