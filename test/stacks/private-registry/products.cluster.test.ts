/** What the other products have in the cluster, on real API servers: created in the order of its waits, updated strictly, twice. */
import { randomBytes } from 'node:crypto';
import type { Registration } from '../../../stacks/render/collect';
import { TARGETS } from '../../examples/deploy';
import { certificateKind, certificatesServed } from '../../support/certificate-kind';
import { describeCluster, VERSIONS } from '../../support/control-plane';
import { serveCustomKinds } from '../../support/custom-kinds';
import { prometheusRule } from '../../support/prometheus-rule';
import { create, expectSameAgain, updateStrictly, warningsIn } from '../../support/pulumi/provider-like';
import { objectsIn } from '../../support/pulumi/registered';
import { registered, zots } from './arguments';

describe.each(VERSIONS)('%s', (version) => {
  describeCluster(
    'the stack private-registry',
    (cluster) => {
      serveCustomKinds(
        cluster,
        [prometheusRule, certificateKind],
        ['monitoring.coreos.com/v1/prometheusrules', certificatesServed],
      );

      it.each(Object.entries(zots))(
        'is taken without a warning, twice, with %s',
        async (_, args) => {
          const id = randomBytes(4).toString('hex');
          const { client } = cluster();
          const around = [args.prometheusNamespace, ...(args.pullSecrets ?? []).map(({ namespace }) => namespace)];
          for (const name of new Set(around.filter((each) => each !== undefined)))
            await client.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager: 'test' });
          const own = { namespace: `registry-${id}`, kubernetesVersion: TARGETS[version] };
          const all: readonly Registration[] = await registered({ ...args, ...own });
          // What is in Secrets is withheld from whoever collects what was registered.
          const found = all.filter(({ type }) => type !== 'kubernetes:core/v1:Secret');
          try {
            await create(cluster(), found);
            const answers = await updateStrictly(cluster(), found);
            expect(answers.size).toBeGreaterThan(8);
            expect(warningsIn(answers)).toEqual([]);
            await expectSameAgain(cluster(), found);
          } finally {
            for (const object of [...objectsIn(found)].reverse()) await client.delete(object as never);
          }
        },
        120_000,
      );
    },
    { version },
  );
});
