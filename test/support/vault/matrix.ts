/** What was asked and what came of it, in rows and columns, as text that a test compares and prints. */
export async function matrix<R extends string, C extends string>(
  rows: readonly R[],
  columns: readonly C[],
  cell: (row: R, column: C) => Promise<string>,
): Promise<string> {
  const lines: string[][] = [['', ...columns]];
  for (const row of rows) {
    const cells: string[] = [];
    for (const column of columns) cells.push(await cell(row, column));
    lines.push([row, ...cells]);
  }
  const widths = lines[0]?.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Prints it on standard error, past jest's own output. */
export function print(title: string, text: string): void {
  process.stderr.write(`\n${title}\n\n${text.replace(/^/gm, '  ')}\n\n`);
}
