import type { Scalar } from './node';

/** How tightly the outermost operator of a piece of CEL binds. */
export const binding = { choice: 1, or: 2, and: 3, relation: 4, sum: 5, unary: 6, member: 7 } as const;

/** A piece of CEL, and how tightly it holds together. */
export interface Cel {
  readonly text: string;
  readonly binds: number;
  /** A test of the opposite that is shorter than its negation. It binds like a comparison. */
  readonly opposite?: string;
}

export const celOf = (text: string, binds: number = binding.member): Cel => ({ text, binds });

/** The text, in parentheses where it binds more loosely than it must. */
export function within(piece: Cel, least: number): string {
  return piece.binds < least ? `(${piece.text})` : piece.text;
}

/** A literal. Texts with backslashes are raw where they can be: regular expressions stay as they were written. */
export function celLiteral(value: Scalar): string {
  if (typeof value !== 'string') return String(value);
  if (value.includes('\\') && !/['\n\r]/.test(value)) return `r'${value}'`;
  const escaped = value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `'${escaped}'`;
}

/** CEL's own words, and Kubernetes' variables: no name of a loop's. */
const reserved = new Set(
  (
    'as break const continue else false for function if import in let loop namespace null package return true var void while ' +
    'object oldObject request params variables namespaceObject authorizer anyObject size string int uint double bool bytes dyn type list map'
  ).split(' '),
);

/** A name for a variable of a loop that hides no other. */
export function celName(wanted: string, taken: readonly string[]): string {
  const base =
    reserved.has(wanted) || !/^[A-Za-z][A-Za-z0-9]*$/.test(wanted) ? `${wanted.replace(/\W/g, '')}Item` : wanted;
  let name = base;
  for (let n = 2; taken.includes(name); n++) name = `${base}${n}`;
  return name;
}

/** The optional selection of a field: `.?securityContext`, `[?'namespace']`. */
export function celField(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved.has(name) ? `.?${name}` : `[?${celLiteral(name)}]`;
}
