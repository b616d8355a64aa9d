/** What the stack has in the cluster, on real API servers: created in the order of its waits, and updated strictly, twice. */
import { randomBytes } from 'node:crypto';
import type { Registration } from '../../../stacks/render/collect';
import { TARGETS } from '../../examples/deploy';
import { certificateKind, certificatesServed } from '../../support/certificate-kind';
import { describeCluster, VERSIONS } from '../../support/control-plane';
import { serveCustomKinds } from '../../support/custom-kinds';
import { secretIn } from '../../support/private-registry';
import { prometheusRule } from '../../support/prometheus-rule';
import {
  create,
  expectSameAgain,
  removeClusterWide,
  updateStrictly,
  warningsIn,
} from '../../support/pulumi/provider-like';
import { alternatives, registered } from './arguments';

describe.each(VERSIONS)('%s', (version) => {
  describeCluster(
    'the stack private-registry',
    (cluster) => {
      serveCustomKinds(
        cluster,
        [prometheusRule, certificateKind],
        ['monitoring.coreos.com/v1/prometheusrules', certificatesServed],
      );

      describe.each(Object.entries(alternatives))('with %s', (_, args) => {
        let found: readonly Registration[] = [];
        beforeAll(async () => {
          const id = randomBytes(4).toString('hex');
          const pulling = await cluster().namespace('pulling');
          const pullSecrets = args.pullSecrets?.map((each) => ({ ...each, namespace: pulling }));
          const given = { ...args, ...(pullSecrets && { pullSecrets }), namespace: `registry-${id}` };
          found = await registered({ ...given, kubernetesVersion: TARGETS[version] });
          // Mocks take secrets out of inputs: the API server gets them as an update sends them.
          found = found.map((each) =>
            each.type.endsWith(':Secret')
              ? { ...each, inputs: { ...each.inputs, stringData: secretIn(found, each.name.replace(/^[^:]*:/, '')) } }
              : each,
          );
          await create(cluster(), found);
        }, 60_000);
        afterAll(() => removeClusterWide(cluster(), found), 60_000);

        it('loses no field, is updated strictly without a warning, and is the same when it is updated again', async () => {
          const answers = await updateStrictly(cluster(), found);
          expect(answers.size).toBeGreaterThan(11);
          expect(warningsIn(answers)).toEqual([]);
          await expectSameAgain(cluster(), found);
        }, 60_000);
      });
    },
    { version },
  );
});
