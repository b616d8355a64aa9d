import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCliIn } from '../../support/run-cli';

describe('bulwark init', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'init-'));
  });
  afterEach(() => rmSync(cwd, { recursive: true, force: true }));
  const settings = () => readFileSync(join(cwd, 'bulwark.yaml'), 'utf8');

  it('writes settings that bulwark check takes', () => {
    expect(runCliIn({ cwd }, 'init')).toEqual({
      code: 0,
      stdout: 'bulwark.yaml is written; next: bulwark check\n',
      stderr: '',
    });
    writeFileSync(join(cwd, 'a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n');
    expect(runCliIn({ cwd }, 'check')).toMatchObject({ code: 0, stderr: '' });
  });

  it('shows settings in comments that are right once they are uncommented', () => {
    runCliIn({ cwd }, 'init');
    const all = settings().replace(/^# (?=[\w]+:$|- | {2}\w+: )/gm, '');
    expect(all).toMatch(/^exceptions:\n- rule: image-digest$/m);
    writeFileSync(join(cwd, 'bulwark.yaml'), all);
    writeFileSync(join(cwd, 'a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n');
    expect(runCliIn({ cwd }, 'check').stderr).toBe('');
  });

  it('leaves a file that is there as it is', () => {
    writeFileSync(join(cwd, 'bulwark.yaml'), 'failOn: never\n');
    const { code, stdout, stderr } = runCliIn({ cwd }, 'init');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('there is a bulwark.yaml here');
    expect(settings()).toBe('failOn: never\n');
  });
});
