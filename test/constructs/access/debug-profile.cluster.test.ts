/** `kubectl debug` by the profile, into a namespace that enforces restricted and all of the rules: admitted; without it, refused. */
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import type { KubernetesObject } from '../../../core/manifest';
import type { PodSpec } from '../../../core/manifest/pod';
import { AdmissionPolicies, BreakGlass, DebugProfile, LockedNamespace, SecureDeployment, User } from '../../../index';
import { basics, image, objectsOf, testApp } from '../../support/app';
import { describeCluster, eventually, expectOk } from '../../support/control-plane';
import { lackIn } from '../../support/go-programs';
import { Kubectl, kubectlProgram } from '../../support/kubectl';
import { templateIn } from '../../support/workload-kinds';

const today = new Date().toISOString().slice(0, 10);

const program = kubectlProgram();

describeCluster(
  'kubectl debug',
  (cluster) => {
    jest.setTimeout(180_000);
    let kubectl: Kubectl;
    let namespace: string;
    let policies: readonly KubernetesObject[] = [];

    /** The rules in deny mode, for the one namespace. */
    function policiesIn(only: string): readonly KubernetesObject[] {
      const app = testApp();
      new AdmissionPolicies(new Chart(app, 'cluster'), 'policies', { mode: 'deny' });
      const matchResources = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': only } } };
      return objectsOf(app).map((object) => ({
        ...object,
        metadata: { ...object.metadata, name: `debug-${object.metadata?.name}` },
        spec:
          object.kind === 'ValidatingAdmissionPolicyBinding'
            ? {
                ...(object.spec as object),
                policyName: `debug-${(object.spec as { policyName: string }).policyName}`,
                matchResources,
              }
            : object.spec,
      })) as KubernetesObject[];
    }

    beforeAll(async () => {
      const { client } = cluster();
      kubectl = new Kubectl('kubectl' in program ? program.kubectl : '', cluster());
      namespace = await cluster().namespace('shop');
      const app = testApp({ today });
      const shop = new LockedNamespace(app, namespace, { owner: 'team-shop' });
      new SecureDeployment(shop, 'web', basics);
      const expires = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 16)}:00Z`;
      const to = [new User(app, 'jane', { name: 'outsider' })] as const;
      const reason = 'INC-42: orders are lost';
      new BreakGlass(shop, 'inc', { to, may: ['debug'], expires, reason, image });
      DebugProfile.of(app).write(kubectl.folder);
      policies = policiesIn(namespace);
      const objects = objectsOf(app);
      // No controller takes of the quota, or makes pods beside those of the test.
      const kept = objects.filter(({ kind }) => !['CronJob', 'Deployment', 'ResourceQuota'].includes(kind));
      for (const object of [...kept, ...policies]) expectOk(await client.apply(object, { force: true }));
      const deployment = objects.find(({ kind }) => kind === 'Deployment') as KubernetesObject;
      const { metadata, spec } = templateIn(deployment);
      const podWith = (name: string, change: object = {}): KubernetesObject => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { ...metadata, namespace, name },
        spec: { ...spec, containers: spec.containers.map((container) => ({ ...container, ...change })) },
      });
      for (const [rule, change] of Object.entries({
        'image-digest': { image: 'registry.example/app:1' },
        'image-allowed': { image: image.replace('registry.example', 'docker.io/x') },
        'read-only-root-filesystem': {
          securityContext: { ...spec.containers[0]?.securityContext, readOnlyRootFilesystem: false },
        },
      }))
        await eventually(`the policy of ${rule} to be enforced`, async () => {
          const { message } = await client.create(podWith('open', change), { dryRun: true });
          return message.includes(rule) || undefined;
        });
      for (const name of ['one', 'two', 'three']) expectOk(await client.create(podWith(name)));
      await eventually(
        'the right',
        async () =>
          (await client.can(cluster().tokens.outsider, 'patch', 'pods', {
            namespace,
            subresource: 'ephemeralcontainers',
          })) || undefined,
      );
    }, 300_000);

    afterAll(async () => {
      kubectl?.close();
      for (const policy of policies) await cluster().client.delete(policy);
    });

    const debug = (pod: string, ...args: readonly string[]) =>
      kubectl.run(cluster().tokens.outsider, 'debug', pod, `--namespace=${namespace}`, '--container=debug', ...args);
    const profile = () => ['--profile=restricted', `--custom=${join(kubectl.folder, 'restricted.json')}`];
    const containersOf = async (name: string) => {
      const metadata = { namespace, name };
      const answer = await cluster().client.get<{ readonly spec: PodSpec }>({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata,
      });
      return expectOk(answer).spec.ephemeralContainers ?? [];
    };

    it('is admitted by the profile, for whom it is granted', async () => {
      expect(await debug('one', `--image=${image}`, ...profile())).toMatchObject({ code: 0 });
      expect(await containersOf('one')).toMatchObject([
        {
          name: 'debug',
          image,
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ['ALL'] },
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            runAsUser: 65_532,
            seccompProfile: { type: 'RuntimeDefault' },
          },
        },
      ]);
      expect((await containersOf('one'))[0]?.securityContext?.capabilities).toEqual({ drop: ['ALL'] });
    });

    it.each([
      ['by the profile sysadmin', () => [`--image=${image}`, '--profile=sysadmin'], /violates PodSecurity "restricted/],
      ['by the profile general', () => [`--image=${image}`, '--profile=general'], /violates PodSecurity "restricted/],
      [
        "by kubectl's own restricted profile, whose root file system can be written",
        () => [`--image=${image}`, '--profile=restricted'],
        /read-only-root/,
      ],
      ['by a tag', () => ['--image=registry.example/app:1', ...profile()], /image-digest/],
      [
        'from elsewhere',
        () => [`--image=${image.replace('registry.example', 'docker.io/x')}`, ...profile()],
        /image-allowed/,
      ],
    ])('is refused %s', async (_, args, message) => {
      const { code, stderr } = await debug('two', ...args());
      expect([code, stderr]).toEqual([1, expect.stringMatching(message)]);
      expect(await containersOf('two')).toEqual([]);
    });

    it('is refused to others, and no other change of a pod is granted', async () => {
      const viewer = await kubectl.run(
        cluster().tokens.viewer,
        ...['debug', 'three', `--namespace=${namespace}`, `--image=${image}`, ...profile()],
      );
      expect(viewer).toMatchObject({ code: 1, stderr: expect.stringContaining('Forbidden') });
      const outsider = cluster().tokens.outsider;
      for (const args of [
        ['delete', 'pod', 'three', '--wait=false'],
        ['label', 'pod', 'three', 'app=other'],
        ['get', 'secrets'],
        ['create', 'token', 'web'],
      ])
        expect(await kubectl.run(outsider, ...args, `--namespace=${namespace}`)).toMatchObject({
          code: 1,
          stderr: expect.stringMatching(/forbidden/i),
        });
    });
  },
  { unless: lackIn(program), own: true },
);
