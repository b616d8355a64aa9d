import { mountPathFault } from '../../core/manifest/mount-path';
import type { SecretFault } from '../../core/secrets/fault';
import { isImageFolder } from '../../core/secrets/image-folders';

/** What keeps a secret from becoming a file there, whoever brings it. */
export function filePathFaults(file: string): readonly SecretFault[] {
  const folder = typeof file === 'string' ? file.slice(0, file.lastIndexOf('/')) : '';
  const message = mountPathFault(file) ?? folderFault(file, folder);
  if (message === undefined) return [];
  const remedy = "give an absolute path in a folder of its own, such as '/etc/payments/db.json'";
  return [{ property: 'file', value: file, message: `${JSON.stringify(file)} ${message}`, remedy }];
}

function folderFault(file: string, folder: string): string | undefined {
  if (file.endsWith('/')) return 'names a folder, and no file in it';
  if (/\/(?:\.?\/|\.$)/.test(file)) return 'has an empty part';
  if (folder === '') return 'is in the root of the container';
  if (isImageFolder(folder)) return `would hide what the image has in ${folder}`;
  return undefined;
}

/** What is wrong with the permissions of the file of a secret. */
export function fileModeFaults(mode: number | undefined): readonly SecretFault[] {
  if (mode === undefined || (Number.isInteger(mode) && mode > 0 && mode <= 0o777 && (mode & 0o022) === 0)) return [];
  const message = `the mode ${typeof mode === 'number' ? `0o${mode.toString(8)}` : String(mode)} is none for a secret`;
  return [{ property: 'mode', value: mode, message, remedy: 'give one that nobody else can write with: 0o440, 0o400' }];
}
