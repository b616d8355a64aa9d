import { evaluate, type Finding, type KubernetesObject } from '../../../../core';
import { NetworkMatrix } from '../../../../core/network/reach/matrix';
import {
  ClusterTarget,
  ExistingGateway,
  ExistingNamespace,
  ExternalWorkload,
  Gateway,
  type GatewayProps,
  Issuer,
  LockedNamespace,
  Probe,
  SecureDeployment,
  type SecureWorkload,
  TlsCertificate,
} from '../../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf, testApp } from '../../../support/app';

const issuer = Issuer.cluster('public');
const host = 'shop.example.org';
const redirecting = { rule: 'gateway-tls', reason: 'plain HTTP only redirects', expires: '2027-06-30' } as const;

/** A Gateway in a namespace of its own, and a shop behind it. */
function site(props: Partial<GatewayProps> & { readonly certificateIn?: 'edge' | 'shop' } = {}) {
  const { certificateIn = 'edge', ...rest } = props;
  const app = testApp();
  const edge = new LockedNamespace(app, 'edge', {
    owner: 'team-edge',
    exceptions: rest.redirectHttp ? [redirecting] : [],
  });
  const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
  const pods = new ExternalWorkload(new ExistingNamespace(app, 'envoy-system'), 'envoy', {
    selector: { app: 'envoy' },
  });
  const certificate = new TlsCertificate({ edge, shop }[certificateIn], 'shop-cert', { issuer, dnsNames: [host] });
  const gateway = new Gateway(edge, 'public', {
    className: 'envoy',
    implementation: 'envoy-gateway',
    pods,
    hosts: { [host]: certificate },
    ...rest,
  });
  const web = deployment(shop, 'web');
  return { app, edge, shop, pods, certificate, gateway, web };
}

function deployment(scope: LockedNamespace, id: string): SecureWorkload {
  return new SecureDeployment(scope, id, {
    ...basics,
    port: { port: 8080, servicePort: 80 },
    ports: [{ port: 9090, name: 'grpc', appProtocol: 'kubernetes.io/h2c' }],
    readiness: Probe.tcp(),
  });
}

interface Listener {
  readonly name: string;
  readonly protocol: string;
  readonly tls?: { readonly options?: object; readonly certificateRefs: readonly object[] };
  readonly allowedRoutes: object;
}

const listenersOf = (app: ReturnType<typeof testApp>) =>
  (objectOf(app, 'Gateway', 'public').spec as { readonly listeners: readonly Listener[] }).listeners;

const faultsOf = (findings: readonly Finding[]) =>
  findings.map(({ rule, property, message }) => [rule, property, message]);

/** Of each prop, what it does. */
const effects: Readonly<Record<keyof Required<GatewayProps>, () => void>> = {
  className: () => {
    expect(objectOf(site({ className: 'istio' }).app, 'Gateway', 'public').spec).toMatchObject({
      gatewayClassName: 'istio',
    });
  },
  implementation: () => {
    const optionsOf = (implementation: GatewayProps['implementation']) =>
      listenersOf(site({ implementation }).app).map(({ tls }) => tls?.options);
    for (const named of ['envoy-gateway', 'istio', 'cilium'] as const) expect(optionsOf(named)).toEqual([undefined]);
    expect(optionsOf('nginx-gateway-fabric')).toEqual([{ 'nginx.org/ssl-protocols': 'TLSv1.2 TLSv1.3' }]);
    const tlsOptions = { 'acme.example/tls': '1.2' };
    expect(optionsOf({ tlsOptions })).toEqual([tlsOptions]);
  },
  pods: () => {
    const { app, gateway, web } = site();
    web.exposeTo(gateway, { hostname: host });
    expect(JSON.stringify(objectOf(app, 'NetworkPolicy', 'web').spec)).toContain('"app":"envoy"');
  },
  hosts: () => {
    const { app, edge, pods } = site();
    const wide = new TlsCertificate(edge, 'wide', {
      issuer,
      dnsNames: ['a.example.net', 'b.example.net'],
      wildcards: { names: ['*.apps.example.net'], reason: 'a host for each preview' },
    });
    const hosts = { 'a.example.net': wide, 'b.example.net': wide, '*.apps.example.net': wide };
    new Gateway(edge, 'other', { className: 'envoy', implementation: 'envoy-gateway', pods, hosts });
    expect(objectOf(app, 'Gateway', 'other').spec).toMatchObject({
      listeners: [
        { name: 'https-a-example-net', hostname: 'a.example.net' },
        { name: 'https-b-example-net', hostname: 'b.example.net' },
        { name: 'https-any-apps-example-net', hostname: '*.apps.example.net' },
      ],
    });
  },
  redirectHttp: () => {
    const { app } = site({ redirectHttp: true });
    expect(listenersOf(app).map(({ protocol }) => protocol)).toEqual(['HTTP', 'HTTPS']);
    expect(objectOf(app, 'HTTPRoute', 'public-redirect')).toMatchObject({
      metadata: { namespace: 'edge' },
      spec: {
        parentRefs: [{ name: 'public', sectionName: 'http' }],
        hostnames: [host],
        rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
      },
    });
  },
  routesFrom: () => {
    const { app, edge, pods, certificate } = site();
    const other = new ExistingNamespace(app, 'other');
    new Gateway(edge, 'wide', {
      className: 'envoy',
      implementation: 'istio',
      pods,
      hosts: { [host]: certificate },
      routesFrom: [other],
    });
    expect(JSON.stringify(objectOf(app, 'Gateway', 'wide').spec)).toContain('"values":["other"]');
  },
};

describe('Gateway', () => {
  it('ends TLS with a certificate of its host, for routes of one namespace', () => {
    const { app, gateway, web } = site();
    web.exposeTo(gateway, { hostname: host });
    expect(objectOf(app, 'Gateway', 'public').spec).toEqual({
      gatewayClassName: 'envoy',
      listeners: [
        {
          name: 'https-shop-example-org',
          hostname: host,
          port: 443,
          protocol: 'HTTPS',
          tls: { mode: 'Terminate', certificateRefs: [{ kind: 'Secret', name: 'shop-cert' }] },
          allowedRoutes: {
            namespaces: {
              from: 'Selector',
              selector: {
                matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['shop'] }],
              },
            },
          },
        },
      ],
    });
    expect(findingsOf(app).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('is what all of its output says', () => {
    const { app, gateway, web } = site({ redirectHttp: true, certificateIn: 'shop' });
    web.exposeTo(gateway, { hostname: host, path: '/shop' });
    expect(objectsOf(app)).toMatchSnapshot();
    expect(app.platform.requiredPolicies).toMatchSnapshot();
  });

  it.each(Object.entries(effects))('has an effect for %s', (_, effect) => {
    effect();
  });

  it('takes no route of another namespace while nothing is exposed to it', () => {
    expect(listenersOf(site().app)[0]?.allowedRoutes).toEqual({ namespaces: { from: 'Same' } });
  });

  it('takes routes at each host from those alone that are exposed there', () => {
    const { app, edge, pods, shop } = site();
    const both = new TlsCertificate(edge, 'both', { issuer, dnsNames: ['a.example.net', 'b.example.net'] });
    const hosts = { 'a.example.net': both, 'b.example.net': both };
    const gateway = new Gateway(edge, 'two', { className: 'envoy', implementation: 'istio', pods, hosts });
    deployment(shop, 'a').exposeTo(gateway, { hostname: 'a.example.net' });
    deployment(new LockedNamespace(app, 'blog', { owner: 'team-blog' }), 'b').exposeTo(gateway, {
      hostname: 'b.example.net',
    });
    const { listeners } = objectOf(app, 'Gateway', 'two').spec as { readonly listeners: readonly Listener[] };
    expect(
      listeners.map(({ allowedRoutes }) => JSON.stringify(allowedRoutes).match(/"values":(\[.*?\])/)?.[1]),
    ).toEqual(['["shop"]', '["blog"]']);
  });

  it('reads the certificate of another namespace, and lets that namespace say which', () => {
    const { app } = site({ certificateIn: 'shop' });
    expect(listenersOf(app)[0]?.tls?.certificateRefs).toEqual([
      { kind: 'Secret', name: 'shop-cert', namespace: 'shop' },
    ]);
    expect(objectOf(app, 'ReferenceGrant', 'shop-cert-edge')).toEqual({
      apiVersion: 'gateway.networking.k8s.io/v1beta1',
      kind: 'ReferenceGrant',
      metadata: { name: 'shop-cert-edge', namespace: 'shop' },
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'edge' }],
        to: [{ group: '', kind: 'Secret', name: 'shop-cert' }],
      },
    });
    expect(objectsOf(site().app).filter(({ kind }) => kind === 'ReferenceGrant')).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, readonly (readonly [string, RegExp])[]]>([
    ['no class', { className: 'Not a name' }, [['className', /no name of a GatewayClass/]]],
    ['an implementation that nobody knows', { implementation: 'traefik' }, [['implementation', /is not/]]],
    [
      'no word of TLS versions',
      { implementation: { tlsOptions: {} } },
      [['implementation.tlsOptions', /nothing says/]],
    ],
    ['no host', { hosts: {} }, [['hosts', /no host/]]],
    [
      'no certificate',
      { hosts: { [host]: 'shop-cert' } },
      [
        ["hosts['shop.example.org']", /is not a TlsCertificate/],
        ['hosts', /no host/],
      ],
    ],
    ['no pods', { pods: undefined }, [['pods', /is missing/]]],
    ['namespaces by name', { routesFrom: ['shop'] }, [['routesFrom[0]', /is not a namespace/]]],
    ['what it does not know', { tlsMinimum: '1.1' }, [['tlsMinimum', /there is no prop/]]],
  ])('refuses %s', (_, props, expected) => {
    const { app } = site(props as Partial<GatewayProps>);
    expect(faultsOf(errorsOf(app))).toEqual(
      expected.map(([property, message]) => ['prop-valid', property, expect.stringMatching(message)]),
    );
  });

  it.each<[string, string, object, RegExp]>([
    ['of another host', 'blog.example.org', { dnsNames: [host] }, /not for blog\.example\.org/],
    [
      'of a name two parts above',
      'a.b.example.org',
      { dnsNames: ['example.org'], wildcards: { names: ['*.example.org'], reason: 'previews of the shop' } },
      /not for a\.b/,
    ],
    ['of a client', host, { dnsNames: [host], uses: ['client'] }, /no server/],
    ['that browsers do not take', host, { dnsNames: [host], key: 'Ed25519' }, /browsers take no/],
    ['for an address', '192.0.2.1', { dnsNames: [host] }, /is an address/],
  ])('refuses a certificate %s', (_, hostname, props, message) => {
    const { app, edge, pods } = site();
    const wrong = new TlsCertificate(edge, 'wrong', { issuer, ...props });
    new Gateway(edge, 'other', { className: 'envoy', implementation: 'istio', pods, hosts: { [hostname]: wrong } });
    expect(faultsOf(errorsOf(app))).toEqual([['prop-valid', `hosts['${hostname}']`, expect.stringMatching(message)]]);
  });

  it('is in a namespace of its own', () => {
    expect(() => new Gateway(testApp() as never, 'public', {} as never)).toThrow(/no namespace of its own/);
  });
});

describe('exposeTo a Gateway', () => {
  const only = (object: KubernetesObject) => ({ kind: object.kind, spec: object.spec });

  it('routes HTTP at the listener of HTTPS, and opens the port for its pods alone', () => {
    const { app, gateway, web } = site();
    web.exposeTo(gateway, { hostname: host, path: '/api' });
    expect(only(objectOf(app, 'HTTPRoute', 'web-shop-example-org-api'))).toEqual({
      kind: 'HTTPRoute',
      spec: {
        parentRefs: [
          {
            group: 'gateway.networking.k8s.io',
            kind: 'Gateway',
            namespace: 'edge',
            name: 'public',
            sectionName: 'https-shop-example-org',
          },
        ],
        hostnames: [host],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: '/api' } }],
            backendRefs: [{ kind: 'Service', name: 'web', port: 80 }],
          },
        ],
      },
    });
    expect(objectOf(app, 'NetworkPolicy', 'web').spec).toMatchObject({
      ingress: [
        {
          from: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'envoy-system' } },
              podSelector: { matchLabels: { app: 'envoy' } },
            },
          ],
          ports: [{ protocol: 'TCP', port: 8080 }],
        },
      ],
    });
    expect(app.platform.connections).toEqual([{ from: 'envoy-system/envoy', to: 'shop/web', ports: '8080' }]);
    expect(app.platform.requiredPolicies.map(({ namespace }) => namespace)).toEqual(['envoy-system']);
  });

  it('routes gRPC to another port', () => {
    const { app, gateway, web } = site();
    web.exposeTo(gateway, { hostname: host, grpc: true, port: 'grpc' });
    expect(objectOf(app, 'GRPCRoute', 'web-shop-example-org').spec).toMatchObject({
      parentRefs: [{ sectionName: 'https-shop-example-org' }],
      rules: [{ backendRefs: [{ kind: 'Service', name: 'web', port: 9090 }] }],
    });
    expect(JSON.stringify(objectOf(app, 'NetworkPolicy', 'web').spec)).toContain('"port":9090');
  });

  it('is seen by bulwark network: the pods of the Gateway, and nobody else', () => {
    const { app, gateway, web, shop } = site();
    deployment(shop, 'other');
    web.exposeTo(gateway, { hostname: host });
    const envoy = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'envoy-1', namespace: 'envoy-system', labels: { app: 'envoy' } },
      spec: { containers: [{ name: 'envoy', image: 'envoy' }] },
    };
    const stranger = { ...envoy, metadata: { ...envoy.metadata, name: 'stranger', labels: { app: 'stranger' } } };
    const objects = [...objectsOf(app), envoy, stranger] as KubernetesObject[];
    const rows = [...new NetworkMatrix(objects).rows()].filter(({ to }) => to.includes('shop/'));
    expect(rows.map(({ from, to, certain }) => [from, to, certain.text])).toEqual([
      ['envoy-system/envoy-1', 'shop/web', 'TCP 8080'],
    ]);
  });

  it.each<[string, object, readonly (readonly [string, RegExp])[]]>([
    ['no host', {}, [['exposeTo.hostname', /is missing/]]],
    [
      'a host that no listener is for',
      { hostname: 'blog.example.org' },
      [['exposeTo.hostname', /no listener of HTTPS/]],
    ],
    ['an address', { hostname: '192.0.2.1' }, [['exposeTo.hostname', /is an address/]]],
    ['a name without a domain', { hostname: 'shop' }, [['exposeTo.hostname', /within a domain/]]],
    ['a path that is none', { hostname: host, path: 'api' }, [['exposeTo.path', /begin with a slash/]]],
    ['a path with a hidden slash', { hostname: host, path: '/a%2Fb' }, [['exposeTo.path', /%2f/]]],
    ['a path that climbs', { hostname: host, path: '/a/../b' }, [['exposeTo.path', /part \. or \.\./]]],
    ['a path of gRPC', { hostname: host, path: '/api', grpc: true }, [['exposeTo.path', /knows no paths/]]],
    ['what it does not know', { hostname: host, tls: false }, [['exposeTo.tls', /there is no prop/]]],
    ['a port that there is not', { hostname: host, port: 1 }, [['exposeTo', /has no port 1/]]],
  ])('refuses %s', (_, options, expected) => {
    const { app, gateway, web } = site();
    web.exposeTo(gateway, options as never);
    expect(errorsOf(app).map(({ property, message }) => [property, message])).toEqual(
      expected.map(([property, message]) => [property, expect.stringMatching(message)]),
    );
  });

  it('refuses two answers to the same request', () => {
    const { app, gateway, web, shop } = site();
    const other = deployment(shop, 'other');
    web.exposeTo(gateway, { hostname: host, path: '/api' });
    other.exposeTo(gateway, { hostname: host, path: '/apis' });
    expect(errorsOf(app)).toEqual([]);
    other.exposeTo(gateway, { hostname: host, path: '/api' });
    other.exposeTo(gateway, { hostname: host, grpc: true, port: 'grpc' });
    expect(faultsOf(errorsOf(app))).toEqual([
      ['prop-valid', 'exposeTo', expect.stringMatching(/shop\/web has shop\.example\.org\/api/)],
      ['prop-valid', 'exposeTo', expect.stringMatching(/HTTP and gRPC of/)],
    ]);
  });

  it('takes a path with and without a slash at its end for one', () => {
    const { app, gateway, web, shop } = site();
    web.exposeTo(gateway, { hostname: host, path: '/api' });
    deployment(shop, 'other').exposeTo(gateway, { hostname: host, path: '/api/' });
    expect(faultsOf(errorsOf(app))).toEqual([
      ['prop-valid', 'exposeTo', expect.stringMatching(/shop\/web has shop\.example\.org\/api/)],
    ]);
  });

  it('names each route, though their paths or hosts come to one name', () => {
    const { app, edge, pods, certificate, gateway, web } = site();
    const other = new Gateway(edge, 'inside', {
      className: 'envoy',
      implementation: 'envoy-gateway',
      pods,
      hosts: { [host]: certificate },
    });
    web.exposeTo(gateway, { hostname: host, path: '/a/b' });
    web.exposeTo(gateway, { hostname: host, path: '/a-b' });
    web.exposeTo(other, { hostname: host, path: '/a/b' });
    const routes = objectsOf(app).filter(({ kind }) => kind === 'HTTPRoute');
    expect(routes.map(({ metadata }) => metadata?.name)).toEqual([
      'web-shop-example-org-a-b',
      'web-shop-example-org-a-b-2',
      'web-shop-example-org-a-b-3',
    ]);
    expect(errorsOf(app)).toEqual([]);
  });

  it('refuses a host that the star of the certificate is not for', () => {
    const { app, edge, pods, web } = site();
    const hostname = '*.apps.example.org';
    const wildcards = { names: [hostname], reason: 'a host for each preview' } as const;
    const wide = new TlsCertificate(edge, 'wide', { issuer, wildcards });
    const gateway = new Gateway(edge, 'wide-gateway', {
      className: 'envoy',
      implementation: 'envoy-gateway',
      pods,
      hosts: { [hostname]: wide },
    });
    web.exposeTo(gateway, { hostname });
    web.exposeTo(gateway, { hostname: 'a.apps.example.org' });
    expect(errorsOf(app)).toEqual([]);
    web.exposeTo(gateway, { hostname: 'a.b.apps.example.org' });
    expect(faultsOf(errorsOf(app))).toEqual([
      ['prop-valid', 'exposeTo.hostname', expect.stringContaining('is not for a.b.apps.example.org')],
    ]);
  });

  it('refuses a workload without a Service', () => {
    const { app, gateway, shop } = site();
    const web = new SecureDeployment(shop, 'bare', { ...basics, port: 8080, readiness: Probe.tcp(), service: false });
    web.exposeTo(gateway, { hostname: host });
    expect(faultsOf(errorsOf(app))).toEqual([
      ['prop-valid', 'exposeTo.hostname', expect.stringContaining('no Service that a route could lead to')],
    ]);
  });
});

describe('ExistingGateway', () => {
  function platformGateway(props: object = {}) {
    const app = testApp();
    const edge = new ExistingNamespace(app, 'edge');
    const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
    const pods = new ExternalWorkload(edge, 'envoy', { selector: { app: 'envoy' } });
    const gateway = new ExistingGateway(edge, 'public', {
      pods,
      listeners: { '*.example.org': 'https-wild', 'shop.example.org': 'https-shop' },
      ...props,
    });
    return { app, gateway, shop, web: deployment(shop, 'web') };
  }

  it('is what all of its output says, and nothing of the Gateway is', () => {
    const { app, gateway, web } = platformGateway({ name: 'main', redirectListener: 'http', httpsPort: 8443 });
    web.exposeTo(gateway, { hostname: host });
    web.exposeTo(gateway, { hostname: 'blog.example.org' });
    const objects = objectsOf(app).filter(({ kind }) => ['Gateway', 'HTTPRoute', 'GRPCRoute'].includes(kind));
    expect(
      objects.map(({ kind, metadata, spec }) => [
        kind,
        metadata?.name,
        (spec as { parentRefs: { name: string; sectionName: string }[] }).parentRefs.map(
          (ref) => `${ref.name} ${ref.sectionName}`,
        ),
      ]),
    ).toEqual([
      ['HTTPRoute', 'web-blog-example-org', ['main https-wild']],
      ['HTTPRoute', 'web-blog-example-org-redirect', ['main http']],
      ['HTTPRoute', 'web-shop-example-org', ['main https-shop']],
      ['HTTPRoute', 'web-shop-example-org-redirect', ['main http']],
    ]);
    expect(objects[1]?.spec).toMatchObject({
      rules: [{ filters: [{ requestRedirect: { scheme: 'https', statusCode: 301, port: 8443 } }] }],
    });
    expect(findingsOf(app).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  describe('for a time', () => {
    const temporary = { expires: '2026-12-31', reason: 'until the partners have moved' };
    const ends = {
      annotations: {
        'network.kube-bulwark.dev/expires': '2026-12-31',
        'network.kube-bulwark.dev/reason': 'until the partners have moved',
      },
    };

    it('is routed, redirected and let in by objects that say when they end', () => {
      const { app, gateway, web } = platformGateway({ redirectListener: 'http' });
      web.exposeTo(gateway, { hostname: host, temporary });
      expect(errorsOf(app)).toEqual([]);
      for (const [kind, name] of [
        ['HTTPRoute', 'web-shop-example-org-until-2026-12-31'],
        ['HTTPRoute', 'web-shop-example-org-redirect-until-2026-12-31'],
        ['NetworkPolicy', 'web-until-2026-12-31'],
      ] as const)
        expect(objectOf(app, kind, name).metadata).toMatchObject(ends);
      expect(JSON.stringify(objectOf(app, 'NetworkPolicy', 'web'))).not.toContain('envoy');
    });

    it('has a redirect as long as any route of the host', () => {
      const { app, gateway, web } = platformGateway({ redirectListener: 'http' });
      web.exposeTo(gateway, { hostname: host, path: '/old', temporary });
      web.exposeTo(gateway, { hostname: host, path: '/older', temporary: { ...temporary, expires: '2026-12-01' } });
      const redirects = () =>
        objectsOf(app)
          .filter((object) => JSON.stringify(object).includes('RequestRedirect'))
          .map(({ metadata }) => metadata?.name)
          .sort();
      expect(redirects()).toEqual(['web-shop-example-org-redirect-until-2026-12-31']);
      web.exposeTo(gateway, { hostname: host });
      web.exposeTo(gateway, { hostname: host, path: '/more', temporary: { ...temporary, expires: '2027-01-31' } });
      expect(redirects()).toEqual(['web-shop-example-org-redirect', 'web-shop-example-org-redirect-until-2026-12-31']);
    });

    it('is gone after its day, which is a warning', () => {
      const { app, gateway, web } = platformGateway({ redirectListener: 'http' });
      web.exposeTo(gateway, { hostname: host, temporary: { ...temporary, expires: '2026-11-20' } });
      expect(findingsOf(app).map(({ rule, severity, property }) => [rule, severity, property])).toEqual([
        ['opening-expiry', 'warning', 'exposeTo.temporary.expires'],
      ]);
      expect(objectsOf(app).filter(({ kind }) => kind === 'HTTPRoute')).toEqual([]);
      expect(app.platform.connections).toEqual([]);
    });

    it.each([
      [{ expires: '2026-13-01', reason: temporary.reason }, 'exposeTo.temporary.expires'],
      [{ expires: '2027-12-31', reason: temporary.reason }, 'exposeTo.temporary.expires'],
      [{ expires: '2026-12-31', reason: 'why' }, 'exposeTo.temporary.reason'],
    ])('refuses %j', (wrong, property) => {
      const { app, gateway, web } = platformGateway({});
      web.exposeTo(gateway, { hostname: host, temporary: wrong });
      expect(errorsOf(app).map((error) => [error.rule, error.property])).toEqual([['opening-expiry', property]]);
    });
  });

  it('redirects a host once, and not where nothing is said of plain HTTP', () => {
    const { app, gateway, web } = platformGateway({ redirectListener: 'http' });
    web.exposeTo(gateway, { hostname: host });
    web.exposeTo(gateway, { hostname: host, path: '/grpc-web', port: 'grpc' });
    const redirects = objectsOf(app).filter(({ metadata }) => metadata?.name?.endsWith('-redirect'));
    expect(redirects).toHaveLength(1);
    const plain = platformGateway();
    plain.web.exposeTo(plain.gateway, { hostname: host });
    expect(objectsOf(plain.app).filter(({ kind }) => kind === 'HTTPRoute')).toHaveLength(1);
  });

  it('redirects a host whose path is called as the redirect is', () => {
    const { app, gateway, web } = platformGateway({ redirectListener: 'http' });
    web.exposeTo(gateway, { hostname: host, path: '/redirect' });
    const redirects = objectsOf(app).filter((object) => JSON.stringify(object).includes('RequestRedirect'));
    expect(redirects.map(({ metadata }) => metadata?.name)).toEqual(['web-shop-example-org-redirect-2']);
  });

  it('may read a certificate of ours', () => {
    const { app, gateway, shop } = platformGateway();
    const certificate = new TlsCertificate(shop, 'shop-cert', { issuer, dnsNames: [host] });
    certificate.readBy(gateway);
    certificate.readBy(gateway);
    expect(objectsOf(app).filter(({ kind }) => kind === 'ReferenceGrant')).toHaveLength(1);
  });

  it.each<[string, object, readonly (readonly [string, RegExp])[]]>([
    ['a name that is none', { name: 'Main' }, [['name', /no name of a Gateway/]]],
    ['no listeners', { listeners: {} }, [['listeners', /nothing can be attached/]]],
    ['a listener of no host', { listeners: { '*': 'https' } }, [["listeners['*']", /no name of a host/]]],
    [
      'a listener that is none',
      { listeners: { [host]: 'HTTPS!' } },
      [["listeners['shop.example.org']", /no name of a listener/]],
    ],
    ['a redirect at no listener', { redirectListener: 'HTTP!' }, [['redirectListener', /no name of a listener/]]],
    ['a redirect of HTTPS', { redirectListener: 'https-shop' }, [['redirectListener', /the listener of HTTPS/]]],
    ['a port that is none', { httpsPort: 70_000 }, [['httpsPort', /no port/]]],
    ['no pods', { pods: 'envoy' }, [['pods', /is not an ExternalWorkload/]]],
    ['what it does not know', { hosts: {} }, [['hosts', /there is no prop/]]],
  ])('refuses %s', (_, props, expected) => {
    expect(faultsOf(errorsOf(platformGateway(props).app))).toEqual(
      expected.map(([property, message]) => ['prop-valid', property, expect.stringMatching(message)]),
    );
  });
});

describe('the rules', () => {
  it('pass what comes out, and fire on copies that are weaker', () => {
    const { app, gateway, web } = site();
    web.exposeTo(gateway, { hostname: host });
    const whole = objectOf(app, 'Gateway', 'public');
    const rulesOf = (listener: object) => {
      const spec = { ...(whole.spec as object), listeners: [{ ...listenersOf(app)[0], ...listener }] };
      const object = JSON.parse(JSON.stringify({ ...whole, spec })) as KubernetesObject;
      const { findings } = evaluate([{ object }], { target: ClusterTarget.of('1.36'), today: '2026-11-21' });
      return findings.map(({ rule }) => rule);
    };
    expect(rulesOf({})).toEqual([]);
    expect(rulesOf({ allowedRoutes: { namespaces: { from: 'All' } } })).toEqual(['gateway-routes']);
    expect(rulesOf({ allowedRoutes: { namespaces: { from: 'Selector', selector: {} } } })).toEqual(['gateway-routes']);
    expect(rulesOf({ protocol: 'HTTP', tls: undefined })).toEqual(['gateway-tls']);
  });

  it('ask for an exception where plain HTTP redirects', () => {
    const app = testApp();
    const edge = new LockedNamespace(app, 'edge', { owner: 'team-edge' });
    const pods = new ExternalWorkload(edge, 'envoy', { selector: { app: 'envoy' } });
    const certificate = new TlsCertificate(edge, 'cert', { issuer, dnsNames: [host] });
    new Gateway(edge, 'public', {
      className: 'envoy',
      implementation: 'istio',
      pods,
      hosts: { [host]: certificate },
      redirectHttp: true,
    });
    expect(
      findingsOf(app)
        .filter(({ severity }) => severity !== 'info')
        .map(({ rule }) => rule),
    ).toEqual(['gateway-tls']);
  });
});
