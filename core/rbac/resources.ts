import { apiKinds } from '../cluster/api-kinds';

/** Resources that no object is of: what impersonation and signing are asked for. */
const virtual: readonly (readonly [string, string])[] = [
  ['users', ''],
  ['groups', ''],
  ['uids', 'authentication.k8s.io'],
  ['signers', 'certificates.k8s.io'],
];

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
 * @returns undefined where Kubernetes has none of the name
 */
export function resourceNamed(text: string): NamedResource | undefined {
  const slash = text.indexOf('/');
  const whole = slash === -1 ? text : text.slice(0, slash);
  const below = slash === -1 ? '' : text.slice(slash);
  const dot = whole.indexOf('.');
  if (dot !== -1) return { group: whole.slice(dot + 1), resource: whole.slice(0, dot) + below };
  if (whole === '*') return { group: '', resource: text };
  const groups = groupsByResource().get(whole);
  const group = preferred.get(whole) ?? groups?.[0];
  return group === undefined ? undefined : { group, resource: text };
}

/** Every resource of Kubernetes' own. */
export function knownResources(): readonly string[] {
  return [...groupsByResource().keys()];
}
