import { podLabelsOf } from '../manifest/controller-labels';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import type { PodSpec } from '../manifest/pod';
import type { LabelSelector } from '../manifest/pod-common';
import { PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { Direction } from '../network/allowances';
import { type Isolation, isolationOf } from '../network/isolation';
import { networkWorldOf, Reachability, type ReachPolicy } from '../network/reach';
import { type LabelledPods, SelectedPods } from '../network/selected-pods';
import { kindsToJudgeBy } from './embedded-templates';

/** An object and the construct that it is reported for. */
export interface ObjectOfConstruct {
  readonly object: KubernetesObject;
  readonly construct: string;
  /** Objects of two scopes are never one, whatever their names: they are not applied together. @default - all are in one */
  readonly scope?: string | undefined;
}

/** Pods that an object of the set makes, or is. */
export interface PodsOfSet extends LabelledPods, ObjectOfConstruct {
  /** Where the labels of the template stand. */
  readonly path: Path;
  /** On the network of the node, where no network policy reaches. */
  readonly isOnHost: boolean;
  readonly spec: PodSpec;
  readonly annotations: Readonly<Record<string, unknown>>;
}

/** A NetworkPolicy of the set. */
export interface PolicyOfSet extends ObjectOfConstruct {
  /** Undefined where whoever applies the object says it. */
  readonly namespace: string | undefined;
  readonly isolation: Isolation;
}

/** Who reaches whom in the set. Pods whose namespace is left to whoever applies them share one. */
export interface ReachOfSet {
  readonly reachability: Reachability;
  /** The number of the pods of an object; undefined for objects that make none, and for the second of two of one name. */
  readonly indexOf: (object: KubernetesObject) => number | undefined;
  /** What an object says as a policy. */
  readonly policyOf: (object: KubernetesObject) => ReachPolicy | undefined;
}

/** Objects that are checked together. What several rules ask of them is worked out once, when it is first asked for. */
export class ObjectSet {
  #pods: SelectedPods<PodsOfSet> | undefined;
  #supposed: SelectedPods<LabelledPods> | undefined;
  #policies: readonly PolicyOfSet[] | undefined;
  #reach: ReachOfSet | undefined;
  readonly #subjects = new Map<PolicyOfSet, readonly PodsOfSet[]>();
  #closing: Readonly<Record<Direction, ReadonlyMap<PodsOfSet, readonly PolicyOfSet[]>>> | undefined;

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

  /** Whether the selector takes pods that the objects make, or may make: a kind that nobody declared may hold a pod template. */
  mayHave(namespace: string | undefined, selector: LabelSelector | null | undefined): boolean {
    return this.pods.hasAny(namespace, selector) || this.supposes(namespace, selector);
  }

  /** Whether the selector takes pods of a kind that nobody declared, which may hold a pod template. */
  supposes(namespace: string | undefined, selector: LabelSelector | null | undefined): boolean {
    this.#supposed ??= new SelectedPods(this.objects.flatMap(({ object }) => supposedPods(object, this.kinds)));
    return this.#supposed.hasAny(namespace, selector);
  }

  /** The pods that a NetworkPolicy is for: none is for pods on the network of the node. */
  subjects(policy: PolicyOfSet): readonly PodsOfSet[] {
    let subjects = this.#subjects.get(policy);
    if (subjects === undefined) {
      subjects = this.pods.in(policy.namespace, policy.isolation.podSelector).filter(({ isOnHost }) => !isOnHost);
      this.#subjects.set(policy, subjects);
    }
    return subjects;
  }

  /** The NetworkPolicies that close pods in a direction. */
  closing(pods: PodsOfSet, direction: Direction): readonly PolicyOfSet[] {
    this.#closing ??= closingOf(this);
    return this.#closing[direction].get(pods) ?? [];
  }

  /** Who reaches whom among the pods, as the policies here have it. */
  get reach(): ReachOfSet {
    this.#reach ??= reachOf(this.objects, this.kinds);
    return this.#reach;
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

function podsOf(entry: ObjectOfConstruct, kinds: PodTemplateKinds | undefined): PodsOfSet | undefined {
  const { object, construct, scope } = entry;
  const template = podTemplateOf(object, kinds);
  if (template === undefined) return undefined;
  return {
    object,
    construct,
    scope,
    namespace: object.metadata?.namespace,
    ...podLabelsOf(object, template),
    path: [...template.path, 'metadata', 'labels'],
    isOnHost: template.spec.hostNetwork === true,
    spec: template.spec,
    annotations: template.metadata.annotations ?? {},
  };
}

/** The pods of templates in an object that nobody declared. */
function supposedPods(object: KubernetesObject, kinds = PodTemplateKinds.builtIn): readonly LabelledPods[] {
  return kindsToJudgeBy(object, kinds).flatMap((found) => {
    const template = found === kinds ? undefined : podTemplateOf(object, found);
    return template === undefined ? [] : { namespace: object.metadata?.namespace, ...podLabelsOf(object, template) };
  });
}

function policyOf({ object, construct }: ObjectOfConstruct): PolicyOfSet | undefined {
  const isolation = isolationOf(object);
  return isolation && { object, construct, namespace: object.metadata?.namespace, isolation };
}

function reachOf(objects: readonly ObjectOfConstruct[], kinds: PodTemplateKinds | undefined): ReachOfSet {
  const given = objects.map(({ object }) => object);
  const read = networkWorldOf(given, { defaultNamespace: '', ...(kinds && { podTemplateKinds: kinds }) });
  const reachability = new Reachability(read.world);
  const indices = new Map([...read.objects].map(([id, object]) => [object, reachability.indexOf(id)]));
  const policies = new Map(reachability.policies.map((policy) => [policy.object, policy]));
  return { reachability, indexOf: (object) => indices.get(object), policyOf: (object) => policies.get(object) };
}

function closingOf(set: ObjectSet): Readonly<Record<Direction, ReadonlyMap<PodsOfSet, PolicyOfSet[]>>> {
  const closing = { ingress: new Map<PodsOfSet, PolicyOfSet[]>(), egress: new Map<PodsOfSet, PolicyOfSet[]>() };
  for (const policy of set.policies)
    for (const each of set.subjects(policy))
      for (const direction of policy.isolation.directions) {
        const known = closing[direction].get(each);
        if (known === undefined) closing[direction].set(each, [policy]);
        else known.push(policy);
      }
  return closing;
}
