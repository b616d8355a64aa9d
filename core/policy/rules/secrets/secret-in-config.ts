import type { KubernetesObject } from '../../../manifest/object';
import { isMapping } from '../../../manifest/plain';
import { objects } from '../../clause';
import { objectRule } from '../../define';
import { and, choose, entryOf, isFilled, keysOf, matches, not, or, text } from '../../expression/operators';
import type { Value } from '../../expression/symbol';
import type { Violation } from '../../finding';
import { withoutLookAlikesIn } from '../../leaks/look-alikes';
import { leakInText } from '../../leaks/object-leaks';
import { NONE, type ObjectRule } from '../../rule';
import { becauseOf, becauseOfSetting, hasShape, isSecretSetting } from './support';

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
    const likely = rule.check(object, context);
    const byClauses = likely === NONE ? NONE : rule.check(withoutLookAlikesIn(object), context);
    const inFiles = violationsInFiles(object, byClauses);
    return byClauses.length + inFiles.length === 0 ? NONE : [...byClauses, ...inFiles];
  },
} as const satisfies ObjectRule;

/** Files of several lines, whose settings are written in a form of their own. */
function violationsInFiles({ data }: KubernetesObject, known: readonly Violation[]): readonly Violation[] {
  if (!isMapping(data)) return NONE;
  const found: Violation[] = [];
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== 'string' || !isFile(value) || textsForPeople.test(key)) continue;
    if (known.some(({ path }) => path[1] === key)) continue;
    const leak = leakInText(value);
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

/** Several settings, and not one value. */
const isFile = (value: string): boolean => /[\n{<]/.test(value) || /^(?:requirepass|masterauth) /.test(value);
