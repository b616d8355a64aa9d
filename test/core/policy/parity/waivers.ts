/** Random exceptions, and random objects that they may cover. */
import * as fc from 'fast-check';
import type { KubernetesObject } from '../../../../core/manifest';
import type { ExceptionSelector, SelectedException } from '../../../../core/policy';

/** Rules about containers, about pods as a whole, about both, and about other objects. */
export const waivedRules = [
  'privileged',
  'image-digest',
  'capabilities-add',
  'run-as-non-root',
  'host-namespaces',
  'host-path-volumes',
  'service-exposure',
  'rbac-secrets',
] as const;

export const today = '2026-11-21';

/** The namespaces of the objects. */
export type Namespaces = readonly [string, string];

const names = ['web', 'web-1', 'driver', 'driver-web'] as const;
const nameTexts = [
  ...names,
  'web*',
  '*web',
  'dr*er',
  'd*r*w*eb',
  'driver-',
  '*-',
  'web-*',
  '*-*',
  '*',
  'nobody',
] as const;
const labelTexts = ['web', 'driver', 'w*', '*', ''] as const;
const containers = ['api', 'driver', 'driver-2'] as const;
const images = [
  'registry.acme.example/shop/api:1',
  'registry.acme.example/drivers/gpu@sha256:ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d',
  'quay.io/acme/driver:2.1',
] as const;
const imageTexts = [images[0], 'registry.acme.example/*', '*/drivers/*', '*driver*', 'quay.io/*', '*', '**'] as const;
const kinds = ['Pod', 'Deployment', 'Deployment.apps', '*.apps', 'Pod.', '*o*', 'CronJob', 'Service', '*Role', '*'];

/** One of the values, or none. */
function maybe<T>(values: readonly T[], weight = 1): fc.Arbitrary<T | undefined> {
  return fc.oneof({ arbitrary: fc.constant(undefined), weight: 3 }, { arbitrary: fc.constantFrom(...values), weight });
}

function present<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

function selector([first, second]: Namespaces): fc.Arbitrary<ExceptionSelector> {
  const all = fc.record({
    kind: fc.constantFrom(...kinds),
    namespace: fc.constantFrom(first, second, `${first.slice(0, -1)}*`, '*'),
    name: fc.constantFrom(...nameTexts),
    labels: fc.constantFrom(...labelTexts).chain((app) => fc.constantFrom({ app }, { app, tier: 'front' })),
    container: fc.constantFrom('api', 'driver', 'driver*', '*2', '*'),
    image: fc.constantFrom(...imageTexts),
  });
  const keys = ['kind', 'namespace', 'name', 'labels', 'container', 'image'] as const;
  const chosen = fc.subarray([...keys], { minLength: 0, maxLength: 3 });
  return fc
    .tuple(all, chosen)
    .map(([values, some]): ExceptionSelector => Object.fromEntries(some.map((key) => [key, values[key]])));
}

const rule = fc.oneof(
  fc.constantFrom(...waivedRules),
  fc.uniqueArray(fc.constantFrom(...waivedRules), { minLength: 1, maxLength: 5 }),
);

/** What an administrator writes down: up to six exceptions, some of which have ended. */
export function exceptionsIn(namespaces: Namespaces): fc.Arbitrary<readonly SelectedException[]> {
  const one = fc.record({
    rule,
    reason: fc.constant('as agreed with the platform team'),
    expires: fc.constantFrom('2027-03-31', '2026-11-21', '2027-03-31', '2027-03-31', '2026-11-20'),
    selector: selector(namespaces),
  });
  return fc.array(one, { minLength: 1, maxLength: 6 });
}

function podSpec(): fc.Arbitrary<object> {
  const container = fc.record({
    name: fc.constantFrom(...containers),
    image: fc.constantFrom(...images),
    securityContext: fc
      .record({
        privileged: maybe([true, false]),
        runAsNonRoot: maybe([true, false]),
        capabilities: maybe([{ add: ['SYS_TIME'] }, { add: ['NET_BIND_SERVICE'] }, { drop: ['ALL'] }]),
      })
      .map(present),
  });
  const several = fc.uniqueArray(container, { minLength: 1, maxLength: 3, selector: ({ name }) => name });
  return fc
    .record({
      all: several,
      init: fc.boolean(),
      hostNetwork: maybe([true]),
      hostPID: maybe([true]),
      securityContext: maybe([{ runAsNonRoot: true }, {}], 2),
      volumes: maybe([[{ name: 'node', hostPath: { path: '/var/log' } }]]),
    })
    .map(({ all, init, ...spec }) => ({
      ...present(spec),
      ...(init && all.length > 1 ? { initContainers: all.slice(1), containers: all.slice(0, 1) } : { containers: all }),
    }));
}

const template = (spec: object) => ({ metadata: { labels: { app: 'it' } }, spec });

const bodies: readonly ((spec: object) => Pick<KubernetesObject, 'apiVersion' | 'kind'> & Record<string, unknown>)[] = [
  (spec) => ({ apiVersion: 'v1', kind: 'Pod', spec }),
  (spec) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { selector: { matchLabels: { app: 'it' } }, template: template(spec) },
  }),
  (spec) => ({
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    spec: {
      schedule: '0 3 * * *',
      jobTemplate: { spec: { template: template({ ...spec, restartPolicy: 'Never' }) } },
    },
  }),
];

const others: readonly (Pick<KubernetesObject, 'apiVersion' | 'kind'> & Record<string, unknown>)[] = [
  { apiVersion: 'v1', kind: 'Service', spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } },
  { apiVersion: 'v1', kind: 'Service', spec: { ports: [{ port: 80 }] } },
  ...['Role', 'ClusterRole'].map((kind) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] }],
  })),
];

/** Objects of several kinds, most of which break some of the rules. */
export function objectsIn(namespaces: Namespaces): fc.Arbitrary<KubernetesObject> {
  const metadata = fc.record({
    name: fc.constantFrom(...names),
    generated: fc.integer({ min: 0, max: 9 }).map((n) => n < 2),
    namespace: fc.constantFrom(...namespaces),
    labels: maybe<Record<string, string>>([{ app: 'web' }, { app: 'driver', tier: 'front' }, { tier: 'front' }], 6),
  });
  const body = fc.oneof(
    { arbitrary: fc.tuple(fc.constantFrom(...bodies), podSpec()).map(([of, spec]) => of(spec)), weight: 5 },
    { arbitrary: fc.constantFrom(...others), weight: 1 },
  );
  return fc.tuple(body, metadata).map(([object, { name, generated, namespace, labels }]) => ({
    ...object,
    metadata: {
      ...(generated ? { generateName: `${name}-` } : { name }),
      ...(object.kind !== 'ClusterRole' && { namespace }),
      ...(labels && { labels }),
    },
  }));
}
