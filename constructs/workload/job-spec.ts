import type { PodTemplateSpec } from '../../core/manifest/pod';

/** How a run to completion behaves. */
export interface JobOptions {
  /** How often a failed pod is tried again. @default 3 */
  readonly backoffLimit?: number;
  /** Seconds after which it is stopped, however far it is. @default 3600 */
  readonly activeDeadlineSeconds?: number;
  /** Seconds that it is kept after its end, for its log. @default 86400 */
  readonly ttlSecondsAfterFinished?: number;
  /** How many pods run at the same time. @default 1 */
  readonly parallelism?: number;
  /** How many pods must succeed. @default 1 */
  readonly completions?: number;
}

/** The spec of a batch/v1 Job. */
export function jobSpec(options: JobOptions, template: PodTemplateSpec) {
  return {
    backoffLimit: options.backoffLimit ?? 3,
    activeDeadlineSeconds: options.activeDeadlineSeconds ?? 3600,
    ttlSecondsAfterFinished: options.ttlSecondsAfterFinished ?? 86_400,
    ...(options.parallelism !== undefined && { parallelism: options.parallelism }),
    ...(options.completions !== undefined && { completions: options.completions }),
    template,
  };
}
