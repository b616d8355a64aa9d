import { ApiObject, type ApiObjectMetadata, JsonPatch } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { type KubernetesObject, mergePatch, type ObjectMeta, type Patch } from '../../core/manifest';
import { clonePlain } from '../../core/manifest/plain';
import { messageOf } from '../../core/message-of';
import { lostConnections } from '../../core/network/lost-connections';
import { toldOfSecrets } from '../../core/secrets/told-fields';
import type { DeclarationFault } from './declaration';
import { platformOf } from './platform-of';

/** What a {@link ManifestObject} is made of. */
export interface ManifestObjectProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ApiObjectMetadata & { readonly name: string };
  /** False for a cluster-scoped object: it carries no namespace, whatever its chart says. @default true */
  readonly namespaced?: boolean;
  /** Everything but apiVersion, kind and metadata, made anew each time it is asked for: plain data. */
  readonly body: () => Readonly<Record<string, unknown>>;
  /**
   * The body is the whole object, as somebody else has written it: it takes no patch, label or annotation. With a text, those bytes go into
   * the output, in a file of their own.
   * @default - the object is made of all this
   */
  readonly verbatim?: { readonly text?: string };
}

const none: readonly never[] = [];

/** What no patch may change. */
const identityOfPatched: readonly (readonly [string, (object: KubernetesObject) => unknown])[] = [
  ['apiVersion', ({ apiVersion }) => apiVersion],
  ['kind', ({ kind }) => kind],
  ['metadata.name', ({ metadata }) => metadata?.name],
  ['metadata.namespace', ({ metadata }) => metadata?.namespace],
  ['roleRef', ({ roleRef }) => roleRef],
  ['subjects', ({ subjects }) => subjects],
  ['spec.selector', ({ spec }) => (spec as { readonly selector?: unknown } | undefined)?.selector],
  ['spec.podSelector', ({ spec }) => (spec as { readonly podSelector?: unknown } | undefined)?.podSelector],
];

/** The parts of cdk8s' metadata that it keeps to itself. */
interface MetadataInternals {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly finalizers: readonly string[];
  readonly ownerReferences: readonly unknown[];
  readonly _additionalAttributes: Readonly<Record<string, unknown>>;
}

const plainAttributes = new Set([
  'name',
  'namespace',
  'labels',
  'annotations',
  'finalizers',
  'ownerReferences',
  'apiObject',
]);

/**
 * An ApiObject whose content is plain data that is made at synthesis. A JSON patch or added metadata works as on any
 * ApiObject, and no field is lost: nothing in between knows only an older Kubernetes.
 */
export class ManifestObject extends ApiObject {
  readonly #props: ManifestObjectProps;
  #patches: readonly JsonPatch[] = none;
  #merges: readonly Patch<KubernetesObject>[] = none;
  #made: KubernetesObject | undefined;
  #madeAt = -1;

  /** Whether it is one. (cdk8s makes `instanceof` true for every ApiObject.) */
  static is(construct: IConstruct): construct is ManifestObject {
    return construct instanceof Object && #props in construct;
  }

  constructor(scope: Construct, id: string, props: ManifestObjectProps) {
    super(scope, id, props);
    this.#props = props;
    platformOf(scope).touch();
  }

  /** Merges a raw patch into the object, as Kubernetes' strategic merge does. What comes out is checked like anything else. */
  merge(patch: Patch<KubernetesObject>): void {
    this.#merges = [...this.#merges, patch];
    platformOf(this).touch();
  }

  override addJsonPatch(...operations: JsonPatch[]): void {
    this.#patches = [...this.#patches, ...operations];
    platformOf(this).touch();
  }

  // biome-ignore lint/suspicious/noExplicitAny: the return type is cdk8s' own
  override toJson(): any {
    return clonePlain(this.#render());
  }

  /** The object as it will be written, made once for each state of the app. Do not change it. */
  rendered(): KubernetesObject {
    const { revision } = platformOf(this);
    if (this.#made === undefined || this.#madeAt !== revision) {
      this.#made = this.#render();
      this.#madeAt = revision;
    }
    return this.#made;
  }

  /** The bytes that are written in place of what it renders to; undefined where it is written anew. */
  get text(): string | undefined {
    return this.#props.verbatim?.text;
  }

  /** Whether a raw patch changes what was declared. */
  get isPatched(): boolean {
    return this.#merges.length > 0 || this.#patches.length > 0;
  }

  /**
   * A patch that does not fit, what of its identity a patch has changed, since it would be another object, and which
   * declared connections it cuts.
   */
  patchFaults(): readonly DeclarationFault[] {
    if (!this.isPatched) return [];
    if (this.#props.verbatim !== undefined)
      return [
        {
          rule: 'patch-valid',
          property: `patch of ${this.kind}`,
          message: 'the object is written as it stands in its file, and a patch would change it',
          remedy: 'change the file, with the tool that encrypts it',
        },
      ];
    const before = this.#declared();
    let after: KubernetesObject;
    try {
      after = this.rendered();
    } catch (error) {
      return [
        {
          rule: 'patch-valid',
          property: `patch of ${this.kind}`,
          message: `the patch does not fit the object: ${messageOf(error)}`,
          remedy: 'correct its path and operation, or use patch(kind, …), which merges',
        },
      ];
    }
    const changed = identityOfPatched
      .filter(([, read]) => JSON.stringify(read(before)) !== JSON.stringify(read(after)))
      .map(([property, read]) => ({
        rule: 'patch-valid' as const,
        property: `patch of ${this.kind} (${property})`,
        value: read(after),
        message: `the patch changes ${property}: it would be another object`,
        remedy: 'set name and selector through their props, and leave the rest of the identity alone',
      }));
    return [...changed, ...secretFaults(before, after), ...cutFaults(before, after)];
  }

  #declared(): KubernetesObject {
    if (this.#props.verbatim !== undefined) return this.#props.body() as KubernetesObject;
    return { apiVersion: this.apiVersion, kind: this.kind, metadata: this.#metadata(), ...this.#props.body() };
  }

  #render(): KubernetesObject {
    let object = this.#declared();
    if (this.#props.verbatim !== undefined) return object;
    for (const patch of this.#merges) object = mergePatch(object, patch);
    // cdk8s' JSON patch works in place: on a copy, since parts of the object may be shared with its construct.
    return this.#patches.length === 0 ? object : JsonPatch.apply(clonePlain(object), ...this.#patches);
  }

  /** The metadata, straight from cdk8s' fields where they are plain, else by cdk8s' own rendering. */
  #metadata(): ObjectMeta {
    const inside = this.metadata as unknown as Partial<MetadataInternals>;
    const plain =
      inside.labels !== undefined &&
      inside.annotations !== undefined &&
      inside.finalizers?.length === 0 &&
      inside.ownerReferences?.length === 0 &&
      inside._additionalAttributes !== undefined &&
      hasOnly(inside._additionalAttributes, plainAttributes) &&
      isPlainMap(inside.labels) &&
      isPlainMap(inside.annotations);
    if (!plain) {
      const { namespace, ...rest } = this.metadata.toJson() as ObjectMeta;
      return this.#props.namespaced !== false && namespace !== undefined ? { namespace, ...rest } : rest;
    }
    const { labels, annotations } = inside as MetadataInternals;
    const namespace = this.#props.namespaced !== false ? this.metadata.namespace : undefined;
    return {
      name: this.name,
      ...(namespace !== undefined && { namespace }),
      ...(!isEmpty(labels) && { labels }),
      ...(!isEmpty(annotations) && { annotations }),
    };
  }
}

/**
 * Merges a raw patch into one of the objects that a construct has made.
 * @param name which of them, where there are several of the kind
 */
export function patchObject(owner: Construct, kind: string, patch: Patch<KubernetesObject>, name?: string): void {
  const objects = owner.node.children.filter(ManifestObject.is);
  const found = objects.filter((object) => object.kind === kind && (name === undefined || object.name === name));
  // What ends on a day is beside the one that is always there, which a kind alone means: whether there is any is the doing of others, too.
  const [object] = found.length === 1 ? found : found.filter(({ node }) => name === undefined && node.id === kind);
  if (object) {
    object.merge(patch);
    return;
  }
  const what = name === undefined ? `'${kind}'` : `'${kind}', …, '${name}'`;
  const has = objects.map((candidate) => `${candidate.kind} ${candidate.name}`).join(', ');
  const why = found.length > 1 ? 'it has several: name one of them' : 'it has no such object';
  throw new Error(`${owner.node.path}: patch(${what}): ${why}. It has: ${has}`);
}

/** What a patch changes of which secrets are read, from where, and as whom: whoever grants the rights reads the declaration. */
function secretFaults(before: KubernetesObject, after: KubernetesObject): readonly DeclarationFault[] {
  const [told, patched] = [toldOfSecrets(before), toldOfSecrets(after)];
  return [...new Set([...told.keys(), ...patched.keys()])]
    .filter((property) => JSON.stringify(told.get(property)) !== JSON.stringify(patched.get(property)))
    .map((property) => ({
      rule: 'patch-valid',
      property: `patch of ${before.kind} (${property})`,
      message: `the patch changes ${property}: which secrets are read, from where or as whom, is what VaultAccess and CloudAccess grant`,
      remedy: 'declare it by the secrets of the workload, and by vault and cloudSecrets of the app',
    }));
}

/** The connections of a network policy that a patch cuts. */
function cutFaults(before: KubernetesObject, after: KubernetesObject): readonly DeclarationFault[] {
  try {
    return lostConnections(before, after).map(({ direction, peer, ports }) => ({
      rule: 'connection-cut',
      property: `patch of ${before.kind} (spec.${direction})`,
      message: `the patch cuts a connection that is declared: ${direction} ${direction === 'ingress' ? 'from' : 'to'} ${peer} on ${ports}`,
      remedy: 'leave that opening in the patch, or take back its declaration (connectTo, exposeTo, egressTo)',
    }));
  } catch {
    // Of a policy that cannot be read the rules say so.
    return none;
  }
}

function hasOnly(map: Readonly<Record<string, unknown>>, known: ReadonlySet<string>): boolean {
  for (const key in map) if (!known.has(key)) return false;
  return true;
}

function isPlainMap(map: Readonly<Record<string, unknown>>): boolean {
  for (const key in map) if (typeof map[key] !== 'string') return false;
  return true;
}

function isEmpty(map: Readonly<Record<string, string>>): boolean {
  for (const _ in map) return false;
  return true;
}
