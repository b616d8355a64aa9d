import { apiGroup } from './identity';
import type { KubernetesObject, ObjectMeta } from './object';
import { formatPath, type Path } from './path';
import { isMapping } from './plain';
import type { Container, PodSpec } from './pod';

/** The pods that an object makes, or is. */
export interface PodTemplate {
  /** Where the template is in its object; empty for a Pod. */
  readonly path: Path;
  /** Metadata of the pods; empty if the template has none. */
  readonly metadata: ObjectMeta;
  readonly spec: PodSpec;
}

/** A kind whose objects hold a pod template. */
export interface PodTemplateKind {
  /** API group; the empty string is the core group. */
  readonly group: string;
  readonly kind: string;
  /** Where the template (`metadata` and `spec`) is; empty if the object itself is the pod. */
  readonly path: Path;
}

const TEMPLATE: Path = ['spec', 'template'];

const BUILT_IN: readonly PodTemplateKind[] = [
  { group: '', kind: 'Pod', path: [] },
  { group: '', kind: 'PodTemplate', path: ['template'] },
  { group: '', kind: 'ReplicationController', path: TEMPLATE },
  { group: 'apps', kind: 'Deployment', path: TEMPLATE },
  { group: 'apps', kind: 'StatefulSet', path: TEMPLATE },
  { group: 'apps', kind: 'DaemonSet', path: TEMPLATE },
  { group: 'apps', kind: 'ReplicaSet', path: TEMPLATE },
  { group: 'batch', kind: 'Job', path: TEMPLATE },
  { group: 'batch', kind: 'CronJob', path: ['spec', 'jobTemplate', ...TEMPLATE] },
];

/** What is wrong with a path that is declared for a kind of Kubernetes' own: such a kind has its own, and no other. */
export function ownPathFault({ group, kind, path }: PodTemplateKind): string | undefined {
  const own = BUILT_IN.find((each) => each.group === group && each.kind === kind);
  if (own === undefined || formatPath(own.path) === formatPath(path)) return undefined;
  const place = own.path.length === 0 ? 'is a pod itself' : `holds its pod template at ${formatPath(own.path)}`;
  return `${kind} is a kind of Kubernetes' own, which ${place}: leave it out`;
}

/** Which kinds hold a pod template, and where. Immutable: {@link PodTemplateKinds.with} returns another registry. */
export class PodTemplateKinds {
  /** Kubernetes' own kinds. A kind of the same name in another API group is not one of them. */
  static readonly builtIn = BUILT_IN.reduce((kinds, entry) => kinds.with(entry), new PodTemplateKinds(new Map()));

  /** @param paths by kind, then by group: most objects are of no such kind, and one look says so */
  private constructor(private readonly paths: ReadonlyMap<string, ReadonlyMap<string, Path>>) {}

  /**
   * This registry and a custom kind, in all its versions.
   *
   * @throws RangeError for a kind of Kubernetes' own at another path than its own: its pods would be judged by no rule
   * @example PodTemplateKinds.builtIn.with({ group: 'argoproj.io', kind: 'Rollout', path: ['spec', 'template'] })
   */
  with({ group, kind, path }: PodTemplateKind): PodTemplateKinds {
    const fault = ownPathFault({ group, kind, path });
    if (fault !== undefined) throw new RangeError(fault);
    const groups = new Map(this.paths.get(kind)).set(group, [...path]);
    return new PodTemplateKinds(new Map(this.paths).set(kind, groups));
  }

  /** Every kind that is registered. */
  all(): readonly PodTemplateKind[] {
    return [...this.paths].flatMap(([kind, groups]) => [...groups].map(([group, path]) => ({ group, kind, path })));
  }

  /** Where objects of this kind hold their pod template, if they do. */
  pathOf(object: Pick<KubernetesObject, 'apiVersion' | 'kind'>): Path | undefined {
    return this.paths.get(object.kind)?.get(apiGroup(object.apiVersion));
  }
}

/**
 * The pod template of an object.
 *
 * @returns undefined for a kind that has none, and for an object that leaves its own out
 */
export function podTemplateOf(object: KubernetesObject, kinds = PodTemplateKinds.builtIn): PodTemplate | undefined {
  const path = kinds.pathOf(object);
  if (path === undefined) return undefined;
  let node: unknown = object;
  // By index: every check asks every object for its pod, and an iterator costs an object a step.
  for (let i = 0; i < path.length; i++) node = at(node, path[i] as Path[number]);
  if (!isMapping(node) || !isMapping(node.spec)) return undefined;
  const metadata: ObjectMeta = isMapping(node.metadata) ? node.metadata : {};
  return { path, metadata, spec: node.spec as unknown as PodSpec };
}

function at(node: unknown, step: Path[number]): unknown {
  return isMapping(node) || Array.isArray(node) ? Reflect.get(node, step) : undefined;
}

/**
 * A copy of the object that holds this template in place of its own; the object itself stays as it is. Everything
 * outside the template is shared between the two.
 *
 * @throws TypeError if the object has nothing where the template's path leads
 */
export function withPodTemplate<T extends KubernetesObject>(object: T, template: PodTemplate): T {
  const put = (node: unknown, depth: number): unknown => {
    const step = template.path[depth];
    if (Array.isArray(node) && typeof step === 'number' && step in node)
      return node.with(step, put(node[step], depth + 1));
    if (!isMapping(node)) throw missing(object, template.path.slice(0, depth));
    if (step !== undefined) return { ...node, [step]: put(node[step], depth + 1) };
    const { metadata, spec } = template;
    const bare = node.metadata === undefined && Object.keys(metadata).length === 0;
    return bare ? { ...node, spec } : { ...node, metadata, spec };
  };
  return put(object, 0) as T;
}

function missing(object: KubernetesObject, path: Path): TypeError {
  return new TypeError(
    `${object.kind} ${object.metadata?.name ?? ''} has no mapping at ${formatPath(path)}: ` +
      'replace a pod template only in the object that podTemplateOf() found it in',
  );
}

/** Role of a container in its pod. A sidecar is an init container that keeps running (`restartPolicy: Always`). */
export type ContainerRole = (typeof containerRoles)[number];

/** Every role. */
export const containerRoles = ['init', 'sidecar', 'container', 'ephemeral'] as const;

/** A container of a pod, what it is there for, and where it is in the pod's spec. */
export interface PodContainer {
  readonly role: ContainerRole;
  readonly container: Container;
  readonly path: Path;
}

/**
 * Every container of a pod: init containers and sidecars, then the others, then ephemeral ones, each in its order. What is
 * not a list, or not a container, is passed over: the spec may be anyone's YAML.
 */
export function containersOf(spec: PodSpec): readonly PodContainer[] {
  const found: PodContainer[] = [];
  addContainers(found, 'initContainers', spec.initContainers);
  addContainers(found, 'containers', spec.containers);
  addContainers(found, 'ephemeralContainers', spec.ephemeralContainers);
  return found;
}

const ROLES = {
  initContainers: ({ restartPolicy }) => (restartPolicy === 'Always' ? 'sidecar' : 'init'),
  containers: () => 'container',
  ephemeralContainers: () => 'ephemeral',
} satisfies Record<string, (container: Readonly<Record<string, unknown>>) => ContainerRole>;

function addContainers(found: PodContainer[], field: keyof typeof ROLES, list: unknown): void {
  if (!Array.isArray(list)) return;
  // By index: every check of a pod asks for its containers, and an iterator costs an object a step.
  for (let index = 0; index < list.length; index++) {
    const container: unknown = list[index];
    if (!isMapping(container)) continue;
    found.push({ role: ROLES[field](container), container: container as unknown as Container, path: [field, index] });
  }
}
