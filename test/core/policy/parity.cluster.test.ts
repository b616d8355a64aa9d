/**
 * The two meanings of a rule are one: for every rule that the cluster can enforce, the closure and the CEL that a real API server
 * evaluates give the same verdict on every object that it takes, as it was written and as the server defaulted it.
 *
 * KUBE_BULWARK_RUNS sets how many mutations of each rule's cases are asked about, KUBE_BULWARK_SEED which.
 */
import * as fc from 'fast-check';
import { ClusterTarget } from '../../../core/cluster';
import { apiGroup, type KubernetesObject } from '../../../core/manifest';
import { podIn } from '../../../core/policy/check';
import { type EnforceableRule, isEnforceable } from '../../../core/policy/compile/admission';
import { kindsOf } from '../../../core/policy/compile/match';
import { validatingAdmissionPolicy } from '../../../core/policy/compile/vap';
import type { Rule } from '../../../core/policy/rule';
import { rules } from '../../../core/policy/rules';
import { type ControlPlane, describeCluster, eventually, expectOk } from '../../support/control-plane';
import { concurrently } from '../../support/pod-security';
import { mutant, poolOf } from './parity/mutate';
import { casesByRule, complete, corpora } from './parity/seeds';

const seed = Number(process.env.KUBE_BULWARK_SEED ?? 20_261_121);
const runs = Number(process.env.KUBE_BULWARK_RUNS ?? 150);

const target = ClusterTarget.of('1.36');
const registries = ['registry.acme.example', 'docker.io/library'];
const context = { target, registries };
const enforceable = (rules as readonly Rule[]).filter(isEnforceable);

const clusterScoped = new Set(['Namespace', 'ClusterRole', 'ClusterRoleBinding', 'PersistentVolume']);

/** So many rules are asked about at once: what a response can carry of warnings is bounded. */
const rulesPerRequest = 12;
const groups = Array.from({ length: Math.ceil(enforceable.length / rulesPerRequest) }, (_, i) =>
  enforceable.slice(i * rulesPerRequest, (i + 1) * rulesPerRequest),
);

/** Whether the closure refuses the object; undefined where the rule is not about such objects. */
function closureVerdict(rule: EnforceableRule, object: KubernetesObject): boolean | undefined {
  if (!kindsOf(rule).includes(`${apiGroup(object.apiVersion)}/${object.kind}`)) return undefined;
  if (rule.subject === 'object') return [...rule.check(object, context)].length > 0;
  const pod = podIn(object);
  return pod === undefined ? undefined : [...rule.check(pod, context)].length > 0;
}

/** A policy as it is compiled, but that its name and message are short, and that only objects of this test are asked about. */
function policiesOf(rule: EnforceableRule, group: number): readonly KubernetesObject[] {
  const [policy, binding] = validatingAdmissionPolicy(rule.id, [rule], { ...context, mode: 'warn' });
  const spec = policy?.spec as { readonly validations: readonly { readonly expression: string }[] };
  const policyName = `p-${rule.id}`;
  const matchResources = { objectSelector: { matchLabels: { 'bulwark-parity': `g${group}` } } };
  return [
    {
      ...(policy as KubernetesObject),
      metadata: { name: policyName },
      spec: { ...spec, validations: spec.validations.map(({ expression }) => ({ expression, message: 'no' })) },
    },
    {
      ...(binding as KubernetesObject),
      metadata: { name: policyName },
      spec: { ...(binding?.spec as object), validationActions: ['Warn'], policyName, matchResources },
    },
  ];
}

/** The rules that the API server's policies refuse the object by, and the object as it would have stored it. */
async function serverVerdicts(cluster: ControlPlane, object: KubernetesObject, group: number) {
  const labels = { ...object.metadata?.labels, 'bulwark-parity': `g${group}` };
  const answer = await cluster.client.create({ ...object, metadata: { ...object.metadata, labels } }, { dryRun: true });
  if (answer.status !== 201) return { refused: answer.message };
  const broken = new Set(
    answer.warnings.flatMap((warning) => /ValidatingAdmissionPolicy 'p-([^']+)'/.exec(warning)?.[1] ?? []),
  );
  const failed = answer.warnings.filter((warning) =>
    /error|failed to/i.test(warning.replace(/^Validation failed/, '')),
  );
  return { broken, failed, stored: answer.body as unknown as KubernetesObject };
}

describeCluster('a rule and its admission policy', (cluster) => {
  let namespace: string;
  const policies = groups.flatMap((group, i) => group.flatMap((rule) => policiesOf(rule, i)));

  beforeAll(async () => {
    namespace = await cluster().namespace('parity');
    for (const policy of policies) expectOk(await cluster().client.create(policy));
  }, 120_000);

  afterAll(async () => {
    for (const policy of [...policies].reverse()) await cluster().client.delete(policy as never);
  }, 120_000);

  it('is found without fault by the type checker', async () => {
    for (const policy of policies.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')) {
      const typeChecking = await eventually(`${policy.metadata?.name} to be type-checked`, async () => {
        const { body } = await cluster().client.get<KubernetesObject>(policy as never);
        return (body.status as { readonly typeChecking?: object } | undefined)?.typeChecking;
      });
      expect({ policy: policy.metadata?.name, ...typeChecking }).toEqual({ policy: policy.metadata?.name });
    }
  }, 120_000);

  it('refuses and accepts the same objects', async () => {
    const cases = casesByRule();
    const known = [...[...cases.values()].flat(), ...corpora()];
    const pool = poolOf(known);
    // Of each rule's own cases, so that each rule is both kept and broken often.
    const mutants = enforceable.flatMap(({ id }) =>
      fc.sample(mutant(cases.get(id) ?? known, known, pool), { seed, numRuns: runs }).map(complete),
    );
    const inNamespace = (object: KubernetesObject): KubernetesObject => ({
      ...object,
      metadata: { ...object.metadata, ...(!clusterScoped.has(object.kind) && { namespace }) },
    });
    const objects = [...known, ...mutants].map(inNamespace);
    const tally = new Map(enforceable.map(({ id }) => [id, { refused: 0, accepted: 0 }]));
    const seen = new Set<string>();
    const unlike: string[] = [];
    let turnedAway = 0;
    const reasons = new Map<string, number>();

    // Policies take effect some time after they are made.
    await eventually(
      'every policy to be in force',
      async () => {
        for (const [i, group] of groups.entries()) {
          const probe = known.find((object) => group.some((rule) => closureVerdict(rule, object)));
          if (probe === undefined) continue;
          const expected = group.filter((rule) => closureVerdict(rule, probe)).map(({ id }) => id);
          const { broken } = await serverVerdicts(cluster(), inNamespace(probe), i);
          if (broken && expected.some((id) => !broken.has(id))) return undefined;
        }
        return true;
      },
      60_000,
    );

    await concurrently(objects, async (object) => {
      for (const [i, group] of groups.entries()) {
        const asked = group.filter((rule) => closureVerdict(rule, object) !== undefined);
        if (asked.length === 0) continue;
        const { broken, failed, stored, refused } = await serverVerdicts(cluster(), object, i);
        if (broken === undefined || stored === undefined) {
          turnedAway++;
          const reason = String(refused)
            .replace(/"[^"]*"/g, '…')
            .slice(0, 90);
          reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
          break;
        }
        for (const warning of failed) unlike.push(`${warning}\n  ${JSON.stringify(object)}`);
        for (const rule of asked) {
          const said = broken.has(rule.id);
          const verdicts = {
            written: closureVerdict(rule, object),
            stored: closureVerdict(rule, stored),
            server: said,
          };
          const count = tally.get(rule.id);
          const key = `${rule.id} ${JSON.stringify(object.spec ?? object)}`;
          if (count && !seen.has(key)) count[said ? 'refused' : 'accepted']++;
          seen.add(key);
          if (verdicts.written !== said || verdicts.stored !== said)
            unlike.push(`${rule.id} ${JSON.stringify(verdicts)}\n  ${JSON.stringify(object)}`);
        }
      }
    });

    const table = [...tally].map(([id, { refused, accepted }]) => `${id}: ${refused} refused, ${accepted} accepted`);
    console.info(
      `${seen.size} distinct verdicts of ${enforceable.length} rules on ${objects.length} objects compared, ${turnedAway} objects not taken by the server\n${table.join('\n')}`,
    );
    if (process.env.KUBE_BULWARK_REASONS)
      console.info(
        [...reasons]
          .sort((a, b) => b[1] - a[1])
          .slice(0, 40)
          .map(([reason, n]) => `${n} ${reason}`)
          .join('\n'),
      );
    expect(unlike.slice(0, 10)).toEqual([]);
    for (const [rule, { refused, accepted }] of tally) {
      expect({ rule, often: refused >= 50 && accepted >= 50 }).toEqual({ rule, often: true });
    }
  }, 900_000);
});
