import { masters, type Subject } from './subject';

/** The API group in which the API server asks whether somebody may be impersonated for some requests only. */
export const authenticationGroup = 'authentication.k8s.io';

/**
 * Whom the modes of constrained impersonation are for. Each takes `impersonate:<mode>` on one of these, and `impersonate-on:<mode>:<verb>` on what is
 * then done; who is impersonated must be allowed to do it, too. Kubernetes can have it from 1.35 on, and has it unless told otherwise from 1.36 on.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export const impersonationModes = {
  'user-info': 'users',
  serviceaccount: 'serviceaccounts',
  'arbitrary-node': 'nodes',
  'associated-node': 'nodes',
} as const;

export type ImpersonationMode = keyof typeof impersonationModes;

/** The verb by which a request is made as somebody else: there is no pattern for all of them. */
export function verbOn(mode: ImpersonationMode, verb: string): string {
  return `impersonate-on:${mode}:${verb}`;
}

/** Whether a mode is for being somebody: accounts and nodes have modes of their own, and by none is anybody one of the masters. */
export function isFor(mode: ImpersonationMode, { kind, name }: Subject): boolean {
  if (kind === 'ServiceAccount') return mode === 'serviceaccount';
  return mode === 'user-info' && (kind === 'User' ? !name.startsWith('system:node:') : name !== masters);
}
