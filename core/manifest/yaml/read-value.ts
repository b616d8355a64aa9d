import type { Json } from '../object';
import type { Path } from '../path';
import { type Position, SourceText, splitDocuments } from './split';
import { wholeParser } from './whole-parser';

/** A text that holds one value of any kind. */
export interface ReadValue {
  /** Null for an empty text, and for one with faults. */
  readonly value: Json;
  readonly faults: readonly (Position & { readonly file: string; readonly reason: string })[];
  /** Where a node is, or the nearest one above it. */
  readonly positionOf: (path: Path) => Position;
}

/** Reads one YAML document of any kind, as {@link readManifests} reads objects. A second document is a fault. */
export function readValue(text: string, source: string): ReadValue {
  const sourceText = new SourceText(text);
  const { parsePart } = wholeParser();
  const parts = splitDocuments(sourceText.text).map((part) => ({ part, parsed: parsePart(part) }));
  const filled = parts.filter(({ parsed: { tree, faults } }) => faults.length > 0 || (tree?.value ?? null) !== null);
  const [first, second] = filled;
  const at = (offset: number, reason: string) => ({ file: source, ...sourceText.positionAt(offset), reason });
  const faults = filled.flatMap(({ part, parsed }) =>
    parsed.faults.map(({ offset, reason }) => at(part.offset + offset, reason)),
  );
  if (second !== undefined) faults.push(at(second.part.offset, 'there is a second document: leave one'));
  return {
    value: faults.length > 0 ? null : (first?.parsed.tree?.value ?? null),
    faults,
    positionOf: (path) => sourceText.positionAt((first?.part.offset ?? 0) + (first?.parsed.tree?.offsetOf(path) ?? 0)),
  };
}
