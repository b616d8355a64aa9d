/** Go programs that suites need. They are built, or found in the cache, by a process of their own, because jest wants to know at once which suites are skipped. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { GoBinary, GoBinaryOptions } from './go-binary';
import { describeUnless, type Lack } from './lack';
import { runsTypeScript } from './typescript';

/** Where each is. */
export type Paths<Names extends string> = Readonly<Record<Names, string>>;

/** Builds what is not built yet, one after another. Those after one that cannot be had are not tried. */
export function goPrograms<Names extends string>(
  wanted: Readonly<Record<Names, GoBinaryOptions>>,
): Paths<Names> | Lack {
  const paths: Partial<Record<Names, string>> = {};
  for (const [name, options] of Object.entries<GoBinaryOptions>(wanted)) {
    const built = build(options);
    if ('skipped' in built) return built;
    paths[name as Names] = built.path;
  }
  return paths as Paths<Names>;
}

/** A `describe` of tests that need programs. @param unless what else they need and cannot have */
export function describePrograms<Names extends string>(
  name: string,
  wanted: Readonly<Record<Names, GoBinaryOptions>>,
  body: (paths: Paths<Names>) => void,
  unless?: Lack,
): void {
  const found = unless ?? goPrograms(wanted);
  const lack = lackIn(found);
  describeUnless(lack, name, () => body(lack === undefined ? (found as Paths<Names>) : nowhere(wanted)));
}

export function lackIn(found: Paths<string> | Lack): Lack | undefined {
  return 'skipped' in found ? (found as Lack) : undefined;
}

/** For tests that are declared and never run. */
function nowhere<Names extends string>(wanted: Readonly<Record<Names, unknown>>): Paths<Names> {
  return Object.fromEntries(Object.keys(wanted).map((name) => [name, ''])) as Paths<Names>;
}

function build(options: GoBinaryOptions): GoBinary {
  const script = join(__dirname, 'build-go-binary.ts');
  const { stdout, error } = spawnSync(process.execPath, [...runsTypeScript, script, JSON.stringify(options)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return error === undefined && stdout !== ''
    ? JSON.parse(stdout)
    : { skipped: `${options.name} was not built: ${error}` };
}
