import * as fc from 'fast-check';
import { describeWith, goOracle } from '../../support/oracle';
import { cpuTime } from '../cpu-time';
import { formatImageReference, type ImageReference, parseImageReference } from './image-reference';

const sha256 = `sha256:${'0123456789abcdef'.repeat(4)}`;
const sha512 = `sha512:${'0123456789abcdef'.repeat(8)}`;

const references: readonly (readonly [string, ImageReference])[] = [
  ['redis', { repository: 'redis' }],
  ['redis:alpine', { repository: 'redis', tag: 'alpine' }],
  ['library/redis', { repository: 'library/redis' }],
  ['docker.io/library/redis:alpine', { registry: 'docker.io', repository: 'library/redis', tag: 'alpine' }],
  ['localhost/app', { registry: 'localhost', repository: 'app' }],
  ['localhost:5000/app', { registry: 'localhost:5000', repository: 'app' }],
  ['localhost:5000', { repository: 'localhost', tag: '5000' }],
  ['registry:5000/app:v1', { registry: 'registry:5000', repository: 'app', tag: 'v1' }],
  ['[::1]:5000/team/app', { registry: '[::1]:5000', repository: 'team/app' }],
  ['10.0.0.1/app', { registry: '10.0.0.1', repository: 'app' }],
  ['Registry.Example/app', { registry: 'Registry.Example', repository: 'app' }],
  ['a/b/c__d--e.f_g:V1.0_x-y', { repository: 'a/b/c__d--e.f_g', tag: 'V1.0_x-y' }],
  [`registry.example/app@${sha256}`, { registry: 'registry.example', repository: 'app', digest: sha256 }],
  [`registry.example/app:1@${sha512}`, { registry: 'registry.example', repository: 'app', tag: '1', digest: sha512 }],
];

const refusals: readonly (readonly [string, RegExp])[] = [
  ['', /^it is empty$/],
  [sha256, /^a digest alone names no repository: write repository@sha256:…$/],
  [sha256.slice(7), /^a digest alone/],
  [`@${sha256}`, /^a digest alone/],
  ['Redis', /^the repository "Redis" must be lower case$/],
  ['Team/app', /^the repository "Team\/app" must be lower case$/],
  ['registry.example/', /^it names no repository$/],
  [':v1', /^it names no repository$/],
  ['registry.example/a//b', /^"" in the repository "a\/\/b" is not/],
  ['a..b', /^"a..b" in the repository "a..b" is not lower-case letters and digits with single separators/],
  ['-app', /^"-app" in the repository/],
  [' redis', /^" redis" in the repository/],
  ['redis\n', /^"redis\\n" in the repository/],
  ['redis:', /^the tag after : is empty$/],
  ['redis:-x', /^the tag "-x" may hold/],
  ['redis:a b', /^the tag "a b" may hold/],
  ['redis:a:b', /^the tag "a:b" may hold/],
  [`redis:${'x'.repeat(129)}`, /^the tag has 129 characters, at most 128/],
  ['redis@', /^the digest "" does not start with sha256: or sha512:$/],
  ['redis@md5:d41d8cd98f00b204e9800998ecf8427e', /^the digest "md5:.*" does not start with sha256: or sha512:$/],
  ['redis@constructor:00', /^the digest "constructor:00" does not start/],
  ['redis@sha256:abc', /^the sha256 digest has 3 digits, not 64$/],
  [`redis@sha512:${'a'.repeat(64)}`, /^the sha512 digest has 64 digits, not 128$/],
  [`redis@${sha256.toUpperCase()}`, /^the digest "SHA256:.*" does not start/],
  [`redis@${sha256.replace('abc', 'aBc')}`, /is not lower-case hexadecimal$/],
  ['http://registry.example/app', /^"http:" is not a host name with an optional port$/],
  ['-a.example/app', /^"-a.example" is not a host name/],
  ['a.example:x/app', /^"a.example:x" is not a host name/],
  [`registry.example/${'a'.repeat(256)}`, /^the repository has 256 characters, at most 255 are allowed$/],
  ['a'.repeat(248), /^the repository has 256 characters/],
];

describe('parseImageReference', () => {
  it.each(references)('%s', (text, reference) => {
    expect(parseImageReference(text)).toStrictEqual({ reference });
    expect(formatImageReference(reference)).toBe(text);
  });

  it.each(refusals)('refuses %s', (text, reason) => {
    expect(parseImageReference(text)).toEqual({ reason: expect.stringMatching(reason) });
  });

  it('takes a time linear in the length of a hostile text', () => {
    const started = cpuTime();
    for (const text of ['a-'.repeat(50_000), `${'a.'.repeat(50_000)}!/x`, `${'a'.repeat(100_000)}!:5/x`]) {
      parseImageReference(text);
    }
    expect(cpuTime() - started).toBeLessThan(2_000);
  });
});

describeWith('parseImageReference, against github.com/distribution/reference', goOracle(), (ask) => {
  /** Their answer in our terms: they fill in Docker Hub, and know sha384. */
  function agreed(text: string, theirs: unknown): boolean {
    const ours = parseImageReference(text);
    if (!('reference' in ours)) return theirs === null;
    const { registry, repository, tag, digest } = ours.reference;
    const hub = registry === undefined || registry === 'docker.io' || registry === 'index.docker.io';
    const path = hub && !repository.includes('/') ? `library/${repository}` : repository;
    const expected = { domain: hub ? 'docker.io' : registry, path, tag, digest };
    return (
      JSON.stringify(
        Object.entries(expected)
          .filter(([, v]) => v !== undefined)
          .sort(),
      ) === JSON.stringify(Object.entries(theirs ?? {}).sort())
    );
  }

  it('agrees on every text of the tables', () => {
    const texts = [...references, ...refusals].map(([text]) => text);
    const answers = ask(texts.map((text) => ({ op: 'image', text })));
    expect(texts.filter((text, i) => !agreed(text, answers[i]!.result))).toEqual([
      sha256, // theirs: a repository named sha256
      'Team/app', // theirs: a registry named Team
    ]);
  });

  it('agrees on thousands of others', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b1',
        'A',
        'localhost',
        'docker.io',
        'index.docker.io',
        'x.example',
        '10.0.0.1',
        '[::1]',
        ':',
        ':5000',
        '/',
      ],
      ...['/', '/', '.', '_', '__', '___', '-', '--', '@', `@${sha256}`, `@${sha512}`, ':v1', ':1.0', ' ', 'é', '9'],
      ...['library/', sha256.slice(7), '@sha256:abc', ':V', ':-', 'a'.repeat(120)],
    );
    const texts = fc.sample(
      fc.array(piece, { minLength: 1, maxLength: 7 }).map((pieces) => pieces.join('')),
      {
        numRuns: 20_000,
        seed: 7,
      },
    );
    const answers = ask(texts.map((text) => ({ op: 'image', text })));
    const disagreed = texts.filter((text, i) => !agreed(text, answers[i]!.result));
    // Theirs takes a first component with a capital letter for a host without a dot, which Docker's documented rule does
    // not, and one that looks like a host but holds `__` for a part of the repository.
    expect(disagreed.filter((text) => !/^[^/.:]*A[^/.:]*\/|^[^/]*_[^/]*\//.test(text))).toEqual([]);
    expect(disagreed.length).toBeLessThan(texts.length / 100);
    expect(texts.filter((text) => 'reference' in parseImageReference(text)).length).toBeGreaterThan(1000);
  });
});
