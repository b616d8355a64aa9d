import { apiGroup } from '../manifest/identity';
import type { KubernetesObject } from '../manifest/object';
import { isMapping } from '../manifest/plain';
import { rbacGroup } from './read';

/** The annotation of a binding with the moment at which it ends, in UTC: `2026-11-22T18:00:00Z`. */
export const expiresAnnotation = 'access.kube-bulwark.dev/expires';

/** The annotation of a binding with the reason why there is one. */
export const reasonAnnotation = 'access.kube-bulwark.dev/reason';

/** How the names of roles begin that nobody may be bound to without an end. */
export const breakGlassPrefix = 'break-glass-';

/** Hours for which a binding to such a role may hold. */
export const longestBreakGlass = 24;

/**
 * All of it is written out and the zone is Z, so that CEL, Date and people read the same. It is a whole minute, as a CronJob knows no other: the minute of
 * a later second has begun before.
 */
export const momentPattern = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:00Z$';

/** What is wrong with the end of a binding. */
export interface ExpiryFault {
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
  /** Whether there was an end, and it has come. */
  readonly isOver: boolean;
}

/** Whether a text is a minute of the calendar, as `YYYY-MM-DDThh:mm:00Z`. */
export function isMoment(text: unknown): text is string {
  if (typeof text !== 'string' || !new RegExp(momentPattern).test(text)) return false;
  const moment = new Date(text);
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === text.replace('Z', '.000Z');
}

/** What is wrong with a moment at which a binding is to end, on a day; the day itself has not ended. */
export function expiryFault(expires: unknown, today: string): ExpiryFault | undefined {
  const fault = (message: string, remedy: string, isOver = false): ExpiryFault => ({
    ...(expires !== undefined && { value: expires }),
    message,
    remedy,
    isOver,
  });
  const example = `${today}T18:00:00Z`;
  if (expires === undefined) return fault('nothing says when it ends', `say when, in UTC: '${example}'`);
  if (!isMoment(expires)) return fault('this is no moment', `write a whole minute, in UTC: '${example}'`);
  if (expires.slice(0, 10) < today)
    return fault(`it ended at ${expires}`, 'take it out, and judge a new one anew', true);
  const latest = Date.parse(`${today}T00:00:00Z`) + (24 + longestBreakGlass) * 3_600_000;
  if (Date.parse(expires) <= latest) return undefined;
  return fault(
    `it ends more than ${longestBreakGlass} hours from now`,
    `set an end within ${longestBreakGlass} hours; what is needed for longer is no emergency: grant it by a Group`,
  );
}

/** What is wrong with the end of a binding among manifests; undefined for what is none, and for one that needs no end. */
export function bindingExpiryFault(
  { apiVersion, kind, metadata, roleRef }: KubernetesObject,
  today: string,
): ExpiryFault | undefined {
  if ((kind !== 'RoleBinding' && kind !== 'ClusterRoleBinding') || apiGroup(apiVersion) !== rbacGroup) return undefined;
  const annotations: Readonly<Record<string, unknown>> = isMapping(metadata?.annotations) ? metadata.annotations : {};
  const role = isMapping(roleRef) ? String(roleRef.name) : '';
  const expires = annotations[expiresAnnotation];
  if (expires === undefined && !role.startsWith(breakGlassPrefix)) return undefined;
  return expiryFault(expires, today);
}
