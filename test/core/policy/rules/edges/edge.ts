import type { ClusterTarget } from '../../../../../core/cluster';
import type { KubernetesObject } from '../../../../../core/manifest';
import type { PodSecurityLevel } from '../../../../../core/policy/finding';

/** What an edge is judged for, and which standard its findings name. */
export interface EdgeOptions {
  readonly target?: ClusterTarget;
  readonly registries?: readonly string[];
  readonly podSecurity?: PodSecurityLevel | 'none';
}

/** An object that lies just within a rule, or just without. */
export interface Edge extends EdgeOptions {
  readonly object: KubernetesObject;
  /** The properties that the rule finds in it, in order; none where it keeps the rule. */
  readonly finds: readonly string[];
}

/** The edges of rules, by their ids. */
export type Edges = Readonly<Record<string, readonly Edge[]>>;

/** An object in which the rule finds these properties. */
export function breaks(object: KubernetesObject, finds: string | readonly string[], options: EdgeOptions = {}): Edge {
  return { object, finds: typeof finds === 'string' ? [finds] : finds, ...options };
}

/** An object that keeps the rule. */
export function keeps(object: KubernetesObject, options: EdgeOptions = {}): Edge {
  return { object, finds: [], ...options };
}
