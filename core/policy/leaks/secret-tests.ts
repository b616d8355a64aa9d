import { shapes } from '../../secrets/leaks/shapes';
import {
  afterFirst,
  and,
  choose,
  each,
  find,
  findAll,
  joined,
  lowerCase,
  matches,
  not,
  or,
  select,
  some,
  text,
} from '../expression/operators';
import type { List, Test, Value } from '../expression/symbol';

type Text = Value<string>;

// What looks like a secret is a heuristic, written once. Each expression reads each character a bounded number of times.

const keyKinds = 'api|access|private|secret|signing|encryption|account|auth|master|unseal|recovery';
const words = `pass|(?:db|pg|sql|user|admin|root|app|smtp|ftp|ldap|redis|mongo)pass|pwd?|(?:db|root|admin|bind)pw|passwords?|passwd|passphrase|passcodes?|tokens?|secrets?|credentials?|creds|(?:${keyKinds})[^a-z0-9]?keys?`;
/** Of a name in lower case: a word between separators, digits or the ends; `password` ends any word, as in PGPASSWORD. */
const namedBySeparators = new RegExp(
  `(?:^(?:-d)?|[^a-z])(?:${words})(?:[^a-z]|$)|pass(?:word|wd|phrase|code)(?:[^a-z]|$)`,
);
const camelKinds = 'Api|API|Access|Private|Secret|Signing|Encryption|Account|Auth|Master|Unseal|Recovery';
const camelWords = `Pass|Pwd|Passwords?|Passwd|Passphrase|Passcode|Tokens?|Secrets?|Credentials?|Creds|(?:${camelKinds})Keys?`;
/** A word of its own in camel case, at the start (lower case) or later. */
const namedByCase = new RegExp(
  `[a-z0-9](?:${camelWords})(?:[^a-z]|$)|(?:^|[^A-Za-z])(?:pass|password|passwd|passphrase|passcode|token|secret|credentials?|(?:${keyKinds})Key)s?[A-Z]`,
);
/** What a name speaks about when it ends so: not the secret but where it is, what it is called, how long it lives. */
const endings = (
  'file path dir directory url uri endpoint addr address name host port id type mode header issuer audience scope algorithm alg ttl expiry expiration ' +
  'duration lifetime timeout interval length size limit count enabled required ref namespace provider backend engine manager store mount policy prefix ' +
  'class version command cmd stdin kwargs encryption mechanism method scheme env'
).split(' ');
const capitalized = endings.map((ending) => ending.charAt(0).toUpperCase() + ending.slice(1));
/** By Kubernetes' words for a type of Secrets, the name of one: IMAGE_PULL_SECRET, TLS_SECRET. */
const typesOfSecrets = '(?:pull|tls)[^a-z0-9]?secret';
const aboutSecretBySeparators = new RegExp(`(?:[^a-z0-9](?:${endings.join('|')})|${typesOfSecrets})(?:e?s)?$`);
const aboutSecretByCase = new RegExp(`[a-z0-9](?:(?:${capitalized.join('|')})(?:e?s)?|URL|URI|ID|TTL)$`);

/** True where a setting of that name holds a secret: DB_PASSWORD, apiKey, client-secret; not DB_PASSWORD_FILE or token_ttl. */
export function isNamedSecret(name: Text): Test {
  const lower = lowerCase(name);
  return and(
    // A part of each of the words, so that ordinary names are read once.
    matches(lower, /pass|pw|token|secret|cred|key/),
    or(matches(lower, namedBySeparators), matches(name, namedByCase)),
    not(matches(lower, aboutSecretBySeparators)),
    not(matches(name, aboutSecretByCase)),
  );
}

/**
 * A name that speaks of logins, of how they are done as well as of what they are done with; or of what may be a secret, and
 * may be a word.
 */
const namedAuth =
  /(?:^|[^a-z])(?:auth|authorization|basicauth|bearer|pat|mnemonic|seed[^a-z0-9]?phrase|storage[^a-z0-9]?key)$/;
/** No word such as `basic` or `oidc`. */
const noWord = /[0-9:]|[^\n]{24}/;

/** True where a setting of that name and value holds a secret, if the value can be one: AUTH=admin:hunter2, too. */
export function isCalledSecret(name: Text, value: Text): Test {
  return or(isNamedSecret(name), and(matches(lowerCase(name), namedAuth), matches(value, noWord)));
}

const path = '(?:~|\\.{1,2})?(?:/[A-Za-z0-9_.@:-]+)+/?';
const reference = '(?:[^A-Za-z0-9$]{0,8}\\$(?:\\([A-Za-z_][\\w.-]*\\)|\\{[A-Za-z_][\\w.-]*\\}))+[^A-Za-z0-9]{0,8}';
const number = '[+-]?\\d+(?:\\.\\d+)?(?:ns|us|ms|s|m|h|d|w)?';
/** What a log has in place of a secret, and the regular expression by which it finds one. */
const mask = '\\*{2,}[^A-Za-z0-9]{0,8}|\\(?(?:\\[\\^|\\\\S|\\.[*+])[^\\n0-9]{0,64}';
const elsewhere = '(?:vault:|ref\\+|op://|arn:|projects/[^/]+/secrets/)';
/** Values that are no secret whatever their name: nothing, a number, a duration, a path, a mask, a reference to a value elsewhere. */
const harmless = new RegExp(
  `^["']?(?:(?:[ \\t\\n\\r\\f]*|${number}|${path}|${reference}|${mask})$|[A-Za-z]:\\\\|${elsewhere})`,
);
const switches = 'true|false|yes|no|on|off|none|null|enabled|disabled|required|optional';
const hashes =
  '(?:scram-)?sha-?(?:1|224|256|384|512)(?:-plus)?|md5|[bs]crypt|argon2(?:id|[id])?|pbkdf2(?:[_-]sha-?[0-9]{1,3})?';
/** The same, in lower case: a switch, or how a password is kept. */
const harmlessWord = new RegExp(`^["']?(?:${switches}|${hashes})$`);

/** True where the value is no secret, whatever its name. */
export function isHarmless(value: Text): Test {
  return or(matches(value, harmless), matches(lowerCase(value), harmlessWord));
}

const anyShape = new RegExp(shapes.map(({ form }) => form.source).join('|'));

/** True for a value that is a known kind of token or key, or holds one. */
export function hasShape(value: Text): Test {
  return matches(value, anyShape);
}

/** Which kind of token or key a value is; something else where it is none. */
const describedBy = (value: Text, otherwise: Text): Text =>
  shapes.reduceRight<Text>(
    (rest, { what, form }) => choose(matches(value, form), `looks like ${what}`, rest),
    otherwise,
  );

/** `--password=…`, `-Dapi.key=…`, `TOKEN=…`, anywhere in an argument, a script, a connection string (`cache:6379,password=…`). */
const assignment =
  /(?:^|[ \t\n\r\f;,&|"'(])(?:-D|-{1,2})?[A-Za-z][\w.-]{0,127}=(?:"[^"]{0,1000}|'[^']{0,1000}|[^ \t\n\r\f;,&|"']{1,1000})/;

/** What a shell puts in at run time, `$VAR`, `$(command)`, a command in backquotes; or the format of a log: `%X{user}`. */
const shellReference = /^["']?(?:[$`]|%[A-Za-z]{0,16}\{)/;

/** True for a text that stands in for a secret, and is put in at run time, or is none. */
export function isPutIn(given: Text): Test {
  return or(matches(given, shellReference), isHarmless(given));
}

const nameIn = (assigned: Text): Text => find(assigned, /-{0,2}[A-Za-z][\w.-]*/);

const isSecretAssignment = (assigned: Text): Test =>
  and(isNamedSecret(nameIn(assigned)), not(isPutIn(afterFirst(assigned, '='))));

/** True for a text that sets something which is a secret by its name. */
export function assignsSecret(value: Text): Test {
  return some(findAll(value, assignment), isSecretAssignment);
}

const assignedIn = (value: Text): List<string> => each(select(findAll(value, assignment), isSecretAssignment), nameIn);

/** True for a text that looks like a secret, or sets one, whatever it is called. */
export function holdsSecret(value: Text): Test {
  return or(hasShape(value), assignsSecret(value));
}

const sets = (value: Text): Text => text`sets ${joined(assignedIn(value), ', ')}, a secret by its name`;

/** Why it does. */
export function becauseOf(value: Text): Text {
  return describedBy(value, sets(value));
}

/** True where the value can be a secret, or is but the first part of a longer one. */
function mayBeSecret(value: Text, isCut: Test | undefined): Test {
  const is = not(isHarmless(value));
  return isCut === undefined ? is : or(isCut, is);
}

/**
 * True for a setting that looks like a secret: by its shape, by its name, or by what it sets.
 * @param isCut whether the value is but the first part of a longer one, which is harmless by no shape of its own
 */
export function isSecretSetting(name: Text, value: Text, isCut?: Test): Test {
  return or(hasShape(value), and(isCalledSecret(name, value), mayBeSecret(value, isCut)), assignsSecret(value));
}

/** Why it does. */
export function becauseOfSetting(name: Text, value: Text, isCut?: Test): Text {
  const isCalled = and(isCalledSecret(name, value), mayBeSecret(value, isCut));
  return describedBy(value, choose(isCalled, 'holds a secret by its name', sets(value)));
}
