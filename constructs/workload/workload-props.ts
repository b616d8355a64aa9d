import type { PodTemplateSpec } from '../../core/manifest/pod';
import type { SecurityException } from '../../core/policy';
import type { CloudIdentity } from '../network/cloud-identity';
import type { ContainerProps } from './container';
import type { PodProps } from './pod';

/** How the workload's Service looks. */
export interface ServiceProps {
  /** @default - the workload's name */
  readonly name?: string;
  /** Gives each pod an address of its own instead of one for all. @default false; true for a StatefulSet */
  readonly headless?: boolean;
  /** @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Keeps a client with one pod. @default 'None' */
  readonly sessionAffinity?: 'None' | 'ClientIP';
}

/** What every kind of workload takes. */
export interface WorkloadProps extends ContainerProps, PodProps {
  /** The name of its objects. Pin it to adopt a workload that is live. @default - the construct's id */
  readonly name?: string;
  /** The labels that select its pods: they can never change in a live cluster. @default - `app.kubernetes.io/name: <name>` */
  readonly selector?: Readonly<Record<string, string>>;
  /** The name of its main container. Pin it to adopt a workload that is live. @default - the workload's name */
  readonly containerName?: string;
  /** The name of its ServiceAccount. Pin it where bindings or a cloud's trust know it. @default - the workload's name */
  readonly serviceAccountName?: string;
  /** Labels of its objects. @default - none besides the toolkit's own */
  readonly labels?: Readonly<Record<string, string>>;
  /** Annotations of the workload itself. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Its Service, made where it has a port; `false` for none. @default - one with the workload's name */
  readonly service?: ServiceProps | false;
  /** Who it is to its cloud. @default - nobody */
  readonly cloudIdentity?: CloudIdentity;
  /** What may be weaker here, why, and until when. @default - nothing */
  readonly exceptions?: readonly SecurityException[];
}

/** What tells one kind of workload from another. */
export interface WorkloadKind {
  readonly apiVersion: string;
  readonly kind: string;
  /** The controller appends to it, and the result must be a label value or a DNS label. */
  readonly maxNameLength: number;
  readonly role: 'service' | 'batch';
  readonly restartPolicy?: 'OnFailure' | 'Never';
  /** Its pods can be evicted, and come back elsewhere. */
  readonly disruptable: boolean;
  readonly headlessService?: boolean;
  /** Volumes of its own for each pod, by path. */
  readonly claims?: readonly { readonly name: string; readonly path: string }[];
  /** The spec around the pod template. */
  readonly spec: (template: PodTemplateSpec) => Readonly<Record<string, unknown>>;
}
