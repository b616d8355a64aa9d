import { type CloudDeliveryId, type CloudSecrets, cloudDeliveryIds } from '../../../core/secrets/cloud/settings';
import { fieldFaults } from '../../../core/secrets/cloud/template';
import { durationSeconds } from '../../../core/secrets/duration';
import type { SecretFault } from '../../../core/secrets/fault';
import { contentFaults, filePathFaults, type MountedFile, modeFaults } from '../file-faults';
import type { CloudFileOptions } from './cloud-secret-mount';

/** What is wrong with a file of a mount, wherever it is mounted. */
export function cloudFileFaults(
  file: MountedFile,
  { mode, fields }: Pick<CloudFileOptions, 'mode' | 'fields'>,
): readonly SecretFault[] {
  return [
    ...filePathFaults(file.path),
    ...contentFaults(file, fields),
    ...fieldFaults(file.field, file.template),
    ...modeFaults(mode),
  ];
}

/** What is wrong with what the platform says, for a mount that needs it. */
export function settingsFaults(
  settings: CloudSecrets | undefined,
  delivery: CloudDeliveryId | undefined,
): readonly SecretFault[] {
  return [
    ...deliveryFaults('cloudSecrets.delivery', settings?.delivery),
    ...deliveryFaults('delivery', delivery),
    ...refreshFaults(settings?.refresh),
    ...accountFaults(settings?.aws?.account),
  ];
}

function deliveryFaults(property: string, delivery: unknown): readonly SecretFault[] {
  if (delivery === undefined || (cloudDeliveryIds as readonly unknown[]).includes(delivery)) return [];
  const message = `there is no delivery ${JSON.stringify(delivery)}`;
  return [{ property, value: delivery, message, remedy: `name one of ${cloudDeliveryIds.join(', ')}` }];
}

/** The operator reads Go's durations, which have no days. */
function refreshFaults(refresh: unknown): readonly SecretFault[] {
  if (refresh === undefined) return [];
  if (typeof refresh === 'string' && !refresh.includes('d') && durationSeconds(refresh) !== undefined) return [];
  const message = `${JSON.stringify(refresh)} is no interval`;
  const remedy = "give one in hours, minutes and seconds: '15m'";
  return [{ property: 'cloudSecrets.refresh', value: refresh, message, remedy }];
}

function accountFaults(account: unknown): readonly SecretFault[] {
  if (account === undefined || (typeof account === 'string' && /^\d{12}$/.test(account))) return [];
  const message = `${JSON.stringify(account)} is no account of AWS`;
  return [
    { property: 'cloudSecrets.aws.account', value: account, message, remedy: "give its 12 digits: '111122223333'" },
  ];
}
