import { show } from '../shape';

/** A block of IP addresses, as in `10.0.0.0/8` or `fd00::/8`. */
export interface Cidr {
  /** The version of the Internet Protocol. */
  readonly family: 4 | 6;
  /** The first address of the block, as a number. */
  readonly first: bigint;
  /** The last address of the block, as a number. */
  readonly last: bigint;
  /** How many leading bits are fixed. */
  readonly prefix: number;
  /** The block in its one canonical form: its first address (IPv6 as RFC 5952 writes it), a slash, the prefix. */
  readonly text: string;
  /**
   * Whether the text named an address inside the block rather than its first, as `10.1.2.3/8` does. Kubernetes takes it
   * with a warning; it is often a mistake for `10.1.2.3/32`.
   */
  readonly hostBitsSet: boolean;
}

const BITS = { 4: 32, 6: 128 } as const;
const MAPPED = 0xffffn << 32n;

/**
 * Reads a CIDR; undefined for a text that is none. Leading zeros are refused, since readers disagree on whether they
 * are octal.
 * A block of IPv4-mapped IPv6 addresses (`::ffff:10.0.0.0/104`) is the IPv4 block that it stands for.
 */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) return undefined;
  const parsed = parseAddress(text.slice(0, slash));
  const digits = text.slice(slash + 1);
  if (!parsed || !/^(0|[1-9]\d{0,2})$/.test(digits)) return undefined;
  const prefix = Number(digits);
  if (prefix > BITS[parsed.family]) return undefined;
  if (parsed.family === 6 && prefix >= 96 && parsed.address >> 32n === 0xffffn) {
    return block(4, parsed.address - MAPPED, prefix - 96);
  }
  return block(parsed.family, parsed.address, prefix);
}

/** The block of one address: `169.254.169.254` gives `169.254.169.254/32`. Undefined for a text that is no address. */
export function parseAddressAsCidr(text: string): Cidr | undefined {
  return text.includes('/') ? undefined : parseCidr(`${text}/${text.includes(':') ? 128 : 32}`);
}

/** What is wrong with a text that is to be a block of addresses; undefined where it is one, written by its first address. */
export function cidrFault(text: unknown): { readonly message: string; readonly remedy: string } | undefined {
  const cidr = typeof text === 'string' ? parseCidr(text) : undefined;
  if (cidr === undefined || typeof text !== 'string') {
    const single = typeof text === 'string' ? parseAddressAsCidr(text) : undefined;
    const remedy = single ? `write it as ${single.text}` : 'write it as 10.0.0.0/8 or fd00::/8';
    return { message: `${show(text)} is no CIDR`, remedy };
  }
  if (!cidr.hostBitsSet) return undefined;
  const single = parseAddressAsCidr(text.slice(0, text.indexOf('/')));
  return {
    message: `${text} names an address inside of a block, not the block`,
    remedy: `write ${cidr.text} for the block, or ${single?.text} for the address`,
  };
}

/** The same of a text that is to say where a service is: all addresses there are say nothing. */
export function serviceCidrFault(text: unknown): ReturnType<typeof cidrFault> {
  const fault = cidrFault(text);
  if (fault !== undefined || parseCidr(String(text))?.prefix !== 0) return fault;
  return {
    message: `${text} is every address: whoever takes over the workload may send what it has to anybody`,
    remedy: 'give the addresses of the service: 203.0.113.0/24',
  };
}

/** Whether every address of `inner` is in `outer`. */
export function cidrContains(outer: Cidr, inner: Cidr): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether some address is in both. Of two blocks that overlap, one contains the other. */
export function cidrsOverlap(a: Cidr, b: Cidr): boolean {
  return cidrContains(a, b) || cidrContains(b, a);
}

/** The fewest blocks that hold the addresses from `first` to `last`, and no other. */
export function cidrsOfRange(family: 4 | 6, first: bigint, last: bigint): readonly Cidr[] {
  const found: Cidr[] = [];
  for (let from = first; from <= last; ) {
    let prefix: number = BITS[family];
    // The largest block that begins here and ends in time.
    while (prefix > 0) {
      const size = 1n << BigInt(BITS[family] - prefix + 1);
      if (from % size !== 0n || from + size - 1n > last) break;
      prefix--;
    }
    const next = block(family, from, prefix);
    found.push(next);
    from = next.last + 1n;
  }
  return found;
}

function block(family: 4 | 6, address: bigint, prefix: number): Cidr {
  const size = 1n << BigInt(BITS[family] - prefix);
  const first = address - (address % size);
  return {
    family,
    first,
    last: first + size - 1n,
    prefix,
    text: `${family === 4 ? formatIPv4(first) : formatIPv6(first)}/${prefix}`,
    hostBitsSet: first !== address,
  };
}

function parseAddress(text: string): { readonly family: 4 | 6; readonly address: bigint } | undefined {
  const family = text.includes(':') ? 6 : 4;
  const address = family === 4 ? parseIPv4(text) : parseIPv6(text);
  return address === undefined ? undefined : { family, address };
}

function parseIPv4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) < 256)) {
    return undefined;
  }
  return octets.reduce((sum, octet) => (sum << 8n) + BigInt(octet), 0n);
}

function parseIPv6(text: string): bigint | undefined {
  const halves = withHexadecimalEnd(text)?.split('::');
  if (!halves || halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => (sum << 16n) + BigInt(`0x${group}`), 0n);
}

/**
 * An IPv4 address at the end stands for two groups: `64:ff9b::10.0.0.1` for `64:ff9b::a00:1`. Undefined where it is
 * none.
 */
function withHexadecimalEnd(text: string): string | undefined {
  const end = text.slice(text.lastIndexOf(':') + 1);
  if (!end.includes('.')) return text;
  const address = parseIPv4(end);
  if (address === undefined) return undefined;
  return `${text.slice(0, -end.length)}${(address >> 16n).toString(16)}:${(address & 0xffffn).toString(16)}`;
}

function formatIPv4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 0xffn).join('.');
}

function formatIPv6(address: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const [start, length] = longestZeros(groups);
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

/** Start and length of the first of the longest runs of zero groups. */
function longestZeros(groups: readonly string[]): readonly [number, number] {
  let best: readonly [number, number] = [0, 0];
  let length = 0;
  groups.forEach((group, i) => {
    length = group === '0' ? length + 1 : 0;
    if (length > best[1]) best = [i - length + 1, length];
  });
  return best;
}
