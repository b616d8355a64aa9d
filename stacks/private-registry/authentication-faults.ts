import { isDnsLabel, isDnsSubdomain } from '../../core/manifest/names';
import { serviceCidrFault } from '../../core/network/cidr';
import type { RegistryFault } from '../../core/registry/fault';
import { cidrFaults } from '../cidrs';
import type { PlainArgs } from './config';
import { trustFaults } from './trust-faults';

type Authentication = PlainArgs['authentication'];
type Key = keyof Authentication;

/** What each way to let in is told by: what it needs, and what it takes besides. */
const ways: Readonly<Record<string, { readonly needs: readonly Key[]; readonly takes: readonly Key[] }>> = {
  htpasswd: { needs: ['users'], takes: [] },
  token: { needs: ['realm', 'service', 'issuer'], takes: ['certificates', 'jwks'] },
  oidc: { needs: ['issuer', 'clientId', 'secretName', 'cidrs'], takes: ['scopes', 'groupsClaim', 'users'] },
};

const userForm = /^[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?$/;

/** Everything that is wrong with how the registry lets in, but for passwords. */
export function authenticationFaults(authentication: Authentication): readonly RegistryFault[] {
  const { kind } = authentication;
  const way = Object.hasOwn(ways, kind) ? ways[kind] : undefined;
  const at = (key: string, message: string, remedy: string): RegistryFault => ({
    key: `authentication.${key}`,
    message,
    remedy,
  });
  if (way === undefined) {
    const ids = Object.keys(ways).join(', ');
    return [at('kind', `there is no ${JSON.stringify(kind.slice(0, 100))}; nobody is let in without`, `use ${ids}`)];
  }
  const faults: RegistryFault[] = [];
  const given = Object.keys(authentication) as Key[];
  const idle = given.filter((key) => key !== 'kind' && authentication[key] !== undefined);
  for (const key of idle.filter((each) => ![...way.needs, ...way.takes].includes(each)))
    faults.push(at(key, `nobody is let in by it with ${kind}`, 'leave it out, or use another kind'));
  for (const key of way.needs.filter((each) => !authentication[each]?.length))
    faults.push(at(key, 'it is missing', `give it: ${kind} needs ${way.needs.join(', ')}`));
  const { users = [], realm, issuer, certificates, jwks, cidrs = [], secretName } = authentication;
  for (const [i, { name }] of users.entries()) {
    if (!userForm.test(name))
      faults.push(at(`users[${i}].name`, 'it is no name of a user', 'use small letters, digits, dots and dashes'));
    const first = users.findIndex((other) => other.name === name);
    if (first < i)
      faults.push(at(`users[${i}].name`, `users[${first}] has the same name`, 'give each user a name of their own'));
  }
  for (const [key, address] of Object.entries({ realm, ...(kind !== 'token' && { issuer }) }))
    if (address && !/^https:\/\/[^\s/@?#]+(\/[^\s@?#]*)?$/.test(address))
      faults.push(at(key, 'it is no address that passwords may be sent to', "write it as 'https://<host>/<path>'"));
  if (kind === 'token') {
    if ((certificates === undefined) === (jwks === undefined))
      faults.push(at('certificates', 'what tokens are signed by is to be given once', 'give certificates or jwks'));
    faults.push(...trustFaults({ certificates, jwks }));
  }
  if (secretName && !isDnsSubdomain(secretName))
    faults.push(at('secretName', 'it is no name of a Secret', 'write it as kubectl get shows it'));
  return [...faults, ...cidrFaults('authentication.cidrs', cidrs, serviceCidrFault)];
}

/** What is wrong with who pulls. */
export function pullSecretFaults(
  { pullSecrets = [], authentication }: PlainArgs,
  own: string,
): readonly RegistryFault[] {
  const users = new Set(authentication.users?.map(({ name }) => name));
  const faults: RegistryFault[] = [];
  if (pullSecrets.length > 0 && authentication.kind !== 'htpasswd' && users.size === 0) {
    const message = `the stack knows nobody's password with ${authentication.kind}`;
    return [{ key: 'pullSecrets', message, remedy: 'leave it out, and bring the Secrets from where the users are' }];
  }
  for (const [i, { namespace, user }] of pullSecrets.entries()) {
    const key = `pullSecrets[${i}]`;
    if (!users.has(user)) {
      const message = `${JSON.stringify(user.slice(0, 100))} is none of authentication.users`;
      faults.push({ key: `${key}.user`, message, remedy: 'name one of them' });
    }
    if (!isDnsLabel(namespace) || namespace === own) {
      const message = namespace === own ? 'it is that of the registry' : 'it is no name of a namespace';
      faults.push({ key: `${key}.namespace`, message, remedy: 'give a namespace whose pods pull from the registry' });
    }
    const first = pullSecrets.findIndex((other) => other.namespace === namespace);
    if (first < i) {
      const message = `pullSecrets[${first}] has the same namespace`;
      faults.push({ key: `${key}.namespace`, message, remedy: 'name one user for each namespace' });
    }
  }
  return faults;
}
