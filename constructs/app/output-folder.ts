import * as nodeFs from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { OutputFolderError } from './output-error';
import { formatLedger, LEDGER } from './output-ledger';
import { listPaths, type OutputPlan, planOutput } from './output-plan';
import { type FileSystem, OutputTransaction, type Rollback, removeLeftovers } from './output-transaction';

/** What `OutputFolder.replace` did, or with `dryRun` would do. Relative paths with `/`, sorted. */
export interface OutputResult {
  /** New files, and files whose content changed. */
  readonly written: readonly string[];
  /** Files that held their content already; they were not touched. */
  readonly unchanged: readonly string[];
  /** Files of an earlier run that no longer belong. */
  readonly removed: readonly string[];
  /** Those written or removed that someone else had changed since the tool wrote them. */
  readonly edited: readonly string[];
}

export interface ReplaceOptions {
  /**
   * Change nothing, and say what would change; what is refused is the same. In CI it shows whether committed output is up to date.
   * @default false
   */
  readonly dryRun?: boolean;
}

/**
 * A folder of generated files that may hold other files, too. It keeps the list of what it wrote, with hashes, in
 * `.kube-bulwark` (commit it with the files): only what stands there is ever overwritten or removed. The files themselves
 * belong to the tool: a change made in one by hand is overwritten, and reported.
 */
export class OutputFolder {
  /** @param folder - relative to the working directory; made by the first write. */
  constructor(
    readonly folder: string,
    private readonly fs: FileSystem = nodeFs,
  ) {}

  /**
   * Makes `files` (relative path -> content) the generated files of the folder: all of them or, where anything fails, none.
   * Files of ours that no longer belong are removed, and the folders that this empties. The same files again change nothing.
   *
   * @throws OutputFolderError that names the paths and the remedy; the folder is as it was (but see `not-restored`).
   */
  replace(files: ReadonlyMap<string, string>, options: ReplaceOptions = {}): OutputResult {
    try {
      const plan = planOutput(this.folder, files, this.fs);
      if (options.dryRun !== true) {
        this.carryOut(plan);
        removeLeftovers(this.folder, this.fs);
      }
      return {
        written: plan.writes.map(({ path }) => path).sort(),
        unchanged: [...plan.unchanged].sort(),
        removed: [...plan.removals].sort(),
        edited: [...plan.edited].sort(),
      };
    } catch (error) {
      throw error instanceof OutputFolderError ? error : unwritable(this.folder, error);
    }
  }

  private carryOut({ before, after, writes, removals }: OutputPlan): void {
    // A file of the ledger that is gone and no longer wanted changes the ledger alone.
    const final = formatLedger(after);
    const current = before === undefined ? undefined : formatLedger(before);
    if (writes.length === 0 && removals.length === 0 && final === (current ?? formatLedger(new Map()))) return;
    // First the ledger gets the old files and the new ones: even if the process is killed, it misses no file that we wrote.
    const interim = formatLedger(new Map([...(before ?? []), ...after]));

    const transaction = new OutputTransaction(resolve(this.folder), this.fs);
    try {
      const staged = writes.map(({ path, content, replaces }) => ({
        path,
        replaces,
        content: transaction.stage(content),
      }));
      const first = interim === current ? undefined : transaction.stage(interim);
      const last = final === interim ? undefined : transaction.stage(final);
      if (first !== undefined) transaction.put(first, LEDGER, before !== undefined);
      for (const path of removals) transaction.remove(path);
      for (const { path, content, replaces } of staged) transaction.put(content, path, replaces);
      if (last !== undefined) transaction.put(last, LEDGER, before !== undefined || first !== undefined);
    } catch (error) {
      const rollback = transaction.rollBack();
      throw rollback.lost.length === 0 ? error : notRestored(this.folder, rollback, error);
    }
    transaction.finish();
    for (const path of removals) this.removeEmptied(posix.dirname(path));
  }

  private removeEmptied(folder: string): void {
    for (let at = folder; at !== '.'; at = posix.dirname(at)) {
      try {
        this.fs.rmdirSync(join(this.folder, at));
      } catch {
        return; // It holds something that is not ours.
      }
    }
  }
}

const REMEDIES: Readonly<Record<string, string>> = {
  EACCES: 'give this user the right to write there, or choose another output folder',
  EPERM: 'give this user the right to write there, or choose another output folder',
  EROFS: 'it is on a read-only file system: choose another output folder',
  ENOSPC: 'free some space there, or choose another output folder',
  EDQUOT: 'free some space there, or choose another output folder',
  ENOTDIR: 'a file stands where a folder is needed: move it away, or choose another output folder',
  ENOENT:
    'it cannot be made, or something removed files from it meanwhile: choose another output folder, or synthesize again',
};

function unwritable(folder: string, cause: unknown): OutputFolderError {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return new OutputFolderError(
    'unwritable',
    [folder],
    `the output folder ${folder} cannot be written: ${message}`,
    `${REMEDIES[code] ?? 'mend the file system, or choose another output folder'}. Nothing was changed`,
    { cause },
  );
}

function notRestored(folder: string, { lost, backups }: Rollback, cause: unknown): OutputFolderError {
  return new OutputFolderError(
    'not-restored',
    lost,
    `the output folder ${folder} cannot be written: ${(cause as Error).message}; and then the previous ${listPaths(folder, lost)} could not be put back`,
    `mend the file system and synthesize again; what was there is kept in ${backups}`,
    { cause },
  );
}
