/**
 * Why an output folder was refused.
 * - `bad-path`: a file name that does not stay in the folder.
 * - `in-the-way`: something that the tool did not write stands where it would write.
 * - `of-another-app`: another app of the same program wrote it, whose files would be lost.
 * - `symbolic-link`: a link stands on the way to a file, so that writing could land outside the folder.
 * - `bad-ledger`: the list of written files cannot be understood, or was tampered with.
 * - `unwritable`: the file system refused (read-only, no space, a file in place of the folder).
 * - `not-restored`: the file system refused, and then refused to put the previous output back too.
 */
export type OutputFolderFault =
  | 'bad-path'
  | 'in-the-way'
  | 'of-another-app'
  | 'symbolic-link'
  | 'bad-ledger'
  | 'unwritable'
  | 'not-restored';

/** An output folder that was not written. The previous output is whole, unless the fault is `not-restored`. */
export class OutputFolderError extends Error {
  override readonly name = 'OutputFolderError';

  /**
   * @param fault - what kind of thing is wrong.
   * @param paths - the paths it concerns.
   * @param problem - what is wrong, with the paths.
   * @param remedy - how to mend it.
   */
  constructor(
    readonly fault: OutputFolderFault,
    readonly paths: readonly string[],
    problem: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(`${problem}; ${remedy}`, options);
  }
}
