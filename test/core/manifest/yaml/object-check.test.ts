import { flatten, objectFaults } from '../../../../core/manifest/yaml/object-check';

const object = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', labels: { b: 'c' } } };

describe('objectFaults', () => {
  it.each([
    [object],
    [{ apiVersion: 'v1', kind: 'Pod' }],
    [{ apiVersion: 'v1', kind: 'Pod', metadata: null }],
    [
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'a', labels: null, annotations: { a: null }, creationTimestamp: null },
      },
    ],
  ])('has nothing against %j', (value) => expect(objectFaults(value)).toEqual([]));

  it.each([
    ['x', [], 'a Kubernetes object is a mapping, and this is a text'],
    [[object], [], 'a Kubernetes object is a mapping, and this is a list'],
    [{}, [], 'a Kubernetes object has apiVersion and kind, and this has no apiVersion and no kind'],
    [{ apiVersion: 'v1' }, [], 'a Kubernetes object has apiVersion and kind, and this has no kind'],
    [
      { apiVersion: 1, kind: 'Pod' },
      ['apiVersion'],
      'apiVersion must be a text, and this is the number 1: put it in quotes',
    ],
    [{ apiVersion: 'v1', kind: '' }, ['kind'], 'kind must be a text, and this is empty'],
    [{ ...object, metadata: ['a'] }, ['metadata'], 'metadata must be a mapping, and this is a list'],
    [
      { ...object, metadata: { name: true } },
      ['metadata', 'name'],
      'metadata.name must be a text, and this is the boolean true: put it in quotes',
    ],
    [
      { ...object, metadata: { labels: { 'a.b/c': 80 } } },
      ['metadata', 'labels', 'a.b/c'],
      'metadata.labels["a.b/c"] must be a text, and this is the number 80: put it in quotes',
    ],
    [
      { ...object, metadata: { annotations: [] } },
      ['metadata', 'annotations'],
      'metadata.annotations must be a mapping, and this is a list',
    ],
  ])('%j', (value, at, reason) => expect(objectFaults(value)).toEqual([{ at, reason }]));
});

describe('flatten', () => {
  const all = (value: Parameters<typeof flatten>[0]) => [...flatten(value, [])];

  it('leaves objects alone, those with items of their own included', () => {
    expect(all(object)).toEqual([{ path: [], value: object }]);
    const kustomization = { apiVersion: 'example.com/v1', kind: 'Bag', items: [1] };
    expect(all(kustomization)).toEqual([{ path: [], value: kustomization }]);
    expect(all({ apiVersion: 'example.com/v1', kind: 'AllowList', spec: {} })).toHaveLength(1);
  });

  it('is nothing for nothing', () => {
    expect(all(null)).toEqual([]);
    expect(all({ apiVersion: 'v1', kind: 'List', items: [] })).toEqual([]);
  });

  it('opens lists, and lists in lists', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [object, { apiVersion: 'v1', kind: 'List', items: [object] }, 'x'],
    };
    expect(all(list)).toEqual([
      { path: ['items', 0], value: object },
      { path: ['items', 1, 'items', 0], value: object },
      { path: ['items', 2], value: 'x' },
    ]);
  });

  it('gives the items of a typed list the kind that the API server leaves out', () => {
    expect(all({ apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'a' } }] })).toEqual([
      { path: ['items', 0], value: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } } },
    ]);
    expect(all({ apiVersion: 'v1', kind: 'List', items: [{ metadata: { name: 'a' } }] })).toEqual([
      { path: ['items', 0], value: { metadata: { name: 'a' } } },
    ]);
  });
});
