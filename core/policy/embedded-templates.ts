import { apiKinds } from '../cluster/api-kinds';
import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath, type Path } from '../manifest/path';
import { type PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { Finding } from './finding';

/** How deep a custom kind is searched: a template stands near its top, and an object may be made to be deep. */
const DEEPEST = 10;

/** Whether the kind is one of Kubernetes' own, of any version. */
export function isOwnKind({ apiVersion, kind }: Pick<KubernetesObject, 'apiVersion' | 'kind'>): boolean {
  const group = apiKinds[apiGroup(apiVersion)];
  return group !== undefined && Object.hasOwn(group, kind);
}

/**
 * By which kinds an object is to be judged: once for each pod template that stands in it. One of a custom kind may hold several, and each
 * is judged as if it were the only one: the declared one, and whatever else is found, so that a path with a typing error hides none.
 *
 * @param kinds - those that are declared
 * @returns never empty
 */
export function kindsToJudgeBy(object: KubernetesObject, kinds: PodTemplateKinds): readonly PodTemplateKinds[] {
  if (isOwnKind(object)) return [kinds];
  const group = apiGroup(object.apiVersion);
  const declared = podTemplateOf(object, kinds)?.path;
  const others = embeddedTemplates(object)
    .filter((path) => declared === undefined || formatPath(path) !== formatPath(declared))
    .map((path) => kinds.with({ group, kind: object.kind, path }));
  return declared === undefined && others.length > 0 ? others : [kinds, ...others];
}

/** What is found in each pod template of an object. What is the same in all of them, such as its name, is found once. */
export function judgeEach(
  kinds: readonly PodTemplateKinds[],
  judge: (kinds: PodTemplateKinds) => readonly Finding[],
): readonly Finding[] {
  const [first] = kinds;
  if (first !== undefined && kinds.length === 1) return judge(first);
  const each = new Map<string, Finding>();
  for (const one of kinds)
    for (const finding of judge(one)) each.set(`${finding.rule} ${finding.property} ${finding.message}`, finding);
  return [...each.values()];
}

/**
 * Where an object of an unknown kind holds pod templates: every mapping below its root with a `spec` whose `containers` are a list of
 * mappings that name an image. The root itself is none: other kinds list containers there and mean something else.
 */
function embeddedTemplates(object: KubernetesObject): readonly Path[] {
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
