import { frameworkIds, frameworks } from '../../../core/policy/frameworks';
import { rules } from '../../../core/policy/rules';
import { runCli } from '../../support/run-cli';

describe('bulwark rules', () => {
  it('lists every rule', () => {
    const { code, stdout, stderr } = runCli('rules');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { id, severity } of rules) expect(stdout).toMatch(new RegExp(`^  ${id} +${severity} `, 'm'));
    expect(stdout).not.toMatch(/undefined|\[object|[^\S\n]$/m);
    const { rules: described } = JSON.parse(runCli('rules', '--json').stdout);
    expect(described.map(({ id }: { id: string }) => id)).toEqual(rules.map(({ id }) => id));
  });

  it.each(frameworkIds)('--framework %s shows each control, and how many are answered', (id) => {
    const { controls } = frameworks[id];
    const { code, stdout } = runCli('rules', '--framework', id);
    expect(code).toBe(0);
    for (const control of controls) expect(stdout).toContain(`  ${control.id} `);
    expect(stdout).toContain(`of ${controls.length} controls are answered`);
    expect(JSON.parse(runCli('rules', '--framework', id, '--json').stdout)).toEqual(
      JSON.parse(JSON.stringify(frameworks[id])),
    );
  });

  it('names the nearest framework', () => {
    const { code, stdout, stderr } = runCli('rules', '--framework', 'pss-restrict');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("and not 'pss-restrict'; did you mean pss-restricted?");
  });
});
