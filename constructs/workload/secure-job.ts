import type { Construct } from 'constructs';
import { takeProps } from '../app/shape';
import { type JobOptions, jobSpec } from './job-spec';
import { SecureWorkload } from './workload';
import type { WorkloadProps } from './workload-props';
import { shapesOf } from './workload-shape';

export interface SecureJobProps extends WorkloadProps, JobOptions {}

/**
 * A run to completion. Its pod template can never change in a live cluster: give it a new name for each run.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export class SecureJob extends SecureWorkload {
  constructor(scope: Construct, id: string, props: SecureJobProps) {
    const taken = takeProps<SecureJobProps>(shapesOf.Job, props);
    super(scope, id, taken, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      maxNameLength: 63,
      role: 'batch',
      restartPolicy: 'Never',
      disruptable: false,
      spec: (template) => jobSpec(taken.props, template),
    });
  }
}
