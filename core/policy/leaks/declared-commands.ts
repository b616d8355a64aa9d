import { secretArguments, secretInLine } from './commands';
import { DEEPEST } from './named-secrets';
import { isLiteral } from './settings';
import { leakInText } from './text-leaks';

/** An option of one letter, by itself or with its value: without its program nobody knows what it takes. */
const shortOption = /^-[A-Za-z](.*)$/s;

/**
 * The texts in what was declared that are secrets in a command, or whole lines that hold one: the command may be a text where a list is asked for,
 * a list in a list, or stand below a prop that is misspelt.
 */
export function secretsInCommands(declared: unknown): readonly string[] {
  const found: string[] = [];
  const walk = (node: unknown, depth: number): void => {
    if (typeof node === 'string') found.push(...secretsInText(node));
    if (typeof node !== 'object' || node === null || depth > DEEPEST) return;
    if (Array.isArray(node)) found.push(...secretsInWords(node.map((item) => (typeof item === 'string' ? item : ''))));
    for (const each of Object.values(node)) walk(each, depth + 1);
  };
  walk(declared, 0);
  return found;
}

function secretsInText(text: string): readonly string[] {
  if (secretInLine(text) !== undefined || leakInText(text) !== undefined) return [text];
  return text.startsWith('-') ? secretsInWords(text.split(/\s+/)) : [];
}

function secretsInWords(words: readonly string[]): readonly string[] {
  const known = [...secretArguments(words).keys()].flatMap((i) => words[i] ?? []);
  // The program stands elsewhere, in another prop.
  return words[0]?.startsWith('-') ? [...known, ...words.flatMap(valueOfShortOption)] : known;
}

function valueOfShortOption(word: string, i: number, words: readonly string[]): readonly string[] {
  const [, attached] = shortOption.exec(word) ?? [];
  const value = attached === '' ? words[i + 1] : attached;
  return value !== undefined && !value.startsWith('-') && isLiteral(value) ? [value] : [];
}
