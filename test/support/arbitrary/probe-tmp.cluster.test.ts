import * as fc from 'fast-check';
import { inspect } from '../../../index';
import { declaration, declare, podOf } from './declaration';
import { clusterObjects } from './pod-patch';
import { targetOf } from './target';
import { workloadNames } from './workload-props';
import { describeCluster, expectOk } from '../control-plane';
import { PodSecurityOracle } from '../pod-security';
import { writeFileSync } from 'node:fs';
describeCluster('probe', (cluster) => {
it('rate', async () => {
  for (const o of clusterObjects) expectOk(await cluster().client.apply(o));
  const oracle = new PodSecurityOracle(cluster(), workloadNames);
  const n = Number(process.env.N ?? 500);
  const samples = fc.sample(declaration, { seed: Number(process.env.SEED ?? 1), numRuns: n });
  const t = Date.now();
  const asked = samples.flatMap((d) => {
      const { app, workload } = declare(d);
      const { findings, objects } = inspect(app);
      const errors = findings.filter((f) => f.severity === 'error' && !f.waivedBy);
      if (errors.length > 0) return [];
      return [{ d, target: targetOf(d.target), template: podOf(objects.map(o => o.object), workload) }];
  });
  const t1 = Date.now();
  const v = await oracle.judgeAll(asked);
  const t2 = Date.now();
  const bad = v.map((x, i) => ({ ...x, ...asked[i]! })).filter((x) => x.verdict !== 'accepted');
  const byMessage: Record<string, number> = {};
  for (const b of bad) { const m = b.message.replace(/\[\d+\]/g, '[]').slice(0, 330); byMessage[m] = (byMessage[m] ?? 0) + 1; }
  writeFileSync('/tmp/bad.json', JSON.stringify(bad.map((b) => ({ m: b.message, hatches: b.d.hatches, version: b.d.target, props: Object.keys(b.d.workload.props), kind: b.d.workload.kind, t: b.template })), null, 1));
  console.log(n, asked.length, 'ms', t1 - t, t2 - t1, 'bad', bad.length, JSON.stringify(Object.entries(byMessage).sort((a, b) => b[1] - a[1]), null, 1));
}, 600000);
});
