import type { KubernetesObject } from '../../../manifest/object';
import { isMapping } from '../../../manifest/plain';
import { tokenIn } from '../../../secrets/leaks/scan';
import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, choose, entryOf, isFilled, keysOf, matches, not, or, text } from '../../expression/operators';
import type { Value } from '../../expression/symbol';
import type { Violation } from '../../finding';
import { withoutLookAlikesIn } from '../../leaks/look-alikes';
import { becauseOf, becauseOfSetting, hasShape, isSecretSetting } from '../../leaks/secret-tests';
import { type Leak, leakInAssignments, leakInText } from '../../leaks/text-leaks';
import { mayHaveSettings } from '../../leaks/text-settings';
import { NONE, type ObjectRule, type RuleContext } from '../../rule';

const remedy = 'put it into a secret store and mount it as a file; change the value, since it was written down';

/** What the value is called: the key of a whole file says what the file is about, not that it is one secret. */
const nameOf = (key: Value<string>, value: Value<string>): Value<string> =>
  choose(matches(value, /[^ \t\r\n\f][ \t\r\f]*\n[ \t\r\n\f]*[^ \t\r\n\f]/), '', key);

/** A file of texts for people, in one language or in several: what it calls a password is a word on a page. */
const textsForPeople =
  /(?:^|[^a-z])(?:messages|i18n|l10n|locales?|translations?)(?:[^a-z]|$)|^(?:[a-z]{2}[_-][A-Z]{2}|en|de|fr|es|it|pt|nl|pl|cs|sv|tr|ru|uk|ja|ko|zh)\.(?:json|ya?ml|properties)$/;

const { clauses: _, ...rule } = objectRule({
  id: 'secret-in-config',
  kinds: ['/ConfigMap'],
  title: 'No ConfigMap holds a secret',
  severity: 'error',
  aboutSecrets: true,
  why:
    'A ConfigMap is read by whoever may view the namespace, is not encrypted at rest where Secrets are, and stands in the repository and its history. ' +
    'Source: CIS Kubernetes Benchmark 5.4.2.',
  fix: 'Keep the value in a secret store and mount it as a file of its own; let the configuration name the file.',
  clauses: [
    objects<{ readonly data?: Readonly<Record<string, string>> }>()
      .each(({ data }) => keysOf(data))
      .violation({
        when: (key, { data }) => {
          const value = entryOf(data, key);
          const isSecret = isSecretSetting(nameOf(key, value), value);
          return and(isFilled(value), or(hasShape(value), and(not(matches(key, textsForPeople)), isSecret)));
        },
        at: (key, { data }) => entryOf(data, key),
        message: (key, { data }) => {
          const value = entryOf(data, key);
          return text`the value of ${key} ${becauseOfSetting(nameOf(key, value), value)}`;
        },
        remedy,
        showsValue: false,
      }),
    objects<{ readonly binaryData?: Readonly<Record<string, string>> }>()
      .each(({ binaryData }) => keysOf(binaryData))
      .violation({
        when: (key, { binaryData }) => hasShape(entryOf(binaryData, key)),
        at: (key, { binaryData }) => entryOf(binaryData, key),
        message: (key, { binaryData }) => text`the value of ${key} ${becauseOf(entryOf(binaryData, key))}`,
        remedy,
        showsValue: false,
      }),
  ],
});

/**
 * It keeps its clauses to itself: no admission policy can enforce it, since regular expressions over files of up to a megabyte
 * cost more than the API server gives a policy.
 */
export const secretInConfig = {
  ...rule,
  check: (object, context) => {
    const inTexts = violationsInTexts(object, context);
    const inBytes = violationsInBytes(object, context, inTexts);
    return inTexts.length + inBytes.length === 0 ? NONE : [...inTexts, ...inBytes];
  },
} as const satisfies ObjectRule;

function violationsInTexts(object: KubernetesObject, context: RuleContext): readonly Violation[] {
  const likely = rule.check(object, context);
  const byClauses = likely === NONE ? NONE : rule.check(withoutLookAlikesIn(object), context);
  const inFiles = violationsInFiles(object, byClauses);
  return inFiles.length === 0 ? byClauses : [...byClauses, ...inFiles];
}

/** What a text in bytes is found to hold: as if it were written as a text. */
function violationsInBytes(
  object: KubernetesObject,
  context: RuleContext,
  known: readonly Violation[],
): readonly Violation[] {
  const { binaryData, data: _, ...rest } = object;
  if (!isMapping(binaryData)) return NONE;
  const texts = Object.entries(binaryData).flatMap(([key, bytes]) => {
    const text = typeof bytes === 'string' && !known.some(({ path }) => path[1] === key) ? textOf(bytes) : undefined;
    return text === undefined ? [] : [[key, text] as const];
  });
  if (texts.length === 0) return NONE;
  const found = violationsInTexts({ ...rest, data: Object.fromEntries(texts) }, context);
  const forms = texts.flatMap(([key, text]): readonly Violation[] => {
    const token = found.some(({ path }) => path[1] === key) ? undefined : tokenIn(text);
    if (token === undefined) return NONE;
    return [{ path: ['data', key], message: `the value of ${key} looks like ${token}`, remedy }];
  });
  return [...found, ...forms].map(({ path, message, remedy, severity }) => ({
    path: ['binaryData', ...path.slice(1)],
    message,
    remedy,
    ...(severity && { severity }),
  }));
}

/** In base64, as many characters as a ConfigMap can be: the API server takes a mebibyte. */
const LONGEST_BYTES = 1_398_104;

/** The text that the bytes are in base64; undefined where they are none, such as those of a picture or an archive, which have zeros. */
function textOf(base64: string): string | undefined {
  if (base64.length > LONGEST_BYTES) return undefined;
  try {
    const text = atob(base64);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** A line of a list of users as PgBouncer reads it: what stands in it is no hash. */
const userOfList = /^[ \t]*"[^"\n]{1,255}"[ \t]+"(?!md5[0-9a-f]{32}"|SCRAM-SHA-256\$)[^"\n${]{1,1000}"/m;

function leakInUsers(key: string, value: string): Leak | undefined {
  return /userlist/i.test(key) && userOfList.test(value) ? { because: 'has the password of a user' } : undefined;
}

/** Files of several lines, whose settings are written in a form of their own. */
function violationsInFiles({ data }: KubernetesObject, known: readonly Violation[]): readonly Violation[] {
  if (!isMapping(data)) return NONE;
  const found: Violation[] = [];
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== 'string' || textsForPeople.test(key) || known.some(({ path }) => path[1] === key)) continue;
    const leak = (mayHaveSettings(value) ? leakInText(value) : leakInAssignments(value)) ?? leakInUsers(key, value);
    if (leak === undefined) continue;
    const { because, severity } = leak;
    found.push({
      path: ['data', key],
      message: `the value of ${key} ${because}`,
      remedy,
      ...(severity && { severity }),
    });
  }
  return found;
}
