import type { cidrFault } from '../core/network/cidr';
import type { ArgumentFault } from './argument-fault';

/** What is wrong with blocks of addresses, each by its place. */
export function cidrFaults(key: string, cidrs: readonly string[], judge: typeof cidrFault): readonly ArgumentFault[] {
  return cidrs.flatMap((cidr, i) => {
    const wrong = judge(cidr);
    return wrong === undefined ? [] : [{ key: `${key}[${i}]`, ...wrong }];
  });
}
