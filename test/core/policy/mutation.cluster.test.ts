/**
 * Whether the comparison with a real API server would notice that the two meanings of a rule differ: policies are compiled from rules
 * that are broken in one place, and each must give another verdict than the closure of the whole rule, on some object of its cases.
 *
 * KUBE_BULWARK_SEED sets which mutants are taken.
 */
import * as fc from 'fast-check';
import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest';
import { type EnforceableRule, isEnforceable } from '../../../core/policy/compile/admission';
import { judgeOf } from '../../../core/policy/judge-clauses';
import { podIn } from '../../../core/policy/pod-in';
import type { Rule } from '../../../core/policy/rule';
import { rules } from '../../../core/policy/rules';
import { kindSchema } from '../../../core/schema/schema';
import { describeCluster, eventually, expectOk } from '../../support/control-plane';
import { mutantsOf } from './mutation/mutants';
import { ParityOracle } from './parity/oracle';
import { casesByRule, edgesByRule } from './parity/seeds';

const seed = Number(process.env.KUBE_BULWARK_SEED ?? 20_261_121);
const many = 36;
const context = { target: ClusterTarget.of('1.36'), registries: ['registry.acme.example', 'docker.io/library'] };

/** A rule whose clauses are a mutant's, while its closure is its own. */
interface Torn {
  readonly rule: EnforceableRule;
  readonly change: string;
  /** On which the two give different verdicts. */
  readonly objects: readonly KubernetesObject[];
  /** Whether the two give different verdicts on an object. */
  readonly differsOn: (object: KubernetesObject) => boolean;
}

/** Whether a server can be asked: of Kubernetes' own kinds, and without containers that it takes in running pods alone. */
const canBeAsked = (object: KubernetesObject): boolean =>
  kindSchema(object.apiVersion, object.kind) !== undefined && !JSON.stringify(object).includes('"ephemeralContainers"');

/** Where the server is asked about an object: what a rule says of other namespaces none of them shows. */
const placedIn = (namespace: string, object: KubernetesObject): KubernetesObject => {
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, name: metadata?.name ?? 'it', namespace } };
};

/** Mutants that a verdict tells from their rules, on some objects at least: the first of all in an order of the seed's. */
function torn(): readonly Torn[] {
  const [cases, edges] = [casesByRule(), edgesByRule()];
  const all = (rules as readonly Rule[]).filter(isEnforceable).flatMap(mutantsOf);
  const [shuffled = []] = fc.sample(fc.shuffledSubarray(all, { minLength: all.length }), { seed, numRuns: 1 });
  const found: Torn[] = [];
  for (const { rule, change, clauses, kinds } of shuffled) {
    if (found.length === many) break;
    if (kinds !== undefined || clauses.length === 0) continue;
    const verdict = (of: EnforceableRule['clauses']) => {
      const judge = judgeOf(of);
      return (object: KubernetesObject) =>
        judge(object, rule.subject === 'pod' ? podIn(object) : undefined, context).length > 0;
    };
    const whole = verdict(rule.clauses);
    const broken = verdict(clauses);
    const differsOn = (object: KubernetesObject): boolean => whole(object) !== broken(object);
    const objects = [...(cases.get(rule.id) ?? []), ...(edges.get(rule.id) ?? [])]
      .filter(canBeAsked)
      .map((object) => placedIn('mutation', object))
      .filter(differsOn);
    if (objects.length >= 3) found.push({ rule: { ...rule, clauses }, change, objects, differsOn });
  }
  return found;
}

describeCluster(
  'a rule whose policy is of a mutant',
  (cluster) => {
    it('is told from it by the verdicts of a real API server', async () => {
      const mutants = torn().map((each, i) => ({ ...each, rule: { ...each.rule, id: `mutant-${i}` } }));
      expect(mutants).toHaveLength(many);
      const namespace = await cluster().namespace('mutation');
      const oracle = new ParityOracle(
        cluster(),
        mutants.map(({ rule }) => rule),
        context,
      );
      const policies = oracle.policies();
      for (const policy of policies) expectOk(await cluster().client.create(policy));
      try {
        const untold = new Set(mutants);
        // On what the server has made of the objects by its defaults, the two are one.
        const shown = new Set<(typeof mutants)[number]>();
        const hidden = new Set<(typeof mutants)[number]>();
        await eventually(
          'each mutant to be told from its rule',
          async () => {
            for (const mutant of untold) {
              const group = oracle.groups.findIndex((asked) => asked.includes(mutant.rule));
              for (const object of mutant.objects.slice(0, 12)) {
                await oracle.compare(placedIn(namespace, object), group, async (labelled) => {
                  const answer = await cluster().client.create(labelled, { dryRun: true });
                  if (answer.status < 300 && mutant.differsOn(answer.body as KubernetesObject)) shown.add(mutant);
                  return answer;
                });
              }
              if (oracle.differences.some((difference) => difference.startsWith(`${mutant.rule.id} `)))
                untold.delete(mutant);
              else if (!shown.has(mutant)) {
                untold.delete(mutant);
                hidden.add(mutant);
              }
            }
            return untold.size === 0 || undefined;
          },
          60_000,
        ).catch(() => undefined);
        console.info(
          `${mutants.length - untold.size - hidden.size} of ${mutants.length} mutants told from their rules`,
        );
        expect([...untold].map(({ rule: { title }, change }) => `${title}: ${change}`)).toEqual([]);
        expect(hidden.size).toBeLessThanOrEqual(3);
      } finally {
        for (const policy of [...policies].reverse()) await cluster().client.delete(policy as never);
      }
    }, 180_000);
  },
  { own: true },
);
