/** The example on a real API server, in a namespace of its own. */
import { randomBytes } from 'node:crypto';
import type { KubernetesObject } from '../../core/manifest';
import type { PodTemplateSpec } from '../../core/manifest/pod';
import { type Answer, type ApiObject, type ControlPlane, eventually, expectOk } from '../support/control-plane';
import { boutiqueObjects } from './boutique';

/** The target that each control plane stands for. */
export const TARGETS = { '1.36.3': '1.36', '1.28.15': '1.28' } as const;

/** A deployed example. */
export interface Deployment {
  readonly namespace: string;
  /** What was sent, in order. */
  readonly objects: readonly KubernetesObject[];
  /** What the server said to each of them. */
  readonly answers: readonly Answer[];
}

interface Quota extends ApiObject {
  readonly spec: { readonly hard: Readonly<Record<string, string>> };
  readonly status?: { readonly used?: Readonly<Record<string, string>> };
}

/** Applies the example under a fresh name, and waits until its quota counts and its people have their rights. */
async function deploy(cluster: ControlPlane): Promise<Deployment> {
  const namespace = `boutique-${randomBytes(4).toString('hex')}`;
  const deployed = await deployObjects(
    cluster,
    namespace,
    boutiqueObjects({ target: TARGETS[cluster.version], namespace }),
  );
  await eventually('the authorizer to see the bindings', async () => {
    const seen = await Promise.all(
      (['viewer', 'developer', 'operator', 'shopAdmin'] as const).map((persona) =>
        cluster.client.can(cluster.tokens[persona], 'list', 'pods', { namespace }),
      ),
    );
    return seen.every(Boolean) || undefined;
  });
  return deployed;
}

/** The example for a block of tests: deployed before the first, and removed after the last. */
export function deployForAll(cluster: () => ControlPlane): () => Deployment {
  jest.setTimeout(120_000);
  let deployed: Deployment | undefined;
  beforeAll(async () => {
    deployed = await deploy(cluster());
  });
  afterAll(async () => {
    if (deployed)
      await cluster().client.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: deployed.namespace } });
  });
  return () => {
    if (deployed === undefined) throw new Error('the example was not deployed');
    return deployed;
  };
}

/** Applies what an example wrote, of which a namespace of this name is a part, and waits until its quota counts. */
export async function deployObjects(
  cluster: ControlPlane,
  namespace: string,
  objects: readonly KubernetesObject[],
): Promise<Deployment> {
  const answers = await applyAll(cluster, objects);
  await startQuota(cluster, namespace);
  return { namespace, objects, answers };
}

/** Applies the objects one after another, as `kubectl apply --server-side` does. */
export async function applyAll(
  cluster: ControlPlane,
  objects: readonly KubernetesObject[],
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const object of objects) answers.push(await cluster.client.apply(object));
  return answers;
}

/** The quota of the namespace, with what is used of it. */
export async function quotaOf(cluster: ControlPlane, namespace: string): Promise<Quota> {
  return expectOk(await cluster.client.get<Quota>(quota(namespace)));
}

/** Without a status, admission refuses every pod. Where no controller writes it, the test does. */
async function startQuota(cluster: ControlPlane, namespace: string): Promise<void> {
  if (!cluster.controllers) {
    const { hard } = (await quotaOf(cluster, namespace)).spec;
    const used = Object.fromEntries(Object.keys(hard).map((name) => [name, '0']));
    expectOk(await cluster.client.patchStatus(quota(namespace), { hard, used }));
  }
  await eventually('the quota to have a status', async () => (await quotaOf(cluster, namespace)).status?.used);
}

function quota(namespace: string) {
  return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { namespace, name: 'quota' } };
}

/** Waits until the controllers have made and counted the pods of every Deployment and no longer write any of these objects. */
export async function settle(cluster: ControlPlane, { namespace, objects }: Deployment): Promise<void> {
  const versions = async () => {
    const answers = await Promise.all(objects.map((object) => cluster.client.get(object)));
    return answers.map((answer) => expectOk(answer).metadata.resourceVersion).join(' ');
  };
  if (cluster.controllers) {
    const deployments = objects.filter(({ kind }) => kind === 'Deployment');
    const replicas = deployments.reduce((sum, { spec }) => sum + (spec as { readonly replicas: number }).replicas, 0);
    await eventually(`${replicas} pods`, async () => {
      const pods = await cluster.client.list({ apiVersion: 'v1', kind: 'Pod', namespace });
      return expectOk(pods).items.length === replicas || undefined;
    });
    type Counted = ApiObject & { readonly status?: { readonly replicas?: number } };
    await eventually('every Deployment to count its pods', async () => {
      const all = await Promise.all(deployments.map((object) => cluster.client.get<Counted>(object)));
      const counted = all.reduce((sum, answer) => sum + (expectOk(answer).status?.replicas ?? 0), 0);
      return counted === replicas || undefined;
    });
  }
  let before = '';
  await eventually('the controllers to come to rest', async () => {
    const now = await versions();
    const still = now === before;
    before = now;
    if (!still) await new Promise((done) => setTimeout(done, 500));
    return still || undefined;
  });
}

/** The pod of each Deployment, as a Pod in a namespace, by the Deployment's name. */
export function podsOf(objects: readonly KubernetesObject[], namespace: string): ReadonlyMap<string, KubernetesObject> {
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  return new Map(
    deployments.map(({ metadata, spec }) => {
      const { template } = spec as { readonly template: PodTemplateSpec };
      const name = String(metadata?.name);
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...template.metadata, name, namespace },
        spec: template.spec,
      };
      return [name, pod];
    }),
  );
}
