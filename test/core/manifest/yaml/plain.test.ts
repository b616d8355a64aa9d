import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import type { Path } from '../../../../core/manifest/path';
import { parsePart } from '../../../../core/manifest/yaml/parse';
import { readPlain } from '../../../../core/manifest/yaml/plain';
import { writeYaml } from '../../../../core/manifest/yaml/write';
import { corpus } from '../../../support/corpus';
import { itUnless } from '../../../support/lack';
import { HOSTILE } from '../../../support/oracle/yaml-readers';

/** Every path of a value, and a few that are not there. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  const astray = ['absent', '', 'a: b', 0, '0', 99].map((step): Path => [...path, step]);
  if (typeof value !== 'object' || value === null) return [path, ...astray];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  // A part of a key, and more than one, are no keys.
  const near = entries.flatMap(([step]): Path[] => [
    [...path, String(step)],
    [...path, String(step).slice(0, -1)],
    [...path, `${step}:`],
  ]);
  return [path, ...astray, ...near, ...entries.flatMap(([step, node]) => pathsOf(node, [...path, step]))];
}

/** Says whether the plain reader took the text; if it did, the whole reader must say the same of everything. */
function agrees(text: string): boolean {
  const plain = readPlain(text);
  if (plain === undefined) return false;
  const whole = parsePart({ text, offset: 0 });
  expect(whole.faults).toEqual([]);
  const value = whole.tree?.value ?? null;
  expect(plain.value).toEqual(value);
  if (value === null) return true;
  const paths = pathsOf(value);
  expect(paths.map((path) => plain.offsetOf(path))).toEqual(paths.map((path) => whole.tree?.offsetOf(path)));
  return true;
}

const scalar = fc.oneof(
  fc.constantFrom(
    ...[
      'a',
      'true',
      'yes',
      'null',
      '~',
      '1',
      '0777',
      '1.5',
      '-1',
      '--x=1',
      '"q"',
      "'q'",
      '"a\\nb"',
      "'it''s'",
      '"a\\x41"',
    ],
    ...[
      'a b',
      'a #c',
      'a#c',
      'a: b',
      'a:b',
      'http://x',
      '[]',
      '{}',
      '[a, "b"]',
      '[a,b]',
      '[a: b]',
      '[a, ]',
      '[ a ]',
      '[1, -, b]',
    ],
    ...[
      '|',
      '|-',
      '|+',
      '>',
      '&x a',
      '*x',
      '!t a',
      '- a',
      '-',
      '? a',
      '# c',
      '',
      '"open',
      "'open",
      'a  ',
      '{a: b}',
      '.inf',
      '[[a]]',
    ],
  ),
  fc.constantFrom(...HOSTILE.filter((text) => text.length < 20 && !text.includes('\n'))),
);
const key = fc.constantFrom(
  'a',
  'b',
  'name',
  'a.b/c',
  '"q"',
  "'q r'",
  '"0"',
  "'a: b'",
  '""',
  'yes',
  '1',
  '<<',
  'x-y',
  '- a',
  '',
  '"a\\n"',
  '~',
  'a b',
  '$x',
  '__proto__',
);
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(key, scalar).map(([k, v]) => `${k}: ${v}`) },
  { weight: 3, arbitrary: key.map((k) => `${k}:`) },
  { weight: 3, arbitrary: scalar.map((v) => `- ${v}`) },
  { weight: 3, arbitrary: fc.tuple(key, scalar).map(([k, v]) => `- ${k}: ${v}`) },
  scalar,
  fc.constantFrom(
    '',
    '  ',
    '# comment',
    '   # comment',
    '-',
    '...',
    '%x',
    '\t',
    '- - a',
    '-   a: b',
    'a:  # c',
    '- # c',
    'a: b # c',
  ),
);
const mess = fc
  .array(fc.tuple(fc.constantFrom(0, 0, 0, 1, 2, 2, 2, 4, 4, 6), line), { maxLength: 8 })
  .chain((lines) =>
    fc.constantFrom('', '\n').map((end) => lines.map(([depth, rest]) => ' '.repeat(depth) + rest).join('\n') + end),
  );

describe('readPlain', () => {
  it('reads what it takes as the whole reader does, whatever the text', () => {
    let taken = 0;
    fc.assert(
      fc.property(mess, (text) => {
        if (agrees(text)) taken++;
      }),
      { numRuns: 20_000 },
    );
    expect(taken).toBeGreaterThan(2_000);
  });

  it('reads blocks with lines that are indented in any way', () => {
    const body = fc.array(
      fc
        .tuple(fc.nat(6), fc.constantFrom('', 'x', '# x', 'a: b', '- a', '  ', '...', '"', 'x '))
        .map(([depth, rest]) => ' '.repeat(depth) + rest),
      { maxLength: 6 },
    );
    let taken = 0;
    fc.assert(
      fc.property(
        fc.constantFrom('|', '|-', '|+', '|2', '| # c', '|- '),
        body,
        fc.constantFrom('', '\n', '\nb: 1\n', '\n- c\n'),
        fc.boolean(),
        (header, lines, end, item) => {
          const text = `${item ? 'l:\n- ' : 'a: '}${header}\n${lines.join('\n')}${end}`;
          if (agrees(text)) taken++;
        },
      ),
      { numRuns: 10_000 },
    );
    expect(taken).toBeGreaterThan(300);
  });

  it('takes all that our own writer writes of texts that are not hostile', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9./-]{0,12}$/);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.dictionary(word, fc.oneof({ maxDepth: 4 }, word, fc.integer(), fc.boolean(), tie('tree'), tie('list')), {
        minKeys: 1,
        maxKeys: 5,
      }),
      list: fc.array(fc.oneof({ maxDepth: 4 }, word, tie('tree')), { minLength: 1, maxLength: 3 }),
    }));
    fc.assert(fc.property(tree, (value) => void expect(agrees(writeYaml(value))).toBe(true)));
  });

  const all = corpus();
  itUnless(all.lack, 'takes the manifests of the corpus, or agrees that it does not', () => {
    let documents = 0;
    let taken = 0;
    for (const file of all.yamlFiles()) {
      const text = readFileSync(file, 'utf8');
      if (text.length > 200_000) continue;
      for (const part of text.split(/^---.*\n/m)) {
        documents++;
        if (agrees(part)) taken++;
      }
    }
    expect(taken / documents).toBeGreaterThan(0.5);
  });

  it.each([
    ['a: 1\na: 2\n'],
    ['a: &x 1\nb: *x\n'],
    ['a: {{ .Values.x }}\n'],
    ['a: b\n c: d\n'],
    ['a:\n\t- b\n'],
    ['{"a": 1}\n'],
    ['a: "b\n  c"\n'],
    ['a: é\n'],
    ['%YAML 1.1\n'],
  ])('leaves %j to the whole reader', (text) => {
    expect(readPlain(text)).toBeUndefined();
  });
});
