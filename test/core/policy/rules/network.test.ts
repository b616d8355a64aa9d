import { parseCidr } from '../../../../core/network/cidr';
import { metadataBlocksIn } from '../../../../core/network/metadata-addresses';
import { block, egress, http, networkCases } from './cases/network';
import { findingsOf, testRules } from './rule-cases';

testRules('network', networkCases);

const everyBlock = ['0.0.0.0/0', '::/0'].flatMap((cidr) => metadataBlocksIn(parseCidr(cidr)!));

it.each(everyBlock)('refuses the internet that reaches %s, and takes it with all excepted', (cidr) => {
  const whole = cidr.includes(':') ? '::/0' : '0.0.0.0/0';
  const family = everyBlock.filter((other) => other.includes(':') === cidr.includes(':'));
  const rest = family.filter((other) => other !== cidr);
  expect(findingsOf('network-metadata', egress({ to: block(whole, ...rest), ports: http }))).toMatchObject([
    { remedy: `add to except: ${cidr}`, message: expect.not.stringMatching(/ more$/) },
  ]);
  expect(findingsOf('network-metadata', egress({ to: block(whole, ...family), ports: http }))).toEqual([]);
});
