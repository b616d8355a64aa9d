import { formatPath, type Path } from '../../../core/manifest/path';

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
});
