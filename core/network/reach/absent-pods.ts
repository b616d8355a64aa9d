import type { LabelSelector } from '../../manifest/pod-common';
import { namespaceNameLabel } from '../peer';
import { SelectedPods } from '../selected-pods';
import { requirementsOf, selectorMatches } from '../selectors';
import type { PodsSelection, ReachPolicy } from './read-policy';
import type { NetworkNamespace, NetworkPods, NetworkWorld } from './world';

type Here = Pick<NetworkWorld, 'pods' | 'namespaces'>;
type Labels = Readonly<Record<string, string>>;

/** Of a selector with more ways to meet it than these, some are taken. */
const MOST_WAYS = 64;

/** The value of a label that may have any. No label of Kubernetes has it. */
const ANY = '*';

/**
 * Pods that policies name and none of which is here: a gateway, the cluster's DNS, whoever else is in the cluster. They have just the labels
 * that are asked for, and are called by them: `kube-system/[k8s-app=kube-dns]`, `[team=shop]/*` for every pod of such namespaces, `*` for a
 * namespace of which nothing is asked.
 */
export function absentPods(policies: readonly ReachPolicy[], ...here: readonly Here[]): Required<Here> {
  const pods = new Map<string, NetworkPods>();
  const namespaces = new Map<string, NetworkNamespace>();
  const isHere = presenceOf(here);
  const seen = new Set<string>();
  for (const { subject, rules } of policies) {
    const own = 'name' in subject.namespaces ? subject.namespaces.name : undefined;
    for (const { peers = [] } of rules)
      for (const peer of peers) {
        if (peer.kind !== 'pods') continue;
        const key = JSON.stringify([own, peer.namespaces, peer.pods]);
        if (seen.has(key)) continue;
        seen.add(key);
        for (const { name, labels } of namespacesMeant(peer)) {
          if (isHere(name, peer, own)) continue;
          namespaces.set(name, { name, labels: { ...namespaces.get(name)?.labels, ...labels } });
          for (const asked of waysToMeet(peer.pods)) {
            const id = `${name}/${shown(asked)}`;
            pods.set(id, { id, namespace: name, labels: asked, ports: [], isSeveral: true });
          }
        }
      }
  }
  const known = new Set(here.flatMap(namesOf));
  return { pods: [...pods.values()], namespaces: [...namespaces.values()].filter(({ name }) => !known.has(name)) };
}

/**
 * Whether any of the pods that a peer means in a namespace is here. Whom it means by no name besides those of the policy's own namespace is
 * somebody else: these alone do not show what it opens.
 */
function presenceOf(here: readonly Here[]): (name: string, peer: PodsSelection, own: string | undefined) => boolean {
  const pods = new SelectedPods(here.flatMap((each) => each.pods.filter(({ isOnHost }) => !isOnHost)));
  const known = new Map<string, Labels>(here.flatMap(namesOf).map((name) => [name, {}]));
  for (const { namespaces = [] } of here) for (const { name, labels } of namespaces) known.set(name, labels);
  const others = (selector: LabelSelector | undefined, own: string | undefined): readonly string[] =>
    [...known].flatMap(([name, labels]) =>
      name !== own && selectorMatches(selector, { ...labels, [namespaceNameLabel]: name }) ? [name] : [],
    );
  return (name, peer, own) => {
    const meant = isAny(name) && 'selector' in peer.namespaces ? others(peer.namespaces.selector, own) : [name];
    return meant.some((each) => pods.hasAny(each, peer.pods));
  };
}

function namesOf({ pods, namespaces = [] }: Here): readonly string[] {
  return [...namespaces.map(({ name }) => name), ...pods.map(({ namespace }) => namespace)];
}

/** Namespaces that have just what is asked for. One whose name is not asked for is called by its labels. */
function namespacesMeant({ namespaces }: PodsSelection): readonly NetworkNamespace[] {
  if ('name' in namespaces) return [{ name: namespaces.name, labels: {} }];
  return waysToMeet(namespaces.selector, namespaceNameLabel).map(({ [namespaceNameLabel]: name = ANY, ...labels }) => ({
    name: name === ANY ? shown(labels) : name,
    labels,
  }));
}

/**
 * Labels that meet the selector, and no others: one set for each of the values that it takes.
 * @param given a label that is there, whatever the selector says
 */
function waysToMeet(selector: LabelSelector | undefined, given?: string): readonly Labels[] {
  let ways: readonly Labels[] = [given === undefined ? {} : { [given]: ANY }];
  for (const { key, operator, values } of requirementsOf(selector)) {
    const wanted = operator === 'In' ? (values ?? []) : operator === 'Exists' ? [ANY] : undefined;
    if (wanted === undefined) continue;
    const taken = ways.length * wanted.length > MOST_WAYS ? wanted.slice(0, 1) : wanted;
    ways = ways.flatMap((labels) =>
      taken.map((value) => (isOpen(labels, key) || value !== ANY ? { ...labels, [key]: value } : labels)),
    );
  }
  return ways.filter((labels) => selectorMatches(selector, labels));
}

/** Whether a namespace is called by its labels, for lack of a name. */
function isAny(namespace: string): boolean {
  return namespace === ANY || namespace.startsWith('[');
}

function isOpen(labels: Labels, key: string): boolean {
  return !Object.hasOwn(labels, key) || labels[key] === ANY;
}

function shown(labels: Labels): string {
  const pairs = Object.keys(labels)
    .sort()
    .map((key) => (labels[key] === ANY ? key : `${key}=${labels[key]}`));
  return pairs.length === 0 ? ANY : `[${pairs.join(',')}]`;
}
