import { excluder, folderOfGlob, pathGlob } from '../../../cli/input/path-glob';
import { cpuTime } from '../../support/cpu-time';

describe('pathGlob', () => {
  it.each([
    ['*.yaml', 'a.yaml', true],
    ['*.yaml', 'a/b.yaml', false],
    ['**/*.yaml', 'b.yaml', true],
    ['**/*.yaml', 'a/b/c.yaml', true],
    ['k8s/**', 'k8s/a/b.yaml', true],
    ['k8s/**/web.yaml', 'k8s/web.yaml', true],
    ['k8s/**/web.yaml', 'k8s/a/b/web.yaml', true],
    ['k8s/**/web.yaml', 'k8s/a/other.yaml', false],
    ['**', 'a/b/.yaml', true],
    ['**/a/**/b', 'a/a/b', true],
    ['**/a/**/b', 'c/a/d/e/b', true],
    ['**/a', '/a', false],
    ['*', '', true],
    ['a?.yaml', 'ab.yaml', true],
    ['a?.yaml', 'a/.yaml', false],
    ['a+(b).yaml', 'a+(b).yaml', true],
    ['./k8s/*.yaml', 'k8s/a.yaml', true],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(pathGlob(pattern).test(path)).toBe(expected);
  });

  it.each([
    ['*.yaml', '.'],
    ['k8s/*/a.yaml', 'k8s'],
    ['/a/b*', '/a'],
    ['/*', '/'],
  ])('%s is below %s', (pattern, folder) => {
    expect(folderOfGlob(pattern)).toBe(folder);
  });
});

it('takes no longer for a pattern of many stars that nearly matches', () => {
  const started = cpuTime();
  expect(pathGlob(`${'*a'.repeat(16)}*b.yaml`).test(`${'a'.repeat(40)}.yaml`)).toBe(false);
  expect(pathGlob(`${'**/a'.repeat(16)}/b`).test(`${'a/'.repeat(60)}c`)).toBe(false);
  expect(cpuTime() - started).toBeLessThan(1000);
});

describe('excluder', () => {
  it.each([
    ['testdata', 'a/testdata/b.yaml', true],
    ['testdata/', 'a/testdata/b.yaml', true],
    ['**/testdata', 'a/testdata/b.yaml', true],
    ['*.json', 'a/b.json', true],
    ['a/b.yaml', 'a/b.yaml', true],
    ['a/b.yaml', 'c/a/b.yaml', false],
    ['test', 'a/testdata/b.yaml', false],
  ])('%s and %s: %s', (pattern, path, expected) => {
    expect(excluder([pattern])(path)).toBe(expected);
  });
});
