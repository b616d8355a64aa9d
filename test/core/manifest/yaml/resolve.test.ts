import * as fc from 'fast-check';
import { keyText, scalarValue } from '../../../../core/manifest/yaml/resolve';
import { describeWith, goOracle } from '../../../support/oracle';
import { HOSTILE } from '../../../support/oracle/yaml-readers';

const plain = (text: string) => ({ text, plain: true, tag: undefined });

describe('scalarValue', () => {
  it.each([
    ['yes', true],
    ['On', true],
    ['n', false],
    ['yEs', 'yEs'],
    ['~', null],
    ['', null],
    ['0777', 511],
    ['0o17', 15],
    ['08', 8],
    ['0b1_0', 2],
    ['1_000', 1000],
    ['-0x1f', -31],
    ['+1.5e3', 1500],
    ['1e400', '1e400'],
    ['1:30', '1:30'],
    ['2001-12-14', '2001-12-14'],
    ['<<', '<<'],
    ['9223372036854775808', 2 ** 63],
  ])('%s is %j', (text, value) => {
    expect(scalarValue(plain(text))).toEqual({ value });
    expect(scalarValue({ text, plain: false, tag: undefined })).toEqual({ value: text });
  });

  it.each([
    ['str', '123', '123'],
    ['int', '0x10', 16],
    ['float', '3', 3],
    ['bool', 'yes', true],
    ['null', '~', null],
    ['timestamp', '2001-12-14', '2001-12-14'],
  ])('reads !!%s %s', (tag, text, value) => {
    expect(scalarValue({ text, plain: false, tag: `tag:yaml.org,2002:${tag}` })).toEqual({ value });
  });

  it.each([
    ['.inf', undefined, '".inf" is a number that JSON does not have: quote it if it is a text'],
    ['x', 'tag:yaml.org,2002:int', '"x" is not what its tag !!int says'],
    ['1.5', 'tag:yaml.org,2002:int', '"1.5" is not what its tag !!int says'],
    ['aGk=', 'tag:yaml.org,2002:binary', 'the tag !!binary is not for Kubernetes: write the base64 text without it'],
  ])('refuses %s', (text, tag, fault) => expect(scalarValue({ text, plain: true, tag })).toEqual({ fault }));
});

describe('keyText', () => {
  it.each([
    ['yes', 'true'],
    ['0x10', '16'],
    ['1.50', '1.5'],
    ['1e10', '1e+10'],
    ['3.14159265358979', '3.1415927'],
    ['.inf', '.inf'],
    ['-.INF', '-.inf'],
    ['a', 'a'],
  ])('%s is the key %s', (text, value) => expect(keyText(plain(text))).toEqual({ value }));

  it.each([
    ['~', 'null cannot be a key: quote it if it is a text'],
    ['18446744073709551615', '18446744073709551615 is too large for a key: quote it if it is a text'],
  ])('refuses %s', (text, fault) => expect(keyText(plain(text))).toEqual({ fault }));
});

describeWith('scalars, against sigs.k8s.io/yaml', goOracle(), (ask) => {
  const numberLike = fc.string({ unit: fc.constantFrom(...'0011789+-._eExXoObBaAfF:'), minLength: 1, maxLength: 8 });
  const keyNumber = fc.oneof(fc.double(), fc.float(), fc.integer()).map(String);
  const texts = [
    ...HOSTILE,
    ...fc.sample(numberLike, { numRuns: 20_000, seed: 1 }),
    ...fc.sample(keyNumber, { numRuns: 5_000, seed: 2 }),
  ].filter((text) => /^[-+.\w~=<]*$/.test(text) && text.length < 100 && !/^(?:-|---|\.\.\.)?$/.test(text));

  const answers = ask(
    texts.flatMap((text) => [
      { op: 'yaml', text: `k: ${text}\n` },
      { op: 'yaml', text: `${text}: 1\n` },
    ]),
  );
  const differences = (offset: number, ours: (text: string) => unknown) =>
    texts.flatMap((text, i) => {
      const { result, error } = answers[2 * i + offset]!;
      const theirs = error === undefined ? JSON.stringify(result) : 'refused';
      const own = ours(text);
      return own === theirs ? [] : [{ text, own, theirs }];
    });

  it('have the same value', () => {
    const ours = (text: string) => {
      const result = scalarValue(plain(text));
      // JSON.stringify writes -0 as 0; so does Go's -0 arrive in JavaScript.
      return 'value' in result ? JSON.stringify({ k: result.value }) : 'refused';
    };
    expect(differences(0, ours)).toEqual([]);
  });

  it('make the same key', () => {
    const ours = (text: string) => {
      if (text === '<<') return JSON.stringify(answers[2 * texts.indexOf(text) + 1]!.error) && 'refused';
      const result = keyText(plain(text));
      return 'value' in result ? JSON.stringify({ [result.value]: 1 }) : 'refused';
    };
    expect(differences(1, ours)).toEqual([]);
  });

  it('are many', () => expect(texts.length).toBeGreaterThan(20_000));
});
