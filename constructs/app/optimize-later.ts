import { setFlagsFromString } from 'node:v8';

/**
 * How the V8 of each Node is told to wait, by its major version: Node 20, 22 and 24. V8 complains on standard error about a flag that it does
 * not know, so that one that nobody has tried is left alone.
 */
const flags: Readonly<Record<string, readonly string[]>> = {
  11: ['--interrupt-budget=1000000'],
  12: ['--invocation-count-for-turbofan=20000', '--invocation-count-for-maglev=2000'],
  13: ['--invocation-count-for-turbofan=20000', '--invocation-count-for-maglev=2000'],
};

/** An option of node's command line that says when to optimize. */
const own = /^--(?:no-)?(?:opt$|max-opt|maglev|turbofan|interrupt[-_]budget|invocation[-_]count)/;

let asked = false;

/**
 * Tells V8 to optimize functions only after several times as much running as it waits for by default: a program that synthesizes
 * or checks for half a second ends before optimized code pays for its compilation, and hot loops still get it. It holds for the
 * process. Where the command line of node says something about optimizing itself, nothing is changed.
 */
export function optimizeLater(): void {
  if (asked || process.execArgv.some((option) => own.test(option))) return;
  asked = true;
  const [major = ''] = process.versions.v8.split('.');
  for (const flag of flags[major] ?? []) setFlagsFromString(flag);
}
