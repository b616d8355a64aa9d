/** Fills in templates of Vault Secrets Operator with the libraries that it does it with (a small Go program, main.go). */
import { spawnSync } from 'node:child_process';
import { goPrograms, lackIn } from '../../go-programs';

/** A template, and the fields of a secret. */
export interface Question {
  readonly text: string;
  readonly secrets: Readonly<Record<string, unknown>>;
}

/** What the file would say, or why there would be none. */
export interface Filled {
  readonly text: string;
  readonly error: string;
}

const found = goPrograms({ operator: { name: 'operator-templates', moduleDir: __dirname, package: '.' } });

/** Why it cannot be asked; undefined where it can. */
export const operatorLack = lackIn(found);

export function fill(...questions: readonly Question[]): readonly Filled[] {
  if ('skipped' in found) throw new Error(found.skipped);
  const { stdout, stderr, status } = spawnSync(found.operator, { input: JSON.stringify(questions), encoding: 'utf8' });
  if (status !== 0) throw new Error(`it ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}
