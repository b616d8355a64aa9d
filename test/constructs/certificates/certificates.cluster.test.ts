/** Certificates, bundles, Gateways and routes are what a real API server takes, strictly, by the definitions of their kinds. */
import type { KubernetesObject } from '../../../core/manifest';
import {
  ClusterTarget,
  ExistingGateway,
  ExistingNamespace,
  ExternalWorkload,
  Gateway,
  Issuer,
  LockedNamespace,
  PrivateAuthority,
  Probe,
  SecureDeployment,
  TlsCertificate,
  TrustBundle,
} from '../../../index';
import { basics, objectsOf, testApp } from '../../support/app';
import { describeCluster, eventually, expectOk } from '../../support/control-plane';
import { corpusDefinitions } from '../../support/corpus';
import { serveCustomKinds } from '../../support/custom-kinds';

const kinds = {
  'cert-manager/certificates.cert-manager.io': 'v1',
  'cert-manager/clusterissuers.cert-manager.io': 'v1',
  'cert-manager/issuers.cert-manager.io': 'v1',
  'trust-manager/bundles.trust.cert-manager.io': 'v1alpha1',
  'gateway-api/gateways.gateway.networking.k8s.io': 'v1',
  'gateway-api/grpcroutes.gateway.networking.k8s.io': 'v1',
  'gateway-api/httproutes.gateway.networking.k8s.io': 'v1',
  'gateway-api/referencegrants.gateway.networking.k8s.io': 'v1beta1',
};
const { definitions, lack } = corpusDefinitions(Object.keys(kinds));

/** All that certificates and Gateways may be told. */
function everything(): readonly KubernetesObject[] {
  const host = 'shop.example.org';
  const app = testApp({ target: ClusterTarget.of('1.36', { cni: 'cilium' }) });
  const redirecting = { rule: 'gateway-tls', reason: 'plain HTTP only redirects', expires: '2027-06-30' } as const;
  const edge = new LockedNamespace(app, 'tls-edge', { owner: 'team-edge', exceptions: [redirecting] });
  const shop = new LockedNamespace(app, 'tls-shop', { owner: 'team-shop' });
  const authority = new PrivateAuthority(shop, 'internal', { clusterResourceNamespace: 'tls-shop' });
  const own = new PrivateAuthority(shop, 'own', { signsFor: 'namespace' });
  const trust = new TrustBundle(shop, 'internal-trust', {
    authority,
    namespaces: [shop, edge],
    trustNamespace: 'tls-shop',
  });
  new TrustBundle(shop, 'labelled', { authority: own, namespaces: { trusts: 'own' }, trustNamespace: 'tls-shop' });
  const inside = new TlsCertificate(shop, 'web-tls', {
    issuer: own.issuer,
    service: 'web',
    dnsNames: ['web'],
    wildcards: { names: ['*.web.tls-shop.svc'], reason: 'a name for each pod' },
    uses: ['server', 'client'],
    key: 'RSA-4096',
    duration: '36h',
    renewBefore: '11h30m',
  });
  new TlsCertificate(shop, 'modern', { issuer: authority.issuer, dnsNames: ['modern.example.org'], key: 'Ed25519' });
  const outside = new TlsCertificate(shop, 'shop-cert', {
    issuer: Issuer.cluster('public'),
    dnsNames: [host, 'grpc.example.org'],
    key: 'ECDSA-P384',
  });
  const pods = new ExternalWorkload(new ExistingNamespace(app, 'envoy-system'), 'envoy', {
    selector: { app: 'envoy' },
  });
  const gateway = new Gateway(edge, 'public', {
    className: 'nginx',
    implementation: 'nginx-gateway-fabric',
    pods,
    hosts: { [host]: outside, 'grpc.example.org': outside },
    redirectHttp: true,
  });
  const web = new SecureDeployment(shop, 'web', {
    ...basics,
    port: 8443,
    readiness: Probe.tcp(),
    secrets: [...inside.files({ folder: '/etc/web/tls', reload: { restartedWithin: '11h' } })],
    mounts: { '/etc/trust': trust.mountIn(shop) },
  });
  web.exposeTo(gateway, { hostname: host, path: '/api' });
  web.exposeTo(gateway, { hostname: 'grpc.example.org', grpc: true });
  const platform = new ExistingGateway(new ExistingNamespace(app, 'platform'), 'main', {
    pods,
    listeners: { '*.example.net': 'https' },
    redirectListener: 'http',
    httpsPort: 8443,
  });
  web.exposeTo(platform, { hostname: 'shop.example.net' });
  return objectsOf(app);
}

describeCluster(
  'certificates and Gateways',
  (cluster) => {
    serveCustomKinds(
      cluster,
      definitions,
      Object.entries(kinds).map(([name, version]) => {
        const [plural = '', ...group] = name.slice(name.indexOf('/') + 1).split('.');
        return `${group.join('.')}/${version}/${plural}`;
      }),
    );

    // Another file of tests may have brought a smaller definition.
    beforeAll(async () => {
      for (const definition of definitions) expectOk(await cluster().client.apply(definition, { force: true }));
    });

    const objects = everything();
    const custom = objects.filter(({ apiVersion }) => /cert-manager\.io|gateway\.networking/.test(apiVersion));

    it('are of every kind', () => {
      const found = new Set(custom.map(({ kind }) => kind.toLowerCase()));
      const wanted = Object.keys(kinds).map((name) => name.slice(name.indexOf('/') + 1).split('s.')[0]);
      expect([...found].sort()).toEqual(wanted.sort());
    });

    it('are taken as they are, with all that is around them', async () => {
      const { client } = cluster();
      const made: KubernetesObject[] = [];
      try {
        for (const object of objects) {
          // The server makes this one by itself.
          const isDefault = object.kind === 'ServiceAccount' && object.metadata?.name === 'default';
          if (isDefault)
            await eventually('the ServiceAccount of the server', async () =>
              (await client.get(object)).status === 200 ? true : undefined,
            );
          const answer = isDefault
            ? await client.apply<KubernetesObject>(object, { force: true })
            : await client.create<KubernetesObject>(object);
          expect([object.kind, object.metadata?.name, answer.status, answer.status < 300 ? '' : answer.body]).toEqual([
            object.kind,
            object.metadata?.name,
            isDefault ? 200 : 201,
            '',
          ]);
          made.unshift(object);
          if (custom.includes(object)) expect(answer.body).toMatchObject({ spec: object.spec as object });
        }
      } finally {
        for (const object of made) await client.delete(object as never);
      }
    }, 120_000);

    it.each<[string, string, (spec: Record<string, unknown>) => object]>([
      [
        'Certificate',
        'a policy for keys that there is not',
        (spec) => ({ ...spec, privateKey: { rotationPolicy: 'Sometimes' } }),
      ],
      ['Certificate', 'a usage that there is not', (spec) => ({ ...spec, usages: ['serving'] })],
      ['Bundle', 'a source that there is not', (spec) => ({ ...spec, sources: [{ vault: { name: 'a' } }] })],
      [
        'Gateway',
        'two listeners of one name',
        (spec) => ({ ...spec, listeners: [(spec.listeners as object[])[1], (spec.listeners as object[])[1]] }),
      ],
      [
        'HTTPRoute',
        'a path that climbs',
        (spec) => ({ ...spec, rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/a/../b' } }] }] }),
      ],
      [
        'ReferenceGrant',
        'a name of a gateway, which there is none for',
        (spec) => ({ ...spec, from: [{ ...(spec.from as object[])[0], name: 'public' }] }),
      ],
    ])('would hear of a %s with %s', async (kind, _, change) => {
      const object = custom.find((each) => each.kind === kind) as KubernetesObject;
      const metadata = { name: 'wrong', ...(object.metadata?.namespace !== undefined && { namespace: 'default' }) };
      const wrong = { ...object, metadata, spec: change(object.spec as Record<string, unknown>) } as KubernetesObject;
      expect([400, 422]).toContain((await cluster().client.create(wrong)).status);
    });
  },
  { unless: lack, own: true },
);
