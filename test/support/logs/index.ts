/** Real processes of the log pipeline, built once from pinned modules and kept in the user's cache. */
import { join } from 'node:path';
import { opensslLack } from '../control-plane/certificates';
import type { GoBinaryOptions } from '../go-binary';
import { describePrograms, goPrograms, type Paths } from '../go-programs';
import type { Lack } from '../lack';

const program = (name: string, folder: string, goPackage: string): GoBinaryOptions => ({
  name,
  moduleDir: join(__dirname, folder),
  package: goPackage,
});

const all = {
  loki: program('loki', 'loki-module', 'github.com/grafana/loki/v3/cmd/loki'),
  otelcol: program('otelcol', 'collector-module', '.'),
  'grafana-ini': program('grafana-ini', 'grafana-ini-module', '.'),
  minio: program('minio', 'minio-module', 'github.com/minio/minio'),
} as const;

export type LogProgram = keyof typeof all;

/** Where the programs of the pipeline are. */
export type LogPrograms = Paths<'loki' | 'otelcol'>;

const pipeline = { loki: all.loki, otelcol: all.otelcol };

/** The programs of the pipeline, or why they are not there. */
export function logPrograms(): LogPrograms | Lack {
  return opensslLack() ?? goPrograms(pipeline);
}

/** A `describe` of tests that need the programs. */
export function describeLogs(name: string, body: (programs: LogPrograms) => void): void {
  describePrograms(name, pipeline, body, opensslLack());
}

/** A `describe` of tests that need a store of objects besides. */
export function describeStore(name: string, body: (programs: Paths<'loki' | 'otelcol' | 'minio'>) => void): void {
  describePrograms(name, { ...pipeline, minio: all.minio }, body, opensslLack());
}

/** A `describe` of tests that need one program. */
export function describeLogProgram(program: LogProgram, name: string, body: (path: string) => void): void {
  describePrograms(name, { program: all[program] }, (paths) => body(paths.program), opensslLack());
}
