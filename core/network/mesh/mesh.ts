import type { MeshPlugin } from '../../cluster/mesh-plugin';
import type { KubernetesObject } from '../../manifest/object';
import type { NetworkPolicyPeer } from '../peer';
import type { Opening } from '../policy-spec';

/** A service mesh, in the way in which it comes to pods. */
export const meshNames = ['istio', 'istio-ambient', 'linkerd'] as const;

export type MeshName = (typeof meshNames)[number];

/** What the proxy beside each container set is given. */
export interface ProxyResources {
  /** The CPU that it requests. @default '100m' */
  readonly cpu?: string;
  /** Request and limit. @default '256Mi' */
  readonly memory?: string;
}

/** What a mesh was installed with. */
export interface MeshSettings {
  /** What every identity begins or ends with. */
  readonly trustDomain: string;
  /** The namespace of istiod, or of Linkerd's control plane. */
  readonly controlPlane: string;
  /** Which of several Istios; undefined for the default one. */
  readonly revision?: string;
  readonly proxy: Required<ProxyResources>;
}

/** Who opens a connection: a ServiceAccount, or each of a namespace. */
export interface MeshClient {
  readonly trustDomain: string;
  readonly namespace: string;
  /** @default - each of the namespace */
  readonly serviceAccount?: string;
}

/** A TCP port that pods listen on, and who is let in. */
export interface MeshPort {
  /** As the pods listen, which is what proxies judge: not as the Service has it. */
  readonly port: number;
  readonly appProtocol?: string;
  /** Who is let in, by identity. */
  readonly clients: readonly MeshClient[];
  /** Lets in those that have no identity, too. */
  readonly plaintext: boolean;
  /** How the kubelet asks on it whether the pods are well. */
  readonly probes: readonly MeshProbe[];
}

export interface MeshProbe {
  readonly kind: 'http' | 'grpc';
  /** Of an HTTP probe. */
  readonly path?: string;
}

/** The pods of a workload, and what is declared of who reaches them. */
export interface MeshWorkload {
  readonly name: string;
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  /** Whether the rest of its namespace is closed by the mesh already. */
  readonly inClosedNamespace: boolean;
  readonly ports: readonly MeshPort[];
}

/** Labels and annotations. */
export interface Marks {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What a mesh takes: plain data for plain data. */
export interface Mesh {
  readonly title: string;
  /** Where its control plane is unless somebody says otherwise. */
  readonly controlPlane: string;
  /** The port on which pods of the mesh reach each other, in place of the one that is called; undefined where it stays. */
  readonly tunnelPort?: number;
  /** The port of a pod's proxy that has its metrics; undefined where pods have no proxy. */
  readonly metricsPort?: number;
  /** What a namespace that refuses NET_ADMIN needs on the nodes; undefined where it brings that itself. */
  readonly plugin?: MeshPlugin;
  /** The user of the proxy, whose traffic goes around it; undefined where pods have no proxy. */
  readonly proxyUser?: number;
  /** Its group, where that goes around the proxy, too. */
  readonly proxyGroup?: number;
  /** Containers that the mesh itself puts into pods: where one is called so already, it takes the pod for one that has a proxy. */
  readonly ownContainers: readonly string[];
  /** Where probes of the kubelet seem to come from, if not from the node. */
  readonly probePeers: readonly NetworkPolicyPeer[];
  /** Whether the kubelet's question by HTTPS gets to a port that asks for identities. */
  readonly letsTlsProbesIn: boolean;
  /** Whether a client finds only what a Service stands for. */
  readonly needsService: boolean;
  /** What takes pods, or some of their traffic, out of the mesh. */
  readonly evasions: readonly Evasion[];
  /** What puts a namespace into the mesh. */
  namespaceMarks(settings: MeshSettings): Marks;
  /** What puts pods into the mesh, wherever they run. */
  podMarks(settings: MeshSettings): Marks;
  /** What closes a namespace. */
  namespaceObjects(namespace: string, settings: MeshSettings): readonly KubernetesObject[];
  /** What lets the declared clients of a workload in, and nobody else. */
  workloadObjects(workload: MeshWorkload, settings: MeshSettings): readonly KubernetesObject[];
  /** What lets clients in until a day, besides those that are let in for good: whatever prunes takes it out whole. */
  endingObjects(workload: MeshWorkload, expires: string, settings: MeshSettings): readonly KubernetesObject[];
  /** What lets somebody read the metrics of the proxies of a namespace. */
  metricsObjects(
    namespace: string,
    clients: readonly MeshClient[],
    settings: MeshSettings,
  ): readonly KubernetesObject[];
  /** Whom the proxy of each pod has to reach. */
  proxyEgress(settings: MeshSettings): readonly Opening[];
}

/** A label or an annotation of pods that takes them out of the mesh. */
export interface Evasion {
  readonly of: 'labels' | 'annotations';
  readonly key: string;
  /** The values that do. @default - any */
  readonly values?: readonly string[];
  /** The value that does not. @default - none */
  readonly unless?: string;
  /** What the value says somewhere, where it does. @default - anything */
  readonly mentions?: readonly string[];
}

/** What takes a pod out of the mesh, as `labels['istio.io/dataplane-mode']`, with its value. */
export function evasionsIn(mesh: Mesh, marks: Marks): readonly { readonly property: string; readonly value: string }[] {
  return mesh.evasions.flatMap(({ of, key, values, unless, mentions }) => {
    const value = marks[of]?.[key];
    const evades =
      value !== undefined &&
      value !== unless &&
      (values === undefined || values.includes(value)) &&
      (mentions === undefined || mentions.some((each) => String(value).includes(each)));
    return evades ? [{ property: `${of}['${key}']`, value }] : [];
  });
}

/** What puts pods into the mesh and is not there, as `labels['istio.io/dataplane-mode']`. Without it they join where their namespace says so alone. */
export function missingMarks(mesh: Mesh, wanted: Marks, marks: Marks): readonly string[] {
  return (['labels', 'annotations'] as const).flatMap((of) =>
    Object.keys(wanted[of] ?? {})
      .filter((key) => marks[of]?.[key] === undefined)
      .filter((key) => mesh.evasions.some((evasion) => evasion.of === of && evasion.key === key))
      .map((key) => `${of}['${key}']`),
  );
}

/** Pods of the control plane, on ports. */
export function controlPlaneOpening(peer: NetworkPolicyPeer, ports: readonly [number, ...number[]]): Opening {
  const [first, ...more] = ports;
  const tcp = (port: number) => ({ protocol: 'TCP' as const, port });
  return { peers: [peer], ports: [tcp(first), ...more.map(tcp)] };
}
