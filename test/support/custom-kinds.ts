/** Custom kinds on the real API server, from the first block of tests that needs them to the end of the run. */
import type { KubernetesObject } from '../../core/manifest';
import { type ControlPlane, eventually, expectOk } from './control-plane';

const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

interface ResourceList {
  readonly resources: readonly { readonly name: string }[];
}

/** @param served what has to be there before the tests begin, as `group/version/plural` */
export function serveCustomKinds(
  cluster: () => ControlPlane,
  definitions: readonly KubernetesObject[],
  served: readonly string[],
): void {
  beforeAll(async () => {
    const { client } = cluster();
    for (const body of definitions) {
      const answer = await client.request('POST', path, { body });
      // Another file of tests needs it, too.
      if (answer.status !== 409) expectOk(answer);
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
  }, 60_000);
}
