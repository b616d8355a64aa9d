import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterTarget } from '../../core/cluster';
import type { KubernetesObject } from '../../core/manifest';
import { checkValidity, rules } from '../../core/policy';
import { isEnforceable } from '../../core/policy/compile/admission';
import { schemaFaults } from '../../core/schema';
import { cases, exampleOf } from '../../tools/docs/rule-examples';
import { handwritten, rulePages } from '../../tools/docs/rule-pages';
import { findingsOf } from '../core/policy/rules/rule-cases';

const folder = join(__dirname, '../../docs/rules');

describe('the pages of the rules', () => {
  it('are current: npm run docs writes them', () => {
    const names = readdirSync(folder).filter((name) => !handwritten.includes(name));
    const written = new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
    expect(written).toEqual(new Map(rulePages()));
  });

  it('show of each rule over objects what it refuses, and what it takes', () => {
    const shown = rules.filter(({ subject }) => subject !== 'declaration').map(({ id }) => id);
    expect(shown.filter((id) => !Object.hasOwn(cases, id))).toEqual([]);
    for (const id of shown) {
      const { bad, good } = exampleOf(id)!;
      const { object: refused, ...inBad } = bad.case;
      const { object: taken, ...inGood } = good.case;
      expect([id, findingsOf(id, refused, inBad).length]).not.toEqual([id, 0]);
      expect([id, findingsOf(id, taken, inGood)]).toEqual([id, []]);
      expect(rulePages().get(`${id}.md`)).toContain(`\`\`\`yaml\n${bad.yaml}\n\`\`\``);
    }
  });

  it('show as taken what an API server takes, for all that is said of it here', () => {
    for (const id of Object.keys(cases)) {
      const { object, beside = [], target = ClusterTarget.of('1.36') } = exampleOf(id)!.good.case;
      const written = JSON.parse(JSON.stringify([object, ...beside])) as readonly KubernetesObject[];
      const faults = written.flatMap((one) => [
        ...schemaFaults(one, target.version),
        ...checkValidity(one, target, undefined, true),
      ]);
      expect([id, faults]).toEqual([id, []]);
    }
  });

  it('show the CEL of each that the cluster can ask, and the controls that it answers', () => {
    const pages = rulePages();
    for (const rule of rules) expect(pages.get(`${rule.id}.md`)?.includes('```cel')).toBe(isEnforceable(rule));
    expect(pages.get('privileged.md')).toContain('| `cis-1.12` | 5.2.2 | No privileged containers |');
  });
});
