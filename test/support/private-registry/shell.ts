/** Shells that the scripts of a registry's pod run under: this machine's own, and busybox, which the official image has. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describeUnless, lackUnless } from '../lack';

export interface Shell {
  readonly program: string;
  readonly args: readonly string[];
  /** Programs that are all that scripts find. @default - what is on this machine's PATH */
  readonly applets?: readonly string[];
}

export const ownShell: Shell = { program: 'sh', args: [] };

/** busybox as `ash`, with its own applets; undefined where this machine has none. */
function busyboxShell(): Shell | undefined {
  const { stdout } = spawnSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' });
  const program = stdout.trim();
  if (program === '') return undefined;
  const applets = spawnSync(program, ['--list'], { encoding: 'utf8' }).stdout.trim().split('\n');
  return { program, args: ['ash'], applets };
}

/** The PATH of a shell: that of its applets, which are put into a folder. */
export function pathOf({ program, applets }: Shell, folder: string): Readonly<Record<string, string>> {
  if (applets === undefined) return {};
  mkdirSync(folder);
  for (const name of applets) symlinkSync(program, join(folder, name));
  return { PATH: folder };
}

/** A `describe` for each of both shells. */
export function describeShells(name: string, body: (shell: Shell) => void): void {
  describe(`${name}, under sh`, () => body(ownShell));
  const busybox = busyboxShell();
  const lack = lackUnless(busybox !== undefined, 'there is no busybox on the PATH');
  describeUnless(lack, `${name}, under busybox`, () => body(busybox ?? ownShell));
}
