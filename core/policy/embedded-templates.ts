import { apiKinds } from '../cluster/api-kinds';
import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { formatPath, type Path } from '../manifest/path';
import { isMapping } from '../manifest/plain';
import type { PodSpec } from '../manifest/pod';
import { containersOf, type PodTemplateKinds, podTemplateOf } from '../manifest/pod-template';
import type { Finding } from './finding';

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

/**
 * What is found in each pod template of an object. What is the same in all of them, such as its name, is found once.
 *
 * @param each by which kinds it is to be judged
 * @param declared those that are declared
 * @param judge judges the object, and the first template in it
 * @param judgeOther judges another template: an object may hold hundreds, and each question about the whole of it is asked once.
 *   @default - as the first
 */
export function judgeEach(
  each: readonly PodTemplateKinds[],
  declared: PodTemplateKinds,
  judge: (kinds: PodTemplateKinds) => readonly Finding[],
  judgeOther = judge,
): readonly Finding[] {
  const [first] = each;
  if (first === declared && each.length === 1) return judge(first);
  const found = new Map<string, Finding>();
  for (const kinds of each)
    for (const finding of kinds === first ? judge(kinds) : judgeOther(kinds))
      if (kinds === declared || !isForOperator(finding))
        found.set(`${finding.rule} ${finding.property} ${finding.message}`, finding);
  return [...found.values()];
}

/** Whether something is missing that an operator may add: the image of a container that it names, a volume that it mounts, a port that a probe names. */
function isForOperator({ rule, property = '', value }: Finding): boolean {
  if (rule === 'image-valid') return value === undefined;
  if (rule === 'probe-port') return true;
  return rule === 'pod-valid' && /\.volume(?:Mounts|Devices)\[\d+\]\.name$/.test(property);
}

/** A node of an object, and what it stands in; the root stands in nothing. */
interface Place {
  readonly node: object;
  readonly step?: string | number;
  readonly above?: Place;
}

/**
 * Where an object of an unknown kind holds pod templates: every mapping below its root whose `spec` lists containers. The root itself is
 * none: other kinds list containers there and mean something else. Where one template is certain, all that look like one are: of two
 * sets of nodes, the second may leave to an operator what the first says.
 */
function embeddedTemplates(object: KubernetesObject): readonly Path[] {
  const found: Path[] = [];
  let isAnyCertain = false;
  const open = new Set<object>();
  // Places to visit rather than calls of calls: an object may be made to be deeper than the stack.
  const ahead: Place[] = [{ node: object }];
  for (let place = ahead.at(-1); place !== undefined; place = ahead.at(-1)) {
    const { node } = place;
    if (open.delete(node)) {
      ahead.pop();
      continue;
    }
    open.add(node);
    const likeness = place.above === undefined ? 'none' : likenessOf(node);
    if (likeness !== 'none') found.push(pathOf(place));
    if (likeness === 'certain') isAnyCertain = true;
    else addBelow(place, open, ahead);
  }
  return isAnyCertain ? found : [];
}

function pathOf(place: Place): Path {
  const path: (string | number)[] = [];
  for (let at = place; at.above !== undefined && at.step !== undefined; at = at.above) path.push(at.step);
  return path.reverse();
}

/** The last first: what is ahead is visited from its end. */
function addBelow(above: Place, open: ReadonlySet<object>, ahead: Place[]): void {
  const { node } = above;
  const keys = Object.keys(node);
  for (let i = keys.length - 1; i >= 0; i--) {
    const key = keys[i] as string;
    const below: unknown = Reflect.get(node, key);
    if (key !== 'status' && isObject(below) && !open.has(below))
      ahead.push({ node: below, step: Array.isArray(node) ? i : key, above });
  }
}

/** Whether a mapping is a pod template: its spec lists containers, and says of them or of the pod what only pods have. */
function likenessOf(node: object): 'none' | 'likely' | 'certain' {
  const { spec } = node as { readonly spec?: unknown };
  if (!isMapping(spec)) return 'none';
  const containers = containersOf(spec as unknown as PodSpec)
    .map(({ container }) => container)
    .filter(({ name, image }) => isValue(name) || isValue(image));
  if (containers.length === 0) return 'none';
  const isCertain = containers.some(({ image, securityContext }) => isValue(image) || isObject(securityContext));
  return isCertain || saysHost(spec) ? 'certain' : 'likely';
}

/** Of the fields of a pod those by which it alone can be insecure, whatever its containers say. */
function saysHost({
  hostNetwork,
  hostPID,
  hostIPC,
  securityContext,
  volumes,
}: Readonly<Record<string, unknown>>): boolean {
  const isHostPath = (volume: unknown): boolean => isMapping(volume) && isObject(volume.hostPath);
  return (
    [hostNetwork, hostPID, hostIPC].includes(true) ||
    isObject(securityContext) ||
    (Array.isArray(volumes) && volumes.some(isHostPath))
  );
}

/** Policies hold patterns of pods, which by their wildcards are no pods. */
function isValue(text: unknown): boolean {
  return typeof text === 'string' && !/[*?]/.test(text);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
