/** The recommended audit policy as a decision table: what a real API server logs of each request, and what `levelOf` says. */
import { randomUUID } from 'node:crypto';
import { AuditPolicy } from '../../../core/audit';
import { ClusterTarget } from '../../../core/cluster';
import { controlPlane } from '../../../core/control-plane';
import { type Client, eventually, expectOk } from '../../support/control-plane';
import { describeHardened } from '../../support/control-plane/describe-hardened';
import { type AuditEvent, type HardenedControlPlane, settingsAt } from '../../support/control-plane/hardened';
import { type Asker, askers, auditRequestOf, type Decision, decisions } from './decisions';

const policy = AuditPolicy.recommended();
const key = Buffer.alloc(32, 7).toString('base64');

for (const version of ['1.36.3', '1.28.15'] as const) {
  const target = ClusterTarget.of(version);
  const oldest =
    version === '1.28.15'
      ? {
          authentication: { anonymous: 'rbac' as const },
          exceptions: [
            {
              property: 'authentication.anonymous',
              reason: 'this version cannot tell paths apart, and tests ask for health',
              expires: '2026-12-31',
            },
          ],
          today: '2026-11-21',
        }
      : {};
  describeHardened(
    'the recommended audit policy',
    version,
    (places) =>
      controlPlane({ ...settingsAt(places), ...oldest, encryption: { secretbox: ['k'] } }, target, { k: key }),
    (plane) => {
      const ids = decisions.map(() => randomUUID());
      const events = new Map<string, AuditEvent[]>();

      beforeAll(async () => {
        await prepare(plane());
        for (const [i, decision] of decisions.entries()) await send(plane(), decision, ids[i] ?? '');
        const logged = ids.filter((_, i) => decisions[i]?.[3] !== 'None');
        await eventually('the log to have every event', async () => {
          events.clear();
          for (const event of plane().auditEvents())
            events.set(event.auditID, [...(events.get(event.auditID) ?? []), event]);
          return logged.every((id) => events.has(id)) ? true : undefined;
        }).catch(() => undefined);
      });

      it.each(decisions.map(([who, method, path, level], i) => [who, method, path, level, i] as const))(
        '%s %s %s is logged at %s',
        (who, method, path, level, i) => {
          const own = events.get(ids[i] ?? '') ?? [];
          const [user, groups] = userOf(who, own[0]);
          const request = auditRequestOf(
            String(method),
            String(path),
            user === undefined ? undefined : { name: user, groups },
          );
          expect(policy.levelOf(request)).toBe(level);
          if (level === 'None') return expect(own).toEqual([]);
          expect(own.length).toBeGreaterThan(0);
          for (const event of own) {
            expect(event.level).toBe(level);
            expect(event.stage).not.toBe('RequestReceived');
            expect(event.verb).toBe(request.verb);
            const { resource = '', subresource = '', namespace = '' } = event.objectRef ?? {};
            const asked = { resource: '', subresource: '', namespace: '', ...request.resource };
            expect({ resource, subresource, namespace }).toEqual({
              resource: asked.resource,
              subresource: asked.subresource,
              namespace: asked.namespace,
            });
            if (level === 'Metadata')
              expect([event.requestObject, event.responseObject]).toEqual([undefined, undefined]);
            if (level === 'Request') expect(event.responseObject).toBeUndefined();
            if (user !== undefined) expect(event.user.username).toBe(user);
          }
        },
      );

      it('logs the bodies of what gives power, and no managed fields', () => {
        const index = decisions.findIndex(
          ([who, method, path]) => who === 'admin' && method === 'POST' && /roles$/.test(path),
        );
        const [event] = events.get(ids[index] ?? '') ?? [];
        expect(event).toMatchObject({ requestObject: { kind: 'Role' }, responseObject: { metadata: { name: 'r' } } });
        expect(JSON.stringify(event)).not.toContain('managedFields');
      });

      it('takes who asks, and not who is impersonated', async () => {
        const id = randomUUID();
        const headers = { 'audit-id': id, 'impersonate-user': 'system:node:n1', 'impersonate-group': 'system:nodes' };
        await plane().admin.request('GET', '/api/v1/nodes/n1', { headers });
        const level = await eventually(
          'the event',
          async () =>
            plane()
              .auditEvents()
              .find(({ auditID }) => auditID === id)?.level,
        );
        expect(level).toBe('Metadata');
      });
    },
  );
}

/** The user of a request, with the groups that Kubernetes adds. */
function userOf(who: Asker, event: AuditEvent | undefined): [string | undefined, readonly string[]] {
  if (who === 'stranger') return [undefined, []];
  if (who === 'anonymous') {
    // Where a path needs credentials, nobody is known to ask for it.
    const known = event === undefined || event.user.username === 'system:anonymous';
    return known ? ['system:anonymous', ['system:unauthenticated']] : [undefined, []];
  }
  const [name, ...groups] = askers[who];
  return [name, [...groups, 'system:authenticated']];
}

async function prepare(plane: HardenedControlPlane): Promise<void> {
  const { admin } = plane;
  for (const name of ['shop', 'kube-node-lease', 'kube-system'])
    await admin.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  expectOk(
    await admin.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'shop', name: 'default' } }),
  );
  for (const [group, plural, kind] of [
    ['example.com', 'widgets', 'Widget'],
    ['argoproj.io', 'applications', 'Application'],
  ] as const) {
    const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: `${plural}.${group}` },
      spec: {
        group,
        scope: 'Namespaced',
        names: { plural, kind, singular: kind.toLowerCase(), listKind: `${kind}List` },
        versions: [{ name: 'v1', served: true, storage: true, schema }],
      },
    };
    expectOk(await admin.create(crd));
    const path = `/apis/${group}/v1/namespaces/shop/${plural}`;
    await eventually(`${plural} to be served`, async () =>
      (await admin.request('GET', path)).status === 200 ? true : undefined,
    );
  }
}

async function send(plane: HardenedControlPlane, [who, method, path, , body]: Decision, id: string): Promise<void> {
  const client: Client =
    who === 'anonymous'
      ? plane.anonymous
      : who === 'stranger'
        ? plane.anonymous.as('a-token-that-nobody-knows')
        : await clientOf(plane, askers[who]);
  const { pathname, searchParams } = new URL(path, plane.url);
  await client.request(method, pathname, {
    query: Object.fromEntries(searchParams),
    headers: { 'audit-id': id },
    body,
    contentType: method === 'PATCH' ? 'application/merge-patch+json' : undefined,
  });
}

function clientOf(plane: HardenedControlPlane, [name, ...groups]: readonly [string, ...string[]]): Promise<Client> {
  return plane.client(name, ...groups);
}
