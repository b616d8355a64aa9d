import { isPlain, LONE_SURROGATE, literal, quoted } from '../../../../core/manifest/yaml/write-text';

// What readers make of the results is tested in write.test.ts, by reading.
describe('isPlain', () => {
  it.each([
    'a',
    'a b',
    'a:b',
    'a#b',
    '-a',
    '.a',
    '/a',
    '$(A)',
    '(a)',
    '1.2.3',
    '10.0.0.1:80',
    '100m',
    'é',
    '😀',
    'x=y',
  ])('%s', (text) => expect(isPlain(text)).toBe(true));
  it.each([
    '',
    ' a',
    'a ',
    'a: b',
    'a:',
    'a #b',
    '- a',
    '-',
    '---a',
    '...',
    '=',
    '<<',
    '~',
    'y',
    'NULL',
    '0o7',
    '1:30',
    'a\tb',
    'a\nb',
  ])('not %j', (text) => expect(isPlain(text)).toBe(false));
  it.each(['\u200b', 'a\u00a0b', 'a\u202eb', 'a\u2028', '\ufeff', '\u{e0041}', '\ue000'])('not %j', (text) => {
    expect(isPlain(text)).toBe(false);
    expect(quoted(text)).toMatch(/^"[ -~]*"$/);
  });
});

describe('quoted', () => {
  it.each([
    ['', '""'],
    ['"\\', '"\\"\\\\"'],
    ['\0\t\n\r\x1b\x7f', '"\\0\\t\\n\\r\\x1B\\x7F"'],
    ['é 😀 / #', '"é 😀 / #"'],
  ])('%j is %s', (text, yaml) => expect(quoted(text)).toBe(yaml));
});

describe('literal', () => {
  it.each([
    ['a\nb', '|-\n  a\n  b\n'],
    ['a\nb\n', '|\n  a\n  b\n'],
    ['a\n\n b\n\n', '|+\n  a\n\n   b\n\n'],
    ['\na\n', '|\n\n  a\n'],
    ['a \n\tb\n', '|\n  a \n  \tb\n'],
  ])('%j', (text, yaml) => expect(literal(text, '  ')).toBe(yaml));

  it.each(['\n', ' a\nb', '\ta\nb', '\n a', 'a\n ', 'a\n\t\nb', 'a\n\r\n', 'a\n\x85', 'a\n\u200b', 'a\n\ud800'])(
    'is none for %j',
    (text) => expect(literal(text, '  ')).toBeUndefined(),
  );
});

describe('LONE_SURROGATE', () => {
  it.each([
    ['\ud800', true],
    ['\udc00', true],
    ['😀\ud83d', true],
    ['\ude00😀', true],
    ['😀', false],
  ])('%j: %s', (text, lone) => expect(LONE_SURROGATE.test(text)).toBe(lone));
});
