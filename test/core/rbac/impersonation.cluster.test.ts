/** By which rights a real API server lets somebody act as somebody else: each is one that rbac-impersonate reports, and it reports no others. */
import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest/object';
import { evaluate } from '../../../core/policy';
import { type Client, type ControlPlane, describeCluster, eventually, expectOk } from '../../support/control-plane';
import { bind, role } from './objects';

const authn = 'authentication.k8s.io';
const node = 'node-1';

/** Somebody to be: by which headers, and which rights each of them takes, besides the one on what is then done. */
interface Disguise {
  readonly as: (namespace: string) => Readonly<Record<string, string>>;
  /** Absent where it is for every request. */
  readonly mode?: string;
  readonly rights: readonly string[];
}

const jane = { 'impersonate-user': 'jane' };
const account = (namespace: string) => ({ 'impersonate-user': `system:serviceaccount:${namespace}:strong` });
const kubelet = { 'impersonate-user': `system:node:${node}` };
const key = 'acme.example/scopes';
const extra = `userextras/${key}`;
const details = [
  [{ 'impersonate-group': 'devs' }, 'groups'],
  [{ 'impersonate-uid': '42' }, 'uids'],
  [{ [`impersonate-extra-${encodeURIComponent(key)}`]: 'all' }, extra],
  [{ [`impersonate-extra-${encodeURIComponent(key)}`]: 'all' }, `*/${key}`],
] as const;
const groupOf = (resource: string) => (resource === 'groups' ? '' : authn);

const disguises: readonly Disguise[] = [
  { as: () => jane, rights: ['impersonate :users =jane'] },
  ...details.map(([header, resource]) => ({
    as: () => ({ ...jane, ...header }),
    rights: ['impersonate :users =jane', `impersonate ${groupOf(resource)}:${resource}`],
  })),
  { as: account, rights: ['impersonate :serviceaccounts =strong'] },
  { as: () => kubelet, rights: [`impersonate :users =system:node:${node}`] },
  { as: () => jane, mode: 'user-info', rights: [`impersonate:user-info ${authn}:users =jane`] },
  ...details.map(([header, resource]) => ({
    as: () => ({ ...jane, ...header }),
    mode: 'user-info',
    rights: [`impersonate:user-info ${authn}:users =jane`, `impersonate:user-info ${authn}:${resource}`],
  })),
  { as: account, mode: 'serviceaccount', rights: [`impersonate:serviceaccount ${authn}:serviceaccounts =strong`] },
  { as: () => kubelet, mode: 'arbitrary-node', rights: [`impersonate:arbitrary-node ${authn}:nodes =${node}`] },
  { as: () => kubelet, mode: 'associated-node', rights: [`impersonate:associated-node ${authn}:nodes`] },
];

const modes = [...new Set(disguises.flatMap(({ mode }) => mode ?? []))];
const onBehalf = (mode: string) => `impersonate-on:${mode}:create ${authn}:selfsubjectreviews`;
const allOf = ({ mode, rights }: Disguise) => [...rights, ...(mode === undefined ? [] : [onBehalf(mode)])];

/** Rights that look as if somebody could be somebody else by them, and that no API server asks for. */
const idle = ['impersonate', ...modes.map((mode) => `impersonate:${mode}`)].flatMap((verb) =>
  ['', authn].flatMap((group) =>
    ['users', 'groups', 'serviceaccounts', 'nodes', 'uids', extra]
      .map((resource) => `${verb} ${group}:${resource}`)
      .filter((right) => !disguises.some(({ rights }) => rights.some((used) => used.split(' =')[0] === right))),
  ),
);

const reported = (...rights: readonly string[]) =>
  evaluate([{ object: role('it', ...rights) }], { target: ClusterTarget.of('1.36'), today: '2026-11-21' })
    .findings.filter(({ rule }) => rule === 'rbac-impersonate')
    .map(({ severity }) => severity);

describeCluster('impersonation', (cluster) => {
  /** A pod's account with these rights, as it is on the node of that pod; and with one more, by which to know that they are in force. */
  async function actor(plane: ControlPlane, namespace: string, rights: readonly string[]): Promise<Client> {
    const { client } = plane;
    const name = `actor-${++actors}`;
    const whole = `${namespace}-${name}`;
    const marker = { group: 'acme.example', resource: whole };
    const objects: readonly KubernetesObject[] = [
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } },
      role(whole, `get ${marker.group}:${marker.resource}`, ...rights),
      bind(whole, whole, `ServiceAccount ${namespace}/${name}`),
    ];
    for (const object of objects) expectOk(await client.create(object));
    made.push(...objects.slice(1));
    const spec = {
      nodeName: node,
      serviceAccountName: name,
      containers: [{ name: 'main', image: 'registry.acme.example/main' }],
    };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { namespace, name }, spec };
    const { metadata } = expectOk(await client.create(pod));
    const { body } = await client.request<{ readonly status: { readonly token: string } }>(
      'POST',
      `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
      {
        body: {
          apiVersion: `${authn}/v1`,
          kind: 'TokenRequest',
          spec: { boundObjectRef: { apiVersion: 'v1', kind: 'Pod', name, uid: metadata.uid } },
        },
      },
    );
    const { token } = body.status;
    await eventually(`the rights of ${whole}`, async () =>
      (await client.can(token, 'get', marker.resource, { group: marker.group })) ? true : undefined,
    );
    return client.as(token);
  }

  const whoIs = (client: Client, headers: Readonly<Record<string, string>>) =>
    client.request<{ readonly status: { readonly userInfo: { readonly username: string } } }>(
      'POST',
      `/apis/${authn}/v1/selfsubjectreviews`,
      { headers, body: { apiVersion: `${authn}/v1`, kind: 'SelfSubjectReview' } },
    );

  const made: KubernetesObject[] = [];
  let actors = 0;
  let namespace = '';

  beforeAll(async () => {
    namespace = await cluster().namespace('impersonate');
  });

  afterAll(async () => {
    for (const object of made) await cluster().client.delete(object);
  });

  it.each(disguises.map((disguise) => [allOf(disguise).join('; '), disguise] as const))(
    'takes all of %s',
    async (_, disguise) => {
      const headers = disguise.as(namespace);
      const rights = allOf(disguise);
      const able = await actor(cluster(), namespace, rights);
      const { userInfo } = expectOk(await whoIs(able, headers)).status;
      expect(userInfo.username).toBe(headers['impersonate-user']);
      for (const left of rights) {
        const others = rights.filter((right) => right !== left);
        const lacking = await actor(cluster(), namespace, others);
        expect([left, (await whoIs(lacking, headers)).status]).toEqual([left, 403]);
        const isHalf = left.startsWith('impersonate-on:') || left.startsWith('impersonate:associated-node');
        expect([left, ...reported(left)]).toEqual([left, isHalf ? 'warning' : 'error']);
      }
    },
    120_000,
  );

  it('takes no others, and none is reported', async () => {
    const others = await actor(cluster(), namespace, [...idle, ...modes.map(onBehalf)]);
    for (const { as } of disguises)
      expect([as(namespace), (await whoIs(others, as(namespace))).status]).toEqual([as(namespace), 403]);
    expect(idle.filter((right) => reported(right).length > 0)).toEqual([]);
  }, 120_000);

  it('a mode is for no request but those that it names, and for nobody that another one is for', async () => {
    const reviews = await actor(cluster(), namespace, [
      `impersonate:user-info ${authn}:*`,
      `impersonate:serviceaccount ${authn}:users`,
      onBehalf('user-info'),
    ]);
    expect((await whoIs(reviews, jane)).status).toBe(201);
    for (const headers of [account(namespace), kubelet]) expect((await whoIs(reviews, headers)).status).toBe(403);
    expect((await whoIs(reviews, { ...jane, 'impersonate-group': 'system:masters' })).message).toContain(
      'system:masters group is not allowed',
    );
    expect((await reviews.request('GET', '/version', { headers: jane })).status).toBe(403);
  });
});
