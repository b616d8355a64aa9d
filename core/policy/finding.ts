import type { SecurityException } from './exception';

/** How much a finding weighs: an `error` stops synthesis, a `warning` and an `info` are reported. */
export type Severity = 'error' | 'warning' | 'info';

/** The Pod Security Standard that a violation breaks. */
export type PodSecurityLevel = 'baseline' | 'restricted';

/** One step of a JSON patch (RFC 6902). */
export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

/** What a rule sees wrong in one object, before it is known whose object it is. */
export interface Violation {
  /** The property, as segments from the root of the object: `['spec', 'containers', 0, 'image']`. */
  readonly path: readonly (string | number)[];
  /** The value seen; left out where there is none. Never a secret. */
  readonly value?: unknown;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** How to mend it. */
  readonly remedy: string;
  /** The container it concerns, for exceptions that name one. */
  readonly container?: string;
  /** The Pod Security Standard that refuses it. @default - the rule's own */
  readonly podSecurity?: PodSecurityLevel;
  /** @default - the rule's own */
  readonly severity?: Severity;
  /** The JSON patch of the object that mends it. @default - it takes a person */
  readonly fix?: readonly JsonPatchOperation[];
}

/** A violation, with the rule that saw it and the place where it stands. */
export interface Finding {
  /** The id of the rule. */
  readonly rule: string;
  readonly severity: Severity;
  /** The path of the construct that declared it. */
  readonly construct?: string;
  /** The object, as `Deployment.apps shop/frontend`. */
  readonly object?: string;
  /** The property, as `spec.containers[0].image`. */
  readonly property?: string;
  /** The value seen, as it was written. */
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
  readonly container?: string;
  readonly podSecurity?: PodSecurityLevel;
  /** The JSON patch of the object that mends it; left out where it takes a person. */
  readonly fix?: readonly JsonPatchOperation[];
  /** The exception that waives it. */
  readonly waivedBy?: SecurityException;
}
