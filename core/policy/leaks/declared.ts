import { tokensIn } from '../../secrets/leaks/scan';
import { hideTexts, redacted } from './hidden';
import { assignedIn, settingsInLine } from './line-settings';
import { visitSettings } from './named-secrets';
import { isPutInLater, isSecretByName } from './settings';

/** What a fault or a finding shows of what somebody declared. */
interface Shown {
  readonly property?: string | undefined;
  readonly value?: unknown;
  readonly message: string;
  readonly remedy: string;
}

/** Props of ours that are called as secrets are, and hold names and places. */
const ofObjects = new Set(['secrets', 'cloudSecrets', 'imagePullSecrets', 'tokens']);

/** Which Secret it is. */
const ofSecrets = /(?<=\bsecrets\[\d+\]\.|\bca\.)secret\b/g;

const word = /[A-Za-z_][\w-]*/g;
/** A shorter text is hidden where it stands in quotes: it may be part of any word. */
const SHORTEST = 4;
/** So many characters of a secret are hidden where a message has cut the rest. */
const SHORTEST_CUT = 8;

/**
 * The fault without secrets in what was declared, which no rule about objects has seen: what is refused becomes no object. A text is one below a
 * name that is called as secrets are, by its form, or where a text sets it by such a name.
 */
export function withoutDeclaredSecrets<F extends Shown>(fault: F): F {
  const { property = '', value, message, remedy } = fault;
  const secrets = new Set([...tokensIn(message), ...tokensIn(remedy), ...assignedIn(message)]);
  const isNamed = (property.replace(ofSecrets, '').match(word) ?? []).some(isSecretProp);
  visitSettings(value, (name, text) => {
    if ((isNamed || isSecretProp(name)) && !isPutInLater(text)) secrets.add(text);
    else for (const secret of [...tokensIn(text), ...settingsInLine(text)]) secrets.add(secret);
  });
  if (secrets.size === 0) return fault;
  const texts = [...secrets].sort((a, b) => b.length - a.length);
  const hide = (text: string): string => texts.reduce(without, text);
  return {
    ...fault,
    ...(value !== undefined && { value: hidden(value, texts) }),
    ...(fault.property !== undefined && { property: hideTexts(property, texts.filter(isLong)) }),
    message: hide(message),
    remedy: hide(remedy),
  };
}

const isSecretProp = (name: string): boolean => !ofObjects.has(name) && isSecretByName(name, '');

const isLong = ({ length }: string): boolean => length >= SHORTEST;

function without(text: string, secret: string): string {
  if (!isLong(secret)) {
    const quoted = [JSON.stringify(secret), `'${secret}'`].reduce(
      (rest, each) => rest.replaceAll(each, redacted),
      text,
    );
    return quoted.replaceAll(`=${secret}`, `=${redacted}`);
  }
  return [secret, JSON.stringify(secret).slice(1, -1)].reduce(withoutCut, hideTexts(text, [secret]));
}

/** Without the first part of it, where the message shows no more. */
function withoutCut(text: string, secret: string): string {
  const start = secret.length < SHORTEST_CUT ? -1 : text.indexOf(secret.slice(0, SHORTEST_CUT));
  if (start < 0) return text;
  let length = SHORTEST_CUT;
  while (length < secret.length && text[start + length] === secret[length]) length++;
  return `${text.slice(0, start)}${redacted}${text.slice(start + length)}`;
}

function hidden(node: unknown, texts: readonly string[]): unknown {
  if (typeof node === 'string') return texts.includes(node) ? redacted : texts.reduce(without, node);
  if (Array.isArray(node)) return node.map((item) => hidden(item, texts));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, hidden(value, texts)]));
}
