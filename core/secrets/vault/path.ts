import type { SecretFault } from '../fault';

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

/** What Vault's own policies would read as something else than a name. */
const wildcard = /[*+]/;
/** What Vault's policies fill in: `{{identity.entity.name}}`, and what its language of policies keeps for itself: `${…}`. */
const template = /\{\{|\}\}|\$\{/;
/** What version 2 of the KV engine puts before the path of a secret where something else is asked than to read or write it. */
const besideData: ReadonlySet<string> = new Set(['metadata', 'delete', 'undelete', 'destroy', 'subkeys']);
const control = /\p{Cc}/u;

/**
 * Reads the path of a secret as Vault's API and its command line write it.
 *
 * @param mount where the engine is mounted, if that is more than the first part of the path. @default - the first part
 * @param version of the KV engine. In version 2 the API puts `data/` after the mount; without it the path is that of the command line,
 *   which is accepted, and said.
 */
export function readKvPath(text: string, version: 1 | 2, mount?: string): ReadPath {
  const faults = pathFaults(text);
  if (faults.length > 0) return { path: undefined, faults };
  const start = mount ?? text.split('/', 1)[0] ?? '';
  if (text === start || !text.startsWith(`${start}/`)) return { path: undefined, faults: [missingMount(text, mount)] };
  const below = text.slice(start.length + 1);
  if (version === 1) return { path: { mount: start, path: below }, faults: [] };
  if (below.startsWith('data/')) return { path: { mount: start, path: below.slice('data/'.length) }, faults: [] };
  const [first = '', ...rest] = below.split('/');
  if (besideData.has(first) && rest.length > 0) {
    const message = `${text} is where version 2 of the KV engine has the ${first} of a secret, not the secret`;
    const remedy = `write ${start}/data/${rest.join('/')}`;
    return { path: undefined, faults: [{ property: 'path', value: text, message, remedy }] };
  }
  const message = `${text} is the path of the command line: version 2 of the KV engine reads it at ${start}/data/${below}`;
  const remedy = `write ${start}/data/${below}, or name version 1 of the engine`;
  return {
    path: { mount: start, path: below },
    faults: [{ property: 'path', value: text, message, remedy, severity: 'info' }],
  };
}

/** What keeps a text from being a path in Vault. */
export function pathFaults(text: string): readonly SecretFault[] {
  const fault = (message: string, remedy: string): SecretFault => ({ property: 'path', value: text, message, remedy });
  const parts = text.split('/');
  if (text === '') return [fault('the path is empty', "give one, as in 'secret/data/payments/db'")];
  if (text.startsWith('/')) return [fault(`${text} begins with a slash: Vault's paths do not`, 'leave it out')];
  if (parts.includes('..') || parts.includes('.'))
    return [fault(`${text} leads upwards or to itself: Vault reads names`, 'write the whole path, without . and ..')];
  if (parts.includes(''))
    return [fault(`${text} has an empty part`, 'write one slash between two parts, and none at the end')];
  if (wildcard.test(text)) {
    const message = `${text} stands for many secrets: whoever writes one of them later gives it to this workload`;
    return [fault(message, 'name each secret by a mount of its own')];
  }
  if (template.test(text)) {
    const message = `${text} is a template: the path is for a policy, which would fill in something else or refuse it`;
    return [
      fault(message, 'write the path itself; in TypeScript, a text that a value is put into stands in backticks'),
    ];
  }
  if (control.test(text))
    return [fault(`${JSON.stringify(text)} holds a control character`, 'write the path in one line, without it')];
  return [];
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
