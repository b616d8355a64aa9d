import { Pods } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import {
  BreakGlass,
  ClusterAuditor,
  ExistingGateway,
  ExistingNamespace,
  ExternalNetwork,
  ExternalWorkload,
  Gateway,
  Group,
  IngressController,
  Issuer,
  LockedNamespace,
  MutualTls,
  PrivateAuthority,
  Probe,
  SecureDeployment,
  TlsCertificate,
  TrustBundle,
  WorkloadGroup,
} from '../../../index';
import { basics, errorsOf, findingsOf, objectsOf, testApp } from '../../support/app';

const hostname = 'shop.example.org';

/** An environment with something of everything that can be given to something else. */
function environment() {
  const app = testApp();
  const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
  const edge = new LockedNamespace(app, 'edge', { owner: 'team-edge' });
  const deployment = (id: string) =>
    new SecureDeployment(shop, id, { ...basics, port: 8080, readiness: Probe.http('/ready') });
  const pods = new ExternalWorkload(new ExistingNamespace(app, 'controllers'), 'proxy', {
    selector: { app: 'proxy' },
    ports: [8080],
  });
  const authority = new PrivateAuthority(edge, 'internal', { signsFor: 'namespace' });
  const certificate = new TlsCertificate(shop, 'shop-tls', { issuer: Issuer.cluster('public'), dnsNames: [hostname] });
  const gateway = new ExistingGateway(edge, 'public', { pods, listeners: { [hostname]: 'https' } });
  const controller = new IngressController(app, 'ingress', { className: 'haproxy', implementation: 'haproxy', pods });
  const group = new Group(app, 'oncall', { name: 'oidc:oncall' });
  const network = new ExternalNetwork(app, 'office', { cidrs: ['203.0.113.0/24'], ports: [443] });
  const [web, api] = [deployment('web'), deployment('api')];
  return { app, shop, edge, web, api, pods, authority, certificate, gateway, controller, group, network };
}

type Environment = ReturnType<typeof environment>;

/** Of everything that takes constructs: what it does with those of an environment, for a staging of its own. */
const uses: readonly (readonly [
  property: string,
  given: (production: Environment) => Construct,
  use: (staging: Environment, production: Environment) => unknown,
])[] = [
  ['connectTo', ({ api }) => api, ({ web }, { api }) => web.connectTo(api)],
  ['connectTo', ({ api }) => api, ({ web }, { api }) => WorkloadGroup.of(web).connectTo(WorkloadGroup.of(api))],
  ['connectTo', ({ shop }) => shop, ({ web }, { shop }) => web.connectTo(shop, { port: 8080 })],
  ['connectTo', ({ pods }) => pods, ({ web }, { pods }) => web.connectTo(pods)],
  ['connectTo', ({ network }) => network, ({ web }, { network }) => web.connectTo(network)],
  ['exposeTo', ({ api }) => api, ({ web }, { api }) => web.exposeTo(api)],
  ['exposeTo', ({ api }) => api, ({ web }, { api }) => web.exposeTo(WorkloadGroup.of(api))],
  ['exposeTo', ({ shop }) => shop, ({ web }, { shop }) => web.exposeTo(shop)],
  ['exposeTo', ({ pods }) => pods, ({ web }, { pods }) => web.exposeTo(pods)],
  ['exposeTo', ({ network }) => network, ({ web }, { network }) => web.exposeTo(network)],
  ['exposeTo', ({ gateway }) => gateway, ({ web }, { gateway }) => web.exposeTo(gateway, { hostname })],
  [
    'exposeTo',
    ({ controller }) => controller,
    ({ web, certificate }, { controller }) => web.exposeTo(controller, { hostname, certificate }),
  ],
  [
    'exposeTo.certificate',
    ({ certificate }) => certificate,
    ({ web, controller }, { certificate }) => web.exposeTo(controller, { hostname, certificate }),
  ],
  [
    'metricsFrom[0]',
    ({ web }) => web,
    ({ shop }, { web }) => new MutualTls(shop, 'mesh', { mesh: 'istio', metricsFrom: [web] }),
  ],
  [
    'meshed[0]',
    ({ edge }) => edge,
    ({ shop }, { edge }) => new MutualTls(shop, 'mesh', { mesh: 'istio', meshed: [edge] }),
  ],
  [
    'namespaces[0]',
    ({ shop }) => shop,
    ({ edge, authority }, { shop }) => new TrustBundle(edge, 'trust', { authority, namespaces: [shop] }),
  ],
  [
    'authority',
    ({ authority }) => authority,
    ({ edge, shop }, { authority }) => new TrustBundle(edge, 'trust', { authority, namespaces: [shop] }),
  ],
  ...(['pods', "hosts['shop.example.org']", 'routesFrom[0]'] as const).map(
    (property) =>
      [
        property,
        ({ pods, certificate, shop }: Environment) =>
          property === 'pods' ? pods : property === 'routesFrom[0]' ? shop : certificate,
        (staging: Environment, production: Environment) =>
          new Gateway(staging.edge, 'own', {
            className: 'envoy',
            implementation: 'envoy-gateway',
            pods: (property === 'pods' ? production : staging).pods,
            hosts: { [hostname]: (property.startsWith('hosts') ? production : staging).certificate },
            routesFrom: [(property === 'routesFrom[0]' ? production : staging).shop],
          }),
      ] as const,
  ),
  [
    'pods',
    ({ pods }) => pods,
    ({ edge }, { pods }) => new ExistingGateway(edge, 'own', { pods, listeners: { [hostname]: 'https' } }),
  ],
  [
    'pods',
    ({ pods }) => pods,
    ({ app }, { pods }) => new IngressController(app, 'own', { className: 'nginx', implementation: 'haproxy', pods }),
  ],
  [
    'to[0]',
    ({ group }) => group,
    ({ shop }, { group }) =>
      new BreakGlass(shop, 'fire', {
        to: [group],
        may: ['read'],
        expires: '2026-11-23',
        reason: 'x',
        image: basics.image,
      }),
  ],
  ['to[0]', ({ group }) => group, ({ edge }, { group }) => new ClusterAuditor(edge, 'auditors', { to: [group] })],
];

describe('a construct of another app', () => {
  it.each(uses.map(([property, given, use], i) => [`${property} (${i})`, property, given, use] as const))(
    'is refused: %s',
    (_, property, given, use) => {
      const [staging, production] = [environment(), environment()];
      const before = objectsOf(production.app);
      use(staging, production);
      expect(errorsOf(staging.app)).toContainEqual(
        expect.objectContaining({
          rule: 'prop-valid',
          property,
          value: given(production).node.path,
          message: expect.stringContaining('is of another app'),
        }),
      );
      expect(errorsOf(production.app)).toEqual([]);
      expect(objectsOf(production.app)).toEqual(before);
    },
  );

  it.each(uses.map(([property, , use], i) => [`${property} (${i})`, use] as const))(
    'is what is refused there: %s',
    (_, use) => {
      const one = environment();
      use(one, one);
      expect(findingsOf(one.app).filter(({ message }) => message.includes('another app'))).toEqual([]);
    },
  );

  it('may be one of cdk8s-plus', () => {
    const [staging, production] = [environment(), environment()];
    staging.web.connectTo(Pods.all(production.shop, 'everyone'), { port: 8080 });
    expect(errorsOf(staging.app)).toMatchObject([{ rule: 'prop-valid', property: 'connectTo' }]);
  });

  it('is nothing that somebody could be let read', () => {
    const [staging, production] = [environment(), environment()];
    for (const thing of [production.web, production.shop])
      expect(() => staging.group.canRead(thing)).toThrow(
        /^oncall: canRead\(.*\): it is neither a workload nor a namespace of this app/,
      );
  });
});
