import { durationSeconds } from './duration';
import type { SecretFault } from './fault';

/** How the Secrets Store CSI driver is installed, which one cluster has one of. */
export interface SecretsStoreDriverOptions {
  /**
   * How long a changed secret may take until the driver reads it again. Each look is a call, which AWS charges: they advise an hour.
   * @default '2m'
   */
  readonly rotationPollInterval?: string;
  /**
   * Whether the values are for the chart of a provider that brings the driver as a part of it, as those of AWS and Azure do.
   * @default false
   */
  readonly subchart?: boolean;
}

const defaultPollInterval = '2m';

/** What the volumes of an app take of the driver. */
export interface DriverNeeds {
  /** Who the tokens of pods are for that the driver hands to providers: sorted, each once. */
  readonly audiences: readonly string[];
  /** Whether a mount keeps its file in a Secret as well. */
  readonly syncs: boolean;
  /** Whether a workload on Windows reads by it. */
  readonly windows: boolean;
}

/** Everything that is wrong with the options, at once. */
export function driverFaults({ rotationPollInterval }: SecretsStoreDriverOptions): readonly SecretFault[] {
  // The driver is a program in Go, whose durations have no days.
  const isKnown = (text: string) => !text.endsWith('d') && durationSeconds(text) !== undefined;
  if (rotationPollInterval === undefined || isKnown(rotationPollInterval)) return [];
  return [
    {
      property: 'rotationPollInterval',
      value: rotationPollInterval,
      message: `${JSON.stringify(rotationPollInterval)} is no length of time that the driver reads`,
      remedy: "write it in hours, minutes and seconds: '2m', '1h'",
    },
  ];
}

/**
 * The values of the driver's chart by which it rotates, and shows providers who each pod is. What nobody asked for stays off: without `syncSecret` it may not
 * write Secrets at all.
 *
 * @see https://secrets-store-csi-driver.sigs.k8s.io/topics/secret-auto-rotation
 * @see https://github.com/kubernetes-sigs/secrets-store-csi-driver/tree/main/charts/secrets-store-csi-driver#configuration
 */
export function driverValues({ audiences, syncs, windows }: DriverNeeds, options: SecretsStoreDriverOptions) {
  const values = {
    enableSecretRotation: true,
    rotationPollInterval: options.rotationPollInterval ?? defaultPollInterval,
    tokenRequests: audiences.map((audience) => ({ audience })),
    syncSecret: { enabled: syncs },
    ...(windows && { windows: { enabled: true } }),
  };
  return options.subchart === true ? { 'secrets-store-csi-driver': values } : values;
}
