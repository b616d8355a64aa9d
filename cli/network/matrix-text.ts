import { groupBy } from '../../core/group-by';
import type { NetworkMatrix, ReachRow } from '../../core/network/reach';
import { plural } from '../../core/report/check-report';
import { visible } from '../../core/report/visible';
import { formatTable } from '../table';

/**
 * A matrix for people, by the one that is reached.
 * @param isWhole whether the rows are all that there are: then one row stands for all workloads that are alike
 */
export function matrixText(rows: Iterable<ReachRow>, matrix: NetworkMatrix, isWhole: boolean): string {
  const parts = [...groupBy(rows, ({ to }) => to)].map(
    ([to, from]) => `${visible(to)}\n${tableOf(isWhole && matrix.objects.has(to) ? together(from, matrix) : from)}`,
  );
  return `${parts.map((part) => `${part}\n`).join('')}${isWhole ? summary(matrix) : ''}`;
}

/** One row for all other workloads, where they reach it on the same ports. */
function together(rows: readonly ReachRow[], { objects }: NetworkMatrix): readonly ReachRow[] {
  const workloads = rows.filter(({ from }) => objects.has(from));
  const [first] = workloads;
  const alike = new Set(workloads.map(({ certain, possible }) => `${certain.key}|${possible.key}`));
  if (first === undefined || objects.size < 4 || workloads.length < objects.size - 1 || alike.size > 1) return rows;
  return [{ ...first, from: 'every workload' }, ...rows.filter(({ from }) => !objects.has(from))];
}

function tableOf(rows: readonly ReachRow[]): string {
  const isUnsure = rows.some(({ certain, possible }) => certain.key !== possible.key);
  return formatTable([
    ['FROM', 'PORTS', ...(isUnsure ? ['PERHAPS'] : [])],
    ...rows.map(({ from, certain, possible }) =>
      [
        from,
        certain.isEmpty ? '-' : certain.text,
        ...(isUnsure ? [certain.key === possible.key ? '' : possible.text] : []),
      ].map(visible),
    ),
  ]);
}

function summary(matrix: NetworkMatrix): string {
  const { pairs, open, unsure } = matrix.count();
  const perhaps = unsure > 0 ? `, of which ${unsure} not for certain` : '';
  return `${plural(matrix.objects.size, 'workload')}; ${open} of ${plural(pairs, 'pair')} open${perhaps}\n`;
}
