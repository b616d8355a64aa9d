import { apiKinds } from '../cluster/api-kinds';
import { nearest } from '../nearest';

/** Resources that no object is of: what impersonation and signing are asked for. */
const virtual: readonly (readonly [string, string])[] = [
  ['users', ''],
  ['groups', ''],
  ['uids', 'authentication.k8s.io'],
  ['signers', 'certificates.k8s.io'],
];

/** What the API server and the kubelet have below resources, besides a status (a test compares it with what API servers serve). */
const subresources: Readonly<Record<string, readonly string[]>> = {
  pods: ['attach', 'binding', 'ephemeralcontainers', 'eviction', 'exec', 'log', 'portforward', 'proxy', 'resize'],
  // The kubelet asks about these: kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz.
  nodes: ['checkpoint', 'configz', 'healthz', 'log', 'metrics', 'pods', 'proxy', 'spec', 'stats'],
  services: ['proxy'],
  serviceaccounts: ['token'],
  namespaces: ['finalize'],
  deployments: ['scale'],
  replicasets: ['scale'],
  replicationcontrollers: ['scale'],
  statefulsets: ['scale'],
  certificatesigningrequests: ['approval'],
};

/** What there is below a resource of Kubernetes' own: `log` of `pods`; every one may have a `status`. */
export function subresourcesOf(resource: string): readonly string[] {
  return [...(subresources[resource] ?? []), 'status'];
}

/** Where two groups have a resource of one name, the one that is meant. */
const preferred: ReadonlyMap<string, string> = new Map([['events', '']]);

let known: ReadonlyMap<string, readonly string[]> | undefined;

/** The groups that have a resource of Kubernetes' own, by its name in the plural. */
function groupsByResource(): ReadonlyMap<string, readonly string[]> {
  if (known !== undefined) return known;
  const found = new Map<string, string[]>();
  const add = (resource: string, group: string): void => {
    found.set(resource, [...(found.get(resource) ?? []), group]);
  };
  for (const [group, kinds] of Object.entries(apiKinds))
    for (const [kind, { versions }] of Object.entries(kinds))
      if (Object.keys(versions).length > 0) add(pluralOf(kind), group);
  for (const [resource, group] of virtual) add(resource, group);
  known = found;
  return found;
}

/** The name of a kind of Kubernetes' own in the plural, as roles and paths have it: `networkpolicies`. */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (name.endsWith('endpoints')) return name;
  if (/(s|x|ch|sh)$/.test(name)) return `${name}es`;
  return /[^aeiou]y$/.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}

/** A resource with its group. */
export interface NamedResource {
  readonly group: string;
  /** With its subresource. */
  readonly resource: string;
}

/**
 * The resource that a text names: `pods`, `pods/exec`, `deployments.apps/scale`; without a group, one of Kubernetes' own.
 * @returns undefined where Kubernetes has none of the name, or nothing of that name below it
 */
export function resourceNamed(text: string): NamedResource | undefined {
  const slash = text.indexOf('/');
  const whole = slash === -1 ? text : text.slice(0, slash);
  const below = slash === -1 ? '' : text.slice(slash);
  const dot = whole.indexOf('.');
  const resource = dot === -1 ? whole : whole.slice(0, dot);
  if (resource === '*') return { group: dot === -1 ? '' : whole.slice(dot + 1), resource: resource + below };
  const groups = groupsByResource().get(resource);
  const group = dot === -1 ? (preferred.get(resource) ?? groups?.[0]) : whole.slice(dot + 1);
  if (group === undefined) return undefined;
  const isOwn = groups?.includes(group) === true;
  if (isOwn && below !== '' && below !== '/*' && !subresourcesOf(resource).includes(below.slice(1))) return undefined;
  return { group, resource: resource + below };
}

/** Whether a resource of Kubernetes' own is in no namespace. */
export function isClusterScoped({ group, resource }: NamedResource): boolean {
  const [whole = ''] = resource.split('/');
  if (virtual.some(([name, ofGroup]) => name === whole && ofGroup === group)) return true;
  const kinds = Object.hasOwn(apiKinds, group) ? Object.entries(apiKinds[group] ?? {}) : [];
  return kinds.some(
    ([kind, { scope, versions }]) =>
      scope === 'Cluster' && Object.keys(versions).length > 0 && pluralOf(kind) === whole,
  );
}

/** What is wrong with a text that {@link resourceNamed} knows nothing for, and what is meant. */
export function resourceFault(text: unknown): { readonly message: string; readonly remedy: string } {
  const [whole = '', below] = String(text).split('/');
  const [resource = ''] = whole.split('.');
  if (typeof text === 'string' && below !== undefined && resourceNamed(whole) !== undefined) {
    const meant = nearest(below, subresourcesOf(resource)) ?? subresourcesOf(resource).join(', ');
    return { message: `${whole} have nothing called ${below} below them`, remedy: `did you mean ${meant}?` };
  }
  const meant = nearest(whole, knownResources());
  const hint = meant === undefined ? "write it in the plural, such as 'pods'" : `write '${meant}'`;
  return {
    message: 'Kubernetes has no resource of this name',
    remedy: `${hint}; a custom resource has its group: 'widgets.example.com'`,
  };
}

/** Every resource of Kubernetes' own. */
export function knownResources(): readonly string[] {
  return [...groupsByResource().keys()];
}
