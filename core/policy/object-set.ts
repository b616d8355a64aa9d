import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { type PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import { type Isolation, isolationOf } from '../network/isolation';
import { type LabelledPods, SelectedPods } from '../network/selected-pods';

/** An object and the construct that it is reported for. */
export interface ObjectOfConstruct {
  readonly object: KubernetesObject;
  readonly construct: string;
  /** Objects of two scopes are never one, whatever their names: they are not applied together. @default - all are in one */
  readonly scope?: string;
}

/** Pods that an object of the set makes, or is. */
export interface PodsOfSet extends LabelledPods, ObjectOfConstruct {
  /** Where the labels stand. */
  readonly path: Path;
  /** On the network of the node, where no network policy reaches. */
  readonly isOnHost: boolean;
}

/** A NetworkPolicy of the set. */
export interface PolicyOfSet extends ObjectOfConstruct {
  /** Undefined where whoever applies the object says it. */
  readonly namespace: string | undefined;
  readonly isolation: Isolation;
}

/** Objects that are checked together. What several rules ask of them is worked out once, when it is first asked for. */
export class ObjectSet {
  #pods: SelectedPods<PodsOfSet> | undefined;
  #policies: readonly PolicyOfSet[] | undefined;

  /** @param kinds which kinds hold a pod template, and where. @default - Kubernetes' own */
  constructor(
    readonly objects: readonly ObjectOfConstruct[],
    readonly kinds?: PodTemplateKinds,
  ) {}

  /** The pods that the objects make. */
  get pods(): SelectedPods<PodsOfSet> {
    this.#pods ??= new SelectedPods(collect(this.objects, (entry) => podsOf(entry, this.kinds)));
    return this.#pods;
  }

  /** The NetworkPolicies among the objects: those of networking.k8s.io. */
  get policies(): readonly PolicyOfSet[] {
    this.#policies ??= collect(this.objects, policyOf);
    return this.#policies;
  }
}

/** What is made of those of which something is made. */
function collect<T, R>(all: readonly T[], make: (each: T) => R | undefined): R[] {
  const made: R[] = [];
  for (const each of all) {
    const one = make(each);
    if (one !== undefined) made.push(one);
  }
  return made;
}

function podsOf({ object, construct }: ObjectOfConstruct, kinds: PodTemplateKinds | undefined): PodsOfSet | undefined {
  const template = podTemplateOf(object, kinds);
  if (template === undefined) return undefined;
  return {
    object,
    construct,
    namespace: object.metadata?.namespace,
    labels: template.metadata.labels ?? {},
    path: [...template.path, 'metadata', 'labels'],
    isOnHost: template.spec.hostNetwork === true,
  };
}

function policyOf({ object, construct }: ObjectOfConstruct): PolicyOfSet | undefined {
  const isolation = isolationOf(object);
  return isolation && { object, construct, namespace: object.metadata?.namespace, isolation };
}
