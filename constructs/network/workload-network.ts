import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import { parseCidr } from '../../core/network/cidr';
import { ciliumNamesSpec } from '../../core/network/cilium';
import { metadataBlocksIn } from '../../core/network/metadata-addresses';
import { type NetworkPolicyPeer, type NetworkPolicyPort, namespacePeer, podsPeer } from '../../core/network/peer';
import { type NetworkPolicySpec, networkPolicySpec, type Opening } from '../../core/network/policy-spec';
import type { DeclarationFault } from '../app/declaration';
import { ManifestObject } from '../app/manifest-object';
import type { Platform } from '../app/platform';
import { show, takeArgument } from '../app/shape';
import { peerOf } from '../kplus';
import { NamespaceScope } from '../namespace/namespace-scope';
import { findPort, type Port } from '../workload/port';
import type { SecureWorkload } from '../workload/workload';
import { blockFault, nameFault, portsFault } from './egress-faults';
import { egressShape } from './egress-shape';
import { ExternalWorkload } from './external';
import { meshOf } from './mesh-membership';

/** Whom a workload may connect to. */
export type Peer = SecureWorkload | ExternalWorkload | INetworkPolicyPeer;

/** Who may be let in: a gateway or another workload, or every pod of a namespace. */
export type IngressSource = SecureWorkload | ExternalWorkload | NamespaceScope;

/** An opening, and who is at the other end of it, where that is known: a cdk8s-plus peer by its path. */
export interface DeclaredOpening extends Opening {
  readonly end?: SecureWorkload | ExternalWorkload | NamespaceScope | { readonly path: string };
}

export interface ConnectOptions {
  /** The port of the side that is connected to, by number or name. @default - its first */
  readonly port?: number | string;
}

/** A port, or a range of them, outside the cluster. */
export interface EgressPort {
  readonly port: number;
  /** The last port of a range. @default - only the one */
  readonly endPort?: number;
  /** @default 'TCP' */
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
}

/** Somewhere outside the cluster. */
export type Egress =
  | {
      /** Addresses, such as `203.0.113.0/24`. */
      readonly cidr: string;
      /** Parts of it that stay closed. The cloud's metadata addresses always do. @default - none */
      readonly except?: readonly string[];
      readonly ports: readonly [number | EgressPort, ...(number | EgressPort)[]];
      /** Opens DNS too, for a client that knows the address by a name. @default false */
      readonly dns?: boolean;
    }
  | {
      /** A name, such as `api.stripe.com`. Needs a CNI that knows names: the target says which it has. */
      readonly fqdn: string;
      readonly ports: readonly [number | EgressPort, ...(number | EgressPort)[]];
    };

/** What a workload may reach and who may reach it. Closed both ways until something is opened. */
export class WorkloadNetwork {
  readonly #faults: DeclarationFault[] = [];
  readonly #ingress: DeclaredOpening[] = [];
  readonly #egress: DeclaredOpening[] = [];
  /** The names that it reaches; made where there is one, as few workloads have any. */
  #fqdns: Map<string, readonly NetworkPolicyPort[]> | undefined;
  /** What the owners of other namespaces must open, by their policy; made where there is one. */
  #required: Map<string, Requirement> | undefined;
  #resolvesNames = false;

  constructor(
    private readonly workload: SecureWorkload,
    private readonly platform: Platform,
  ) {
    networks.set(workload, this);
  }

  /** What was asked for and cannot be. */
  get faults(): readonly DeclarationFault[] {
    return this.#faults;
  }

  /** The spec of the workload's own NetworkPolicy. */
  policySpec(): NetworkPolicySpec {
    const ofMesh = meshOf(this.workload)?.networkOf(this.workload, this);
    const { ingress, egress } = ofMesh ?? this;
    const dns = this.#resolvesNames || ofMesh?.resolvesNames === true ? this.platform.target.dns : [];
    return networkPolicySpec({ matchLabels: { ...this.workload.selector } }, { ingress, egress: [...egress, ...dns] });
  }

  /** Who is let in. */
  get ingress(): readonly DeclaredOpening[] {
    return this.#ingress;
  }

  /** Whom it reaches, but for DNS and names. */
  get egress(): readonly DeclaredOpening[] {
    return this.#egress;
  }

  /** @param to what is reached, for the list of connections. @default - it is not listed */
  open(direction: 'ingress' | 'egress', openings: readonly DeclaredOpening[], to?: string): void {
    (direction === 'ingress' ? this.#ingress : this.#egress).push(...openings);
    this.platform.touch();
    if (direction === 'ingress') meshOf(this.workload)?.ingressChanged(this.workload);
    if (to === undefined || openings.length === 0) return;
    const ports = [...new Set(openings.flatMap((opening) => opening.ports.map(({ port }) => String(port))))].join(',');
    this.platform.addConnection({ from: this.#label(), to, ports });
  }

  fault(fault: DeclarationFault): void {
    this.#faults.push(fault);
  }

  connectTo(peer: Peer, options: ConnectOptions): void {
    this.#resolvesNames = true;
    this.platform.touch();
    if (!isPeer(peer)) {
      this.#refusePeer('connectTo', peer, 'a workload, an ExternalWorkload or a cdk8s-plus peer');
      return;
    }
    if (isWorkload(peer) || peer instanceof ExternalWorkload) {
      const port = this.#portOf(peer, options, 'connectTo');
      if (!port) return;
      const ports: Opening['ports'] = [{ protocol: port.protocol, port: port.port }];
      this.#egress.push({ peers: [this.#seen(peer)], ports, end: peer });
      this.#letIn(peer, ports);
      this.platform.addConnection({ from: this.#label(), to: labelOf(peer), ports: portText(port) });
      return;
    }
    if (typeof options.port !== 'number') {
      this.fault({
        rule: 'connection-port',
        property: 'connectTo',
        value: peer.node.path,
        message: `the ports of ${peer.node.path} are not known here`,
        remedy: 'name the port by its number: connectTo(peer, { port: 8080 })',
      });
      return;
    }
    const ports: Opening['ports'] = [{ protocol: 'TCP', port: options.port }];
    const wrong = portsFault('connectTo', ports);
    if (wrong) {
      this.fault(wrong);
      return;
    }
    this.#egress.push({ peers: [peerOf(peer)], ports, end: { path: peer.node.path } });
    this.platform.addConnection({ from: this.#label(), to: peer.node.path, ports: String(options.port) });
  }

  exposeTo(source: IngressSource, options: ConnectOptions): void {
    this.platform.touch();
    if (!isObject(source) || !(isWorkload(source) || source instanceof ExternalWorkload || NamespaceScope.is(source))) {
      this.#refusePeer('exposeTo', source, 'a workload, an ExternalWorkload, a Gateway or a namespace');
      return;
    }
    const port = this.#portOf(this.workload, options, 'exposeTo');
    if (!port) return;
    const ports: Opening['ports'] = [{ protocol: port.protocol, port: port.port }];
    const peer =
      isWorkload(source) || source instanceof ExternalWorkload
        ? this.#seen(source)
        : namespacePeer(source.namespaceName);
    this.open('ingress', [{ peers: [peer], ports, end: source }]);
    const from =
      isWorkload(source) || source instanceof ExternalWorkload ? labelOf(source) : `${source.namespaceName}/*`;
    this.platform.addConnection({ from, to: this.#label(), ports: portText(port) });
    if (isWorkload(source)) {
      networkOf(source).open('egress', [{ peers: [this.#ownPeer(source.namespace)], ports, end: this.workload }]);
    } else if (source instanceof ExternalWorkload) {
      this.#require(source, 'egress', ports, `${labelOf(source)} reaches ${this.#label()}`);
    }
  }

  egressTo(given: Egress): void {
    this.platform.touch();
    const { argument: destination, faults } = takeArgument<Egress>(egressShape(given), given, 'egressTo');
    this.#faults.push(...faults);
    if (faults.length > 0 || destination === undefined) return;
    const ports = destination.ports.map((entry) => {
      const { port, endPort, protocol } =
        typeof entry === 'number' ? { port: entry, endPort: undefined, protocol: undefined } : entry;
      return { protocol: protocol ?? ('TCP' as const), port, ...(endPort !== undefined && { endPort }) };
    }) as [NetworkPolicyPort, ...NetworkPolicyPort[]];
    const wrong = portsFault('egressTo', ports) ?? ('fqdn' in destination ? nameFault(destination.fqdn) : undefined);
    if (wrong) {
      this.fault(wrong);
      return;
    }
    const text = ports.map(({ port, endPort }) => (endPort ? `${port}-${endPort}` : port)).join(',');
    if ('fqdn' in destination) {
      this.#egressToName(destination.fqdn, ports);
      this.platform.addConnection({ from: this.#label(), to: destination.fqdn, ports: text });
      return;
    }
    const peer = this.#block(destination.cidr, destination.except ?? []);
    if (!peer) return;
    this.#egress.push({ peers: [peer], ports });
    this.#resolvesNames ||= destination.dns === true;
    this.platform.addConnection({ from: this.#label(), to: destination.cidr, ports: text });
  }

  /** The address block without the metadata addresses in it; undefined, with a fault, where there is none. */
  #block(cidr: string, except: readonly string[]): NetworkPolicyPeer | undefined {
    const wrong = blockFault(cidr, except);
    const block = parseCidr(cidr);
    if (wrong || !block) {
      if (wrong) this.fault(wrong);
      return undefined;
    }
    const excepted = [...new Set([...except, ...metadataBlocksIn(block)])];
    return { ipBlock: { cidr, ...(excepted.length > 0 && { except: excepted }) } };
  }

  #egressToName(fqdn: string, ports: readonly NetworkPolicyPort[]): void {
    const api = this.platform.target.fqdnPolicies;
    if (api?.kind !== 'CiliumNetworkPolicy') {
      const has = api ? `${api.kind}, which is not written here` : 'no policy that does';
      this.fault({
        rule: 'fqdn-policy',
        property: 'egressTo',
        value: fqdn,
        message: `a NetworkPolicy knows no names, and the CNI of the target (${this.platform.target.cni}) has ${has}`,
        remedy:
          "declare cni: 'cilium' in the ClusterTarget if that is what runs, or open addresses: egressTo({ cidr, ports })",
      });
      return;
    }
    this.#resolvesNames = true;
    this.#fqdns ??= new Map();
    const fqdns = this.#fqdns.set(fqdn, [...(this.#fqdns.get(fqdn) ?? []), ...ports]);
    if (this.workload.node.tryFindChild(api.kind)) return;
    new ManifestObject(this.workload, api.kind, {
      apiVersion: api.apiVersion,
      kind: api.kind,
      metadata: { name: this.workload.name },
      body: () => ({
        spec: ciliumNamesSpec({ matchLabels: { ...this.workload.selector } }, fqdns, this.platform.target.dns),
      }),
    });
  }

  #refusePeer(method: string, given: unknown, wanted: string): void {
    const message = `${show(given)} is not ${wanted}`;
    this.fault({ rule: 'prop-valid', property: method, message, remedy: `give the construct itself: ${wanted}` });
  }

  #portOf(peer: SecureWorkload | ExternalWorkload, options: ConnectOptions, method: string): Port | undefined {
    const wanted = options.port;
    const found = findPort(peer.ports, wanted);
    if (found) return found;
    const known = peer.ports.map(({ name, port }) => `${name} (${port})`).join(', ');
    this.fault({
      rule: 'connection-port',
      property: method,
      value: wanted,
      message: wanted === undefined ? `${labelOf(peer)} has no port` : `${labelOf(peer)} has no port ${wanted}`,
      remedy: known === '' ? `declare a port on ${labelOf(peer)}` : `it has ${known}`,
    });
    return undefined;
  }

  #letIn(peer: SecureWorkload | ExternalWorkload, ports: Opening['ports']): void {
    if (isWorkload(peer))
      networkOf(peer).open('ingress', [{ peers: [this.#ownPeer(peer.namespace)], ports, end: this.workload }]);
    else this.#require(peer, 'ingress', ports, `${this.#label()} reaches ${labelOf(peer)}`);
  }

  /** The policy of the other side, which is not ours to write. */
  #require(peer: ExternalWorkload, direction: 'ingress' | 'egress', ports: Opening['ports'], why: string): void {
    const own = this.workload.namespace === peer.namespace ? this.workload.name : this.#label().replace('/', '-');
    const name = `${peer.node.id}-${direction === 'ingress' ? 'from' : 'to'}-${own}`;
    const key = `${peer.namespace}/${name}`;
    this.#required ??= new Map();
    const earlier = this.#required.get(key)?.openings ?? [];
    const openings = [...earlier, { peers: [this.#ownPeer(peer.namespace)], ports } satisfies Opening];
    const requirement = { peer, name, direction, openings, why };
    this.#required.set(key, requirement);
    this.#ask(requirement);
  }

  /** Asks anew, where the mesh that the workload is in has become known. */
  askAgain(): void {
    this.#required?.forEach((requirement) => {
      this.#ask(requirement);
    });
  }

  #ask({ peer, name, direction, openings, why }: Requirement): void {
    const mesh = meshOf(this.workload);
    const seen = openings.map((opening) => mesh?.tunnelled({ ...opening, end: peer }) ?? opening);
    const spec = networkPolicySpec(
      { matchLabels: { ...peer.selector } },
      { ingress: direction === 'ingress' ? seen : [], egress: direction === 'egress' ? seen : [] },
    );
    this.platform.addRequiredPolicy({
      construct: this.workload.node.path,
      namespace: peer.namespace,
      why,
      policy: {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name, namespace: peer.namespace },
        spec: { ...spec, policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'] },
      },
    });
  }

  #seen(peer: SecureWorkload | ExternalWorkload): NetworkPolicyPeer {
    return podsPeer(peer.selector, peer.namespace, this.workload.namespace);
  }

  #ownPeer(seenFrom: string | undefined): NetworkPolicyPeer {
    return podsPeer(this.workload.selector, this.workload.namespace, seenFrom);
  }

  #label(): string {
    return labelOf(this.workload);
  }
}

/** What the owner of another namespace has to open. */
interface Requirement {
  readonly peer: ExternalWorkload;
  readonly name: string;
  readonly direction: 'ingress' | 'egress';
  readonly openings: readonly Opening[];
  readonly why: string;
}

const networks = new WeakMap<object, WorkloadNetwork>();

function isObject(given: unknown): given is object {
  return typeof given === 'object' && given !== null;
}

/** Whether it can be connected to at all: in plain JavaScript it may be anything. */
function isPeer(given: unknown): given is Peer {
  if (!isObject(given)) return false;
  return isWorkload(given) || given instanceof ExternalWorkload || 'toNetworkPolicyPeerConfig' in given;
}

/** Whether it is a workload of ours. */
export function isWorkload(peer: object): peer is SecureWorkload {
  return networks.has(peer);
}

/** What a workload may reach and who may reach it. */
export function networkOf(workload: SecureWorkload): WorkloadNetwork {
  return networks.get(workload) as WorkloadNetwork;
}

/** What reports call it. */
export function labelOf(peer: SecureWorkload | ExternalWorkload): string {
  const name = 'name' in peer ? peer.name : peer.node.id;
  return peer.namespace === undefined ? name : `${peer.namespace}/${name}`;
}

function portText({ port, protocol }: Port): string {
  return protocol === 'TCP' ? String(port) : `${port}/${protocol}`;
}
