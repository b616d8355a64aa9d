/** Access for an emergency on real API servers: what it grants, what admission refuses of it, and that it ends. */
import { Chart } from 'cdk8s';
import type { KubernetesObject } from '../../../core/manifest';
import type { PodSpec } from '../../../core/manifest/pod';
import { BreakGlass, BreakGlassPolicy, Group, LockedNamespace } from '../../../index';
import { type Answer, accessAmong, answersFor, wrongInAuthorizer, wrongInCluster } from '../../support/access';
import { image, objectsOf, testApp } from '../../support/app';
import { describeCluster, eventually, expectOk, VERSIONS } from '../../support/control-plane';
import { lackIn } from '../../support/go-programs';
import { Kubectl, kubectlProgram } from '../../support/kubectl';

const reason = 'INC-42: orders are lost';
const name = 'break-glass-inc';

/** With seconds, and no fractions of them. */
/** The whole minute before. */
const momentIn = (milliseconds: number) => `${new Date(Date.now() + milliseconds).toISOString().slice(0, 16)}:00Z`;
const hours = 3_600_000;

function broken(namespace: string, may: readonly string[], expires: string): readonly KubernetesObject[] {
  const app = testApp({ today: new Date().toISOString().slice(0, 10) });
  const shop = new LockedNamespace(app, namespace, { owner: 'team-shop' });
  const oncall = new Group(app, 'oncall', { name: `oidc:${namespace}` });
  new BreakGlass(shop, 'inc', { to: [oncall], may: may as ['exec'], expires, reason, image });
  return objectsOf(app);
}

const memberOf = (namespace: string) => ({ user: 'jane', groups: [`oidc:${namespace}`, 'system:authenticated'] });
const accountOf = (namespace: string, account: string) => ({
  user: `system:serviceaccount:${namespace}:${account}`,
  groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
});

const read = 'get list watch';
const session = 'create get';
const table: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  debug: [
    [read, 'pods'],
    ['patch', 'pods/ephemeralcontainers'],
    [session, 'pods/attach'],
    ['get', 'pods/log'],
  ],
  exec: [
    [read, 'pods'],
    [session, 'pods/exec'],
  ],
};

for (const version of VERSIONS)
  describeCluster(
    'break glass',
    (cluster) => {
      it('grants what it says, and its end may do nothing but end it', async () => {
        const { client } = cluster();
        const other = await cluster().namespace('other');
        for (const [verb, rows] of Object.entries(table)) {
          const namespace = await cluster().namespace('shop');
          const objects = accessAmong(broken(namespace, [verb], momentIn(hours)));
          const places = { namespaces: [namespace, other], names: ['web', name] };
          const answers: readonly Answer[] = [
            ...answersFor(memberOf(namespace), places, (asked, resource, place) =>
              rows.some(([verbs, of]) => place === namespace && of === resource && verbs.split(' ').includes(asked)),
            ),
            ...answersFor(
              accountOf(namespace, 'end-inc'),
              places,
              (asked, resource, place, of) =>
                asked === 'delete' &&
                resource === 'rolebindings.rbac.authorization.k8s.io' &&
                place === namespace &&
                of === name,
            ),
          ];
          expect(wrongInAuthorizer(objects, answers)).toEqual([]);
          for (const object of objects) expectOk(await client.create(object));
          const { wrong, asked, allowed } = await wrongInCluster(client, answers, 2_000);
          expect(wrong).toEqual([]);
          expect([asked > 2_000, allowed]).toEqual([true, 1 + 3 * rows.flatMap(([verbs]) => verbs.split(' ')).length]);
        }
      }, 300_000);
    },
    { version },
  );

const program = kubectlProgram();

describeCluster(
  'the end of break glass',
  (cluster) => {
    const policies = () => {
      const app = testApp();
      new BreakGlassPolicy(new Chart(app, 'cluster'), 'ends', { maxHours: 4 });
      return objectsOf(app);
    };
    const binding = (namespace: string, expires?: string, role = name): KubernetesObject => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: {
        namespace,
        name: role,
        ...(expires !== undefined && { annotations: { 'access.kube-bulwark.dev/expires': expires } }),
      },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'oidc:oncall' }],
    });

    let kubectl: Kubectl;

    beforeAll(async () => {
      kubectl = new Kubectl('kubectl' in program ? program.kubectl : '', cluster());
      const { client } = cluster();
      for (const policy of policies()) expectOk(await client.create(policy));
      const namespace = await cluster().namespace('warm');
      await eventually('the policy to be enforced', async () =>
        (await client.create(binding(namespace), { dryRun: true })).status === 422 ? true : undefined,
      );
    }, 300_000);

    afterAll(async () => {
      kubectl?.close();
      for (const policy of policies()) await cluster().client.delete(policy);
    });

    it.each<[string, () => string | undefined, string]>([
      ['no end', () => undefined, 'says when it ends'],
      ['no moment', () => 'tomorrow', 'says when it ends'],
      ['a second that no CronJob knows', () => momentIn(hours).replace('00Z', '30Z'), 'says when it ends'],
      ['a day that is none', () => '2026-02-30T18:00:00Z', 'timestamp'],
      ['an end that has come', () => momentIn(-1_000), 'the end of this access has come'],
      ['an end of last year', () => '2025-01-01T00:00:00Z', 'the end of this access has come'],
      ['an end that is too far', () => momentIn(4 * hours + 120_000), 'ends within 4 hours'],
    ])('a binding with %s is not made', async (_, expires, message) => {
      const namespace = await cluster().namespace('shop');
      for (const write of ['create', 'apply'] as const) {
        const answer = await cluster().client[write](binding(namespace, expires()));
        expect([answer.status, answer.message]).toEqual([422, expect.stringContaining(message)]);
      }
    });

    it('one that ends soon is made, and its end is put off no further', async () => {
      const namespace = await cluster().namespace('shop');
      const { client } = cluster();
      const soon = momentIn(hours);
      expectOk(await client.create(binding(namespace, soon)));
      expectOk(await client.apply(binding(namespace, momentIn(3.9 * hours)), { force: true }));
      expect((await client.apply(binding(namespace, momentIn(5 * hours)), { force: true })).message).toContain(
        '4 hours',
      );
      const bare = { metadata: { annotations: { 'access.kube-bulwark.dev/expires': null } } };
      const path = `/apis/rbac.authorization.k8s.io/v1/namespaces/${namespace}/rolebindings/${name}`;
      const contentType = 'application/merge-patch+json';
      expect((await client.request('PATCH', path, { body: bare, contentType })).message).toContain('says when it ends');
    });

    it('bindings to other roles are nothing to it', async () => {
      const namespace = await cluster().namespace('shop');
      expectOk(await cluster().client.create(binding(namespace, undefined, 'viewer')));
    });

    it('comes: the controllers make the pod, its command deletes the binding, and nobody makes it again', async () => {
      const { client } = cluster();
      const namespace = await cluster().namespace('shop');
      // A whole minute, which is what a CronJob knows, and at least half a minute from now: until then all has to be there.
      const expires = momentIn(90_000);
      const objects = broken(namespace, ['exec'], expires);
      for (const object of objects) expectOk(await client.apply(object, { force: true }));
      const of = objects.find(({ kind, metadata }) => kind === 'RoleBinding' && metadata?.name === name);
      const mayExec = () =>
        client
          .create<{ readonly status: { readonly allowed: boolean } }>({
            apiVersion: 'authorization.k8s.io/v1',
            kind: 'SubjectAccessReview',
            spec: {
              ...memberOf(namespace),
              resourceAttributes: { namespace, verb: 'create', resource: 'pods', subresource: 'exec' },
            },
          })
          .then((answer) => expectOk(answer).status.allowed);
      await eventually('the right', async () => (await mayExec()) || undefined);

      const pod = await eventually(
        'the pod that ends it',
        async () => {
          const { items } = expectOk(
            await client.list<{ readonly spec: PodSpec }>({ apiVersion: 'v1', kind: 'Pod', namespace }),
          );
          return items[0];
        },
        170_000,
      );
      expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expires));
      const [container] = pod.spec.containers;
      const [program, ...command] = [...(container?.command ?? []), ...(container?.args ?? [])];
      expect([program, pod.spec.serviceAccountName]).toEqual(['kubectl', 'end-inc']);
      const token = await client.createToken(namespace, 'end-inc');

      const other = binding(namespace, undefined, 'viewer');
      expectOk(await client.create(other));
      const refused = await kubectl.run(token, 'delete', 'rolebinding', 'viewer', `--namespace=${namespace}`);
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('Forbidden') });
      expect(await mayExec()).toBe(true);

      expect(await kubectl.run(token, ...command)).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('deleted'),
      });
      expect((await client.get(of as KubernetesObject)).status).toBe(404);
      await eventually('the right to be gone', async () => !(await mayExec()) || undefined);
      // A second run, of next year or of a pod that is tried again, has nothing left to do.
      expect(await kubectl.run(token, ...command)).toMatchObject({ code: 0, stderr: '' });
      // What reconciles would bring it back.
      expect((await client.apply(of as KubernetesObject)).message).toContain('the end of this access has come');
    }, 300_000);
  },
  { unless: lackIn(program), own: true },
);
