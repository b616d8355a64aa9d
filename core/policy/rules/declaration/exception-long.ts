import type { DeclaredRule } from '../../rule';

/** Days: a year, leap years included. After it few remember the reason. */
export const longestException = 366;

export const exceptionLong = {
  id: 'exception-long',
  subject: 'declaration',
  answeredBy: 'evaluation',
  title: 'Exceptions end within a year',
  severity: 'warning',
  why:
    'An exception that ends in many years ends never: the risk is not looked at again while people, software and attackers change. ' +
    'A year is how often accepted risks are commonly reviewed.',
  fix: 'Set a day within a year, and judge the exception anew when it comes.',
} as const satisfies DeclaredRule;
