/**
 * Exceptions mean in the cluster what they mean in CI: random ones, over random objects, are asked of `evaluate()` and of a real API server
 * whose policies are compiled from them. Where the two differ by design stands in docs/enforcement.md.
 *
 * KUBE_BULWARK_RUNS sets how many objects each set of exceptions is asked about, KUBE_BULWARK_SEED which.
 */
import * as fc from 'fast-check';
import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest';
import {
  type EnforcementOptions,
  enforcementPolicies,
  evaluate,
  rules as everyRule,
  PolicyCompileError,
  type Rule,
  type SelectedException,
} from '../../../core/policy';
import { describeCluster, eventually, expectOk } from '../../support/control-plane';
import { concurrently } from '../../support/pod-security';
import { exceptionsIn, type Namespaces, objectsIn, today, waivedRules } from './parity/waivers';

const seed = Number(process.env.KUBE_BULWARK_SEED ?? 20_261_121);
const runs = Number(process.env.KUBE_BULWARK_RUNS ?? 200);
const sets = 60;

const target = ClusterTarget.of('1.36');
const asked: readonly Rule[] = waivedRules.map((id) => everyRule.find((rule) => rule.id === id) as Rule);

/** The label of the objects that a set's policies are asked about. */
const label = 'bulwark-waivers';

/** Exceptions, as they were written and as far as they hold, and their policies. */
interface WaiverSet {
  readonly index: number;
  readonly written: readonly SelectedException[];
  readonly objects: readonly KubernetesObject[];
}

describeCluster(
  'an exception, and the policies that it is compiled into',
  (cluster) => {
    const made: KubernetesObject[] = [];

    afterAll(async () => {
      await concurrently([...made].reverse(), (object) => cluster().client.delete(object as never));
    }, 120_000);

    const options = (index: number, exceptions: readonly SelectedException[]): EnforcementOptions => ({
      target,
      today,
      rules: asked,
      mode: 'warn',
      group: index % 2 === 0 ? 'rule' : 'subject',
      exceptions,
    });

    /** Compiling refuses faulty exceptions, each by its number; without them it goes through. */
    function compiled(index: number, written: readonly SelectedException[]): readonly KubernetesObject[] {
      const isFaulty = (exception: SelectedException) =>
        evaluate([], { target, today, exceptions: [exception] }).findings.some(
          ({ rule }) => rule === 'exception-valid',
        );
      const faulty = written.flatMap((exception, i) => (isFaulty(exception) ? [`exceptions[${i}]`] : []));
      let refused: readonly string[] = [];
      try {
        enforcementPolicies(options(index, written));
      } catch (error) {
        if (!(error instanceof PolicyCompileError)) throw error;
        refused = [...new Set(error.faults.map(({ property }) => property))];
      }
      expect({ written, refused }).toEqual({ written, refused: faulty });
      const holding = written.filter((exception) => !isFaulty(exception));
      return enforcementPolicies(options(index, holding)).objects.map((object) => ofSet(object, index));
    }

    /** A policy or binding under a name of the set's own, about objects of its label. */
    function ofSet(object: KubernetesObject, index: number): KubernetesObject {
      const name = `${object.metadata?.name}-${label}-${index}`;
      const metadata = { ...object.metadata, name };
      if (object.kind !== 'ValidatingAdmissionPolicyBinding') return { ...object, metadata };
      const matchResources = { objectSelector: { matchLabels: { [label]: `s${index}` } } };
      return { ...object, metadata, spec: { ...(object.spec as object), policyName: name, matchResources } };
    }

    const labelled = (object: KubernetesObject, { index }: WaiverSet): KubernetesObject => ({
      ...object,
      metadata: { ...object.metadata, labels: { ...object.metadata?.labels, [label]: `s${index}` } },
    });

    /** What CI says of an object: the messages that stand, and those that are waived, by rule. */
    function judge(object: KubernetesObject, { written }: WaiverSet) {
      const report = evaluate([{ object }], { target, today, rules: asked, exceptions: written });
      const ofRules = (findings: typeof report.findings) =>
        findings
          .filter(({ rule }) => waivedRules.some((id) => id === rule))
          // CEL does not say of a container what it is for.
          .map(({ rule, message }) => ({ rule, message: message.replace(/\b(init|sidecar) container/g, 'container') }));
      return { standing: ofRules(report.findings), waived: ofRules(report.waived) };
    }

    /** What the server says of it: a message a rule that is broken. */
    async function ask(object: KubernetesObject): Promise<ReadonlyMap<string, string>> {
      const { status, warnings, message } = await cluster().client.create(object, { dryRun: true });
      if (status !== 201) throw new Error(`${status} ${message}\n${JSON.stringify(object)}`);
      const ours = warnings.flatMap((warning) => {
        const [, said, rule] = /with binding '[^']+': (.*) \[([a-z-]+)\]$/s.exec(warning) ?? [];
        return said === undefined || rule === undefined ? [] : [[rule, said] as const];
      });
      const byRule = new Map<string, string>();
      for (const [rule, said] of ours) byRule.set(rule, `${byRule.get(rule) ?? ''}${said}\n`);
      return byRule;
    }

    it('waive the same findings of the same objects', async () => {
      const namespaces: Namespaces = [await cluster().namespace('waived-a'), await cluster().namespace('waived-b')];
      const many = Array.from(
        { length: 70 },
        (_, i): SelectedException => ({
          rule: ['privileged', 'host-namespaces'],
          reason: 'more than a policy may have match conditions',
          expires: '2027-03-31',
          selector: { name: i === 69 ? 'driver*' : `n${i}`, namespace: namespaces[0] },
        }),
      );
      const waivers = [...fc.sample(exceptionsIn(namespaces), { seed, numRuns: sets - 1 }), many].map(
        (written, index): WaiverSet => ({ index, written, objects: compiled(index, written) }),
      );
      made.push(...waivers.flatMap(({ objects }) => objects));
      await concurrently(made, async (object) => expectOk(await cluster().client.create(object)));

      const objects = fc.sample(objectsIn(namespaces), { seed: seed + 1, numRuns: runs });
      // Policies take effect some time after they are made.
      for (const set of waivers) {
        const judged = objects.map((object) => ({
          object,
          found: judge(object, set).standing.map(({ rule }) => rule),
        }));
        const ofEach = asked.flatMap(({ id }) => judged.find(({ found }) => found.includes(id)) ?? []);
        const some = judged.filter(({ found }) => found.length > 0).slice(0, 6);
        const probes = new Set([...some, ...ofEach].map(({ object }) => object));
        await eventually(
          `the policies of set ${set.index} to be in force`,
          async () => {
            for (const probe of probes)
              if (
                (await ask(labelled(probe, set))).size <
                new Set(judge(probe, set).standing.map(({ rule }) => rule)).size
              )
                return undefined;
            return true;
          },
          120_000,
        );
      }

      const differences: string[] = [];
      const counts = { standing: 0, waived: 0, inPart: 0 };
      await concurrently(
        waivers.flatMap((set) => objects.map((object) => ({ set, object }))),
        async ({ set, object }) => {
          const { standing, waived } = judge(object, set);
          const server = await ask(labelled(object, set));
          const differ = (what: string) =>
            differences.push(`${what}\n  ${JSON.stringify(set.written)}\n  ${JSON.stringify(object)}`);
          const rules = [...new Set(standing.map(({ rule }) => rule))].sort();
          if (rules.join() !== [...server.keys()].sort().join())
            differ(`CI finds ${rules.join()}, the server ${[...server.keys()].sort().join()}`);
          for (const { rule, message } of standing)
            if (server.get(rule)?.includes(message) === false) differ(`the server does not say: ${message} [${rule}]`);
          for (const { rule, message } of waived)
            if (server.get(rule)?.includes(message) && !standing.some((other) => other.message === message))
              differ(`the server does not waive: ${message} [${rule}]`);
          counts.standing += standing.length;
          counts.waived += waived.length;
          if (waived.some(({ rule }) => rules.includes(rule))) counts.inPart++;
        },
      );
      console.info(
        `${waivers.length} sets of exceptions over ${objects.length} objects: ${counts.waived} findings waived, ` +
          `${counts.standing} standing, ${counts.inPart} objects where both are of one rule`,
      );
      expect(differences.slice(0, 5)).toEqual([]);
      expect(counts.waived).toBeGreaterThan(10 * runs);
      expect(counts.inPart).toBeGreaterThan(runs);
    }, 900_000);
  },
  { own: true },
);
