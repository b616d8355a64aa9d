import { NetworkMatrix } from '../../../../core/network/reach/matrix';
import {
  ExistingNamespace,
  ExternalWorkload,
  IngressController,
  type IngressControllerProps,
  type IngressOptions,
  Issuer,
  LockedNamespace,
  Probe,
  SecureDeployment,
  TlsCertificate,
} from '../../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf, testApp } from '../../../support/app';

const hostname = 'shop.example.org';
const issuer = Issuer.cluster('public');

function scene(props: Partial<IngressControllerProps> = {}) {
  const app = testApp();
  const edge = new ExistingNamespace(app, 'edge');
  const pods = new ExternalWorkload(edge, 'haproxy-pods', { selector: { app: 'haproxy' } });
  const controller = new IngressController(app, 'haproxy', {
    className: 'haproxy',
    implementation: 'haproxy',
    pods,
    ...props,
  });
  const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
  const certificate = new TlsCertificate(shop, 'shop-tls', {
    issuer,
    dnsNames: [hostname],
    wildcards: { names: ['*.shop.example.org'], reason: 'a host for each customer' },
  });
  const web = new SecureDeployment(shop, 'web', {
    ...basics,
    port: { port: 8080, servicePort: 80 },
    ports: [{ port: 9090, name: 'admin' }],
    readiness: Probe.http('/ready'),
  });
  return { app, edge, shop, controller, certificate, web };
}

describe('exposeTo an IngressController', () => {
  it('writes an Ingress with TLS, over HTTPS alone, and lets the pods of the controller in', () => {
    const { app, controller, certificate, web } = scene();
    web.exposeTo(controller, { hostname, certificate });
    expect(errorsOf(app)).toEqual([]);
    expect(objectOf(app, 'Ingress', 'web-shop-example-org')).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: 'web-shop-example-org',
        namespace: 'shop',
        labels: { 'app.kubernetes.io/name': 'web' },
        annotations: { 'haproxy.org/ssl-redirect': 'true' },
      },
      spec: {
        ingressClassName: 'haproxy',
        tls: [{ hosts: [hostname], secretName: 'shop-tls' }],
        rules: [
          {
            host: hostname,
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
            },
          },
        ],
      },
    });
    const matrix = new NetworkMatrix([
      ...objectsOf(app),
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'haproxy', namespace: 'edge', labels: { app: 'haproxy' } },
        spec: { containers: [] },
      },
    ] as never);
    const [row] = [...matrix.rows({ from: 'edge/haproxy', to: 'shop/web' })];
    expect(row?.certain.text).toBe('TCP 8080');
    expect(findingsOf(app).filter(({ rule }) => rule.startsWith('ingress'))).toEqual([]);
    expect(app.platform.requiredPolicies.map(({ namespace }) => namespace)).toEqual(['edge']);
  });

  it('routes a path, and another port of the pods', () => {
    const { app, controller, certificate, web } = scene();
    web.exposeTo(controller, { hostname: 'eu.shop.example.org', path: '/admin', port: 'admin', certificate });
    expect(errorsOf(app)).toEqual([]);
    expect(objectOf(app, 'Ingress', 'web-eu-shop-example-org-admin').spec).toMatchObject({
      rules: [{ http: { paths: [{ path: '/admin', backend: { service: { port: { number: 9090 } } } }] } }],
    });
  });

  it.each([
    ['cilium', { 'ingress.cilium.io/force-https': 'enabled' }],
    ['contour', { 'ingress.kubernetes.io/force-ssl-redirect': 'true' }],
    ['kong', { 'konghq.com/protocols': 'https', 'konghq.com/https-redirect-status-code': '301' }],
    [
      'traefik',
      {
        'traefik.ingress.kubernetes.io/router.entrypoints': 'websecure',
        'traefik.ingress.kubernetes.io/router.tls': 'true',
      },
    ],
    [{ annotations: { 'nginx.org/redirect-to-https': 'true' } }, { 'nginx.org/redirect-to-https': 'true' }],
    [{ annotations: {} }, undefined],
  ] as const)('says to %j how plain HTTP is kept out', (implementation, annotations) => {
    const { app, controller, certificate, web } = scene({ implementation, className: 'public' });
    web.exposeTo(controller, { hostname, certificate });
    expect(errorsOf(app)).toEqual([]);
    expect(objectOf(app, 'Ingress', 'web-shop-example-org').metadata?.annotations).toEqual(annotations);
  });

  it('refuses a second route of the same requests', () => {
    const { app, shop, controller, certificate, web } = scene();
    const other = new SecureDeployment(shop, 'other', { ...basics, port: 8080, readiness: Probe.tcp() });
    web.exposeTo(controller, { hostname, path: '/api', certificate });
    other.exposeTo(controller, { hostname, path: '/api/', certificate });
    other.exposeTo(controller, { hostname, path: '/apis', certificate });
    expect(errorsOf(app).map(({ construct, message }) => [construct, message])).toEqual([
      [
        'shop/other',
        'shop/web has shop.example.org/api/ at haproxy already: which of the two answers depends on their age',
      ],
    ]);
  });

  it('names each Ingress, though the names of workloads and hosts add up to the same', () => {
    const { app, shop, controller, certificate, web } = scene();
    const other = new SecureDeployment(shop, 'web-shop', { ...basics, port: 8080, readiness: Probe.tcp() });
    web.exposeTo(controller, { hostname: `shop.${hostname}`, certificate });
    other.exposeTo(controller, { hostname, certificate });
    expect(errorsOf(app)).toEqual([]);
    const found = objectsOf(app).filter(({ kind }) => kind === 'Ingress');
    expect(found.map(({ metadata }) => metadata?.name).sort()).toEqual([
      'web-shop-shop-example-org',
      'web-shop-shop-example-org-2',
    ]);
  });

  it('has a name of its own for each path', () => {
    const { app, controller, certificate, web } = scene();
    web.exposeTo(controller, { hostname, path: '/a/b', certificate });
    web.exposeTo(controller, { hostname, path: '/a-b', certificate });
    expect(errorsOf(app)).toEqual([]);
    expect(objectOf(app, 'Ingress', 'web-shop-example-org-a-b-2').spec).toMatchObject({
      rules: [{ http: { paths: [{ path: '/a-b' }] } }],
    });
  });

  it('warns of the retired controller', () => {
    const { app, controller, certificate, web } = scene({
      className: 'nginx',
      implementation: { annotations: { 'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true' } },
    });
    web.exposeTo(controller, { hostname, certificate });
    const found = findingsOf(app).filter(({ construct }) => construct === 'haproxy');
    expect(found.map(({ severity, message }) => [severity, message])).toEqual([
      ['warning', 'they are of ingress-nginx, which gets no security fixes any more'],
    ]);
    expect(objectOf(app, 'Ingress', 'web-shop-example-org').spec).toMatchObject({ ingressClassName: 'nginx' });
  });

  it.each([
    ['bad key!', /is no name of an annotation/],
    ['a/b/c', /is no name of an annotation/],
    ['kubernetes.io/ingress.class', /says the class once more/],
  ])('refuses the annotation %p, for which the API server would refuse each Ingress', (key, message) => {
    const { app, controller, certificate, web } = scene({ implementation: { annotations: { [key]: 'x' } } });
    web.exposeTo(controller, { hostname, certificate });
    const errors = errorsOf(app);
    expect(errors.map(({ construct, property }) => [construct, property])).toEqual([
      ['haproxy', 'implementation.annotations'],
    ]);
    expect(errors[0]?.message).toMatch(message);
  });

  it('takes annotations in capitals, as the API server does', () => {
    const { app } = scene({ implementation: { annotations: { 'Example.org/sslRedirect': 'true' } } });
    expect(errorsOf(app)).toEqual([]);
  });

  it.each<[string, (made: ReturnType<typeof scene>) => object, string, RegExp]>([
    [
      'a host without a domain',
      ({ certificate }) => ({ hostname: 'shop', certificate }),
      'hostname',
      /is no name of a host/,
    ],
    ['an address', ({ certificate }) => ({ hostname: '203.0.113.1', certificate }), 'hostname', /is an address/],
    [
      'a host that the certificate is not for',
      ({ certificate }) => ({ hostname: 'bank.example.org', certificate }),
      'certificate',
      /is not for bank.example.org/,
    ],
    [
      'a host two parts below its star',
      ({ certificate }) => ({ hostname: 'a.b.shop.example.org', certificate }),
      'certificate',
      /is not for a.b.shop.example.org/,
    ],
    [
      'a certificate of another namespace',
      ({ app }) => {
        const other = new LockedNamespace(app, 'other', { owner: 'x' });
        return { hostname, certificate: new TlsCertificate(other, 'tls', { issuer, dnsNames: [hostname] }) };
      },
      'certificate',
      /is in namespace other, and an Ingress of shop cannot read it/,
    ],
    ['a Secret by its name', () => ({ hostname, certificate: 'shop-tls' }), 'certificate', /is not a TlsCertificate/],
    ['no certificate', () => ({ hostname }), 'certificate', /is missing/],
    ['a path with dots', ({ certificate }) => ({ hostname, certificate, path: '/a/../b' }), 'path', /has a part/],
    ['gRPC', ({ certificate }) => ({ hostname, certificate, grpc: true }), 'grpc', /there is no prop "grpc"/],
  ])('refuses %s, and opens nothing', (_, options, property, message) => {
    const made = scene();
    made.web.exposeTo(made.controller, options(made) as IngressOptions);
    const errors = errorsOf(made.app);
    expect(errors.map((error) => [error.construct, error.property])).toEqual([['shop/web', `exposeTo.${property}`]]);
    expect(errors[0]?.message).toMatch(message);
    expect(made.app.platform.connections).toEqual([]);
  });

  it('refuses a workload without a Service', () => {
    const { app, shop, controller, certificate } = scene();
    const bare = new SecureDeployment(shop, 'bare', { ...basics, port: 8080, service: false, readiness: Probe.tcp() });
    bare.exposeTo(controller, { hostname, certificate });
    expect(errorsOf(app).map(({ message }) => message)).toEqual([
      'shop/bare has no Service that an Ingress could lead to',
    ]);
  });

  it('refuses a port that is not there', () => {
    const { app, controller, certificate, web } = scene();
    web.exposeTo(controller, { hostname, certificate, port: 'grpc' });
    expect(errorsOf(app).map(({ rule, message }) => [rule, message])).toEqual([
      ['connection-port', 'shop/web has no port grpc'],
    ]);
  });

  it.each<[string, object, string]>([
    ['no class', { className: '' }, 'className'],
    ['a class that is none', { className: 'HAProxy!' }, 'className'],
    ['an unknown implementation', { implementation: 'ngnix' }, 'implementation'],
    ['no pods', { pods: undefined }, 'pods'],
    ['a misspelt prop', { class: 'haproxy' }, 'class'],
  ])('refuses a controller with %s, and writes nothing for it', (_, props, property) => {
    const { app, controller, certificate, web } = scene(props as Partial<IngressControllerProps>);
    web.exposeTo(controller, { hostname, certificate });
    expect(errorsOf(app).map((error) => [error.construct, error.property])).toEqual([['haproxy', property]]);
    expect(app.platform.connections).toEqual([]);
  });

  it('ends where the opening does', () => {
    const { app, controller, certificate, web } = scene();
    const temporary = { expires: '2026-12-31', reason: 'until the partners have moved' };
    web.exposeTo(controller, { hostname, certificate, temporary });
    web.exposeTo(controller, {
      hostname,
      certificate,
      path: '/old',
      temporary: { ...temporary, expires: '2026-11-20' },
    });
    const findings = findingsOf(app).filter(({ rule }) => rule !== 'external-policy');
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([['opening-expiry', 'warning']]);
    expect(objectsOf(app).filter(({ kind }) => kind === 'Ingress')).toEqual([
      expect.objectContaining({
        metadata: expect.objectContaining({
          name: 'web-shop-example-org-until-2026-12-31',
          annotations: {
            'haproxy.org/ssl-redirect': 'true',
            'network.kube-bulwark.dev/expires': '2026-12-31',
            'network.kube-bulwark.dev/reason': 'until the partners have moved',
          },
        }),
      }),
    ]);
    expect(objectOf(app, 'NetworkPolicy', 'web-until-2026-12-31')).toBeDefined();
  });

  it('refuses a second controller of its class, at which hosts would be taken twice', () => {
    const { app, controller } = scene();
    const again = new IngressController(app, 'again', {
      className: 'haproxy',
      implementation: 'haproxy',
      pods: controller.pods as ExternalWorkload,
    });
    new IngressController(app, 'other', { className: 'traefik', implementation: 'haproxy', pods: again.pods! });
    expect(errorsOf(app).map(({ construct, property, message }) => [construct, property, message])).toEqual([
      [
        'again',
        'className',
        'haproxy declares this class already, and which of two Ingresses answers for a host depends on their age',
      ],
    ]);
  });
});
