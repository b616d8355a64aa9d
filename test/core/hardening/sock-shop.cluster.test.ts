import * as fc from 'fast-check';
import { ClusterTarget } from '../../../core/cluster';
import { mergePatch, withPodTemplate } from '../../../core/manifest';
import type { PodSpec, PodTemplateSpec } from '../../../core/manifest/pod';
import { clusterObjects, podAnnotations, podPatch } from '../../support/arbitrary/pod-patch';
import { policyVersions } from '../../support/arbitrary/target';
import { describeCluster, expectOk } from '../../support/control-plane';
import { PodSecurityOracle, type Question } from '../../support/pod-security';
import { hardened, hardenedObject, podSecurityFindings, reasons, sockShopLack, workloads } from './sock-shop';

const nodes = { userNamespaces: true, appArmor: true, supplementalGroupsPolicy: true };
const plain = ClusterTarget.of('1.34');
const able = ClusterTarget.of('1.36', { nodes });

/** Changes of the pods in all ways that the escape hatch knows, most of them harmful. */
const seed = Number(process.env.KUBE_BULWARK_SEED ?? 20_261_121);
const runs = Number(process.env.KUBE_BULWARK_RUNS ?? 3_000);

interface Mutation {
  readonly version: string;
  readonly workload: number;
  readonly hardened: boolean;
  readonly patches: readonly object[];
  readonly annotations: Readonly<Record<string, string | null>>;
}

const mutation: fc.Arbitrary<Mutation> = fc.record(
  {
    version: fc.constantFrom(...policyVersions),
    workload: fc.nat(Math.max(0, workloads.length - 1)),
    hardened: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    patches: fc.array(podPatch, { minLength: 1, maxLength: 2 }),
    annotations: fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: podAnnotations }),
  },
  { noNullPrototype: true },
);

/** The pod of a mutation, and what a server is asked about it. */
function questionOf(given: Mutation): Question & { readonly template: PodTemplateSpec & { readonly spec: PodSpec } } {
  const workload = workloads[given.workload]!;
  const target = ClusterTarget.of(given.version, { nodes });
  const base = given.hardened ? hardened(workload, target).template : workload.template;
  const main = base.spec.containers[0]!.name;
  const { patches, annotations } = JSON.parse(JSON.stringify(given).replaceAll('$main', main)) as Mutation;
  const spec = patches.reduce<PodSpec>((before, patch) => mergePatch(before, patch), base.spec);
  return { target, template: { metadata: mergePatch(base.metadata ?? {}, { annotations }), spec } };
}

/** Whether our rules say that `restricted` takes the pod. */
function accepts({ target, template }: ReturnType<typeof questionOf>): readonly string[] {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'pod' } };
  const object = withPodTemplate(
    { ...pod, spec: template.spec },
    { path: [], metadata: { ...pod.metadata, ...template.metadata }, spec: template.spec },
  );
  return podSecurityFindings(object, target).map(({ rule, property }) => `${rule} ${property}`);
}

describeCluster(
  'the Sock Shop',
  (cluster) => {
    let oracle: PodSecurityOracle;

    beforeAll(async () => {
      oracle = new PodSecurityOracle(cluster());
      for (const object of clusterObjects) expectOk(await cluster().client.apply(object));
    });

    async function verdicts(target: ClusterTarget, user?: number): Promise<Readonly<Record<string, string>>> {
      const pods = workloads.map((workload) => hardened(workload, target, user === undefined ? {} : { user }));
      const answers = await oracle.judgeAll(pods.map(({ template }) => ({ target, template })));
      const entries = workloads.map((workload, i) => {
        const why = reasons(workload, pods[i]!, target).join('; ');
        const { verdict } = answers[i]!;
        return [workload.name, why === '' ? verdict : `${verdict}: ${why}`] as const;
      });
      return Object.fromEntries(entries);
    }

    const databases = (user: string) => ({
      'carts-db': `violates: ${asks('carts-db')}${user && `; carts-db: ${user}`}`,
      'orders-db': `violates: ${asks('orders-db')}${user && `; orders-db: ${user}`}`,
      rabbitmq: `violates: ${asks('rabbitmq', 'DAC_OVERRIDE')}${user && `; rabbitmq: ${user}; rabbitmq-exporter: ${user}`}`,
      'session-db': `violates: ${asks('session-db')}${user && `; session-db: ${user}`}`,
      'user-db': `violates: ${asks('user-db')}${user && `; user-db: ${user}`}`,
    });
    const asks = (name: string, ...more: readonly string[]) =>
      ['CHOWN', 'SETGID', 'SETUID', ...more].map((one) => `${name}: asks for ${one} (capabilities-add)`).join('; ');
    const served = {
      carts: 'accepted',
      catalogue: 'accepted',
      'front-end': 'accepted',
      orders: 'accepted',
      payment: 'accepted',
      shipping: 'accepted',
      user: 'accepted',
    };

    it('is refused whole as upstream has it', async () => {
      const answers = await oracle.judgeAll(workloads.map(({ template }) => ({ target: plain, template })));
      const refused = workloads.filter((_, i) => answers[i]?.verdict === 'violates').map(({ name }) => name);
      expect(refused).toEqual(workloads.map(({ name }) => name));
      expect(refused).toHaveLength(14);
    });

    it('is accepted where its user is known, and reported with the reason where not', async () => {
      expect(await verdicts(plain)).toEqual({
        ...served,
        ...databases('needs-fact user'),
        'catalogue-db': 'violates: catalogue-db: needs-fact user',
        'queue-master': 'violates: queue-master: needs-fact user',
      });
    });

    it('is accepted once its owner has named the user, but for those that ask for capabilities', async () => {
      expect(await verdicts(plain, 10_001)).toEqual({
        ...served,
        ...databases(''),
        'catalogue-db': 'accepted',
        'queue-master': 'accepted',
      });
    });

    it('needs no user named in a user namespace from 1.35 on, by the standard', async () => {
      expect(await verdicts(able)).toEqual({
        ...served,
        ...databases(''),
        'catalogue-db': 'accepted',
        'queue-master': 'accepted',
      });
    });

    it.each(policyVersions)('is judged as our rules judge it at %s', async (version) => {
      const target = ClusterTarget.of(version, { nodes });
      const pods = workloads.map((workload) => hardened(workload, target));
      const answers = await oracle.judgeAll(pods.map(({ template }) => ({ target, template })));
      const ours = workloads.map((workload, i) => podSecurityFindings(hardenedObject(workload, pods[i]!), target));
      expect(answers.map(({ verdict }) => verdict)).toEqual(
        ours.map((findings) => (findings.length === 0 ? 'accepted' : 'violates')),
      );
    });

    it('is judged as our rules judge it after any change of its pods', async () => {
      const questions = fc.sample(mutation, { seed, numRuns: runs }).map(questionOf);
      const answers = await oracle.judgeAll(questions);
      const judged = questions.flatMap((question, i) => {
        const { verdict, message } = answers[i]!;
        // What is no valid pod never gets as far as Pod Security.
        return verdict === 'refused' ? [] : [{ question, verdict, message, ours: accepts(question) }];
      });
      const differing = judged.filter(({ verdict, ours }) => (verdict === 'accepted') !== (ours.length === 0));
      expect(differing.map((one) => ({ ...one, seed }))).toEqual([]);
      const count = (wanted: string) => judged.filter(({ verdict }) => verdict === wanted).length / runs;
      expect(judged.length / runs).toBeGreaterThan(0.7);
      expect(count('accepted')).toBeGreaterThan(0.1);
      expect(count('violates')).toBeGreaterThan(0.3);
    }, 300_000);
  },
  { unless: sockShopLack },
);
