import { parseAddressAsCidr } from '../../../core/network/cidr';
import { metadataAddresses } from '../../../core/network/metadata-addresses';

describe('the metadata addresses', () => {
  it('are exactly these', () => {
    expect([...new Set(metadataAddresses.map(({ address, ports }) => `${address} ${ports.join(',')}`))].sort()).toEqual(
      [
        '100.100.100.200 80',
        '168.63.129.16 80,32526',
        '169.254.0.23 80',
        '169.254.169.252 988',
        '169.254.169.254 80',
        '169.254.170.2 80',
        '169.254.170.23 80',
        '169.254.42.42 80',
        'fd00:42::42 80',
        'fd00:c1::a9fe:a9fe 80',
        'fd00:ec2::23 80',
        'fd00:ec2::254 80',
        'fd20:ce::254 80',
      ],
    );
  });

  it.each(metadataAddresses.map((entry) => [`${entry.cloud} ${entry.address}`, entry] as const))(
    '%s has its canonical block and a source',
    (_, { address, cidr, source }) => {
      expect(parseAddressAsCidr(address)?.text).toBe(cidr);
      expect(source).toMatch(/^https:\/\//);
    },
  );
});
