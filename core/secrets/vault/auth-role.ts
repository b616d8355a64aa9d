import { cidrFault } from '../../network/cidr';
import { durationSeconds } from '../duration';
import type { SecretFault } from '../fault';
import { defaultMaxTtl } from './server';

/** What limits the tokens of Vault that workloads get. */
export interface VaultAccessOptions {
  /** How long a token is good for before it has to be renewed, as Vault writes durations. @default '15m' */
  readonly tokenTtl?: string;
  /** How long it can be renewed for; then its holder logs in again, and credentials with a lease of their own are made anew. @default '24h' */
  readonly tokenMaxTtl?: string;
  /**
   * The addresses that tokens can be used from, as Vault sees them. With `csi` those of the nodes that its provider runs on, with `agent`
   * the pods', with `operator` the operator's.
   * @default - any
   */
  readonly boundCidrs?: readonly string[];
}

export const defaultTokenTtl = '15m';
export const defaultTokenMaxTtl = '24h';

/** Who a role is for. */
export interface RoleSubject {
  readonly namespace: string;
  readonly serviceAccountName: string;
  readonly audience: string;
  /** The name of its policy. */
  readonly policy: string;
}

/**
 * A role of the Kubernetes auth method, as Vault's API takes it.
 *
 * @see https://developer.hashicorp.com/vault/api-docs/auth/kubernetes#create-update-role
 */
export interface VaultAuthRole {
  readonly bound_service_account_names: readonly [string];
  readonly bound_service_account_namespaces: readonly [string];
  readonly audience: string;
  /** By UID, so that a ServiceAccount that is made anew under an old name does not inherit what was given to the old one. */
  readonly alias_name_source: 'serviceaccount_uid';
  readonly token_policies: readonly [string];
  /** The default policy lets every token write to its cubbyhole, wrap responses and look up accessors. */
  readonly token_no_default_policy: true;
  readonly token_type: 'service';
  /** Seconds. */
  readonly token_ttl: number;
  /** Seconds. */
  readonly token_max_ttl: number;
  readonly token_bound_cidrs?: readonly string[];
}

/** The role that lets exactly one ServiceAccount log in, with tokens for Vault alone. The limits have no faults. */
export function authRoleOf(subject: RoleSubject, limits: VaultAccessOptions = {}): VaultAuthRole {
  return {
    bound_service_account_names: [subject.serviceAccountName],
    bound_service_account_namespaces: [subject.namespace],
    audience: subject.audience,
    alias_name_source: 'serviceaccount_uid',
    token_policies: [subject.policy],
    token_no_default_policy: true,
    token_type: 'service',
    token_ttl: secondsOf(limits.tokenTtl ?? defaultTokenTtl),
    token_max_ttl: secondsOf(limits.tokenMaxTtl ?? defaultTokenMaxTtl),
    ...(limits.boundCidrs !== undefined && { token_bound_cidrs: limits.boundCidrs }),
  };
}

/**
 * Everything that is wrong with the limits, at once.
 *
 * @param longest the longest that the Vault leases anything
 */
export function limitFaults(limits: VaultAccessOptions, longest: string = defaultMaxTtl): readonly SecretFault[] {
  const { tokenTtl = defaultTokenTtl, tokenMaxTtl = defaultTokenMaxTtl, boundCidrs } = limits;
  const [ttl, max] = [durationSeconds(tokenTtl), durationSeconds(tokenMaxTtl)];
  const faults: SecretFault[] = [];
  if (ttl === undefined) faults.push(noDuration('tokenTtl', tokenTtl));
  if (max === undefined) faults.push(noDuration('tokenMaxTtl', tokenMaxTtl));
  if (ttl !== undefined && max !== undefined && ttl > max) {
    const message = `the tokens' time to live, ${tokenTtl}, is longer than its maximum, ${tokenMaxTtl}`;
    faults.push({ property: 'tokenTtl', value: tokenTtl, message, remedy: `give at most ${tokenMaxTtl}` });
  }
  if (max !== undefined && max > (durationSeconds(longest) ?? max)) {
    const message = `the tokens' maximum, ${tokenMaxTtl}, is longer than the ${longest} that this Vault leases anything, which it cuts them to`;
    const remedy = `give at most ${longest}, or say what the Vault allows: vault: { maxTtl: '…' }`;
    faults.push({ property: 'tokenMaxTtl', value: tokenMaxTtl, message, remedy });
  }
  boundCidrs?.forEach((cidr, i) => {
    const fault = cidrFault(cidr);
    if (fault !== undefined) faults.push({ property: `boundCidrs[${i}]`, value: cidr, ...fault });
  });
  if (boundCidrs?.length === 0) {
    const message = 'the list is empty, which Vault takes for any address';
    faults.push({ property: 'boundCidrs', value: boundCidrs, message, remedy: 'name the addresses, or leave it out' });
  }
  return faults;
}

function noDuration(property: string, value: string): SecretFault {
  const message = `${JSON.stringify(value)} is no length of time of at least a second`;
  return { property, value, message, remedy: "write it as Vault does: '15m', '1h30m', '7d'" };
}

function secondsOf(duration: string): number {
  const seconds = durationSeconds(duration);
  if (seconds === undefined) throw new RangeError(noDuration('', duration).message);
  return seconds;
}
