import { pointerSegments } from '../../manifest/json-patch';
import type { Path } from '../../manifest/path';
import type { Position } from '../../manifest/yaml/split';
import type { ReportedFinding } from '../../policy/report';
import type { FormatOptions } from '../check-report';

/** A change of a text: what is taken out, and what is put there. Columns are counted from 1, the end is not part of it. */
export interface TextEdit {
  readonly region: {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  };
  readonly text: string;
}

const ENTRY = /^(\s*(?:- +)*)("[^"]*"|'[^']*'|[^\s"'#:][^\s:]*):(?: +(\S.*?))?\s*$/;

/**
 * The patch of a finding as changes of the text that it was read from; undefined where the text is not in block style at that place, or
 * the patch asks for more than single entries: then the words of the remedy have to do.
 */
export function textEdits(
  { fix, location, positionOf }: ReportedFinding,
  lineOf: FormatOptions['lineOf'],
): readonly TextEdit[] | undefined {
  if (fix === undefined || location === undefined || positionOf === undefined || lineOf === undefined) return undefined;
  const line = (number: number): string | undefined => lineOf(location.file, number);
  const edits: TextEdit[] = [];
  for (const operation of fix) {
    const path = pointerSegments(operation.path);
    const edit =
      operation.op === 'test'
        ? undefined
        : operation.op === 'remove'
          ? removed(path, positionOf, line)
          : operation.op === 'add' || operation.op === 'replace'
            ? (replaced(path, operation.value, positionOf, line) ?? added(path, operation.value, positionOf, line))
            : undefined;
    if (operation.op === 'test') continue;
    if (edit === undefined) return undefined;
    edits.push(edit);
  }
  return edits.length === 0 ? undefined : edits;
}

type PositionOf = (path: Path) => Position;
type LineOf = (line: number) => string | undefined;

/** Where an entry is written, if it is there, and in block style. */
function entryAt(path: readonly string[], positionOf: PositionOf, lineOf: LineOf) {
  const { line, column } = positionOf(indexed(path));
  const text = lineOf(line);
  const match = text === undefined ? null : ENTRY.exec(text);
  if (text === undefined || match === null) return undefined;
  const [, before = '', key = '', value] = match;
  if (column !== before.length + 1 || key.replace(/^["']|["']$/g, '') !== path.at(-1)) return undefined;
  return { line, column, text, before, key, value };
}

/** The entry is one line: nothing below it is its own. */
function isAlone(line: number, column: number, value: string | undefined, lineOf: LineOf): boolean {
  if (value === undefined || /^[|>&!*]/.test(value)) return false;
  const next = lineOf(line + 1);
  return next === undefined || next.search(/\S/) === -1 || next.search(/\S/) < column;
}

function replaced(
  path: readonly string[],
  value: unknown,
  positionOf: PositionOf,
  lineOf: LineOf,
): TextEdit | undefined {
  const entry = entryAt(path, positionOf, lineOf);
  if (entry === undefined || !isAlone(entry.line, entry.column, entry.value, lineOf)) return undefined;
  const startColumn = entry.column + entry.key.length + 1;
  const region = { startLine: entry.line, startColumn, endLine: entry.line, endColumn: entry.text.length + 1 };
  return { region, text: ` ${JSON.stringify(value)}` };
}

function removed(path: readonly string[], positionOf: PositionOf, lineOf: LineOf): TextEdit | undefined {
  const entry = entryAt(path, positionOf, lineOf);
  // The first entry of a list's item holds the dash.
  if (entry === undefined || entry.before.includes('-') || !isAlone(entry.line, entry.column, entry.value, lineOf))
    return undefined;
  return { region: { startLine: entry.line, startColumn: 1, endLine: entry.line + 1, endColumn: 1 }, text: '' };
}

/** A new entry goes before the first one of its mapping: below the key that holds the mapping. */
function added(path: readonly string[], value: unknown, positionOf: PositionOf, lineOf: LineOf): TextEdit | undefined {
  if (entryAt(path, positionOf, lineOf) !== undefined) return undefined;
  const parent = path.slice(0, -1);
  const isItem = /^\d+$/.test(parent.at(-1) ?? '');
  const holder = isItem ? itemAt(parent, positionOf, lineOf) : entryAt(parent, positionOf, lineOf);
  if (holder === undefined) return undefined;
  const key = JSON.stringify(path.at(-1)).replace(/^"([A-Za-z][\w./-]*)"$/, '$1');
  const next = lineOf(holder.line + 1) ?? '';
  const indent = isItem ? holder.column - 1 : next.search(/\S/);
  if (!isItem && (holder.value !== undefined || indent < holder.column || next.trimStart().startsWith('-')))
    return undefined;
  const at = { startLine: holder.line + 1, startColumn: 1, endLine: holder.line + 1, endColumn: 1 };
  return { region: at, text: `${' '.repeat(indent)}${key}: ${JSON.stringify(value)}\n` };
}

/** An item of a list whose first entry is one line: others may follow that. */
function itemAt(path: readonly string[], positionOf: PositionOf, lineOf: LineOf) {
  const { line, column } = positionOf(indexed(path));
  const match = ENTRY.exec(lineOf(line) ?? '');
  if (match === null || match[1]?.length !== column - 1 || !isAlone(line, column, match[3], lineOf)) return undefined;
  return { line, column, value: undefined };
}

function indexed(path: readonly string[]): Path {
  return path.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
