/** Groups, whole namespaces, networks of others and openings that end, as a real API server takes them: strictly, and twice. */
import {
  ExistingNamespace,
  ExternalNetwork,
  ExternalWorkload,
  IngressController,
  Issuer,
  LockedNamespace,
  Probe,
  SecureDeployment,
  TlsCertificate,
  WorkloadGroup,
} from '../../../index';
import { basics, objectsOf, testApp } from '../../support/app';
import { describeCluster, expectOk, VERSIONS } from '../../support/control-plane';

const serving = { ...basics, port: 8080, ports: [{ port: 9090, name: 'metrics' }], readiness: Probe.http('/ready') };
const temporary = { expires: '2026-12-31', reason: 'until the old reports have moved' };

function everything(namespace: string) {
  const app = testApp();
  const shop = new LockedNamespace(app, namespace, { owner: 'team-shop' });
  const [web, api, ledger] = ['web', 'api', 'ledger'].map((name) => new SecureDeployment(shop, name, serving)) as [
    SecureDeployment,
    SecureDeployment,
    SecureDeployment,
  ];
  const west = new ExternalNetwork(app, 'west', {
    cidrs: ['10.128.0.0/14', 'fd00:8::/32'],
    except: ['10.129.0.0/16'],
    ports: [5432],
  });
  WorkloadGroup.of(web, api).connectTo(ledger, { temporary });
  ledger.connectTo(west, { temporary });
  ledger.exposeTo(west);
  api.connectTo(shop, { port: 'metrics' });
  api.exposeTo(shop);
  web.connectTo(new ExistingNamespace(app, 'kafka'), { port: 9404 });
  const controller = new IngressController(app, 'haproxy', {
    className: 'haproxy',
    implementation: 'haproxy',
    pods: new ExternalWorkload(new ExistingNamespace(app, 'edge'), 'haproxy-pods', { selector: { app: 'haproxy' } }),
  });
  const certificate = new TlsCertificate(shop, 'web-tls', {
    issuer: Issuer.cluster('public'),
    dnsNames: ['shop.example.org'],
  });
  web.exposeTo(controller, { hostname: 'shop.example.org', path: '/shop', certificate });
  web.egressTo({ cidr: '203.0.113.0/24', ports: [443], temporary: { ...temporary, expires: '2027-01-31' } });
  return { objects: objectsOf(app), required: app.platform.requiredPolicies.map(({ policy }) => policy) };
}

describe.each(VERSIONS)('on %s', (version) => {
  describeCluster(
    'openings',
    (cluster) => {
      it('are taken as they are, with what the owners of others are asked for', async () => {
        const { client } = cluster();
        const namespace = await cluster().namespace('openings');
        const { objects, required } = everything(namespace);
        const policies = objects.filter(({ kind }) => ['NetworkPolicy', 'Ingress'].includes(kind));
        expect(policies.filter(({ kind }) => kind === 'Ingress')).toHaveLength(1);
        expect(policies.map(({ metadata }) => metadata?.name).filter((name) => /until/.test(name ?? ''))).toEqual([
          'api-until-2026-12-31',
          'ledger-until-2026-12-31',
          'web-until-2026-12-31',
          'web-until-2027-01-31',
        ]);
        const others = required.map((policy) => ({ ...policy, metadata: { ...policy.metadata, namespace } }));
        expect(others).toHaveLength(2);
        for (const policy of [...policies, ...others]) {
          const first = await client.apply(policy as never);
          const second = await client.apply(policy as never);
          expect([first.status, first.warnings, second.status]).toEqual([201, [], 200]);
          const stored = expectOk(await client.get(policy as never));
          expect((stored as { readonly spec?: unknown }).spec).toEqual(policy.spec);
        }
      });
    },
    { version },
  );
});
