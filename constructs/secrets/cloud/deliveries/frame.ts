import type { CloudLogin } from '../../../../core/secrets/cloud/login';
import type { Cloud, CloudDeliveryId } from '../../../../core/secrets/cloud/settings';
import type { CloudSource } from '../../../../core/secrets/cloud/source';
import {
  type Delivered,
  type DeliveryFault,
  type PlacedSecret,
  placedFault,
  type SecretDelivery,
  type SecretReader,
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
      const placed: PlacedCloud[] = [];
      const faults: DeliveryFault[] = [];
      const sources = new Map<CloudSecretMount, CloudSource>();
      const { cloudLogin: login } = reader;
      for (const each of asked as readonly PlacedCloud[]) {
        const { source } = each.mount.sourceOn(reader.platform);
        if (source === undefined) continue;
        sources.set(each.mount, source);
        const fault =
          changeFault(each.mount.options.onChange, reader) ??
          deliveryLimits[id].map((limit) => limit({ mount: each.mount, source, reader })).find((found) => found) ??
          identityFault(cloud, id, source, login);
        if (fault === undefined) placed.push(each);
        else faults.push(placedFault(fault, each));
      }
      if (login === undefined || placed.length === 0) return { faults };
      const sourceOf = (mount: CloudSecretMount) => sources.get(mount) as CloudSource;
      const brought = bring({ reader, login, placed, sourceOf });
      return { ...brought, faults: [...faults, ...(brought.faults ?? [])] };
    },
  };
}
