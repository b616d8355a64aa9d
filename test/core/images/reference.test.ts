import * as fc from 'fast-check';
import { parseImage } from '../../../core/images';
import { parseImageReference } from '../../support/oracle/image-reference';

const word = fc.stringMatching(/^[a-z0-9]{1,6}$/);
const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
const registry = fc.oneof(
  word.map((name) => `${name}.example`),
  fc.tuple(word, fc.nat(65_535)).map(([name, port]) => `${name}:${port}`),
  fc.constantFrom('docker.io', 'localhost', '127.0.0.1:5000', 'index.docker.io'),
);
const text = fc
  .record({
    registry: fc.option(registry, { nil: undefined }),
    path: fc.array(word, { minLength: 1, maxLength: 3 }),
    tag: fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,8}$/), { nil: undefined }),
    digest: fc.option(digest, { nil: undefined }),
  })
  .map(
    ({ registry: host, path, tag, digest: content }) =>
      `${host === undefined ? '' : `${host}/`}${path.join('/')}${tag === undefined ? '' : `:${tag}`}${content === undefined ? '' : `@${content}`}`,
  );

describe('parseImage', () => {
  it.each([
    ['redis', { registry: 'docker.io', repository: 'library/redis' }],
    ['redis:7.4', { registry: 'docker.io', repository: 'library/redis', tag: '7.4' }],
    ['docker.io/redis', { registry: 'docker.io', repository: 'library/redis' }],
    ['index.docker.io/redis', { registry: 'docker.io', repository: 'library/redis' }],
    ['index.docker.io/grafana/loki:3', { registry: 'docker.io', repository: 'grafana/loki', tag: '3' }],
    ['index.docker.io.example/a', { registry: 'index.docker.io.example', repository: 'a' }],
    ['grafana/loki:3', { registry: 'docker.io', repository: 'grafana/loki', tag: '3' }],
    ['localhost/a', { registry: 'localhost', repository: 'a' }],
    ['r.example:5000/a/b/c:x', { registry: 'r.example:5000', repository: 'a/b/c', tag: 'x' }],
    ['[::1]:5000/a:1', { registry: '[::1]:5000', repository: 'a', tag: '1' }],
    [
      `r.example/a:1@sha256:${'0'.repeat(64)}`,
      { registry: 'r.example', repository: 'a', tag: '1', digest: `sha256:${'0'.repeat(64)}` },
    ],
  ])('completes %s as a runtime does', (reference, parts) => {
    expect(parseImage(reference)).toEqual(parts);
  });

  it.each([
    '',
    'A',
    'r.example/A',
    'a b',
    'a:',
    'a@',
    'a@sha256:0',
    `sha256:${'0'.repeat(64)}`,
    '0'.repeat(64),
    'a//b',
    '-a',
  ])('knows that %j is none', (reference) => {
    expect(parseImage(reference)).toBeUndefined();
  });

  it('reads what another reader of the same grammar reads', () => {
    fc.assert(
      fc.property(text, (reference) => {
        const parsed = parseImage(reference);
        const other = parseImageReference(reference);
        if ('reason' in other) return expect(parsed).toBeUndefined();
        const { registry: written = 'docker.io', repository, ...rest } = other.reference;
        const host = written === 'index.docker.io' ? 'docker.io' : written;
        const whole = host === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository;
        expect(parsed).toEqual({ registry: host, repository: whole, ...rest });
      }),
    );
  });
});
