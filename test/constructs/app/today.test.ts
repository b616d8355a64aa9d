import { today } from '../../../constructs/app/today';

const { SOURCE_DATE_EPOCH: ofTests } = process.env;
afterEach(() => {
  process.env.SOURCE_DATE_EPOCH = ofTests;
  jest.useRealTimers();
});

describe('today', () => {
  it.each([
    ['0', '1970-01-01'],
    ['1795305599', '2026-11-21'],
    ['1795305600', '2026-11-22'],
  ])('is the day of SOURCE_DATE_EPOCH=%s, in UTC', (epoch, day) => {
    process.env.SOURCE_DATE_EPOCH = epoch;
    expect(today()).toBe(day);
  });

  it.each([undefined, '', 'now', '-1', '1795305600.5', '123456789012'])('is that of the clock with %s', (epoch) => {
    if (epoch === undefined) delete process.env.SOURCE_DATE_EPOCH;
    else process.env.SOURCE_DATE_EPOCH = epoch;
    jest.useFakeTimers({ now: Date.parse('2031-02-03T23:59:59Z') });
    expect(today()).toBe('2031-02-03');
  });
});
