import type { KubernetesObject } from '../manifest/object';
import { isAbsent, isMapping } from '../manifest/plain';
import type { LabelSelector } from '../manifest/pod-common';
import { AddressSet } from './address-set';
import { type Allowance, type AllowedPeer, allowancesIn, type Direction } from './allowances';
import { type Cidr, parseCidr } from './cidr';
import { type NetworkPolicyPeer, namespaceNameLabel } from './peer';
import { type PortEntry, PortSet } from './port-set';

/** What a network policy lets through no longer. */
export interface LostConnection {
  readonly direction: Direction;
  /** Whom, in words: `pods app=api of namespace shop`, `10.0.0.0/8`. */
  readonly peer: string;
  /** The ports that are lost, such as `TCP 8080, UDP 53`. */
  readonly ports: string;
}

/** What `before` lets through and `after`, in its place, does not. A peer that is in a wider one is not lost. */
export function lostConnections(before: KubernetesObject, after: KubernetesObject): readonly LostConnection[] {
  const left = allowancesIn(after);
  return allowancesIn(before).flatMap(({ direction, peers, ports }) =>
    (peers ?? [undefined]).flatMap((peer): readonly LostConnection[] => {
      const granted = left
        .filter((rule) => rule.direction === direction && includes(rule, peer))
        .reduce((sum, rule) => sum.union(portsOf(rule)), PortSet.of([]));
      const entries = ports?.map(({ entry }) => entry) ?? [{ protocol: 'ANY' as const }];
      const lost = entries.filter((entry) => !granted.covers(PortSet.of([entry])));
      if (lost.length === 0) return [];
      return [{ direction, peer: peer === undefined ? 'everybody' : describe(peer), ports: lost.map(text).join(', ') }];
    }),
  );
}

function portsOf({ ports }: Allowance): PortSet {
  return ports === undefined ? PortSet.every : PortSet.of(ports.map(({ entry }) => entry));
}

/** Whether the rule lets all of the peer through. */
function includes(rule: Allowance, peer: AllowedPeer | undefined): boolean {
  if (peer === undefined) return rule.peers === undefined && rule.denied.length === 0;
  const wanted = addressesOf([peer]);
  if (wanted.meets(AddressSet.of(rule.denied))) return false;
  if (rule.peers === undefined) return true;
  const key = keyOf(peer.value);
  if (rule.peers.some(({ value }) => keyOf(value) === key)) return true;
  if (peer.blocks.length > 0) return !peer.isCluster && addressesOf(rule.peers).covers(wanted);
  return rule.peers.some(({ isCluster }) => isCluster) && isPods(peer.value);
}

function addressesOf(peers: readonly AllowedPeer[]): AddressSet {
  return peers
    .flatMap(({ blocks }) => blocks)
    .map(({ cidr, except }) => AddressSet.of(cidrs([cidr])).minus(AddressSet.of(cidrs(except))))
    .reduce((sum, addresses) => sum.union(addresses), AddressSet.of([]));
}

function cidrs(texts: readonly unknown[]): readonly Cidr[] {
  return texts.flatMap((text) => parseCidr(String(text)) ?? []);
}

function isPods(value: unknown): value is NetworkPolicyPeer {
  return typeof value === 'object' && value !== null && ('podSelector' in value || 'namespaceSelector' in value);
}

/** The same for the same peer, in whatever order its fields stand; a null is nothing. */
function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isMapping(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, each]) => !isAbsent(each))
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
}

function describe({ value, blocks }: AllowedPeer): string {
  if (typeof value === 'string') return value;
  if (blocks.length > 0) return blocks.map(({ cidr }) => String(cidr)).join(', ');
  if (!isPods(value)) return JSON.stringify(value);
  const { podSelector, namespaceSelector } = value;
  const name = namespaceSelector?.matchLabels?.[namespaceNameLabel];
  const namespaces = name === undefined ? `namespaces ${labels(namespaceSelector)}` : `namespace ${name}`;
  const pods = podSelector ? `pods ${labels(podSelector)}` : 'every pod';
  return namespaceSelector ? `${pods} of ${namespaces}` : pods;
}

function labels({ matchLabels, matchExpressions }: LabelSelector = {}): string {
  const asked = [
    ...Object.entries(matchLabels ?? {}).map(([key, value]) => `${key}=${value}`),
    ...(matchExpressions ?? []).map(({ key, operator, values = [] }) =>
      [key, operator, values.join('|')].join(' ').trim(),
    ),
  ];
  return asked.length === 0 ? 'of any label' : asked.join(', ');
}

function text({ protocol, port, endPort }: PortEntry): string {
  const kind = protocol === 'ANY' ? 'every protocol' : (protocol ?? 'TCP');
  if (port === undefined || port === null) return `${kind}, every port`;
  return endPort ? `${kind} ${port}-${endPort}` : `${kind} ${port}`;
}
