import type { LabelSelector } from '../manifest/pod-common';
import { isEmptySelector, selectorMatches } from './selectors';

/** Pods of one kind, in a namespace, with labels. */
export interface LabelledPods {
  /** Undefined where whoever applies the object says it. */
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/** Pods by namespace and label, so that a selector is compared with few of them. */
export class SelectedPods<P extends LabelledPods> {
  readonly #byNamespace = new Map<string, P[]>();
  readonly #byLabel = new Map<string, P[]>();

  constructor(readonly all: readonly P[]) {
    for (const pod of all) {
      add(this.#byNamespace, String(pod.namespace), pod);
      for (const [label, value] of Object.entries(pod.labels))
        add(this.#byLabel, keyOf(pod.namespace, label, value), pod);
    }
  }

  /** Whether there are pods in the namespace at all. */
  has(namespace: string | undefined): boolean {
    return this.#byNamespace.has(String(namespace));
  }

  /** Those of the namespace that the selector takes; an absent or empty one takes all. */
  in(namespace: string | undefined, selector: LabelSelector | null | undefined): readonly P[] {
    const all = this.#byNamespace.get(String(namespace)) ?? [];
    if (isEmptySelector(selector)) return all;
    const fewest = Object.entries(selector?.matchLabels ?? {})
      .map(([label, value]) => this.#byLabel.get(keyOf(namespace, label, value)) ?? [])
      .reduce<readonly P[]>((least, some) => (some.length < least.length ? some : least), all);
    return fewest.filter(({ labels }) => selectorMatches(selector, labels));
  }
}

function add<P>(map: Map<string, P[]>, key: string, pod: P): void {
  const known = map.get(key);
  if (known) known.push(pod);
  else map.set(key, [pod]);
}

function keyOf(namespace: string | undefined, label: string, value: string): string {
  return `${namespace}\n${label}\n${value}`;
}
