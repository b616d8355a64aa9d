/** Where a pod may run: affinity, tolerations, topology spread (core/v1). */

import type { LabelSelector } from './pod-common';

/** How a node's label relates to the listed values. */
export type NodeSelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';

/** How a toleration relates to a taint's value. `Lt` and `Gt` compare numbers. */
export type TolerationOperator = 'Exists' | 'Equal' | 'Lt' | 'Gt';

/** What a taint does to pods that do not tolerate it. */
export type TaintEffect = 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';

/** What the scheduler does when a spread constraint cannot be met. */
export type UnsatisfiableConstraintAction = 'DoNotSchedule' | 'ScheduleAnyway';

/** Whether node affinity or taints count when the spread is calculated. */
export type NodeInclusionPolicy = 'Ignore' | 'Honor';

/** Attraction to and repulsion from nodes and pods. */
export interface Affinity {
  /** Nodes. */
  readonly nodeAffinity?: NodeAffinity;
  /** Pods to be near. */
  readonly podAffinity?: PodAffinity;
  /** Pods to be far from. */
  readonly podAntiAffinity?: PodAntiAffinity;
}

/** Which nodes a pod must or should run on. */
export interface NodeAffinity {
  /** Must hold when the pod is scheduled. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: NodeSelector;
  /** Should hold; the highest sum of weights wins. */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly PreferredSchedulingTerm[];
}

/** Which pods a pod must or should run next to. */
export interface PodAffinity {
  /** Must hold when the pod is scheduled. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  /** Should hold; the highest sum of weights wins. */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly WeightedPodAffinityTerm[];
}

/** Which pods a pod must not or should not run next to. */
export interface PodAntiAffinity {
  /** Must hold when the pod is scheduled. */
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly PodAffinityTerm[];
  /** Should hold; the highest sum of weights wins. */
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly WeightedPodAffinityTerm[];
}

/** A choice of nodes: the union of its terms. */
export interface NodeSelector {
  /** Terms, of which one must match. */
  readonly nodeSelectorTerms: readonly NodeSelectorTerm[];
}

/** A choice of nodes: all requirements hold. An empty term matches no node. */
export interface NodeSelectorTerm {
  /** Requirements on labels. */
  readonly matchExpressions?: readonly NodeSelectorRequirement[];
  /** Requirements on fields; only `metadata.name`. */
  readonly matchFields?: readonly NodeSelectorRequirement[];
}

/** One requirement on a node's labels or fields. */
export interface NodeSelectorRequirement {
  /** Label or field. */
  readonly key: string;
  /** How it relates to the values. */
  readonly operator: NodeSelectorOperator;
  /** Non-empty for In and NotIn, absent for Exists and DoesNotExist, one integer for Gt and Lt. */
  readonly values?: readonly string[];
}

/** A preference for nodes, with its weight. */
export interface PreferredSchedulingTerm {
  /** Weight, 1 to 100. */
  readonly weight: number;
  /** Nodes that are preferred. */
  readonly preference: NodeSelectorTerm;
}

/** A preference for or against pods, with its weight. */
export interface WeightedPodAffinityTerm {
  /** Weight, 1 to 100. */
  readonly weight: number;
  /** Pods that are preferred or avoided. */
  readonly podAffinityTerm: PodAffinityTerm;
}

/** A set of pods and the topology in which to be near them or far from them. */
export interface PodAffinityTerm {
  /** Pods by label; none without it. */
  readonly labelSelector?: LabelSelector;
  /**
   * Namespaces by name.
   * @default the pod's own
   */
  readonly namespaces?: readonly string[];
  /** Node label whose equal values make one place. */
  readonly topologyKey: string;
  /** Namespaces by label; an empty selector means all. */
  readonly namespaceSelector?: LabelSelector;
  /** Pod labels that must be equal to this pod's. */
  readonly matchLabelKeys?: readonly string[];
  /** Pod labels that must differ from this pod's. */
  readonly mismatchLabelKeys?: readonly string[];
}

/** A taint that the pod tolerates. */
export interface Toleration {
  /** Key of the taint; empty means every key, with operator Exists. */
  readonly key?: string;
  /**
   * How it relates to the taint's value.
   * @default Equal
   */
  readonly operator?: TolerationOperator;
  /** Value of the taint; empty with operator Exists. */
  readonly value?: string;
  /**
   * Effect of the taint.
   * @default every effect
   */
  readonly effect?: TaintEffect;
  /**
   * Seconds that a NoExecute taint is tolerated.
   * @default for ever
   */
  readonly tolerationSeconds?: number;
}

/** How pods spread over the domains of a topology. */
export interface TopologySpreadConstraint {
  /** Largest difference between the domains, at least 1. */
  readonly maxSkew: number;
  /** Node label whose equal values make one domain. */
  readonly topologyKey: string;
  /** What happens when it cannot be met. */
  readonly whenUnsatisfiable: UnsatisfiableConstraintAction;
  /** Pods that are counted. */
  readonly labelSelector?: LabelSelector;
  /** Fewest domains that count as spread; with DoNotSchedule only. */
  readonly minDomains?: number;
  /**
   * Whether nodes that the pod cannot use are left out.
   * @default Honor
   */
  readonly nodeAffinityPolicy?: NodeInclusionPolicy;
  /**
   * Whether nodes with taints that the pod does not tolerate are left out.
   * @default Ignore
   */
  readonly nodeTaintsPolicy?: NodeInclusionPolicy;
  /** Pod labels that must be equal to this pod's, such as `pod-template-hash`. */
  readonly matchLabelKeys?: readonly string[];
}
