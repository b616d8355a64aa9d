import type { SecretFault } from '../../core/secrets/fault';
import type { Platform } from '../app/platform';
import type { SecretDelivery } from './delivery';

/**
 * A secret that a container reads as a file. The value is nowhere in the program, in a manifest or in an environment variable: what stands
 * here is where it is, and which file it becomes.
 */
export abstract class SecretMount {
  /** The files, by absolute path. None where the secret is used without being read. */
  abstract readonly files: readonly string[];

  /** Who brings it into the pod. @internal */
  abstract deliveryOn(platform: Platform): SecretDelivery;

  /** What is wrong with it, wherever it is mounted. @internal */
  abstract faultsOn(platform: Platform): readonly SecretFault[];

  /** Where it comes from, for the list of who reads what: `vault secret/data/payments/db`. */
  abstract readonly origin: string;
}
