import type { RegistryFault } from '../fault';

/** Days of the week as they are counted here: Monday is the first. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The times at which nobody can push, of each week, in seconds from Monday 00:00 UTC. */
export interface CollectionWindow {
  readonly starts: readonly number[];
  readonly seconds: number;
  /**
   * Between the begin of a window and that of the collection, and between the latest end of the collection and the end of the window: for as
   * long clocks of nodes may differ, and requests drain.
   */
  readonly marginSeconds: number;
}

/** As its owner says it. */
export interface CollectionTimes {
  readonly weekdays?: readonly string[];
  readonly at?: string;
  readonly minutes?: number;
}

export const defaultCollection = { weekdays: ['sunday'], at: '02:00', minutes: 60 } as const;

const day = 86_400;
const week = 7 * day;

/** Seconds from midnight; undefined for what is no time. */
export function secondOfDay(time: string): number | undefined {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return hours === undefined ? undefined : Number(hours) * 3_600 + Number(minutes) * 60;
}

/** What is left out may be written as undefined. */
function withDefaults(times: CollectionTimes) {
  const { weekdays: days = defaultCollection.weekdays, at = defaultCollection.at } = times;
  const { minutes = defaultCollection.minutes } = times;
  return { days: days as readonly string[], at, minutes };
}

/** The windows of its times, which have no faults. */
export function collectionWindow(times: CollectionTimes): CollectionWindow {
  const { days, at, minutes } = withDefaults(times);
  const starts = weekdays.flatMap((name, i) => (days.includes(name) ? [i * day + (secondOfDay(at) ?? 0)] : []));
  return { starts, seconds: minutes * 60, marginSeconds: 300 };
}

/** What is wrong with a time of day, on one of which nobody can push: what is to run each day would wait for the end of the window. */
export function dailyFaults(key: string, time: string, times: CollectionTimes): readonly RegistryFault[] {
  const second = secondOfDay(time);
  if (second === undefined || collectionFaults('', times).length > 0) return timeFaults(key, time);
  const { starts, seconds } = collectionWindow(times);
  const isWithin = starts.some((start) => (second - start + week) % day < seconds);
  if (!isWithin) return [];
  const message = 'garbage is collected then, and the copy would be made after the window, late';
  return [{ key, message, remedy: 'give a time before or after garbageCollection' }];
}

/** What is wrong with the times of a collection. */
export function collectionFaults(key: string, times: CollectionTimes): readonly RegistryFault[] {
  const { days, at, minutes } = withDefaults(times);
  const known: readonly string[] = weekdays;
  const faults: RegistryFault[] = [];
  for (const [i, name] of days.entries())
    if (!known.includes(name)) {
      const message = `${JSON.stringify(name)} is no day of the week`;
      faults.push({ key: `${key}.weekdays[${i}]`, message, remedy: `use ${weekdays.join(', ')}` });
    }
  if (days.length === 0) {
    const message = 'there is no day, and what is deleted would stay on the disk';
    faults.push({ key: `${key}.weekdays`, message, remedy: 'name one or more, or leave it out: sunday' });
  }
  faults.push(...timeFaults(`${key}.at`, at));
  if (!Number.isSafeInteger(minutes) || minutes < 15 || minutes > 720) {
    const message = `${minutes} is no number of minutes from 15 to 720: five pass before it begins, and five after it has to end`;
    faults.push({ key: `${key}.minutes`, message, remedy: 'give one, or leave it out: 60' });
  } else if (2 * new Set(days).size * minutes * 60 >= week) {
    const message = 'the registry would refuse pushes for as long as it takes them';
    faults.push({ key, message, remedy: 'name fewer days, or fewer minutes: an hour of each week is the default' });
  }
  return faults;
}

/** What is wrong with a time of day. */
export function timeFaults(key: string, time: string): readonly RegistryFault[] {
  if (secondOfDay(time) !== undefined) return [];
  return [{ key, message: `${JSON.stringify(time)} is no time of day`, remedy: 'write it as 02:00, in UTC' }];
}
