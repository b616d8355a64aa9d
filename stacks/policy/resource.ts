import type { KubernetesObject } from '../../core/manifest/object';
import { isMapping } from '../../core/manifest/plain';

/** Groups of the Kubernetes provider that are its own, and whose resources are no objects. */
const providersOwn: ReadonlySet<string> = new Set(['helm.sh', 'yaml', 'kustomize', 'provider', 'index']);

/** Why a resource is not judged, for Pulumi's list of what a policy does not apply to. */
export interface NoObject {
  readonly reason: string;
}

/** The apiVersion and kind that a type token of the Kubernetes provider stands for: `kubernetes:apps/v1:Deployment`. */
function kindOfToken(type: string): Pick<KubernetesObject, 'apiVersion' | 'kind'> | NoObject {
  const [, group = '', version, kind = ''] = /^kubernetes:([^:/]+)\/([^:/]+):(\w+)$/.exec(type) ?? [];
  if (version === undefined || providersOwn.has(group)) return { reason: `${type} is no Kubernetes object` };
  // A patch holds a part of an object that somebody else made: what it leaves out is not missing.
  if (kind.length > 'Patch'.length && kind.endsWith('Patch')) return { reason: `${type} is a part of an object` };
  return { apiVersion: group === 'core' ? version : `${group}/${version}`, kind };
}

/** The object that a resource of the Kubernetes provider is. Its inputs have the object's own shape. */
export function objectOf(
  type: string,
  inputs: Readonly<Record<string, unknown>>,
): { readonly object: KubernetesObject } | NoObject {
  const named = kindOfToken(type);
  if ('reason' in named) return named;
  const { apiVersion, kind, metadata, ...rest } = inputs;
  return {
    object: {
      apiVersion: typeof apiVersion === 'string' ? apiVersion : named.apiVersion,
      kind: typeof kind === 'string' ? kind : named.kind,
      metadata: isMapping(metadata) ? metadata : {},
      ...rest,
    },
  };
}
