import type { CloudLogin } from '../../../../core/secrets/cloud/login';
import type { Cloud, CloudDeliveryId } from '../../../../core/secrets/cloud/settings';
import type { CloudSource } from '../../../../core/secrets/cloud/source';
import {
  type Delivered,
  type PlacedSecret,
  type SecretDelivery,
  type SecretReader,
  sortMounts,
  withFaults,
} from '../../delivery';
import { changeFault } from '../../limits';
import type { CloudSecretMount } from '../cloud-secret-mount';
import { identityFault } from './identity';
import { deliveryLimits } from './limits';

export type PlacedCloud = PlacedSecret<CloudSecretMount>;

/** What a delivery is to bring. */
export interface CloudOrder {
  readonly reader: SecretReader;
  readonly login: CloudLogin;
  readonly placed: readonly PlacedCloud[];
  readonly sourceOf: (mount: CloudSecretMount) => CloudSource;
}

/**
 * A way for secrets of a cloud to come into a pod. What it cannot bring to a reader is left out, with the fault.
 * @param bring what it does for the rest, of which there is something
 */
export function cloudDelivery(
  cloud: Cloud,
  id: CloudDeliveryId,
  bring: (order: CloudOrder) => Delivered,
): SecretDelivery {
  return {
    id: `${cloud}-${id}`,
    deliver: (reader, asked) => {
      const { cloudLogin: login } = reader;
      const sources = new Map<CloudSecretMount, CloudSource>();
      for (const { mount } of asked as readonly PlacedCloud[]) {
        const { source } = mount.sourceOn(reader.platform);
        if (source !== undefined) sources.set(mount, source);
      }
      const sourceOf = (mount: CloudSecretMount) => sources.get(mount) as CloudSource;
      const sorted = sortMounts(
        (asked as readonly PlacedCloud[]).filter(({ mount }) => sources.has(mount)),
        ({ mount }) =>
          changeFault(mount.options.onChange, reader) ??
          deliveryLimits[id].map((limit) => limit({ mount, source: sourceOf(mount), reader })).find((found) => found) ??
          identityFault(cloud, id, sourceOf(mount), login),
      );
      if (login === undefined || sorted.placed.length === 0) return { faults: sorted.faults };
      return withFaults(bring({ reader, login, placed: sorted.placed, sourceOf }), sorted);
    },
  };
}
