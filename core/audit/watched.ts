import { type RequestSet, requestSets } from './reach';
import { powerRules } from './recommended';

/** A request that no policy may leave out, and what to call it. */
export interface WatchedSet {
  readonly what: string;
  readonly set: RequestSet;
}

/** What lets somebody into a container, gives power, or hands out secrets: whoever does it, it is logged. CIS 1.12 3.2.2. */
export const watchedSets: readonly WatchedSet[] = [
  { what: 'who has Secrets', set: { kind: 'resource', group: '', pattern: 'secrets' } },
  {
    what: 'who gets tokens of ServiceAccounts',
    set: { kind: 'resource', group: '', pattern: 'serviceaccounts/token' },
  },
  ...powerRules.flatMap(requestSets).map((set) => ({ what: nameOf(set), set })),
];

function nameOf({ group = '', pattern, verbs }: RequestSet): string {
  return verbs === undefined ? `${pattern}` : `changes to ${pattern ?? group}`;
}
