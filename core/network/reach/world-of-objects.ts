import { podLabelsOf } from '../../manifest/controller-labels';
import { identityOf } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import { isMapping } from '../../manifest/plain';
import type { Container, PodSpec } from '../../manifest/pod';
import { containersOf, type PodTemplateKinds, podTemplateOf } from '../../manifest/pod-template';
import type { DeclaredPort, NetworkNamespace, NetworkPods, NetworkWorld } from './world';

/** How manifests are read. */
export interface WorldOptions {
  /** The namespace of objects that name none. @default 'default' */
  readonly defaultNamespace?: string;
  /** Which kinds hold a pod template, and where. @default - Kubernetes' own */
  readonly podTemplateKinds?: PodTemplateKinds;
  /** Where pods have their addresses. @default - the private IPv4 networks */
  readonly podCidrs?: readonly string[];
  /** Addresses outside of the cluster that are asked about. @default - none */
  readonly addresses?: readonly string[];
}

/** What manifests say of who reaches whom. */
export interface WorldOfObjects {
  readonly world: NetworkWorld;
  /** The object that each of the world's pods are from, by their id. */
  readonly objects: ReadonlyMap<string, KubernetesObject>;
}

/**
 * The workloads, namespaces and policies among objects. A workload is called `<namespace>/<name>`, with its kind behind it where another
 * kind has the name, too.
 */
export function networkWorldOf(objects: readonly KubernetesObject[], options: WorldOptions = {}): WorldOfObjects {
  const { defaultNamespace = 'default', podTemplateKinds, podCidrs, addresses } = options;
  const workloads = objects.flatMap((object) => {
    const template = podTemplateOf(object, podTemplateKinds);
    if (template === undefined) return [];
    const { namespace = defaultNamespace, name } = identityOf(object);
    const { spec } = template;
    const node = typeof spec.nodeName === 'string' ? spec.nodeName : undefined;
    const pods: Omit<NetworkPods, 'id'> = {
      namespace,
      ...podLabelsOf(object, template),
      ports: declaredPortsOf(spec),
      isOnHost: spec.hostNetwork === true,
      isSeveral: template.path.length > 0,
      ...(node !== undefined && { node }),
    };
    return [{ object, pods, name: `${namespace}/${name}` }];
  });
  const counts = new Map<string, number>();
  for (const { name } of workloads) counts.set(name, (counts.get(name) ?? 0) + 1);
  const byId = new Map<string, { readonly object: KubernetesObject; readonly pods: NetworkPods }>();
  for (const { object, pods, name } of workloads) {
    // The same object twice is a fault that a rule reports: the first of them stands.
    const id = (counts.get(name) ?? 0) > 1 ? `${name} (${object.kind})` : name;
    if (!byId.has(id)) byId.set(id, { object, pods: { id, ...pods } });
  }
  return {
    objects: new Map([...byId].map(([id, { object }]) => [id, object])),
    world: {
      namespaces: objects.flatMap(namespaceOf),
      pods: [...byId.values()].map(({ pods }) => pods),
      policies: objects,
      defaultNamespace,
      ...(podCidrs && { podCidrs }),
      ...(addresses && { addresses }),
    },
  };
}

function namespaceOf({ apiVersion, kind, metadata }: KubernetesObject): readonly NetworkNamespace[] {
  if (kind !== 'Namespace' || apiVersion !== 'v1' || !metadata?.name) return [];
  return [{ name: metadata.name, labels: isMapping(metadata.labels) ? metadata.labels : {} }];
}

/** What the containers of a pod that stay listen on: an init container is gone before anybody connects. */
export function declaredPortsOf(spec: PodSpec): readonly DeclaredPort[] {
  const found: DeclaredPort[] = [];
  for (const { container, role } of containersOf(spec)) {
    const { ports } = container as { readonly ports?: Container['ports'] };
    if (role === 'init' || !Array.isArray(ports)) continue;
    for (const port of ports as readonly Partial<NonNullable<Container['ports']>[number]>[]) {
      if (!isMapping(port) || typeof port.containerPort !== 'number') continue;
      const { name, containerPort, protocol } = port as NonNullable<Container['ports']>[number];
      found.push({ ...(name && { name }), port: containerPort, protocol: protocol ?? 'TCP' });
    }
  }
  return found;
}
