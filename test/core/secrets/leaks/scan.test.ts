import { portablePattern } from '../../../../core/policy/expression/pattern';
import { patternLines } from '../../../../core/secrets/leaks/data';
import { KeywordIndex } from '../../../../core/secrets/leaks/keyword-index';
import { entropyOf, isRandomSecret, mayHoldToken, tokenIn } from '../../../../core/secrets/leaks/scan';
import { shapes } from '../../../../core/secrets/leaks/shapes';
import { cpuTime } from '../../../support/cpu-time';

const keywords = [
  ...shapes.flatMap((shape) => shape.keywords),
  ...patternLines.filter((line) => !line.startsWith('\t')).flatMap((line) => (line.split(' ')[3] ?? '').split(',')),
];

it('finds words whatever their case, and no others', () => {
  const index = new KeywordIndex([
    ['ghp_', 1],
    ['ghp', 2],
    ['adobe', 3],
  ] as const);
  expect([...(index.find('x GhP_ and ADOBE') ?? [])].sort()).toEqual([1, 2, 3]);
  expect(index.find('gh p_ adob')).toBeUndefined();
  expect(index.find('')).toBeUndefined();
  expect(() => new KeywordIndex([['ab', 1]])).toThrow(RangeError);
});

it.each([
  ['dapi0123456789abcdef0123456789abcdef', '', 'databricks-api-token'],
  ['0123456789abcdef0123456789abcdef', 'ADOBE_CLIENT_ID', 'adobe-client-id'],
  ['ADOBE_CLIENT_ID=0123456789abcdef0123456789abcdef', '', 'adobe-client-id'],
])('finds %s by what gitleaks knows', (text, name, id) => {
  expect(tokenIn(text, name)).toBe(`what gitleaks calls ${id}`);
});

it('finds a token of OpenBao, whatever it begins with', () => {
  const rest = 'q8Zr2Lx7Vn4Tb9Wk1Yp6Hd3';
  for (const first of ['a', 'K', '7', 'i', 'I', 'io', 'iO', 'Io8', 'ix']) {
    const token = `s.${(first + rest).slice(0, 24)}`;
    expect([token, tokenIn(`lease of ${token} renewed`)]).toEqual([token, 'what gitleaks calls vault-service-token']);
  }
});

it('is not asked about the names of groups of APIs', () => {
  for (const name of ['networking.k8s.io/v1', 'rbac.authorization.k8s.io', 'app.kubernetes.io/name', 'k8s.io'])
    expect(mayHoldToken(name)).toBe(false);
});

it.each(['AKIAIOSFODNN7EXAMPLE', 'dapi'.padEnd(36, 'a'), 'hello, world', '0123456789abcdef0123456789abcdef'])(
  'finds nothing in %s',
  (text) => {
    expect(tokenIn(text)).toBeUndefined();
  },
);

it('takes a random value under a telling name for a secret, and words for none', () => {
  expect(isRandomSecret('SESSION_KEY', 'q8Zr2Lx7Vn4Tb9Wk1Yp6')).toBe(true);
  expect(isRandomSecret('SESSION', 'q8Zr2Lx7Vn4Tb9Wk1Yp6')).toBe(false);
  expect(isRandomSecret('SESSION_KEY', 'production-database-1')).toBe(false);
  expect(isRandomSecret('SESSION_KEY', 'aaaaaaaaaaaaaaaaaaa1')).toBe(false);
  expect(entropyOf('aabb')).toBe(1);
});

it('has patterns that RE2 reads, too', () => {
  for (const line of patternLines) {
    const source = line.startsWith('\t') ? line.slice(1) : line.split(' ').slice(4).join(' ');
    expect(() => portablePattern(new RegExp(source, 'u'))).not.toThrow();
  }
});

it('reads what is made to be slow in a time that grows with its length', () => {
  for (const word of [...keywords, 'eyJ', '-eyJ', `-----BEGIN ${'PRIVATE'} KEY-----`, 'a=', 'A']) {
    for (const end of ['', '=', ' a']) {
      const text = (word + end).repeat(Math.ceil(100_000 / (word + end).length));
      const started = cpuTime();
      mayHoldToken(text);
      tokenIn(text);
      expect(cpuTime() - started).toBeLessThan(1_000);
    }
  }
});
