import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Connection } from '../../core/network/connection';
import {
  blockPeer,
  type NetworkPolicyPeer,
  type NetworkPolicyPort,
  namespacePeer,
  podsPeer,
} from '../../core/network/peer';
import { type NetworkPolicySpec, networkPolicySpec, type Opening } from '../../core/network/policy-spec';
import type { Temporary } from '../../core/network/temporary';
import type { DeclarationFault } from '../app/declaration';
import type { Platform } from '../app/platform';
import { foreignFaults } from '../app/same-app';
import { show, takeArgument } from '../app/shape';
import { peerOf } from '../kplus';
import { NamespaceScope } from '../namespace/namespace-scope';
import { findPort, openingOf, type Port } from '../workload/port';
import type { SecureWorkload } from '../workload/workload';
import { type ConnectOptions, connectShape, endFaults } from './connect-options';
import { type Egress, egressPorts, egressShape } from './egress';
import { blockFault, nameFault, portsFault } from './egress-faults';
import { EndingPolicies } from './ending-policies';
import { ExternalNetwork } from './external-network';
import { ExternalWorkload } from './external-workload';
import { meshOf } from './mesh-membership';
import { NamePolicies } from './name-policies';
import { forEachWorkloadIn } from './namespace-members';
import { isWorkload, labelOf, networkOf, noteNetwork } from './network-of';
import { type IngressSource, isPeer, isSource, type Peer, type PodSource } from './peers';
import { type Foreign, RequiredPolicies } from './required-policies';
import { WorkloadGroup } from './workload-group';

type End = PodSource | { readonly path: string };

type NumberedPort = Pick<Port, 'port' | 'protocol'>;

/** An opening, and who is at the other end of it, where that is known: a cdk8s-plus peer and an ExternalNetwork by their path. */
export interface DeclaredOpening extends Opening {
  readonly end?: End;
  /** When it ends. @default - it is open for good */
  readonly temporary?: Temporary;
}

/** A namespace that is connected to, and whether a workload in it has the port. */
interface Awaited {
  readonly scope: NamespaceScope;
  readonly port: number | string;
  isMet: boolean;
}

const ownPolicy = { id: 'NetworkPolicy', apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' } as const;

/** What a workload may reach and who may reach it. Closed both ways until something is opened. */
export class WorkloadNetwork {
  readonly #faults: DeclarationFault[] = [];
  readonly #ingress: DeclaredOpening[] = [];
  readonly #egress: DeclaredOpening[] = [];
  /** The names that it reaches; made where there is one, as few workloads have any. */
  #names: NamePolicies | undefined;
  /** The policies that end; made where there is one. */
  #ending: EndingPolicies | undefined;
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

  /** The spec of the workload's own NetworkPolicy, with what is open for good. */
  policySpec(): NetworkPolicySpec {
    return this.#specUntil(undefined);
  }

  /** @param day on which what it opens ends; undefined for what is open for good, which is where DNS is */
  #specUntil(day: string | undefined): NetworkPolicySpec {
    const { ingress, egress, resolvesNames } = this.#openings();
    const those = (openings: readonly DeclaredOpening[]) =>
      openings.filter(({ temporary }) => temporary?.expires === day);
    const dns = resolvesNames && day === undefined ? this.platform.target.dns : [];
    return networkPolicySpec(
      { matchLabels: { ...this.workload.selector } },
      { ingress: those(ingress), egress: [...those(egress), ...dns] },
    );
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
    this.#endingPolicies().add(opening.temporary, { ...ownPolicy, name }, () => this.#specUntil(expires));
  }

  #endingPolicies(): EndingPolicies {
    this.#ending ??= new EndingPolicies(this.workload);
    return this.#ending;
  }

  fault(fault: DeclarationFault): void {
    this.#faults.push(fault);
  }

  connectTo(peer: Peer, given?: ConnectOptions): void {
    this.platform.touch();
    if (!isPeer(peer)) {
      this.#refusePeer(
        'connectTo',
        peer,
        'a workload, a WorkloadGroup, a namespace, an ExternalWorkload, an ExternalNetwork or a cdk8s-plus peer',
      );
      return;
    }
    if (peer instanceof WorkloadGroup) {
      for (const member of peer.members) if (member !== this.workload) this.connectTo(member, given);
      return;
    }
    const options = this.#optionsOf('connectTo', given);
    if (this.#isForeign('connectTo', peer) || options === undefined) return;
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
    this.#reach(peer, [this.#seen(peer)], labelOf(peer), port, temporary);
    this.#openAt(peer, 'ingress', port, temporary);
  }

  #connectToExternal(peer: ExternalWorkload, options: ConnectOptions): void {
    const { temporary } = options;
    const port = this.#portOf(peer, labelOf(peer), options, 'connectTo');
    if (!port) return;
    this.#reach(peer, [this.#seen(peer)], labelOf(peer), port, temporary);
    this.#require(peer, 'ingress', port, `${this.#label()} reaches ${labelOf(peer)}`, temporary);
  }

  #connectToNetwork(peer: ExternalNetwork, options: ConnectOptions): void {
    const { temporary } = options;
    const port = this.#portOf(peer, peer.node.path, options, 'connectTo');
    const [first, ...others] = peer.peers;
    // Of addresses that are none it says so itself.
    if (!port || first === undefined) return;
    this.#reach({ path: peer.node.path }, [first, ...others], peer.node.id, port, temporary);
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
    const port = this.#numbered(wanted);
    if (!port) return;
    this.#reach(scope, [namespacePeer(name)], `${name}/*`, port, temporary);
    this.#require(scope, 'ingress', port, `${this.#label()} reaches every pod of ${name}`, temporary);
  }

  #connectToKplus(peer: INetworkPolicyPeer, { port: wanted, temporary }: ConnectOptions): void {
    if (typeof wanted !== 'number') {
      this.fault({
        rule: 'connection-port',
        property: 'connectTo',
        value: peer.node.path,
        message: `the ports of ${peer.node.path} are not known here`,
        remedy: 'name the port by its number: connectTo(peer, { port: 8080 })',
      });
      return;
    }
    const port = this.#numbered(wanted);
    if (port) this.#reach({ path: peer.node.path }, [peerOf(peer)], peer.node.path, port, temporary);
  }

  /** A port that nobody here declares; undefined, with a fault, where it can be none. */
  #numbered(port: number): NumberedPort | undefined {
    const found: NumberedPort = { protocol: 'TCP', port };
    const wrong = portsFault('connectTo', [found]);
    if (wrong) this.fault(wrong);
    return wrong ? undefined : found;
  }

  #reach(end: End, peers: Opening['peers'], label: string, port: NumberedPort, temporary: Temporary | undefined): void {
    this.#add('egress', { peers, ports: [openingOf(port)], end, ...ends(temporary) });
    this.#connected(this.#label(), label, port, temporary);
  }

  exposeTo(source: IngressSource, given?: ConnectOptions): void {
    this.platform.touch();
    if (!isSource(source)) {
      const wanted =
        'a workload, a WorkloadGroup, a namespace, an ExternalWorkload, an ExternalNetwork, a Gateway or an IngressController';
      this.#refusePeer('exposeTo', source, wanted);
      return;
    }
    if (source instanceof WorkloadGroup) {
      for (const member of source.members) if (member !== this.workload) this.exposeTo(member, given);
      return;
    }
    const options = this.#optionsOf('exposeTo', given);
    if (this.#isForeign('exposeTo', source)) return;
    const port = options && this.#portOf(this.workload, this.#label(), options, 'exposeTo');
    if (!port) return;
    const { temporary } = options;
    const openAt = (member: SecureWorkload) => this.#openAt(member, 'egress', port, temporary);
    if (isWorkload(source)) {
      this.#letIn(source, [this.#seen(source)], labelOf(source), port, temporary);
      openAt(source);
    } else if (source instanceof ExternalWorkload) {
      this.#letIn(source, [this.#seen(source)], labelOf(source), port, temporary);
      this.#require(source, 'egress', port, `${labelOf(source)} reaches ${this.#label()}`, temporary);
    } else if (source instanceof ExternalNetwork) {
      const [first, ...others] = source.peers;
      if (first === undefined) return;
      this.#letIn({ path: source.node.path }, [first, ...others], source.node.id, port, temporary);
    } else {
      const name = source.namespaceName;
      this.#letIn(source, [namespacePeer(name)], `${name}/*`, port, temporary);
      forEachWorkloadIn(source, (member) => {
        if (member !== this.workload) openAt(member);
      });
    }
  }

  #letIn(end: End, peers: Opening['peers'], label: string, port: NumberedPort, temporary: Temporary | undefined): void {
    this.open('ingress', [{ peers, ports: [openingOf(port)], end, ...ends(temporary) }]);
    this.#connected(label, this.#label(), port, temporary);
  }

  egressTo(given: Egress): void {
    this.platform.touch();
    const { argument: destination, faults } = takeArgument<Egress>(egressShape(given), given, 'egressTo');
    this.#faults.push(...faults);
    if (faults.length > 0 || destination === undefined) return;
    const ports = egressPorts(destination);
    const { temporary } = destination;
    const wrong =
      portsFault('egressTo', ports) ??
      ('fqdn' in destination
        ? nameFault(destination.fqdn)
        : blockFault('egressTo', destination.cidr, destination.except ?? []));
    const ended = endFaults('egressTo', temporary, this.platform.today);
    this.#faults.push(...(wrong ? [wrong] : []), ...ended);
    if (wrong || ended.length > 0) return;
    const text = ports.map(({ port, endPort }) => (endPort ? `${port}-${endPort}` : port)).join(',');
    const connection = { from: this.#label(), ports: text };
    if ('fqdn' in destination) {
      this.#egressToName(destination.fqdn, ports, temporary);
      this.#list({ ...connection, to: destination.fqdn }, temporary);
      return;
    }
    const peer = blockPeer(destination.cidr, destination.except ?? []);
    this.#add('egress', { peers: [peer], ports, ...ends(temporary) });
    this.#resolvesNames ||= destination.dns === true;
    this.#list({ ...connection, to: destination.cidr }, temporary);
  }

  #egressToName(fqdn: string, ports: readonly NetworkPolicyPort[], temporary: Temporary | undefined): void {
    this.#names ??= new NamePolicies(this.workload, this.platform);
    const wrong = this.#names.add(fqdn, ports, temporary, () => this.#endingPolicies());
    if (wrong) this.fault(wrong);
    else this.#resolvesNames = true;
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

  /** Whether it is of another app, which is then a fault. */
  #isForeign(method: string, peer: Peer): boolean {
    const faults = foreignFaults(this.workload, method, peer);
    this.#faults.push(...faults);
    return faults.length > 0;
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
    port: NumberedPort,
    temporary: Temporary | undefined,
  ): void {
    const peers: Opening['peers'] = [podsPeer(this.workload.selector, this.workload.namespace, peer.namespace)];
    networkOf(peer).open(direction, [{ peers, ports: [openingOf(port)], end: this.workload, ...ends(temporary) }]);
  }

  #connected(from: string, to: string, port: NumberedPort, temporary: Temporary | undefined): void {
    this.#list({ from, to, ports: portText(port) }, temporary);
  }

  #list(connection: Connection, temporary: Temporary | undefined): void {
    this.platform.addConnection({ ...connection, ...(temporary && { until: temporary.expires }) });
  }

  #require(
    foreign: Foreign,
    direction: 'ingress' | 'egress',
    port: NumberedPort,
    why: string,
    temporary: Temporary | undefined,
  ): void {
    this.#required ??= new RequiredPolicies(this.workload, this.platform);
    this.#required.add(foreign, direction, [openingOf(port)], why, temporary);
  }

  /** Asks the owners of other namespaces anew, where the mesh that the workload is in has become known. */
  askAgain(): void {
    this.#required?.askAgain();
  }

  #seen(peer: SecureWorkload | ExternalWorkload): NetworkPolicyPeer {
    return podsPeer(peer.selector, peer.namespace, this.workload.namespace);
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

function portText({ port, protocol }: NumberedPort): string {
  return protocol === 'TCP' ? String(port) : `${port}/${protocol}`;
}
