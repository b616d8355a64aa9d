import type { KubernetesObject } from '../../core/manifest';
import type { PodSpec } from '../../core/manifest/pod';
import { type ApiObject, describeCluster, eventually, expectOk, VERSIONS } from '../support/control-plane';
import { itUnless } from '../support/lack';
import { lostFields } from '../support/lost-fields';
import { stateOf } from '../support/state-of';
import { boutiqueObjects, byName, upstreamLack, upstreamObjects } from './boutique';
import { applyAll, deployForAll, podsOf, quotaOf, settle, TARGETS } from './deploy';

const upstream = upstreamObjects();

/** The least that a pod of the namespace must say; what it is given is up to the test. */
function hardenedPod(namespace: string, name: string, resources?: object): KubernetesObject {
  const container = {
    name: 'main',
    image: 'registry.example/app:1',
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    ...(resources && { resources }),
  };
  const securityContext = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name },
    spec: { securityContext, containers: [container] },
  };
}

for (const version of VERSIONS) {
  describeCluster(
    'the example',
    (cluster) => {
      const shop = deployForAll(cluster);

      it('is applied as a whole by server-side apply with strict validation, without a warning', () => {
        const said = shop().answers.map(({ request, status, message, warnings }) => ({
          request,
          status,
          message,
          warnings,
        }));
        expect(said.filter(({ status, warnings }) => status > 201 || warnings.length > 0)).toEqual([]);
        expect(said).toHaveLength(72);
      });

      it('is the same when it is applied again', async () => {
        await settle(cluster(), shop());
        const before = await Promise.all(shop().objects.map((object) => cluster().client.get(object)));
        const again = await applyAll(cluster(), shop().objects);
        const states = (answers: typeof again) => answers.map((answer) => stateOf(expectOk(answer)));
        expect(states(again)).toEqual(states(before));
        expect(again.map(({ status }) => status)).toEqual(shop().objects.map(() => 200));
      });

      it('is read back with every field that was sent', async () => {
        for (const object of shop().objects) {
          const stored = expectOk(await cluster().client.get(object));
          expect([stored.kind, stored.metadata.name, lostFields(object, stored)]).toEqual([
            object.kind,
            object.metadata?.name,
            [],
          ]);
        }
      });

      it('has pods that are accepted without a warning, in a dry run and in earnest', async () => {
        const pods = [...podsOf(shop().objects, shop().namespace).values()];
        expect(pods).toHaveLength(12);
        for (const options of [{ dryRun: true }, {}]) {
          for (const pod of pods) {
            const { status, message, warnings, body } = await cluster().client.create(pod, options);
            expect([pod.metadata?.name, status, message, warnings]).toEqual([pod.metadata?.name, 201, '', []]);
            expect(lostFields(pod, body)).toEqual([]);
          }
        }
        for (const pod of pods) expectOk(await cluster().client.delete(pod));
      });

      itUnless(
        upstreamLack,
        "refuses every pod of upstream's, each for its missing seccomp profile and nothing else",
        async () => {
          const pods = podsOf(upstream, shop().namespace);
          const refusals: Record<string, string> = {};
          for (const [name, pod] of pods) {
            const { status, message } = await cluster().client.create(pod, { dryRun: true });
            refusals[name] = `${status} ${message.replace(/^pods "[\w-]+" is forbidden: /, '')}`;
          }
          const containers = (name: string) =>
            ({ 'redis-cart': '"redis"', loadgenerator: '"frontend-check", "main"' })[name] ?? '"server"';
          const plural = (name: string) => (name === 'loadgenerator' ? 'containers' : 'container');
          expect(refusals).toEqual(
            Object.fromEntries(
              [...byName(upstream, 'Deployment').keys()].map((name) => [
                name,
                `403 violates PodSecurity "restricted:v${TARGETS[version]}": seccompProfile (pod or ${plural(name)} ${containers(name)} ` +
                  'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
              ]),
            ),
          );
          for (const pod of pods.values()) {
            const spec = pod.spec as PodSpec;
            const securityContext = { ...spec.securityContext, seccompProfile: { type: 'RuntimeDefault' as const } };
            const mended = { ...pod, spec: { ...spec, securityContext } };
            expect(await cluster().client.create(mended, { dryRun: true })).toMatchObject({
              status: 201,
              warnings: [],
            });
          }
        },
      );

      it('refuses a container above the most memory', async () => {
        const memory = { memory: '5Gi', 'ephemeral-storage': '1Mi' };
        const pod = hardenedPod(shop().namespace, 'large', { requests: { cpu: '1m', ...memory }, limits: memory });
        expect(await cluster().client.create(pod, { dryRun: true })).toMatchObject({
          status: 403,
          message: expect.stringContaining('maximum memory usage per Container is 4Gi, but limit is 5Gi'),
        });
      });

      it('gives defaults to a container that names nothing', async () => {
        const answer = await cluster().client.create<{ readonly spec: PodSpec }>(
          hardenedPod(shop().namespace, 'plain'),
          {
            dryRun: true,
          },
        );
        expect(expectOk(answer).spec.containers[0]?.resources).toEqual({
          requests: { cpu: '50m', memory: '128Mi', 'ephemeral-storage': '128Mi' },
          limits: { memory: '128Mi', 'ephemeral-storage': '128Mi' },
        });
      });

      it.each([
        ['NodePort', 'services.nodeports=1'],
        ['LoadBalancer', 'services.loadbalancers=1'],
      ])('refuses a Service of type %s', async (type, asked) => {
        const spec = { type, selector: { a: 'b' }, ports: [{ port: 80 }] };
        const metadata = { namespace: shop().namespace, name: 'door' };
        const answer = await cluster().client.create({ apiVersion: 'v1', kind: 'Service', metadata, spec });
        expect(answer).toMatchObject({ status: 403, message: expect.stringContaining('exceeded quota: quota') });
        expect(answer.message).toContain(asked);
      });
    },
    { version },
  );
}

describeCluster('the example with its controllers', (cluster) => {
  const shop = deployForAll(cluster);

  it("gets the pods of every Deployment, and nobody's pod is refused", async () => {
    type Status = {
      readonly status?: { readonly conditions?: readonly { readonly type: string; readonly message: string }[] };
    };
    await settle(cluster(), shop());
    for (const deployment of shop().objects.filter(({ kind }) => kind === 'Deployment')) {
      const { status } = expectOk(await cluster().client.get<ApiObject & Status>(deployment));
      expect(status?.conditions?.filter(({ type }) => type === 'ReplicaFailure')).toEqual([]);
    }
  });

  it('leaves room for all that a rollout needs, and refuses one pod too many by the name of the quota', async () => {
    await settle(cluster(), shop());
    const { namespace } = shop();
    const used = await eventually('the quota to count the 22 pods', async () => {
      const { status } = await quotaOf(cluster(), namespace);
      return status?.used?.pods === '22' ? status.used : undefined;
    });
    expect(used.pods).toBe('22');
    for (const pod of podsOf(shop().objects, namespace).values()) {
      expect((await cluster().client.create(pod)).status).toBe(201);
    }
    const { hard } = (await quotaOf(cluster(), namespace)).spec;
    const tiny = { memory: '1Mi', 'ephemeral-storage': '1Mi' };
    const pod = (i: number) => hardenedPod(namespace, `tiny-${i}`, { requests: { cpu: '1m', ...tiny }, limits: tiny });
    const left = Number(hard.pods) - 22 - 12;
    for (let i = 0; i < left; i++) expect(await cluster().client.create(pod(i))).toMatchObject({ status: 201 });
    expect(await cluster().client.create(pod(left))).toMatchObject({
      status: 403,
      message: `pods "tiny-${left}" is forbidden: exceeded quota: quota, requested: pods=1, used: pods=${hard.pods}, limited: pods=${hard.pods}`,
    });
  });
});

describeCluster(
  'the example for a newer Kubernetes',
  (cluster) => {
    it('is refused for the field that this one does not have', async () => {
      const namespace = await cluster().namespace('too-new');
      const answers = await applyAll(
        cluster(),
        boutiqueObjects({ target: '1.36', namespace }).filter(({ kind }) => kind === 'Deployment'),
      );
      const refused = answers.filter(({ status }) => status !== 201);
      expect(refused).toHaveLength(11);
      for (const { message } of refused) expect(message).toContain('lifecycle.preStop.sleep');
    });
  },
  { version: '1.28.15' },
);
