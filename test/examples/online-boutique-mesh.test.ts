/** The example in each service mesh: what it writes, who is let in, and that who reaches whom is as before. */
import type { KubernetesObject } from '../../core/manifest';
import type { PodSpec } from '../../core/manifest/pod';
import { networkWorldOf, Reachability } from '../../core/network';
import { allows } from '../support/mesh-evaluator';
import { boutiqueObjects, byName, meshedBoutiqueObjects } from './boutique';
import { workloads } from './known-differences';

const namespace = 'online-boutique';
const target = '1.36';
const meshed = ['istio', 'istio-ambient', 'linkerd'] as const;
const tunnels = { istio: undefined, 'istio-ambient': 15008, linkerd: 4143 } as const;

/** `<from> -> <to>: <ports>`, of the workloads that may connect. */
function pairs(objects: readonly KubernetesObject[]): readonly (readonly [from: string, to: string, ports: string])[] {
  const reach = new Reachability(networkWorldOf(objects).world);
  const index = (name: string) => reach.indexOf(`${namespace}/${name}`) ?? -1;
  return workloads.flatMap((from) =>
    workloads.flatMap((to) => {
      const { certain } = reach.between(index(from), index(to));
      return from === to || certain.isEmpty ? [] : [[from, to, certain.text] as const];
    }),
  );
}

const plain = pairs(boutiqueObjects({ target }));

/** Every port that a workload declares. */
function portsOf(objects: readonly KubernetesObject[], name: string): readonly number[] {
  const { spec } = byName(objects, 'Deployment').get(name) as KubernetesObject;
  const pod = (spec as unknown as { template: { spec: PodSpec } }).template.spec;
  return pod.containers.flatMap(({ ports = [] }) => ports.map(({ containerPort }) => containerPort));
}

describe.each(meshed)('the example in %s', (mesh) => {
  const objects = meshedBoutiqueObjects(mesh);

  it('writes this besides what it writes without', () => {
    const without = new Map(boutiqueObjects({ target }).map((object) => [keyOf(object), JSON.stringify(object)]));
    expect(objects.filter((object) => without.get(keyOf(object)) !== JSON.stringify(object))).toMatchSnapshot();
    const keys = new Set(objects.map(keyOf));
    expect([...without.keys()].filter((key) => !keys.has(key))).toEqual([]);
  });

  it('has the same ways between its workloads, on the port that the packets of the mesh have', () => {
    const tunnel = tunnels[mesh];
    expect(plain).toHaveLength(16);
    expect(pairs(objects)).toEqual(
      plain.map(([from, to, ports]) => [from, to, tunnel === undefined ? ports : `TCP ${tunnel}`]),
    );
  });

  it('lets each client in on the port that it calls, and nobody else on any', () => {
    const called = new Set(plain.map(([from, to, ports]) => `${from} -> ${to}: ${ports}`));
    const found = workloads.flatMap((to) =>
      portsOf(objects, to).flatMap((port) =>
        workloads.flatMap((serviceAccount) => {
          const server = { namespace, labels: { 'app.kubernetes.io/name': to } };
          const call = { client: { namespace, serviceAccount }, server, port };
          return allows[mesh](objects, call) ? [`${serviceAccount} -> ${to}: TCP ${port}`] : [];
        }),
      ),
    );
    expect(new Set(found)).toEqual(called);
    const gateway = { namespace: 'gateway-system', serviceAccount: 'public' };
    const frontend = { namespace, labels: { 'app.kubernetes.io/name': 'frontend' } };
    expect(allows[mesh](objects, { client: gateway, server: frontend, port: 8080 })).toBe(true);
    expect(allows[mesh](objects, { server: frontend, port: 8080 })).toBe(false);
  });
});

it('is asked by the kubelet whether it is well, and nothing else, where Linkerd asks who somebody is', () => {
  const objects = meshedBoutiqueObjects('linkerd');
  const server = { namespace, labels: { 'app.kubernetes.io/name': 'cartservice' } };
  const asked = (path: string) => allows.linkerd(objects, { server, port: 7070, path });
  expect(asked('/grpc.health.v1.Health/Check')).toBe(true);
  expect(asked('/grpc.health.v1.Health/Watch')).toBe(false);
  expect(asked('/hipstershop.CartService/GetCart')).toBe(false);
});

function keyOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  return [apiVersion, kind, metadata?.namespace, metadata?.name].join(' ');
}
