import * as fc from 'fast-check';
import { ImageLock, type LockedImage } from '../../../core/images';

const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
const locked: fc.Arbitrary<LockedImage> = fc.record({
  digest,
  platforms: fc.array(fc.constantFrom('linux/amd64', 'linux/arm64/v8', 'windows/amd64'), {
    minLength: 1,
    maxLength: 3,
  }),
});
const reference = fc.stringMatching(/^r\.example\/[a-z]{1,5}:[a-z0-9]{1,4}$/);
const images = fc.uniqueArray(fc.tuple(reference, locked), { selector: ([name]) => name, maxLength: 8 });

const one = `sha256:${'1'.repeat(64)}`;
const text = ImageLock.of([
  ['r.example/b:2', { digest: one, platforms: ['linux/amd64'] }],
  ['r.example/a:1', { digest: `sha256:${'2'.repeat(64)}`, platforms: ['linux/amd64', 'linux/arm64/v8'] }],
]).toString();

const faultsOf = (content: string) => {
  const result = ImageLock.parse(content, 'images.lock.json');
  return 'lock' in result ? [] : result.faults.map(({ line, column, reason }) => `${line}:${column}: ${reason}`);
};
const renew = 'run `bulwark images lock --update`, which asks the registries anew, and review what it changes';

describe('ImageLock', () => {
  it('is sorted, and reads like this', () => {
    expect(text).toMatchSnapshot();
  });

  it('comes back as it was written, in whatever order it was made', () => {
    fc.assert(
      fc.property(images, (entries) => {
        const lock = ImageLock.of(entries);
        expect(ImageLock.of([...entries].reverse()).toString()).toBe(lock.toString());
        for (const content of [lock.toString(), lock.toString().replaceAll('\n', '\r\n')])
          expect(ImageLock.parse(content, 'a')).toEqual({ lock });
      }),
    );
  });

  it('adds the digest to what it has, and leaves the rest as it is', () => {
    const result = ImageLock.parse(text, 'a');
    if (!('lock' in result)) throw new Error('no lock');
    const { lock } = result;
    expect(lock.pinned('r.example/b:2')).toBe(`r.example/b:2@${one}`);
    for (const other of ['r.example/b:3', 'r.example/b', `r.example/b:2@${one}`])
      expect(lock.pinned(other)).toBe(other);
    expect(ImageLock.empty.images.size).toBe(0);
  });

  it('says how the file that it is in is renewed', () => {
    const edited = text.replace(one, `sha256:${'3'.repeat(64)}`);
    const result = ImageLock.parse(edited, 'locks/other.json');
    expect('faults' in result && result.faults.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('run `bulwark images lock --update --lock locks/other.json`, which'),
    ]);
  });

  it('notices every edit by hand of a digest, a reference or the platforms', () => {
    fc.assert(
      fc.property(
        images.filter((entries) => entries.length > 0),
        digest,
        (entries, other) => {
          const lock = ImageLock.of(entries).toString();
          const [name, { digest: own, platforms }] = entries[0] as [string, LockedImage];
          fc.pre(own !== other);
          for (const edited of [
            lock.replace(own, other),
            lock.replace(`"${name}"`, '"r.example/other:edited"'),
            lock.replace(`"${platforms[0]}"`, '"linux/riscv64"'),
          ])
            expect(faultsOf(edited)).toContainEqual(expect.stringContaining('was changed by hand'));
        },
      ),
    );
  });

  it.each([
    ['is no JSON', '{', /^1:\d+: /],
    ['is empty', '', `1:1: the file must be a mapping of lockfileVersion, images, and this is null`],
    [
      'has a newer format',
      '{"lockfileVersion": 2, "entries": []}',
      '1:2: lockfileVersion 2 is of a newer kube-bulwark, and this one reads 1: install that one',
    ],
    [
      'has a format that never was',
      '{"lockfileVersion": 0, "images": {}}',
      `1:2: there is no lockfileVersion 0: ${renew}`,
    ],
    [
      'has an entry twice',
      text.replace('r.example/b:2', 'r.example/a:1'),
      /^12:5: the key "r.example\/a:1" is already in this mapping/,
    ],
    [
      'has another layout',
      JSON.stringify(JSON.parse(text)),
      `1:1: is not as \`bulwark images lock\` wrote it: ${renew}`,
    ],
    [
      'has a digest that is none',
      text.replace(one, 'sha256:11'),
      /^13:7: images\S+digest = "sha256:11" does not match/,
    ],
    [
      'has a key that nobody knows',
      text.replace('"images"', '"image"'),
      /there is no key "image"; did you mean images\?/,
    ],
    [
      'has a reference with a digest',
      text.replace('r.example/b:2', `r.example/b@${one}`),
      /is no image without a digest/,
    ],
  ])('is refused where it %s, with the place', (_, content, wanted) => {
    const faults = faultsOf(content);
    if (typeof wanted === 'string') expect(faults).toEqual([wanted]);
    else expect(faults.join('\n')).toMatch(wanted);
    expect(faults).not.toEqual([]);
  });
});
