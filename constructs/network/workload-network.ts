import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import { calicoNamesSpec } from '../../core/network/calico';
import { parseCidr } from '../../core/network/cidr';
import { ciliumNamesSpec } from '../../core/network/cilium';
import { metadataBlocksIn } from '../../core/network/metadata-addresses';
import { type NetworkPolicyPeer, type NetworkPolicyPort, namespacePeer, podsPeer } from '../../core/network/peer';
import { type NetworkPolicySpec, networkPolicySpec, type Opening } from '../../core/network/policy-spec';
import type { Temporary } from '../../core/network/temporary';
import type { DeclarationFault } from '../app/declaration';
import type { ManifestObject } from '../app/manifest-object';
import type { Platform } from '../app/platform';
import { show, takeArgument } from '../app/shape';
import { peerOf } from '../kplus';
import { NamespaceScope } from '../namespace/namespace-scope';
import { findPort, openingOf, type Port } from '../workload/port';
import type { SecureWorkload } from '../workload/workload';
import { type ConnectOptions, connectShape, endFaults } from './connect-options';
import { blockFault, nameFault, portsFault } from './egress-faults';
import { egressShape } from './egress-shape';
import { ExternalNetwork } from './external-network';
import { ExternalWorkload } from './external-workload';
import { meshOf } from './mesh-membership';
import { forEachWorkloadIn } from './namespace-members';
import { isWorkload, labelOf, networkOf, noteNetwork } from './network-of';
import { endAnnotations, type Foreign, RequiredPolicies } from './required-policies';
import { WorkloadGroup } from './workload-group';

/** Pods that a policy can name: those of a workload, or all of a namespace. */
export type PodSource = SecureWorkload | ExternalWorkload | NamespaceScope;

/** Who may be let in: a workload or several, every pod of a namespace, or addresses outside of the cluster. */
export type IngressSource = PodSource | WorkloadGroup | ExternalNetwork;

/** Whom a workload may connect to: of a namespace, the workloads that have the port. */
export type Peer = IngressSource | INetworkPolicyPeer;

/** An opening, and who is at the other end of it, where that is known: a cdk8s-plus peer and an ExternalNetwork by their path. */
export interface DeclaredOpening extends Opening {
  readonly end?: PodSource | { readonly path: string };
  /** When it ends. @default - it is open for good */
  readonly temporary?: Temporary;
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
      /** Closes it after a day. @default - it is open for good */
      readonly temporary?: Temporary;
    }
  | {
      /** A name, such as `api.stripe.com`. Needs a CNI that knows names: the target says which it has. */
      readonly fqdn: string;
      readonly ports: readonly [number | EgressPort, ...(number | EgressPort)[]];
      /** Closes it after a day. @default - it is open for good */
      readonly temporary?: Temporary;
    };

/** A namespace that is connected to, and whether a workload in it has the port. */
interface Awaited {
  readonly scope: NamespaceScope;
  readonly port: number | string;
  isMet: boolean;
}

/** Names, and the ports that are open there. */
type Names = Map<string, readonly NetworkPolicyPort[]>;

/** A policy that ends, but for its day. */
interface EndingPolicy {
  /** Of its construct. */
  readonly id: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

const ownPolicy = { id: 'NetworkPolicy', apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' } as const;

/** Who writes policies of names; the suffix tells them from the workload's own policy, where kinds are called alike. */
const nameWriters = [
  {
    id: 'CiliumNetworkPolicy',
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    suffix: '',
    spec: ciliumNamesSpec,
  },
  {
    id: 'CalicoNetworkPolicy',
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    suffix: '-names',
    spec: calicoNamesSpec,
  },
] as const;

/** What a workload may reach and who may reach it. Closed both ways until something is opened. */
export class WorkloadNetwork {
  readonly #faults: DeclarationFault[] = [];
  readonly #ingress: DeclaredOpening[] = [];
  readonly #egress: DeclaredOpening[] = [];
  /** The names that it reaches, by the day on which that ends; made where there is one, as few workloads have any. */
  #fqdns: Map<string | undefined, Names> | undefined;
  /** The policies that end, and what ends in them; made where there is one. */
  #ending: Map<string, readonly Temporary[]> | undefined;
  /** What the owners of other namespaces must open; made where there is something. */
  #required: RequiredPolicies | undefined;
  #awaited: Awaited[] | undefined;
  #resolvesNames = false;

  constructor(
    private readonly workload: SecureWorkload,
    private readonly platform: Platform,
  ) {
    noteNetwork(workload, this);
  }

  /** What was asked for and cannot be. */
  get faults(): readonly DeclarationFault[] {
    const unmet = this.#awaited?.filter(({ isMet }) => !isMet) ?? [];
    return [...this.#faults, ...unmet.map(unmetFault)];
  }

  /** The spec of the workload's own NetworkPolicy. */
  policySpec(): NetworkPolicySpec {
    const { ingress, egress, resolvesNames } = this.#openings();
    const dns = resolvesNames ? this.platform.target.dns : [];
    const lasting = (openings: readonly DeclaredOpening[]) =>
      this.#ending === undefined ? openings : openings.filter(({ temporary }) => temporary === undefined);
    return this.#spec(lasting(ingress), [...lasting(egress), ...dns]);
  }

  /** The spec of the NetworkPolicy with what ends on a day. */
  #specUntil(day: string): NetworkPolicySpec {
    const { ingress, egress } = this.#openings();
    const ending = (openings: readonly DeclaredOpening[]) =>
      openings.filter(({ temporary }) => temporary?.expires === day);
    return this.#spec(ending(ingress), ending(egress));
  }

  #spec(ingress: readonly Opening[], egress: readonly Opening[]): NetworkPolicySpec {
    return networkPolicySpec({ matchLabels: { ...this.workload.selector } }, { ingress, egress });
  }

  /** What is declared, as the packets of a mesh need it where it is in one. */
  #openings() {
    const ofMesh = meshOf(this.workload)?.networkOf(this.workload, this);
    const { ingress, egress } = ofMesh ?? this;
    return { ingress, egress, resolvesNames: this.#resolvesNames || ofMesh?.resolvesNames === true };
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
    for (const opening of openings) this.#add(direction, opening);
    this.platform.touch();
    if (direction === 'ingress') meshOf(this.workload)?.ingressChanged(this.workload);
    if (to === undefined || openings.length === 0) return;
    const ports = [...new Set(openings.flatMap((opening) => opening.ports.map(({ port }) => String(port))))].join(',');
    this.platform.addConnection({ from: this.#label(), to, ports });
  }

  #add(direction: 'ingress' | 'egress', opening: DeclaredOpening): void {
    (direction === 'ingress' ? this.#ingress : this.#egress).push(opening);
    if (opening.temporary === undefined) return;
    const { expires } = opening.temporary;
    const { name } = this.workload;
    this.#untilThen(opening.temporary, { ...ownPolicy, name }, () => this.#specUntil(expires));
  }

  /** Writes a policy of its own for what ends: whatever prunes takes it out whole, and whoever finds it reads until when, and why. */
  #untilThen(temporary: Temporary, policy: EndingPolicy, spec: () => object): void {
    const { expires } = temporary;
    const { apiVersion, kind, name } = policy;
    const id = `${policy.id}-until-${expires}`;
    this.#ending ??= new Map();
    const known = this.#ending.get(id);
    const all = [...(known ?? []), temporary];
    this.#ending.set(id, all);
    const annotations = endAnnotations(all);
    if (known !== undefined) {
      const object = this.workload.node.findChild(id) as ManifestObject;
      for (const [key, value] of Object.entries(annotations)) object.metadata.addAnnotation(key, value);
      return;
    }
    this.workload.manifest(id, apiVersion, kind, () => ({ spec: spec() }), {
      name: `${name}-until-${expires}`,
      annotations,
    });
  }

  fault(fault: DeclarationFault): void {
    this.#faults.push(fault);
  }

  connectTo(peer: Peer, given?: ConnectOptions): void {
    this.platform.touch();
    if (!isPeer(peer)) {
      this.#refusePeer('connectTo', peer, 'a workload, a namespace, an ExternalWorkload or a cdk8s-plus peer');
      return;
    }
    if (peer instanceof WorkloadGroup) {
      for (const member of peer.members) if (member !== this.workload) this.connectTo(member, given);
      return;
    }
    const options = this.#optionsOf('connectTo', given);
    if (options === undefined) return;
    this.#resolvesNames ||= !(peer instanceof ExternalNetwork);
    if (isWorkload(peer)) {
      const port = this.#portOf(peer, labelOf(peer), options, 'connectTo');
      if (port) this.#connectToWorkload(peer, port, options.temporary);
    } else if (peer instanceof ExternalWorkload) this.#connectToExternal(peer, options);
    else if (peer instanceof ExternalNetwork) this.#connectToNetwork(peer, options);
    else if (NamespaceScope.is(peer)) this.#connectToNamespace(peer, options);
    else this.#connectToKplus(peer, options);
  }

  #connectToWorkload(peer: SecureWorkload, port: Port, temporary: Temporary | undefined): void {
    const ports: Opening['ports'] = [openingOf(port)];
    this.#add('egress', { peers: [this.#seen(peer)], ports, end: peer, ...ends(temporary) });
    this.#openAt(peer, 'ingress', ports, temporary);
    this.#connected(labelOf(peer), port, temporary);
  }

  #connectToExternal(peer: ExternalWorkload, options: ConnectOptions): void {
    const { temporary } = options;
    const port = this.#portOf(peer, labelOf(peer), options, 'connectTo');
    if (!port) return;
    const ports: Opening['ports'] = [openingOf(port)];
    this.#add('egress', { peers: [this.#seen(peer)], ports, end: peer, ...ends(temporary) });
    this.#require(peer, 'ingress', ports, `${this.#label()} reaches ${labelOf(peer)}`, temporary);
    this.#connected(labelOf(peer), port, temporary);
  }

  #connectToNetwork(peer: ExternalNetwork, options: ConnectOptions): void {
    const { temporary } = options;
    const port = this.#portOf(peer, peer.node.path, options, 'connectTo');
    const [first, ...others] = peer.peers;
    // Of addresses that are none it says so itself.
    if (!port || first === undefined) return;
    const ports: Opening['ports'] = [openingOf(port)];
    this.#add('egress', { peers: [first, ...others], ports, end: { path: peer.node.path }, ...ends(temporary) });
    this.#connected(peer.node.id, port, temporary);
  }

  /** To each workload there that has the port, whenever it is made; and to pods of others, where the namespace is not ours alone. */
  #connectToNamespace(scope: NamespaceScope, { port: wanted, temporary }: ConnectOptions): void {
    const name = scope.namespaceName;
    const isKnown = scope.isOwned ? wanted !== undefined : typeof wanted === 'number';
    if (!isKnown || wanted === undefined) {
      this.fault({
        rule: 'connection-port',
        property: 'connectTo',
        value: wanted ?? name,
        message:
          wanted === undefined
            ? `a namespace has no first port: ${name} has as many as its workloads`
            : `the ports of the pods that others run in ${name} are not known here`,
        remedy: `name the port${scope.isOwned ? '' : ' by its number'}: connectTo(${scope.node.id}, { port: 9090 })`,
      });
      return;
    }
    const awaited: Awaited = { scope, port: wanted, isMet: !scope.isOwned };
    this.#awaited = [...(this.#awaited ?? []), awaited];
    forEachWorkloadIn(scope, (member) => {
      const port = member === this.workload ? undefined : findPort(member.ports, wanted);
      if (!port) return;
      awaited.isMet = true;
      this.#connectToWorkload(member, port, temporary);
    });
    if (scope.isOwned || typeof wanted !== 'number') return;
    const ports: Opening['ports'] = [{ protocol: 'TCP', port: wanted }];
    const wrong = portsFault('connectTo', ports);
    if (wrong) {
      this.fault(wrong);
      return;
    }
    this.#add('egress', { peers: [namespacePeer(name)], ports, end: scope, ...ends(temporary) });
    this.#require(scope, 'ingress', ports, `${this.#label()} reaches every pod of ${name}`, temporary);
    this.#connected(`${name}/*`, { port: wanted, protocol: 'TCP' }, temporary);
  }

  #connectToKplus(peer: INetworkPolicyPeer, { port, temporary }: ConnectOptions): void {
    if (typeof port !== 'number') {
      this.fault({
        rule: 'connection-port',
        property: 'connectTo',
        value: peer.node.path,
        message: `the ports of ${peer.node.path} are not known here`,
        remedy: 'name the port by its number: connectTo(peer, { port: 8080 })',
      });
      return;
    }
    const ports: Opening['ports'] = [{ protocol: 'TCP', port }];
    const wrong = portsFault('connectTo', ports);
    if (wrong) {
      this.fault(wrong);
      return;
    }
    this.#add('egress', { peers: [peerOf(peer)], ports, end: { path: peer.node.path }, ...ends(temporary) });
    this.#connected(peer.node.path, { port, protocol: 'TCP' }, temporary);
  }

  exposeTo(source: IngressSource, given?: ConnectOptions): void {
    this.platform.touch();
    if (!isSource(source)) {
      const wanted = 'a workload, a namespace, an ExternalWorkload, an ExternalNetwork or a Gateway';
      this.#refusePeer('exposeTo', source, wanted);
      return;
    }
    if (source instanceof WorkloadGroup) {
      for (const member of source.members) if (member !== this.workload) this.exposeTo(member, given);
      return;
    }
    const options = this.#optionsOf('exposeTo', given);
    const port = options && this.#portOf(this.workload, this.#label(), options, 'exposeTo');
    if (!port) return;
    const ports: Opening['ports'] = [openingOf(port)];
    const { temporary } = options;
    if (isWorkload(source)) this.#letIn(source, [this.#seen(source)], labelOf(source), port, temporary);
    else if (source instanceof ExternalWorkload) {
      this.#letIn(source, [this.#seen(source)], labelOf(source), port, temporary);
      this.#require(source, 'egress', ports, `${labelOf(source)} reaches ${this.#label()}`, temporary);
    } else if (source instanceof ExternalNetwork) {
      const [first, ...others] = source.peers;
      if (first === undefined) return;
      this.#letIn({ path: source.node.path }, [first, ...others], source.node.id, port, temporary);
    } else {
      const name = source.namespaceName;
      this.#letIn(source, [namespacePeer(name)], `${name}/*`, port, temporary);
    }
    const open = (member: SecureWorkload) => {
      if (member !== this.workload || isWorkload(source)) this.#openAt(member, 'egress', ports, temporary);
    };
    if (isWorkload(source)) open(source);
    else if (NamespaceScope.is(source)) forEachWorkloadIn(source, open);
  }

  #letIn(
    end: NonNullable<DeclaredOpening['end']>,
    peers: Opening['peers'],
    label: string,
    port: Port,
    temporary: Temporary | undefined,
  ): void {
    const ports: Opening['ports'] = [openingOf(port)];
    this.open('ingress', [{ peers, ports, end, ...ends(temporary) }]);
    this.platform.addConnection({
      from: label,
      to: this.#label(),
      ports: portText(port),
      ...(temporary && { until: temporary.expires }),
    });
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
    const { temporary } = destination;
    const wrong = portsFault('egressTo', ports) ?? ('fqdn' in destination ? nameFault(destination.fqdn) : undefined);
    const ended = endFaults('egressTo', temporary, this.platform.today);
    this.#faults.push(...(wrong ? [wrong] : []), ...ended);
    if (wrong || ended.length > 0) return;
    const text = ports.map(({ port, endPort }) => (endPort ? `${port}-${endPort}` : port)).join(',');
    const connection = { from: this.#label(), ports: text, ...(temporary && { until: temporary.expires }) };
    if ('fqdn' in destination) {
      this.#egressToName(destination.fqdn, ports, temporary);
      this.platform.addConnection({ ...connection, to: destination.fqdn });
      return;
    }
    const peer = this.#block(destination.cidr, destination.except ?? []);
    if (!peer) return;
    this.#add('egress', { peers: [peer], ports, ...ends(temporary) });
    this.#resolvesNames ||= destination.dns === true;
    this.platform.addConnection({ ...connection, to: destination.cidr });
  }

  /** The address block without the metadata addresses in it; undefined, with a fault, where there is none. */
  #block(cidr: string, except: readonly string[]): NetworkPolicyPeer | undefined {
    const wrong = blockFault('egressTo', cidr, except);
    const block = parseCidr(cidr);
    if (wrong || !block) {
      if (wrong) this.fault(wrong);
      return undefined;
    }
    const excepted = [...new Set([...except, ...metadataBlocksIn(block)])];
    return { ipBlock: { cidr, ...(excepted.length > 0 && { except: excepted }) } };
  }

  #egressToName(fqdn: string, ports: readonly NetworkPolicyPort[], temporary: Temporary | undefined): void {
    const { fqdnPolicies: api, cni, dns } = this.platform.target;
    const writer = nameWriters.find(({ apiVersion }) => apiVersion === api?.apiVersion);
    if (writer === undefined) {
      const has = api ? `${api.kind}, which is not written here` : 'no policy that does';
      this.fault({
        rule: 'fqdn-policy',
        property: 'egressTo',
        value: fqdn,
        message: `a NetworkPolicy knows no names, and the CNI of the target (${cni}) has ${has}`,
        remedy:
          "declare cni: 'cilium' or 'calico-enterprise' in the ClusterTarget if that is what runs, or open addresses: egressTo({ cidr, ports })",
      });
      return;
    }
    this.#resolvesNames = true;
    this.#fqdns ??= new Map();
    const names: Names = this.#fqdns.get(temporary?.expires) ?? new Map();
    this.#fqdns.set(temporary?.expires, names.set(fqdn, [...(names.get(fqdn) ?? []), ...ports]));
    const { id, kind, apiVersion } = writer;
    const spec = () => writer.spec({ matchLabels: { ...this.workload.selector } }, names, dns);
    const name = `${this.workload.name}${writer.suffix}`;
    if (temporary) this.#untilThen(temporary, { id, kind, apiVersion, name }, spec);
    else if (!this.workload.node.tryFindChild(id))
      this.workload.manifest(id, apiVersion, kind, () => ({ spec: spec() }), { name });
  }

  /** Options that can be used, and whose end has not come. */
  #optionsOf(method: string, given: ConnectOptions | undefined): ConnectOptions | undefined {
    // Most connections have none.
    if (given === undefined || given === null) return {};
    const { argument, faults } = takeArgument<ConnectOptions>(connectShape, given, method);
    const all = faults.length > 0 ? faults : endFaults(method, argument?.temporary, this.platform.today);
    this.#faults.push(...all);
    return all.length > 0 ? undefined : argument;
  }

  #refusePeer(method: string, given: unknown, wanted: string): void {
    const message = `${show(given)} is not ${wanted}`;
    this.fault({ rule: 'prop-valid', property: method, message, remedy: `give the construct itself: ${wanted}` });
  }

  #portOf(
    { ports }: { readonly ports: readonly Port[] },
    label: string,
    { port: wanted }: ConnectOptions,
    method: string,
  ): Port | undefined {
    const found = findPort(ports, wanted);
    if (found) return found;
    const known = ports.map(({ name, port }) => `${name} (${port})`).join(', ');
    this.fault({
      rule: 'connection-port',
      property: method,
      value: wanted,
      message: wanted === undefined ? `${label} has no port` : `${label} has no port ${wanted}`,
      remedy: known === '' ? `declare a port on ${label}` : `it has ${known}`,
    });
    return undefined;
  }

  /** The other side of a connection, where that is a workload of ours. */
  #openAt(
    peer: SecureWorkload,
    direction: 'ingress' | 'egress',
    ports: Opening['ports'],
    temporary: Temporary | undefined,
  ): void {
    const own = this.#ownPeer(peer.namespace);
    networkOf(peer).open(direction, [{ peers: [own], ports, end: this.workload, ...ends(temporary) }]);
  }

  #connected(to: string, port: Pick<Port, 'port' | 'protocol'>, temporary: Temporary | undefined): void {
    const until = temporary && { until: temporary.expires };
    this.platform.addConnection({ from: this.#label(), to, ports: portText(port), ...until });
  }

  #require(
    foreign: Foreign,
    direction: 'ingress' | 'egress',
    ports: Opening['ports'],
    why: string,
    temporary: Temporary | undefined,
  ): void {
    this.#required ??= new RequiredPolicies(this.workload, this.platform);
    this.#required.add(foreign, direction, ports, why, temporary);
  }

  /** Asks the owners of other namespaces anew, where the mesh that the workload is in has become known. */
  askAgain(): void {
    this.#required?.askAgain();
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

function ends(temporary: Temporary | undefined): Pick<DeclaredOpening, 'temporary'> {
  return temporary === undefined ? {} : { temporary };
}

function unmetFault({ scope, port }: Awaited): DeclarationFault {
  return {
    rule: 'connection-port',
    property: 'connectTo',
    value: port,
    message: `no workload of namespace ${scope.namespaceName} has a port ${port}`,
    remedy: 'name a port that one of them declares',
  };
}

function isObject(given: unknown): given is object {
  return typeof given === 'object' && given !== null;
}

/** Whether it can be let in: in plain JavaScript it may be anything. */
function isSource(given: unknown): given is IngressSource {
  if (!isObject(given)) return false;
  const isOfOurs =
    given instanceof ExternalWorkload || given instanceof ExternalNetwork || given instanceof WorkloadGroup;
  return isWorkload(given) || isOfOurs || NamespaceScope.is(given as never);
}

/** Whether it can be connected to. */
function isPeer(given: unknown): given is Peer {
  return isSource(given) || (isObject(given) && 'toNetworkPolicyPeerConfig' in given);
}

function portText({ port, protocol }: Pick<Port, 'port' | 'protocol'>): string {
  return protocol === 'TCP' ? String(port) : `${port}/${protocol}`;
}
