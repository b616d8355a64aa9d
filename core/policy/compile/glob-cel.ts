import { celLiteral } from '../expression/cel-text';

/** CEL that asks of a text what `glob` asks: `*` stands for any run of characters. @param text - CEL, fit to be called on */
export function globCel(pattern: string, text: string): string {
  if (!pattern.includes('*')) return `${text} == ${celLiteral(pattern)}`;
  const pieces = pattern.split('*');
  const [first = '', last = ''] = [pieces[0], pieces.at(-1)];
  if (pieces.slice(1, -1).every((piece) => piece === '')) {
    const tests = [
      ...(first === '' ? [] : [`${text}.startsWith(${celLiteral(first)})`]),
      ...(last === '' ? [] : [`${text}.endsWith(${celLiteral(last)})`]),
    ];
    // The two may not overlap: ab*ba does not cover aba.
    if (tests.length < 2) return tests[0] ?? 'true';
  }
  const source = pieces.map((piece) => piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*');
  return `${text}.matches(${celLiteral(`(?s)^${source}$`)})`;
}
