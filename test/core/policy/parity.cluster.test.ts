/**
 * The two meanings of a rule are one: for every rule that the cluster can enforce, the closure and the CEL that a real API server
 * evaluates give the same verdict on every object that it takes, as it was written and as the server defaulted it.
 *
 * KUBE_BULWARK_RUNS sets how many mutations of each rule's cases are asked about, KUBE_BULWARK_SEED which.
 */
import * as fc from 'fast-check';
import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest';
import { isEnforceable } from '../../../core/policy/compile/admission';
import type { Rule } from '../../../core/policy/rule';
import { rules } from '../../../core/policy/rules';
import { describeCluster, eventually, expectOk } from '../../support/control-plane';
import { concurrently } from '../../support/pod-security';
import { customKinds, customResourceDefinition } from './parity/custom-kinds';
import { mutant, poolOf, varied } from './parity/mutate';
import { ParityOracle } from './parity/oracle';
import { casesByRule, complete, corpora, edgesByRule, ephemeralContainers, hardened } from './parity/seeds';

const seed = Number(process.env.KUBE_BULWARK_SEED ?? 20_261_121);
const runs = Number(process.env.KUBE_BULWARK_RUNS ?? 100);
/** Each rule is seen to refuse and to accept so many different objects. */
const least = 50;

const context = { target: ClusterTarget.of('1.36'), registries: ['registry.acme.example', 'docker.io/library'] };
const enforceable = (rules as readonly Rule[]).filter(isEnforceable);
const clusterScoped = [
  'Namespace',
  'ClusterRole',
  'ClusterRoleBinding',
  'PersistentVolume',
  'StorageClass',
  'SecurityContextConstraints',
  'K8sAllowedRepos',
  'ClusterExternalSecret',
];
/** Namespaces that rules are about. */
const kept = ['default', 'kube-system', 'kube-public'];
describeCluster(
  'a rule and its admission policy',
  (cluster) => {
    let namespace: string;
    let oracle: ParityOracle;

    beforeAll(async () => {
      namespace = await cluster().namespace('parity');
      for (const kind of customKinds) expectOk(await cluster().client.create(customResourceDefinition(kind)));
      for (const { group, version, plural } of customKinds) {
        await eventually(`${plural} to be served`, async () => {
          const { status } = await cluster().client.request('GET', `/apis/${group}/${version}/${plural}`);
          return status === 200 || undefined;
        });
      }
      oracle = new ParityOracle(cluster(), enforceable, context);
      for (const policy of oracle.policies()) expectOk(await cluster().client.create(policy));
    }, 120_000);

    const placed = (object: KubernetesObject): KubernetesObject => ({
      ...object,
      metadata: {
        ...object.metadata,
        name: object.metadata?.name ?? 'it',
        ...(!clusterScoped.includes(object.kind) && {
          namespace: kept.find((name) => name === object.metadata?.namespace) ?? namespace,
        }),
      },
    });

    it('is found without fault by the type checker', async () => {
      for (const policy of oracle.policies().filter(({ kind }) => kind === 'ValidatingAdmissionPolicy')) {
        const typeChecking = await eventually(
          `${policy.metadata?.name} to be type-checked`,
          async () => {
            const { body } = await cluster().client.get<KubernetesObject>(policy as never);
            return (body.status as { readonly typeChecking?: object } | undefined)?.typeChecking;
          },
          120_000,
        );
        expect({ policy: policy.metadata?.name, ...typeChecking }).toEqual({ policy: policy.metadata?.name });
      }
    }, 300_000);

    it('refuses and accepts the same objects', async () => {
      const cases = casesByRule();
      const known = [...[...cases.values()].flat(), ...corpora(), ...hardened()];
      const pool = poolOf(known);
      const ofRule = (id: string) => cases.get(id) ?? known;
      const mutants = enforceable.flatMap(({ id }) =>
        fc.sample(mutant(ofRule(id), known, pool), { seed, numRuns: runs }).map(complete),
      );
      const nearlyRight = fc.sample(mutant(hardened(), hardened(), pool), { seed, numRuns: 4 * runs });
      const objects = [...known, ...mutants, ...nearlyRight].map(placed);
      await inForce(known.map(placed));

      await concurrently(objects, async (object) => {
        for (const group of oracle.groups.keys()) if (!(await oracle.compare(object, group))) break;
      });
      const edgesOf = edgesByRule();
      const edges = oracle.groups.flatMap((asked, group) =>
        asked.flatMap(({ id }) => (edgesOf.get(id) ?? []).map((object) => ({ object: placed(object), group }))),
      );
      await concurrently(edges, ({ object, group }) => oracle.compare(object, group));
      // What is rare among all objects is asked about in its own cases, with what does not matter varied.
      for (let round = 0; round < 90 && oracle.rare(least).length > 0; round++) {
        const more = oracle.rare(least).flatMap(({ rule: { id, subject }, group }) => {
          const own = [...ofRule(id), ...(subject === 'pod' ? hardened() : [])];
          return own.map((object, i) => ({ object: placed(varied(object, round * own.length + i)), group }));
        });
        await concurrently(more, ({ object, group }) => oracle.compare(object, group));
      }
      await compareEphemeral();

      const table = [...oracle.tally].map(
        ([id, { refused, accepted }]) => `${id}: ${refused} refused, ${accepted} accepted`,
      );
      const reasons = [...oracle.turnedAway]
        .sort(([, a], [, b]) => b - a)
        .map(([reason, times]) => `${times} ${reason}`);
      const turnedAway = [...oracle.turnedAway.values()].reduce((sum, times) => sum + times, 0);
      console.info(
        `${oracle.verdicts} distinct verdicts of ${enforceable.length} rules on ${objects.length + edges.length} objects compared, ` +
          `${turnedAway} not taken by the server\n${table.join('\n')}\nNot taken:\n${reasons.slice(0, Number(process.env.KUBE_BULWARK_REASONS ?? 5)).join('\n')}`,
      );
      expect(oracle.differences.slice(0, 10)).toEqual([]);
      expect(oracle.rare(least).map(({ rule: { id } }) => id)).toEqual([]);
    }, 1_800_000);

    /** Policies take effect some time after they are made. */
    function inForce(known: readonly KubernetesObject[]): Promise<true> {
      // One that is refused by each rule: of policies that are made one after another, the last may come into force later.
      const probes = oracle.groups.map(
        (rules) => new Set(rules.flatMap((rule) => known.find((object) => oracle.closureVerdict(rule, object)) ?? [])),
      );
      return eventually(
        'every policy to be in force',
        async () => {
          for (const [group, asked] of probes.entries()) {
            for (const probe of asked) await oracle.compare(probe, group);
          }
          const settled = oracle.differences.length === 0;
          oracle.differences.length = 0;
          return settled || undefined;
        },
        60_000,
      );
    }

    /** Ephemeral containers come to a pod that is there, by a resource of their own. */
    async function compareEphemeral(): Promise<void> {
      const { client } = cluster();
      const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'debugged', namespace } };
      for (const group of oracle.groups.keys()) {
        const labels = { 'bulwark-parity': `g${group}` };
        const spec = { containers: [{ name: 'it', image: 'registry.acme.example/it:1' }], securityContext: {} };
        const name = `debugged-${group}`;
        const made = expectOk(
          await client.create<KubernetesObject>({ ...pod, metadata: { name, namespace, labels }, spec }),
        );
        for (const ephemeral of ephemeralContainers()) {
          const debugged = { ...made, spec: { ...(made.spec as object), ephemeralContainers: [ephemeral] } };
          await oracle.compare(debugged, group, (object) =>
            client.request('PUT', `/api/v1/namespaces/${namespace}/pods/${name}/ephemeralcontainers`, {
              query: { dryRun: 'All' },
              body: object,
            }),
          );
        }
      }
    }
  },
  { own: true },
);
