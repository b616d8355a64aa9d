import { isCI } from './ci';

/** Something that tests need and that is not here. */
export interface Lack {
  /** Why; what a program printed may follow the first line. */
  readonly skipped: string;
  /** Where a run of CI may lack it, too: the corpus beside the repository, or what there was no time left to build. */
  readonly expected?: true;
}

/** Nothing where it is there; otherwise a lack that a run of CI may have, too. */
export function lackUnless(isThere: boolean, skipped: string): Lack | undefined {
  return isThere ? undefined : { skipped, expected: true };
}

/**
 * Why tests are skipped, in one line for their name.
 * @throws Error with CI=true, where what is not tested must be seen. What is expected to be missing stays a reason to skip.
 */
export function reasonToSkip({ skipped, expected }: Lack): string {
  if (expected === undefined && isCI()) throw new Error(`${skipped}\nWith CI=true its tests are not skipped.`);
  return skipped.split('\n')[0] ?? skipped;
}

/**
 * A `describe` that is skipped where something lacks; a test that is skipped, too, says why. The others keep their names: jest takes snapshots of tests that it
 * does not know of for obsolete, which fails a run of CI.
 */
export function describeUnless(lack: Lack | undefined, name: string, body: () => void): void {
  if (lack === undefined) {
    describe(name, body);
    return;
  }
  const reason = reasonToSkip(lack);
  describe.skip(name, () => {
    it(reason, () => undefined);
    body();
  });
}

/** An `it` that is skipped where something lacks; beside it a test that is skipped, too, says why. It keeps its name, as in {@link describeUnless}. */
export function itUnless(lack: Lack | undefined, name: string, body: jest.ProvidesCallback, timeout?: number): void {
  if (lack === undefined) {
    it(name, body, timeout);
    return;
  }
  it.skip(reasonToSkip(lack), () => undefined);
  it.skip(name, body, timeout);
}
