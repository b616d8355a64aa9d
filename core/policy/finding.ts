import type { JsonPatchOperation } from '../manifest/json-patch';
import type { Position } from '../manifest/yaml/split';
import type { RuleException } from './exception';

/** How much a finding weighs: an `error` stops synthesis, a `warning` and an `info` are reported. */
export type Severity = 'error' | 'warning' | 'info';

/** The Pod Security Standard that a violation breaks. */
export type PodSecurityLevel = 'baseline' | 'restricted';

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
  /** The Pod Security Standard that refuses it; undefined, where it is there, for none. @default - the rule's own */
  readonly podSecurity?: PodSecurityLevel;
  /** @default - the rule's own */
  readonly severity?: Severity;
  /** What mends it, where that can be said without knowing more than the object: over the whole object. */
  readonly fix?: readonly JsonPatchOperation[];
}

/** Where something is written. */
export interface Location extends Position {
  /** The file's path as it was given, or the name of another source, such as `<stdin>`. */
  readonly file: string;
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
  /** Where the property is written, or the nearest thing above it; for objects that were read from a text. */
  readonly location?: Location;
  /** A JSON patch of the object that mends it. */
  readonly fix?: readonly JsonPatchOperation[];
  /** The exception that waives it, as one to its rule. */
  readonly waivedBy?: RuleException;
}
