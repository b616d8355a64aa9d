/**
 * No declaration gives a pod that `restricted` refuses, unless it carries an exception: generated declarations over every prop and the
 * escape hatch, judged by a real API server at the policy version of their target.
 *
 * KUBE_BULWARK_RUNS sets how many there are, KUBE_BULWARK_SEED which. A failure prints both, and the smallest declaration that fails.
 */
import * as fc from 'fast-check';
import { inspect } from '../../constructs/app/inspection';
import { type KubernetesObject, readManifests, writeManifests } from '../../core/manifest';
import type { PodTemplateSpec } from '../../core/manifest/pod';
import { type Finding, type PodSecurityLevel, ruleById, rules } from '../../core/policy';
import { containerFields } from '../support/arbitrary/container-patch';
import { type Declaration, declaration, declare, type Overlay, podOf } from '../support/arbitrary/declaration';
import { clusterObjects, podFields } from '../support/arbitrary/pod-patch';
import { containerContextFields } from '../support/arbitrary/security-context';
import { policyVersions, targetOf } from '../support/arbitrary/target';
import { volumeTypes } from '../support/arbitrary/volume';
import { accountNames, classOfKind, propNames } from '../support/arbitrary/workload-props';
import { describeCluster, expectOk } from '../support/control-plane';
import { concurrently, type PodSecurityLabel, PodSecurityOracle, type Verdict } from '../support/pod-security';
import { InjectionRefused, inject } from '../support/vault/injector';

const seed = Number(process.env.KUBE_BULWARK_SEED ?? 20_261_121);
const runs = Number(process.env.KUBE_BULWARK_RUNS ?? 6_000);

/** What became of a declaration. */
interface Outcome {
  readonly findings: readonly Finding[];
  /** Those that stop its synthesis. */
  readonly errors: readonly Finding[];
  /** The pod, where it synthesizes. */
  readonly template?: PodTemplateSpec;
  /** What there is of it, where all that stops it is that the API server would not take it. */
  readonly invalid?: { readonly template: PodTemplateSpec; readonly objects: readonly KubernetesObject[] };
}

/** Synthesizes it: the pod is read back from the YAML that is written. */
function outcomeOf(given: Declaration, overlay: Overlay = {}): Outcome {
  const { app, workload } = declare(given, overlay);
  const { findings, objects } = inspect(app);
  const errors = findings.filter(({ severity, waivedBy }) => severity === 'error' && !waivedBy);
  const written = objects.map(({ object }) => object).filter(({ kind }) => kind === workload.kind);
  if (errors.length > 0) {
    const only = errors.every(({ rule }) => rule === 'pod-valid');
    return { findings, errors, ...(only && { invalid: { template: podOf(written, workload), objects: written } }) };
  }
  const read = readManifests(writeManifests(written), { source: 'synthesized' });
  if (read.errors.length > 0) throw new Error(read.errors.map(({ message }) => message).join('\n'));
  const documents = read.documents.map(({ object }) => object);
  return { findings, errors, template: admitted(podOf(documents, workload)) };
}

/** As the Agent Injector leaves it; one that it refuses, since a patch took something from it, is asked about as it is. */
function admitted(template: PodTemplateSpec): PodTemplateSpec {
  try {
    return inject(template);
  } catch (error) {
    if (error instanceof InjectionRefused) return template;
    throw error;
  }
}

/** What Pod Security refuses of it, exceptions or not. */
function podSecurityFindings({ findings }: Outcome): readonly Finding[] {
  return findings.filter(({ podSecurity }) => podSecurity !== undefined);
}

/** What is claimed of a declaration: where it synthesizes and nothing of Pod Security is waived, a server accepts its pod. */
async function breach(oracle: PodSecurityOracle, given: Declaration, wanted: Verdict['verdict']) {
  const outcome = outcomeOf(given);
  const { template } = outcome;
  if (!template || podSecurityFindings(outcome).length > 0) return undefined;
  const { verdict, message } = await oracle.judge({ target: targetOf(given.target), template });
  return verdict === wanted ? { message, template } : undefined;
}

/** The smallest declaration with this verdict that fast-check finds from the one at that index, in words. */
async function explain(oracle: PodSecurityOracle, index: number, wanted: Verdict['verdict']): Promise<string> {
  const property = fc.asyncProperty(declaration, async (given) => (await breach(oracle, given, wanted)) === undefined);
  const { counterexample } = await fc.check(property, { seed, path: String(index), numRuns: 1 });
  const [smallest] = counterexample ?? fc.sample(declaration, { seed, numRuns: 1, path: String(index) });
  if (!smallest) throw new Error(`nothing at index ${index} of seed ${seed}`);
  const { target, workload, apiAccess, hatches } = smallest;
  const found = await breach(oracle, smallest, wanted);
  const declared = { target, kind: workload.kind, props: Object.keys(workload.props), apiAccess, hatches };
  return [
    `KUBE_BULWARK_SEED=${seed}, declaration ${index} of ${runs}: ${found?.message}`,
    JSON.stringify(declared, null, 2),
    JSON.stringify(found?.template, null, 2),
  ].join('\n');
}

describeCluster('a workload of ours', (cluster) => {
  let oracle: PodSecurityOracle;
  let declarations: readonly Declaration[];
  let outcomes: readonly Outcome[];
  /** Of those that synthesize without a waived finding of Pod Security, by their index. */
  let verdicts: ReadonlyMap<number, Verdict>;

  beforeAll(async () => {
    oracle = new PodSecurityOracle(cluster(), accountNames);
    for (const object of clusterObjects) expectOk(await cluster().client.apply(object));
    declarations = fc.sample(declaration, { seed, numRuns: runs });
    const judged = await concurrently(declarations, async (given) => {
      const outcome = outcomeOf(given);
      const { template } = outcome;
      if (!template || podSecurityFindings(outcome).length > 0) return { outcome };
      return { outcome, verdict: await oracle.judge({ target: targetOf(given.target), template }) };
    });
    outcomes = judged.map(({ outcome }) => outcome);
    verdicts = new Map(judged.flatMap(({ verdict }, index) => (verdict ? [[index, verdict] as const] : [])));
  }, 600_000);

  it.each(['violates', 'refused'] as const)(
    'is never refused where it synthesizes (%s)',
    async (wanted) => {
      const first = [...verdicts].find(([, { verdict }]) => verdict === wanted);
      const explanation = first && (await explain(oracle, first[0], wanted));
      expect(explanation).toBeUndefined();
    },
    300_000,
  );

  it('is called invalid only where a server refuses it, whatever its namespace enforces', async () => {
    const asked = outcomes.flatMap(({ invalid, errors }, index) => (invalid ? [{ index, errors, invalid }] : []));
    const answers = await oracle.judgeAll(
      asked.map(({ index, invalid }) => ({
        target: targetOf(declarations[index]!.target),
        template: invalid.template,
        level: 'privileged',
      })),
    );
    const namespace = await cluster().namespace('whole-workloads');
    const takenWhole = async ({ invalid: { objects } }: (typeof asked)[number]) => {
      const answers = objects.map(({ metadata, ...object }) =>
        cluster().client.create({ ...object, metadata: { ...metadata, namespace } }, { dryRun: true }),
      );
      return (await Promise.all(answers)).every(({ status }) => status !== 422);
    };
    // An API server takes a seccomp profile with an empty name; no kubelet can start the container.
    const byKubelet = 'seccompProfile is of the node, and names none of its profiles';
    const podTaken = asked.filter((_, i) => answers[i]?.verdict !== 'refused');
    const wholeTaken = await concurrently(podTaken, takenWhole);
    const taken = podTaken.filter((_, i) => wholeTaken[i]);
    const wrong = taken.filter(({ errors }) => errors.some(({ message }) => message !== byKubelet));
    expect(wrong.map(({ index, errors }) => ({ seed, index, errors }))).toEqual([]);
    expect(asked.length).toBeGreaterThan(runs / 200);
  }, 300_000);

  describe('the declarations that prove it', () => {
    const synthesized = () => declarations.filter((_, i) => outcomes[i]?.template);

    it('synthesize often, and are refused by us often', () => {
      expect(verdicts.size / runs).toBeGreaterThan(0.3);
      expect(outcomes.filter(({ errors }) => errors.length > 0).length / runs).toBeGreaterThan(0.2);
    });

    it('break every rule that stands for a Pod Security Standard', () => {
      const broken = new Set(outcomes.flatMap((outcome) => podSecurityFindings(outcome).map(({ rule }) => rule)));
      const always = rules.flatMap((rule) => ('podSecurity' in rule ? [rule.id] : []));
      const sometimes = [
        'capabilities-add',
        'proc-mount',
        'probe-host',
        'run-as-non-root',
        'run-as-user',
        'seccomp-profile',
      ] as const;
      expect([...broken].sort()).toEqual([...new Set([...always, ...sometimes])].sort());
    });

    it('use every prop, of every kind, for every version, where they synthesize', () => {
      const used = new Set(synthesized().flatMap(({ workload }) => Object.keys(workload.props)));
      expect([...used].sort()).toEqual([...propNames].sort());
      expect(new Set(synthesized().map(({ workload }) => workload.kind))).toEqual(new Set(Object.keys(classOfKind)));
      expect(new Set(synthesized().map(({ target }) => target.version))).toEqual(new Set(policyVersions));
      expect(new Set(synthesized().map(({ target }) => target.distribution))).toContain('openshift');
      expect(synthesized().filter(({ apiAccess }) => apiAccess).length).toBeGreaterThan(runs / 50);
      expect(synthesized().filter(({ workload }) => workload.props.os === 'windows').length).toBeGreaterThan(
        runs / 200,
      );
    });

    it('have agents injected, as sidecars and before Jobs', () => {
      const injected = (list: 'containers' | 'initContainers', name: string) =>
        outcomes.filter(({ template }) => template?.spec?.[list]?.some((container) => container.name === name)).length;
      expect(injected('initContainers', 'vault-agent-init')).toBeGreaterThan(injected('containers', 'vault-agent'));
      expect(injected('containers', 'vault-agent')).toBeGreaterThan(runs / 200);
    });

    it('patch every field, and synthesize after many patches', () => {
      const patched = JSON.stringify(declarations.map(({ hatches }) => hatches));
      const fields = [podFields, containerFields, containerContextFields].flatMap((table) => Object.keys(table));
      expect([...fields, ...volumeTypes].filter((field) => !patched.includes(`"${field}"`))).toEqual([]);
      for (const by of ['patchPod', 'annotations', 'jsonPatch'] as const) {
        const kept = synthesized().filter(({ hatches }) => hatches.some((hatch) => hatch.by === by));
        expect(kept.length).toBeGreaterThan(runs / 100);
      }
    });
  });

  describe('with exceptions', () => {
    const exception = { reason: 'a legacy agent, moved out in spring', expires: '2027-03-31' } as const;

    /** Waives whatever stops it, in a namespace that enforces no more than what is left. */
    function waived({ errors }: Outcome): (Overlay & { readonly level: PodSecurityLabel }) | undefined {
      const broken = [...new Set(errors.map(({ rule }) => rule))];
      if (broken.some((rule) => ruleById(rule)?.waivable === false)) return undefined;
      const has = (level: PodSecurityLevel) => errors.some(({ podSecurity }) => podSecurity === level);
      if (!has('baseline') && !has('restricted')) return undefined;
      const level = has('baseline') ? 'privileged' : 'baseline';
      return {
        level,
        exceptions: broken.map((rule) => ({ ...exception, rule })),
        namespace: { podSecurity: level, exceptions: [{ ...exception, rule: 'namespace-pod-security' }] },
      };
    }

    it('is accepted in a namespace that enforces only what nothing was waived of', async () => {
      const asked = declarations.flatMap((given, index) => {
        const overlay = waived(outcomes[index]!);
        return overlay ? [{ given, index, overlay }] : [];
      });
      const answers = await concurrently(asked, async ({ given, index, overlay }) => {
        const { errors, findings, template } = outcomeOf(given, overlay);
        const broken = findings.flatMap(({ rule, podSecurity }) => (podSecurity ? [rule] : []));
        const answer =
          template && (await oracle.judge({ target: targetOf(given.target), template, level: overlay.level }));
        return { index, errors, broken, level: overlay.level, answer };
      });
      expect(answers.filter(({ errors }) => errors.length > 0)).toEqual([]);
      expect(answers.filter(({ answer }) => answer?.verdict !== 'accepted').map((one) => ({ seed, ...one }))).toEqual(
        [],
      );
      for (const level of ['baseline', 'privileged'])
        expect(answers.filter((one) => one.level === level).length).toBeGreaterThan(runs / 100);
      // Of some 22; seeds give 14 to 18.
      expect(new Set(answers.flatMap(({ broken }) => broken)).size).toBeGreaterThan(12);
    }, 300_000);

    it('does not synthesize in a namespace that would refuse it all the same', () => {
      let seen = 0;
      for (const [index, given] of declarations.entries()) {
        const overlay = waived(outcomes[index]!);
        if (!overlay?.exceptions || seen >= 200) continue;
        seen++;
        const { errors } = outcomeOf(given, { exceptions: overlay.exceptions });
        expect(errors.map(({ rule }) => rule)).toContain('pod-security-conflict');
      }
      expect(seen).toBeGreaterThan(100);
    });
  });
});
