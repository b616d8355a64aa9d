import type { ApiObject } from './control-plane';

/** All of an object but what controllers write at any time: its status, and that they did. */
export function stateOf(object: ApiObject): unknown {
  const { status: _, metadata, ...rest } = object as ApiObject & { readonly status?: unknown };
  const {
    resourceVersion: _version,
    managedFields = [],
    ...own
  } = metadata as typeof metadata & { readonly managedFields?: readonly { readonly subresource?: string }[] };
  return { ...rest, metadata: own, managedFields: managedFields.filter(({ subresource }) => subresource !== 'status') };
}
