import { today } from '../../constructs/app/today';

/** The day that is so many days after that of the tests, which is the same whenever they run: `jest.config.cjs` sets it. */
export function inDays(days: number): string {
  return new Date(Date.parse(today()) + days * 86_400_000).toISOString().slice(0, 10);
}
