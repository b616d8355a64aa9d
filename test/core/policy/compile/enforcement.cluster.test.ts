/** What the policies of administrators hold against developers, asked of a real API server. */
import { ClusterTarget } from '../../../../core/cluster';
import type { KubernetesObject } from '../../../../core/manifest';
import { type EnforcementOptions, enforcementPolicies } from '../../../../core/policy/compile/policies';
import { rules as everyRule, ruleById } from '../../../../core/policy/rules';
import { type ControlPlane, describeCluster, eventually, expectOk } from '../../../support/control-plane';

const image = 'registry.acme.example/shop/api:1';

interface PodParts {
  readonly name?: string;
  readonly metadata?: object;
  readonly containers?: readonly object[];
}

function podOf({ name = 'web', metadata = {}, containers = [{ name: 'api' }] }: PodParts = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...metadata },
    spec: { containers: containers.map((container) => ({ image, ...container })) },
  };
}

const privileged = { securityContext: { privileged: true } };

describeCluster(
  'policies in the cluster',
  (cluster) => {
    const made: KubernetesObject[] = [];

    afterEach(async () => {
      for (const object of made.splice(0).reverse()) await cluster().client.delete(object as never);
    }, 60_000);

    /** A namespace whose developers may do what developers may. */
    async function namespace(): Promise<string> {
      const name = await cluster().namespace('enforced');
      expectOk(
        await cluster().client.create({
          apiVersion: 'rbac.authorization.k8s.io/v1',
          kind: 'RoleBinding',
          metadata: { name: 'developers', namespace: name },
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
          subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'shop-developers' }],
        }),
      );
      // A controller gathers the rules of `edit`, and the authorizer sees the binding in its own time.
      await eventually(
        'developers to be let in',
        async () =>
          (await cluster().client.can(cluster().tokens.developer, 'create', 'pods', { namespace: name })) || undefined,
      );
      return name;
    }

    /** The label of objects that one policy alone is about. */
    const onlyBy = 'bulwark-only-by';

    /** Enforces policies in one namespace: other tests have theirs. @param alone whether each is about objects that name it in {@link onlyBy} */
    async function enforce(
      { client }: ControlPlane,
      inNamespace: string,
      options: Partial<EnforcementOptions>,
      refused: KubernetesObject = podOf({ name: 'probe', containers: [{ name: 'probe', ...privileged }] }),
      alone = false,
    ): Promise<readonly string[]> {
      const { objects, warnings } = enforcementPolicies({
        target: ClusterTarget.of('1.36'),
        rules: [ruleById('privileged')],
        mode: 'deny',
        today: '2026-11-21',
        ...options,
      });
      for (const object of objects) {
        // By names of its own: a policy of the test before may be in force a moment longer than it is there.
        const name = `${object.metadata?.name}-${inNamespace.split('-').at(-1)}`;
        const own = object.kind === 'ConfigMap' ? object : { ...object, metadata: { ...object.metadata, name } };
        const scoped =
          object.kind === 'ValidatingAdmissionPolicyBinding'
            ? {
                ...own,
                spec: {
                  ...(object.spec as object),
                  policyName: name,
                  matchResources: {
                    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': inNamespace } },
                    ...(alone && { objectSelector: { matchLabels: { [onlyBy]: object.metadata?.name } } }),
                  },
                },
              }
            : own;
        made.push(scoped);
        expectOk(await client.create(scoped));
      }
      await eventually(
        'the policies to be in force',
        async () => {
          const { status, warnings: said } = await client.create(inside(refused, inNamespace), { dryRun: true });
          return status === 422 || said.length > 0 ? true : undefined;
        },
        90_000,
      );
      return warnings.map(({ message }) => message);
    }

    const inside = (object: KubernetesObject, name: string): KubernetesObject => ({
      ...object,
      metadata: { ...object.metadata, namespace: name },
    });

    it('no developer exempts a pod', async () => {
      const shop = await namespace();
      const admin = cluster().client;
      const developer = cluster().as('developer');
      await enforce(cluster(), shop, {
        exceptions: [
          {
            rule: 'privileged',
            reason: 'mounts the file systems of other pods',
            expires: '2027-03-31',
            selector: { namespace: 'storage', name: 'csi-*', labels: { app: 'csi' } },
          },
          {
            rule: 'privileged',
            reason: 'loads the driver of the card',
            expires: '2027-03-31',
            selector: { namespace: shop, container: 'driver', image: 'registry.acme.example/drivers/*' },
          },
        ],
      });
      const bad = [{ name: 'api', ...privileged }];
      const tries: readonly PodParts[] = [
        { containers: bad },
        {
          containers: bad,
          metadata: {
            annotations: { 'exceptions.kube-bulwark.dev/privileged': 'I need it badly; expires 2027-03-31' },
          },
        },
        { containers: bad, metadata: { annotations: { 'waived.kube-bulwark.dev/storage-csi': 'privileged: me too' } } },
        { containers: bad, name: 'csi-node', metadata: { labels: { app: 'csi' } } },
        { containers: bad, metadata: { deletionTimestamp: '2026-11-21T00:00:00Z', finalizers: ['example.com/wait'] } },
        { containers: [{ name: 'driver', ...privileged }] },
        { containers: [{ name: 'sidecar', image: 'registry.acme.example/drivers/gpu:1', ...privileged }] },
      ];
      for (const parts of tries) {
        const answer = await developer.create(inside(podOf(parts), shop));
        expect({ parts, status: answer.status, message: answer.message }).toEqual({
          parts,
          status: 422,
          message: expect.stringMatching(/container ".+" is privileged; leave privileged out.+ \[privileged\]/),
        });
      }

      const driver = { name: 'driver', image: 'registry.acme.example/drivers/gpu:1', ...privileged };
      expectOk(await developer.create(inside(podOf({ containers: [driver] }), shop), { dryRun: true }));
      const beside = await developer.create(inside(podOf({ containers: [driver, ...bad] }), shop), { dryRun: true });
      expect(beside.message).toMatch(/container "api" is privileged;/);
      expect(beside.message).not.toContain('driver"');

      for (const object of made) expect((await developer.delete(object as never)).status).toBe(403);
      expect((await admin.get(made[0] as never)).status).toBe(200);
    }, 60_000);

    it('a label that the exception selects by is in the hands of developers, and compiling says so', async () => {
      const shop = await namespace();
      const warnings = await enforce(cluster(), shop, {
        exceptions: [
          {
            rule: 'privileged',
            reason: 'mounts the file systems of other pods',
            expires: '2027-03-31',
            selector: { namespace: shop, labels: { 'example.com/storage': 'yes' } },
          },
        ],
      });
      expect(warnings).toEqual([
        expect.stringContaining('selects by the label example.com/storage: whoever may write'),
      ]);
      const pod = podOf({
        containers: [{ name: 'api', ...privileged }],
        metadata: { labels: { 'example.com/storage': 'yes' } },
      });
      expectOk(await cluster().as('developer').create(inside(pod, shop), { dryRun: true }));
    });

    it('leaves alone what is being deleted, and running pods that stay as they are', async () => {
      const shop = await namespace();
      const { client } = cluster();
      const running = inside(podOf({ name: 'old', containers: [{ name: 'api', ...privileged }] }), shop);
      const config = { apiVersion: 'apps/v1', kind: 'Deployment' };
      const workload = (labels: object, privilege: object = privileged): KubernetesObject => ({
        ...config,
        metadata: { name: 'old', namespace: shop, finalizers: ['example.com/wait'], labels: { ...labels } },
        spec: {
          replicas: 0,
          selector: { matchLabels: { app: 'old' } },
          template: {
            metadata: { labels: { app: 'old' } },
            spec: { containers: [{ name: 'api', image, ...privilege }] },
          },
        },
      });
      expectOk(await client.create(running));
      expectOk(await client.create(workload({})));
      await enforce(cluster(), shop, {});

      const patch = (path: string, body: object) =>
        client.request('PATCH', path, { body, contentType: 'application/merge-patch+json' });
      const pod = `/api/v1/namespaces/${shop}/pods/old`;
      const deployment = `/apis/apps/v1/namespaces/${shop}/deployments/old`;
      expect((await patch(pod, { metadata: { labels: { seen: 'yes' } } })).status).toBe(200);
      const changed = await client.request('PATCH', pod, {
        body: [{ op: 'replace', path: '/spec/containers/0/image', value: `${image}.1` }],
        contentType: 'application/json-patch+json',
      });
      expect(changed.message).toMatch('container "api" is privileged');
      expect((await patch(deployment, { metadata: { labels: { seen: 'yes' } } })).status).toBe(422);
      await client.delete(workload({}) as never);
      expect((await patch(deployment, { metadata: { finalizers: null } })).status).toBe(200);
    }, 60_000);

    const role = (resource: string) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      rules: [{ apiGroups: [''], resources: [resource], verbs: ['get', 'list'] }],
    });
    const service = (type: string) => ({
      apiVersion: 'v1',
      kind: 'Service',
      spec: { type, selector: { app: 'web' }, ports: [{ port: 80 }] },
    });
    const ingress = (annotations: Readonly<Record<string, string>>) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { annotations },
      spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
    });

    it.each<readonly [rule: string, plural: string, before: KubernetesObject, after: KubernetesObject, says: RegExp]>([
      ['rbac-secrets', 'roles', role('pods'), role('secrets'), /the values of every Secret/],
      ['service-exposure', 'services', service('ClusterIP'), service('NodePort'), /opens a port on every node/],
      [
        'ingress-snippet',
        'ingresses',
        ingress({}),
        ingress({ 'nginx.ingress.kubernetes.io/server-snippet': 'return 200;' }),
        /is pasted into the configuration/,
      ],
    ])(
      'a deletion that a finalizer holds up exempts no change: %s',
      async (rule, plural, before, after, says) => {
        const shop = await namespace();
        const { client } = cluster();
        const named = (object: KubernetesObject, name: string): KubernetesObject => ({
          ...object,
          metadata: { ...object.metadata, name, namespace: shop, finalizers: ['example.com/wait'] },
        });
        expectOk(await client.create(named(before, 'held')));
        await enforce(cluster(), shop, { rules: everyRule.filter(({ id }) => id === rule) }, named(after, 'probe'));

        expectOk(await client.delete(named(before, 'held') as never));
        const api = before.apiVersion.includes('/') ? `/apis/${before.apiVersion}` : `/api/${before.apiVersion}`;
        const patch = (body: object) =>
          client.request('PATCH', `${api}/namespaces/${shop}/${plural}/held`, {
            body,
            contentType: 'application/merge-patch+json',
          });
        expect(await patch(after)).toMatchObject({ status: 422, message: expect.stringMatching(says) });
        expect((await patch({ metadata: { labels: { seen: 'yes' }, finalizers: null } })).status).toBe(200);
      },
      60_000,
    );

    it('leaves what is wrong already as it is while it is deleted', async () => {
      const shop = await namespace();
      const { client } = cluster();
      const wrong = {
        ...role('secrets'),
        metadata: { name: 'held', namespace: shop, finalizers: ['example.com/wait', 'example.com/stay'] },
      };
      expectOk(await client.create(wrong));
      await enforce(cluster(), shop, { rules: [ruleById('rbac-secrets')] }, { ...wrong, metadata: { name: 'probe' } });
      expectOk(await client.delete(wrong as never));
      const patch = (body: object) =>
        client.request('PATCH', `/apis/rbac.authorization.k8s.io/v1/namespaces/${shop}/roles/held`, {
          body,
          contentType: 'application/merge-patch+json',
        });
      expect((await patch({ rules: [...wrong.rules, ...wrong.rules] })).status).toBe(422);
      expect((await patch({ metadata: { finalizers: ['example.com/stay'] } })).status).toBe(200);
      expect((await patch({ metadata: { finalizers: null } })).status).toBe(200);
    }, 60_000);

    it('judges a pod whose resources are changed while it runs', async () => {
      const shop = await namespace();
      const { client } = cluster();
      const sized = (memory: string) => ({ resources: { limits: { memory }, requests: { memory: '64Mi' } } });
      const pod = (name: string, memory: string) => podOf({ name, containers: [{ name: 'api', ...sized(memory) }] });
      expectOk(await client.create(inside(pod('web', '64Mi'), shop)));
      await enforce(cluster(), shop, { rules: [ruleById('memory-limit')] }, pod('probe', '1Gi'));
      const resize = (resources: object) =>
        client.request('PATCH', `/api/v1/namespaces/${shop}/pods/web/resize`, {
          body: { spec: { containers: [{ name: 'api', resources }] } },
          contentType: 'application/strategic-merge-patch+json',
        });
      expect(await resize({ limits: { memory: '900Gi' } })).toMatchObject({
        status: 422,
        message: expect.stringMatching(/memory limit 900Gi, not the 64Mi that it requests/),
      });
      expect((await resize({ limits: { memory: '96Mi' }, requests: { memory: '96Mi' } })).status).toBe(200);
    }, 60_000);

    it('judges labels and annotations that are written beside a status, or by finalizing', async () => {
      const shop = await namespace();
      const { client } = cluster();
      const level = (enforce: string) => ({ labels: { 'pod-security.kubernetes.io/enforce': enforce } });
      const snippet = { annotations: { 'nginx.ingress.kubernetes.io/server-snippet': 'return 200;' } };
      const kept = {
        labels: Object.fromEntries(
          ['enforce', 'audit', 'warn'].flatMap((mode) => [
            [`pod-security.kubernetes.io/${mode}`, 'restricted'],
            [`pod-security.kubernetes.io/${mode}-version`, 'v1.36'],
          ]),
        ),
      };
      const merge = (path: string, body: object) =>
        client.request('PATCH', path, { body, contentType: 'application/merge-patch+json' });
      const own = `/api/v1/namespaces/${shop}`;
      const web = `/apis/networking.k8s.io/v1/namespaces/${shop}/ingresses/web`;
      expect((await merge(own, { metadata: kept })).status).toBe(200);
      expectOk(await client.create(inside({ ...ingress({}), metadata: { name: 'web' } }, shop)));
      await enforce(
        cluster(),
        shop,
        { rules: [ruleById('namespace-pod-security'), ruleById('ingress-snippet')] },
        { ...ingress(snippet.annotations), metadata: { name: 'probe', ...snippet } },
      );
      await eventually(
        'the policy about namespaces to be in force',
        async () => (await merge(`${own}?dryRun=All`, { metadata: level('privileged') })).status === 422 || undefined,
      );

      const condition = { type: 'Seen', status: 'True', lastTransitionTime: '2026-11-21T00:00:00Z' };
      for (const path of [own, `${own}/status`])
        expect(await merge(path, { metadata: level('privileged') })).toMatchObject({
          status: 422,
          message: expect.stringMatching(/sets enforce to privileged/),
        });
      expect((await merge(`${own}/status`, { status: { conditions: [condition] } })).status).toBe(200);
      const loadBalancer = { loadBalancer: { ingress: [{ ip: '203.0.113.7' }] } };
      expect((await merge(`${web}/status`, { metadata: snippet, status: loadBalancer })).status).toBe(422);
      expect((await merge(`${web}/status`, { status: loadBalancer })).status).toBe(200);

      const finalize = async (metadata: object) => {
        const { body } = await client.request<KubernetesObject>('GET', own);
        return client.request('PUT', `${own}/finalize`, {
          body: { ...body, metadata: { ...body.metadata, ...metadata }, spec: { finalizers: [] } },
        });
      };
      expect((await finalize(level('privileged'))).status).toBe(422);
    }, 90_000);

    it('lets a namespace go that is wrong already', async () => {
      const shop = await namespace();
      const { client } = cluster();
      const own = `/api/v1/namespaces/${shop}`;
      const patch = (path: string, body: object) =>
        client.request('PATCH', path, { body, contentType: 'application/merge-patch+json' });
      const rules = [ruleById('namespace-pod-security'), ruleById('privileged')];
      await enforce(cluster(), shop, { rules });
      await eventually(
        'the policy about namespaces to be in force',
        async () =>
          (await patch(`${own}?dryRun=All`, { metadata: { labels: { a: 'b' } } })).status === 422 || undefined,
      );
      const condition = { type: 'Seen', status: 'True', lastTransitionTime: '2026-11-21T00:00:00Z' };
      expect((await patch(`${own}/status`, { status: { conditions: [condition] } })).status).toBe(200);
      expect((await client.request('DELETE', own)).status).toBeLessThan(300);
      const { body } = await client.request<KubernetesObject>('GET', own);
      const finalized = await client.request('PUT', `${own}/finalize`, { body: { ...body, spec: { finalizers: [] } } });
      expect(finalized.status).toBe(200);
    }, 90_000);

    it.each(['rule', 'subject'] as const)('names what a long test finds, a policy a %s', async (group) => {
      const shop = await namespace();
      const held = [
        { env: [{ name: 'A' }, { name: 'DB_PASSWORD', value: 'hunter2' }, { name: 'TOKEN', value: 'abc' }] },
        { args: ['--port=80', '--db-password=hunter2'] },
        { args: ['serve', '--api-key', 'hunter2'] },
        { readinessProbe: { exec: { command: ['check', 'TOKEN=hunter2'] } } },
        {
          lifecycle: {
            preStop: { httpGet: { port: 80, httpHeaders: [{ name: 'authorization', value: 'Basic hunter2' }] } },
          },
        },
      ];
      const csi = { driver: 'files.example.com', volumeAttributes: { share: 'a', password: 'hunter2' } };
      const pod = podOf({ containers: held.map((parts, i) => ({ name: `c${i}`, ...parts })) });
      const withVolume = { ...pod, spec: { ...(pod.spec as object), volumes: [{ name: 'share', csi }] } };
      await enforce(cluster(), shop, {
        group,
        rules: [ruleById('secret-literal'), ruleById('privileged')],
        mode: 'warn',
      });
      // The policy that was seen to be in force is of the other rule.
      const said = await eventually('the policies of both rules to be in force', async () => {
        const { warnings } = await cluster().client.create(inside(withVolume, shop), { dryRun: true });
        const found = warnings.flatMap(
          (text) => /with binding '[^']+': (.*?); (?:put the value|give the driver)/.exec(text)?.[1] ?? [],
        );
        return found.length > 0 ? found : undefined;
      });
      expect(said).toEqual([
        'the environment variable DB_PASSWORD of container "c0" holds a secret by its name; the environment variable TOKEN of container "c0" holds a secret by its name',
        'an argument of container "c1" sets --db-password, a secret by its name; an argument of container "c3" sets TOKEN, a secret by its name',
        'an argument of container "c2" is the value of a flag that is a secret by its name',
        'the header authorization of a probe or hook of container "c4" holds a secret',
        'the attribute password of volume "share" looks like a secret, or is one by its name',
      ]);
    });

    describe('of roles', () => {
      const rbac = 'rbac.authorization.k8s.io';
      const reads = { apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] };
      const clusterRole = (name: string, more: object): KubernetesObject => ({
        apiVersion: `${rbac}/v1`,
        kind: 'ClusterRole',
        metadata: { name },
        ...more,
      });

      it('leave alone what the control plane writes, and nobody else, whatever the role is called', async () => {
        const { client } = cluster();
        const unique = await cluster().namespace('roles');
        const part = { ...clusterRole(`${unique}-part`, { rules: [reads] }) };
        const labels = { [`example.com/${unique}`]: 'yes' };
        const whole = clusterRole(`${unique}-whole`, {
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: labels }] },
          rules: [],
        });
        const maker = clusterRole(`${unique}-maker`, {
          rules: [
            {
              apiGroups: [rbac],
              resources: ['clusterroles', 'clusterrolebindings'],
              verbs: ['create', 'escalate', 'bind'],
            },
          ],
        });
        const binding = {
          apiVersion: `${rbac}/v1`,
          kind: 'ClusterRoleBinding',
          metadata: { name: `${unique}-maker` },
          roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: `${unique}-maker` },
          subjects: [{ apiGroup: rbac, kind: 'User', name: 'developer' }],
        };
        for (const object of [{ ...part, metadata: { ...part.metadata, labels } }, maker, binding]) {
          made.push(object);
          expectOk(await client.create(object));
        }
        const { objects } = enforcementPolicies({
          target: ClusterTarget.of('1.36'),
          rules: [ruleById('rbac-secrets')],
          mode: 'deny',
          today: '2026-11-21',
        });
        for (const object of objects) {
          made.push(object);
          expectOk(await client.create(object));
        }
        const asMaster = { 'impersonate-group': ['system:masters', 'system:authenticated'] };
        const create = (name: string, headers: Readonly<Record<string, string | readonly string[]>>) =>
          client.request('POST', `/apis/${rbac}/v1/clusterroles`, {
            query: { dryRun: 'All' },
            body: clusterRole(name, { rules: [reads] }),
            headers,
          });
        const group = { group: rbac };
        await eventually(
          'the role of the developer to be seen',
          async () => (await client.can(cluster().tokens.developer, 'create', 'clusterroles', group)) || undefined,
        );
        await eventually('the policy to be in force', async () => {
          return (await create(`${unique}-probe`, {})).status === 422 || undefined;
        });

        for (const name of [`${unique}-new`, 'system:basic-user-2', 'system:apiserver'])
          expect(
            (
              await cluster()
                .as('developer')
                .create(clusterRole(name, { rules: [reads] }))
            ).message,
          ).toMatch(/grants get, list, watch on secrets.*\[rbac-secrets\]/);
        for (const user of ['system:admin', 'system:apiserver2', 'system:serviceaccount:kube-system:default'])
          expect({
            user,
            status: (await create('system:own', { ...asMaster, 'impersonate-user': user })).status,
          }).toEqual({
            user,
            status: 422,
          });
        for (const user of [
          'system:apiserver',
          'system:kube-controller-manager',
          'system:serviceaccount:kube-system:clusterrole-aggregation-controller',
        ])
          expect({
            user,
            status: (await create('system:own', { ...asMaster, 'impersonate-user': user })).status,
          }).toEqual({
            user,
            status: 201,
          });

        made.push(whole);
        expectOk(await client.create(whole));
        await eventually('the controller to gather the rules', async () => {
          const { rules } = expectOk(await client.get(whole as never)) as unknown as {
            readonly rules?: readonly object[] | null;
          };
          return (rules?.length ?? 0) > 0 ? true : undefined;
        });
      }, 60_000);
    });

    it('lets administrators change the registries without new policies', async () => {
      const shop = await namespace();
      const { client } = cluster();
      const elsewhere = podOf({ containers: [{ name: 'api', image: 'ghcr.io/acme/api:1' }] });
      const config = { rules: [ruleById('image-allowed')], registries: ['registry.acme.example'], params: true };
      await enforce(cluster(), shop, { ...config, adminNamespace: shop }, elsewhere);
      // Until the list is read, every image is refused.
      await eventually(
        'the list to be read',
        async () => (await client.create(inside(podOf(), shop), { dryRun: true })).status === 201 || undefined,
      );
      const map = made.find(({ kind }) => kind === 'ConfigMap');
      expectOk(
        await client.apply({ ...(map as KubernetesObject), data: { registries: 'ghcr.io/acme\n' } }, { force: true }),
      );
      await eventually('the new list to be read', async () => {
        const { status } = await client.create(inside(elsewhere, shop), { dryRun: true });
        return status === 201 ? true : undefined;
      });
      expect((await client.create(inside(podOf(), shop), { dryRun: true })).message).toMatch(/image-allowed/);
    });

    it.each(['rule', 'subject'] as const)(
      'judges a pod of many parts by every rule, a policy a %s',
      async (group) => {
        const shop = await namespace();
        const containers = Array.from({ length: 60 }, (_, i) => ({
          name: `container-${i}-${'x'.repeat(48)}`,
          image: `registry.acme.example/shop/${'y'.repeat(60)}:${i}`,
          ...privileged,
          ports: Array.from({ length: 3 }, (_each, port) => ({ containerPort: 1000 + i * 10 + port })),
          env: Array.from({ length: 20 }, (_each, n) => ({ name: `VARIABLE_${n}`, value: `value ${n}` })),
          volumeMounts: Array.from({ length: 5 }, (_each, n) => ({ name: `v${n}`, mountPath: `/v${n}` })),
        }));
        const pod = podOf({ containers });
        const large: KubernetesObject = {
          ...pod,
          spec: {
            ...(pod.spec as object),
            volumes: Array.from({ length: 5 }, (_, n) => ({ name: `v${n}`, emptyDir: {} })),
          },
        };
        const labelled = (object: KubernetesObject, name: string): KubernetesObject => ({
          ...object,
          metadata: { ...object.metadata, labels: { [onlyBy]: name } },
        });
        // An answer carries 4 KiB of warnings, of policies in any order: what all of them say is more.
        await enforce(
          cluster(),
          shop,
          { group, rules: everyRule, registries: ['registry.acme.example'], mode: 'warn' },
          labelled(large, group === 'rule' ? 'bulwark-privileged' : 'bulwark-pods'),
          true,
        );
        const names = made.flatMap(({ kind, metadata }) =>
          kind === 'ValidatingAdmissionPolicyBinding' ? (metadata?.name?.replace(/-[0-9a-f]{8}$/, '') ?? []) : [],
        );
        const warned = await eventually('every policy to be in force', async () => {
          const ours: string[] = [];
          for (const name of names) {
            const answer = await cluster().client.create(inside(labelled(large, name), shop), { dryRun: true });
            if (answer.status !== 201) return undefined;
            ours.push(...answer.warnings.filter((warning) => warning.includes('ValidatingAdmissionPolicy')));
          }
          return ours.some((text) => text.includes('[privileged]')) ? ours : undefined;
        });
        // Too long to list who breaks it: the title stands in.
        expect(warned).toContainEqual(expect.stringMatching(/: No container is privileged \[privileged\]$/));
        expect(warned.filter((warning) => /expression '|cost|budget/i.test(warning))).toEqual([]);
      },
      240_000,
    );
  },
  { own: true },
);
