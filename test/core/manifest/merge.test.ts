import fc from 'fast-check';
import { type Json, mergePatch, type Patch } from '../../../core/manifest';

const merged = (base: unknown, patch: unknown) => mergePatch(base, patch as Patch<unknown>);

describe('mergePatch', () => {
  it('merges objects member by member, and null removes one', () => {
    const base = { spec: { replicas: 2, paused: true, template: { metadata: { labels: { a: '1' } } } } };
    const patch = { spec: { paused: null, template: { metadata: { labels: { b: '2' } } } } };
    expect(merged(base, patch)).toStrictEqual({
      spec: { replicas: 2, template: { metadata: { labels: { a: '1', b: '2' } } } },
    });
  });

  it('sets false, 0 and the empty text, and passes over what is undefined', () => {
    expect(merged({ a: true, b: 1, c: 'x', d: 4 }, { a: false, b: 0, c: '', d: undefined })).toStrictEqual({
      a: false,
      b: 0,
      c: '',
      d: 4,
    });
  });

  it('replaces one kind of value by another, without the nulls of the patch', () => {
    expect(merged({ a: [1], b: { c: 1 }, d: 'x' }, { a: { e: 1, f: null }, b: ['y'], d: { g: {} } })).toStrictEqual({
      a: { e: 1 },
      b: ['y'],
      d: { g: {} },
    });
  });

  it.each([
    ['containers', 'name'],
    ['initContainers', 'name'],
    ['ephemeralContainers', 'name'],
    ['volumes', 'name'],
    ['env', 'name'],
    ['volumeMounts', 'mountPath'],
    ['ports', 'containerPort'],
    ['ports', 'port'],
    ['imagePullSecrets', 'name'],
    ['hostAliases', 'ip'],
  ])('merges %s by %s: each into its own, in place, and new ones at the end', (list, key) => {
    const base = {
      [list]: [
        { [key]: 'a', keep: 1, change: 1 },
        { [key]: 'b', keep: 2 },
      ],
    };
    expect(merged(base, { [list]: [{ [key]: 'c' }, { [key]: 'a', change: 2, keep: null }] })).toStrictEqual({
      [list]: [{ [key]: 'a', change: 2 }, { [key]: 'b', keep: 2 }, { [key]: 'c' }],
    });
  });

  it('replaces the lists that have no key: commands, tolerations, what is only named alike', () => {
    const base = { args: ['a', 'b'], tolerations: [{ key: 'a' }], constructor: [{ name: 'a' }] };
    expect(merged(base, { args: ['c'], tolerations: [{ key: 'b' }], constructor: [{ name: 'b' }] })).toEqual({
      args: ['c'],
      tolerations: [{ key: 'b' }],
      constructor: [{ name: 'b' }],
    });
  });

  it('replaces a list with a key by one in which an item lacks it', () => {
    expect(merged({ env: [{ name: 'A', value: '1' }] }, { env: [{ name: 'B' }, { value: '2' }] })).toStrictEqual({
      env: [{ name: 'B' }, { value: '2' }],
    });
    expect(merged({ volumes: 'none' }, { volumes: [{ name: 'a' }] })).toStrictEqual({ volumes: [{ name: 'a' }] });
  });

  it('merges a list by one key throughout: the ports of a Service are told apart by their port', () => {
    const base = { ports: [{ port: 80, targetPort: 8080 }, { port: 443 }] };
    expect(merged(base, { ports: [{ port: 80, targetPort: 9090 }] })).toStrictEqual({
      ports: [{ port: 80, targetPort: 9090 }, { port: 443 }],
    });
  });

  it('refuses a patch of the prototype', () => {
    expect(() => merged({}, JSON.parse('{"a": {"__proto__": {"b": 1}}}'))).toThrow(
      new TypeError('a patch cannot set __proto__'),
    );
  });

  const { object } = fc.letrec<{ value: Json; object: Readonly<Record<string, Json>> }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom<Json>('x', 0, false, null),
      fc.array(tie('value'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc
      .tuple(
        fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
        fc.uniqueArray(fc.tuple(fc.constantFrom('A', 'B', 'C'), tie('value')), { selector: ([name]) => name }),
      )
      .map(([members, env]) => ({ ...members, env: env.map(([name, value]) => ({ name, value })) })),
  }));

  it.each<[string, Json, Json]>([
    ['another type takes the settings out', { type: 'Recreate' }, { type: 'Recreate' }],
    [
      'their own type leaves them',
      { type: 'RollingUpdate' },
      { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
    ],
    [
      'no type leaves them',
      { rollingUpdate: { maxUnavailable: 0 } },
      { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    ],
    ['another type brings its own', { type: 'Other', other: 1 }, { type: 'Other', other: 1 }],
  ])('of a strategy, %s', (_, patch, expected) => {
    const base = { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } };
    for (const property of ['strategy', 'updateStrategy'])
      expect(merged({ [property]: base }, { [property]: patch })).toStrictEqual({ [property]: expected });
  });

  it('changes neither of the two', () => {
    fc.assert(
      fc.property(object, object, (base, patch) => {
        const before = JSON.stringify([base, patch]);
        merged(base, patch);
        expect(JSON.stringify([base, patch])).toBe(before);
      }),
    );
  });

  it('leaves the base as it is for an empty patch, and done twice is done once', () => {
    fc.assert(
      fc.property(object, object, (base, patch) => {
        expect(merged(base, {})).toStrictEqual(base);
        const once = merged(base, patch);
        expect(merged(once, patch)).toStrictEqual(once);
      }),
    );
  });
});
