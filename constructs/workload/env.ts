import type { EnvVar, EnvVarSource } from '../../core/manifest/pod';
import type { podFields } from '../../core/manifest/pod-field';
import { show } from '../app/shape';
import type { ConnectOptions } from '../network/connect-options';
import type { SecureWorkload } from './workload';

/** Fields of the pod that an environment variable may hold. */
export type PodField =
  | (typeof podFields)[number]
  | `metadata.labels['${string}']`
  | `metadata.annotations['${string}']`;

/** Resources of the container that an environment variable may hold. */
export type ContainerResource = `${'requests' | 'limits'}.${'cpu' | 'memory' | 'ephemeral-storage'}`;

/** A workload that a variable holds the address of, and that is therefore connected to. */
export interface AddressedWorkload {
  readonly workload: SecureWorkload;
  readonly options: ConnectOptions;
}

/**
 * The value of an environment variable that is not a plain string. There is none for Secrets on purpose: the environment
 * is seen by every child process, by crash reports and by whoever may read the pod. Mount them as files.
 */
export class Env {
  /** A key of a ConfigMap. */
  static configMap(name: string, key: string, options: { readonly optional?: boolean } = {}): Env {
    return Env.from({
      configMapKeyRef: { name, key, ...(options.optional !== undefined && { optional: options.optional }) },
    });
  }

  /** A field of the pod. */
  static field(fieldPath: PodField): Env {
    return Env.from({ fieldRef: { fieldPath } });
  }

  /** A resource of the container, in units of `divisor`. */
  static resource(resource: ContainerResource, options: { readonly divisor?: string } = {}): Env {
    return Env.from({ resourceFieldRef: { resource, ...(options.divisor && { divisor: options.divisor }) } });
  }

  /**
   * The address of another workload's Service, as `cartservice:7070` (`cartservice.shop:7070` from another namespace), and the way
   * to it: whoever is given an address is connected to it, as by `connectTo`.
   */
  static addressOf(workload: SecureWorkload, options: ConnectOptions = {}): Env {
    if (typeof workload?.addressSeenFrom !== 'function')
      throw new TypeError(`Env.addressOf: ${show(workload)} is no workload; give the construct itself`);
    return new Env((namespace) => ({ value: workload.addressSeenFrom(namespace, options) }), { workload, options });
  }

  /** The workloads whose addresses are among the values of an environment. @internal */
  static addressesIn(env: Readonly<Record<string, unknown>> | undefined): readonly AddressedWorkload[] {
    return Object.values(env ?? {}).flatMap((value) => (value instanceof Env ? (value.address ?? []) : []));
  }

  private static from(valueFrom: EnvVarSource): Env {
    return new Env(() => ({ valueFrom }));
  }

  private constructor(
    private readonly content: (namespace: string | undefined) => Pick<EnvVar, 'value' | 'valueFrom'>,
    private readonly address?: AddressedWorkload,
  ) {}

  /** The variable as a manifest holds it, in a pod of this namespace. @internal */
  render(name: string, namespace: string | undefined): EnvVar {
    return { name, ...this.content(namespace) };
  }
}
