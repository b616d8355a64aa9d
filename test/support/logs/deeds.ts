/** What is done to an API server so that the dashboards of its audit log have something to show. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectOk } from '../control-plane';
import type { HardenedControlPlane } from '../control-plane/hardened';
import { openShell, ShellKubelet } from './kubelet';

const shop = '/api/v1/namespaces/shop';

const policy = (name: string, expression: string) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name },
  spec: {
    matchConstraints: {
      resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
    },
    validations: [{ expression, message: 'name a version' }],
  },
});

const binding = (name: string, action: 'Deny' | 'Audit') => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name },
  spec: { policyName: name, validationActions: [action] },
});

/** A webhook that is asked of one resource, of objects with one label. */
const webhook = (name: string, url: string, resource: string, failurePolicy: 'Fail' | 'Ignore', ca: string) => ({
  name,
  clientConfig: { url, caBundle: Buffer.from(ca).toString('base64') },
  rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: [resource] }],
  objectSelector: { matchLabels: { asks: name.split('.')[0] ?? '' } },
  failurePolicy,
  sideEffects: 'None',
  admissionReviewVersions: ['v1'],
  timeoutSeconds: 30,
});

/** Policies of every kind. @param url of a webhook that refuses @param away of one that is not there */
export async function makePolicies(
  plane: HardenedControlPlane,
  { url, away, ca }: { readonly url: string; readonly away: string; readonly ca: string },
): Promise<void> {
  const { admin } = plane;
  const enforce = (level: string, audit: string) => ({
    'pod-security.kubernetes.io/enforce': level,
    'pod-security.kubernetes.io/audit': audit,
  });
  const namespaces = { shop: enforce('privileged', 'restricted'), locked: enforce('restricted', 'restricted') };
  for (const [name, labels] of Object.entries(namespaces)) {
    expectOk(await admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }));
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace: name } };
    const made = await admin.create(account);
    if (made.status !== 409) expectOk(made);
  }
  const all = [
    // First what nobody can see to be in force: it is, once the other is.
    policy('noted', "object.metadata.name != 'noted'"),
    binding('noted', 'Audit'),
    policy('no-latest', "object.metadata.name != 'latest'"),
    binding('no-latest', 'Deny'),
    {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'webhooks' },
      webhooks: [
        webhook('validate.kyverno.svc-fail', url, 'services', 'Fail', ca),
        webhook('validation.gatekeeper.sh', url, 'services', 'Fail', ca),
        webhook('away.acme.example', away, 'endpoints', 'Ignore', ca),
        webhook('broken.acme.example', away, 'configmaps', 'Fail', ca),
      ],
    },
  ];
  for (const object of all) expectOk(await admin.create(object as never));
}

/** What dashboards are to find, by alice, who may do everything, and mallory, who may not. */
export async function doDeeds(plane: HardenedControlPlane): Promise<void> {
  const { admin, anonymous } = plane;
  const alice = await plane.client('alice', 'system:masters');
  const mallory = await plane.client('mallory', 'interns');
  const core = (kind: string, name: string, more: object = {}, namespace = 'shop') =>
    ({ apiVersion: 'v1', kind, metadata: { name, namespace }, ...more }) as never;
  const labelled = (kind: string, name: string, asks: string, more: object = {}) =>
    ({ apiVersion: 'v1', kind, metadata: { name, namespace: 'shop', labels: { asks } }, ...more }) as never;
  const pod = (name: string, namespace = 'shop') =>
    core('Pod', name, { spec: { containers: [{ name: 'web', image: 'web:1' }] } }, namespace);
  const secret = core('Secret', 'db', { stringData: { password: 'hunter2' } });

  expectOk(await admin.create(secret));
  expectOk(await alice.get(secret));
  expectOk(await alice.list({ apiVersion: 'v1', kind: 'Secret' }));
  expect((await mallory.get(secret)).status).toBe(403);
  // All that is open to everybody, and nobody may write there.
  expect((await anonymous.request('POST', '/livez')).status).toBe(403);
  expect((await anonymous.as('no-such-token').request('GET', '/api/v1/nodes')).status).toBe(401);
  await alice.createToken('shop', 'default');
  expectOk(
    await alice.request('GET', `${shop}/configmaps`, {
      headers: { 'impersonate-user': 'bob', 'impersonate-group': 'system:masters' },
    }),
  );

  // More than Loki counts unless it is told to. Bob is the one who is most often acted as.
  for (const name of ['bob', 'bob', ...Array.from({ length: 520 }, (_, i) => `user-${i}`)])
    await alice.request('GET', '/api', { headers: { 'impersonate-user': name } });

  const everything = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'everything' },
  };
  expectOk(
    await alice.create({ ...everything, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] } as never),
  );
  expectOk(await alice.create(core('ConfigMap', 'old')));
  expectOk(await alice.delete(core('ConfigMap', 'old')));

  expectOk(await alice.create(pod('web-0')));
  await mallory.request('POST', `${shop}/pods/web-0/exec?command=cat&stdout=true`);
  await mallory.request('POST', `${shop}/pods/web-0/attach?stdout=true`);
  await alice.request('POST', `${shop}/pods/web-0/portforward?ports=5432`);
  const debug = {
    name: 'debug',
    image: 'debug:1',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
  };
  const added = await alice.request('PATCH', `${shop}/pods/web-0/ephemeralcontainers`, {
    body: { spec: { ephemeralContainers: [debug] } },
    contentType: 'application/strategic-merge-patch+json',
  });
  expectOk(added);

  // A policy is enforced a moment after it was made.
  const denied = async () =>
    (await alice.create(core('ConfigMap', 'latest'), { dryRun: true })).status === 422 ? true : undefined;
  await plane.until('the policy', 'kube-apiserver', denied);
  expect((await alice.create(core('ConfigMap', 'latest'))).status).toBe(422);
  expectOk(await alice.create(core('ConfigMap', 'noted')));
  expect((await alice.create(pod('root', 'locked'))).status).toBe(403);
  const ports = { spec: { ports: [{ port: 80 }] } };
  const service = (asks: string) => labelled('Service', asks, asks, ports);
  const asked = async () =>
    (await alice.create(service('validate'), { dryRun: true })).status >= 400 ? true : undefined;
  await plane.until('the webhooks', 'kube-apiserver', asked);
  const refused = async (asks: string) => (await alice.create(service(asks))).message;
  expect(await refused('validate')).toContain('"validate.kyverno.svc-fail" denied the request: no such service');
  expect(await refused('validation')).toContain('"validation.gatekeeper.sh" denied the request');
  expectOk(await alice.create(labelled('Endpoints', 'unasked', 'away')));
  expect((await alice.create(labelled('ConfigMap', 'broken', 'broken'))).status).toBe(500);
}

/** Two shells in a container: one that was opened and left, and one that is open until the kubelet stops. */
export async function openShells(plane: HardenedControlPlane): Promise<ShellKubelet> {
  const { admin, anonymous, url, places } = plane;
  const { folder: pki = '' } = places.pki;
  const kubelet = await ShellKubelet.start(pki);
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } };
  expectOk(await admin.create(node));
  expectOk(await admin.patchStatus(node, kubelet.status));
  const metadata = { name: 'web-1', namespace: 'shop' };
  const spec = { nodeName: 'node-1', containers: [{ name: 'web', image: 'web:1' }] };
  expectOk(await admin.create({ apiVersion: 'v1', kind: 'Pod', metadata, spec } as never));
  const account = { name: 'shell', namespace: 'shop' };
  expectOk(await admin.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: account }));
  const bound = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'shell' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  };
  expectOk(await admin.create(bound as never));
  const token = await admin.createToken('shop', 'shell');
  const may = async () =>
    (await anonymous.can(token, 'create', 'pods', { namespace: 'shop', subresource: 'exec' })) ? true : undefined;
  await plane.until('the binding', 'kube-apiserver', may);
  const server = { url, ca: readFileSync(join(pki, 'ca.crt'), 'utf8') };
  const exec = (command: string) => openShell(server, `${shop}/pods/web-1/exec?command=${command}&stdin=true`, token);
  const leave = await exec('ended');
  leave();
  await exec('open');
  return kubelet;
}
