import type { ClusterTarget } from '../cluster/target';
import type { KubernetesObject } from '../manifest/object';
import type { Container, EphemeralContainer, PodSpec } from '../manifest/pod';
import type { ContainerRole } from '../manifest/pod-template';
import type { Clause } from './clause';
import type { Finding, PodSecurityLevel, Severity, Violation } from './finding';
import type { ObjectSet } from './object-set';

/** What every rule may ask about the place an object is made for. */
export interface RuleContext {
  readonly target: ClusterTarget;
  /** Image repositories that may be pulled from, as prefixes of whole components: `registry.acme.example/payments`. */
  readonly registries: readonly string[];
}

/** One container of a pod, whatever its role, with its place in the pod spec. */
export interface ContainerInPod {
  readonly container: Container | EphemeralContainer;
  readonly role: ContainerRole;
  /** From the root of the object. */
  readonly path: readonly (string | number)[];
}

/** A pod template wherever it stands: in a Pod, a Deployment, a CronJob, a custom kind. */
export interface PodInObject {
  readonly object: KubernetesObject;
  /** From the root of the object to the pod spec. */
  readonly path: readonly (string | number)[];
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
  readonly containers: readonly ContainerInPod[];
}

export interface RuleInfo {
  /** Kebab case, stable: exceptions name it. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** What an attacker gains where it is broken, in a sentence or two. */
  readonly why: string;
  /** How to mend it, in a sentence. */
  readonly fix: string;
  /** The Pod Security Standard that demands it too. */
  readonly podSecurity?: PodSecurityLevel;
  /** True for what the API server refuses by itself: no admission policy is made of it. @default false */
  readonly refusedByServer?: boolean;
  /** False for what no exception can make right, such as two objects with one name. @default true */
  readonly waivable?: boolean;
  /** True where its findings are about values that nobody may see: reports show no line that one of them stands in. @default false */
  readonly aboutSecrets?: boolean;
}

/** A rule over the pod template of any kind. */
export interface PodRule extends RuleInfo {
  readonly subject: 'pod';
  /** What it asks, as data, from which `check` and the policies of the cluster are made. @default - it cannot be asked in the cluster */
  readonly clauses?: readonly Clause[];
  readonly check: (pod: PodInObject, context: RuleContext) => Iterable<Violation>;
}

/** Stands for objects of every kind, known or not, in the kinds of a rule. */
export const everyKind = '*';

/** A rule over whole objects of the named kinds (`group/Kind`, the core group being `/Kind`; {@link everyKind} for all). */
export interface ObjectRule extends RuleInfo {
  readonly subject: 'object';
  readonly kinds: readonly string[];
  /** What it asks, as data, from which `check` and the policies of the cluster are made. @default - it cannot be asked in the cluster */
  readonly clauses?: readonly Clause[];
  readonly check: (object: KubernetesObject, context: RuleContext) => Iterable<Violation>;
}

/** A rule that is answered where the facts are, by a finding that names it: it has nothing to ask by itself. */
export interface DeclaredRule extends RuleInfo {
  readonly subject: 'declaration';
  /**
   * Where the facts are: in one `object`, whoever wrote it; in the `set` of all objects with their exceptions; in the `evaluation`
   * itself, which answers whatever is chosen; or in the `declaration` of constructs, which plain objects do not show.
   */
  readonly answeredBy: 'object' | 'set' | 'evaluation' | 'declaration';
  /** True where what it finds keeps the other rules from judging: no choice of rules leaves it out. @default - true of `evaluation` alone */
  readonly alwaysAsked?: true;
}

/** A rule over all objects together. No admission policy can express it: a request shows one object. */
export interface SetRule extends RuleInfo {
  readonly subject: 'set';
  /** What is wrong, of the objects that it is reported for. */
  readonly check: (set: ObjectSet) => Iterable<Omit<Finding, 'rule' | 'severity'>>;
}

export type Rule = PodRule | ObjectRule | SetRule | DeclaredRule;

/** What a rule answers in the good case: nothing, without making a list. */
export const NONE: readonly Violation[] = [];
