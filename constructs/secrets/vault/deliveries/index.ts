import type { VaultDeliveryId } from '../../../../core/secrets/vault/server';
import type { SecretDelivery } from '../../delivery';
import { agent } from './agent';
import { csi } from './csi';
import { operator } from './operator';

/** How a secret of Vault comes into a pod: one line each. */
export const vaultDeliveries: Readonly<Record<VaultDeliveryId, SecretDelivery>> = { csi, agent, operator };
