import { groupBy } from '../../core/group-by';
import { formatIdentity, identityKey } from '../../core/manifest/identity';
import { plural } from '../../core/report/check-report';
import { visible } from '../../core/report/visible';
import type { SecretName, SecretReading, SecretReadings, UnreadSecret } from '../../core/secrets/readings';
import { formatTable } from '../table';

/** What a list is cut up by. */
export type ListedBy = 'workload' | 'secret';

/** The readings of one reader, or of one secret. */
interface Group {
  readonly title: string;
  readonly json: object;
  readonly readings: readonly SecretReading[];
}

const groupings: Readonly<Record<ListedBy, (readings: readonly SecretReading[]) => readonly Group[]>> = {
  workload: (all) =>
    [...groupBy(all, ({ reader }) => identityKey(reader)).values()].flatMap((readings) => {
      const [first] = readings;
      if (first === undefined) return [];
      const listed = readings.map(({ reader: _, ...rest }) => rest);
      return [{ title: formatIdentity(first.reader), json: { ...first.reader, readings: listed }, readings }];
    }),
  secret: (all) =>
    [...groupBy(all, ({ secret }) => secretTitle(secret))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([title, readings]) => {
        const [first] = readings;
        if (first === undefined) return [];
        const listed = readings.map(({ secret: _, ...rest }) => rest);
        return [{ title, json: { ...first.secret, readings: listed }, readings }];
      }),
};

/** The list as plain data. */
export function listingOf({ readings, unread }: SecretReadings, by: ListedBy): object {
  const groups = groupings[by](readings).map(({ json }) => json);
  return { by, ...(by === 'workload' ? { workloads: groups } : { secrets: groups }), unread };
}

type Column = readonly [head: string, cell: (reading: SecretReading) => string];

const columns: readonly Column[] = [
  ['KEY', ({ key = '*' }) => key],
  ['CONTAINER', ({ container }) => (container === undefined ? '-' : `${container.name} (${container.role})`)],
  ['AS', ({ as = '-' }) => as],
  ['BY', ({ way, through }) => [way, ...[...through].reverse()].join(' < ')],
  ['ROLE', ({ role = '-' }) => role],
];

const firstColumns: Readonly<Record<ListedBy, Column>> = {
  workload: ['SECRET', ({ secret }) => secretTitle(secret)],
  secret: ['READER', ({ reader }) => formatIdentity(reader)],
};

/** The list as text, for people. */
export function formatListing({ readings, unread }: SecretReadings, by: ListedBy): string {
  const parts = groupings[by](readings).map(
    ({ title, readings: ofGroup }) => `${visible(title)}\n${tableOf([firstColumns[by], ...columns], ofGroup)}`,
  );
  if (unread.length > 0) parts.push(`Read by nobody here\n${formatTable(unread.map(unreadRow))}`);
  const flags = (['wildcard', 'unknown'] as const).map(
    (kind) => [kind, [...readings, ...unread].filter(({ flag }) => flag?.kind === kind).length] as const,
  );
  const readers = plural(new Set(readings.map(({ reader }) => identityKey(reader))).size, 'reader');
  const secrets = plural(new Set(readings.map(({ secret }) => secretTitle(secret))).size, 'secret');
  const flagged = flags.filter(([, count]) => count > 0).map(([kind, count]) => `; ${kind}: ${count}`);
  return `${parts.map((part) => `${part}\n`).join('')}${readers} of ${secrets}${flagged.join('')}\n`;
}

function tableOf(shown: readonly Column[], readings: readonly SecretReading[]): string {
  // A column that says nothing of any of them is left out; the note stands last, and has no end to be aligned to.
  const noted: readonly Column[] = [...shown, ['NOTE', ({ flag }) => noteOf(flag)]];
  const kept = noted.filter(
    ([head, cell]) => !['ROLE', 'NOTE'].includes(head) || readings.some((one) => !/^-?$/.test(cell(one))),
  );
  return formatTable([
    kept.map(([head]) => head),
    ...readings.map((reading) => kept.map(([, cell]) => visible(cell(reading)))),
  ]);
}

function unreadRow({ secret, key = '*', through, flag }: UnreadSecret): readonly string[] {
  return [secretTitle(secret), key, [...through].reverse().join(' < '), noteOf(flag)].map(visible);
}

function noteOf(flag: SecretReading['flag']): string {
  return flag === undefined ? '' : `${flag.kind}: ${flag.message}`;
}

function secretTitle({ store, name }: SecretName): string {
  return `${store} ${name}`;
}
