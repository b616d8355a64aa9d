import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { runsTypeScript } from '../typescript';

/** What a program of failing-program.ts fails with, run as a process of its own. */
export function failureOf(name: string): Promise<string> {
  const program = join(__dirname, 'failing-program.ts');
  return new Promise((done, fail) => {
    execFile(process.execPath, [...runsTypeScript, program, name], (error, stdout, stderr) => {
      if (error === null) fail(new Error(`${name} did not fail`));
      else if (stdout === '') fail(new Error(stderr));
      else done(stdout);
    });
  });
}
