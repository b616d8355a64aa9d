import type { ClusterTarget } from '../../cluster/target';
import type { ContainerRole } from '../../manifest/pod-template';
import type { FunctionName } from './functions';

/** What an expression can compare a value with. */
export type Scalar = string | number | boolean;

/** Something that a loop, or the rule itself, binds: each has an identity of its own. */
export interface VariableNode {
  readonly kind: 'variable';
  /** What CEL calls it, and what it stands for in a message. */
  readonly name: string;
}

/**
 * One expression, as data. Every kind has a line in each compiler's table, so that a forgotten one does not compile.
 *
 * A value may be absent: a field that is missing or null, or whose parent is. A test never is: a comparison with an absent
 * value is false, and its negation is `not`. There is no third value.
 */
export type Node =
  | VariableNode
  | { readonly kind: 'literal'; readonly value: Scalar }
  /** A field of a mapping; open where no schema says that it is a mapping, too. */
  | { readonly kind: 'field'; readonly of: Node; readonly name: string; readonly isOpen?: boolean }
  /** The value under a key that is worked out. */
  | { readonly kind: 'entry'; readonly of: Node; readonly key: Node }
  /** The containers of the pod in these roles. */
  | { readonly kind: 'containers'; readonly roles: readonly ContainerRole[] }
  /** A list that is written out. */
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  /** What the target says: one answer for a whole policy. */
  | { readonly kind: 'target'; readonly read: (target: ClusterTarget) => Scalar }
  /** What the platform sets: a list of texts. */
  | { readonly kind: 'setting'; readonly name: SettingName }
  /** The value, or where it is absent the other. */
  | { readonly kind: 'fallback'; readonly value: Node; readonly other: Node }
  | { readonly kind: 'choice'; readonly test: Node; readonly chosen: Node; readonly otherwise: Node }
  | { readonly kind: 'and'; readonly tests: readonly Node[] }
  | { readonly kind: 'or'; readonly tests: readonly Node[] }
  | { readonly kind: 'not'; readonly test: Node }
  | { readonly kind: 'present'; readonly value: Node }
  | { readonly kind: 'equal'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'below'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'among'; readonly value: Node; readonly set: Members }
  /** Over the elements of a list, or the keys of a mapping. */
  | { readonly kind: 'some'; readonly list: Node; readonly item: VariableNode; readonly test: Node }
  | { readonly kind: 'every'; readonly list: Node; readonly item: VariableNode; readonly test: Node }
  | { readonly kind: 'select'; readonly list: Node; readonly item: VariableNode; readonly test: Node }
  | { readonly kind: 'each'; readonly list: Node; readonly item: VariableNode; readonly value: Node }
  /** Texts one after the other; an absent one is empty. */
  | { readonly kind: 'text'; readonly parts: readonly Node[] }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly args: readonly Node[] };

/** Literals: the same on every target, or those of the target that is asked. */
export type Members<T extends Scalar = Scalar> = readonly T[] | ((target: ClusterTarget) => readonly T[]);

export type NodeKind = Node['kind'];

export type NodeOf<K extends NodeKind> = Extract<Node, { readonly kind: K }>;

/** What a platform sets and rules read: see `RuleContext`. */
export type SettingName = 'registries';

/** What loops bind that a text names, by the name of the variable: `container "api"`. */
export const namedVariables: ReadonlySet<string> = new Set(['container', 'volume']);

/** What a rule starts from. */
export const roots = {
  /** The whole object. */
  object: { kind: 'variable', name: 'object' },
  /** The spec of its pod template. */
  spec: { kind: 'variable', name: 'spec' },
  /** The metadata of its pod template. */
  metadata: { kind: 'variable', name: 'metadata' },
} as const satisfies Readonly<Record<string, VariableNode>>;
