/**
 * What the cluster sets on a pod is what `harden` sets of the safe defaults: a real API server admits pods with the policy and without it.
 *
 * KUBE_BULWARK_RUNS sets how many mutations of pods are asked about, KUBE_BULWARK_SEED which.
 */
import * as fc from 'fast-check';
import { ClusterTarget } from '../../../../core/cluster';
import { defaultProfile, type HardenContext, harden, profiles } from '../../../../core/hardening';
import { safeDefaults } from '../../../../core/hardening/safe-defaults';
import { type KubernetesObject, podTemplateOf } from '../../../../core/manifest';
import type { PodSpec } from '../../../../core/manifest/pod';
import { mutatingAdmissionPolicy } from '../../../../core/policy/compile/mutating';
import { describeCluster, eventually, expectOk } from '../../../support/control-plane';
import { concurrently } from '../../../support/pod-security';
import { mutant, poolOf } from '../parity/mutate';
import { casesByRule, complete, corpora } from '../parity/seeds';

const seed = Number(process.env.KUBE_BULWARK_SEED ?? 20_261_121);
const runs = Number(process.env.KUBE_BULWARK_RUNS ?? 1500);

const target = ClusterTarget.of('1.36');

/** The pods that an object makes, as a pod. */
function podOf(object: KubernetesObject): readonly KubernetesObject[] {
  const template = podTemplateOf(object);
  if (template === undefined) return [];
  const { labels, annotations } = template.metadata;
  const metadata = { name: 'pod', ...(labels && { labels }), ...(annotations && { annotations }) };
  return [complete({ apiVersion: 'v1', kind: 'Pod', metadata, spec: template.spec as never })];
}

/** Without empty mappings, and with the volumes of tokens, whose names are drawn, all named alike. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value === 'string') return value.replace(/^kube-api-access-\w+$/, 'kube-api-access');
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .map(([key, member]) => [key, bare(member)] as const)
    .filter(([, member]) => member !== undefined);
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

const contextOf = ({ restartPolicy }: PodSpec): HardenContext => ({
  target,
  role: restartPolicy === 'Always' ? 'service' : 'batch',
  changes: 'safe',
});

/** The fields that `harden` sets, by name. */
function changedFields(spec: PodSpec): ReadonlySet<unknown> {
  if (spec.os?.name === 'windows') return new Set();
  return new Set(
    harden({ spec }, contextOf(spec)).changes.flatMap(({ path, to }) => (to === undefined ? [] : path.at(-1))),
  );
}

/** What the pod's owner would have of the safe defaults. What is there is kept: `drop: [all]` is not spelt anew. */
function hardened(spec: PodSpec): unknown {
  if (spec.os?.name === 'windows') return bare(spec);
  const { template } = harden({ spec }, contextOf(spec));
  const copy = structuredClone(template.spec) as unknown as Record<string, { securityContext?: object }[]>;
  for (const list of ['initContainers', 'containers'] as const) {
    spec[list]?.forEach((container, i) => {
      const context = copy[list]?.[i]?.securityContext;
      const { drop, add } = container.securityContext?.capabilities ?? {};
      if (context !== undefined)
        Object.assign(context, { capabilities: { ...(drop && { drop }), ...(add && { add }) } });
    });
  }
  return bare(copy);
}

/** Pods that the defaults are about, for mutations that turn each of them on and off. */
const subjects: readonly KubernetesObject[] = [
  { securityContext: { runAsUser: 1000 }, containers: [{ name: 'a', ports: [{ containerPort: 80 }] }] },
  {
    securityContext: { fsGroup: 2000 },
    terminationGracePeriodSeconds: 60,
    initContainers: [
      { name: 'i', restartPolicy: 'Always', ports: [{ containerPort: 80 }], securityContext: { runAsUser: 5 } },
    ],
    containers: [{ name: 'a', securityContext: { runAsUser: 1000, privileged: false } }],
  },
  {
    restartPolicy: 'OnFailure',
    containers: [
      {
        name: 'a',
        securityContext: { runAsUser: 1000 },
        ports: [
          { containerPort: 80, hostPort: 80 },
          { containerPort: 80, hostPort: 81 },
        ],
      },
      { name: 'b', securityContext: { runAsUser: 7, allowPrivilegeEscalation: true }, lifecycle: {} },
    ],
  },
].map((spec) => complete({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' }, spec: spec as never }));

describeCluster(
  'the policy of safe defaults',
  (cluster) => {
    let plain: string;
    let mutated: string;
    let policies: readonly KubernetesObject[];

    const admit = (pod: KubernetesObject, namespace: string) =>
      cluster().client.create({ ...pod, metadata: { ...pod.metadata, namespace } }, { dryRun: true });
    const specOf = (answer: { readonly body: KubernetesObject }) => answer.body.spec as unknown as PodSpec;

    beforeAll(async () => {
      plain = await cluster().namespace('plain');
      mutated = await cluster().namespace('mutated');
      // Other suites' pods are left alone: the policy is bound to one namespace.
      const [policy, binding] = mutatingAdmissionPolicy({ target, exemptNamespaces: [plain] });
      const own = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': mutated } } };
      policies = [
        policy as KubernetesObject,
        { ...(binding as KubernetesObject), spec: { ...(binding?.spec as object), matchResources: own } },
      ];
      for (const each of policies) expectOk(await cluster().client.create(each));
      const probe = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'it' },
        spec: { containers: [{ name: 'it', image: 'it' }] },
      };
      await eventually('the policy to be in force', async () => {
        const [container] = specOf(await admit(probe, mutated)).containers;
        return container?.securityContext?.privileged === false ? true : undefined;
      });
    }, 120_000);

    afterAll(async () => {
      for (const policy of [...policies].reverse()) await cluster().client.delete(policy);
    });

    it('sets what harden sets, and nothing else; twice is once', async () => {
      const known = [...corpora(), ...[...casesByRule().values()].flat(), ...subjects].flatMap(podOf);
      const pool = poolOf(known);
      const either = fc.oneof(mutant(known, known, pool), mutant(subjects, subjects, pool));
      const mutants = fc.sample(either, { seed, numRuns: runs }).map(complete);
      const unlike: unknown[] = [];
      const tally = { compared: 0, refused: 0 };
      const set = new Map<unknown, number>();
      await concurrently([...known, ...mutants], async (pod) => {
        const without = await admit(pod, plain);
        const withPolicy = await admit(pod, mutated);
        if (without.status !== 201 || withPolicy.status !== 201) {
          tally.refused++;
          if (without.status !== withPolicy.status) unlike.push([pod, without.message, withPolicy.message]);
          return;
        }
        const [before, after] = [specOf(without), specOf(withPolicy)];
        const expected = JSON.stringify(sorted(hardened(before)));
        tally.compared++;
        for (const field of changedFields(before)) set.set(field, (set.get(field) ?? 0) + 1);
        if (JSON.stringify(sorted(bare(after))) !== expected)
          unlike.push([pod, 'expected', JSON.parse(expected), 'was', bare(after)]);
        const again = await admit({ ...pod, spec: after as never }, mutated);
        if (JSON.stringify(sorted(bare(specOf(again)))) !== expected)
          unlike.push([pod, 'again', again.message, bare(specOf(again))]);
      });
      console.info(
        `${tally.compared} pods compared, ${tally.refused} not taken by the server; set: ${JSON.stringify([...set])}`,
      );
      expect(unlike.slice(0, 3)).toEqual([]);
      for (const { path } of Object.values(safeDefaults(profiles[defaultProfile]))) {
        const field = path.at(-1) ?? '';
        expect({ field, often: (set.get(field) ?? 0) >= 50 }).toEqual({ field, often: true });
      }
    }, 600_000);
  },
  { own: true },
);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}
