import * as fc from 'fast-check';
import { ClusterTarget } from '../../../core/cluster';
import { type HardenContext, harden, hardenInPlace } from '../../../core/hardening/harden';
import { clonePlain } from '../../../core/manifest/plain';
import type { PodSpec, PodTemplateSpec } from '../../../core/manifest/pod';

type Template = PodTemplateSpec & { readonly spec: PodSpec };

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const id = fc.constantFrom(0, 1000);

const container = fc.record({
  name: fc.constantFrom('a', 'b'),
  image: fc.constant('nginx'),
  restartPolicy: maybe(fc.constant('Always' as const)),
  ports: maybe(
    fc.array(
      fc.record({
        containerPort: fc.constantFrom(80, 53),
        name: maybe(fc.constant('web')),
        protocol: maybe(fc.constantFrom('TCP' as const, 'UDP' as const)),
      }),
      { maxLength: 2 },
    ),
  ),
  lifecycle: maybe(
    fc.constantFrom({}, { preStop: { exec: { command: ['true'] } } }, { preStop: { sleep: { seconds: 40 } } }),
  ),
  resources: maybe(
    fc.record({
      requests: maybe(
        fc.record({ cpu: maybe(fc.constant('1')), memory: maybe(fc.constantFrom('1Gi', '1024Mi', '5')) }),
      ),
      limits: maybe(
        fc.record({
          cpu: maybe(fc.constant('2')),
          memory: maybe(fc.constantFrom('1Gi', '2Gi')),
          'ephemeral-storage': maybe(fc.constant('1Gi')),
        }),
      ),
    }),
  ),
  securityContext: maybe(
    fc.record({
      privileged: maybe(fc.boolean()),
      allowPrivilegeEscalation: maybe(fc.boolean()),
      readOnlyRootFilesystem: maybe(fc.boolean()),
      runAsUser: maybe(id),
      capabilities: maybe(
        fc.record({ drop: maybe(fc.constantFrom(['all'], ['NET_RAW'], ['ALL'])), add: maybe(fc.constant(['CHOWN'])) }),
      ),
      appArmorProfile: maybe(
        fc.constantFrom({ type: 'RuntimeDefault' as const }, { type: 'Localhost' as const, localhostProfile: 'p' }),
      ),
    }),
  ),
});

const template = fc.record({
  metadata: maybe(fc.constantFrom({}, { labels: { app: 'x' } }, { annotations: { note: 'y' } })),
  spec: fc.record({
    os: maybe(fc.constantFrom({ name: 'linux' as const }, { name: 'windows' as const })),
    hostNetwork: maybe(fc.boolean()),
    hostUsers: maybe(fc.boolean()),
    serviceAccount: maybe(fc.constant('legacy')),
    automountServiceAccountToken: maybe(fc.boolean()),
    terminationGracePeriodSeconds: maybe(fc.constantFrom(1, 60)),
    securityContext: maybe(
      fc.record({
        runAsUser: maybe(id),
        seccompProfile: maybe(fc.constant({ type: 'Unconfined' as const })),
        fsGroup: maybe(id),
      }),
    ),
    volumes: maybe(fc.constantFrom([{ name: 'v', emptyDir: {} }], [{ name: 'n', nfs: { server: 's', path: '/' } }])),
    initContainers: maybe(fc.array(container, { maxLength: 2 })),
    containers: fc.array(container, { minLength: 1, maxLength: 2 }),
  }),
}) as unknown as fc.Arbitrary<Template>;

const targets = [
  ClusterTarget.of('1.28', { nodes: { appArmor: true } }),
  ClusterTarget.of('1.31'),
  ClusterTarget.of('1.36', { nodes: { userNamespaces: true, appArmor: true, supplementalGroupsPolicy: true } }),
  ClusterTarget.of('1.34', { distribution: 'openshift' }),
];
const context: fc.Arbitrary<HardenContext> = fc.record({
  target: fc.constantFrom(...targets),
  role: fc.constantFrom('service' as const, 'batch' as const),
  facts: fc.constantFrom(
    {},
    { user: 1000, group: 1000, fsGroup: 1000 },
    { serviceAccountName: 'own', selector: { app: 'x' }, withoutIdMapping: true },
  ),
});

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) freeze(member);
    Object.freeze(value);
  }
  return value;
}

/** Every leaf of a value, by its path. */
function leaves(value: unknown, path = ''): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [[path, value]];
  return Object.entries(value).flatMap(([key, member]) => leaves(member, `${path}/${key}`));
}

describe('harden', () => {
  it('is idempotent: what is hardened stays as it is', () => {
    fc.assert(
      fc.property(template, context, (given, where) => {
        const once = harden(given, where);
        const twice = harden(once.template, where);
        expect(twice.template).toEqual(once.template);
        expect(twice.changes.filter((change) => change.class !== 'needs-fact')).toEqual([]);
        expect(twice.changes).toEqual(once.changes.filter((change) => change.class === 'needs-fact'));
      }),
      { numRuns: 300 },
    );
  });

  it('is pure: a frozen input is taken and unchanged, and the same input gives the same output', () => {
    fc.assert(
      fc.property(template, context, (given, where) => {
        const before = JSON.stringify(given);
        const first = harden(freeze(given), where);
        expect(JSON.stringify(given)).toBe(before);
        expect(harden(given, where)).toEqual(first);
      }),
      { numRuns: 100 },
    );
  });

  it('shares nothing with its input', () => {
    const given: Template = {
      metadata: { labels: { a: 'b' } },
      spec: { containers: [{ name: 'a' }], volumes: [{ name: 'v', configMap: { name: 'c' } }] },
    };
    const { template: out } = harden(given, { target: targets[0]! });
    (out.spec.volumes as unknown as { configMap?: { name: string } }[])[0]!.configMap!.name = 'changed';
    expect(given.spec.volumes).toEqual([{ name: 'v', configMap: { name: 'c' } }]);
  });

  it('in place gives the same template and notes', () => {
    fc.assert(
      fc.property(template, context, (given, where) => {
        const expected = harden(given, where);
        const own = clonePlain(given) as Template;
        expect(hardenInPlace(own, where)).toEqual(expected.notes);
        expect(own).toEqual(expected.template);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps what the owner wrote, but for memory requests, dropped capabilities and older AppArmor', () => {
    fc.assert(
      fc.property(template, context, (given, where) => {
        const after = new Map(leaves(harden(given, where).template));
        for (const [path, value] of leaves(given)) {
          if (/requests\/memory$|capabilities\/drop\/|appArmorProfile/.test(path)) continue;
          expect([path, after.get(path)]).toEqual([path, value]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('lists every change that it makes, with its value', () => {
    fc.assert(
      fc.property(template, context, (given, where) => {
        const { template: after, changes } = harden(given, where);
        const made = changes.filter((change) => change.class !== 'needs-fact');
        for (const { path, to } of made) {
          const found = path.reduce<unknown>((node, key) => (node as Record<string | number, unknown>)[key], after);
          expect([path, found]).toEqual([path, to]);
        }
        const before = new Map(leaves(given));
        const listed = made.map(({ path }) => `/${path.join('/')}`);
        for (const [path, value] of leaves(after)) {
          if (before.get(path) === value) continue;
          expect([path, listed.some((change) => path === change || path.startsWith(`${change}/`))]).toEqual([
            path,
            true,
          ]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('makes only safe changes where that is asked, and the safe ones of all are among them', () => {
    fc.assert(
      fc.property(template, context, (given, where) => {
        const safe = harden(given, { ...where, changes: 'safe' }).changes.filter(({ to }) => to !== undefined);
        expect(safe.filter((change) => change.class !== 'safe')).toEqual([]);
        const all = harden(given, where).changes.map(({ path }) => path.join('/'));
        for (const { path } of safe) expect(all).toContain(path.join('/'));
      }),
      { numRuns: 200 },
    );
  });

  it('leaves nothing empty behind where only safe changes are asked for', () => {
    fc.assert(
      fc.property(template, context, (given, where) => {
        const { template: after } = harden(given, { ...where, changes: 'safe' });
        const empties = (value: unknown, path: string): readonly string[] => {
          if (typeof value !== 'object' || value === null) return [];
          const entries = Object.entries(value);
          return entries.length === 0 ? [path] : entries.flatMap(([key, member]) => empties(member, `${path}/${key}`));
        };
        const before = new Set(empties(JSON.parse(JSON.stringify(given)), ''));
        expect(empties(after, '').filter((path) => !before.has(path))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('never invents a user, a group, a writable path or an amount of CPU or memory', () => {
    fc.assert(
      fc.property(template, context, (given, where) => {
        const facts = where.facts ?? {};
        const { template: after, changes } = harden(given, where);
        const ids = new Set([0, 1000]);
        for (const [path, value] of leaves(after)) {
          if (/\/(runAsUser|runAsGroup|fsGroup)$/.test(path)) expect(ids).toContain(value);
        }
        if (facts.user === undefined && given.spec.securityContext?.runAsUser === undefined)
          expect(after.spec.securityContext?.runAsUser).toBeUndefined();
        expect(after.spec.volumes?.length).toBe(given.spec.volumes?.length);
        for (const [i, { name, resources, volumeMounts }] of after.spec.containers.entries()) {
          expect([name, volumeMounts]).toEqual([name, undefined]);
          const own = given.spec.containers[i]?.resources;
          if (!own?.requests?.cpu && !own?.limits?.cpu) {
            expect(resources?.requests).not.toHaveProperty('cpu');
            expect(changes).toContainEqual(
              expect.objectContaining({
                class: 'needs-fact',
                path: ['spec', 'containers', i, 'resources', 'requests', 'cpu'],
              }),
            );
          }
          if (!own?.requests?.memory && !own?.limits?.memory) {
            expect(resources?.limits).not.toHaveProperty('memory');
            expect(changes).toContainEqual(
              expect.objectContaining({
                class: 'needs-fact',
                path: ['spec', 'containers', i, 'resources', 'limits', 'memory'],
              }),
            );
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('makes nothing of a field that is null', () => {
    const given = {
      spec: {
        securityContext: null,
        automountServiceAccountToken: null,
        containers: [{ name: 'a', securityContext: null, resources: null }],
      },
    } as unknown as Template;
    const { template: after } = harden(given, { target: targets[2]! });
    expect(after.spec.automountServiceAccountToken).toBe(false);
    expect(after.spec.securityContext?.seccompProfile).toEqual({ type: 'RuntimeDefault' });
    expect(after.spec.containers[0]?.securityContext?.readOnlyRootFilesystem).toBe(true);
  });

  it('does not break over a pod without containers', () => {
    expect(
      harden({ spec: {} } as unknown as Template, { target: targets[2]! }).template.spec.automountServiceAccountToken,
    ).toBe(false);
  });
});
