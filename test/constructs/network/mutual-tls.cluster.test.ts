/** What MutualTls writes is what a real API server takes, strictly, by the definitions of Istio, Linkerd and the Gateway API; and pods with a proxy are admitted. */
import { randomBytes } from 'node:crypto';
import type { KubernetesObject } from '../../../core/manifest';
import {
  ClusterTarget,
  ExistingNamespace,
  ExternalWorkload,
  LockedNamespace,
  type MeshName,
  MutualTls,
  Probe,
  SecureDeployment,
} from '../../../index';
import { meshedBoutiqueObjects } from '../../examples/boutique';
import { deployObjects, podsOf } from '../../examples/deploy';
import { basics, objectsOf, testApp } from '../../support/app';
import { describeCluster, expectOk } from '../../support/control-plane';
import { corpusDefinitions } from '../../support/corpus';
import { serveCustomKinds } from '../../support/custom-kinds';

const { definitions, lack } = corpusDefinitions([
  'istio/authorizationpolicies.security.istio.io',
  'istio/peerauthentications.security.istio.io',
  'linkerd/authorizationpolicies.policy.linkerd.io',
  'linkerd/meshtlsauthentications.policy.linkerd.io',
  'linkerd/networkauthentications.policy.linkerd.io',
  'linkerd/servers.policy.linkerd.io',
  'gateway-api/httproutes.gateway.networking.k8s.io',
]);

/** All that a mesh may be told: ports in the clear, metrics, HTTP probes beside gRPC ones, namespaces of others. */
function everything(mesh: MeshName, name: string): readonly KubernetesObject[] {
  const target = ClusterTarget.of('1.36', {
    cni: 'cilium',
    meshPlugin: mesh === 'linkerd' ? 'linkerd-cni' : 'istio-cni',
  });
  const app = testApp({ target });
  const shop = new LockedNamespace(app, name, { owner: 'team-shop' });
  const monitoring = new ExistingNamespace(app, 'monitoring');
  const prometheus = new ExternalWorkload(monitoring, 'prometheus', {
    selector: { app: 'p' },
    serviceAccountName: 'p',
  });
  const mtls = new MutualTls(app, 'mtls', {
    mesh,
    meshed: [monitoring],
    ...(mesh !== 'istio-ambient' && { metricsFrom: [prometheus] }),
  });
  const web = new SecureDeployment(shop, 'web', {
    ...basics,
    port: 8080,
    ports: [{ port: 9090, name: 'metrics' }],
    readiness: Probe.grpc(),
    liveness: Probe.http('/up?all=1'),
    exceptions: [
      {
        rule: ['mesh-plaintext'],
        reason: 'the probes of the load balancer have no identity',
        expires: '2027-01-31',
        ticket: 'T-1',
      },
    ],
  });
  web.exposeTo(monitoring, { port: 'metrics' });
  mtls.allowPlaintext(web, { port: 8080 });
  return objectsOf(app);
}

describeCluster(
  'mutual TLS',
  (cluster) => {
    jest.setTimeout(120_000);
    serveCustomKinds(cluster, definitions, [
      'security.istio.io/v1/authorizationpolicies',
      'security.istio.io/v1/peerauthentications',
      'policy.linkerd.io/v1alpha1/authorizationpolicies',
      'policy.linkerd.io/v1alpha1/meshtlsauthentications',
      'policy.linkerd.io/v1alpha1/networkauthentications',
      'policy.linkerd.io/v1beta3/servers',
      'gateway.networking.k8s.io/v1/httproutes',
    ]);

    describe.each(['istio', 'istio-ambient', 'linkerd'] as const)('of %s', (mesh) => {
      const namespaces: string[] = [];
      const fresh = () => {
        const name = `mesh-${randomBytes(4).toString('hex')}`;
        namespaces.push(name);
        return name;
      };
      afterAll(async () => {
        for (const name of namespaces)
          await cluster().client.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      });

      it.each([
        ['Online Boutique', meshedBoutiqueObjects],
        ['everything it may be told', everything],
      ] as const)('is applied for %s, and read back as it was sent', async (_, make) => {
        const name = fresh();
        const { objects, answers } = await deployObjects(cluster(), name, make(mesh, name));
        const said = answers.map(({ request, status, message, warnings }) => ({ request, status, message, warnings }));
        expect(said.filter(({ status, warnings }) => status > 201 || warnings.length > 0)).toEqual([]);
        const custom = objects.filter(({ apiVersion }) => /istio|linkerd|gateway/.test(apiVersion ?? ''));
        expect(custom.length).toBeGreaterThan(2);
        for (const object of custom) {
          const stored = expectOk(await cluster().client.get<KubernetesObject>(object as never));
          expect(stored.spec).toMatchObject(object.spec as object);
        }
      });
    });

    it('leaves room for the proxies, which a restricted namespace takes with the plugin and not without', async () => {
      const name = `mesh-${randomBytes(4).toString('hex')}`;
      const { client } = cluster();
      try {
        const { objects } = await deployObjects(cluster(), name, meshedBoutiqueObjects('istio', name));
        const statuses: number[] = [];
        for (const pod of podsOf(objects, name).values())
          statuses.push((await client.create(withProxy(pod, {}), { dryRun: true })).status);
        expect(statuses).toEqual(Array(12).fill(201));
        const [pod] = podsOf(objects, name).values();
        const without = await client.create(withProxy(pod as KubernetesObject, { add: ['NET_ADMIN', 'NET_RAW'] }), {
          dryRun: true,
        });
        expect([without.status, without.message]).toEqual([403, expect.stringContaining('NET_ADMIN')]);
      } finally {
        await client.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      }
    });
  },
  { unless: lack },
);

/** A pod as Istio's injector makes it where its plugin is there: the proxy is a sidecar of Kubernetes'. */
function withProxy(pod: KubernetesObject, capabilities: object): KubernetesObject {
  const spec = pod.spec as unknown as { readonly initContainers?: readonly object[] };
  const annotations = pod.metadata?.annotations ?? {};
  const proxy = {
    name: 'istio-proxy',
    image: 'registry.example/istio/proxyv2:1.31.0',
    restartPolicy: 'Always',
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'], ...capabilities },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsGroup: 1337,
      runAsNonRoot: true,
      runAsUser: 1337,
    },
    resources: {
      requests: { cpu: annotations['sidecar.istio.io/proxyCPU'], memory: annotations['sidecar.istio.io/proxyMemory'] },
      limits: { memory: annotations['sidecar.istio.io/proxyMemoryLimit'] },
    },
  };
  return {
    ...pod,
    spec: { ...spec, initContainers: [proxy, ...(spec.initContainers ?? [])] },
  } as unknown as KubernetesObject;
}
