import { createHash } from 'node:crypto';
import { isMapping } from '../../core/manifest/plain';
import { OutputFolderError } from './output-error';

/**
 * The file in which an output folder keeps the list of what was written to it. JSON, but not named so: `kubectl apply -f <folder>`
 * and Argo CD read every .json, .yaml and .yml of a folder as manifests, hidden ones too.
 */
export const LEDGER = '.kube-bulwark';

/** What was written: relative path -> hash of its content. */
export type Ledger = ReadonlyMap<string, string>;

/** The hash under which a content stands in the ledger. */
export function hashOf(content: string | Uint8Array): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

/** The ledger as a file: sorted, one line a file, so that two runs and two machines write the same bytes. */
export function formatLedger(ledger: Ledger): string {
  const files = Object.fromEntries([...ledger].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ note: 'Written by kube-bulwark: the files here that it may overwrite and remove.', files }, undefined, 2)}\n`;
}

/**
 * Reads a ledger.
 * @param file - its path, for the error.
 * @throws OutputFolderError `bad-ledger` for what no run of the tool has written: then nothing in it can be trusted.
 */
export function parseLedger(text: string, file: string): Ledger {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw badLedger(file, 'is not JSON', cause);
  }
  const files = isMapping(parsed) ? parsed.files : undefined;
  if (!isMapping(files)) throw badLedger(file, 'holds no list of files');
  const ledger = new Map<string, string>();
  for (const [path, hash] of Object.entries(files)) {
    const fault = pathFault(path);
    if (fault !== undefined) throw badLedger(file, `lists ${JSON.stringify(path)}, which ${fault}`);
    if (typeof hash !== 'string' || !/^sha256:[0-9a-f]{64}$/.test(hash)) {
      throw badLedger(file, `lists ${JSON.stringify(path)} with ${JSON.stringify(hash)}, which is not a SHA-256 hash`);
    }
    ledger.set(path, hash);
  }
  return ledger;
}

/** What keeps a path from being a file inside the folder, or undefined for a good one. */
export function pathFault(path: string): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\\') || path.includes('\0')) return "holds a backslash or NUL; separate folders with '/'";
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'is absolute';
  const segments = path.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return "has an empty, '.' or '..' segment, so it could leave the folder";
  }
  // Case-insensitive, as the file system may be; covers the ledger and the staging folders.
  if (segments[0]?.toLowerCase().startsWith('.kube-bulwark')) return 'is a name the tool keeps for itself';
  return undefined;
}

function badLedger(file: string, problem: string, cause?: unknown): OutputFolderError {
  return new OutputFolderError(
    'bad-ledger',
    [file],
    `${file} ${problem}`,
    'restore it from version control; or delete it together with the generated files, which are then written anew',
    cause === undefined ? undefined : { cause },
  );
}
