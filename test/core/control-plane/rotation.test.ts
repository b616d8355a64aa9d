import * as fc from 'fast-check';
import {
  ControlPlaneError,
  type EncryptionSettings,
  type KeyRotation,
  keyRotation,
  type RotationStep,
} from '../../../core/control-plane';
import { readManifests } from '../../../core/manifest';

const key = (letter: string): string => Buffer.alloc(32, letter).toString('base64');
const all = { a: key('a'), b: key('b'), c: key('c') };
const keysOf = (...names: readonly (keyof typeof all)[]) => Object.fromEntries(names.map((name) => [name, all[name]]));
const rotate = (from: EncryptionSettings | undefined, to: EncryptionSettings): readonly RotationStep[] =>
  keyRotation({
    from,
    to,
    keys: keysOf(...(new Set([...(from?.secretbox ?? []), ...(to.secretbox ?? [])]) as Set<'a'>)),
  });

type Provider = Readonly<
  Record<string, { readonly name?: string; readonly keys?: readonly { readonly name: string }[] }>
>;

/** What encrypts each resource and what can decrypt it, by a file: `identity`, `kms:x`, `secretbox:a`. */
function reading(content: string | undefined): (resource: string) => { writes: string; reads: readonly string[] } {
  const document = readManifests(content ?? '', { source: 'encryption.yaml' }).documents[0]?.object as unknown as
    | {
        readonly resources: readonly {
          readonly resources: readonly string[];
          readonly providers: readonly Provider[];
        }[];
      }
    | undefined;
  return (resource) => {
    const entry = document?.resources.find(({ resources }) => resources.includes(resource));
    const reads = (entry?.providers ?? [{ identity: {} }]).flatMap((provider) =>
      Object.entries(provider).flatMap(([kind, { name, keys }]) =>
        keys ? keys.map((of) => `${kind}:${of.name}`) : [name === undefined ? kind : `${kind}:${name}`],
      ),
    );
    return { writes: reads[0] ?? 'nothing', reads };
  };
}

describe('keyRotation', () => {
  it('goes from one key to another in four steps', () => {
    const steps = rotate({ secretbox: ['a'] }, { secretbox: ['b'] });
    expect(steps.map(({ id, file, restart }) => [id, reading(file?.content)('secrets').reads, restart])).toEqual([
      ['read', ['secretbox:a', 'secretbox:b', 'identity'], true],
      ['write', ['secretbox:b', 'secretbox:a', 'identity'], true],
      ['rewrite', ['identity'], false],
      ['retire', ['secretbox:b', 'identity'], true],
    ]);
    expect(steps.map(({ commands }) => commands)).toMatchSnapshot();
    for (const { file } of steps)
      if (file) expect([file.mode, file.owner, file.holdsSecrets]).toEqual([0o600, 'root:root', true]);
  });

  it('goes from nothing to a key: plain text is written until every node can read the key', () => {
    const steps = rotate(undefined, { secretbox: ['a'] });
    expect(steps.map(({ id, file }) => [id, reading(file?.content)('secrets').reads])).toEqual([
      ['read', ['identity', 'secretbox:a']],
      ['write', ['secretbox:a', 'identity']],
      ['rewrite', ['identity']],
    ]);
  });

  it('only rewrites for a new key of the same KMS', () => {
    expect(rotate({ kms: { name: 'x' } }, { kms: { name: 'x' } }).map(({ id }) => id)).toEqual(['rewrite']);
  });

  it('has a way to rewrite resources by a wildcard', () => {
    const [, , rewrite] = rotate(undefined, {
      kms: { name: 'x' },
      resources: ['secrets', 'widgets.example.com', '*.example.org'],
    });
    expect(rewrite?.commands).toMatchSnapshot();
  });

  it('writes into the folder of the control plane', () => {
    const rotation: KeyRotation = {
      from: undefined,
      to: { secretbox: ['a'] },
      keys: keysOf('a'),
      folder: '/opt/bulwark',
    };
    expect(keyRotation(rotation)[0]?.file?.path).toBe('/opt/bulwark/encryption.yaml');
  });

  const encryption: fc.Arbitrary<EncryptionSettings> = fc
    .record({
      kms: fc.option(fc.constantFrom({ name: 'x' }, { name: 'y' }), { nil: undefined }),
      secretbox: fc.option(fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }), { nil: undefined }),
      first: fc.boolean(),
      resources: fc.option(fc.constantFrom(['secrets'], ['secrets', 'widgets.example.com']), { nil: undefined }),
    })
    .filter(({ kms, secretbox }) => kms !== undefined || secretbox !== undefined)
    .map(({ kms, secretbox, first, resources }) => ({
      kms,
      secretbox,
      resources,
      writeWith: kms === undefined || secretbox === undefined ? undefined : first ? 'kms' : 'secretbox',
    }));

  it('lets every node read what any node has written, node by node, and leaves nothing behind that cannot be read', () => {
    let rotations = 0;
    fc.assert(
      fc.property(fc.option(encryption, { nil: undefined }), encryption, (from, to) => {
        const before = from?.resources ?? (from === undefined ? [] : ['secrets', 'configmaps']);
        const after = to.resources ?? ['secrets', 'configmaps'];
        if (before.some((resource) => !after.includes(resource))) {
          expect(() => rotate(from, to)).toThrow(/to\.encryption\.resources: .* would stay encrypted as it is/);
          return;
        }
        rotations++;
        const start =
          from === undefined ? undefined : rotate(undefined, from).findLast(({ file }) => file)?.file?.content;
        for (const resource of new Set([...after, 'events'])) {
          let nodes = [start, start];
          const stored = new Set([reading(start)(resource).writes]);
          for (const step of rotate(from, to)) {
            if (step.id === 'rewrite') {
              stored.clear();
              stored.add(reading(nodes[0])(resource).writes);
            }
            if (step.file === undefined) continue;
            for (const moment of [
              [step.file.content, nodes[1]],
              [step.file.content, step.file.content],
            ]) {
              nodes = moment;
              for (const node of nodes) stored.add(reading(node)(resource).writes);
              for (const node of nodes)
                for (const kind of stored) expect(reading(node)(resource).reads).toContain(kind);
            }
          }
          const encrypts = after.includes(resource) ? (to.writeWith ?? (to.kms ? 'kms' : 'secretbox')) : 'identity';
          expect([...stored]).toEqual([expect.stringMatching(`^${encrypts}`)]);
        }
      }),
      { numRuns: 500 },
    );
    expect(rotations).toBeGreaterThan(100);
  });

  it('names everything that is wrong with both ends, and no material', () => {
    const act = () =>
      keyRotation({
        from: { secretbox: [] },
        to: { kms: { name: 'a:b' }, resources: ['secrets'] },
        keys: { a: 'short' },
      });
    expect(act).toThrow(ControlPlaneError);
    expect(act).toThrow(
      `The control plane cannot be made as it is declared:
  from.encryption.secretbox: there is no key in it; name one: ['key-2027-01']
  to.encryption.kms.name: this can be no name of a KMS plugin; use up to 63 letters, digits, - and . only; it stays for good
  to.encryption.resources: configmaps would stay encrypted as it is, with nobody to read it; add configmaps
  keys["a"]: no provider uses this key; leave it out, or name it in encryption.secretbox`,
    );
    expect(act).not.toThrow('short');
  });
});
