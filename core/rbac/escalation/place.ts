import type { ImpersonationMode } from '../impersonation';
import { formatSubject, type Subject, subjectKey } from '../subject';

/** What somebody can come to be, or to hold. */
export type Place =
  | { readonly kind: 'subject'; readonly subject: Subject }
  /** The rights of a role, by a binding of one's own making. */
  | { readonly kind: 'role'; readonly role: string; readonly isCluster: boolean; readonly namespace?: string }
  | ActingPlace
  /** Everything, everywhere. */
  | { readonly kind: 'cluster-admin' }
  /** Root on nodes, and with it everything that runs there. */
  | { readonly kind: 'nodes' };

/** What somebody is allowed, as far as somebody else may do it on their behalf. */
export interface ActingPlace {
  readonly kind: 'acting';
  readonly mode: ImpersonationMode;
  readonly as: Subject;
  /** Who acts. */
  readonly by: Place;
}

export const clusterAdmin: Place = { kind: 'cluster-admin' };
export const nodes: Place = { kind: 'nodes' };

const keys: { readonly [K in Place['kind']]: (place: Extract<Place, { readonly kind: K }>) => string } = {
  subject: ({ subject }) => subjectKey(subject),
  role: ({ role, isCluster, namespace = '' }) => `r ${isCluster} ${namespace} ${role}`,
  acting: ({ mode, as, by }) => `a ${mode} ${subjectKey(as)} ${placeKey(by)}`,
  'cluster-admin': () => 'cluster-admin',
  nodes: () => 'nodes',
};

const texts: { readonly [K in Place['kind']]: (place: Extract<Place, { readonly kind: K }>) => string } = {
  subject: ({ subject }) => formatSubject(subject),
  role: ({ role, isCluster, namespace }) =>
    `${isCluster ? 'ClusterRole' : 'Role'} ${role}${namespace === undefined ? '' : ` in ${namespace}`}`,
  acting: ({ as }) => `acting as ${formatSubject(as)}`,
  'cluster-admin': () => 'cluster-admin',
  nodes: () => 'root on nodes',
};

/** Equal for the same place. */
export function placeKey(place: Place): string {
  return (keys[place.kind] as (place: Place) => string)(place);
}

/** `ServiceAccount shop/job`, `ClusterRole admin in shop`, `acting as User jane`, `cluster-admin`, `root on nodes`. */
export function formatPlace(place: Place): string {
  return (texts[place.kind] as (place: Place) => string)(place);
}
