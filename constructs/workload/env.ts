import type { EnvVar, EnvVarSource } from '../../core/manifest/pod';
import type { podFields } from '../../core/manifest/pod-field';
import type { DeclarationFault } from '../app/declaration';
import { flag, required, type Shapes, show, takeCall, text } from '../app/shape';
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

interface ConfigMapArguments {
  readonly name: string;
  readonly key: string;
  readonly optional?: boolean;
}

interface FieldArguments {
  readonly fieldPath: string;
}

interface ResourceArguments {
  readonly resource: string;
  readonly divisor?: string;
}

const configMapShapes: Shapes<ConfigMapArguments> = {
  name: required(text, "'settings'", 'unnamed'),
  key: required(text, "'mode'", 'unnamed'),
  optional: flag,
};
const fieldShapes: Shapes<FieldArguments> = {
  fieldPath: required(text, "'metadata.name'", 'metadata.name'),
};
const resourceShapes: Shapes<ResourceArguments> = {
  resource: required(text, "'limits.memory'", 'limits.memory'),
  divisor: text,
};

/**
 * The value of an environment variable that is not a plain string. There is none for Secrets on purpose: the environment
 * is seen by every child process, by crash reports and by whoever may read the pod. Mount them as files.
 */
export class Env {
  /** A key of a ConfigMap. */
  static configMap(name: string, key: string, options: { readonly optional?: boolean } = {}): Env {
    const { props, faults } = takeCall<ConfigMapArguments>(configMapShapes, { name, key }, options);
    return Env.from({ configMapKeyRef: props }, faults);
  }

  /** A field of the pod. */
  static field(fieldPath: PodField): Env {
    const { props, faults } = takeCall<FieldArguments>(fieldShapes, { fieldPath });
    return Env.from({ fieldRef: props }, faults);
  }

  /** A resource of the container, in units of `divisor`. */
  static resource(resource: ContainerResource, options: { readonly divisor?: string } = {}): Env {
    const { props, faults } = takeCall<ResourceArguments>(resourceShapes, { resource }, options);
    return Env.from({ resourceFieldRef: props }, faults);
  }

  /**
   * The address of another workload's Service, as `cartservice:7070` (`cartservice.shop:7070` from another namespace), and the way
   * to it: whoever is given an address is connected to it, as by `connectTo`.
   */
  static addressOf(workload: SecureWorkload, options: ConnectOptions = {}): Env {
    if (typeof workload?.addressSeenFrom !== 'function')
      throw new TypeError(`Env.addressOf: ${show(workload)} is no workload; give the construct itself`);
    return new Env((namespace) => ({ value: workload.addressSeenFrom(namespace, options) }), [], { workload, options });
  }

  /** The workloads whose addresses are among the values of an environment. @internal */
  static addressesIn(env: Readonly<Record<string, unknown>> | undefined): readonly AddressedWorkload[] {
    return Object.values(env ?? {}).flatMap((value) => (value instanceof Env ? (value.address ?? []) : []));
  }

  private static from(valueFrom: EnvVarSource, faults: readonly DeclarationFault[]): Env {
    return new Env(() => ({ valueFrom }), faults);
  }

  private constructor(
    private readonly content: (namespace: string | undefined) => Pick<EnvVar, 'value' | 'valueFrom'>,
    /** What was wrong with the arguments. @internal */
    readonly faults: readonly DeclarationFault[],
    private readonly address?: AddressedWorkload,
  ) {}

  /** The variable as a manifest holds it, in a pod of this namespace. @internal */
  render(name: string, namespace: string | undefined): EnvVar {
    return { name, ...this.content(namespace) };
  }
}
