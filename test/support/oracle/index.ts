/**
 * The code that Kubernetes itself uses (a small Go program, main.go) and PyYAML, asked in batches. Where Go, python3 or
 * PyYAML is missing a suite is skipped with the reason in its name.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { goPrograms } from '../go-programs';
import { describeUnless, type Lack } from '../lack';

/** One question. The operations are listed in main.go and pyyaml.py. */
export type Request =
  | {
      readonly op: 'yaml' | 'yaml-lenient' | 'documents' | 'quantity' | 'image';
      readonly text: string;
    }
  | { readonly op: 'compare' | 'add' | 'subtract'; readonly a: string; readonly b: string }
  | { readonly op: 'multiply'; readonly a: string; readonly by: number };

/** One answer: `error` is why the oracle refused. */
export interface Answer {
  readonly result: unknown;
  readonly error?: string;
}

/** Answers many requests in one process, in their order. */
export type Oracle = (requests: readonly Request[]) => readonly Answer[];

const here = __dirname;

function batch(command: string, args: readonly string[]): Oracle {
  return (requests) => {
    const input = requests.map((request) => JSON.stringify(request)).join('\n');
    const { stdout, stderr, status, error } = spawnSync(command, args, {
      input,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      env: { ...process.env, PYTHONIOENCODING: 'utf-8' },
    });
    if (error !== undefined || status !== 0) throw error ?? new Error(`${command} ended with ${status}: ${stderr}`);
    const answers = stdout.split('\n').filter((line) => line !== '');
    if (answers.length !== requests.length) {
      throw new Error(`${command} gave ${answers.length} answers to ${requests.length} requests: ${stderr}`);
    }
    return answers.map((line): Answer => JSON.parse(line));
  };
}

/** Kubernetes' own code, or why it cannot be asked. */
export function goOracle(): Oracle | Lack {
  const found = goPrograms({ oracle: { name: 'manifest-oracle', moduleDir: here, package: '.' } });
  return 'skipped' in found ? (found as Lack) : batch(found.oracle, []);
}

/** PyYAML, or why it cannot be asked. */
export function pyYamlOracle(): Oracle | Lack {
  const { status, stderr, error } = spawnSync('python3', ['-c', 'import yaml'], { encoding: 'utf8' });
  if (error !== undefined) return { skipped: 'there is no python3' };
  if (status !== 0) return { skipped: `python3 has no PyYAML (${stderr.trim().split('\n').at(-1)})` };
  return batch('python3', [join(here, 'pyyaml.py')]);
}

/** A suite that needs an oracle. */
export function describeWith(name: string, oracle: Oracle | Lack, suite: (ask: Oracle) => void): void {
  const lack = typeof oracle === 'function' ? undefined : oracle;
  describeUnless(lack, name, () => suite(typeof oracle === 'function' ? oracle : () => []));
}
