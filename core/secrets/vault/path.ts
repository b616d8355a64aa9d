import type { SecretFault } from '../fault';
import type { DatabaseSource } from './source';

/** Where a secret is in Vault: the engine's mount, and the path in it. */
export interface VaultPath {
  /** `secret`, `team-a/kv`. */
  readonly mount: string;
  /** Below the mount, without the `data/` that version 2 of the KV engine puts before it. */
  readonly path: string;
}

/** A path as it was read, and what is wrong with it. */
export interface ReadPath {
  /** Undefined where it names no secret. */
  readonly path: VaultPath | undefined;
  readonly faults: readonly SecretFault[];
}

/** Whether a policy of Vault reads something else than names in the path: it then stands for many secrets. */
export function isWildcardPath(path: string): boolean {
  return /[*+]/.test(path);
}

/** What version 2 of the KV engine puts before the path of a secret where something else is asked than to read or write it. */
const besideData: ReadonlySet<string> = new Set(['metadata', 'delete', 'undelete', 'destroy', 'subkeys']);
/** What ends the path in a URL, a policy or a template, or is none of its characters. */
const unsafe = /[?#%"\\{}\p{Cc}]/u;
/** White space that nobody sees at the ends of a name, or takes for a plain space within one: Vault reads another path. */
const unseen = /(?:^|\/)\s|\s(?:\/|$)|[^\S ]|\p{Cf}/u;

/**
 * Reads the path of a secret as Vault's API and its command line write it.
 *
 * @param mount where the engine is mounted, if that is more than the first part of the path. @default - the first part
 * @param version of the KV engine. In version 2 the API puts `data/` after the mount; without it the path is that of the command line,
 *   which is accepted, and said.
 */
export function readKvPath(text: string, version: 1 | 2, mount?: string): ReadPath {
  const faults = secretPathFaults(text);
  if (faults.some(isFatal)) return { path: undefined, faults };
  const start = mount ?? text.split('/', 1)[0] ?? '';
  if (text === start || !text.startsWith(`${start}/`))
    return { path: undefined, faults: [...faults, missingMount(text, mount)] };
  if (isWildcardPath(start)) return { path: undefined, faults: [wildcardMount(text)] };
  const below = text.slice(start.length + 1);
  if (version === 1) {
    const other = otherEngine(text, start, mount !== undefined);
    return other === undefined
      ? { path: { mount: start, path: below }, faults }
      : { path: undefined, faults: [...faults, other] };
  }
  if (mount === undefined && (below === 'data' || (start === 'data' && !below.startsWith('data/'))))
    return { path: undefined, faults: [...faults, halfPath(text, start)] };
  if (below.startsWith('data/')) return { path: { mount: start, path: below.slice('data/'.length) }, faults };
  const [first = '', ...rest] = below.split('/');
  if (besideData.has(first) && rest.length > 0) {
    const message = `${text} is where version 2 of the KV engine has the ${first} of a secret, not the secret`;
    const remedy = `write ${start}/data/${rest.join('/')}`;
    return { path: undefined, faults: [...faults, { property: 'path', value: text, message, remedy }] };
  }
  if (mount === undefined && rest.indexOf('data') >= 0 && rest.at(-1) !== 'data') {
    const [place, end] = [
      [start, first, ...rest].slice(0, rest.indexOf('data') + 2),
      rest.slice(rest.indexOf('data') + 1),
    ];
    const message = `${text} is below ${start}/data/${below}, or in an engine that is mounted at ${place.join('/')}`;
    const remedy = `name the mount: mount: '${place.join('/')}' reads ${end.join('/')} there, mount: '${start}' with ${start}/data/${below} the other`;
    return { path: undefined, faults: [...faults, { property: 'path', value: text, message, remedy }] };
  }
  const message = `${text} is the path of the command line: version 2 of the KV engine reads it at ${start}/data/${below}`;
  const remedy = `write ${start}/data/${below}, or name version 1 of the engine`;
  return {
    path: { mount: start, path: below },
    faults: [...faults, { property: 'path', value: text, message, remedy, severity: 'info' }],
  };
}

/** The engines that a mount is called by, as Vault mounts them by itself, and what they are asked for that is no secret which somebody wrote. */
const engineVerbs: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    [
      'aws',
      'alicloud',
      'azure',
      'consul',
      'database',
      'nomad',
      'rabbitmq',
      'terraform',
      'ldap',
      'ad',
      'kubernetes',
    ].map((engine) => [engine, /^(?:creds|static-creds|static-cred|sts)\//]),
  ),
  gcp: /^(?:token|key|roleset|static-account|impersonated-account)\//,
  pki: /^(?:issue|sign|certs?|root|config)\//,
  ssh: /^(?:creds|sign|issue|roles)\//,
  totp: /^(?:code|keys)\//,
  transit: /^(?:export|backup|encrypt|decrypt|sign|datakey|keys)\//,
};
/** What a key that never leaves Vault would leave it by, wherever its engine is. */
const exported = /(?:^|\/)(?:export\/(?:encryption|signing|hmac)-key|datakey\/(?:plaintext|wrapped))\//;
/** What Vault answers at in a namespace of Vault Enterprise, below whose name it all stands once more. */
const ofNamespace =
  /(?:^|\/)(?:sys\/(?:polic(?:y|ies)|mounts|auth|leases|raw|storage|audit|config|internal|namespaces|wrapping|capabilities\S*)|auth\/token|identity\/(?:entity|group|oidc|mfa|lookup))(?:\/|$)/;

/** Why a path of version 1 of the KV engine, which may be anything, is none: somebody else answers there. */
function otherEngine(text: string, mount: string, isNamed: boolean): SecretFault | undefined {
  const fault = (message: string, remedy: string): SecretFault => ({ property: 'path', value: text, message, remedy });
  const own = text.search(ofNamespace);
  // Below a mount that somebody names as one of the KV engine, all names are those of secrets.
  if (own >= 0 && (!isNamed || own < mount.length)) {
    const named = isNamed ? '' : `; where a KV engine is at ${mount}, say so: mount: '${mount}'`;
    return fault(
      `${text} is Vault's own, in a namespace of Vault Enterprise: it holds no secret of an application`,
      `name the path of a secret, and the namespace by vault: { namespace: 'team-a' }${named}`,
    );
  }
  const below = text.slice(mount.length + 1);
  const engine = mount.slice(mount.lastIndexOf('/') + 1);
  const isOther = Object.hasOwn(engineVerbs, engine) && engineVerbs[engine]?.test(below) === true;
  if (isNamed || !(isOther || exported.test(below))) return undefined;
  return fault(
    `${text} is no secret that somebody wrote, but what an engine of Vault makes: nobody would renew it`,
    `read it by database, pki or transit of VaultSecretMount; where a KV engine is at ${mount}, say so: mount: '${mount}'`,
  );
}

/** A path of which the mount was left out, or all that follows. */
function halfPath(text: string, start: string): SecretFault {
  const message =
    start === 'data'
      ? `${text} names no mount: data/ is what version 2 of the KV engine puts after it`
      : `${text} names no secret: data/ is what version 2 of the KV engine puts before it`;
  const remedy =
    "write all of it, as in 'secret/data/payments/db'; a mount that is called data is named by mount: 'data'";
  return { property: 'path', value: text, message, remedy };
}

/** What Vault itself answers at: there is no engine of anybody's. */
const ofVault: ReadonlySet<string> = new Set(['sys', 'auth', 'identity', 'cubbyhole']);

/** What keeps a text from being the path of a secret. */
function secretPathFaults(text: string): readonly SecretFault[] {
  const faults = vaultPathFaults(text);
  if (faults.some(isFatal)) return faults;
  const [first = ''] = text.split('/', 1);
  if (!ofVault.has(first)) return faults;
  const message = `${text} is in ${first}, which is Vault's own: it holds no secret of an application`;
  return [
    { property: 'path', value: text, message, remedy: "name an engine's mount, as in 'secret/data/payments/db'" },
  ];
}

/** What keeps a text from being a path in Vault. */
export function vaultPathFaults(text: string): readonly SecretFault[] {
  if (typeof text !== 'string') {
    const message = `${JSON.stringify(text)} is no path`;
    return [{ property: 'path', value: text, message, remedy: "give a text, as in 'secret/data/payments/db'" }];
  }
  const fault = (message: string, remedy: string): SecretFault => ({ property: 'path', value: text, message, remedy });
  const parts = text.split('/');
  if (text === '') return [fault('the path is empty', "give one, as in 'secret/data/payments/db'")];
  if (text.startsWith('/')) return [fault(`${text} begins with a slash: Vault's paths do not`, 'leave it out')];
  if (parts.includes('..') || parts.includes('.'))
    return [fault(`${text} leads upwards or to itself: Vault reads names`, 'write the whole path, without . and ..')];
  if (parts.includes(''))
    return [fault(`${text} has an empty part`, 'write one slash between two parts, and none at the end')];
  if (unsafe.test(text))
    return [
      fault(`${JSON.stringify(text)} holds what a URL or a policy reads as something else`, 'leave out ? # % " \\ { }'),
    ];
  if (unseen.test(text))
    return [
      fault(
        `${JSON.stringify(text)} has white space at the end of a name, or such as nobody sees: it is another path`,
        'leave it out',
      ),
    ];
  if (isWildcardPath(text)) {
    const message = `${text} stands for many secrets: whoever writes one of them later gives it to this workload`;
    const remedy = 'name each secret by a mount of its own, or give the workload an exception with its reason';
    return [{ ...fault(message, remedy), rule: 'secret-wildcard' }];
  }
  return [];
}

/** False for what somebody may take the responsibility for: the path is read all the same. */
export function isFatal({ rule }: SecretFault): boolean {
  return rule === undefined;
}

function missingMount(text: string, mount: string | undefined): SecretFault {
  const message =
    mount === undefined ? `${text} names no secret below a mount` : `${text} is not below the mount ${mount}`;
  return {
    property: 'path',
    value: text,
    message,
    remedy: "begin with where the engine is mounted, as in 'secret/data/payments/db'",
  };
}

/** What Vault itself answers at is among all mounts, as is every other engine. */
function wildcardMount(text: string): SecretFault {
  return {
    property: 'path',
    value: text,
    message: `${text} stands for many mounts: the engines of everybody, and Vault's own sys, auth and identity`,
    remedy: 'name the mount; below it a wildcard takes an exception',
  };
}

/** A role or a key of an engine, by the path of Vault's API. */
export interface EnginePath {
  readonly mount: string;
  readonly name: string;
}

/**
 * Reads a path such as `pki/issue/orders`: the mount, what is asked of it, and of whom.
 *
 * @param verb what stands between the mount and the name: `issue`, `keys`
 * @param example for the remedy
 */
export function readEnginePath(
  text: string,
  verb: string,
  example: string,
): { readonly found: EnginePath | undefined; readonly faults: readonly SecretFault[] } {
  const faults = secretPathFaults(text);
  if (faults.some(isFatal)) return { found: undefined, faults };
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  if (isWildcardPath(parts.slice(0, -2).join('/'))) return { found: undefined, faults: [wildcardMount(text)] };
  if (parts.length >= 3 && parts.at(-2) === verb)
    return { found: { mount: parts.slice(0, -2).join('/'), name }, faults };
  const message = `${text} is no path of the form <mount>/${verb}/<name>`;
  return {
    found: undefined,
    faults: [
      ...faults,
      { property: 'path', value: text, message, remedy: `write it as Vault's API does, as in '${example}'` },
    ],
  };
}

/** Reads the path of a role of a database engine: `database/creds/orders`, `database/static-creds/orders`. */
export function readDatabasePath(text: string): {
  readonly source: DatabaseSource | undefined;
  readonly faults: readonly SecretFault[];
} {
  const isStatic = String(text).split('/').at(-2) === 'static-creds';
  const { found, faults } = readEnginePath(text, isStatic ? 'static-creds' : 'creds', 'database/creds/orders');
  return { source: found && { kind: 'database', mount: found.mount, role: found.name, isStatic }, faults };
}
