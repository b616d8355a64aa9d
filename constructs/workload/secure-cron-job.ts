import type { Construct } from 'constructs';
import { cronScheduleFault, isTimeZone } from '../../core/manifest';
import type { DeclarationFault } from '../app/declaration';
import { takeProps } from '../app/shape';
import { type JobOptions, jobSpec } from './job-spec';
import { SecureWorkload } from './workload';
import type { WorkloadProps } from './workload-props';
import { shapesOf } from './workload-shape';

export interface SecureCronJobProps extends WorkloadProps, JobOptions {
  /** When it runs: five fields (`0 3 * * *`), or a word such as `@daily`. */
  readonly schedule: string;
  /** The time zone of the schedule, by its name in the tz database. @default 'Etc/UTC' */
  readonly timeZone?: string;
  /** What happens when a run is due while one is going on. @default 'Forbid' */
  readonly concurrency?: 'Forbid' | 'Replace' | 'Allow';
  /** Seconds that a missed run may still start late. @default 300 */
  readonly startingDeadlineSeconds?: number;
  /** Starts no more runs. @default false */
  readonly suspend?: boolean;
}

/**
 * Runs to completion on a schedule, one at a time unless told otherwise.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/
 */
export class SecureCronJob extends SecureWorkload {
  readonly #schedule: string;
  readonly #timeZone: string;

  constructor(scope: Construct, id: string, given: SecureCronJobProps) {
    const taken = takeProps<SecureCronJobProps>(shapesOf.CronJob, given);
    const { props } = taken;
    super(scope, id, taken, {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      // Its Jobs append eleven characters.
      maxNameLength: 52,
      role: 'batch',
      restartPolicy: 'Never',
      disruptable: false,
      spec: (template) => ({
        schedule: props.schedule,
        timeZone: props.timeZone ?? 'Etc/UTC',
        concurrencyPolicy: props.concurrency ?? 'Forbid',
        startingDeadlineSeconds: props.startingDeadlineSeconds ?? 300,
        successfulJobsHistoryLimit: 1,
        failedJobsHistoryLimit: 3,
        ...(props.suspend !== undefined && { suspend: props.suspend }),
        jobTemplate: { spec: jobSpec(props, template) },
      }),
    });
    this.#schedule = props.schedule;
    this.#timeZone = props.timeZone ?? 'Etc/UTC';
  }

  /** @internal */
  protected override kindFaults(): readonly DeclarationFault[] {
    const message = cronScheduleFault(this.#schedule);
    const faults: DeclarationFault[] = [];
    if (message !== undefined) {
      faults.push({
        rule: 'schedule-valid',
        property: 'schedule',
        value: this.#schedule,
        message,
        remedy:
          'write minute, hour, day of month, month and day of week, as in 0 3 * * 1-5, or @hourly, @daily, @weekly, @monthly, @yearly',
      });
    }
    if (!isTimeZone(this.#timeZone)) {
      faults.push({
        rule: 'schedule-valid',
        property: 'timeZone',
        value: this.#timeZone,
        message: `${JSON.stringify(this.#timeZone)} is no time zone`,
        remedy: 'take a name of the tz database, such as Etc/UTC or Europe/Berlin',
      });
    }
    return faults;
  }
}
