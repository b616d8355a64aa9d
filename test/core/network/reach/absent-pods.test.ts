import fc from 'fast-check';
import type { KubernetesObject } from '../../../../core/manifest/object';
import type { LabelSelector } from '../../../../core/manifest/pod-common';
import { NetworkDifference, NetworkMatrix } from '../../../../core/network/reach';
import { selectorMatches } from '../../../../core/network/selectors';

const NAME = 'kubernetes.io/metadata.name';

const namespace = (name: string, labels = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});
const deployment = (id: string): KubernetesObject => {
  const [home = '', name = ''] = id.split('/');
  const template = { metadata: { labels: { app: name } }, spec: { containers: [] } };
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: home }, spec: { template } };
};
/** Opens port 80 of everything in shop to the peer, and nothing else. */
const opening = (peer: object): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'open', namespace: 'shop' },
  spec: {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [peer], ports: [{ port: 80 }] }],
  },
});
const named = (name: string) => ({ matchLabels: { [NAME]: name } });
const rowsOf = (...objects: KubernetesObject[]) =>
  [...new NetworkMatrix(objects).rows()].map(({ from, to, certain, possible }) => {
    expect(certain.key).toBe(possible.key);
    return `${from} -> ${to}: ${certain.text}`;
  });

describe('pods that policies name and that are not here', () => {
  const shop = [namespace('shop', { team: 'shop' }), deployment('shop/web')];

  it.each<[string, object, readonly string[]]>([
    ['every namespace', { namespaceSelector: {} }, ['*/*']],
    [
      'pods of every namespace',
      { namespaceSelector: {}, podSelector: { matchLabels: { b: '2', a: '1' } } },
      ['*/[a=1,b=2]'],
    ],
    ['a namespace by its name', { namespaceSelector: named('gw') }, ['gw/*']],
    ['pods there', { namespaceSelector: named('gw'), podSelector: { matchLabels: { a: '1' } } }, ['gw/[a=1]']],
    ['a namespace by its labels', { namespaceSelector: { matchLabels: { team: 'x' } } }, ['[team=x]/*']],
    ['by name and labels', { namespaceSelector: { matchLabels: { [NAME]: 'gw', team: 'x' } } }, ['gw/*']],
    [
      'one of some names',
      { namespaceSelector: { matchExpressions: [{ key: NAME, operator: 'In', values: ['gw', 'mesh'] }] } },
      ['gw/*', 'mesh/*'],
    ],
    [
      'every namespace but some',
      { namespaceSelector: { matchExpressions: [{ key: NAME, operator: 'NotIn', values: ['gw', 'shop'] }] } },
      ['*/*'],
    ],
    ['every name', { namespaceSelector: { matchExpressions: [{ key: NAME, operator: 'Exists' }] } }, ['*/*']],
    [
      'pods by a label of any value',
      { namespaceSelector: {}, podSelector: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
      ['*/[a]'],
    ],
    [
      'a label that is there, and not one of some',
      {
        namespaceSelector: {},
        podSelector: {
          matchExpressions: [
            { key: 'a', operator: 'NotIn', values: ['1'] },
            { key: 'a', operator: 'Exists' },
          ],
        },
      },
      ['*/[a]'],
    ],
    [
      'nobody',
      { namespaceSelector: { matchLabels: { a: '1' }, matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] } },
      [],
    ],
    // They are closed by the policy, which is theirs, too.
    ['pods of the same namespace', { podSelector: { matchLabels: { app: 'gone' } } }, []],
  ])('stand for %s', (_, peer, expected) => {
    expect(rowsOf(...shop, opening(peer))).toEqual(expected.map((from) => `${from} -> shop/web: TCP 80`));
  });

  it('are not asked for where somebody of another namespace, or of the one that is named, is here', () => {
    const other = [namespace('other', { team: 'x' }), deployment('other/api')];
    const absentOf = (peer: object, ...more: KubernetesObject[]) =>
      new NetworkMatrix([...shop, ...more, opening(peer)]).absent;
    expect(absentOf({ namespaceSelector: { matchLabels: { team: 'x' } } }, ...other)).toEqual([]);
    expect(absentOf({ namespaceSelector: {} }, ...other)).toEqual([]);
    expect(absentOf({ namespaceSelector: {} })).toEqual(['*/*']);
    expect(absentOf({ namespaceSelector: named('shop') })).toEqual([]);
    const names = [{ key: NAME, operator: 'In', values: ['other', 'gw'] }];
    expect(absentOf({ namespaceSelector: { matchExpressions: names } }, ...other)).toEqual(['gw/*']);
    expect(absentOf({ namespaceSelector: {}, podSelector: { matchLabels: { app: 'gone' } } }, ...other)).toEqual([
      '*/[app=gone]',
    ]);
  });

  it('show in what a change opens and closes, whoever comes with it', () => {
    const closed = [...shop, opening({ podSelector: { matchLabels: { app: 'gone' } } })];
    const open = [...shop, opening({ namespaceSelector: {} })];
    const changes = (old: KubernetesObject[], next: KubernetesObject[]) =>
      [...new NetworkDifference(old, next).changes()].map(
        ({ from, to, opens, closes, only }) => `${from} -> ${to}: ${opens.text}; ${closes.text}; ${only}`,
      );
    expect(changes(closed, open)).toEqual(['*/* -> shop/web: TCP 80; no port; undefined']);
    expect(changes(open, closed)).toEqual(['*/* -> shop/web: no port; TCP 80; undefined']);
    const gateway = opening({ namespaceSelector: named('gw') });
    // Nobody leaves because somebody who was meant all the time is here now.
    expect(changes([...shop, gateway], [...shop, gateway, deployment('gw/envoy')])).toContain(
      'gw/envoy -> shop/web: TCP 80; no port; new',
    );
    expect(changes([...shop, gateway], [...shop, gateway, deployment('gw/envoy')]).join()).not.toContain('gw/*');
  });

  it('are few, however many ways a selector leaves', () => {
    const values = Array.from({ length: 20 }, (_, index) => `v${index}`);
    const matchExpressions = ['a', 'b', 'c', 'd'].map((key) => ({ key, operator: 'In', values }));
    const { absent } = new NetworkMatrix([
      ...shop,
      opening({ namespaceSelector: {}, podSelector: { matchExpressions } }),
    ]);
    expect(absent).toHaveLength(20);
    expect(absent[1]).toBe('*/[a=v1,b=v0,c=v0,d=v0]');
  });

  const key = fc.constantFrom('a', 'b', NAME);
  const value = fc.constantFrom('1', '2');
  const selector: fc.Arbitrary<LabelSelector> = fc.record(
    {
      matchLabels: fc.dictionary(key, value, { maxKeys: 2 }),
      matchExpressions: fc.array(
        fc.oneof(
          fc.record({
            key,
            operator: fc.constantFrom('In' as const, 'NotIn' as const),
            values: fc.array(value, { minLength: 1 }),
          }),
          fc.record({ key, operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
        ),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: [] },
  );
  /** Every way to have these labels or not. */
  const some = (keys: readonly string[]) =>
    keys.reduce<readonly Record<string, string>[]>(
      (ways, each) => ways.flatMap((way) => [way, ...['1', '2', '3'].map((one) => ({ ...way, [each]: one }))]),
      [{}],
    );

  it('are there, and reach what is open to them, wherever anybody can be meant', () => {
    fc.assert(
      fc.property(selector, selector, (namespaceSelector, podSelector) => {
        const rows = rowsOf(...shop, opening({ namespaceSelector, podSelector }));
        const isMet =
          some(['a', 'b']).some((labels) =>
            ['1', '2', '3'].some((name) => selectorMatches(namespaceSelector, { ...labels, [NAME]: name })),
          ) && some(['a', 'b', NAME]).some((labels) => selectorMatches(podSelector, labels));
        expect(rows.length > 0).toBe(isMet);
        for (const row of rows) expect(row).toMatch(/ -> shop\/web: TCP 80$/);
      }),
    );
  });
});
