import type { DeclaredRule } from '../../rule';

export const scheduleValid = {
  id: 'schedule-valid',
  subject: 'declaration',
  answeredBy: 'declaration',
  title: 'Schedules are schedules that Kubernetes takes',
  severity: 'error',
  waivable: false,
  why:
    'A CronJob with a schedule or a time zone that is refused is not applied: the backup or the rotation of ' +
    'keys that it was to do never runs.',
  fix: 'Write five cron fields or a macro such as @daily, and a time zone of the IANA database.',
} as const satisfies DeclaredRule;
