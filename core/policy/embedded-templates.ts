import { apiKinds } from '../cluster/api-kinds';
import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';

/** How deep a custom kind is searched: a template stands near its top, and an object may be made to be deep. */
const DEEPEST = 10;

/** Whether the kind is one of Kubernetes' own, of any version. */
export function isOwnKind({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>): boolean {
  const group = apiKinds[apiGroup(apiVersion)];
  return group !== undefined && Object.hasOwn(group, kind);
}

/**
 * Where an object of an unknown kind holds pod templates: every mapping below its root with a `spec` whose `containers` are a list of
 * mappings that name an image. The root itself is none: other kinds list containers there and mean something else.
 */
export function embeddedTemplates(object: KubernetesObject): readonly Path[] {
  const found: Path[] = [];
  const search = (node: unknown, path: Path): void => {
    if (typeof node !== 'object' || node === null || path.length > DEEPEST) return;
    if (Array.isArray(node)) {
      node.forEach((item, index) => {
        search(item, [...path, index]);
      });
      return;
    }
    if (path.length > 0 && isPodTemplate(node)) {
      found.push(path);
      return;
    }
    for (const [key, value] of Object.entries(node)) if (key !== 'status') search(value, [...path, key]);
  };
  search(object, []);
  return found;
}

function isPodTemplate(node: object): boolean {
  const { spec } = node as { readonly spec?: unknown };
  if (typeof spec !== 'object' || spec === null) return false;
  const { containers } = spec as { readonly containers?: unknown };
  return Array.isArray(containers) && containers.length > 0 && containers.every(isContainer);
}

function isContainer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && typeof (value as { image?: unknown }).image === 'string';
}
