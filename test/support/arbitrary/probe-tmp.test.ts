import * as fc from 'fast-check';
import { inspect } from '/work/main/index';
import { declaration, declare, podOf } from '/work/main/test/support/arbitrary/declaration';
it('rate', () => {
  const n = Number(process.env.N ?? 500);
  const samples = fc.sample(declaration, { seed: 1, numRuns: n });
  let ok = 0, threw = 0; let tame=0;
  const rules: Record<string, number> = {}; const tameRules: Record<string, number> = {}; const messages: Record<string, number> = {};
  const t = Date.now();
  for (const d of samples) {
    try {
      const { app, workload } = declare(d);
      const { findings, objects } = inspect(app);
      const errors = findings.filter((f) => f.severity === 'error' && !f.waivedBy);
      if (errors.length === 0) { ok++; podOf(objects.map(o => o.object), workload);}
      for (const r of new Set(errors.map((e) => e.rule))) rules[r] = (rules[r] ?? 0) + 1;
      if (d.hatches.length === 0) { tame++; for (const r of new Set(errors.map((e) => e.rule))) tameRules[r] = (tameRules[r] ?? 0) + 1; }
      if (d.hatches.length === 0) for (const e of errors) if (process.env.SHOW === e.rule) messages[e.message + e.property] = (messages[e.message + e.property] ?? 0) + 1;
    } catch (e) { threw++; messages[String((e as Error).stack).slice(0,600)] = 1; }
  }
  console.log(n, 'ok', ok, 'threw', threw, 'ms', Date.now() - t, 'tame', tame, JSON.stringify(Object.entries(rules).sort((a,b)=>b[1]-a[1])), 'TAME', JSON.stringify(Object.entries(tameRules).sort((a,b)=>b[1]-a[1])), JSON.stringify(messages, null, 1));
});
