import type { IScalable, ScalingTarget } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { isInt32, mostInt32 } from '../../core/int32';
import type { DeclarationFault } from '../app/declaration';
import type { Taken } from '../app/shape';
import { scalingTarget } from '../kplus';
import { type Autoscale, autoscalerSpec } from './autoscale';
import { SecureWorkload } from './workload';
import type { WorkloadKind, WorkloadProps } from './workload-props';

export interface ScalableWorkloadProps extends WorkloadProps {
  /** How many pods there are. @default - see the kind */
  readonly replicas?: number;
  /** Lets load decide how many there are; `replicas` is then left out. @default - fixed */
  readonly autoscale?: Autoscale;
}

/** A workload of interchangeable or ordered replicas, which an autoscaler of ours or of cdk8s-plus can scale. */
export abstract class ScalableWorkload extends SecureWorkload implements IScalable {
  #hasAutoscaler = false;
  readonly #fixed: number | undefined;
  readonly #autoscale: Autoscale | undefined;

  /** @internal */
  protected constructor(scope: Construct, id: string, taken: Taken<ScalableWorkloadProps>, kind: WorkloadKind) {
    super(scope, id, taken, kind);
    const { props } = taken;
    this.#fixed = props.replicas;
    const { autoscale } = props;
    this.#autoscale = autoscale;
    if (!autoscale) return;
    this.#hasAutoscaler = true;
    this.manifest('HorizontalPodAutoscaler', 'autoscaling/v2', 'HorizontalPodAutoscaler', () => ({
      spec: autoscalerSpec(this, autoscale),
    }));
  }

  /** How many replicas the manifest names; none where an autoscaler decides. @internal */
  protected abstract defaultReplicas(): number;

  /** `replicas` for the spec, where it belongs there; the default in place of what is no number of them, which is reported. @internal */
  protected replicasField(): { readonly replicas?: number } {
    if (this.hasAutoscaler) return {};
    const fixed = this.#fixed ?? this.defaultReplicas();
    return { replicas: isInt32(fixed, 0) ? fixed : this.defaultReplicas() };
  }

  /** Whether an autoscaler decides how many replicas there are. */
  get hasAutoscaler(): boolean {
    return this.#hasAutoscaler;
  }

  markHasAutoscaler(): void {
    this.#hasAutoscaler = true;
    this.changed();
  }

  toScalingTarget(): ScalingTarget {
    return scalingTarget({
      kind: this.kind,
      apiVersion: this.apiVersion,
      name: this.name,
      containers: this.template.spec.containers,
      ...(this.#fixed !== undefined && { replicas: this.#fixed }),
    });
  }

  /** @internal */
  protected override kindFaults(): readonly DeclarationFault[] {
    const replicas = this.#fixed;
    const faults: DeclarationFault[] = [];
    if (replicas !== undefined && !isInt32(replicas, 0)) {
      faults.push({
        rule: 'replicas-valid',
        property: 'replicas',
        value: replicas,
        message: `${replicas} is no number of replicas`,
        remedy: `give a whole number from 0 to ${mostInt32}`,
      });
    }
    const { min = 2, max = min } = this.#autoscale ?? {};
    if (!isInt32(min, 1) || !isInt32(max, min)) {
      faults.push({
        rule: 'replicas-valid',
        property: 'autoscale',
        value: this.#autoscale,
        message: `from ${min} to ${max} replicas cannot be scaled`,
        remedy: 'give whole numbers from 1 on, max being no less than min (2 where it is not named)',
      });
    }
    if (this.hasAutoscaler && replicas !== undefined) {
      faults.push({
        rule: 'replicas-valid',
        property: 'replicas',
        value: replicas,
        message:
          'an autoscaler decides how many replicas there are; a fixed number would undo its work at every deployment',
        remedy: 'leave replicas out, or remove the autoscaler',
      });
    }
    if (this.heldByOneNode && (this.hasAutoscaler || (replicas ?? 1) > 1)) {
      faults.push({
        rule: 'single-node-volume',
        property: 'replicas',
        value: replicas,
        message: 'its volume is held by one node (ReadWriteOnce), so that replicas on other nodes cannot start',
        remedy:
          "use one replica, a claim with accessMode 'ReadWriteMany', or a SecureStatefulSet with storage for each pod",
      });
    }
    return faults;
  }
}
