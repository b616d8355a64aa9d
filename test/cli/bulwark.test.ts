import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COMMANDS } from '../../cli/commands';
import { runCli } from '../support/run-cli';

const ROOT = resolve(__dirname, '../..');

describe('bulwark', () => {
  it('prints the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(runCli('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(runCli('-v')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('lists every command', () => {
    const { code, stdout, stderr } = runCli('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const [name, { summary }] of Object.entries(COMMANDS)) {
      expect(stdout).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'));
    }
    expect(runCli('help').stdout).toBe(stdout);
  });

  it('refuses to run without a command', () => {
    const { code, stdout, stderr } = runCli();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('bulwark: no command given\n\nUsage: bulwark <command>');
  });

  it.each([
    ['target', "unknown command 'target'; did you mean 'targets'?"],
    ['tragets', "unknown command 'tragets'; did you mean 'targets'?"],
    ['--hlep', "unknown option '--hlep'; did you mean '--help'?"],
    ['deploy-everything', "unknown command 'deploy-everything'; 'bulwark --help' lists the commands"],
    ['toString', "unknown command 'toString'; 'bulwark --help' lists the commands"],
    ['', "unknown command ''; 'bulwark --help' lists the commands"],
  ])('refuses the command %p', (word, message) => {
    expect(runCli(word)).toEqual({ code: 2, stdout: '', stderr: `bulwark: ${message}\n` });
  });

  it('refuses help on a command that does not exist', () => {
    expect(runCli('help', 'targest').stderr).toBe("bulwark: unknown command 'targest'; did you mean 'targets'?\n");
  });

  it('has one file and one page a command, of its name', () => {
    const names = Object.keys(COMMANDS).sort();
    const stems = (folder: string, suffix: string) =>
      readdirSync(join(ROOT, folder))
        .filter((file) => file.endsWith(suffix) && !file.endsWith('.cluster.test.ts'))
        .map((file) => file.slice(0, -suffix.length))
        .filter((stem) => stem !== 'index' && stem !== 'README')
        .sort();
    expect(stems('cli/commands', '.ts')).toEqual(names);
    expect(stems('docs/commands', '.md')).toEqual(names);
    expect(stems('test/cli/commands', '.test.ts')).toEqual(names);
  });

  it.each(Object.entries(COMMANDS))('gives the help of %s in three ways, and it shows its usage', (name, { load }) => {
    const { help } = load();
    expect(help).toMatch(new RegExp(`^Usage: bulwark ${name}\\b`));
    for (const args of [
      ['help', name],
      [name, '--help'],
      [name, '-h'],
    ]) {
      expect(runCli(...args)).toEqual({ code: 0, stdout: help, stderr: '' });
    }
  });
});
