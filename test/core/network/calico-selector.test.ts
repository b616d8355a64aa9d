import { calicoSelection } from '../../../core/network/calico-selector';

const [everybody, most, some] = [
  { isAll: true, isMost: true },
  { isAll: false, isMost: true },
  { isAll: false, isMost: false },
];

describe('calicoSelection', () => {
  it.each<[string, ReturnType<typeof calicoSelection>]>([
    ['', everybody],
    ['  all ( ) ', everybody],
    ["((all() || a == 'b'))", everybody],
    ['has(a) || !has(a)', everybody],
    ["a in {'x', 'y'} || a not in {'x'}", everybody],
    ['a not in {}', everybody],
    ['!!all() && !global()', everybody],
    ["a != 'b'", most],
    ["!(a == 'b') && !has(c)", most],
    ["!(a contains 'x') && !(a starts with 'y') && !(a ends with \"z\")", most],
    ["a == 'b'", some],
    ["a contains 'x'", some],
    ['has(a) && !has(b)', some],
    ['has(all)', some],
    ["all == 'x'", some],
    ['has(projectcalico.org/namespace)', everybody],
    ["projectcalico.org/namespace == 'shop'", some],
    ['!has(projectcalico.org/namespace)', some],
    ["a = 'b'", undefined],
    ['a == b', undefined],
    ["a in ('x')", undefined],
    ['all', undefined],
    ['(all()', undefined],
    ['all() all()', undefined],
    ["a == 'b", undefined],
    ['has(', undefined],
  ])('%s', (selector, expected) => {
    expect(calicoSelection(selector)).toEqual(expected);
  });

  it('reads no text of more parts within each other than anybody writes', () => {
    expect(calicoSelection(`${'!'.repeat(100_000)}all()`)).toBeUndefined();
  });

  it('says of many labels at once only that most meet it', () => {
    const labels = Array.from({ length: 30 }, (_, i) => `!has(a${i})`);
    expect(calicoSelection(labels.join(' || '))).toEqual(most);
  });
});
