import type { Construct } from 'constructs';
import { platformOf } from '../app/platform-of';
import { takeProps } from '../app/shape';
import { SecureWorkload } from './workload';
import type { WorkloadProps } from './workload-props';
import { shapesOf } from './workload-shape';

export interface SecureDaemonSetProps extends WorkloadProps {
  /** How many nodes may be without it during an update, as a number or a percentage. @default 1 */
  readonly maxUnavailable?: number | `${number}%`;
}

/**
 * One pod on each node: agents, shippers.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/
 */
export class SecureDaemonSet extends SecureWorkload {
  constructor(scope: Construct, id: string, props: SecureDaemonSetProps) {
    const taken = takeProps<SecureDaemonSetProps>(shapesOf.DaemonSet, props);
    super(scope, id, taken, {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      maxNameLength: 63,
      role: 'service',
      disruptable: false,
      spec: (template) => ({
        revisionHistoryLimit: platformOf(this).profile.revisionHistoryLimit,
        selector: { matchLabels: { ...this.selector } },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: taken.props.maxUnavailable ?? 1 } },
        template,
      }),
    });
  }
}
