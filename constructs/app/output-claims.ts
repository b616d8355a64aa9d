import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { OutputFolderError } from './output-error';
import { OutputFolder, type OutputResult, type ReplaceOptions } from './output-folder';

/** An app that writes to an output folder. */
export interface OutputWriter {
  /** Its number in this process. */
  readonly id: number;
  /** How an error calls it: `app 2 (orders, payments)`. */
  readonly label: string;
}

interface Claim extends OutputWriter {
  readonly files: readonly string[];
}

/** The folders that apps of this process have written, by their real path. */
const claims = new Map<string, Claim>();

/**
 * Writes an app's files to its folder, which is that app's from then on: the list of files in a folder says what the tool wrote, and not
 * for which app of a program, so that a second one would remove the files of the first. Where the second writes the very same, or the
 * files of the first are gone, nothing is lost and it goes on.
 *
 * @throws OutputFolderError `of-another-app`, and what `OutputFolder.replace` throws; the folder is as it was.
 */
export function writeOutput(
  app: OutputWriter,
  folder: string,
  files: ReadonlyMap<string, string>,
  options: ReplaceOptions,
): OutputResult {
  const output = new OutputFolder(folder);
  const claim = claimOn(folder);
  if (claim !== undefined && claim.id !== app.id) refuseChange(claim, app.label, output, files);
  const result = output.replace(files, options);
  if (options.dryRun !== true && existsSync(folder))
    claims.set(realpathSync.native(folder), { ...app, files: [...files.keys()] });
  return result;
}

function claimOn(folder: string): Claim | undefined {
  return existsSync(folder) ? claims.get(realpathSync.native(folder)) : undefined;
}

function refuseChange(claim: Claim, label: string, output: OutputFolder, files: ReadonlyMap<string, string>): void {
  if (!claim.files.some((path) => existsSync(join(output.folder, path)))) return;
  const { written, removed } = output.replace(files, { dryRun: true });
  if (written.length + removed.length === 0) return;
  const removal = removed.length === 0 ? '' : `remove ${removed.length} of its files and `;
  throw new OutputFolderError(
    'of-another-app',
    [output.folder],
    `the output folder ${output.folder} was written by ${claim.label} of this program, and ${label} would ${removal}write ${written.length} into it`,
    'give each app an outdir or an environment of its own. Nothing was changed',
  );
}
