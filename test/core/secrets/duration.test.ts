import { check, nat, property, tuple } from 'fast-check';
import { durationSeconds } from '../../../core/secrets/duration';

describe('durationSeconds', () => {
  it.each([
    ['15m', 900],
    ['1h30m', 5400],
    ['7d', 604_800],
    ['1h0m1s', 3601],
  ])('reads %s', (text, seconds) => expect(durationSeconds(text)).toBe(seconds));

  it.each([
    '',
    '0',
    '90',
    '1.5h',
    '30m1h',
    '0s',
    '-5m',
    '5 m',
    '1.5s',
    '1d12h',
    '15min',
    'h',
    '1e3',
    'forever',
    '99999999999999999999',
  ])('refuses %j', (text) => expect(durationSeconds(text)).toBeUndefined());

  it('reads what is written in hours, minutes and seconds', () => {
    const written = property(tuple(nat(1000), nat(59), nat(59)), ([h, m, s]) => {
      const total = h * 3600 + m * 60 + s;
      return durationSeconds(`${h}h${m}m${s}s`) === (total === 0 ? undefined : total);
    });
    expect(check(written).counterexample).toBeNull();
  });
});
