import {
  ClusterTarget,
  ExternalNetwork,
  type ExternalNetworkProps,
  MutualTls,
  Probe,
  SecureDeployment,
} from '../../../index';
import { basics, errorsOf, objectOf, objectsOf, testNamespace } from '../../support/app';

const serving = { ...basics, port: 8080, ports: [{ port: 9090, name: 'metrics' }], readiness: Probe.http('/ready') };

function scene(props?: Partial<ExternalNetworkProps>) {
  const { app, shop } = testNamespace();
  const west = new ExternalNetwork(app, 'west', { cidrs: ['10.128.0.0/14', 'fd00:8::/32'], ports: [5432], ...props });
  return { app, shop, west, api: new SecureDeployment(shop, 'api', serving) };
}
const spec = (app: Parameters<typeof objectOf>[0]) =>
  objectOf(app, 'NetworkPolicy', 'api').spec as { readonly ingress?: unknown; readonly egress?: unknown };
const blocks = [{ ipBlock: { cidr: '10.128.0.0/14' } }, { ipBlock: { cidr: 'fd00:8::/32' } }];

describe('ExternalNetwork', () => {
  it('is let in by its addresses, on one port', () => {
    const { app, api, west } = scene();
    api.exposeTo(west, { port: 'metrics' });
    expect(errorsOf(app)).toEqual([]);
    expect(spec(app)).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'api' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: blocks, ports: [{ protocol: 'TCP', port: 9090 }] }],
    });
    expect(app.platform.connections).toEqual([{ from: 'west', to: 'shop/api', ports: '9090' }]);
    expect(app.platform.requiredPolicies).toEqual([]);
  });

  it('is connected to on its port, without DNS', () => {
    const { app, api, west } = scene();
    api.connectTo(west);
    expect(errorsOf(app)).toEqual([]);
    expect(spec(app).egress).toEqual([{ to: blocks, ports: [{ protocol: 'TCP', port: 5432 }] }]);
    expect(app.platform.connections).toEqual([{ from: 'shop/api', to: 'west', ports: '5432' }]);
  });

  it('leaves out what is excepted, of the block that it lies in, and the metadata addresses', () => {
    const { app, api, west } = scene({ cidrs: ['10.128.0.0/14', '169.254.0.0/16'], except: ['10.129.0.0/16'] });
    api.connectTo(west);
    const [{ to }] = spec(app).egress as [
      { readonly to: readonly { readonly ipBlock: { readonly except: readonly string[] } }[] },
    ];
    expect(to[0]?.ipBlock.except).toEqual(['10.129.0.0/16']);
    expect(to[1]?.ipBlock.except).toContain('169.254.169.254/32');
    expect(to[1]?.ipBlock.except).not.toContain('10.129.0.0/16');
  });

  it('emits nothing itself', () => {
    const { app } = scene();
    expect(objectsOf(app).filter(({ metadata }) => /west/.test(metadata?.name ?? ''))).toEqual([]);
  });

  it.each<[string, object, string, RegExp]>([
    ['everybody', { cidrs: ['0.0.0.0/0'] }, 'cidrs', /is everybody/],
    ['everybody by IPv6', { cidrs: ['::/0'] }, 'cidrs', /is everybody/],
    ['no block', { cidrs: ['10.0.0.300/8'] }, 'cidrs', /is no CIDR/],
    ['an address inside of a block', { cidrs: ['10.1.2.3/8'] }, 'cidrs', /not the block/],
    ['nothing', { cidrs: [] }, 'cidrs', /has no address/],
    ['no prop at all', { cidrs: undefined }, 'cidrs', /is missing|required/],
    ['an exception outside', { except: ['192.168.0.0/16'] }, 'except', /is no part of 10.128.0.0\/14, fd00:8::\/32/],
    [
      'an exception outside of the one block',
      { cidrs: ['10.0.0.0/8'], except: ['11.0.0.0/8'] },
      'except',
      /is no part of 10.0.0.0\/8/,
    ],
    ['an exception of all of it', { cidrs: ['10.0.0.0/8'], except: ['10.0.0.0/8'] }, 'except', /all of 10.0.0.0\/8/],
    [
      'an exception of more than one of its blocks',
      { cidrs: ['10.0.0.0/8', '10.1.2.0/24'], except: ['10.1.0.0/16'] },
      'except',
      /10.1.0.0\/16 is all of 10.1.2.0\/24, of which nothing would be left/,
    ],
    ['a misspelt prop', { cidr: '10.0.0.0/8' }, 'cidr', /./],
  ])('refuses %s, and opens nothing', (_, props, property, message) => {
    const { app, api, west } = scene(props as Partial<ExternalNetworkProps>);
    api.exposeTo(west);
    api.connectTo(west, { port: 5432 });
    const errors = errorsOf(app).filter(({ construct }) => construct === 'west');
    expect(errors.map((error) => error.property)).toEqual([property]);
    expect(errors[0]?.message).toMatch(message);
  });

  it('has no port that it does not declare', () => {
    const { app, api, west } = scene();
    api.connectTo(west, { port: 3306 });
    expect(errorsOf(app).map(({ rule, message, remedy }) => [rule, message, remedy])).toEqual([
      ['connection-port', 'west has no port 3306', 'it has tcp-5432 (5432)'],
    ]);
  });

  it.each<[string, NonNullable<ExternalNetworkProps['ports']>[0]]>([
    ['0', 0],
    ['no number that a port has', 70_000],
    ['a protocol that policies do not know', { port: 80, protocol: 'ICMP' as 'TCP' }],
  ])('refuses the port %s', (_, port) => {
    const { app } = scene({ ports: [5432, port] });
    expect(errorsOf(app).map(({ rule, property }) => [rule, property])).toEqual([['port-valid', 'ports']]);
  });

  it('has no identity in a mesh: it is let in by its addresses where the port lets plain text in', () => {
    const make = (isOpen: boolean) => {
      const { app, shop } = testNamespace({
        target: ClusterTarget.of('1.36', { cni: 'cilium', meshPlugin: 'istio-cni' }),
      });
      const mtls = new MutualTls(app, 'mtls', { mesh: 'istio' });
      const api = new SecureDeployment(shop, 'api', serving);
      api.exposeTo(new ExternalNetwork(app, 'west', { cidrs: ['10.128.0.0/14'] }));
      if (isOpen) mtls.allowPlaintext(api, { port: 8080 });
      return errorsOf(app).map(({ rule, message, remedy }) => ({ rule, message, remedy }));
    };
    expect(make(false)).toEqual([
      {
        rule: 'mesh-identity',
        message: 'west has addresses and no identity, so that shop/api does not let it in on 8080',
        remedy: 'open the one port to those without an identity: allowPlaintext(api, { port: 8080 })',
      },
    ]);
    expect(make(true).map(({ rule }) => rule)).toEqual(['mesh-plaintext']);
  });
});
