import { lostFields } from './lost-fields';

describe('lostFields', () => {
  it('sees what is missing, other, or too few, and not what was added', () => {
    const sent = { a: 1, b: { c: 'x', d: [1, { e: true }] } };
    expect(lostFields(sent, { ...sent, f: 2 })).toEqual([]);
    expect(lostFields(sent, { a: 2, b: { d: [1, {}] } })).toEqual(['a', 'b.c', 'b.d.1.e']);
    expect(lostFields(sent, { a: 1, b: { c: 'x', d: [1] } })).toEqual(['b.d']);
  });
});
