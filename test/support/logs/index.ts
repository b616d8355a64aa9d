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
} as const;

export type LogProgram = keyof typeof programs;

/** Where the programs are. */
export type LogPrograms = Readonly<Record<LogProgram, string>>;

/** Both programs, or why they are not there. */
export function logPrograms(): LogPrograms | { readonly skipped: string } {
  const lack = opensslLack();
  if (lack !== undefined) return { skipped: lack };
  const [loki, otelcol] = [build('loki'), build('otelcol')];
  if ('skipped' in loki) return loki;
  if ('skipped' in otelcol) return otelcol;
  return { loki: loki.path, otelcol: otelcol.path };
}

/** A `describe` of tests that need the programs. */
export function describeLogs(name: string, body: (programs: () => LogPrograms) => void): void {
  const found = logPrograms();
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
