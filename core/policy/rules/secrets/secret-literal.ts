import type { Path } from '../../../manifest/path';
import type { Violation } from '../../finding';
import type { ContainerInPod, PodRule } from '../../rule';
import { describe, eachContainer, eachEntry, eachVolume, isAbsent, NONE, violation, volumeAt } from '../support';

// Every expression here is within RE2, without look-around or back reference, and reads each character a bounded number of times.

const keyKinds = 'api|access|private|secret|signing|encryption|account|auth|master';
const words = `pass|pwd|passwords?|passwd|passphrase|tokens?|secrets?|credentials?|creds|(?:${keyKinds})[^a-z0-9]?keys?`;
/** A word between separators, digits or the ends; `password` ends any word, as in PGPASSWORD. */
const namedBySeparators = new RegExp(`(?:^|[^a-z])(?:${words})(?:[^a-z]|$)|pass(?:word|wd|phrase)(?:[^a-z]|$)`, 'i');
const camelKinds = 'Api|API|Access|Private|Secret|Signing|Encryption|Account|Auth|Master';
const camelWords = `Pass|Pwd|Passwords?|Passwd|Passphrase|Tokens?|Secrets?|Credentials?|Creds|(?:${camelKinds})Keys?`;
/** A word of its own in camel case, at the start (lower case) or later. */
const namedByCase = new RegExp(
  `[a-z0-9](?:${camelWords})(?:[^a-z]|$)|(?:^|[^A-Za-z])(?:pass|password|passwd|passphrase|token|secret|credentials?|(?:${keyKinds})Key)s?[A-Z]`,
);
/** A part of each of the words, so that ordinary names are read once. */
const anyWord = /pass|pwd|token|secret|cred|key/i;
/** What a name speaks about when it ends so: not the secret but where it is, what it is called, how long it lives. */
const endings = (
  'file path dir directory url uri endpoint addr address name host port id type mode header issuer audience algorithm alg ttl expiry expiration ' +
  'duration lifetime timeout interval length limit count enabled required ref namespace provider backend store policy prefix class'
).split(' ');
const capitalized = endings.map((ending) => ending.charAt(0).toUpperCase() + ending.slice(1));
const aboutSecretBySeparators = new RegExp(`[^a-z0-9](?:${endings.join('|')})$`, 'i');
const aboutSecretByCase = new RegExp(`[a-z0-9](?:${capitalized.join('|')}|URL|URI|ID|TTL)$`);

/** Values that are no secret whatever their name: nothing, a switch, a number, a duration, a path, a reference to a value elsewhere. */
const harmless = [
  /^\s*$/,
  /^(?:true|false|yes|no|on|off|none|null|enabled|disabled|required|optional)$/i,
  /^[+-]?\d+(?:\.\d+)?(?:ns|us|ms|s|m|h|d|w)?$/,
  /^(?:~|\.{1,2})?(?:\/[\w.@:-]+)+\/?$/,
  /^[A-Za-z]:\\/,
  /^(?:[^A-Za-z0-9$]{0,8}\$(?:\([A-Za-z_][\w.-]*\)|\{[A-Za-z_][\w.-]*\}))+[^A-Za-z0-9]{0,8}$/,
  /^(?:vault:|ref\+|op:\/\/|arn:|projects\/[^/]+\/secrets\/)/,
] as const;

/** Secrets that give themselves away, whatever they are called. */
const shapes = [
  { what: 'a private key', form: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY/ },
  { what: 'an AWS access key', form: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  { what: 'a GitHub token', form: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22})/ },
  { what: 'a GitLab token', form: /\bglpat-[A-Za-z0-9_-]{20}/ },
  { what: 'a Slack token', form: /\bxox[abeoprs]-[A-Za-z0-9-]{10}|hooks\.slack\.com\/services\/T[A-Za-z0-9]{1,20}\/B/ },
  { what: 'a Stripe key', form: /\b[rs]k_live_[A-Za-z0-9]{16}/ },
  { what: 'a Google API key', form: /\bAIza[0-9A-Za-z_-]{35}/ },
  {
    what: 'a JSON Web Token',
    form: /(?:^|[^\w-])eyJ[A-Za-z0-9_-]{8,1024}\.eyJ[A-Za-z0-9_-]{8,2048}\.[A-Za-z0-9_-]{8}/,
  },
  { what: 'a URL with a password', form: /:\/\/[^\s/?#:@]{0,256}:(?:[^\s/?#@$]|\$[^\s/?#@({])[^\s/?#@]{0,512}@/ },
  { what: 'a Vault token', form: /\bhv[bs]\.[A-Za-z0-9_-]{20}/ },
  { what: 'an npm token', form: /\bnpm_[A-Za-z0-9]{36}/ },
  { what: 'an Azure storage key', form: /\bAccountKey=[A-Za-z0-9+/]{40}/ },
] as const;

/** Any of the shapes, so that ordinary values are read once. */
const anyShape = new RegExp(shapes.map(({ form }) => form.source).join('|'));

function shapeOf(value: string): string | undefined {
  return anyShape.test(value) ? shapes.find(({ form }) => form.test(value))?.what : undefined;
}

/** True where a setting of that name holds a secret: DB_PASSWORD, apiKey, client-secret; not DB_PASSWORD_FILE or token_ttl. */
function isNamedSecret(name: string): boolean {
  if (!anyWord.test(name)) return false;
  if (!namedBySeparators.test(name) && !namedByCase.test(name)) return false;
  return !aboutSecretBySeparators.test(name) && !aboutSecretByCase.test(name);
}

function isHarmless(value: string): boolean {
  return harmless.some((form) => form.test(value));
}

/** `--password=…`, `-Dapi.key=…`, `TOKEN=…`, anywhere in an argument, a script, a connection string. */
const assignment =
  /(?:^|[\s;&|"'(])(?:-D|-{1,2})?([A-Za-z][\w.-]{0,127})=("[^"]{0,1024}|'[^']{0,1024}|[^\s;&|"']{1,1024})/g;
/** What a shell puts in at run time: `$VAR`, `$(command)`, a command in backquotes. */
const shellReference = /^["']?[$`]/;

function assignedSecret(text: string): string | undefined {
  if (!text.includes('=')) return undefined;
  for (const [, name = '', given = ''] of text.matchAll(assignment)) {
    if (isNamedSecret(name) && !shellReference.test(given) && !isHarmless(given.replace(/^["']/, ''))) {
      return `sets ${name}, a secret by its name`;
    }
  }
  return undefined;
}

/** Why a setting looks like a secret: its shape, its name, or what it sets; undefined where it does not. */
export function secretIn(name: string, value: string): string | undefined {
  const shape = shapeOf(value);
  if (shape !== undefined) return `looks like ${shape}`;
  if (isNamedSecret(name) && !isHarmless(value)) return 'holds a secret by its name';
  return assignedSecret(value);
}

const remedy =
  'put the value into a secret store, mount it as a file, and let the application read the file; change the value, since it was written down';

const ofEnvironment = eachEntry(
  (container) => container.env,
  ({ name, value }, index, at): Violation | undefined => {
    if (typeof value !== 'string' || value === '') return undefined;
    const reason = secretIn(String(name), value);
    return reason === undefined
      ? undefined
      : violation(at, ['env', index, 'value'], {
          value: '<redacted>',
          message: `the environment variable ${name} of ${describe(at)} ${reason}`,
          remedy,
        });
  },
);

/** `--password`, whose value is the next argument. */
const flag = /^-{1,2}([A-Za-z][\w.-]{0,127})$/;

/** Why an argument looks like a secret, `before` being the argument before it. */
function secretInArgument(text: string, before: unknown): string | undefined {
  const shape = shapeOf(text);
  if (shape !== undefined) return `looks like ${shape}`;
  if (typeof before === 'string' && before.startsWith('-') && !text.startsWith('-')) {
    const name = flag.exec(before)?.[1];
    if (name !== undefined && isNamedSecret(name) && !isHarmless(text) && !shellReference.test(text)) {
      return `is the value of ${before}, a secret by its name`;
    }
  }
  return assignedSecret(text);
}

const argumentLists = ['command', 'args'] as const;

const ofArguments = eachContainer((at: ContainerInPod): Violation | undefined => {
  for (const list of argumentLists) {
    const entries = at.container[list];
    if (isAbsent(entries)) continue;
    for (let index = 0; index < entries.length; index++) {
      const text: unknown = entries[index];
      const reason = typeof text === 'string' ? secretInArgument(text, entries[index - 1]) : undefined;
      if (reason === undefined) continue;
      return violation(at, [list, index], {
        value: '<redacted>',
        message: `an argument of ${describe(at)} ${reason}`,
        remedy,
      });
    }
  }
  return undefined;
});

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const;
const hooks = ['postStart', 'preStop'] as const;
/** Headers that carry a secret though none of the words is in their name. */
const secretHeader = /^(?:proxy-)?authorization$/i;

function secretInHeader(name: string, value: string): string | undefined {
  const ofName = secretHeader.test(name) && !isHarmless(value) ? 'holds a secret by its name' : undefined;
  return ofName ?? secretIn(name, value);
}

/** What the kubelet asks or runs in a container: a probe or a hook. */
interface Handler {
  readonly exec?: { readonly command?: readonly string[] } | null;
  readonly httpGet?: { readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[] } | null;
}

function secretInHandler(handler: Handler, path: Path, at: ContainerInPod): Violation | undefined {
  const seen = (below: Path, what: string, reason: string) =>
    violation(at, [...path, ...below], {
      value: '<redacted>',
      message: `${what} of ${describe(at)} ${reason}`,
      remedy,
    });
  const command = handler.exec?.command ?? [];
  for (let i = 0; i < command.length; i++) {
    const text: unknown = command[i];
    const reason = typeof text === 'string' ? secretInArgument(text, command[i - 1]) : undefined;
    if (reason !== undefined) return seen(['exec', 'command', i], 'an argument of a probe or hook', reason);
  }
  const headers = handler.httpGet?.httpHeaders ?? [];
  for (let i = 0; i < headers.length; i++) {
    const { name, value } = headers[i] ?? {};
    const reason = typeof value === 'string' && value !== '' ? secretInHeader(String(name), value) : undefined;
    if (reason !== undefined)
      return seen(['httpGet', 'httpHeaders', i, 'value'], `the header ${name} of a probe or hook`, reason);
  }
  return undefined;
}

const ofHandlers = eachContainer((at): Violation | undefined => {
  const { container } = at;
  for (const probe of probes) {
    const handler = container[probe];
    const found = isAbsent(handler) ? undefined : secretInHandler(handler, [probe], at);
    if (found) return found;
  }
  if (isAbsent(container.lifecycle)) return undefined;
  for (const hook of hooks) {
    const handler = container.lifecycle[hook];
    const found = isAbsent(handler) ? undefined : secretInHandler(handler, ['lifecycle', hook], at);
    if (found) return found;
  }
  return undefined;
});

const ofDrivers = eachVolume((volume, index, pod): Violation | undefined => {
  for (const [name, value] of Object.entries(volume.csi?.volumeAttributes ?? {})) {
    const reason = typeof value === 'string' && value !== '' ? secretIn(name, value) : undefined;
    if (reason === undefined) continue;
    return violation(volumeAt(pod, index, volume), ['csi', 'volumeAttributes', name], {
      value: '<redacted>',
      message: `the attribute ${name} of volume "${volume.name}" ${reason}`,
      remedy: 'give the driver a Secret to read, by nodePublishSecretRef; change the value, since it was written down',
    });
  }
  return undefined;
});

const checks = [ofEnvironment, ofArguments, ofHandlers, ofDrivers] as const;

export const secretLiteral = {
  id: 'secret-literal',
  subject: 'pod',
  title: 'No secret is written into a manifest',
  severity: 'error',
  why:
    'A literal is in the repository, its history, every pipeline and `kubectl get -o yaml`; an argument is in the process list of the node too. ' +
    'Who reads any of them has the secret, and nobody notices.',
  fix: 'Keep it in a secret store and mount it as a file; an environment variable may name the file (DB_PASSWORD_FILE).',
  check: (pod, context) => {
    let found = NONE;
    for (const check of checks) {
      const more = check(pod, context);
      if (more !== NONE) found = [...found, ...more];
    }
    return found;
  },
} as const satisfies PodRule;
