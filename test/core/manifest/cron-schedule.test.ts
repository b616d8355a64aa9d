import fc from 'fast-check';
import { cronScheduleFault, isTimeZone } from '../../../core/manifest';

/** What each of the five fields takes, in their order. */
const bounds = [
  [0, 59, 'minute'],
  [0, 23, 'hour'],
  [1, 31, 'day of month'],
  [1, 12, 'month'],
  [0, 6, 'day of week'],
] as const;
const scheduleWith = (index: number, field: string) => ['*', '*', '*', '*', '*'].with(index, field).join(' ');

describe('the schedule of a CronJob', () => {
  it.each([
    '* * * * *',
    '0 3 * * 1-5',
    '*/15 0,12 1-31/2 JAN-dec mon',
    '5/10 ? ? * ?',
    ' 0  0\t1 1 0 ',
    '@yearly',
    '@annually',
    '@monthly',
    '@weekly',
    '@daily',
    '@midnight',
    '@hourly',
    '@every 90m',
    '@every 1h30m',
    '@every 1.5h',
    '@every 500ms',
  ])('may be %j', (schedule) => {
    expect(cronScheduleFault(schedule)).toBeUndefined();
  });

  it.each([
    ['', 'a schedule has five fields, this one has 0'],
    ['0 3 * *', 'a schedule has five fields, this one has 4'],
    ['0 0 3 * * *', 'a schedule has five fields, this one has 6'],
    ['0 0 * * 7', '"7" is no day of week (0-6)'],
    ['0 0 L * *', '"L" is no day of month (1-31)'],
    ['0 0 * mon *', '"mon" is no month (1-12)'],
    ['9-5 * * * *', '"9-5" is no minute (0-59)'],
    ['0 9-12,18-24 * * *', '"18-24" is no hour (0-23)'],
    ['*/0 * * * *', '"*/0" is no minute (0-59)'],
    ['*/5/5 * * * *', '"*/5/5" is no minute (0-59)'],
    ['1-2-3 * * * *', '"1-2-3" is no minute (0-59)'],
    ['1, * * * *', '"" is no minute (0-59)'],
    ['- * * * *', '"-" is no minute (0-59)'],
    ['-5 * * * *', '"-5" is no minute (0-59)'],
    ['5- * * * *', '"5-" is no minute (0-59)'],
    ['1.5 * * * *', '"1.5" is no minute (0-59)'],
    ['@Daily', '"@Daily" is no schedule word'],
    [' @daily', '" @daily" is no schedule word'],
    ['@reboot', '"@reboot" is no schedule word'],
    ['@every 5minutes', '"@every 5minutes" is no schedule word'],
    ['@every 1d', '"@every 1d" is no schedule word'],
    ['@every 5', '"@every 5" is no schedule word'],
    ['TZ=UTC 0 3 * * *', 'a schedule names no time zone: set timeZone'],
    ['CRON_TZ=UTC 0 3 * * *', 'a schedule names no time zone: set timeZone'],
  ])('may not be %j', (schedule, fault) => {
    expect(cronScheduleFault(schedule)).toBe(fault);
  });

  it.each(bounds.map(([from, to, name], i) => [name, i, from, to] as const))(
    'has a %s from its first to its last, alone, in ranges, lists and steps',
    (name, index, from, to) => {
      const number = fc.integer({ min: 0, max: 99 });
      const good = (value: number) => value >= from && value <= to;
      fc.assert(
        fc.property(number, number, fc.integer({ min: 1, max: 99 }), (low, high, step) => {
          const refusal = (text: string) => `"${text}" is no ${name} (${from}-${to})`;
          const range = `${low}-${high}`;
          for (const [text, valid] of [
            [`${low}`, good(low)],
            [`${low}/${step}`, good(low)],
            [range, good(low) && good(high) && low <= high],
            [`${range}/${step}`, good(low) && good(high) && low <= high],
          ] as const) {
            expect(cronScheduleFault(scheduleWith(index, text))).toBe(valid ? undefined : refusal(text));
            expect(cronScheduleFault(scheduleWith(index, `*,${text}`))).toBe(valid ? undefined : refusal(text));
          }
        }),
      );
    },
  );
});

describe('isTimeZone', () => {
  it.each([
    ['Etc/UTC', true],
    ['UTC', true],
    ['Europe/Berlin', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Local', false],
    ['Europe/Atlantis', false],
    ['+02:00', false],
    ['utc', false],
    ['Etc/utc', false],
    ['europe/berlin', false],
    ['EUROPE/BERLIN', false],
    ['UTC', true],
    ['US/Pacific', true],
    ['America/Argentina/Buenos_Aires', true],
    ['Etc/GMT+1', true],
    ['', false],
  ])('%j: %p', (name, expected) => {
    expect(isTimeZone(name)).toBe(expected);
  });
});
