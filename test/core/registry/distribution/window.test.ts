import * as fc from 'fast-check';
import {
  collectionFaults,
  collectionWindow,
  dailyFaults,
  secondOfDay,
  weekdays,
} from '../../../../core/registry/distribution/window';

const time = fc
  .record({ hours: fc.nat(23), minutes: fc.nat(59) })
  .map(({ hours, minutes }) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
const times = fc.record({
  weekdays: fc.subarray([...weekdays], { minLength: 1 }),
  at: time,
  minutes: fc.integer({ min: 15, max: 720 }),
});

describe('the window of a collection', () => {
  it('has nothing daily in it', () => {
    fc.assert(
      fc.property(times, time, (given, at) => {
        fc.pre(collectionFaults('', given).length === 0);
        const { starts, seconds } = collectionWindow(given);
        const isReadOnly = weekdays.some((_, day) => {
          const now = day * 86_400 + (secondOfDay(at) ?? 0);
          // The last window of a week may end in the next one.
          return starts.some((start) =>
            [now, now + 7 * 86_400].some((each) => each >= start && each < start + seconds),
          );
        });
        expect(dailyFaults('at', at, given).length).toBe(isReadOnly ? 1 : 0);
      }),
    );
  });

  it.each([
    [{ weekdays: ['sunday'], minutes: 720 }, 0],
    [{ weekdays: weekdays.slice(1), minutes: 720 }, 0],
    [{ weekdays: [...weekdays], minutes: 719 }, 0],
    [{ weekdays: [...weekdays], minutes: 720 }, 1],
    [{ weekdays: Array.from({ length: 20 }, () => 'sunday'), minutes: 720 }, 0],
  ])('leaves more time to push than it takes: %j', (given, count) => {
    expect(collectionFaults('garbageCollection', given)).toHaveLength(count);
  });
});
