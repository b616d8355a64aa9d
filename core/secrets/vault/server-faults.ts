import { show } from '../../shape';
import { vaultPathFaults } from './path';

/** What is wrong with a setting of the server. */
export interface ServerFault {
  readonly message: string;
  readonly remedy: string;
  /** True where the value may hold what nobody is to see. */
  readonly isSecret?: boolean;
}

/** What keeps a text from being the address of a Vault. Without TLS it is one: that is a rule of its own. */
export function addressFault(given: unknown): ServerFault | undefined {
  const remedy = "give a URL: 'https://vault.vault.svc:8200'";
  if (typeof given !== 'string') return { message: `${show(given)} is no address of a Vault`, remedy };
  if (given.includes('@'))
    return { message: 'the address says who logs in: workloads log in as themselves', remedy, isSecret: true };
  if (/[?#]/.test(given))
    return { message: 'the address has more than a path in it: nothing reads a query', remedy, isSecret: true };
  // A URL is read without blanks and line breaks that stand in it; the programs that get it as it is do not.
  if (/^https?:\/\/[^\s\\"<>`{}\p{Cc}\p{Cf}]+$/u.test(given) && URL.canParse(given)) {
    const path = given.replace(/^https?:\/\/[^/]*/, '');
    if (!/\/\/|\/(?:\.|%2e){1,2}(?:\/|$)/i.test(path)) return undefined;
    return { message: `the path of ${show(given)} leads upwards, or has an empty part`, remedy };
  }
  return { message: `${show(given)} is no address of a Vault`, remedy };
}

/** As the API server itself, or a client of it, is addressed: whoever holds such a token is the workload, in the cluster. */
const apiServer = /^(?:https?:\/\/)?(?:kubernetes(?:\.default(?:\.svc(?:\.[^/]*)?)?)?|k3s)(?::\d+)?\/?$/;

/** What keeps a text from being the audience of the tokens that Vault is shown. */
export function audienceFault(given: unknown): ServerFault | undefined {
  const remedy = "name Vault, as in 'vault', and say the same in its roles";
  if (typeof given !== 'string' || !/^[^\s\p{Cc}]{1,253}$/u.test(given))
    return { message: `${show(given)} is no audience of a token`, remedy };
  if (!apiServer.test(given)) return undefined;
  const message = `a token for ${given} is one for the API server: whoever is shown it can be the workload there`;
  return { message, remedy };
}

/** What keeps a text from being where an auth method is mounted, or a namespace of Vault. */
export function placeFault(given: unknown): ServerFault | undefined {
  if (typeof given !== 'string') return { message: `${show(given)} is no text`, remedy: 'give its path' };
  const [fault] = vaultPathFaults(given.replace(/(?<=[^/])\/$/, ''));
  return fault === undefined ? undefined : { message: fault.message, remedy: fault.remedy };
}

/** What keeps a text from being where the Kubernetes auth method is mounted. */
export function authMountFault(given: unknown): ServerFault | undefined {
  if (typeof given === 'string' && /(?:^auth\/|\/$)/.test(given)) {
    const mount = given.replace(/^auth\//, '').replace(/\/+$/, '');
    return { message: `${given} is more than the name of the mount`, remedy: `write ${mount || 'kubernetes'}` };
  }
  if (typeof given === 'string' && /\s/.test(given))
    return { message: `${show(given)} has white space in it`, remedy: "name the mount, as in 'kubernetes'" };
  return placeFault(given);
}
