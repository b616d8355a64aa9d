/**
 * Real processes of the log pipeline, built once from pinned modules and kept in the user's cache. Where they cannot be had a suite is skipped,
 * with the reason in its name; with CI=true that is a failure.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { opensslLack } from '../control-plane/certificates';
import type { GoBinary } from '../go-binary';

/** The programs, with the folder of their module and their Go package. */
const programs = {
  loki: ['loki-module', 'github.com/grafana/loki/v3/cmd/loki'],
  otelcol: ['collector-module', '.'],
  'grafana-ini': ['grafana-ini-module', '.'],
  minio: ['minio-module', 'github.com/minio/minio'],
} as const;

export type LogProgram = keyof typeof programs;

/** Where the programs of the pipeline are. */
export type LogPrograms = Programs<'loki' | 'otelcol'>;

type Programs<Names extends LogProgram> = Readonly<Record<Names, string>>;

/** The programs, or why they are not there. */
export function logPrograms<const Names extends LogProgram = 'loki' | 'otelcol'>(
  names: readonly Names[] = ['loki', 'otelcol'] as unknown as readonly Names[],
): Programs<Names> | { readonly skipped: string } {
  const lack = opensslLack();
  if (lack !== undefined) return { skipped: lack };
  const paths: Partial<Record<Names, string>> = {};
  for (const name of names) {
    const built = build(name);
    if ('skipped' in built) return built;
    paths[name] = built.path;
  }
  return paths as Programs<Names>;
}

/** A `describe` of tests that need the programs. */
export function describeLogs(name: string, body: (programs: () => LogPrograms) => void): void {
  describePrograms(name, ['loki', 'otelcol'], body);
}

/** A `describe` of tests that need a store of objects besides. */
export function describeStore(
  name: string,
  body: (programs: () => Programs<'loki' | 'otelcol' | 'minio'>) => void,
): void {
  describePrograms(name, ['loki', 'otelcol', 'minio'], body);
}

/** A `describe` of tests that need one program. */
export function describeLogProgram(program: LogProgram, name: string, body: (path: () => string) => void): void {
  describePrograms(name, [program], (programs) => body(() => programs()[program]));
}

function describePrograms<const Names extends LogProgram>(
  name: string,
  names: readonly Names[],
  body: (programs: () => Programs<Names>) => void,
): void {
  const found = logPrograms(names);
  if ('skipped' in found) {
    if (!['', '0', 'false'].includes(process.env.CI ?? '')) throw new Error(found.skipped);
    describe.skip(`${name} (skipped: ${found.skipped.split('\n')[0]})`, () =>
      body(() => {
        throw new Error(found.skipped);
      }));
    return;
  }
  describe(name, () => body(() => found));
}

/** Synchronous, because jest wants to know at once which suites are skipped. */
function build(program: LogProgram): GoBinary {
  const { stdout, error } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'build.ts'), program, ...programs[program]],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return error === undefined && stdout !== '' ? JSON.parse(stdout) : { skipped: `${program} was not built: ${error}` };
}
