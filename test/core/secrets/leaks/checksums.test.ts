import { awsAccountOf, base62, crc32, withoutLookAlikes } from '../../../../core/secrets/leaks/checksums';

const body = 'q7Zr2Lx8Vn4Tb9Wk1Yp6Hd3Jf5Mg0S';
const github = `ghp_${body}${base62(crc32(body), 6)}`;
const gitlabPayload = `glpat-${'a1B2c3D4e5'.repeat(3)}.0u`;
const gitlab = `${gitlabPayload}${crc32(gitlabPayload).toString(36).padStart(7, '0')}`;
const jwt = `${btoa('{"alg":"none"}')}.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl`;
const pem = (content: string) => `-----BEGIN ${'PRIVATE'} KEY-----\n${content}\n-----END ${'PRIVATE'} KEY-----`;

/** The last sign of a text for another. */
const altered = (text: string) => `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;

it('reckons CRC-32 as everybody does', () => {
  expect(crc32('123456789')).toBe(0xcbf43926);
  expect(base62(crc32('hello'), 6)).toBe('0zNvy2');
});

it("agrees with GitHub's own example", () => {
  // The one in its article about the format, in two halves for the sake of scanners.
  const example = `ghp_zQWBuTSOoRi4A9s${'pHcVY5ncnsDkxkJ0mLq17'}`;
  expect(withoutLookAlikes(example)).toBe(example);
});

it.each([
  ['a GitHub token', github, altered(github)],
  ['a routable GitLab token', gitlab, altered(gitlab)],
  ['a JSON Web Token', jwt, 'eyJhbGciOiJub25l.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl'],
  ['a private key', pem('MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF'), pem('...')],
  ['an AWS access key', `AKIA${'SP2TPHJSQH3FJRUX'}`, 'AKIAIOSFODNN7EXAMPLE'],
])('tells %s from its look-alike', (_what, genuine, lookAlike) => {
  expect(withoutLookAlikes(`a ${genuine} b`)).toBe(`a ${genuine} b`);
  expect(withoutLookAlikes(`a ${lookAlike} b`)).toContain('look-alike');
});

it('keeps what has no checksum that is published', () => {
  for (const token of [`ghs_${body}000000`, `npm_${body}000000`, `github_pat_${body}`])
    expect(withoutLookAlikes(token)).toBe(token);
});

it('keeps a private key in a text of JSON, in a text of JSON', () => {
  let key = pem('MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF').replaceAll('\n', '\r\n');
  for (let depth = 0; depth < 3; depth++) {
    key = JSON.stringify({ key }).replaceAll('/', '\\/');
    expect(withoutLookAlikes(key)).toBe(key);
  }
  expect(withoutLookAlikes(JSON.stringify(JSON.stringify(pem('...'))))).toContain('look-alike');
});

it('keeps a private key that is cut off', () => {
  const cut = `-----BEGIN ${'PRIVATE'} KEY-----\nMC4C`;
  expect(withoutLookAlikes(cut)).toBe(cut);
});

it('reads the account of an access key', () => {
  expect(awsAccountOf(`ASIA${'QNZGKIQY56JQ7WML'}`)).toBe(29_608_264_753);
  expect(awsAccountOf('AKIAIOSFODNN7EXAMPLE')).toBeUndefined();
});
