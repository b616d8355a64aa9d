import {
  type Answer,
  type ControlPlane,
  describeCluster,
  eventually,
  expectOk,
  type Persona,
} from '../support/control-plane';
import { deployForAll } from './deploy';

const RBAC = 'rbac.authorization.k8s.io';
const people = ['viewer', 'developer', 'operator', 'shopAdmin', 'outsider'] as const satisfies readonly Persona[];
const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'] as const;
const groups = [
  'v1',
  'apps/v1',
  'autoscaling/v2',
  'batch/v1',
  'coordination.k8s.io/v1',
  'discovery.k8s.io/v1',
  'events.k8s.io/v1',
  'networking.k8s.io/v1',
  'policy/v1',
  'rbac.authorization.k8s.io/v1',
];

type Verb = (typeof verbs)[number];
type Rights = Readonly<Record<string, readonly Verb[]>>;

const read: readonly Verb[] = ['get', 'list', 'watch'];
const write: readonly Verb[] = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const of = (resources: readonly string[], granted: readonly Verb[]): Rights =>
  Object.fromEntries(resources.map((resource) => [resource, granted]));

/** What everybody who has a persona sees: all but Secrets and logs. */
const seen = of(
  [
    ...['configmaps', 'endpoints', 'events', 'limitranges', 'persistentvolumeclaims', 'pods', 'pods/status'],
    ...['podtemplates', 'replicationcontrollers', 'resourcequotas', 'resourcequotas/status', 'serviceaccounts'],
    ...['services', 'services/status'],
    ...['controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'].map(
      (name) => `${name}.apps`,
    ),
    ...['daemonsets/status', 'deployments/scale', 'deployments/status', 'replicasets/status'].map(
      (name) => `${name}.apps`,
    ),
    ...['statefulsets/scale', 'statefulsets/status'].map((name) => `${name}.apps`),
    ...['cronjobs', 'cronjobs/status', 'jobs', 'jobs/status'].map((name) => `${name}.batch`),
    ...['horizontalpodautoscalers', 'horizontalpodautoscalers/status'].map((name) => `${name}.autoscaling`),
    ...['ingresses', 'ingresses/status', 'networkpolicies'].map((name) => `${name}.networking.k8s.io`),
    ...['poddisruptionbudgets', 'poddisruptionbudgets/status'].map((name) => `${name}.policy`),
    ...['endpointslices.discovery.k8s.io', 'events.events.k8s.io'],
    ...['rolebindings', 'roles'].map((name) => `${name}.rbac.authorization.k8s.io`),
  ],
  read,
);
const operated: Rights = {
  'pods/log': ['get'],
  pods: ['delete'],
  'pods/eviction': ['create'],
  'deployments/scale.apps': ['patch', 'update'],
  'statefulsets/scale.apps': ['patch', 'update'],
  'jobs.batch': ['delete'],
};
const administered: Rights = {
  ...of(
    ['configmaps', 'persistentvolumeclaims', 'pods', 'replicationcontrollers', 'serviceaccounts', 'services'],
    write,
  ),
  secrets: ['create', 'update'],
  ...of(['daemonsets.apps', 'deployments.apps', 'replicasets.apps', 'statefulsets.apps'], write),
  ...of(['cronjobs.batch', 'jobs.batch', 'horizontalpodautoscalers.autoscaling'], write),
  ...of(['ingresses.networking.k8s.io', 'poddisruptionbudgets.policy'], write),
};

/** Everything that each of them may, and nothing else: `<verb> <resource>`. */
const expected: Readonly<Record<(typeof people)[number], readonly Rights[]>> = {
  viewer: [seen],
  developer: [seen, { 'pods/log': ['get'] }],
  operator: [seen, operated],
  shopAdmin: [seen, operated, administered],
  outsider: [],
};

function lines(rights: readonly Rights[]): readonly string[] {
  const granted = rights.flatMap((one) =>
    Object.entries(one).flatMap(([name, of]) => of.map((verb) => `${verb} ${name}`)),
  );
  return [...new Set(granted)].sort();
}

/** Every namespaced resource and subresource that the server has in these groups, as `deployments/scale.apps`. */
async function resourcesOf({ client }: ControlPlane): Promise<readonly string[]> {
  type Resources = { readonly resources: readonly { readonly name: string; readonly namespaced: boolean }[] };
  const found = await Promise.all(
    groups.map(async (groupVersion) => {
      const root = groupVersion.includes('/') ? `/apis/${groupVersion}` : `/api/${groupVersion}`;
      const { resources } = expectOk(await client.request<Resources>('GET', root));
      const group = groupVersion.includes('/') ? `.${groupVersion.split('/')[0]}` : '';
      return resources.filter(({ namespaced }) => namespaced).map(({ name }) => `${name}${group}`);
    }),
  );
  return found.flat();
}

describeCluster('the people of the example', (cluster) => {
  const shop = deployForAll(cluster);
  let pod: string;

  /** A request of one of them; the path is below the namespace, of the core group or of the one named. */
  const ask = (person: Persona, method: string, below: string, body?: unknown, group = ''): Promise<Answer> => {
    const contentType = method === 'PATCH' ? 'application/merge-patch+json' : undefined;
    const root = group === '' ? '/api/v1' : `/apis/${group}/v1`;
    return cluster()
      .as(person)
      .request(method, `${root}/namespaces/${shop().namespace}${below}`, { body, contentType });
  };
  const statusOf = async (answer: Promise<Answer>): Promise<number> => (await answer).status;
  const secret = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name },
    stringData: { password: 'x' },
  });

  beforeAll(async () => {
    pod = await eventually('a pod of the frontend', async () => {
      const labelSelector = 'app.kubernetes.io/name=frontend';
      const listed = await cluster().client.list({
        apiVersion: 'v1',
        kind: 'Pod',
        namespace: shop().namespace,
        labelSelector,
      });
      return expectOk(listed).items[0]?.metadata.name;
    });
    expectOk(await ask('admin', 'POST', '/secrets', secret('database')));
  });

  it.each(people)('%s may do what the matrix says in the namespace, and nothing else', async (person) => {
    const { client, tokens } = cluster();
    const resources = await resourcesOf(cluster());
    expect(resources).toEqual(
      expect.arrayContaining(['secrets', 'pods/exec', 'serviceaccounts/token', 'leases.coordination.k8s.io']),
    );
    const questions = resources.flatMap((resource) => verbs.map((verb) => ({ verb, resource })));
    const answers = await Promise.all(
      questions.map(({ verb, resource }) => {
        const [name = '', ...group] = resource.split('.');
        const [plural = '', subresource] = name.split('/');
        const options = { namespace: shop().namespace, group: group.join('.'), ...(subresource && { subresource }) };
        return client.can(tokens[person], verb, plural, options);
      }),
    );
    const allowed = questions.filter((_, i) => answers[i]).map(({ verb, resource }) => `${verb} ${resource}`);
    expect(allowed.sort()).toEqual(lines(expected[person]));
  });

  it.each(people)('%s may do nothing in another namespace, nor to this one itself', async (person) => {
    const { client, tokens } = cluster();
    for (const verb of verbs) {
      expect(await client.can(tokens[person], verb, 'pods', { namespace: 'default' })).toBe(false);
      expect(await client.can(tokens[person], verb, 'namespaces', { name: shop().namespace })).toBe(false);
    }
  });

  it('everybody but the outsider lists pods', async () => {
    const statuses = await Promise.all(people.map((person) => statusOf(ask(person, 'GET', '/pods'))));
    expect(statuses).toEqual([200, 200, 200, 200, 403]);
  });

  it('logs are for developers and up; there are none yet, since the pod has no node', async () => {
    const statuses = await Promise.all(people.map((person) => statusOf(ask(person, 'GET', `/pods/${pod}/log`))));
    expect(statuses).toEqual([403, 204, 204, 204, 403]);
  });

  it.each([
    ['exec', 'POST', '/exec?command=sh&stdout=true'],
    ['attach', 'POST', '/attach?stdout=true'],
    ['port-forward', 'POST', '/portforward?ports=8080'],
    ['proxy', 'GET', '/proxy/'],
    ['add a debug container', 'PATCH', '/ephemeralcontainers'],
  ])('nobody may %s into a pod', async (_, method, below) => {
    const body = method === 'PATCH' ? {} : undefined;
    const statuses = await Promise.all(
      people.map((person) => statusOf(ask(person, method, `/pods/${pod}${below}`, body))),
    );
    expect(statuses).toEqual([403, 403, 403, 403, 403]);
    expect(await statusOf(ask('admin', method, `/pods/${pod}${below}`, body))).not.toBe(403);
  });

  it.each<[string, string, string, unknown]>([
    ['get', 'GET', '/secrets/database', undefined],
    ['list', 'GET', '/secrets', undefined],
    ['an empty patch, which would answer with all of it', 'PATCH', '/secrets/database', {}],
    [
      'a dry run of deleting it, which would answer with all of it',
      'DELETE',
      '/secrets/database?dryRun=All&propagationPolicy=Orphan',
      undefined,
    ],
    ['a dry run of deleting all, which would list them', 'DELETE', '/secrets?dryRun=All', undefined],
    ['a token of a ServiceAccount', 'POST', '/serviceaccounts/frontend/token', { spec: { expirationSeconds: 600 } }],
  ])('nobody reads a secret by %s', async (_, method, below, body) => {
    const answers = await Promise.all(people.map((person) => ask(person, method, below, body)));
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(await statusOf(ask('admin', method, below, body))).toBeLessThan(300);
  });

  it('the operator scales and deletes a pod, and cannot change what runs', async () => {
    const by = (person: Persona) =>
      statusOf(ask(person, 'PATCH', '/deployments/frontend/scale', { spec: { replicas: 3 } }, 'apps'));
    expect([await by('viewer'), await by('developer'), await by('operator')]).toEqual([403, 403, 200]);
    const replicas = await ask('operator', 'GET', '/deployments/frontend', undefined, 'apps');
    expect(replicas.body.spec).toMatchObject({ replicas: 3 });

    const image = { spec: { template: { spec: { containers: [{ name: 'frontend', image: 'evil.example/x' }] } } } };
    expect(await statusOf(ask('operator', 'PATCH', '/deployments/frontend', image, 'apps'))).toBe(403);
    expect(await statusOf(ask('developer', 'DELETE', `/pods/${pod}`))).toBe(403);
    expect(await statusOf(ask('operator', 'DELETE', `/pods/${pod}`))).toBe(200);
  });

  it('the admin of the shop writes workloads, configuration and secrets', async () => {
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: 'b' } };
    expect(await statusOf(ask('shopAdmin', 'POST', '/configmaps', config))).toBe(201);
    expect(await statusOf(ask('shopAdmin', 'POST', '/secrets', secret('fresh')))).toBe(201);
    expect(await statusOf(ask('shopAdmin', 'PUT', '/secrets/fresh', secret('fresh')))).toBe(200);
    const annotated = { metadata: { annotations: { 'shop.example/by': 'the admin' } } };
    expect(await statusOf(ask('shopAdmin', 'PATCH', '/deployments/adservice', annotated, 'apps'))).toBe(200);
    expect(await statusOf(ask('shopAdmin', 'DELETE', '/deployments/adservice', undefined, 'apps'))).toBe(200);
  });

  it('the admin of the shop cannot touch quota, limits, isolation, rights or the namespace', async () => {
    const targets = [
      ['', '/resourcequotas/quota'],
      ['', '/limitranges/limits'],
      ['networking.k8s.io', '/networkpolicies/default-deny'],
      [RBAC, '/roles/admin'],
      [RBAC, '/rolebindings/admin'],
      ['', ''],
    ] as const;
    for (const [group, target] of targets) {
      for (const [method, body] of [
        ['PATCH', {}],
        ['DELETE', undefined],
      ] as const) {
        const { status } = await ask('shopAdmin', method, target, body, group);
        expect([method, target, status]).toEqual([method, target, 403]);
      }
      expect([target, await statusOf(ask('admin', 'PATCH', target, {}, group))]).toEqual([target, 200]);
    }
    const binding = {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'more' },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ apiGroup: RBAC, kind: 'Group', name: 'shop-admins' }],
    };
    expect(await statusOf(ask('shopAdmin', 'POST', '/rolebindings', binding, RBAC))).toBe(403);
  });
});
