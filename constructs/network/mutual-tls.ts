import { Construct, type IConstruct } from 'constructs';
import { groupBy } from '../../core/group-by';
import type { KubernetesObject, PodTemplate } from '../../core/manifest';
import {
  type Marks,
  type Mesh,
  type MeshName,
  type MeshSettings,
  meshes,
  meshNames,
  type ProxyResources,
  portProbesOf,
} from '../../core/network/mesh';
import { namespacePeer, podsPeer } from '../../core/network/peer';
import { type DeclarationFault, markDeclaring } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';
import type { Platform } from '../app/platform';
import { platformOf } from '../app/platform-of';
import { list, record, required, type Shapes, scopeOf, show, takeProps, text, value } from '../app/shape';
import { NamespaceScope } from '../namespace/namespace-scope';
import { findPort } from '../workload/port';
import type { SecureWorkload } from '../workload/workload';
import { endAnnotations } from './ending-policies';
import { ExternalWorkload } from './external-workload';
import { meshFaults } from './mesh-faults';
import { meshOf, putIntoMesh } from './mesh-membership';
import { clientOf, meshWorkloadOf, nameOf, tunnelled } from './mesh-peers';
import { meshSettingFaults, meshTargetFaults } from './mesh-setting-faults';
import { isWorkload, labelOf, networkOf } from './network-of';
import { isPodSource, type PodSource } from './peers';
import type { DeclaredOpening, WorkloadNetwork } from './workload-network';

/** The mesh, and what it was installed with. */
export interface MutualTlsProps {
  /** Which one: Istio with a proxy in each pod, Istio with one on each node, or Linkerd. */
  readonly mesh: MeshName;
  /** The trust domain of the mesh's identities. @default 'cluster.local' */
  readonly trustDomain?: string;
  /** The namespace of the control plane. @default - `istio-system` or `linkerd` */
  readonly controlPlaneNamespace?: string;
  /** Which of several Istios in the cluster, by its revision or tag. @default - the default one */
  readonly revision?: string;
  /** What the proxy in each pod is given. It counts against the quota of the namespace. @default - 100m CPU and 256Mi memory */
  readonly proxy?: ProxyResources;
  /** Namespaces of others that are in the mesh, too: connections with them are by identity. @default - none */
  readonly meshed?: readonly NamespaceScope[];
  /** Who reads the metrics of the proxies in the pods. @default - nobody */
  readonly metricsFrom?: readonly PodSource[];
}

/** Which port of a workload lets in those without an identity. */
export interface PlaintextOptions {
  /** The port, by number or name. */
  readonly port: number | string;
}

const namespace = value('a namespace', (given) => isConstruct(given) && NamespaceScope.is(given));
const source = value('a workload, an ExternalWorkload or a namespace', isPodSource);

const shapes: Shapes<MutualTlsProps> = {
  mesh: required(
    value(`one of ${meshNames.join(', ')}`, (given) => meshNames.includes(given as MeshName)),
    "'istio'",
    'istio',
  ),
  trustDomain: text,
  controlPlaneNamespace: text,
  revision: text,
  proxy: record({ cpu: text, memory: text } satisfies Shapes<ProxyResources>),
  meshed: list(namespace),
  metricsFrom: list(source),
};

/** An object of the mesh, and what it is made to say. */
interface Written {
  readonly object: ManifestObject;
  readonly body: () => Readonly<Record<string, unknown>>;
}

/**
 * Mutual TLS by a service mesh, for a namespace or for all that are made below an app, from the connections that are declared: whoever may connect is let in by
 * the identity of its ServiceAccount, on that port alone, and nobody else. NetworkPolicies stay, with what the mesh itself needs open.
 *
 * Mutual TLS is asked for everywhere (`STRICT`); a port that lets in others is named by {@link allowPlaintext}.
 *
 * @see https://istio.io/latest/docs/concepts/security/
 * @see https://linkerd.io/2/features/server-policy/
 * @see NIST SP 800-204B: authentication and authorization of services by a mesh
 */
export class MutualTls extends Construct {
  /** @internal */
  readonly name: MeshName;
  /** @internal */
  readonly settings: MeshSettings;
  readonly #mesh: Mesh;
  readonly #platform: Platform;
  readonly #faults: DeclarationFault[];
  readonly #metricsFrom: readonly PodSource[];
  readonly #workloads = new Set<SecureWorkload>();
  readonly #namespaces = new Set<NamespaceScope>();
  readonly #plaintext = new Map<SecureWorkload, Set<number>>();
  readonly #written: Written[] = [];

  constructor(scope: Construct, id: string, given: MutualTlsProps) {
    super(scopeOf(scope, id, 'MutualTls'), id);
    markDeclaring(this);
    const { props, faults } = takeProps<MutualTlsProps>(shapes, given, this);
    this.#platform = platformOf(this);
    this.name = props.mesh;
    this.#mesh = meshes[this.name];
    const { trustDomain = 'cluster.local', controlPlaneNamespace = this.#mesh.controlPlane, revision } = props;
    const proxy = { cpu: props.proxy?.cpu ?? '100m', memory: props.proxy?.memory ?? '256Mi' };
    this.settings = {
      trustDomain,
      controlPlane: controlPlaneNamespace,
      ...(revision !== undefined && { revision }),
      proxy,
    };
    this.#metricsFrom = this.#mesh.metricsPort === undefined ? [] : (props.metricsFrom ?? []);
    this.#faults = [...faults, ...meshSettingFaults(props, this.#mesh)];
    this.#platform.touch();
    if (this.#faults.length === 0) this.#cover(scope, props.meshed ?? []);
  }

  /**
   * Lets those without an identity in on one port of a workload: a gateway or a Prometheus outside of the mesh. What is declared for the port holds as
   * NetworkPolicies alone, and each such port is an error until an exception for `mesh-plaintext` says why.
   */
  allowPlaintext(workload: SecureWorkload, options: PlaintextOptions): void {
    this.#platform.touch();
    const port = this.#plaintextPort(workload, options);
    if (port === undefined) return;
    const ports = this.#plaintext.get(workload) ?? new Set();
    this.#plaintext.set(workload, ports.add(port));
    this.ingressChanged(workload);
  }

  /** @internal */
  joinNamespace(scope: NamespaceScope): void {
    if (this.#namespaces.has(scope)) return;
    this.#namespaces.add(scope);
    const { namespaceName } = scope;
    const metrics = () => this.#metricsFrom.flatMap((end) => clientOf(end, this.name) ?? []);
    this.#write(scope, () => [
      ...this.#mesh.namespaceObjects(namespaceName, this.settings),
      ...this.#mesh.metricsObjects(namespaceName, metrics(), this.settings),
    ]);
    const object = scope.node.tryFindChild('Namespace');
    if (object === undefined || !ManifestObject.is(object)) return;
    const { labels = {}, annotations = {} } = this.#mesh.namespaceMarks(this.settings);
    for (const [key, mark] of Object.entries(labels)) object.metadata.addLabel(key, mark);
    for (const [key, mark] of Object.entries(annotations)) object.metadata.addAnnotation(key, mark);
    this.#platform.touch();
  }

  /** @internal */
  joinWorkload(workload: SecureWorkload): void {
    this.#workloads.add(workload);
    this.ingressChanged(workload);
    networkOf(workload).askAgain();
    const { metricsPort } = this.#mesh;
    if (metricsPort === undefined) return;
    for (const from of this.#metricsFrom) {
      if (!isWorkload(from)) continue;
      const peer = podsPeer(workload.selector, workload.namespace, from.namespace);
      networkOf(from).open('egress', [{ peers: [peer], ports: [{ protocol: 'TCP', port: metricsPort }] }]);
    }
  }

  /** Writes what has come to be needed since. @internal */
  ingressChanged(workload: SecureWorkload): void {
    if (!this.#workloads.has(workload)) return;
    this.#platform.touch();
    this.#write(workload, () => this.#objectsOf(workload));
  }

  /** What puts its pods into the mesh. @internal */
  get podMarks(): Marks {
    return this.#mesh.podMarks(this.settings);
  }

  /** An opening as the packets of the mesh need it. @internal */
  tunnelled(opening: DeclaredOpening): DeclaredOpening {
    return tunnelled(opening, this.#mesh, this.name);
  }

  /** What the NetworkPolicy of a workload opens. @internal */
  networkOf(workload: SecureWorkload, { ingress, egress }: WorkloadNetwork) {
    const proxyEgress = this.#mesh.proxyEgress(this.settings);
    return {
      ingress: [
        ...ingress.map((opening) => this.tunnelled(opening)),
        ...this.#probes(workload),
        ...this.#metricsFrom.map((from) => this.#metricsOpening(workload, from)),
      ],
      egress: [...egress.map((opening) => this.tunnelled(opening)), ...proxyEgress],
      resolvesNames: proxyEgress.length > 0,
    };
  }

  /** What is wrong with a workload in the mesh. @internal */
  faultsOf(workload: SecureWorkload, template: PodTemplate | undefined): readonly DeclarationFault[] {
    return meshFaults({
      workload,
      template,
      name: this.name,
      mesh: this.#mesh,
      marks: this.podMarks,
      plaintext: this.#plaintextOf(workload),
      members: [...this.#workloads],
    });
  }

  /** @internal */
  declarationFaults(): readonly DeclarationFault[] {
    return [
      ...this.#faults,
      ...this.#coverageFaults(),
      ...meshTargetFaults(this.name, this.#mesh, this.#platform.target, [...this.#namespaces]),
      ...this.#metricsFaults(),
      ...this.#patchFaults(),
      ...this.#markFaults(),
    ];
  }

  /** Takes what is there already into the mesh; what is made later joins by itself. */
  #cover(scope: IConstruct, meshed: readonly NamespaceScope[]): void {
    const covered = NamespaceScope.find(scope) ?? scope;
    for (const each of [covered, ...meshed])
      if (!NamespaceScope.is(each) || meshOf(each) === undefined) putIntoMesh(each, this);
    const all = new Set([covered, ...meshed].flatMap((each) => each.node.findAll()));
    for (const each of all) {
      if (NamespaceScope.is(each) && (each.isOwned || meshed.includes(each))) this.#joinOrRefuse(each);
      if (isWorkload(each) && meshOf(each) === this) this.joinWorkload(each);
    }
  }

  #joinOrRefuse(scope: NamespaceScope): void {
    const mesh = meshOf(scope);
    if (mesh !== undefined && mesh !== this) this.#faults.push(twice(scope.namespaceName, mesh));
    else if (scope.isOwned) this.joinNamespace(scope);
  }

  #write(owner: Construct, objects: () => readonly KubernetesObject[]): void {
    for (const { apiVersion, kind, metadata } of objects()) {
      const { name = '', annotations = {} } = metadata ?? {};
      const id = `mesh-${kind}-${name}`;
      const known = owner.node.tryFindChild(id);
      if (known !== undefined) {
        if (ManifestObject.is(known))
          for (const [key, text] of Object.entries(annotations)) known.metadata.addAnnotation(key, text);
        continue;
      }
      const body = () => {
        const found = objects().find((object) => object.kind === kind && object.metadata?.name === name);
        return { spec: found?.spec };
      };
      const labels = isWorkload(owner) ? { 'app.kubernetes.io/name': owner.name } : undefined;
      const object = new ManifestObject(owner, id, {
        apiVersion,
        kind,
        metadata: { name, ...(labels && { labels }), annotations },
        body,
      });
      this.#written.push({ object, body });
    }
  }

  #objectsOf(workload: SecureWorkload): readonly KubernetesObject[] {
    const told = (expires?: string) => meshWorkloadOf(workload, this.name, this.#plaintextOf(workload), expires);
    const ends = groupBy(
      networkOf(workload).ingress.flatMap(({ temporary }) => temporary ?? []),
      ({ expires }) => expires,
    );
    return [
      ...this.#mesh.workloadObjects(told(), this.settings),
      ...[...ends].flatMap(([expires, all]) =>
        this.#mesh
          .endingObjects(told(expires), expires, this.settings)
          .map((object) => ({ ...object, metadata: { ...object.metadata, annotations: endAnnotations(all) } })),
      ),
    ];
  }

  #plaintextOf(workload: SecureWorkload): ReadonlySet<number> {
    return this.#plaintext.get(workload) ?? new Set();
  }

  #plaintextPort(workload: unknown, options: unknown): number | undefined {
    const fault = (message: string, remedy: string): undefined => {
      this.#faults.push({ rule: 'connection-port', property: 'allowPlaintext', message, remedy });
    };
    if (!isConstruct(workload) || !isWorkload(workload))
      return fault(
        `${show(workload)} is no workload`,
        'give the construct itself: allowPlaintext(web, { port: 8080 })',
      );
    if (meshOf(workload) !== this)
      return fault(`${labelOf(workload)} is not in this mesh`, 'ask the MutualTls that it is in');
    const wanted = (options as PlaintextOptions | undefined)?.port;
    const port = wanted === undefined ? undefined : findPort(workload.ports, wanted);
    if (port?.protocol === 'TCP') return port.port;
    const known = workload.ports.map(({ name, port: number }) => `${name} (${number})`).join(', ');
    return fault(
      `${labelOf(workload)} has no TCP port ${show(wanted)}`,
      known === '' ? 'declare the port there' : `it has ${known}`,
    );
  }

  #probes(workload: SecureWorkload): readonly DeclaredOpening[] {
    const [peer, ...more] = this.#mesh.probePeers;
    if (peer === undefined) return [];
    const ports = [...new Set(portProbesOf(workload.podSpec).map(({ port }) => port))];
    return ports.map((port) => ({ peers: [peer, ...more], ports: [{ protocol: 'TCP', port }] }));
  }

  #metricsOpening(workload: SecureWorkload, from: PodSource): DeclaredOpening {
    const peer =
      isWorkload(from) || from instanceof ExternalWorkload
        ? podsPeer(from.selector, from.namespace, workload.namespace)
        : namespacePeer(from.namespaceName);
    return { peers: [peer], ports: [{ protocol: 'TCP', port: this.#mesh.metricsPort ?? 0 }] };
  }

  #coverageFaults(): readonly DeclarationFault[] {
    if (this.#namespaces.size > 0 || this.#workloads.size > 0 || this.#faults.length > 0) return [];
    const message = 'there is no namespace that it covers';
    const remedy = 'make it in a LockedNamespace, or in the app above them: new MutualTls(app, …)';
    return [{ rule: 'prop-valid', property: 'scope', message, remedy }];
  }

  /** Proxies of Linkerd ask who reads their metrics, too. */
  #metricsFaults(): readonly DeclarationFault[] {
    if (this.name !== 'linkerd') return [];
    return this.#metricsFrom
      .filter((from) => clientOf(from, this.name) === undefined)
      .map((from) => ({
        rule: 'mesh-identity',
        property: 'metricsFrom',
        value: nameOf(from),
        message: `${nameOf(from)} is nobody to the mesh, whose proxies would not answer it`,
        remedy: 'put its namespace into the mesh (meshed), and give an ExternalWorkload its serviceAccountName',
      }));
  }

  /** A patch would let in who is not declared, or keep out who is. */
  #patchFaults(): readonly DeclarationFault[] {
    return this.#written.flatMap(({ object, body }): readonly DeclarationFault[] => {
      if (!object.isPatched || JSON.stringify(object.rendered().spec) === JSON.stringify(body().spec)) return [];
      return [
        {
          rule: 'mesh-identity',
          property: `patch of ${object.kind} ${object.name}`,
          message: 'the patch changes whom the mesh lets in',
          remedy: 'declare it by connectTo, exposeTo or allowPlaintext',
        },
      ];
    });
  }

  /** A patch of a Namespace would take out of the mesh whatever starts there. */
  #markFaults(): readonly DeclarationFault[] {
    const { labels = {}, annotations = {} } = this.#mesh.namespaceMarks(this.settings);
    return [...this.#namespaces].flatMap((scope): readonly DeclarationFault[] => {
      const object = scope.node.tryFindChild('Namespace');
      if (object === undefined || !ManifestObject.is(object) || !object.isPatched) return [];
      const found = object.rendered().metadata;
      const lost = [
        ...Object.entries(labels).filter(([key, mark]) => found?.labels?.[key] !== mark),
        ...Object.entries(annotations).filter(([key, mark]) => found?.annotations?.[key] !== mark),
      ];
      return lost.map(([key, mark]) => ({
        rule: 'mesh-identity',
        property: `patch of Namespace ${scope.namespaceName}`,
        value: key,
        message: `the patch takes the namespace out of the mesh: ${key} is no longer ${mark}`,
        remedy: 'leave it as it is, or make MutualTls for other namespaces alone',
      }));
    });
  }
}

function isConstruct(given: unknown): given is IConstruct {
  return Construct.isConstruct(given);
}

function twice(name: string, other: MutualTls): DeclarationFault {
  const message = `namespace ${name} is in the mesh of ${other.node.path} already`;
  return { rule: 'prop-valid', property: 'scope', value: name, message, remedy: 'leave one of the two out' };
}
