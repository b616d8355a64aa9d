import { isAbsent } from '../manifest/plain';
import type { LabelSelector } from '../manifest/pod-common';
import { isEmptySelector, type KnownLabels, keysAsked, selectorMatches, selectorTakes } from './selectors';

/** Pods of one kind, in a namespace, with labels. */
export interface LabelledPods extends KnownLabels {
  /** Undefined where whoever applies the object says it. */
  readonly namespace: string | undefined;
}

/** The pods of a namespace: all of them, and by label. */
interface InNamespace<P> {
  readonly all: P[];
  readonly byLabel: Map<string, Map<unknown, P[]>>;
}

const none: readonly never[] = [];

/** Pods by namespace and label, so that a selector is compared with few of them. */
export class SelectedPods<P extends LabelledPods> {
  readonly #byNamespace = new Map<string | undefined, InNamespace<P>>();
  /** Labels of which not every value is known. */
  readonly #open = new Set<string>();

  constructor(readonly all: readonly P[]) {
    for (const pod of all) {
      const { all: ofNamespace, byLabel } = entry(this.#byNamespace, pod.namespace, newNamespace);
      ofNamespace.push(pod);
      for (const label in pod.labelForms) this.#open.add(label);
      for (const label in pod.labels) entry(entry(byLabel, label, newMap), pod.labels[label], newList).push(pod);
    }
  }

  /** Whether there are pods in the namespace at all. */
  has(namespace: string | undefined): boolean {
    return this.#byNamespace.has(namespace);
  }

  /** Those of the namespace that the selector takes for certain; an absent or empty one takes all. */
  in(namespace: string | undefined, selector: LabelSelector | null | undefined): readonly P[] {
    const found = this.#byNamespace.get(namespace);
    if (found === undefined) return none;
    if (isEmptySelector(selector)) return found.all;
    if (this.#asksForOpen(selector)) return found.all.filter((pod) => selectorTakes(selector, pod) === 'yes');
    let fewest: readonly P[] = found.all;
    let asked = 0;
    for (const label in selector?.matchLabels) {
      asked++;
      const carrying = found.byLabel.get(label)?.get(selector.matchLabels[label]) ?? none;
      if (carrying.length < fewest.length) fewest = carrying;
    }
    // Most selectors ask for one label, and whoever carries it is whom they take.
    if (asked === 1 && isAbsent(selector?.matchExpressions)) return fewest;
    return fewest.filter(({ labels }) => selectorMatches(selector, labels));
  }

  /** Those of the namespace that the selector takes, all or some of them, by the value of a label that is not known. */
  perhapsIn(namespace: string | undefined, selector: LabelSelector | null | undefined): readonly P[] {
    const found = this.#byNamespace.get(namespace);
    if (found === undefined || !this.#asksForOpen(selector)) return none;
    return found.all.filter((pod) => selectorTakes(selector, pod) === 'maybe');
  }

  /** Whether the selector takes any of the namespace, for certain or perhaps. */
  hasAny(namespace: string | undefined, selector: LabelSelector | null | undefined): boolean {
    return this.in(namespace, selector).length > 0 || this.perhapsIn(namespace, selector).length > 0;
  }

  #asksForOpen(selector: LabelSelector | null | undefined): boolean {
    return this.#open.size > 0 && keysAsked(selector).some((key) => this.#open.has(key));
  }
}

const newList = <P>(): P[] => [];
const newMap = <P>(): Map<unknown, P[]> => new Map();
const newNamespace = <P>(): InNamespace<P> => ({ all: [], byLabel: new Map() });

/** What the map holds under the key, made where there is nothing yet. */
function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
