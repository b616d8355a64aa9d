import { createHash } from 'node:crypto';
import { encodeBase64, hashSync } from 'bcryptjs';
import type { RegistryFault } from '../../core/registry/fault';
import { bcryptCost } from '../../core/registry/sizing';

/** What products and manuals have, which everybody tries first. */
const wellKnown: ReadonlySet<string> = new Set([
  'harbor12345',
  'not-a-secure-key',
  'admin',
  'admin123',
  'password',
  'registry',
  'changeit',
  'changeme',
  'testpassword',
  'zot',
]);

/** bcrypt reads no more, and would take the rest for right whatever it is. */
const mostBytes = 72;
const leastBytes = 16;

/** What is wrong with a password, which no message shows. */
export function passwordFaults(key: string, user: string, password: unknown): readonly RegistryFault[] {
  const remedy = `give a secret of ${leastBytes} to ${mostBytes} bytes that a program made up, such as openssl rand -base64 32`;
  const at = (message: string): readonly RegistryFault[] => [{ key, message, remedy }];
  if (typeof password !== 'string' || password === '') return at('the user has no password');
  if (wellKnown.has(password.toLowerCase())) return at('it is the default of a product, which everybody tries first');
  if (password.toLowerCase() === user.toLowerCase()) return at('it is the name of the user');
  const bytes = Buffer.byteLength(password);
  if (bytes > mostBytes) return at(`it has ${bytes} bytes, and bcrypt reads no more than ${mostBytes}`);
  if (bytes < leastBytes) return at('it is short enough to be guessed');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line of htpasswd ends where one is
  if (/[\u0000-\u001f]/.test(password)) return at('it has a line break or a control character in it');
  return [];
}

/** A user, once the password is known. */
export interface KnownUser {
  readonly name: string;
  readonly password: string;
}

/**
 * The file of users and hashes of their passwords. It is the same in each run: the salt follows from who logs in where, and not from the
 * password, of which it would be a fast hash.
 */
export function htpasswd(host: string, users: readonly KnownUser[]): string {
  return users.map(({ name, password }) => `${name}:${hashSync(password, saltOf(host, name))}\n`).join('');
}

function saltOf(host: string, user: string): string {
  const bytes = createHash('sha256').update(`kube-bulwark registry\n${host}\n${user}`).digest().subarray(0, 16);
  return `$2b$${bcryptCost}$${encodeBase64(bytes, 16)}`;
}

/** What a Secret of the type kubernetes.io/dockerconfigjson holds. */
export function dockerConfig(host: string, { name, password }: KnownUser): string {
  const auth = Buffer.from(`${name}:${password}`).toString('base64');
  return JSON.stringify({ auths: { [host]: { username: name, password, auth } } });
}
