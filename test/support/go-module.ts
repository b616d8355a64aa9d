/**
 * Files of others that tests check against, and that no npm package has: a schema, CustomResourceDefinitions. They come from the source of
 * pinned Go modules, through the ordinary Go module proxy, and stay in Go's own module cache: nothing of them is copied here.
 */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** A version of a module. */
export interface GoModule {
  readonly module: string;
  readonly version: string;
  /** Of its files, as go.sum has it: another one fails the test. */
  readonly sum: string;
}

/** Modules whose files tests read. */
export const goModules = {
  /** Its tests hold the schema of SARIF 2.1.0 as OASIS published it (errata 01). Apache-2.0. */
  gosec: {
    module: 'github.com/securego/gosec/v2',
    version: 'v2.30.0',
    sum: 'h1:67aF6LHa7SAL6QEc4es857GrXTT50gUqmrl0XPhtDx0=',
  },
} as const satisfies Readonly<Record<string, GoModule>>;

/** The folder of a module's files, or why there is none. */
type Downloaded = { readonly folder: string } | { readonly skipped: string };

/** A `describe` of tests that read a module's files: skipped where there is no Go or no proxy, and with CI=true a failure. */
export function describeGoModule(id: keyof typeof goModules, name: string, body: (folder: () => string) => void): void {
  const downloaded = download(goModules[id]);
  if ('folder' in downloaded) {
    describe(name, () => body(() => downloaded.folder));
    return;
  }
  const { skipped } = downloaded;
  if (!['', '0', 'false'].includes(process.env.CI ?? '')) throw new Error(skipped);
  describe.skip(`${name} (skipped: ${skipped.split('\n')[0]})`, () => body(() => ''));
}

function download({ module, version, sum }: GoModule): Downloaded {
  const { stdout, stderr, error } = spawnSync('go', ['mod', 'download', '-json', `${module}@${version}`], {
    cwd: tmpdir(),
    encoding: 'utf8',
    timeout: 300_000,
    env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off' },
  });
  if (error !== undefined) return { skipped: `${module} is downloaded by Go, and Go does not run: ${error.message}` };
  const answer = stdout.trim() === '' ? { Error: stderr } : JSON.parse(stdout);
  const { Dir: folder, Sum, Error: reason } = answer as { readonly [key in 'Dir' | 'Sum' | 'Error']?: string };
  if (folder === undefined) return { skipped: `${module} ${version} could not be downloaded: ${reason}` };
  if (Sum !== sum) throw new Error(`${module} ${version} has the sum ${Sum}, not ${sum}`);
  return { folder };
}
