import { setFlagsFromString } from 'node:v8';

let asked = false;

/**
 * Tells V8 to optimize functions only after 8 to 15 times as much running as it waits for by default: a program that synthesizes
 * or checks for half a second ends before optimized code pays for its compilation, and hot loops still get it. It holds for the
 * process, and is left alone where the command line of node says something else.
 */
export function optimizeLater(): void {
  if (asked || process.execArgv.some((option) => /^--interrupt[-_]budget/.test(option))) return;
  asked = true;
  setFlagsFromString('--interrupt-budget=1000000');
}
