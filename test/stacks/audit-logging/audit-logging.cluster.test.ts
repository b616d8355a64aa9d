/** What the stack has in the cluster, on real API servers: for each tool: created in the order of its waits, updated strictly, twice. */
import { randomBytes } from 'node:crypto';
import { AuditLogging, type AuditLoggingArgs } from '../../../stacks/audit-logging';
import { auditMetrics } from '../../../stacks/audit-logging/alerts';
import { type ToolId, toolIds, tools } from '../../../stacks/audit-logging/tools';
import type { Registration } from '../../../stacks/render/collect';
import { TARGETS } from '../../examples/deploy';
import { describeCluster, expectOk, VERSIONS } from '../../support/control-plane';
import { serveCustomKinds } from '../../support/custom-kinds';
import { prometheusRule } from '../../support/prometheus-rule';
import { create, update, updateStrictly, warningsIn } from '../../support/pulumi/provider-like';
import { run } from '../../support/pulumi/registered';
import { stateOf } from '../../support/state-of';
import { argsFor } from './arguments';

/** As many of its arguments as an older version takes. */
const argsOn = (tool: ToolId): Partial<AuditLoggingArgs> => ({
  ...argsFor[tool],
  ...(tools[tool].takesNot.anonymous === undefined && { anonymous: 'off' }),
  ruleLabels: { release: 'monitoring' },
  runbooks: 'https://runbooks.example/#',
});

describe.each(VERSIONS)('%s', (version) => {
  describeCluster(
    'the stack audit-logging',
    (cluster) => {
      serveCustomKinds(cluster, [prometheusRule], ['monitoring.coreos.com/v1/prometheusrules']);

      describe.each(toolIds)('for %s', (tool) => {
        const namespace = `audit-${randomBytes(4).toString('hex')}`;
        let found: readonly Registration[];
        beforeAll(async () => {
          const program = () =>
            new AuditLogging('audit', {
              kubernetesVersion: TARGETS[version],
              owner: 'team-platform',
              namespace,
              ...argsOn(tool),
            });
          found = await run(program, { preview: false });
          await create(cluster(), found);
        }, 60_000);
        afterAll(() => cluster().client.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }));

        it('loses no field, and is updated strictly without a warning', async () => {
          const answers = await updateStrictly(cluster(), found);
          expect(answers.size).toBeGreaterThan(3);
          expect(warningsIn(answers)).toEqual([]);
        });

        it('is the same when it is updated again', async () => {
          // A controller writes the status of the quota, whenever it does.
          const states = async () =>
            [...(await update(cluster(), found)).values()].map((answer) => stateOf(expectOk(answer)));
          await states();
          const before = await states();
          expect(await states()).toEqual(before);
        });
      });

      it('asks for counters that kube-apiserver has', async () => {
        const { status, body } = await cluster().client.request<unknown>('GET', '/metrics');
        expect(status).toBe(200);
        // Counters with labels show once they have counted: nothing was lost here.
        const text = typeof body === 'string' ? body : JSON.stringify(body);
        for (const name of [auditMetrics.events, auditMetrics.rejected])
          expect(text).toContain(`# TYPE ${name} counter`);
      });
    },
    { version },
  );
});
