import type { KubernetesObject } from '../manifest/object';
import { type Path, parsePath, valueAt } from '../manifest/path';
import { remembering } from '../manifest/remembering';
import { mayHoldToken, tokenIn, tokensIn } from '../secrets/leaks/scan';
import type { Finding, Violation } from './finding';
import { hideTexts, redacted } from './leaks/hidden';
import { literalRules, literalsIn } from './rules/literals';

/** A shorter text is no secret that can be told from a word of a message. */
const SHORTEST = 4;

/**
 * The texts of an object in which the rules about literals see secrets, so that no finding of any rule shows them.
 * @param found what was found in it
 * @param asksAll whether the rules about literals were among those that were asked. Where they were not, they are asked here.
 */
export function secretTexts(object: KubernetesObject, found: readonly Finding[], asksAll: boolean): readonly string[] {
  if (found.length === 0) return none;
  const paths = asksAll
    ? found.filter(({ rule }) => literalRules.has(rule)).map(pathOf)
    : literalsIn(object).map(placeOf);
  if (paths.length === 0) return none;
  return [...new Set(paths.flatMap((path) => textsAt(valueAt(object, path))))].sort((a, b) => b.length - a.length);
}

const none: readonly never[] = [];
const pathOf = ({ property = '' }: Finding): Path => parsePath(property) ?? [];
const placeOf = ({ path }: Violation): Path => path;

/** Every text there. Of a list of arguments only those after a flag: the others are words. */
function textsAt(node: unknown): readonly string[] {
  if (typeof node === 'string') return node.length < SHORTEST ? none : [node];
  if (Array.isArray(node))
    return node.flatMap((item, i) => (String(node[i - 1] ?? '').startsWith('-') ? textsAt(item) : none));
  return typeof node === 'object' && node !== null ? Object.values(node).flatMap(textsAt) : none;
}

/** Who logs in to a registry, in the reference of an image: `user:password@registry/image`, and no tag before a digest. */
const login = /^(?:[a-z]+:\/\/)?[^/@\s:]*:[^/@\s]+@(?!sha\d+:)/;

const tokensOf = remembering(tokensIn);

/**
 * Everything that no report shows: what the rules about literals see, and what the findings of any rule show that is a secret by its form.
 * @param known what the rules about literals see
 */
export function textsToHide(known: Iterable<string>, findings: readonly Finding[]): readonly string[] {
  const texts = new Set(known);
  const read = (node: unknown): void => {
    if (typeof node === 'string') for (const token of tokensOf(node)) texts.add(token);
    else if (typeof node === 'object' && node !== null) for (const each of Object.values(node)) read(each);
  };
  for (const { value, message, remedy, property = '' } of findings) {
    read(value);
    read(message);
    read(remedy);
    const [user] = (typeof value === 'string' && property.endsWith('image') && login.exec(value)) || [];
    if (user !== undefined) texts.add(user);
  }
  return [...texts].sort((a, b) => b.length - a.length);
}

/** Whether a line of a source shows any of these texts, or what is a secret by its form. */
export function showsSecret(line: string, texts: readonly string[]): boolean {
  return texts.some((text) => line.includes(text)) || (mayHoldToken(line) && tokenIn(line) !== undefined);
}

/** The finding without any of these texts; the finding itself where it shows none. */
export function withoutTexts<F extends Finding>(finding: F, texts: readonly string[]): F {
  if (texts.length === 0) return finding;
  const hide = (text: string): string => hideTexts(text, texts);
  const hidden = (node: unknown): unknown => {
    if (typeof node === 'string') return hide(node);
    if (Array.isArray(node)) return node.map(hidden);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, hidden(value)]));
  };
  const { value, message, remedy, fix } = finding;
  // A patch that is not whole mends nothing.
  const isShown = fix !== undefined && JSON.stringify(hidden(fix)) !== JSON.stringify(fix);
  return {
    ...finding,
    value: hidden(value),
    message: hide(message),
    remedy: hide(remedy),
    fix: isShown ? undefined : fix,
  };
}

/** The finding without what somebody wrote about an exception, where a secret stands in that. */
export function withoutReason<F extends Finding>(finding: F): F {
  const { waivedBy, rule, value } = finding;
  if (rule === 'exception-valid' && typeof value === 'string' && tokenIn(value) !== undefined)
    return { ...finding, value: redacted, message: 'the annotation is no exception, and holds a secret' };
  return waivedBy === undefined || tokenIn(waivedBy.reason) === undefined
    ? finding
    : { ...finding, waivedBy: { ...waivedBy, reason: redacted } };
}
