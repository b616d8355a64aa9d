import { spawnSync } from 'node:child_process';
import { checkOptions } from '../../../cli/check/options';
import { COMMANDS } from '../../../cli/commands';
import { rules } from '../../../core/policy/rules';
import { runCli } from '../../support/run-cli';

describe('bulwark completion', () => {
  it.each(['bash', 'zsh', 'fish'])('%s knows every command, option and rule', (shell) => {
    const { code, stdout, stderr } = runCli('completion', shell);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const words = new Set(stdout.split(/[\s"'()]+/));
    for (const name of [...Object.keys(COMMANDS), 'help', ...rules.map(({ id }) => id)]) expect(words).toContain(name);
    for (const name of Object.keys(checkOptions)) expect(words).toContain(shell === 'fish' ? name : `--${name}`);
  });

  it.each([
    [['bulwark', 'ch'], ['check']],
    [['bulwark', 'check', '--fo'], ['--format']],
    [['bulwark', 'check', '--format', 's'], ['sarif']],
    [['bulwark', 'secrets', '--format', 'j'], ['json']],
    [['bulwark', 'check', '--format', 'ju'], ['junit']],
    [['bulwark', 'check', '--framework', 'pss-r'], ['pss-restricted']],
    [
      ['bulwark', 'explain', 'privileg'],
      ['privileged', 'privileged-port', 'privilege-escalation'],
    ],
    [['bulwark', 'check', 'k8s/'], []],
  ])('bash completes %j to %j', (words, expected) => {
    const script = `${runCli('completion', 'bash').stdout}
COMP_WORDS=(${words.join(' ')})
COMP_CWORD=${words.length - 1}
_bulwark
printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, error } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
    if (error) process.stdout.write('there is no bash: its completion was not tried\n');
    else expect(stdout.split('\n').filter(Boolean).sort()).toEqual([...expected].sort());
  });

  it.each([[[]], [['powershell']], [['bash', 'zsh']]])('refuses %j', (args: readonly string[]) => {
    const { code, stdout, stderr } = runCli('completion', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('name a shell: bash, zsh or fish');
  });
});
