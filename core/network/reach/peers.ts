import { groupBy } from '../../group-by';
import type { LabelSelector } from '../../manifest/pod-common';
import { AddressSet } from '../address-set';
import { parseAddressAsCidr, parseCidr } from '../cidr';
import { namespaceNameLabel } from '../peer';
import { SelectedPods } from '../selected-pods';
import { type KnownLabels, selectorMatches } from '../selectors';
import { EndSet } from './end-set';
import type { PodsSelection, PolicyPeer } from './read-policy';
import { type End, endsOf, type NetworkPods, type NetworkWorld, privateNetworks } from './world';

/** Who is meant by a peer. */
export interface Matched {
  /** Those who are. */
  readonly yes: EndSet;
  /** Those who may be, by an address, a node or the value of a label that is not known. */
  readonly maybe: EndSet;
}

interface IndexedPods extends KnownLabels {
  readonly namespace: string;
  readonly index: number;
}

/** Where an end is: at each of these addresses, or at one of them that nobody here knows. */
interface Place {
  readonly addresses: AddressSet;
  readonly isExact: boolean;
  /** True where it is not known whether it has any address of the family. @default false */
  readonly isSupposed?: boolean;
}

const everywhere = { 4: '0.0.0.0/0', 6: '::/0' } as const;

/** The ends of a world, and who of them policies mean. Each selector is compared once, with few pods. */
export class Peers {
  readonly ends: readonly End[];
  /** Everybody: what a rule without peers is for. */
  readonly everybody: Matched;
  readonly #pods: SelectedPods<IndexedPods>;
  readonly #namespaces: SelectedPods<{ namespace: undefined; name: string; labels: Readonly<Record<string, string>> }>;
  readonly #selected = new Map<string, Matched>();
  readonly #blocks = new Map<string, Matched>();
  readonly #places: readonly Place[];
  readonly #byPlace: ReadonlyMap<Place | undefined, readonly number[]>;

  /** @param family the version of the Internet Protocol that is spoken: ends without an address of it are never reached by blocks */
  constructor(
    world: NetworkWorld,
    private readonly family: 4 | 6,
  ) {
    this.ends = endsOf(world);
    this.everybody = { yes: EndSet.first(this.ends.length), maybe: EndSet.none };
    this.#pods = new SelectedPods(
      this.ends.flatMap((end, index) =>
        end.kind === 'pods' && !end.pods.isOnHost
          ? [{ ...labelsOf(end.pods), namespace: end.pods.namespace, index }]
          : [],
      ),
    );
    this.#namespaces = new SelectedPods(namespacesOf(world));
    const nodes = new Map((world.nodes ?? []).map((node) => [node.name, node]));
    const nodeOf = (end: End) =>
      end.kind === 'node'
        ? end.node
        : end.kind === 'pods' && end.pods.isOnHost
          ? nodes.get(end.pods.node ?? '')
          : undefined;
    this.#nodeLabels = this.ends.map((end) => nodeOf(end)?.labels);
    const isSupposed = family === 6 && world.podCidrs === undefined;
    const anywhere: Place = { addresses: blocks([everywhere[family]], family), isExact: false, isSupposed };
    const ofSomePod: Place = isSupposed
      ? anywhere
      : { addresses: blocks(world.podCidrs ?? privateNetworks, family), isExact: false };
    this.#places = this.ends.map((end) => {
      if (end.kind === 'address') return placeAt([end.address], family);
      const known = (end.kind === 'pods' ? end.pods.addresses : undefined) ?? nodeOf(end)?.addresses ?? [];
      if (known.length > 0) return placeAt(known, family);
      return end.kind === 'pods' && !end.pods.isOnHost ? ofSomePod : anywhere;
    });
    this.#byPlace = groupBy(this.ends.keys(), (index) => this.#places[index]);
  }

  readonly #nodeLabels: readonly (Readonly<Record<string, string>> | undefined)[];

  /** Whether the end has, or may have, an address of the family. */
  hasAddress(index: number): boolean {
    return this.#places[index]?.addresses.isEmpty === false;
  }

  /** Whether it is not known that the end has an address of the family at all. */
  isSupposed(index: number): boolean {
    return this.#places[index]?.isSupposed === true;
  }

  /** The pods of a selection: those on the network of a node are never among them. */
  selected({ namespaces, pods }: PodsSelection): Matched {
    const key = JSON.stringify([namespaces, pods]);
    let found = this.#selected.get(key);
    if (found === undefined) {
      const names =
        'name' in namespaces
          ? [namespaces.name]
          : this.#namespaces.in(undefined, namespaces.selector).map(({ name }) => name);
      found = {
        yes: EndSet.of(names.flatMap((name) => this.#pods.in(name, pods).map(({ index }) => index))),
        maybe: EndSet.of(names.flatMap((name) => this.#pods.perhapsIn(name, pods).map(({ index }) => index))),
      };
      this.#selected.set(key, found);
    }
    return found;
  }

  /** Everybody whom one of the peers means; undefined for everybody. */
  of(peers: readonly PolicyPeer[] | undefined): Matched {
    if (peers === undefined) return this.everybody;
    const [first] = peers;
    if (first !== undefined && peers.length === 1) return this.#match(first);
    const all = peers.map((peer) => this.#match(peer));
    return {
      yes: EndSet.of(all.flatMap(({ yes }) => yes.members())),
      maybe: EndSet.of(all.flatMap(({ maybe }) => maybe.members())),
    };
  }

  #match(peer: PolicyPeer): Matched {
    if (peer.kind === 'pods') return this.selected(peer);
    if (peer.kind === 'block') return this.#inBlock(peer.cidr, peer.except);
    if (peer.kind === 'nodes') return this.#nodes(peer.selector);
    if (peer.kind === 'names') return { yes: EndSet.none, maybe: this.#where(({ kind }) => kind === 'address') };
    return { yes: EndSet.none, maybe: EndSet.none };
  }

  #inBlock(cidr: unknown, except: readonly unknown[]): Matched {
    const key = JSON.stringify([cidr, except]);
    let found = this.#blocks.get(key);
    if (found === undefined) {
      const block = blocks([cidr], this.family).minus(blocks(except, this.family));
      const [yes, maybe]: [number[], number[]] = [[], []];
      for (const [place, indices] of this.#byPlace) {
        if (place === undefined || !place.addresses.meets(block)) continue;
        const into = place.isExact || block.covers(place.addresses) ? yes : maybe;
        for (const index of indices) into.push(index);
      }
      found = { yes: EndSet.of(yes), maybe: EndSet.of(maybe) };
      this.#blocks.set(key, found);
    }
    return found;
  }

  #nodes(selector: LabelSelector): Matched {
    const labels = (index: number) => this.#nodeLabels[index];
    return {
      yes: this.#where((_, index) => {
        const known = labels(index);
        return known !== undefined && selectorMatches(selector, known);
      }),
      maybe: this.#where(
        (end, index) => end.kind === 'pods' && end.pods.isOnHost === true && labels(index) === undefined,
      ),
    };
  }

  #where(wanted: (end: End, index: number) => boolean): EndSet {
    return EndSet.of(this.ends.flatMap((end, index) => (wanted(end, index) ? [index] : [])));
  }
}

function labelsOf({ labels, labelForms = {} }: NetworkPods): Required<KnownLabels> {
  return { labels, labelForms };
}

/** Every namespace that there is or that pods are in, with the label that Kubernetes gives each. */
function namespacesOf({ namespaces = [], pods }: NetworkWorld) {
  const labels = new Map<string, Readonly<Record<string, string>>>(pods.map(({ namespace }) => [namespace, {}]));
  for (const namespace of namespaces) labels.set(namespace.name, namespace.labels);
  return [...labels].map(([name, own]) => ({
    namespace: undefined,
    name,
    labels: { ...own, [namespaceNameLabel]: name },
  }));
}

function blocks(texts: readonly unknown[], family: 4 | 6): AddressSet {
  const read = texts.flatMap((text) => parseCidr(String(text)) ?? []);
  return AddressSet.of(read.filter((block) => block.family === family));
}

function placeAt(texts: readonly string[], family: 4 | 6): Place {
  const read = texts.flatMap((text) => parseAddressAsCidr(text) ?? []);
  return { addresses: AddressSet.of(read.filter((one) => one.family === family)), isExact: true };
}
