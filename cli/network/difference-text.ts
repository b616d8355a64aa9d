import type { ReachChange } from '../../core/network/reach';
import { plural } from '../../core/report/check-report';
import { visible } from '../../core/report/visible';
import { formatTable } from '../table';

/** What a table of changes is called, and how its sum is written. */
export interface ChangeWords {
  readonly opens: string;
  readonly closes: string;
  readonly nothing: string;
}

/** What a change opens and closes, for people: what it opens comes first. */
export function differenceText(changes: readonly ReachChange[], words: ChangeWords): string {
  const opened = changes.filter(({ opens }) => !opens.isEmpty);
  const closed = changes.filter(({ closes }) => !closes.isEmpty);
  if (changes.length === 0) return `${words.nothing}\n`;
  const parts = [
    ...(opened.length > 0 ? [`${words.opens}\n${tableOf(opened, 'opens')}`] : []),
    ...(closed.length > 0 ? [`${words.closes}\n${tableOf(closed, 'closes')}`] : []),
  ];
  return `${parts.join('\n')}\n${words.opens}: ${plural(opened.length, 'connection')}; ${words.closes}: ${closed.length}\n`;
}

function tableOf(changes: readonly ReachChange[], key: 'opens' | 'closes'): string {
  return formatTable([
    ['FROM', 'TO', 'PORTS'],
    ...changes.map((change) => {
      const note = change.only === undefined ? '' : ` (only in the ${change.only} one)`;
      return [change.from, change.to, `${change[key].text}${note}`].map(visible);
    }),
  ]);
}
