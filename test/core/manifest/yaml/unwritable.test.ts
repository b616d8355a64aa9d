import { unwritableValues } from '../../../../core/manifest/yaml/unwritable';
import { writeYaml } from '../../../../core/manifest/yaml/write';

describe('the values that YAML cannot hold', () => {
  it('are all found, with their paths', () => {
    const value = {
      list: [1, undefined, { fn: () => 1 }],
      deep: { big: 5n, date: new Date(0), nan: Number.NaN },
      ok: null,
    };
    expect(unwritableValues(value).map(({ path, fault }) => [path.join('.'), fault])).toEqual([
      ['list.1', 'it is undefined; leave it out, or write null'],
      ['list.2.fn', 'it is a function; give the value that it returns'],
      ['deep.big', 'it is a bigint; give a number or a string'],
      ['deep.date', 'it is an instance of Date; give plain data'],
      ['deep.nan', 'it is NaN; JSON and Kubernetes have no such number'],
    ]);
  });

  it('are none in what can be written', () => {
    const value = { a: [1, 'b', null, true], c: { d: undefined } };
    expect(unwritableValues(value)).toEqual([]);
    expect(() => writeYaml(value)).not.toThrow();
  });

  it('are found in keys, in cycles, and where the value itself is one', () => {
    const cycle: Record<string, unknown> = { a: { b: {} }, '\ud800': 1, bad: 1n };
    (cycle.a as Record<string, unknown>).b = cycle.a;
    expect(unwritableValues(cycle).map(({ path }) => path)).toEqual([['a', 'b'], ['\ud800'], ['bad']]);
    expect(unwritableValues(() => 1)).toHaveLength(1);
  });

  it('changes nothing', () => {
    const value = { a: [undefined], b: { c: 1n } };
    unwritableValues(value);
    expect(value).toEqual({ a: [undefined], b: { c: 1n } });
  });

  it('ends where there are very many', () => {
    expect(unwritableValues(Array.from({ length: 500 }, () => undefined))).toHaveLength(100);
  });
});
