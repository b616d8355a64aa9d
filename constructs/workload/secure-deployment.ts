import type { Construct } from 'constructs';
import { platformOf } from '../app/platform-of';
import { takeProps } from '../app/shape';
import { ScalableWorkload, type ScalableWorkloadProps } from './scalable-workload';
import { shapesOf } from './workload-shape';

export type SecureDeploymentProps = ScalableWorkloadProps;

/**
 * A service of interchangeable replicas. Two of them unless told otherwise, and no moment without: a new pod is ready before an
 * old one goes. With a volume that one node holds there is one, and the old pod stops first.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class SecureDeployment extends ScalableWorkload {
  constructor(scope: Construct, id: string, props: SecureDeploymentProps) {
    const taken = takeProps<SecureDeploymentProps>(shapesOf.Deployment, props);
    super(scope, id, taken, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      maxNameLength: 63,
      role: 'service',
      disruptable: true,
      spec: (template) => ({
        ...this.replicasField(),
        revisionHistoryLimit: platformOf(this).profile.revisionHistoryLimit,
        selector: { matchLabels: { ...this.selector } },
        strategy: this.heldByOneNode
          ? { type: 'Recreate' }
          : { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template,
      }),
    });
  }

  /** @internal */
  protected override defaultReplicas(): number {
    return this.heldByOneNode ? 1 : 2;
  }
}
