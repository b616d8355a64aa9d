import type { Cloud, CloudDeliveryId } from '../../../../core/secrets/cloud/settings';
import type { SecretDelivery } from '../../delivery';
import { csi } from './csi';
import { operator } from './operator';

const deliveriesOf = (cloud: Cloud): Readonly<Record<CloudDeliveryId, SecretDelivery>> => ({
  csi: csi(cloud),
  operator: operator(cloud),
});

/** How a secret of each cloud comes into a pod. */
export const cloudDeliveries: Readonly<Record<Cloud, Readonly<Record<CloudDeliveryId, SecretDelivery>>>> = {
  aws: deliveriesOf('aws'),
  gcp: deliveriesOf('gcp'),
  azure: deliveriesOf('azure'),
};
