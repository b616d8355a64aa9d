import { parseCidr } from '../../../core/network/cidr';
import { translatedForms } from '../../../core/network/translation';

it.each([
  ['169.254.169.254/32', ['64:ff9b::a9fe:a9fe/128', '2002:a9fe:a9fe::/48']],
  ['10.0.0.0/8', ['64:ff9b::a00:0/104', '2002:a00::/24']],
  ['0.0.0.0/0', ['64:ff9b::/96', '2002::/16']],
  ['fd00:ec2::254/128', []],
])('%s is reached by %j', (text, expected) => {
  expect(translatedForms(parseCidr(text)!).map((block) => block.text)).toEqual(expected);
});
