import type { KubernetesObject } from '../../../core/manifest';
import { withNullItemsRead } from '../../../core/schema';
import { describeCluster, expectOk } from '../../support/control-plane';

const objects: readonly KubernetesObject[] = [
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    rules: [{ apiGroups: [null], resources: ['secrets', null], verbs: ['list'], resourceNames: [null] }],
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    spec: {
      podSelector: { matchLabels: { app: 'web' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'gateway' } } }], ports: [null] }, null],
    },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    aggregationRule: { clusterRoleSelectors: [null] },
  },
  {
    apiVersion: 'v1',
    kind: 'Pod',
    spec: {
      securityContext: { supplementalGroups: [null] },
      containers: [
        {
          name: 'a',
          image: 'registry.acme.example/a:1',
          args: [null],
          securityContext: { capabilities: { add: [null] } },
        },
      ],
    },
  },
];

describeCluster('null items', (cluster) => {
  it.each(objects)('of a $kind are read as the API server reads them', async (object) => {
    const namespace = await cluster().namespace('nulls');
    const metadata = {
      name: `nulls-${object.kind.toLowerCase()}`,
      ...(object.kind !== 'ClusterRole' && { namespace }),
    };
    const stored = expectOk(
      await cluster().client.create({ ...object, metadata } as KubernetesObject, { dryRun: true }),
    );
    const { apiVersion: _, kind: _kind, ...read } = withNullItemsRead(object);
    expect(stored).toMatchObject(read);
  });
});
