import type { KubernetesObject } from '../../core/manifest/object';
import { type ApiObject, describeCluster, eventually, expectOk, type Persona, VERSIONS } from './control-plane';

const RESTRICTED = {
  'pod-security.kubernetes.io/enforce': 'restricted',
  'pod-security.kubernetes.io/warn': 'restricted',
};

const BARE_SPEC = { containers: [{ name: 'web', image: 'registry.example/nginx:1.29' }] };

const HARDENED_SPEC = {
  securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'web',
      image: 'registry.example/nginx:1.29',
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } },
    },
  ],
};

function pod(namespace: string, name: string, spec: object): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name }, spec };
}

function configMap(namespace: string, data: Readonly<Record<string, string>>): KubernetesObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name: 'settings' }, data };
}

for (const version of VERSIONS) {
  describeCluster(
    'the API server',
    (cluster) => {
      it('says its version', async () => {
        const { body } = await cluster().client.request<{ readonly gitVersion: string }>('GET', '/version');
        expect(body.gitVersion).toBe(`v${version}`);
      });

      it('refuses a bare pod in a restricted namespace, and accepts a hardened one', async () => {
        const namespace = await cluster().namespace('restricted', RESTRICTED);
        const bare = await cluster().client.create(pod(namespace, 'bare', BARE_SPEC));
        expect(bare.status).toBe(403);
        expect(bare.message).toContain('violates PodSecurity "restricted:latest"');
        expect(() => expectOk(bare)).toThrow(
          /^POST \/api\/v1\/namespaces\/restricted-\w+\/pods\S* gave 403: pods "bare"/,
        );

        const hardened = await cluster().client.create(pod(namespace, 'hardened', HARDENED_SPEC));
        expect(hardened).toMatchObject({ status: 201, message: '', warnings: [] });
      });

      it('puts nothing in force that would decide about the requests of other tests', async () => {
        const binding = {
          apiVersion: 'admissionregistration.k8s.io/v1beta1',
          kind: 'ValidatingAdmissionPolicyBinding',
          metadata: { name: 'everything' },
          spec: { policyName: 'everything', matchResources: { namespaceSelector: { matchLabels: { a: 'b' } } } },
        };
        const collection = '/apis/admissionregistration.k8s.io/v1beta1/validatingadmissionpolicybindings';
        for (const [method, path] of [
          ['POST', collection],
          ['PATCH', `${collection}/everything`],
        ] as const) {
          await expect(async () => cluster().client.request(method, path, { body: binding })).rejects.toThrow(
            /would decide about requests of tests that run meanwhile.+say `own: true` to describeCluster/,
          );
        }
      });

      it('reads Warning headers', async () => {
        const namespace = await cluster().namespace('warned', { 'pod-security.kubernetes.io/warn': 'restricted' });
        const { status, warnings } = await cluster().client.create(pod(namespace, 'bare', BARE_SPEC), { dryRun: true });
        expect(status).toBe(201);
        expect(warnings).toEqual([
          expect.stringMatching(/^would violate PodSecurity "restricted:latest": .* "web" must set/),
        ]);
      });

      it.each(['create', 'apply'] as const)('refuses an unknown field (%s)', async (write) => {
        const namespace = await cluster().namespace('strict');
        const answer = await cluster().client[write](pod(namespace, 'typo', { ...BARE_SPEC, hostNetwrok: true }));
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(answer.message).toContain('hostNetwrok');
        expect((await cluster().client.get(pod(namespace, 'typo', {}))).status).toBe(404);
      });

      it('changes nothing when the same object is applied again', async () => {
        const namespace = await cluster().namespace('twice');
        const first = await cluster().client.apply(configMap(namespace, { a: '1' }));
        const second = await cluster().client.apply(configMap(namespace, { a: '1' }));
        const third = await cluster().client.apply(configMap(namespace, { a: '2' }));
        expect([first.status, second.status, third.status]).toEqual([201, 200, 200]);
        expect(second.body.metadata.resourceVersion).toBe(first.body.metadata.resourceVersion);
        expect(third.body.metadata.resourceVersion).not.toBe(first.body.metadata.resourceVersion);
      });

      it('stores nothing in a dry run', async () => {
        const namespace = await cluster().namespace('dry');
        const dry = await cluster().client.apply(configMap(namespace, { a: '1' }), { dryRun: true });
        expect(dry.status).toBe(201);
        expect((await cluster().client.get(configMap(namespace, {}))).status).toBe(404);
      });

      it('keeps the fields of another manager unless forced', async () => {
        const namespace = await cluster().namespace('owners');
        expectOk(await cluster().client.apply(configMap(namespace, { a: '1' }), { fieldManager: 'first' }));
        const mine = configMap(namespace, { a: '2' });
        const refused = await cluster().client.apply(mine, { fieldManager: 'second' });
        expect(refused).toMatchObject({ status: 409, message: expect.stringContaining('"first"') });
        const forced = await cluster().client.apply<KubernetesObject>(mine, { fieldManager: 'second', force: true });
        expect(expectOk(forced)).toMatchObject({ data: { a: '2' } });
      });

      it('lists, deletes, and takes a status', async () => {
        const namespace = await cluster().namespace('life');
        const { client } = cluster();
        const one = pod(namespace, 'one', HARDENED_SPEC);
        expectOk(await client.create(one));
        expectOk(await client.patchStatus(one, { phase: 'Running' }));
        const listed = await client.list({
          apiVersion: 'v1',
          kind: 'Pod',
          namespace,
          fieldSelector: 'status.phase=Running',
        });
        expect(expectOk(listed).items.map(({ metadata }) => metadata.name)).toEqual(['one']);
        expectOk(await client.delete(one));
        expect((await client.get(one)).status).toBe(404);
      });

      it('answers 404 for a kind it does not serve, and refuses to guess a namespace', async () => {
        const { client } = cluster();
        const metadata = { name: 'x' };
        const group = await client.get({ apiVersion: 'example.com/v1', kind: 'Rollout', metadata });
        const kind = await client.get({ apiVersion: 'apps/v1', kind: 'Rollout', metadata });
        expect(group.status).toBe(404);
        expect(kind).toMatchObject({ status: 404, message: 'apps/v1 serves no Rollout' });
        await expect(client.get({ apiVersion: 'v1', kind: 'Pod', metadata })).rejects.toThrow(
          'metadata.namespace is missing',
        );
        await expect(client.get({ apiVersion: 'v1', kind: 'Namespace' })).rejects.toThrow('metadata.name is missing');
      });

      it.each<[Persona, readonly string[]]>([
        ['admin', ['system:masters']],
        ['viewer', ['shop-viewers']],
        ['developer', ['shop-developers']],
        ['operator', ['shop-operators']],
        ['shopAdmin', ['shop-admins']],
        ['outsider', []],
      ])('knows the token of %s', async (persona, groups) => {
        type Review = {
          readonly status: { readonly userInfo: { readonly username: string; readonly groups: string[] } };
        };
        const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
        const { userInfo } = expectOk(await cluster().as(persona).create<Review>(review)).status;
        expect(userInfo.username).toBe(persona);
        expect(userInfo.groups.filter((group) => group !== 'system:authenticated')).toEqual(groups);
      });

      it('refuses an unknown token', async () => {
        expect((await cluster().client.as('made-up').request('GET', '/api/v1')).status).toBe(401);
      });

      it('authorizes by RBAC', async () => {
        const namespace = await cluster().namespace('rbac');
        const { client, tokens } = cluster();
        const allowed = () => client.can(tokens.viewer, 'get', 'pods', { namespace, subresource: 'log' });
        expect(await allowed()).toBe(false);
        const rbac = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata: { namespace, name: 'viewers' } };
        const rules = [{ apiGroups: ['', 'apps'], resources: ['pods/log', 'deployments'], verbs: ['get', 'list'] }];
        const group = 'rbac.authorization.k8s.io';
        const subjects = [{ apiGroup: group, kind: 'Group', name: 'shop-viewers' }];
        const roleRef = { apiGroup: group, kind: 'Role', name: 'viewers' };
        expectOk(await client.apply({ ...rbac, kind: 'Role', rules }));
        expectOk(await client.apply({ ...rbac, kind: 'RoleBinding', roleRef, subjects }));
        await eventually('the authorizer to see the binding', async () => (await allowed()) || undefined);
        expect(await client.can(tokens.viewer, 'get', 'secrets', { namespace })).toBe(false);
        expect(await client.can(tokens.developer, 'get', 'pods', { namespace, subresource: 'log' })).toBe(false);
        expect(await client.can(tokens.viewer, 'list', 'deployments', { group: 'apps', namespace })).toBe(true);
        expect((await cluster().as('viewer').list({ apiVersion: 'v1', kind: 'Secret', namespace })).status).toBe(403);
      });

      it('gives ServiceAccounts tokens bound to an audience', async () => {
        const namespace = await cluster().namespace('tokens');
        const { client } = cluster();
        const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
        const token = await client.createToken(namespace, 'default');
        expect(await client.as(token).create(review)).toMatchObject({
          status: 201,
          body: { status: { userInfo: { username: `system:serviceaccount:${namespace}:default` } } },
        });
        const foreign = await client.createToken(namespace, 'default', 'vault');
        expect((await client.as(foreign).create(review)).status).toBe(401);
        await expect(client.createToken(namespace, 'nobody')).rejects.toThrow(
          /gave 404: serviceaccounts "nobody" not found/,
        );
      });
    },
    { version },
  );
}

describeCluster('the controllers', (cluster) => {
  it('give a quota its status, and it refuses the pod above it', async () => {
    const namespace = await cluster().namespace('quota');
    const { client } = cluster();
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { namespace, name: 'pods' },
      spec: { hard: { pods: '1' } },
    };
    expectOk(await client.apply(quota));
    type Quota = ApiObject & { readonly status?: { readonly hard?: object; readonly used?: object } };
    const status = await eventually('the quota to have a status', async () => {
      const { body } = await client.get<Quota>(quota);
      return body.status?.used ? body.status : undefined;
    });
    expect(status).toEqual({ hard: { pods: '1' }, used: { pods: '0' } });
    // Admission hears of the status a moment later, and counts no pod before.
    await eventually('the first pod to be counted', async () => {
      expectOk(await client.create(pod(namespace, 'first', HARDENED_SPEC)));
      const { used } = (await client.get<Quota>(quota)).body.status ?? {};
      if (JSON.stringify(used) === '{"pods":"1"}') return true;
      expectOk(await client.delete(pod(namespace, 'first', {})));
      return undefined;
    });
    const second = await client.create(pod(namespace, 'second', HARDENED_SPEC));
    expect(second).toMatchObject({ status: 403, message: expect.stringContaining('exceeded quota: pods') });
  });

  it('make ReplicaSets and Pods of a Deployment, and say why where they cannot', async () => {
    const namespace = await cluster().namespace('deploy', RESTRICTED);
    const { client } = cluster();
    const deployment = (name: string, spec: object) => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace, name },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: name } },
        template: { metadata: { labels: { app: name } }, spec },
      },
    });
    expectOk(await client.apply(deployment('web', HARDENED_SPEC)));
    const pods = await eventually('two pods', async () => {
      const list = await client.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector: 'app=web' });
      return expectOk(list).items.length === 2 ? expectOk(list).items : undefined;
    });
    expect(pods.map(({ metadata }) => metadata.ownerReferences)).toEqual([
      [expect.objectContaining({ kind: 'ReplicaSet' })],
      [expect.objectContaining({ kind: 'ReplicaSet' })],
    ]);

    const bare = deployment('bare', BARE_SPEC);
    const { warnings } = await client.apply(bare);
    expect(warnings).toEqual([expect.stringContaining('would violate PodSecurity')]);
    type Conditions = {
      readonly status?: { readonly conditions?: { readonly type: string; readonly message: string }[] };
    };
    const failure = await eventually('the failure to be reported', async () => {
      const { body } = await client.get<Conditions>(bare);
      return body.status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
    });
    expect(failure.message).toContain('violates PodSecurity "restricted:latest"');
  });

  it('give a namespace its root certificate, and take a deleted one away', async () => {
    const name = await cluster().namespace('gone');
    const { client } = cluster();
    const root = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace: name, name: 'kube-root-ca.crt' } };
    await eventually('kube-root-ca.crt', async () => ((await client.get(root)).status === 200 ? true : undefined));
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    expectOk(await client.delete(namespace));
    // The controller is busy with the namespaces of other suites, too.
    await eventually(
      'the namespace to be gone',
      async () => ((await client.get(namespace)).status === 404 ? true : undefined),
      100_000,
    );
  }, 180_000);
});
