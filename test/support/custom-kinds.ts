/** Custom kinds on the real API server, from the first block of tests that needs them to the end of the run. */
import type { KubernetesObject } from '../../core/manifest';
import { type ControlPlane, eventually, expectOk } from './control-plane';

const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

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
    for (const kind of served)
      await eventually(`${kind} to be served`, async () =>
        (await client.request('GET', `/apis/${kind}`)).status === 200 ? true : undefined,
      );
  }, 60_000);
}
