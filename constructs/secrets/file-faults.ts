import { innerPathFault, mountPathFault } from '../../core/manifest/mount-path';
import { secretInTemplate } from '../../core/policy';
import type { SecretFault } from '../../core/secrets/fault';
import { folderObstacle, isImageFolder } from '../../core/secrets/image-folders';
import { type SecretTemplate, templateFaults } from '../../core/secrets/template';

/** One file of a mount. */
export interface MountedFile {
  readonly path: string;
  /** The field that it holds. @default - all of the secret */
  readonly field?: string;
  readonly template?: SecretTemplate;
}

/** What is wrong with where a file stands. */
export function filePathFaults(file: string): readonly SecretFault[] {
  const folder = typeof file === 'string' ? file.slice(0, file.lastIndexOf('/')) : '';
  const message = innerPathFault(file) ?? folderFault(file, folder);
  if (message === undefined) return [];
  const remedy = "give an absolute path in a folder of its own, such as '/etc/payments/db.json'";
  return [{ property: 'file', value: file, message: `${JSON.stringify(file)} ${message}`, remedy }];
}

function folderFault(file: string, folder: string): string | undefined {
  if (/\p{Cc}/u.test(file)) return 'has a line break or another control character in it';
  if (file.split('/').some((part) => part.length > 255)) return 'has a name of more than 255 characters';
  // The kubelet, the CSI driver and the agent keep the versions of a volume in such folders of it.
  if (/\/\.\.[^/]*$/.test(file)) return 'begins with two dots, as what the kubelet keeps in a volume does';
  if (file.endsWith('/')) return 'names a folder, and no file in it';
  if (/\/(?:\.?\/|\.$)/.test(file)) return 'has an empty part';
  if (folder === '') return 'is in the root of the container';
  if (isImageFolder(folder)) return `would hide what the image has in ${folder}`;
  return folderObstacle(folder) ?? mountPathFault(folder);
}

/** What is wrong with what a file holds. @param known the fields of the secret; undefined where nobody knows them */
export function contentFaults(
  { field, template }: MountedFile,
  known: readonly string[] | undefined,
): readonly SecretFault[] {
  if (template !== undefined && field !== undefined) {
    const message = 'the file holds one field, and a template';
    return [{ property: 'template', message, remedy: 'leave one of them out' }];
  }
  if (template !== undefined) return [...templateFaults(template, known), ...literalFaults(template)];
  if (field === undefined || known === undefined || known.includes(field)) return [];
  const message = `the secret has no field ${field}`;
  return [{ property: 'field', value: field, message, remedy: `name one of ${known.join(', ')}` }];
}

/** A template becomes part of an object that everybody reads. */
function literalFaults({ parts }: SecretTemplate): readonly SecretFault[] {
  const written = parts.map((part) => (typeof part === 'string' ? part : `{{ .${part.field} }}`)).join('');
  const because = secretInTemplate(written);
  if (because === undefined) return [];
  const remedy =
    "put the value into the secret store, and print its field: '{{ .password }}'; change it, since it was written down";
  return [{ property: 'template', message: `the template ${because}`, remedy }];
}

/** What is wrong with the permissions of a file. */
export function modeFaults(mode: number | undefined): readonly SecretFault[] {
  if (mode === undefined || (Number.isInteger(mode) && mode > 0 && mode <= 0o777 && (mode & 0o022) === 0)) return [];
  const message = `the mode ${typeof mode === 'number' ? `0o${mode.toString(8)}` : String(mode)} is none for a secret`;
  return [{ property: 'mode', value: mode, message, remedy: 'give one that nobody else can write with: 0o440, 0o400' }];
}
