/** Custom kinds on the real API server, from the first block of tests that needs them to the end of the run. */
import { createHash } from 'node:crypto';
import type { KubernetesObject } from '../../core/manifest';
import { type ControlPlane, eventually, expectOk } from './control-plane';

const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

interface ResourceList {
  readonly resources: readonly { readonly name: string }[];
}

/** Which definition it is. */
const mark = 'tests.kube-bulwark.dev/definition';

/**
 * @param served what has to be there before the tests begin, as `group/version/plural`
 * @throws Error where other tests have another definition of a kind there
 */
export function serveCustomKinds(
  cluster: () => ControlPlane,
  definitions: readonly KubernetesObject[],
  served: readonly string[],
): void {
  beforeAll(async () => {
    const { client } = cluster();
    for (const definition of definitions) {
      const { name } = definition.metadata ?? {};
      const hash = createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 16);
      const annotations = { ...definition.metadata?.annotations, [mark]: hash };
      const body = { ...definition, metadata: { ...definition.metadata, annotations } };
      const answer = await client.request('POST', path, { body });
      if (answer.status !== 409) {
        expectOk(answer);
        continue;
      }
      // Another file of tests needs it, too.
      const there = expectOk(await client.request('GET', `${path}/${name}`));
      if (there.metadata?.annotations?.[mark] !== hash)
        throw new Error(
          `${name} is there by another definition, of other tests; say \`own: true\` to describeCluster.`,
        );
    }
    for (const kind of served) {
      const [groupVersion, plural] = [kind.slice(0, kind.lastIndexOf('/')), kind.slice(kind.lastIndexOf('/') + 1)];
      await eventually(`${kind} to be served, and to be known`, async () => {
        if ((await client.request('GET', `/apis/${kind}`)).status !== 200) return undefined;
        // Discovery, by which the client finds the path of a kind, comes after it.
        const { status, body } = await client.request<ResourceList>('GET', `/apis/${groupVersion}`);
        return status === 200 && body.resources.some(({ name }) => name === plural) ? true : undefined;
      });
    }
  }, 120_000);
}
