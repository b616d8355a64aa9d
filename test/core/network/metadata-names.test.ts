import * as fc from 'fast-check';
import { metadataAddresses } from '../../../core/network/metadata-addresses';
import { metadataNames, metadataNamesIn } from '../../../core/network/metadata-names';

describe('the metadata names', () => {
  it.each(metadataNames.map((entry) => [entry.name, entry] as const))(
    '%s is of a metadata address, and has a source',
    (_, { address, source }) => {
      expect(metadataAddresses.map((known) => known.address)).toContain(address);
      expect(source).toMatch(/^https:\/\//);
    },
  );

  it('are met by a pattern where, and only where, some name is of both', () => {
    const region = fc.constantFrom('eu-west-1', 'us-east-2');
    const pattern = fc
      .array(fc.constantFrom('*', '**', '.', 'instance-data', 'compute', 'eu-', 'internal', 'a'), { maxLength: 8 })
      .map((parts) => parts.join(''));
    let met = 0;
    fc.assert(
      fc.property(pattern, region, (written, at) => {
        const source = written.replace(/\*+|\./g, (part) => (part === '.' ? '[.]' : part === '*' ? '[^.]*' : '.*'));
        const matches = new RegExp(`^${source}$`).test(`instance-data.${at}.compute.internal`);
        if (!matches) return;
        met++;
        expect(metadataNamesIn(written).map(({ name }) => name)).toContain('instance-data.*.compute.internal');
      }),
      { numRuns: 5000 },
    );
    expect(met).toBeGreaterThan(10);
    expect(metadataNamesIn('a*.compute.internal')).toEqual([]);
    expect(metadataNamesIn('instance-data.*.*.compute.internal')).toEqual([]);
    expect(metadataNamesIn('instance-data.**.compute.internal')).toHaveLength(1);
  });

  it('answers for many stars at once', () => {
    expect(metadataNamesIn(`${'*a'.repeat(2000)}`)).toEqual([]);
  });
});
