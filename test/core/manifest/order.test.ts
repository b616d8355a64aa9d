import * as fc from 'fast-check';
import { formatIdentity, identityOf } from '../../../core/manifest/identity';
import type { KubernetesObject } from '../../../core/manifest/object';
import { DependencyCycleError, orderObjects, UnknownDependencyError } from '../../../core/manifest/order';
import { cpuTime } from '../../support/cpu-time';

function object(apiVersion: string, kind: string, name: string, namespace?: string, rest = {}): KubernetesObject {
  return { apiVersion, kind, metadata: namespace === undefined ? { name } : { name, namespace }, ...rest };
}

const KINDS: readonly (readonly [apiVersion: string, kind: string])[] = [
  ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
  ['v1', 'Namespace'],
  ['v1', 'LimitRange'],
  ['v1', 'ResourceQuota'],
  ['scheduling.k8s.io/v1', 'PriorityClass'],
  ['node.k8s.io/v1', 'RuntimeClass'],
  ['v1', 'ServiceAccount'],
  ['rbac.authorization.k8s.io/v1', 'Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['v1', 'ConfigMap'],
  ['v1', 'Secret'],
  ['cilium.io/v2', 'CiliumNetworkPolicy'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['v1', 'Service'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['v1', 'PersistentVolume'],
  ['v1', 'PersistentVolumeClaim'],
  ['batch/v1', 'CronJob'],
  ['apps/v1', 'DaemonSet'],
  ['apps/v1', 'Deployment'],
  ['batch/v1', 'Job'],
  ['v1', 'Pod'],
  ['apps/v1', 'StatefulSet'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler'],
  ['networking.k8s.io/v1', 'Ingress'],
  ['policy/v1', 'PodDisruptionBudget'],
  ['shop.example/v1', 'Widget'],
  ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'],
  ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
];

const anObject = fc
  .tuple(fc.constantFrom(...KINDS), fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(undefined, 'n1', 'n2'))
  .map(([[apiVersion, kind], name, namespace]) => object(apiVersion, kind, name, namespace));

const ids = (objects: readonly KubernetesObject[]) => objects.map((each) => formatIdentity(identityOf(each)));

describe('orderObjects', () => {
  it('puts every kind into the order of applying', () => {
    const expected = KINDS.map(([apiVersion, kind]) => object(apiVersion, kind, 'x'));
    expect(ids(orderObjects([...expected].reverse()))).toEqual(ids(expected));
  });

  it('sorts within a tier by namespace, kind, name and group, by code unit', () => {
    const expected = [
      object('apps/v1', 'Deployment', 'a'),
      object('apps/v1', 'Deployment', 'B', 'shop'),
      object('apps/v1', 'Deployment', 'a', 'shop'),
      object('apps/v1', 'StatefulSet', 'a', 'shop'),
      object('apps/v1', 'Deployment', 'a', 'shop-2'),
      object('a.example/v1', 'Widget', 'a', 'shop'),
      object('b.example/v1', 'Widget', 'a', 'shop'),
    ];
    expect(ids(orderObjects([...expected].reverse()))).toEqual(ids(expected));
  });

  it('does not take a kind of another group for the built-in one', () => {
    const knative = object('serving.knative.dev/v1', 'Service', 'a', 'shop');
    const deployment = object('apps/v1', 'Deployment', 'b', 'shop');
    expect(orderObjects([knative, deployment])).toEqual([deployment, knative]);
  });

  it('is a permutation that does not depend on the order of its input', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(anObject, { selector: (each) => ids([each])[0], maxLength: 40 }).chain((objects) =>
          fc.record({
            objects: fc.constant(objects),
            shuffled: fc.shuffledSubarray(objects, { minLength: objects.length }),
          }),
        ),
        ({ objects, shuffled }) => {
          const ordered = orderObjects(objects);
          expect(ordered).toEqual(orderObjects(shuffled));
          expect(new Set(ordered)).toEqual(new Set(objects));
          expect(ordered).toHaveLength(objects.length);
        },
      ),
    );
  });

  it('leaves its input alone, and gives back the same objects', () => {
    const objects = Object.freeze([object('v1', 'Pod', 'a'), object('v1', 'Namespace', 'b')]);
    const [first] = orderObjects(objects);
    expect(first).toBe(objects[1]);
  });
});

describe('orderObjects with dependencies', () => {
  const config = object('v1', 'ConfigMap', 'config', 'shop');
  const database = object('apps/v1', 'StatefulSet', 'database', 'shop');
  const api = object('apps/v1', 'Deployment', 'api', 'shop');
  const web = object('apps/v1', 'Deployment', 'web', 'shop');

  it('moves what depends to just after what it waits for, and nothing else', () => {
    const ordered = orderObjects([api, web, database, config], new Map([[0, [2]]]));
    expect(ids(ordered)).toEqual(ids([config, web, database, api]));
  });

  it('follows a chain of them', () => {
    const ordered = orderObjects(
      [api, web, database, config],
      new Map([
        [3, [0]],
        [0, [1]],
        [1, [2]],
      ]),
    );
    expect(ids(ordered)).toEqual(ids([database, web, api, config]));
  });

  it('changes nothing where the tiers say the same', () => {
    expect(orderObjects([api, config], new Map([[0, [1]]]))).toEqual(orderObjects([api, config]));
  });

  it('takes the content of a Namespace along when the Namespace has to wait', () => {
    const namespace = object('v1', 'Namespace', 'shop');
    const operator = object('apps/v1', 'Deployment', 'operator', 'system');
    const ordered = orderObjects([namespace, config, operator], new Map([[0, [2]]]));
    expect(ids(ordered)).toEqual(ids([operator, namespace, config]));
  });

  it('keeps a custom resource behind the definition of its kind', () => {
    const definition = object(
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'widgets.shop.example',
      undefined,
      {
        spec: { group: 'shop.example', names: { kind: 'Widget' } },
      },
    );
    const widget = object('shop.example/v1', 'Widget', 'a', 'shop');
    const last = object('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', 'z');
    const ordered = orderObjects([widget, definition, last], new Map([[1, [2]]]));
    expect(ids(ordered)).toEqual(ids([last, definition, widget]));
  });

  it('does not take a Namespace that carries its own name as namespace for a cycle', () => {
    const namespace = object('v1', 'Namespace', 'shop', 'shop');
    expect(orderObjects([namespace, api, web], new Map([[1, [2]]]))).toEqual([namespace, web, api]);
  });

  it('names the members of a cycle, in its order, and a remedy', () => {
    const run = () =>
      orderObjects(
        [api, web, database, config],
        new Map([
          [0, [2]],
          [2, [1]],
          [1, [0]],
          [3, [0]],
        ]),
      );
    expect(run).toThrow(DependencyCycleError);
    expect(run).toThrow(
      'dependencies form a cycle: Deployment.apps shop/api -> StatefulSet.apps shop/database -> Deployment.apps shop/web -> Deployment.apps shop/api; remove one of them',
    );
    try {
      run();
    } catch (error) {
      expect((error as DependencyCycleError).members.map(({ name }) => name).sort()).toEqual([
        'api',
        'database',
        'web',
      ]);
    }
  });

  it('refuses an object that depends on itself', () => {
    expect(() => orderObjects([api], new Map([[0, [0]]]))).toThrow(
      'Deployment.apps shop/api depends on itself; remove',
    );
  });

  it.each([
    [0, 1, 1],
    [0, -1, -1],
    [0, 0.5, 0.5],
    [7, 0, 7],
  ])('refuses a dependency %d -> %d outside the list', (from, to, wrong) => {
    const run = () => orderObjects([api], new Map([[from, [to]]]));
    expect(run).toThrow(UnknownDependencyError);
    expect(run).toThrow(`a dependency names position ${wrong} in a list of 1 objects`);
  });

  it('honours every dependency of any graph without cycles, and is the plain order without them', () => {
    const graph = fc
      .uniqueArray(anObject, { selector: (each) => ids([each])[0], minLength: 1, maxLength: 30 })
      .chain((objects) =>
        fc.record({
          objects: fc.constant(objects),
          // Edges along one random order have no cycle, unless they go against a Namespace and its content.
          order: fc.shuffledSubarray(
            objects.map((_, i) => i),
            { minLength: objects.length },
          ),
          edges: fc.array(fc.tuple(fc.nat(objects.length - 1), fc.nat(objects.length - 1)), { maxLength: 60 }),
        }),
      );
    fc.assert(
      fc.property(graph, ({ objects, order, edges }) => {
        const dependencies = new Map<number, number[]>();
        for (const [a, b] of edges) {
          if (a === b) continue;
          const [from, to] = [order[Math.max(a, b)]!, order[Math.min(a, b)]!];
          dependencies.set(from, [...(dependencies.get(from) ?? []), to]);
        }
        let ordered: readonly KubernetesObject[];
        try {
          ordered = orderObjects(objects, dependencies);
        } catch (error) {
          const members = (error as DependencyCycleError).members.map(formatIdentity);
          expect(members.some((member) => member.startsWith('Namespace '))).toBe(true);
          return;
        }
        const placeOf = new Map(ordered.map((each, place) => [each, place]));
        expect(placeOf.size).toBe(objects.length);
        const place = (index: number) => placeOf.get(objects[index]!)!;
        for (const [from, targets] of dependencies) {
          for (const to of targets) expect(place(to)).toBeLessThan(place(from));
        }
        const satisfied = [...dependencies].every(([from, targets]) => {
          const plain = orderObjects(objects);
          return targets.every((to) => plain.indexOf(objects[to]!) < plain.indexOf(objects[from]!));
        });
        if (satisfied) expect(ordered).toEqual(orderObjects(objects));
      }),
    );
  });

  it('takes layered dependencies and long chains in linear time', () => {
    // 100 layers of 20, each object waiting for the whole layer before: 3^13 of them take cdk8s 0.9 s, 20^100 paths never end.
    const layers = Array.from({ length: 2000 }, (_, i) => object('v1', 'ConfigMap', `c${i}`, 'shop'));
    const layered = new Map(
      layers.map((_, i) => [i, Array.from({ length: i < 20 ? 0 : 20 }, (_, k) => i - (i % 20) - 20 + k)]),
    );
    const chain = Array.from({ length: 20_000 }, (_, i) => object('v1', 'ConfigMap', `c${i}`, 'shop'));
    const chained = new Map(chain.map((_, i) => [i, i + 1 < chain.length ? [i + 1] : []]));
    const start = cpuTime();
    expect(orderObjects(layers, layered)).toHaveLength(2000);
    expect(orderObjects(chain, chained)).toEqual([...chain].reverse());
    expect(cpuTime() - start).toBeLessThan(2000);
  });
});
