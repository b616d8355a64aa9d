/** Real processes of the log pipeline, built once from pinned modules and kept in the user's cache. */
import { join } from 'node:path';
import { opensslLack } from '../control-plane/certificates';
import type { GoBinaryOptions } from '../go-binary';
import { goPrograms, lackIn, type Paths } from '../go-programs';
import { describeUnless, type Lack } from '../lack';

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

/** The programs, or why they are not there. */
export function logPrograms<const Names extends LogProgram = 'loki' | 'otelcol'>(
  names: readonly Names[] = ['loki', 'otelcol'] as unknown as readonly Names[],
): Paths<Names> | Lack {
  const wanted = Object.fromEntries(names.map((name) => [name, all[name]])) as Record<Names, GoBinaryOptions>;
  return opensslLack() ?? goPrograms(wanted);
}

/** A `describe` of tests that need the programs. */
export function describeLogs(name: string, body: (programs: () => LogPrograms) => void): void {
  describeNamed(name, ['loki', 'otelcol'], body);
}

/** A `describe` of tests that need a store of objects besides. */
export function describeStore(name: string, body: (programs: () => Paths<'loki' | 'otelcol' | 'minio'>) => void): void {
  describeNamed(name, ['loki', 'otelcol', 'minio'], body);
}

/** A `describe` of tests that need one program. */
export function describeLogProgram(program: LogProgram, name: string, body: (path: () => string) => void): void {
  describeNamed(name, [program], (programs) => body(() => programs()[program]));
}

function describeNamed<const Names extends LogProgram>(
  name: string,
  names: readonly Names[],
  body: (programs: () => Paths<Names>) => void,
): void {
  const found = logPrograms(names);
  describeUnless(lackIn(found), name, () => body(() => found as Paths<Names>));
}
