/** Policies of names are what a real API server takes, strictly, by Cilium's own definition of the kind. */
import { join } from 'node:path';
import { ClusterDns, ClusterTarget, type Egress, LockedNamespace, SecureDeployment } from '../../../index';
import { basics, objectsOf, testApp } from '../../support/app';
import { describeCluster, expectOk, VERSIONS } from '../../support/control-plane';
import { definitionsIn } from '../../support/corpus';
import { serveCustomKinds } from '../../support/custom-kinds';
import { goModule } from '../../support/go-module';

const source = goModule('cilium');
const definitions =
  'folder' in source
    ? definitionsIn(join(source.folder, 'pkg/k8s/apis/cilium.io/client/crds/v2/ciliumnetworkpolicies.yaml'))
    : [];

const temporary = { expires: '2026-12-31', reason: 'until the old API is gone' };
const names: Readonly<Record<string, readonly Egress[]>> = {
  'a name': [{ fqdn: 'api.stripe.com', ports: [443] }],
  'patterns, ranges and protocols': [
    { fqdn: '*.example.org', ports: [{ port: 8000, endPort: 8010 }, 443] },
    {
      fqdn: 'turn.example.org',
      ports: [
        { port: 3478, protocol: 'UDP' },
        { port: 2905, protocol: 'SCTP' },
      ],
    },
  ],
  'names that end': [
    { fqdn: 'api.stripe.com', ports: [443] },
    { fqdn: 'old.example.org', ports: [443], temporary },
  ],
};

const custom = ClusterDns.custom({
  peers: [{ podSelector: { matchLabels: { app: 'dns' } } }, { ipBlock: { cidr: '10.96.0.10/32' } }],
  ports: [{ protocol: 'UDP', port: 5353 }],
});

describe.each(VERSIONS)('on %s', (version) => {
  describeCluster(
    'policies of names',
    (cluster) => {
      serveCustomKinds(cluster, definitions, ['cilium.io/v2/ciliumnetworkpolicies']);

      it.each(Object.entries(names))('are taken as they are, twice, with %s', async (_, egress) => {
        const { client } = cluster();
        const namespace = await cluster().namespace('cilium');
        for (const dns of [undefined, custom]) {
          const app = testApp({ target: ClusterTarget.of('1.36', { cni: 'cilium', ...(dns && { dns }) }) });
          const api = new SecureDeployment(new LockedNamespace(app, namespace, { owner: 'x' }), 'api', basics);
          for (const each of egress) api.egressTo(each);
          const policies = objectsOf(app).filter(({ kind }) => kind === 'CiliumNetworkPolicy');
          expect(policies).toHaveLength(egress.some((each) => each.temporary) ? 2 : 1);
          for (const policy of policies) {
            const first = await client.apply(policy as never, { force: true });
            const second = await client.apply(policy as never, { force: true });
            expect([first.status <= 201, first.warnings, second.status, second.warnings]).toEqual([true, [], 200, []]);
            const stored = expectOk(await client.get(policy as never)) as { readonly spec?: unknown };
            expect(stored.spec).toEqual(policy.spec);
          }
        }
      });

      it('would be refused with a field that there is not', async () => {
        const wrong = {
          apiVersion: 'cilium.io/v2',
          kind: 'CiliumNetworkPolicy',
          metadata: { name: 'wrong', namespace: 'default' },
          spec: { endpointSelector: {}, egress: [{ toFQDN: [{ matchName: 'a.example.org' }] }] },
        };
        expect((await cluster().client.create(wrong)).status).toBeGreaterThanOrEqual(400);
      });
    },
    { version, unless: 'skipped' in source ? source : undefined },
  );
});
