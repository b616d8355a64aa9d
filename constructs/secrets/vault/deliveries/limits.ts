import type { SecretFault } from '../../../../core/secrets/fault';
import type { VaultDeliveryId, VaultServer } from '../../../../core/secrets/vault/server';
import {
  type Delivered,
  type PlacedSecret,
  type SecretDelivery,
  type SecretReader,
  sortMounts,
  withFaults,
} from '../../delivery';
import { changeFault, driverObstacle, isWindows, noDelivery } from '../../limits';
import type { VaultSecretMount } from '../vault-secret-mount';

export type PlacedVault = PlacedSecret<VaultSecretMount>;

type Limit = (mount: VaultSecretMount, reader: SecretReader) => SecretFault | undefined;

/**
 * A way for secrets of Vault to come into a pod. What it cannot bring to a reader is left out, with the fault.
 * @param bring what it does for the rest, of which there is something
 */
export function vaultDelivery(
  id: VaultDeliveryId,
  bring: (
    reader: SecretReader,
    vault: VaultServer,
    placed: readonly PlacedVault[],
    all: readonly PlacedSecret[],
  ) => Delivered,
): SecretDelivery {
  return {
    id,
    deliver: (reader, asked, all) => {
      const { vault } = reader.platform;
      const sorted = sortMounts(
        asked as readonly PlacedVault[],
        ({ mount }) =>
          changeFault(mount.options.onChange, reader) ??
          limits[id].map((limit) => limit(mount, reader)).find((found) => found),
      );
      if (vault === undefined || sorted.placed.length === 0) return { faults: sorted.faults };
      return withFaults(bring(reader, vault, sorted.placed, all), sorted);
    },
  };
}

const syncLimit: Limit = ({ options: { syncAs } }) =>
  syncAs === undefined
    ? undefined
    : {
        property: 'syncAs',
        value: syncAs.secret,
        message: 'only csi keeps a Secret beside the file: agent makes none, and operator mounts the one that it makes',
        remedy: 'leave syncAs out, or deliver by csi',
      };

const limits: Readonly<Record<VaultDeliveryId, readonly Limit[]>> = {
  csi: [
    (_, reader) =>
      isWindows(reader)
        ? noDelivery('csi', "Vault's provider for the CSI driver runs on Linux only", 'operator')
        : undefined,
    (_, { platform }) => {
      const obstacle = driverObstacle(platform);
      return obstacle === undefined ? undefined : noDelivery('csi', obstacle, 'agent or operator');
    },
    ({ source }) =>
      source?.kind === 'transit'
        ? noDelivery('csi', 'csi brings files, and a transit key is none', 'agent')
        : undefined,
    ({ source }) =>
      source?.kind === 'pki' || (source?.kind === 'database' && !source.isStatic)
        ? noDelivery(
            'csi',
            'csi renews no lease: it asks Vault for another secret each time it looks',
            'agent or operator',
          )
        : undefined,
    ({ vaultFiles }) =>
      vaultFiles.some(({ template }) => template !== undefined)
        ? noDelivery('csi', "Vault's provider for the CSI driver has no templates", 'agent or operator')
        : undefined,
    ({ options: { onChange } }) =>
      onChange === undefined
        ? undefined
        : { ...noDelivery('csi', 'csi tells nobody that a secret changed', 'agent or operator'), property: 'onChange' },
  ],
  agent: [
    syncLimit,
    (_, reader) =>
      isWindows(reader) ? noDelivery('agent', "the agent's image runs on Linux only", 'operator') : undefined,
    (_, { platform }) =>
      platform.vault?.agent === undefined
        ? {
            property: 'delivery',
            value: 'agent',
            message: "nothing says which image the agent is: the injector's own default is a tag, which can be moved",
            remedy: "name it with its digest: vault: { agent: { image: 'registry.acme.example/vault@sha256:…' } }",
          }
        : undefined,
    ({ source }, { batch, kind }) =>
      source?.kind === 'transit' && batch
        ? {
            property: 'delivery',
            value: 'agent',
            message: `a ${kind} would never end: the agent that answers for it runs on`,
            remedy: 'use the key from a workload that runs on, or call Vault from the program',
          }
        : undefined,
    ({ options: { onChange } }) =>
      onChange?.kind === 'restart' && onChange.process === undefined
        ? {
            property: 'onChange',
            message: 'the agent restarts a program by its name, and none is given',
            remedy:
              "name it as ps shows it: RestartOnChange.of('orders'); or deliver by operator, which rolls the workload",
          }
        : undefined,
  ],
  operator: [
    syncLimit,
    ({ source }) =>
      source?.kind === 'transit'
        ? noDelivery('operator', 'the operator makes Secrets, and a transit key is none', 'agent')
        : undefined,
    ({ options: { onChange } }) =>
      onChange === undefined || onChange.kind === 'restart'
        ? undefined
        : {
            property: 'onChange',
            message:
              'the operator is outside the pod: it can roll the workload, and neither signal it nor run a command in it',
            remedy: 'use RestartOnChange.of(), or deliver by agent',
          },
  ],
};
