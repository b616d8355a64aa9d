/** The kinds of workload, for tables: how each is made, and where its pods are. */
import type { Construct } from 'constructs';
import type { KubernetesObject } from '../../core';
import type { PodSpec, PodTemplateSpec } from '../../core/manifest/pod';
import {
  type BulwarkApp,
  SecureCronJob,
  SecureDaemonSet,
  SecureDeployment,
  SecureJob,
  SecureStatefulSet,
  type SecureWorkload,
  type WorkloadProps,
} from '../../index';
import { basics, objectOf, objectsOf } from './app';

export interface WorkloadKind {
  readonly kind: string;
  /** `service` serves until it is stopped; `batch` runs to its end. */
  readonly role: 'service' | 'batch';
  /** Whether it is spread over nodes and has a disruption budget. */
  readonly replicated: boolean;
  readonly make: (scope: Construct, id: string, props?: Partial<WorkloadProps>) => SecureWorkload;
}

export const workloadKinds: readonly WorkloadKind[] = [
  {
    kind: 'Deployment',
    role: 'service',
    replicated: true,
    make: (scope, id, props) => new SecureDeployment(scope, id, { ...basics, ...props }),
  },
  {
    kind: 'StatefulSet',
    role: 'service',
    replicated: true,
    make: (scope, id, props) => new SecureStatefulSet(scope, id, { ...basics, ...props }),
  },
  {
    kind: 'DaemonSet',
    role: 'service',
    replicated: false,
    make: (scope, id, props) => new SecureDaemonSet(scope, id, { ...basics, ...props }),
  },
  {
    kind: 'Job',
    role: 'batch',
    replicated: false,
    make: (scope, id, props) => new SecureJob(scope, id, { ...basics, ...props }),
  },
  {
    kind: 'CronJob',
    role: 'batch',
    replicated: false,
    make: (scope, id, props) => new SecureCronJob(scope, id, { schedule: '0 3 * * *', ...basics, ...props }),
  },
];

/** `[kind, row]`, as `describe.each` takes them. */
export const eachKind = workloadKinds.map((row) => [row.kind, row] as const);

/** The pod template of an object of one of those kinds. */
export function templateIn(object: KubernetesObject): PodTemplateSpec & { readonly spec: PodSpec } {
  // biome-ignore lint/suspicious/noExplicitAny: the shape differs by kind
  const spec = object.spec as any;
  return (spec.jobTemplate?.spec ?? spec).template;
}

/** The pod spec of the one object of that kind and name. */
export function podOf(app: BulwarkApp, kind: string, name: string): PodSpec {
  return templateIn(objectOf(app, kind, name)).spec;
}

/** Every object that carries the workload's name, or begins with it. */
export function objectsNamed(app: BulwarkApp, name: string): KubernetesObject[] {
  return objectsOf(app).filter((object) => object.metadata?.name === name);
}
