/** Types that many parts of a pod share (core/v1 and meta/v1). */

/** A number, or the name or percentage that stands for one: `8080`, `'http'`, `'25%'`. */
export type IntOrString = number | string;

/** An amount of a resource: `'500m'`, `'128Mi'`, `2`. */
export type Quantity = string | number;

/** Amounts by resource name: `cpu`, `memory`, `ephemeral-storage`, or an extended resource. */
export type ResourceList = Readonly<Record<string, Quantity>> & {
  readonly cpu?: Quantity;
  readonly memory?: Quantity;
  readonly 'ephemeral-storage'?: Quantity;
  readonly storage?: Quantity;
};

/** A label query: `matchLabels` and `matchExpressions` are ANDed; an empty selector matches everything. */
export interface LabelSelector {
  /** Labels that must have exactly these values. */
  readonly matchLabels?: Readonly<Record<string, string>>;
  /** Requirements that must all hold. */
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

/** One requirement of a label query. */
export interface LabelSelectorRequirement {
  /** The label key that the requirement is about. */
  readonly key: string;
  /** How the label relates to the values. */
  readonly operator: LabelSelectorOperator;
  /** Non-empty for `In` and `NotIn`, absent for `Exists` and `DoesNotExist`. */
  readonly values?: readonly string[];
}

/** How a label relates to a set of values. */
export type LabelSelectorOperator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';

/** An object of the same namespace, by name. */
export interface LocalObjectReference {
  /** Name of the object. */
  readonly name?: string;
}

/** An object of the same namespace, by kind and name. */
export interface TypedLocalObjectReference {
  /** API group; absent for the core group. */
  readonly apiGroup?: string;
  /** Kind. */
  readonly kind: string;
  /** Name. */
  readonly name: string;
}

/** An object by kind, name and namespace. */
export interface TypedObjectReference {
  /** API group; absent for the core group. */
  readonly apiGroup?: string;
  /** Kind. */
  readonly kind: string;
  /** Name. */
  readonly name: string;
  /**
   * Namespace; a ReferenceGrant there must allow it.
   * @default the referrer's
   */
  readonly namespace?: string;
}

/** A field of the pod. */
export interface ObjectFieldSelector {
  /**
   * Version of the schema that the path is written in.
   * @default v1
   */
  readonly apiVersion?: string;
  /** Path of the field, such as `metadata.name` or `metadata.labels['app']`. */
  readonly fieldPath: string;
}

/** A resource of a container, as a number. */
export interface ResourceFieldSelector {
  /** Container; required in volumes. */
  readonly containerName?: string;
  /** Resource, such as `limits.memory`. */
  readonly resource: string;
  /**
   * Unit of the number.
   * @default 1
   */
  readonly divisor?: Quantity;
}

/** A key and the file it becomes. */
export interface KeyToPath {
  /** Key to project. */
  readonly key: string;
  /** Path of the file, relative and without `..`. */
  readonly path: string;
  /**
   * Mode bits of the file.
   * @default the volume's `defaultMode`
   */
  readonly mode?: number;
}
