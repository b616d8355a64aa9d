import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

describe('package-lock.json', () => {
  it('has an entry for every optional dependency, or npm 11 refuses to install (npm run lock adds them)', () => {
    const check = spawnSync('node', ['tools/lock/complete.mjs', '--check'], { cwd: root, encoding: 'utf8' });
    expect(check).toMatchObject({ status: 0, stderr: '' });
  });

  it('names no registry', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  });
});
