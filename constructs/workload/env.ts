import type { EnvVarSource } from '../../core/manifest/pod';

/** Fields of the pod that an environment variable may hold. */
export type PodField =
  | 'metadata.name'
  | 'metadata.namespace'
  | 'metadata.uid'
  | 'spec.nodeName'
  | 'spec.serviceAccountName'
  | 'status.hostIP'
  | 'status.hostIPs'
  | 'status.podIP'
  | 'status.podIPs'
  | `metadata.labels['${string}']`
  | `metadata.annotations['${string}']`;

/** Resources of the container that an environment variable may hold. */
export type ContainerResource = `${'requests' | 'limits'}.${'cpu' | 'memory' | 'ephemeral-storage'}`;

/**
 * The value of an environment variable that is not a plain string. There is none for Secrets on purpose: the environment
 * is seen by every child process, by crash reports and by whoever may read the pod. Mount them as files.
 */
export class Env {
  /** A key of a ConfigMap. */
  static configMap(name: string, key: string, options: { readonly optional?: boolean } = {}): Env {
    return new Env({
      configMapKeyRef: { name, key, ...(options.optional !== undefined && { optional: options.optional }) },
    });
  }

  /** A field of the pod. */
  static field(fieldPath: PodField): Env {
    return new Env({ fieldRef: { fieldPath } });
  }

  /** A resource of the container, in units of `divisor`. */
  static resource(resource: ContainerResource, options: { readonly divisor?: string } = {}): Env {
    return new Env({ resourceFieldRef: { resource, ...(options.divisor && { divisor: options.divisor }) } });
  }

  private constructor(readonly source: EnvVarSource) {}
}
