import type { PodSpec, Volume, VolumeMount } from '../../core/manifest/pod';
import type { Opening } from '../../core/network/policy-spec';
import type { CloudLogin } from '../../core/secrets/cloud/login';
import type { SecretFault } from '../../core/secrets/fault';
import type { Platform } from '../app/platform';
import type { SecretMount } from './secret-mount';

/** Who the processes of a container are. */
export interface ReaderIds {
  readonly user?: number;
  readonly group?: number;
  /** False where there is none: the files of volumes are root's. */
  readonly fsGroup?: number | false;
  readonly supplementalGroups?: readonly number[];
}

/** The workload that reads secrets, as deliveries see it. */
export interface SecretReader {
  readonly name: string;
  readonly kind: string;
  readonly apiVersion: string;
  /** Undefined in a chart that names none. */
  readonly namespace: string | undefined;
  readonly serviceAccountName: string;
  /** The Service that it is called by; undefined where it has none. */
  readonly serviceName?: string;
  /** Who it is to its cloud; undefined where it is nobody. */
  readonly cloudLogin?: CloudLogin;
  /** Whether its pods run to their end. */
  readonly batch: boolean;
  readonly windows: boolean;
  readonly platform: Platform;
  /** Who its processes are; undefined where the cluster says it. */
  readonly ids: ReaderIds;
  /** Who they are after patches. @default - the same */
  readonly patchedIds?: ReaderIds;
  /** The ports that its containers listen on. */
  readonly ports: readonly number[];
  /** Those of its containers that start before the main one: init containers, and sidecars. */
  readonly initContainers: readonly string[];
  /** Those that run as long as the pod does. */
  readonly running: readonly string[];
  /** Seconds from the word to stop until it is killed; undefined where it is hardening's default. */
  readonly terminationGraceSeconds?: number;
  /** An object of the workload's own, in its namespace and with its labels. */
  readonly manifest: (
    id: string,
    apiVersion: string,
    kind: string,
    body: () => Readonly<Record<string, unknown>>,
    metadata?: { readonly name?: string; readonly annotations?: Readonly<Record<string, string>> },
  ) => void;
}

/** A mount, and the container that asks for it. */
export interface PlacedSecret<M extends SecretMount = SecretMount> {
  readonly mount: M;
  readonly container: string;
  /** The prop that asks for it, for messages: `secrets[0]`. */
  readonly property: string;
}

/** What is wrong with a mount, by the way that it is to be delivered. */
export type DeliveryFault = SecretFault & { readonly container?: string };

/** What is wrong with the server, or with who the workload is, is no container's fault. */
const notOfContainers = /^(?:vault|cloudSecrets|cloudIdentity)(?:\.|$)/;

/** A fault of a placed mount, below the prop that asks for it. */
export function placedFault({ property, ...fault }: SecretFault, placed: PlacedSecret): DeliveryFault {
  if (notOfContainers.test(property)) return { ...fault, property };
  return {
    ...fault,
    property: `${placed.property}.${property}`,
    message: `container ${placed.container}: ${fault.message}`,
    container: placed.container,
  };
}

/** What a delivery puts into the pod. Everything else it needs, it makes as objects of the workload. */
export interface Delivered {
  readonly volumes?: readonly Volume[];
  readonly mounts?: readonly { readonly container: string; readonly property: string; readonly mount: VolumeMount }[];
  /** Where somebody else will mount something into a container: nothing else of it may stand there. */
  readonly reserved?: readonly { readonly container: string; readonly property: string; readonly path: string }[];
  readonly podAnnotations?: Readonly<Record<string, string>>;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly pod?: Partial<Pick<PodSpec, 'shareProcessNamespace'>>;
  /** What the pod itself has to reach. */
  readonly egress?: { readonly openings: readonly Opening[]; readonly to: string };
  readonly faults?: readonly DeliveryFault[];
}

/** One way for secrets to come into a pod. */
export interface SecretDelivery {
  readonly id: string;
  /**
   * Brings all mounts of a workload that it is asked for: it is called once for each workload, and makes the objects that it needs.
   * @param all what the containers of the workload ask for, by other deliveries too
   */
  readonly deliver: (reader: SecretReader, placed: readonly PlacedSecret[], all: readonly PlacedSecret[]) => Delivered;
}

/** What of the mounts a delivery brings; of the others, why it does not. */
export interface SortedMounts<P extends PlacedSecret> {
  readonly placed: readonly P[];
  readonly faults: readonly DeliveryFault[];
}

/** @param faultOf why the delivery cannot bring a mount */
export function sortMounts<P extends PlacedSecret>(
  asked: readonly P[],
  faultOf: (each: P) => SecretFault | undefined,
): SortedMounts<P> {
  const placed: P[] = [];
  const faults: DeliveryFault[] = [];
  for (const each of asked) {
    const fault = faultOf(each);
    if (fault === undefined) placed.push(each);
    else faults.push(placedFault(fault, each));
  }
  return { placed, faults };
}

/** What was brought, and what is wrong with it and with what was not. */
export function withFaults(brought: Delivered, { faults }: Pick<SortedMounts<PlacedSecret>, 'faults'>): Delivered {
  return { ...brought, faults: [...faults, ...(brought.faults ?? [])] };
}
