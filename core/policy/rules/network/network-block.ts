import type { Path } from '../../../manifest/path';
import { networkPolicyKinds, suspectAllowancesIn } from '../../../network/allowances';
import { cidrFault, parseCidr } from '../../../network/cidr';
import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';
import { NONE } from '../../rule';

function judge(path: Path, value: unknown): Violation | undefined {
  const fault = cidrFault(value);
  if (fault === undefined) return undefined;
  if (parseCidr(String(value)) !== undefined) return { path, value, ...fault, severity: 'warning' };
  return {
    path,
    value,
    message: `${JSON.stringify(value)} is no address block that all network plugins read alike`,
    remedy: `${fault.remedy}, without leading zeros`,
  };
}

/**
 * Code, since it tells a block that nobody reads from one that names an address inside of it, which isCIDR of CEL does not, and
 * finds the blocks of each kind of policy where that kind has them.
 */
export const networkBlock = {
  id: 'network-block',
  subject: 'object',
  kinds: networkPolicyKinds,
  title: 'Blocks of addresses in network policies are read alike by everybody',
  severity: 'error',
  why:
    'With leading zeros a block is decimal for one reader and octal for another: what the author closed is open. One that names an address ' +
    'inside of the block (10.1.2.3/8, a warning) opens all of it, and is often a slip for the one address.',
  fix: 'Write the first address of the block and the prefix, without leading zeros: 203.0.113.0/24, 2001:db8::/32.',
  check: (object) => {
    const rules = suspectAllowancesIn(object);
    if (rules.length === 0) return NONE;
    const blocks = rules.flatMap(({ peers = [] }) => peers.flatMap((peer) => peer.blocks));
    return blocks.flatMap(({ cidr, cidrPath, path, except }) => [
      ...[cidr].flatMap((text) => judge(cidrPath, text) ?? []),
      ...except.flatMap((part, index) => judge([...path, 'except', index], part) ?? []),
    ]);
  },
} as const satisfies ObjectRule;
