/** What registered resources come to on a real API server, as the provider goes about it. */
import { identityKey, identityOf, type KubernetesObject } from '../../../core/manifest';
import type { Registration } from '../../../stacks/render/collect';
import { type Answer, type ApiObject, type ControlPlane, eventually, expectOk } from '../control-plane';
import { lostFields } from '../lost-fields';
import { objectsIn } from './registered';

/** The objects among them, in an order in which each follows what it waits for, and is otherwise as late as it can be wrong: backwards. */
export function inOrderOfWaits(registrations: readonly Registration[]): readonly Registration[] {
  const byUrn = new Map(registrations.map((each) => [each.urn, each]));
  const done = new Set<Registration>();
  const visit = (each: Registration): void => {
    if (done.has(each)) return;
    for (const urn of each.dependsOn) {
      const found = byUrn.get(urn);
      if (found !== undefined) visit(found);
    }
    done.add(each);
  };
  for (const each of [...registrations].reverse()) visit(each);
  return [...done].filter((each) => objectsIn([each]).length > 0);
}

/** Creates each of them as the provider does since 4.29: what is there is an error, and what has to be there is changed by server-side apply. */
export async function create(cluster: ControlPlane, registrations: readonly Registration[]): Promise<void> {
  for (const each of inOrderOfWaits(registrations)) {
    const [object] = objectsIn([each]) as readonly [KubernetesObject];
    if (each.type.endsWith('Patch')) {
      // The controllers make it in their own time.
      if (cluster.controllers)
        await eventually(`${each.name} to be there`, async () =>
          (await cluster.client.get(object)).status === 200 ? true : undefined,
        );
      expectOk(await cluster.client.apply(object, { fieldManager: 'kube-bulwark' }));
    } else expectOk(await cluster.client.create(object));
    if (object.kind === 'CustomResourceDefinition') await served(cluster, object);
  }
}

/** Updates each of them, and says what the server said, by identity. */
export async function update(
  cluster: ControlPlane,
  registrations: readonly Registration[],
): Promise<ReadonlyMap<string, Answer<ApiObject>>> {
  const answers = new Map<string, Answer<ApiObject>>();
  for (const object of objectsIn(inOrderOfWaits(registrations))) {
    const answer = await cluster.client.apply(object, { fieldManager: 'pulumi-kubernetes', force: true });
    answers.set(identityKey(identityOf(object)), answer);
  }
  return answers;
}

/** Updates each of them: the server takes it, and has every field of it afterwards. @returns what the server said, by identity */
export async function updateStrictly(
  cluster: ControlPlane,
  registrations: readonly Registration[],
): Promise<ReadonlyMap<string, Answer<ApiObject>>> {
  const answers = await update(cluster, registrations);
  expect([...answers.values()].filter(({ status }) => status > 201)).toEqual([]);
  for (const object of objectsIn(registrations)) {
    // The server has it as data.
    const { stringData: _, ...sent } = object as KubernetesObject & { readonly stringData?: object };
    expect(lostFields(sent, expectOk(await cluster.client.get(object)))).toEqual([]);
  }
  return answers;
}

/** What the server warned of, each with the identity of its object. */
export function warningsIn(answers: ReadonlyMap<string, Answer>): readonly (readonly [string, string])[] {
  return [...answers].flatMap(([identity, { warnings }]) => warnings.map((text) => [identity, text] as const));
}

/** Updates them to what they are, which changes nothing. */
export async function expectSameAgain(cluster: ControlPlane, registrations: readonly Registration[]): Promise<void> {
  const states = async () =>
    [...(await update(cluster, registrations)).values()].map((answer) => stateOf(expectOk(answer)));
  const before = await states();
  expect(await states()).toEqual(before);
}

/** Controllers write the status of these at any time: what counts is that their specs stay. */
const withStatus: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'PodDisruptionBudget',
  'ResourceQuota',
  'ValidatingAdmissionPolicy',
]);

/** What is the same of an object that was updated to what it is already. */
function stateOf(object: ApiObject & { readonly kind?: string; readonly spec?: unknown }): unknown {
  return withStatus.has(object.kind ?? '') ? JSON.stringify(object.spec) : object.metadata.resourceVersion;
}

/** Deletes what is of no namespace, and with the namespaces what is in them. */
export async function removeClusterWide(cluster: ControlPlane, registrations: readonly Registration[]): Promise<void> {
  const clusterWide = objectsIn(registrations).filter(({ metadata }) => metadata?.namespace === undefined);
  for (const object of [...clusterWide].reverse()) await cluster.client.delete(object as never);
}

async function served(cluster: ControlPlane, { spec }: KubernetesObject): Promise<void> {
  const { group, names, versions } = spec as {
    readonly group: string;
    readonly names: { readonly plural: string };
    readonly versions: readonly { readonly name: string }[];
  };
  for (const { name } of versions)
    await eventually(`${names.plural}.${group} to be served`, async () =>
      (await cluster.client.request('GET', `/apis/${group}/${name}/${names.plural}`)).status === 200 ? true : undefined,
    );
}
