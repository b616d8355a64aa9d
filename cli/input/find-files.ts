import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { InputError } from '../../core/report/check-report';
import { excluder, folderOfGlob, isGlob, pathGlob } from './path-glob';

/** A file to read. */
export interface InputFile {
  readonly path: string;
  /** True where it was found in a folder: it may be something else than manifests. */
  readonly discovered: boolean;
}

/** The files that paths stand for. */
export interface FoundFiles {
  readonly files: readonly InputFile[];
  readonly errors: readonly InputError[];
}

/** Not our own settings. One of the names of a kustomization has no ending. */
const MANIFEST = /(?<!(?:^|\/)bulwark)\.(?:ya?ml|json)$|(?:^|\/)Kustomization$/i;

/** Folders of tools, whose YAML is theirs. */
const SKIPPED_FOLDER = /^(?:\..+|node_modules)$/;

/**
 * Files, folders (all manifests below them, in the order of their names) and patterns. Links are followed, and each folder and file is
 * read once, so that loops end.
 */
export function findFiles(paths: readonly string[], exclude: readonly string[] = []): FoundFiles {
  const isExcluded = excluder(exclude);
  const files = new Map<string, InputFile>();
  const errors: InputError[] = [];
  const folders = new Set<string>();

  const add = (path: string, discovered: boolean, real = realpathSync(path)): void => {
    if (!files.has(real)) files.set(real, { path, discovered });
  };
  /** @param isPattern whether somebody said more of what is wanted than the folder */
  const walk = (folder: string, wanted: (path: string) => boolean, isPattern: boolean): void => {
    const real = realpathSync(folder);
    if (folders.has(real)) return;
    folders.add(real);
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    const isChart = entries.some(({ name }) => name === 'Chart.yaml');
    for (const entry of entries) {
      const path = folder === '.' ? entry.name : `${folder.replace(/\/$/, '')}/${entry.name}`;
      if (isExcluded(path)) continue;
      const kind = kindOf(entry, path);
      if (isChart && kind === 'folder' && entry.name === 'templates') {
        if (isPattern && !holds(path, wanted)) continue;
        const reason = `the templates of a Helm chart are not rendered: helm template ${folder} | bulwark check -`;
        errors.push({ file: path, reason });
      } else if (kind === 'folder') {
        if (!SKIPPED_FOLDER.test(entry.name) && !(isChart && entry.name === 'charts'))
          attempt(path, () => walk(path, wanted, isPattern));
      } else if (kind === 'file' && wanted(path)) {
        if (!isChart || !/^(?:Chart|values.*)\./.test(entry.name))
          attempt(path, () => add(path, true, entry.isSymbolicLink() ? undefined : `${real}/${entry.name}`));
      }
    }
  };
  const attempt = (path: string, act: () => void): void => {
    try {
      act();
    } catch (error) {
      errors.push({ file: path, reason: reasonOf(error) });
    }
  };

  for (const given of paths) {
    attempt(given, () => {
      // Each path is walked for itself: what one pattern leaves out, the next may want.
      folders.clear();
      const before = files.size;
      if (isGlob(given) && !existsSync(given)) {
        const expression = pathGlob(given);
        const folder = folderOfGlob(given);
        if (existsSync(folder)) walk(folder, (path) => expression.test(path.replace(/^\.\//, '')), true);
        if (files.size === before) errors.push({ file: given, reason: 'no file matches the pattern' });
        return;
      }
      if (!statSync(given).isDirectory()) {
        add(given, false);
        return;
      }
      const failures = errors.length;
      walk(given, (path) => MANIFEST.test(path), false);
      if (files.size === before && errors.length === failures)
        errors.push({ file: given, reason: 'there are no manifests (.yaml, .yml, .json) in this folder' });
    });
  }
  return { files: [...files.values()], errors };
}

/** Whether a file that is wanted is somewhere below the folder. */
function holds(folder: string, wanted: (path: string) => boolean): boolean {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((name) => wanted(`${folder}/${name}`));
}

function kindOf(entry: Dirent, path: string): 'file' | 'folder' | undefined {
  if (!entry.isSymbolicLink()) return entry.isDirectory() ? 'folder' : entry.isFile() ? 'file' : undefined;
  try {
    const target = statSync(path);
    return target.isDirectory() ? 'folder' : target.isFile() ? 'file' : undefined;
  } catch {
    // Reading it says why it cannot be had. Hidden ones are marks of editors (`.#web.yaml`).
    return entry.name.startsWith('.') ? undefined : 'file';
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be read',
  EPERM: 'it may not be read',
  ELOOP: 'it is a link to itself',
  ENOTDIR: 'there is no such file or folder',
  ENAMETOOLONG: 'the name is too long',
};

/** Why a file could not be read, in words. */
export function reasonOf(error: unknown): string {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
