/** What of RBAC a real API server refuses, how it names resources, and ways to more rights, gone to their end. */

import { apiKinds } from '../../../core/cluster/api-kinds';
import type { KubernetesObject } from '../../../core/manifest/object';
import { Authorizer, Escalations, escalationWorld, formatPlace, pluralOf, resourceNamed } from '../../../core/rbac';
import { type Client, describeCluster, eventually, expectOk } from '../../support/control-plane';
import { refused, taken } from './fault-cases';
import { bind, role } from './objects';

describeCluster('RBAC', (cluster) => {
  it.each(taken)('takes %j', async (object) => {
    expect((await cluster().client.create(object, { dryRun: true })).message).toBe('');
  });

  it.each(refused)('refuses %j', async (object) => {
    expect((await cluster().client.create(object, { dryRun: true })).status).toBeGreaterThanOrEqual(400);
  });

  it('names resources as roles have them', async () => {
    type Resources = { readonly resources: readonly { readonly name: string; readonly kind: string }[] };
    const wrong: string[] = [];
    for (const [group, kinds] of Object.entries(apiKinds))
      for (const version of new Set(Object.values(kinds).flatMap(({ versions }) => Object.keys(versions)))) {
        const path = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
        const { status, body } = await cluster().client.request<Resources>('GET', path);
        if (status !== 200) continue;
        for (const { name, kind } of body.resources) {
          if (name.includes('/') || !Object.hasOwn(kinds, kind)) continue;
          if (name !== pluralOf(kind)) wrong.push(`${kind}: ${name}`);
          const found = resourceNamed(`${name}.${group}`.replace(/\.$/, ''));
          if (found?.group !== group || found.resource !== name) wrong.push(`${name} of ${group}`);
        }
      }
    expect(wrong).toEqual([]);
  });
});

describeCluster('ways to more rights', (cluster) => {
  const account = (namespace: string, name: string): KubernetesObject => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { namespace, name },
  });
  const masterOf = (namespace: string, name: string) =>
    bind(`taken-${namespace}`, 'cluster-admin', `ServiceAccount ${namespace}/${name}`);
  const isMaster = async (client: Client): Promise<true | undefined> =>
    (await client.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'kube-system' })).status === 200 || undefined;
  const waysOf = (objects: readonly KubernetesObject[], namespace: string, name: string) =>
    new Escalations(escalationWorld(objects, new Authorizer(objects))).of({ kind: 'ServiceAccount', namespace, name });

  it('a token of a stronger account, which binds itself to cluster-admin', async () => {
    const namespace = await cluster().namespace('escalate');
    const objects = [
      account(namespace, 'weak'),
      account(namespace, 'strong'),
      role(`${namespace}/tokens`, 'create :serviceaccounts/token =strong'),
      bind(`${namespace}/tokens`, `${namespace}/tokens`, `ServiceAccount ${namespace}/weak`),
      role(
        `bind-${namespace}`,
        'create rbac.authorization.k8s.io:clusterrolebindings',
        'bind rbac.authorization.k8s.io:clusterroles =cluster-admin',
      ),
      bind(`bind-${namespace}`, `bind-${namespace}`, `ServiceAccount ${namespace}/strong`),
    ];
    const [way] = waysOf(objects, namespace, 'weak');
    expect(way && [formatPlace(way.to), ...way.steps.map(({ how }) => how)]).toEqual([
      'cluster-admin',
      `makes a token of ServiceAccount ${namespace}/strong`,
      'binds itself to ClusterRole cluster-admin',
    ]);

    for (const object of objects) expectOk(await cluster().client.create(object));
    const weak = cluster().client.as(await cluster().client.createToken(namespace, 'weak'));
    const token = await eventually('the token of the other', () =>
      weak.createToken(namespace, 'strong').catch(() => undefined),
    );
    expect(await weak.createToken(namespace, 'default').catch(() => 'refused')).toBe('refused');
    const strong = cluster().client.as(token);
    expect(await isMaster(strong)).toBeUndefined();
    const binding = masterOf(namespace, 'strong');
    await eventually('the binding', async () => (await strong.create(binding)).status === 201 || undefined);
    expect(await eventually('its rights', () => isMaster(strong))).toBe(true);
    for (const object of [binding, ...objects.slice(4)]) await cluster().client.delete(object);
  });

  it('nothing comes of bindings that somebody may write without the verb bind', async () => {
    const namespace = await cluster().namespace('escalate');
    const objects = [
      account(namespace, 'weak'),
      role(`write-${namespace}`, 'create,update,patch rbac.authorization.k8s.io:clusterrolebindings,clusterroles'),
      bind(`write-${namespace}`, `write-${namespace}`, `ServiceAccount ${namespace}/weak`),
    ];
    expect(waysOf(objects, namespace, 'weak')).toEqual([]);

    for (const object of objects) expectOk(await cluster().client.create(object));
    const weak = cluster().client.as(await cluster().client.createToken(namespace, 'weak'));
    const own = role(`own-${namespace}`, 'create rbac.authorization.k8s.io:clusterrolebindings');
    await eventually('its rights', async () => (await weak.create(own)).status === 201 || undefined);
    const answer = await weak.create(masterOf(namespace, 'weak'));
    expect(answer.status).toBe(403);
    expect(answer.message).toContain('attempting to grant RBAC permissions not currently held');
    for (const object of [own, ...objects.slice(1)]) await cluster().client.delete(object);
  });

  it('every right in a role that it has, by the verb escalate', async () => {
    const namespace = await cluster().namespace('escalate');
    const name = `escalate-${namespace}`;
    const objects = [
      account(namespace, 'weak'),
      role(name, `escalate,get,patch rbac.authorization.k8s.io:clusterroles =${name}`),
      bind(name, name, `ServiceAccount ${namespace}/weak`),
    ];
    const [way] = waysOf(objects, namespace, 'weak');
    expect(way && [formatPlace(way.to), ...way.steps.map(({ how }) => how)]).toEqual([
      'cluster-admin',
      `writes every right into ClusterRole ${name}, which it has`,
    ]);

    for (const object of objects) expectOk(await cluster().client.create(object));
    const weak = cluster().client.as(await cluster().client.createToken(namespace, 'weak'));
    expect(await isMaster(weak)).toBeUndefined();
    const stronger = role(name, '* *:*');
    await eventually(
      'the patch',
      async () => (await weak.apply(stronger, { force: true })).status === 200 || undefined,
    );
    expect(await eventually('its rights', () => isMaster(weak))).toBe(true);
    for (const object of objects.slice(1)) await cluster().client.delete(object);
  });

  it('a Secret that the controller puts a token into', async () => {
    if (!cluster().controllers) return;
    const namespace = await cluster().namespace('escalate');
    const objects = [
      account(namespace, 'weak'),
      account(namespace, 'strong'),
      role(`${namespace}/secrets`, 'create,get :secrets'),
      bind(`${namespace}/secrets`, `${namespace}/secrets`, `ServiceAccount ${namespace}/weak`),
      bind(`strong-${namespace}`, 'cluster-admin', `ServiceAccount ${namespace}/strong`),
    ];
    const [way] = waysOf(objects, namespace, 'weak');
    expect(way?.steps.map(({ how }) => how)).toEqual([
      `has a token of ServiceAccount ${namespace}/strong put into a new Secret, and reads it`,
      'it has every right',
    ]);

    for (const object of objects) expectOk(await cluster().client.create(object));
    const weak = cluster().client.as(await cluster().client.createToken(namespace, 'weak'));
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: { namespace, name: 'taken', annotations: { 'kubernetes.io/service-account.name': 'strong' } },
    };
    await eventually('the Secret', async () => (await weak.create(secret)).status === 201 || undefined);
    const token = await eventually('the token', async () => {
      const { body } = await weak.get<{ readonly data?: { readonly token?: string } }>(secret);
      return body.data?.token;
    });
    expect(await isMaster(weak)).toBeUndefined();
    const strong = cluster().client.as(Buffer.from(token, 'base64').toString());
    expect(await eventually('its rights', () => isMaster(strong))).toBe(true);
    await cluster().client.delete(objects[4] as KubernetesObject);
  });
});
