import * as fc from 'fast-check';
import { rules } from '../../../../core/policy/rules';
import { cpuTime } from '../../../support/cpu-time';
import { parseImageReference } from '../../../support/oracle/image-reference';
import { digest, image, imageCases } from './cases/image';
import { findingsOf, testRules } from './rule-cases';

testRules('image', imageCases);

it('judges an image by itself however many were judged before', () => {
  for (let i = 0; i < 5_000; i++) findingsOf('image-digest', image(`r.example/app-${i}:1`));
  expect(findingsOf('image-digest', image('r.example/app-1:1'))).toHaveLength(1);
  expect(findingsOf('image-digest', image(`r.example/app-1@${digest}`))).toEqual([]);
});

const sha = 'a'.repeat(64);

it.each([
  ...[
    'redis',
    'redis:alpine',
    'library/redis',
    'localhost/app',
    'localhost:5000',
    'registry:5000/app:v1',
    '10.0.0.1/app',
  ],
  ...['[::1]:5000/team/app', 'Registry.Example/app', 'a/b/c__d--e.f_g:V1.0_x-y', `r.example/app:1@sha512:${sha}${sha}`],
  ...[
    '',
    `sha256:${sha}`,
    sha,
    `@sha256:${sha}`,
    'Redis',
    'Team/app',
    'registry.example/',
    ':v1',
    'registry.example/a//b',
  ],
  ...['a..b', '-app', ' redis', 'redis\n', 'redis:', 'redis:-x', 'redis:a b', 'redis:a:b', `redis:${'x'.repeat(129)}`],
  ...['redis@', 'redis@md5:d41d8cd98f00b204e9800998ecf8427e', 'redis@sha256:abc', `redis@sha256:${'A'.repeat(64)}`],
  ...[
    'http://registry.example/app',
    '-a.example/app',
    'a.example:x/app',
    'a__b.c/d',
    '[abc]/x',
    '[abc]:1/x',
    'a.b/c.d',
  ],
  ...[`registry.example/${'a'.repeat(255)}`, `registry.example/${'a'.repeat(256)}`, 'a'.repeat(247), 'a'.repeat(248)],
  ...[`b/${'a'.repeat(253)}`, `b/${'a'.repeat(254)}`, `docker.io/${'a'.repeat(248)}`, `redis@sha512:${sha}`, 'a/b@c/d'],
])('reads %j as the parser of image references does', (text) => {
  const readable = 'reference' in parseImageReference(text);
  expect(findingsOf('image-valid', image(text))).toHaveLength(readable ? 0 : 1);
});

it('reads what is made of the parts of references as the parser does, as long as it is short', () => {
  const part = fc.constantFrom(
    'a',
    'A',
    '9',
    '.',
    '_',
    '-',
    '/',
    ':',
    '@',
    '[',
    ']',
    'localhost',
    `sha256:${sha}`,
    ' ',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 9 }), (parts) => {
      const text = parts.join('');
      expect(findingsOf('image-valid', image(text)).length).toBe('reference' in parseImageReference(text) ? 0 : 1);
    }),
    { numRuns: 3_000 },
  );
});

it('takes a time linear in the length of a hostile text', () => {
  const started = cpuTime();
  for (const text of [
    'a-'.repeat(50_000),
    `${'a.'.repeat(50_000)}!/x`,
    `${'a'.repeat(100_000)}!:5/x`,
    '_'.repeat(100_000),
  ])
    for (const { id } of rules) if (id.startsWith('image-')) findingsOf(id, image(text));
  expect(cpuTime() - started).toBeLessThan(2_000);
});
