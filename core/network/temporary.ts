import { daysBetween, isDay } from '../calendar';
import type { KubernetesObject } from '../manifest/object';
import { isReason } from '../reason';

/** When an opening ends, and why there is one until then. */
export interface Temporary {
  /** The last day on which it is open, as `YYYY-MM-DD`: within a year. */
  readonly expires: string;
  /** Why it is open until then, for whoever finds the policy: at least 10 letters and digits. */
  readonly reason: string;
}

/** The annotation of an opening with the last day on which it may be there: `2026-12-31`. */
export const openUntilAnnotation = 'network.kube-bulwark.dev/expires';

/** The annotation of an opening with the reason why there is one until then. */
export const openReasonAnnotation = 'network.kube-bulwark.dev/reason';

/** Days for which an opening can be temporary. What lasts longer is no exception from how things are. */
const longest = 366;

/** What is wrong with the end of an opening. */
export interface EndFault {
  readonly key: keyof Temporary;
  readonly value: unknown;
  readonly message: string;
  readonly remedy: string;
  /** Whether there was an end, and it has come. */
  readonly isOver: boolean;
}

/** What is wrong with the last day and the reason of an opening, on a day. */
export function temporaryFaults(
  { expires, reason }: { readonly [Key in keyof Temporary]?: unknown },
  today: string,
): readonly EndFault[] {
  const noReason: EndFault = {
    key: 'reason',
    value: reason,
    message: 'it has no reason that anybody could judge',
    remedy: 'say in a sentence why it has to be open until then',
    isOver: false,
  };
  const end = endFault(expires, today);
  return [...(end ? [end] : []), ...(isReason(reason) ? [] : [noReason])];
}

/** Whether what is there until a day is so at least as long as something else. Without a day it is for good. */
export function lastsAsLong(until: string | undefined, other: string | undefined): boolean {
  return until === undefined || (other !== undefined && until >= other);
}

/** What opens something: network policies of any plugin, policies of a mesh, and what requests are routed by. */
const opens = /(?:NetworkPolicy|AuthorizationPolicy|HTTPRoute|GRPCRoute|Ingress)$/;

/** What is wrong with the end of an opening among manifests; undefined for what is none, and for one that says no end. */
export function openingEndFault({ kind, metadata }: KubernetesObject, today: string): EndFault | undefined {
  const expires = metadata?.annotations?.[openUntilAnnotation];
  return expires !== undefined && opens.test(kind) ? endFault(expires, today) : undefined;
}

function endFault(expires: unknown, today: string): EndFault | undefined {
  const fault = (message: string, remedy: string, isOver = false): EndFault => ({
    key: 'expires',
    value: expires,
    message,
    remedy,
    isOver,
  });
  if (!isDay(expires)) return fault('this is no day', "write the last day on which it is open as '2026-12-31'");
  if (expires < today) return fault(`it ended on ${expires}`, 'take it out, or judge anew why it has to be open', true);
  if (daysBetween(today, expires) <= longest) return undefined;
  return fault('it ends in more than a year', 'set an end within a year, or open it for good: leave the end out');
}
