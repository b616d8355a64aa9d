import { nearest } from '../../cli/nearest';

describe('nearest', () => {
  const commands = ['check', 'harden', 'targets', 'synth'];

  it.each([
    ['chek', 'check'],
    ['hcekc', 'check'],
    ['hraden', 'harden'],
    ['h', 'harden'],
    ['target', 'targets'],
    ['TARGETS', undefined],
    ['sinth', 'synth'],
    ['apply', undefined],
    ['', undefined],
    ['x', undefined],
  ])('of %p is %p', (word, expected) => {
    expect(nearest(word, commands)).toBe(expected);
  });

  it('is the first of equals', () => {
    expect(nearest('cat', ['bat', 'rat'])).toBe('bat');
  });

  it('of no candidates is none', () => {
    expect(nearest('check', [])).toBeUndefined();
  });
});
