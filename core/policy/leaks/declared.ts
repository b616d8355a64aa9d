import { tokensIn } from '../../secrets/leaks/scan';
import { secretsInCommands } from './declared-commands';
import { hideTexts, redacted } from './hidden';
import { assignedIn, settingsInLine } from './line-settings';
import { DEEPEST, visitSettings } from './named-secrets';
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
const ofSecrets = /(?<=\bsecrets\[\d+\]\.(?:syncAs\.)?|\bca\.)secret\b/g;

/** Whether a fault is about a mount, or what was given in place of one. */
const belowSecrets = /(?:^|\.)secrets(?![\w-])/;
/** What a mount is told: where a secret is, and what it becomes. Whatever else is given to one may be the secret itself. */
const placesOfMounts = new Set(
  (
    'path file files certificate privateKey bundle ca key field fields name secret namespace kind version stage region kmsKey project location ' +
    'keyVault vault parameter object objectType mount engine role syncAs delivery mode commonName altNames ipSans ttl operations port optional props'
  ).split(' '),
);
/** Where a mount is told something as an object of ours, so that a text comes from that object; a text in its place is of the wrong type. */
const objectsOfMounts = new Set(['secrets', 'template', 'onChange']);
const wrongType = / is not /;
/** What a message about a wrong type shows. */
const shownFirst = /(?<=^(?:container [^ :]+: )?)(?!container [^ :]+: ).*?(?= is not )/s;

/** Where it shows the first part alone, which may end within a secret. */
const cut = /\.\.\. is not /;

const isPlace = (name: string, message: string): boolean =>
  placesOfMounts.has(name) || (objectsOfMounts.has(name) && !wrongType.test(message));

const word = /[A-Za-z_][\w-]*/g;
/** A shorter text is hidden where it stands in quotes: it may be part of any word. */
const SHORTEST = 4;
/** So many characters of a secret are hidden where a message has cut the rest. */
const SHORTEST_CUT = 8;

/**
 * The fault without secrets in what was declared, which no rule about objects has seen: what is refused becomes no object. A text is one below a
 * name that is called as secrets are, by its form, or where a text sets it by such a name; below `secrets`, one that no mount knows.
 */
export function withoutDeclaredSecrets<F extends Shown>(fault: F): F {
  const { property = '', value, remedy } = fault;
  const isMount = belowSecrets.test(property);
  const isUnknown = isMount && value !== undefined && !isPlace(lastNameOf(property), fault.message);
  const ofCommands = secretsInCommands(value);
  const hidesShown = isUnknown || (ofCommands.length > 0 && cut.test(fault.message));
  const message = hidesShown ? fault.message.replace(shownFirst, redacted) : fault.message;
  const secrets = new Set([...tokensIn(message), ...tokensIn(remedy), ...assignedIn(message), ...ofCommands]);
  const isNamed = (property.replace(ofSecrets, '').match(word) ?? []).some(isSecretProp);
  visitSettings(value, (key, text) => {
    const isOther = isUnknown || (isMount && key !== '' && !isPlace(key, message));
    if (isOther || ((isNamed || isSecretProp(key)) && !isPutInLater(text))) secrets.add(text);
    else for (const secret of [...tokensIn(text), ...settingsInLine(text)]) secrets.add(secret);
  });
  if (secrets.size === 0 && !isUnknown) return fault;
  const texts = [...secrets].sort((a, b) => b.length - a.length);
  const hide = (text: string): string => texts.reduce(without, text);
  return {
    ...fault,
    ...(value !== undefined && { value: isUnknown ? redacted : hidden(value, texts) }),
    ...(fault.property !== undefined && { property: hideTexts(property, texts.filter(isLong)) }),
    message: hide(message),
    remedy: hide(remedy),
  };
}

const lastNameOf = (property: string): string =>
  property
    .replace(/(?:\[\d+\])+$/, '')
    .match(word)
    ?.at(-1) ?? '';

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

function hidden(node: unknown, texts: readonly string[], depth = 0): unknown {
  if (typeof node === 'string') return texts.includes(node) ? redacted : texts.reduce(without, node);
  if (typeof node !== 'object' || node === null) return node;
  if (depth > DEEPEST) return redacted;
  if (Array.isArray(node)) return node.map((item) => hidden(item, texts, depth + 1));
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, hidden(value, texts, depth + 1)]));
}
