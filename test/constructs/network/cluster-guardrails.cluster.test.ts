/** The policies of the guardrails are what a real API server takes, strictly, by the definition of their kind. */
import { ClusterDns } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest';
import { guardrailPolicies } from '../../../core/network';
import { describeCluster, expectOk } from '../../support/control-plane';
import { corpusDefinitions } from '../../support/corpus';
import { serveCustomKinds } from '../../support/custom-kinds';

const { definitions, lack } = corpusDefinitions(['network-policy-api/clusternetworkpolicies.policy.networking.k8s.io']);

describeCluster(
  'guardrails',
  (cluster) => {
    serveCustomKinds(cluster, definitions, ['policy.networking.k8s.io/v1alpha2/clusternetworkpolicies']);

    const custom = ClusterDns.custom({
      peers: [{ podSelector: { matchLabels: { app: 'dns' } } }],
      ports: [{ protocol: 'UDP', port: 5353 }, { port: 'dns' }, { port: 8000, endPort: 8002 }],
    });
    const policies = guardrailPolicies(
      {
        metadata: { exceptNamespaces: ['cloud'] },
        system: { from: ['monitoring'] },
        tenants: { label: 'acme.example/tenant', names: ['blue', 'Red_1'] },
      },
      { dns: [ClusterDns.kubeDns(), custom] },
    );

    it.each(policies.map((policy) => [policy.metadata?.name ?? '', policy] as const))(
      'has %s as it is',
      async (_, policy) => {
        const { client } = cluster();
        try {
          const made = expectOk(await client.create<KubernetesObject>(policy));
          expect(made.spec).toEqual(policy.spec);
          expectOk(await client.apply(policy));
        } finally {
          await client.delete(policy as never);
        }
      },
    );

    it('would hear of a field that there is not', async () => {
      const [policy] = policies;
      const wrong = {
        ...policy,
        spec: { ...(policy?.spec as object), tier: 'Network' },
      } as unknown as KubernetesObject;
      expect((await cluster().client.create(wrong)).status).toBe(422);
    });
  },
  { unless: lack },
);
