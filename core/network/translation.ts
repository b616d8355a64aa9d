import { type Cidr, parseCidr } from './cidr';

/**
 * The IPv6 blocks by which translators on the way lead to an IPv4 block: NAT64's well-known prefix `64:ff9b::/96`
 * (RFC 6052) and 6to4, `2002::/16` (RFC 3056). None for an IPv6 block.
 */
export function translatedForms({ family, first, prefix }: Cidr): readonly Cidr[] {
  if (family === 6) return [];
  const groups = `${(first >> 16n).toString(16)}:${(first & 0xffffn).toString(16)}`;
  return [`64:ff9b::${groups}/${96 + prefix}`, `2002:${groups}::/${16 + prefix}`].flatMap(
    (text) => parseCidr(text) ?? [],
  );
}
