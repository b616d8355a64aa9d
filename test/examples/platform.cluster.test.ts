/** examples/platform on real API servers: created in the order of its waits, and updated strictly, twice. */
import type { Registration } from '../../stacks/render/collect';
import { certificateKind, certificatesServed } from '../support/certificate-kind';
import { type ApiObject, describeCluster, expectOk } from '../support/control-plane';
import { serveCustomKinds } from '../support/custom-kinds';
import { prometheusRule } from '../support/prometheus-rule';
import { create, update } from '../support/pulumi/provider-like';
import { objectsIn } from '../support/pulumi/registered';
import { lostFields } from './deploy';
import { deployed, platforms, settingsOf } from './platforms';

/** Controllers write the status of these at any time: what counts is that their specs stay. */
const withStatus = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'PodDisruptionBudget', 'ResourceQuota']);

const stateOf = ({ kind = '', metadata, spec }: ApiObject & { readonly kind?: string; readonly spec?: unknown }) =>
  withStatus.has(kind) ? JSON.stringify(spec) : metadata.resourceVersion;

describeCluster('examples/platform', (cluster) => {
  serveCustomKinds(
    cluster,
    [prometheusRule, certificateKind],
    ['monitoring.coreos.com/v1/prometheusrules', certificatesServed],
  );

  // Each is a cluster of its own: here one after the other, in the same namespaces.
  it.each(platforms)(
    '%s loses no field, is updated strictly without a warning, and is the same when it is updated again',
    async (stack) => {
      const { found } = await deployed(settingsOf(stack));
      try {
        await create(cluster(), found);
        const answers = await update(cluster(), found);
        expect(answers.size).toBe(objectsIn(found).length);
        expect([...answers.values()].filter(({ status }) => status > 201)).toEqual([]);
        expect([...answers].flatMap(([key, each]) => each.warnings.map((text) => [key, text]))).toEqual([]);
        for (const object of objectsIn(found))
          expect(lostFields(object, expectOk(await cluster().client.get(object)))).toEqual([]);
        const states = async () =>
          [...(await update(cluster(), found)).values()].map((answer) => stateOf(expectOk(answer)));
        const before = await states();
        expect(await states()).toEqual(before);
      } finally {
        await remove(found);
      }
    },
    120_000,
  );

  /** No controller deletes what is in a namespace here. */
  async function remove(found: readonly Registration[]): Promise<void> {
    for (const object of [...objectsIn(found)].reverse()) await cluster().client.delete(object as never);
  }
});
