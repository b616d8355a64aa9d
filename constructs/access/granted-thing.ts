import type { IConstruct } from 'constructs';
import { apiKinds } from '../../core/cluster/api-kinds';
import { apiGroup } from '../../core/manifest';
import { pluralOf } from '../../core/rbac/resources';
import { ManifestObject } from '../app/manifest-object';
import { tryRenderedObject } from '../app/rendering';
import type { SecureWorkload } from '../workload/workload';
import type { NamedObject, NamedWorkload } from './verbs';

/** Whose values nobody reads through the API. */
const withheld: ReadonlySet<string> = new Set(['Secret']);

/** A workload as roles can name it. @param everyPod stands for its pods where they have names of chance */
export function namedWorkload(workload: SecureWorkload, everyPod: boolean): NamedWorkload {
  const objects = objectsOf(workload).filter(({ kind }) => !withheld.has(kind));
  return {
    self: nameOf(workload),
    objects: objects.filter(isKnown).map(nameOf),
    pods: podNames(workload) ?? (everyPod ? undefined : []),
  };
}

/**
 * The names of its pods: of a StatefulSet, as many as it may come to have. Those of other kinds have a name of chance.
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-network-id
 */
export function podNames(workload: SecureWorkload): readonly string[] | undefined {
  if (workload.kind !== 'StatefulSet') return undefined;
  const specOf = (kind: string) => {
    const found = objectsOf(workload).find((object) => object.kind === kind);
    return found && (tryRenderedObject(found)?.spec as Counts | undefined);
  };
  const own = specOf('StatefulSet');
  const count = own?.replicas ?? specOf('HorizontalPodAutoscaler')?.maxReplicas;
  if (count === undefined || !Number.isSafeInteger(count) || count < 0 || count > mostNames) return undefined;
  const first = own?.ordinals?.start ?? 0;
  return Array.from({ length: count }, (_, i) => `${workload.name}-${first + i}`);
}

/** More names than that are for nobody to read. */
const mostNames = 1000;

interface Counts {
  readonly replicas?: number;
  readonly maxReplicas?: number;
  readonly ordinals?: { readonly start?: number };
}

function objectsOf(workload: SecureWorkload): readonly ManifestObject[] {
  return (workload.node.children as readonly IConstruct[]).filter(ManifestObject.is);
}

/** Only the resource of a kind of Kubernetes' own is known by its kind. */
function isKnown({ apiVersion, kind }: ManifestObject): boolean {
  return Object.hasOwn(apiKinds[apiGroup(apiVersion)] ?? {}, kind);
}

function nameOf({ apiVersion, kind, name }: Pick<ManifestObject, 'apiVersion' | 'kind' | 'name'>): NamedObject {
  return { group: apiGroup(apiVersion), resource: pluralOf(kind), name };
}
