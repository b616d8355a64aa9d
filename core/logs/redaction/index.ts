import { groupBy } from '../../group-by';
import { markOf, type RedactionForm, type RedactionPattern, redactionPatterns } from './catalogue';
import { type CustomPattern, customPatterns } from './custom';
import { numberGroups, type StatementGroup } from './numbers';
import { condition, ottl } from './ottl';

export { markOf, type RedactionForm, type RedactionPattern, redactionPatterns } from './catalogue';
export { type CustomPattern, customFaults } from './custom';
export type { StatementGroup } from './numbers';

/** What is redacted besides the catalogue. */
export interface RedactionSettings {
  /** Addresses of e-mail. @default false - audit logs say who did something by them */
  readonly email?: boolean;
  /** Patterns of one's own. @default - none */
  readonly custom?: readonly CustomPattern[];
}

const email: RedactionPattern = {
  id: 'email',
  what: 'an address of e-mail',
  forms: [
    {
      needle: '@',
      pattern: '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+',
      replacement: markOf('email'),
    },
  ],
};

/**
 * Lines of a private key that programs print line by line: 64 characters of base64 or more alone in a line, which no hash in hexadecimal is,
 * and the padded end. The last line of a key without padding holds less than 48 bytes, none of them needed to find the key's owner out.
 */
const keyLines: readonly string[] = [
  `set(body, ${ottl(markOf('private-key'))}) where ${condition('body', '^\\s*[A-Za-z0-9+/]{64,76}={0,2}\\s*$')} and not ${condition('body', '^\\s*[0-9A-Fa-f]+\\s*$')}`,
  `set(body, ${ottl(markOf('private-key'))}) where ${condition('body', '^\\s*[A-Za-z0-9+/]{2,63}={1,2}\\s*$')}`,
];

/** What is no text, such as an entry of the journal without a message, is searched as JSON: patterns find nothing in it as it is. */
const asText: StatementGroup = {
  context: 'log',
  conditions: ['not IsString(body)'],
  statements: ['set(body, String(body))'],
};

/** The statements of the transform processor that take secrets out of lines. */
export function redactionStatements({
  email: isEmail = false,
  custom = [],
}: RedactionSettings = {}): readonly StatementGroup[] {
  const patterns = [...redactionPatterns, ...(isEmail ? [email] : []), ...customPatterns(custom)];
  // Whole keys before all else: the pattern of a setting would take the first word of one, by which the rest is found.
  const isKey = ({ id }: RedactionPattern): boolean => id === 'private-key';
  const keys = patterns.filter(isKey).flatMap((pattern) => pattern.forms);
  const forms = groupBy(
    patterns.filter((pattern) => !isKey(pattern)).flatMap((pattern) => pattern.forms),
    ({ needle = '' }) => parts.find((part) => needle.includes(part)),
  );
  const ofPart = parts.flatMap((part) => {
    const own = forms.get(part);
    if (own === undefined) return [];
    return [{ context: 'log' as const, conditions: [holds(part)], statements: own.map(statementOf) }];
  });
  const others = (forms.get(undefined) ?? []).map(statementOf);
  return [
    asText,
    { context: 'log', statements: [...keyLines, ...keys.map(statementOf), ...others] },
    ...ofPart,
    ...numberGroups,
  ];
}

/** What several needles have in common, and few lines hold: a line without it is asked for none of them. */
const parts: readonly string[] = ['_', 'gl', 'xo', 'hv', 'key', 'Key', 'KE', 'IA', 'ass', 'RE', 'OR'];

function holds(text: string): string {
  return `Index(body, ${ottl(text)}) >= 0`;
}

function statementOf({ needle, guard, pattern, replacement }: RedactionForm): string {
  const asked = [
    ...(needle === undefined ? [] : [holds(needle)]),
    ...(guard === undefined ? [] : [condition('body', guard)]),
  ];
  const where = asked.length === 0 ? '' : ` where ${asked.join(' and ')}`;
  return `replace_pattern(body, ${ottl(pattern)}, ${ottl(replacement)})${where}`;
}
