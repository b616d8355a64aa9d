/** examples/platform on real API servers: created in the order of its waits, and updated strictly, twice. */
import { randomBytes } from 'node:crypto';
import type { Settings } from '../../stacks/program/settings';
import type { Registration } from '../../stacks/render/collect';
import { certificateKind, certificatesServed } from '../support/certificate-kind';
import { describeCluster } from '../support/control-plane';
import { serveCustomKinds } from '../support/custom-kinds';
import { prometheusRule } from '../support/prometheus-rule';
import {
  create,
  expectSameAgain,
  removeClusterWide,
  updateStrictly,
  warningsIn,
} from '../support/pulumi/provider-like';
import { objectsIn } from '../support/pulumi/registered';
import { deployed, platforms, settingsOf } from './platforms';

/** The example in namespaces of its own: the control plane is shared. */
function apart(settings: Settings): Settings {
  const id = randomBytes(4).toString('hex');
  const { auditLogging, logPipeline, privateRegistry } = settings;
  return {
    ...settings,
    auditLogging: { ...auditLogging, namespace: `audit-logging-${id}` },
    ...(logPipeline && {
      logPipeline: { ...logPipeline, namespace: `logging-${id}`, agentNamespace: `log-agents-${id}` },
    }),
    ...(privateRegistry && { privateRegistry: { ...privateRegistry, namespace: `registry-${id}` } }),
  };
}

describeCluster(
  'examples/platform',
  (cluster) => {
    serveCustomKinds(
      cluster,
      [prometheusRule, certificateKind],
      ['monitoring.coreos.com/v1/prometheusrules', certificatesServed],
    );

    describe.each(platforms)('%s', (stack) => {
      let found: readonly Registration[] = [];
      beforeAll(async () => {
        ({ found } = await deployed(apart(settingsOf(stack))));
        await create(cluster(), found);
      }, 60_000);
      afterAll(() => removeClusterWide(cluster(), found), 60_000);

      it('loses no field, is updated strictly without a warning, and is the same when it is updated again', async () => {
        const objects = objectsIn(found);
        const kinds = objects.map(({ kind, metadata }) => `${kind} ${metadata?.name}`);
        if (stack !== 'kind') expect(kinds).toContain('StatefulSet registry');
        const answers = await updateStrictly(cluster(), found);
        expect(answers.size).toBe(objects.length);
        // Agents are not restricted, and their namespace says so.
        expect(warningsIn(answers)).toEqual([
          [expect.stringContaining('DaemonSet'), expect.stringMatching(/^would violate PodSecurity "restricted:v1/)],
        ]);
        await expectSameAgain(cluster(), found);
      }, 60_000);
    });
  },
  { own: true },
);
