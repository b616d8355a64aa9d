import { withoutLookAlikes } from './checksums';
import {
  allowedValues,
  genericPattern,
  genericWords,
  type Pattern,
  patternsOfSettings,
  patternsOfValues,
} from './patterns';

/** A shorter text holds no secret that is known by its form. */
export const SHORTEST = 10;

/** A longer value is a text, and no random one. */
const LONGEST_RANDOM = 512;

/** Whether a text may hold a secret that is known by its form: nearly none does, and the others are not looked at. */
export function mayHoldToken(text: string): boolean {
  return text.length >= SHORTEST && patternsOfValues().isIn(text);
}

/** Whether a setting of that name may hold a secret that is known by its name and its form, or by its randomness. */
export function mayBeSettingOfToken(name: string): boolean {
  return patternsOfSettings().isIn(name) || genericWords().isIn(name);
}

/**
 * What kind of secret a text holds, or a setting, as `a GitHub token`: the first that is found.
 * @param name of the setting. @default - it is none
 */
export function tokenIn(text: string, name = ''): string | undefined {
  if (text.length < SHORTEST) return undefined;
  const setting = name === '' ? text : `${name}=${text}`;
  const ofValues = patternsOfValues().find(setting);
  const ofSettings = /[=:>,|]/.test(setting) ? patternsOfSettings().find(setting) : undefined;
  if (ofValues === undefined && ofSettings === undefined) return undefined;
  const genuine = withoutLookAlikes(setting);
  for (const pattern of [...(ofValues ?? []), ...(ofSettings ?? [])])
    if (holds(genuine, pattern())) return pattern().what;
  return undefined;
}

/** Every secret in a text that is known by its form, as it stands there. */
export function tokensIn(text: string): readonly string[] {
  if (tokenIn(text) === undefined) return [];
  const genuine = withoutLookAlikes(text);
  const patterns = [...(patternsOfValues().find(text) ?? []), ...(patternsOfSettings().find(text) ?? [])];
  return [
    ...new Set(patterns.flatMap((pattern) => [...matchesOf(genuine, pattern())].map((part) => wholeOf(text, part)))),
  ];
}

/** A form may be the beginning of a token, and of a key in several lines. */
function wholeOf(text: string, part: string): string {
  if (part.endsWith('@')) return part;
  const start = Math.max(0, text.indexOf(part));
  const rest = text.slice(start + part.length);
  return part + (part.startsWith('-----BEGIN') ? rest : (/^[\w+/=.-]*/.exec(rest)?.[0] ?? ''));
}

function holds(text: string, pattern: Pattern): boolean {
  return matchesOf(text, pattern).next().done !== true;
}

/** Every match that is a secret. */
function* matchesOf(text: string, { form, entropy, allowed }: Pattern): Generator<string> {
  for (const match of text.matchAll(new RegExp(form.source, 'g'))) {
    const secret = secretOf(match);
    if ((entropy === 0 || entropyOf(secret) > entropy) && !isAllowed(secret, allowed)) yield secret;
  }
}

/** The first group that is there; without one, all of it. */
function secretOf(match: RegExpMatchArray): string {
  return match.slice(1).find((group) => group !== undefined && group !== '') ?? match[0];
}

function isAllowed(secret: string, allowed: readonly RegExp[]): boolean {
  return allowed.some((form) => form.test(secret)) || allowedValues().some((form) => form.test(secret));
}

/** Whether a setting holds what only its randomness gives away, under a name that is about secrets: the last resort. */
export function isRandomSecret(name: string, value: string): boolean {
  if (value.length < SHORTEST || value.length > LONGEST_RANDOM || !/[0-9]/.test(value)) return false;
  if (!genericWords().isIn(name)) return false;
  const { form, entropy, allowed, allowedMatches, stopwords } = genericPattern();
  const match = form.exec(`${name}=${value}`);
  if (match === null) return false;
  const secret = secretOf(match);
  if (!/[0-9]/.test(secret) || entropyOf(secret) <= entropy || isAllowed(secret, allowed)) return false;
  const lower = secret.toLowerCase();
  return !allowedMatches.some((each) => each.test(match[0])) && !stopwords.some((word) => lower.includes(word));
}

/** Shannon's, in bits a character. */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
