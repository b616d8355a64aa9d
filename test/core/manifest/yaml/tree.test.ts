import { parsePart } from '../../../../core/manifest/yaml/parse';
import { cpuTime } from '../../../support/cpu-time';
import { describeWith, goOracle } from '../../../support/oracle';

const parse = (text: string) => parsePart({ text, offset: 0 });
const value = (text: string) => parse(text).tree?.value;
const reasons = (text: string) => parse(text).faults.map(({ offset, reason }) => [offset, reason]);

const merges: readonly (readonly [string, unknown])[] = [
  ['b: &b {x: 1, q: 2}\na:\n  <<: *b\n  q: 3\n', { b: { x: 1, q: 2 }, a: { x: 1, q: 3 } }],
  ['b: &b {x: 1}\na:\n  x: 2\n  <<: *b\n', { b: { x: 1 }, a: { x: 1 } }],
  ['b: &b {x: 1}\nc: &c {x: 2, z: 3}\na:\n  <<: [*b, *c]\n', { b: { x: 1 }, c: { x: 2, z: 3 }, a: { x: 1, z: 3 } }],
  ['a:\n  <<: {x: 1}\n  <<: {q: 2}\n', { a: { x: 1, q: 2 } }],
  ['b: &b {x: 1}\nc: &c {<<: *b, q: 2}\na: {<<: *c}\n', { b: { x: 1 }, c: { x: 1, q: 2 }, a: { x: 1, q: 2 } }],
  ['a: {"<<": {x: 1}}\n', { a: { '<<': { x: 1 } } }],
];

describe('merge keys', () => {
  it.each(merges)('%j', (text, expected) => expect(value(text)).toEqual(expected));

  it.each([['a:\n  <<: 1\n'], ['b: &b [1]\na:\n  <<: *b\n'], ['a:\n  <<: [{x: 1}, 2]\n']])('refuses %j', (text) => {
    expect(reasons(text)).toEqual([[expect.any(Number), 'the merge key << takes a mapping or a list of mappings']]);
  });
});

describe('aliases', () => {
  it.each([
    ['a: *x\n', 3, 'there is no anchor of the name before this alias; put a text that begins with * in quotes'],
    [
      'a: *x\nb: &x 1\n',
      3,
      'there is no anchor of the name before this alias; put a text that begins with * in quotes',
    ],
    ['a: &x [*x]\n', 7, 'the value of the anchor x contains itself'],
    ['a: &x\n  b: &y [*x]\nc: *y\n', 15, 'the value of the anchor x contains itself'],
  ])('refuses %j', (text, offset, reason) => expect(reasons(text)).toEqual([[offset, reason]]));

  const laughs = (levels: number, width: number) =>
    [
      'l0: &l0 lol',
      ...Array.from({ length: levels }, (_, i) => `l${i + 1}: &l${i + 1} [${Array(width).fill(`*l${i}`)}]`),
    ].join('\n');

  it('refuses a billion laughs at once', () => {
    const started = cpuTime();
    expect(reasons(laughs(9, 10))).toEqual([
      [expect.any(Number), 'aliases make up nearly all of the document, as in one that is made to exhaust its reader'],
    ]);
    expect(cpuTime() - started).toBeLessThan(2_000);
  });

  const sizes = [
    [2, 10],
    [3, 5],
    [3, 9],
    [4, 4],
    [4, 10],
    [5, 10],
    [1, 2000],
  ] as const;
  describeWith('against sigs.k8s.io/yaml', goOracle(), (ask) => {
    it('are allowed up to the same size', () => {
      const texts = sizes.map(([levels, width]) => laughs(levels, width));
      const theirs = ask(texts.map((text) => ({ op: 'yaml', text }))).map(({ error }) => error === undefined);
      expect(texts.map((text) => parse(text).faults.length === 0)).toEqual(theirs);
      expect(new Set(theirs).size).toBe(2);
    });

    it('and merge keys give the same', () => {
      const answers = ask(merges.map(([text]) => ({ op: 'yaml-lenient', text })));
      expect(answers.map(({ result }) => result)).toEqual(merges.map(([, expected]) => expected));
    });
  });
});

describe('faults', () => {
  it.each([
    [
      'a: 1\nb: 2\na: 3\n',
      10,
      'the key "a" is already in this mapping, and readers disagree which of the two counts: leave one out',
    ],
    [
      '1: a\n"1": b\n',
      5,
      'the key "1" is already in this mapping, and readers disagree which of the two counts: leave one out',
    ],
    ['? [a]\n: b\n', 2, 'a mapping or list cannot be a key'],
    ['~: b\n', 0, 'null cannot be a key: quote it if it is a text'],
    ['a: .nan\n', 3, '".nan" is a number that JSON does not have: quote it if it is a text'],
  ])('%j', (text, offset, reason) => expect(reasons(text)).toEqual([[offset, reason]]));

  it('are reported once each, and all of them', () => {
    expect(reasons('a: &x {b: 1, b: 2, c: .inf}\nd: *x\ne: *x\n').map(([offset]) => offset)).toEqual([13, 22]);
  });
});

describe('offsetOf', () => {
  const text = 'a:\n  - b: 1\n    "c d": [x, {e: f}]\nm: &m\n  q: 1\no:\n  <<: *m\n  p: *m\n';
  const tree = parse(text).tree!;
  it.each([
    [[], 'a:'],
    [['a'], 'a:'],
    [['a', 0], 'b: 1'],
    [['a', 0, 'b'], 'b: 1'],
    [['a', 0, 'c d'], '"c d"'],
    [['a', 0, 'c d', 1], '{e: f}'],
    [['a', 0, 'c d', 1, 'e'], 'e: f'],
    [['o', 'q'], 'q: 1'],
    [['o', 'p'], 'p: *m'],
    [['o', 'p', 'q'], 'q: 1'],
    [['a', 0, 'missing', 'deeper'], 'b: 1'],
    [['a', 7], 'a:'],
    [['missing'], 'a:'],
  ])('%j is at %s', (path, at) => expect(text.slice(tree.offsetOf(path)).startsWith(at)).toBe(true));
});
