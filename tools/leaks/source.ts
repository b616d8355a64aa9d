/** The configuration of gitleaks at the version that is taken, through the Go module proxy. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** MIT license, Copyright (c) 2019 Zachary Rice. */
export const gitleaksModule = 'github.com/zricethezav/gitleaks/v8';
export const gitleaksVersion = 'v8.30.1';

/** Reads it, which the Go module proxy sends where it is not in the module cache. */
export function readGitleaksConfig(): string {
  const answer = execFileSync('go', ['mod', 'download', '-json', `${gitleaksModule}@${gitleaksVersion}`], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, GOFLAGS: '-mod=mod' },
  });
  const { Dir: folder } = JSON.parse(answer) as { readonly Dir: string };
  return readFileSync(join(folder, 'config', 'gitleaks.toml'), 'utf8');
}
