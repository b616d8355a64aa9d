import { BlockList, isIP } from 'node:net';
import * as fc from 'fast-check';
import { type Cidr, cidrContains, cidrsOverlap, parseAddressAsCidr, parseCidr } from '../../../core/network/cidr';

const cidr = (text: string): Cidr => {
  const parsed = parseCidr(text);
  if (!parsed) throw new Error(`${text} is no CIDR`);
  return parsed;
};

/** IPv6 addresses that are not IPv4-mapped: those stand for IPv4 here. */
const ipv6 = fc
  .ipV6()
  .filter((address) => !/^(0{0,4}:)*:?(0{1,4}:)*ffff:[^:]+(:[^:]+)?$/i.test(address) && isIP(address) === 6);
const v4 = fc.tuple(fc.ipV4(), fc.nat(32)).map(([address, prefix]) => `${address}/${prefix}`);
const v6 = fc.tuple(ipv6, fc.nat(128)).map(([address, prefix]) => `${address}/${prefix}`);
const any = fc.oneof(v4, v6);
/** Blocks near each other, so that they do meet. */
const near = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 20, max: 32 }))
  .map(([last, prefix]) => `10.0.0.${last * 64}/${prefix}`);

describe('parseCidr', () => {
  it.each([
    ['10.0.0.0/8', '10.0.0.0/8', false],
    ['10.1.2.3/8', '10.0.0.0/8', true],
    ['0.0.0.0/0', '0.0.0.0/0', false],
    ['255.255.255.255/32', '255.255.255.255/32', false],
    ['FD00:EC2::254/128', 'fd00:ec2::254/128', false],
    ['fd00:0ec2:0:0:0:0:0:254/128', 'fd00:ec2::254/128', false],
    ['::/0', '::/0', false],
    ['::1/128', '::1/128', false],
    ['1::/16', '1::/16', false],
    ['1:0:0:2:0:0:0:3/128', '1:0:0:2::3/128', false],
    ['1:0:0:2:3:0:0:4/128', '1::2:3:0:0:4/128', false],
    ['1:0:2:3:4:5:6:7/128', '1:0:2:3:4:5:6:7/128', false],
    ['fe80::1/10', 'fe80::/10', true],
    ['64:ff9b::10.0.0.1/128', '64:ff9b::a00:1/128', false],
    ['::ffff:169.254.169.254/128', '169.254.169.254/32', false],
    ['::ffff:0:0/96', '0.0.0.0/0', false],
    ['::fffe:0:0/95', '::fffe:0:0/95', false],
  ])('reads %s as %s', (text, canonical, hostBitsSet) => {
    expect(parseCidr(text)).toMatchObject({ text: canonical, hostBitsSet });
  });

  it.each([
    '',
    '/',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/08',
    '10.0.0.0/8/8',
    '010.0.0.0/8',
    '10.0.0/8',
    '10.0.0.0.0/8',
    '256.0.0.0/8',
    '10.0.0.0/8 ',
    ' 10.0.0.0/8',
    '0x0a.0.0.0/8',
    '::/129',
    ':::/8',
    '::1::/8',
    '1:2:3:4:5:6:7/8',
    '1:2:3:4:5:6:7:8:9/8',
    '1:2:3:4:5:6:7:8::/8',
    'fe80::1%eth0/64',
    '12345::/16',
    'g::/8',
    '::1.2.3/8',
    '1.2.3.4::/8',
    ':1::/8',
    '1:/8',
    'localhost/8',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  it('gives a canonical text that reads back as the same block', () => {
    fc.assert(
      fc.property(any, (text) => {
        const first = cidr(text);
        const again = cidr(first.text);
        expect(again).toEqual({ ...first, hostBitsSet: false });
        expect(again.text).toBe(first.text);
      }),
    );
  });

  it('writes IPv6 as the WHATWG URL parser does', () => {
    fc.assert(
      fc.property(ipv6, (address) => {
        expect(cidr(`${address}/128`).text).toBe(`${new URL(`http://[${address}]`).hostname.slice(1, -1)}/128`);
      }),
    );
  });

  it('has as many addresses as the prefix says', () => {
    fc.assert(
      fc.property(any, (text) => {
        const { first, last, prefix, family } = cidr(text);
        expect(last - first + 1n).toBe(2n ** BigInt((family === 4 ? 32 : 128) - prefix));
      }),
    );
  });

  it("agrees with Node's own block list on which addresses are inside", () => {
    const cases = fc.oneof(
      fc.tuple(v4, fc.ipV4(), fc.constant('ipv4' as const)),
      fc.tuple(
        near,
        near.map((text) => text.slice(0, text.indexOf('/'))),
        fc.constant('ipv4' as const),
      ),
      fc.tuple(v6, ipv6, fc.constant('ipv6' as const)),
    );
    fc.assert(
      fc.property(cases, ([text, address, family]) => {
        const [base, prefix] = text.split('/') as [string, string];
        const list = new BlockList();
        list.addSubnet(base, Number(prefix), family);
        expect(cidrContains(cidr(text), parseAddressAsCidr(address)!)).toBe(list.check(address, family));
      }),
    );
  });
});

describe('parseAddressAsCidr', () => {
  it('makes a block of one address', () => {
    expect(parseAddressAsCidr('169.254.169.254')?.text).toBe('169.254.169.254/32');
    expect(parseAddressAsCidr('fd00:ec2::254')?.text).toBe('fd00:ec2::254/128');
    expect(parseAddressAsCidr('10.0.0.0/8')).toBeUndefined();
    expect(parseAddressAsCidr('example.com')).toBeUndefined();
  });
});

describe('cidrContains and cidrsOverlap', () => {
  it.each([
    ['10.0.0.0/8', '10.1.0.0/16', true, true],
    ['10.1.0.0/16', '10.0.0.0/8', false, true],
    ['10.0.0.0/8', '11.0.0.0/8', false, false],
    ['0.0.0.0/0', '169.254.169.254/32', true, true],
    ['::/0', '169.254.169.254/32', false, false],
    ['::/0', 'fd00:ec2::254/128', true, true],
    ['10.0.0.0/9', '10.128.0.0/9', false, false],
  ])('%s and %s', (a, b, inside, meet) => {
    expect(cidrContains(cidr(a), cidr(b))).toBe(inside);
    expect(cidrsOverlap(cidr(a), cidr(b))).toBe(meet);
  });

  it('are an order and a symmetric relation that follows from it', () => {
    fc.assert(
      fc.property(fc.oneof(near, any), fc.oneof(near, any), fc.oneof(near, any), (x, y, z) => {
        const [a, b, c] = [cidr(x), cidr(y), cidr(z)];
        expect(cidrContains(a, a)).toBe(true);
        if (cidrContains(a, b) && cidrContains(b, a)) expect(a.text).toBe(b.text);
        if (cidrContains(a, b) && cidrContains(b, c)) expect(cidrContains(a, c)).toBe(true);
        expect(cidrsOverlap(a, b)).toBe(cidrsOverlap(b, a));
        const meet = a.family === b.family && a.first <= b.last && b.first <= a.last;
        expect(cidrsOverlap(a, b)).toBe(meet);
      }),
      { numRuns: 500 },
    );
  });
});
