import * as fc from 'fast-check';
import { formatPath, type Path, parsePath } from '../../../core/manifest/path';

const table: readonly (readonly [Path, string])[] = [
  [[], ''],
  [['spec', 'containers', 1, 'securityContext'], 'spec.containers[1].securityContext'],
  [['metadata', 'annotations', 'prometheus.io/scrape'], 'metadata.annotations["prometheus.io/scrape"]'],
  [['data', 'it"s'], 'data["it\\"s"]'],
  [['data', 'nginx.conf', 'x'], 'data["nginx.conf"].x'],
  [['data', ''], 'data[""]'],
  [['a-b'], '["a-b"]'],
  [[0, 'name'], '[0].name'],
  [['data', '0'], 'data["0"]'],
  [['data', 'line\nbreak'], 'data["line\\nbreak"]'],
];

describe('formatPath', () => {
  it.each(table)('%j is %s', (path, text) => expect(formatPath(path)).toBe(text));

  it('gives no two paths the same text', () => {
    expect(new Set(table.map(([path]) => formatPath(path))).size).toBe(table.length);
  });

  it('says the same again after more paths than it remembers', () => {
    const paths = Array.from({ length: 10_000 }, (_, index): Path => ['list', index, 'name']);
    for (const path of [...paths, ...paths]) expect(formatPath(path)).toBe(`list[${path[1]}].name`);
  });
});

describe('parsePath', () => {
  it('reads back what formatPath shows, whatever the keys', () => {
    const step = fc.oneof(fc.string(), fc.nat(), fc.constantFrom('a.b', '"', '\\', ']', '', '0', '__proto__'));
    fc.assert(fc.property(fc.array(step), (path) => expect(parsePath(formatPath(path))).toEqual(path)));
  });

  it.each(['a..b', 'a[', 'a[x]', 'a b', '[1', '["a]'])('refuses %j', (text) => {
    expect(parsePath(text)).toBeUndefined();
  });
});
