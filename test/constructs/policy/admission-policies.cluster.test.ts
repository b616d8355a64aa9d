import { Chart } from 'cdk8s';
import { type KubernetesObject, podTemplateOf, readManifests } from '../../../core/manifest';
import { registries } from '../../../examples/online-boutique/online-boutique';
import { AdmissionPolicies, BulwarkApp, ClusterTarget } from '../../../index';
import { upstreamLack, upstreamObjects } from '../../examples/boutique';
import { deployForAll, settle } from '../../examples/deploy';
import { type ApiObject, describeCluster, eventually, expectOk } from '../../support/control-plane';
import { itUnless } from '../../support/lack';

const upstream = upstreamObjects();

/** Every rule in deny mode, as an administrator's app writes it, for the namespaces of this test. */
function policiesFor(namespaces: readonly string[]): readonly KubernetesObject[] {
  const app = new BulwarkApp({ target: ClusterTarget.of('1.36'), registries, today: '2026-11-21' });
  new AdmissionPolicies(new Chart(app, 'cluster'), 'policies', {
    mode: 'deny',
    exceptions: [
      {
        rule: 'image-digest',
        reason: 'upstream publishes tags only; our registry will pin them',
        expires: '2027-06-30',
        selector: { namespace: namespaces[0], image: '*online-boutique*' },
      },
      {
        rule: 'image-digest',
        reason: 'upstream publishes tags only; our registry will pin them',
        expires: '2027-06-30',
        selector: { namespace: namespaces[0], image: '*redis*' },
      },
    ],
  });
  const { documents } = readManifests(app.synthYaml(), { source: 'policies' });
  const values = [...namespaces];
  const matchResources = {
    namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values }] },
  };
  return documents.map(({ object }) =>
    object.kind === 'ValidatingAdmissionPolicyBinding'
      ? { ...object, spec: { ...(object.spec as object), matchResources } }
      : object,
  );
}

const workloads = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);

/** The pod that a workload makes. */
function podOf(object: KubernetesObject): KubernetesObject {
  const { metadata = {}, spec } = podTemplateOf(object) ?? {};
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: `${object.metadata?.name}-0` },
    spec,
  } as KubernetesObject;
}

describeCluster(
  'AdmissionPolicies in deny mode',
  (cluster) => {
    const shop = deployForAll(cluster);
    let foreign: string;
    let policies: readonly KubernetesObject[] = [];

    beforeAll(async () => {
      const { client } = cluster();
      await settle(cluster(), shop());
      foreign = await cluster().namespace('upstream');
      policies = policiesFor([shop().namespace, foreign]);
      for (const policy of policies) expectOk(await client.create(policy));
      await eventually('the first policies to be in force', async () => {
        const { status } = await client.create(inside(worst, foreign), { dryRun: true });
        return status === 422 ? true : undefined;
      });
      // The API server takes them up in the order in which they were made: where one more is in force, all are.
      const last = refusing(lastConfig, foreign);
      policies = [...policies, ...last];
      for (const policy of last) expectOk(await client.create(policy));
      await eventually('the last policy to be in force', async () => {
        const { status } = await client.create(inside(lastConfig, foreign), { dryRun: true });
        return status === 422 ? true : undefined;
      });
    }, 180_000);

    afterAll(async () => {
      for (const policy of [...policies].reverse()) await cluster().client.delete(policy as never);
    }, 60_000);

    it('accept our example: its objects anew, and the pods that its controllers make', async () => {
      const { client } = cluster();
      const ours = shop().objects.filter(
        ({ metadata, kind }) => metadata?.namespace === shop().namespace && workloads.has(kind),
      );
      expect(ours.length).toBeGreaterThan(10);
      for (const object of ours) {
        const copy = { ...object, metadata: { ...object.metadata, name: `${object.metadata?.name}-copy` } };
        expectOk(await client.create(copy, { dryRun: true }));
      }
      const pods = async () =>
        expectOk(await client.list<ApiObject>({ apiVersion: 'v1', kind: 'Pod', namespace: shop().namespace })).items;
      const before = await pods();
      expect(before.length).toBeGreaterThan(10);
      for (const pod of before) await client.delete({ ...pod, apiVersion: 'v1', kind: 'Pod' });
      const old = new Set(before.map(({ metadata }) => metadata.uid));
      await eventually(
        'the controllers to make every pod anew',
        async () => {
          const made = (await pods()).filter(({ metadata }) => !old.has(metadata.uid));
          return made.length === before.length ? true : undefined;
        },
        60_000,
      );
    }, 120_000);

    itUnless(
      upstreamLack,
      'refuse every workload of upstream, and every pod of one',
      async () => {
        const theirs = upstream.filter(({ kind }) => workloads.has(kind));
        expect(theirs.length).toBeGreaterThan(10);
        for (const object of theirs.flatMap((each) => [each, podOf(each)])) {
          const { metadata, spec } = object;
          const isPod = object.kind === 'Pod';
          // The ServiceAccounts of upstream are not here: admission would refuse for that alone.
          const pod = isPod ? { ...(spec as object), serviceAccountName: 'default' } : spec;
          const answer = await cluster().client.create(
            { ...object, metadata: { ...metadata, namespace: foreign }, spec: pod } as KubernetesObject,
            { dryRun: true },
          );
          expect({ name: metadata?.name, status: answer.status, message: answer.message }).toEqual({
            name: metadata?.name,
            status: 422,
            message: expect.stringMatching(
              /ValidatingAdmissionPolicy 'bulwark-[-a-z]+' .* denied request: .*\[[-a-z]+\]/s,
            ),
          });
        }
      },
      60_000,
    );
  },
  { own: true },
);

const lastConfig: KubernetesObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'last' } };

/** A policy that refuses a ConfigMap in a namespace, and nothing else. */
function refusing({ metadata }: KubernetesObject, namespace: string): readonly KubernetesObject[] {
  const apiVersion = 'admissionregistration.k8s.io/v1';
  const name = `refuses-${metadata?.name}`;
  const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] };
  const validations = [{ expression: `object.metadata.name != '${metadata?.name}'` }];
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': namespace } };
  return [
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicy',
      metadata: { name },
      spec: { matchConstraints: { resourceRules: [rule] }, validations },
    },
    {
      apiVersion,
      kind: 'ValidatingAdmissionPolicyBinding',
      metadata: { name },
      spec: { policyName: name, validationActions: ['Deny'], matchResources: { namespaceSelector } },
    },
  ];
}

const inside = (object: KubernetesObject, namespace: string): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, namespace },
});

/** A pod that breaks most rules. */
const worst: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'worst' },
  spec: {
    hostNetwork: true,
    hostPID: true,
    hostIPC: true,
    volumes: [{ name: 'root', hostPath: { path: '/' } }],
    containers: [
      {
        name: 'worst',
        image: 'elsewhere.example/x',
        securityContext: { privileged: true },
        ports: [{ containerPort: 80 }],
      },
    ],
  },
};
