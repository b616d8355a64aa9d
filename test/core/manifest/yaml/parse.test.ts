import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { parsePart } from '../../../../core/manifest/yaml/parse';
import { describeWith, goOracle } from '../../../support/oracle';

const parse = (text: string) => {
  const { tree, faults } = parsePart({ text, offset: 0 });
  return faults.length > 0 ? { faults } : { value: tree?.value ?? null };
};

describe('parsePart', () => {
  it.each([
    ['a: \x07b', 3, 'the character U+0007 is not allowed here: in double quotes it is written "\\u0007"'],
    ['a: b # c\u2028d: e', 8, 'the character U+2028 is not allowed here: in double quotes it is written "\\u2028"'],
    ['a: \x85b', 3, 'the character U+0085 is not allowed here: in double quotes it is written "\\u0085"'],
    ['a: \ufeffb', 3, 'the character U+FEFF is not allowed here: in double quotes it is written "\\uFEFF"'],
    ['# x\n\n%YAML 1.1\n', 5, 'Kubernetes takes no YAML directives: leave the line out'],
    ['a: 1\n...\nb: 2\n', 9, 'Kubernetes ignores what follows the end marker ...: put --- before it'],
    ['a: [b\nc: d', 6, 'Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ['a: 1\n\tb: 2\n', 5, 'Tabs are not allowed as indentation'],
    ['['.repeat(100_000), expect.any(Number), 'mappings and lists are nested too deep in one another'],
    [
      '{a:,b: c}',
      1,
      'Kubernetes takes the : for a part of the text, other readers for the end of a key: put a blank after it',
    ],
  ])('refuses %#', (text, offset, reason) => expect(parse(text)).toEqual({ faults: [{ offset, reason }] }));

  it.each([
    ['', null],
    ['# only a comment\n', null],
    ['a: "\\u0085\\u2028"', { a: '\x85\u2028' }],
    ['{"a": "\u2028\\/\\ud83d\\ude00",\n\t"b": [\n\t\t1e2\n\t]\n}', { a: '\u2028/😀', b: [100] }],
    [`{"${'k'.repeat(2000)}": 1}`, { ['k'.repeat(2000)]: 1 }],
    ['a: {\n}\nb: [\n]\n', { a: {}, b: [] }],
    ['a: 1\n...\n', { a: 1 }],
    ['a: &x [1]\nb: *x\nc: &x 2\nd: *x\n', { a: [1], b: [1], c: 2, d: 2 }],
    ['yes: on\n1: 2\n', { true: true, 1: 2 }],
  ])('reads %#', (text, value) => expect(parse(text)).toEqual({ value }));

  it('reads the key __proto__ as a key', () => {
    const { value } = parse('__proto__: {polluted: true}\n') as { value: object };
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describeWith('parsePart, against sigs.k8s.io/yaml', goOracle(), (ask) => {
  const pieces = fc.constantFrom(
    ...[
      'a',
      'b',
      ': ',
      ': ',
      '- ',
      '\n',
      '\n',
      '\n  ',
      '\n    ',
      ' ',
      '? ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      '"x"',
      "'y'",
      ' #c',
      '1',
    ],
    ...[
      '|\n  ',
      '>\n  ',
      '|-\n  ',
      '>+\n  ',
      '&x ',
      '*x',
      '<<: ',
      '!!str ',
      '!!int ',
      '! ',
      '!t ',
      'yes',
      '~',
      '...',
      '\t',
      '"',
    ],
    ...['\\n', 'é', '=', '@', 'http://x', '0o7', '1:2', ':', '-'],
  );
  const soup = fc.array(pieces, { minLength: 1, maxLength: 14 }).map((p) => `k: ${p.join('').replace(/\n/g, '\n ')}\n`);

  const key = fc.constantFrom('a', 'b', '"a"', "'b'", '1', 'yes', '<<', 'a b', '0x1', '&x c', '? a\n');
  const scalar = fc.constantFrom(
    ...[
      '1',
      'b',
      '"x y"',
      "'it''s'",
      '',
      '# c',
      'x # c',
      '!!int "3"',
      '! "3"',
      '!t v',
      'null',
      'http://a:80/b',
      '&x 1',
      '!!float 3',
    ],
    ...[
      '[1, a: 2, {b: c}]',
      '{a: 1, b: [x], "c":d}',
      '{a, b: }',
      '&x {p: 1, q: 2}',
      '*x',
      '[*x]',
      '[a,]',
      '{? a: b}',
      '!!set {a, b}',
    ],
    ...[
      '|\n    t\n     u\n',
      '>\n    t\n    u\n\n',
      '|-\n    t\n',
      '|+\n    t\n\n',
      '"a\n     b"',
      "'a\n\n     b'",
      'a\n     b',
      '[a\n     , b]',
    ],
  );
  const entry = fc
    .tuple(fc.constantFrom('', '', '  ', '- ', '  - ', '- - '), key, scalar)
    .map(([pad, k, v]) => `${pad}${k}: ${v}`);
  const structure = fc.array(entry, { minLength: 1, maxLength: 6 }).map((lines) => `${lines.join('\n')}\n`);

  it('reads the same, or refuses', () => {
    const texts = [
      ...fc.sample(soup, { numRuns: 20_000, seed: 5 }),
      ...fc.sample(structure, { numRuns: 20_000, seed: 6 }),
    ];
    const answers = ask(texts.map((text) => ({ op: 'yaml-lenient', text })));
    const read = texts.map(parse);
    const differ = texts.flatMap((text, i) => {
      const ours = read[i]!;
      const { result, error } = answers[i]!;
      if ('faults' in ours || error !== undefined || typeof result !== 'object') return [];
      return isDeepStrictEqual(ours.value, result) ? [] : [{ text, ours: ours.value, theirs: result }];
    });
    expect(differ).toEqual([]);
    const agreed = texts.filter((_, i) => 'value' in read[i]! && answers[i]!.error === undefined);
    expect(agreed.length).toBeGreaterThan(8_000);
    const lost = texts.filter((_, i) => 'faults' in read[i]! && answers[i]!.error === undefined);
    expect(lost.length).toBeLessThan(texts.length / 10);
  });

  it('refuses duplicate keys, as it does', () => {
    const texts = ['a: 1\na: 2\n', '{"a": 1, "a": 2}', 'a:\n- b: 1\n  b: 2\n', '1: a\n0x1: b\n', 'yes: 1\non: 2\n'];
    for (const { error } of ask(texts.map((text) => ({ op: 'yaml', text }))))
      expect(error).toMatch('already set in map');
    for (const text of texts) expect(JSON.stringify(parse(text))).toMatch('is already in this mapping');
  });
});
