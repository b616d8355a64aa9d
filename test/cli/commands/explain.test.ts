import { explain } from '../../../cli/commands/explain';
import type { Rule } from '../../../core/policy/rule';
import { rules } from '../../../core/policy/rules';
import { runCli } from '../../support/run-cli';

describe('bulwark explain', () => {
  it('says why, how to mend it, which controls it answers, and how to waive it', () => {
    const { code, stdout, stderr } = runCli('explain', 'capabilities-add');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
  });

  it.each(rules as readonly Rule[])('explains $id in lines of 100 characters at most', async ({ id, title, fix }) => {
    let out = '';
    expect(await explain.run([id], { out: (text) => (out += text), err: () => undefined })).toBe(0);
    expect(out).toContain(title);
    expect(out.replace(/\s+/g, ' ')).toContain(fix.replace(/\s+/g, ' '));
    const long = out.split('\n').filter((line) => line.length > 100 && !/^(?:Controls:|To waive)|\S{80}/.test(line));
    expect(long.filter((line) => line !== title)).toEqual([]);
  });

  it.each([
    [['privilegd'], "there is no rule 'privilegd'; did you mean privileged?"],
    [['zzzzzzzzzzzz'], "'bulwark rules' lists them"],
    [[], 'name one rule'],
    [['privileged', 'host-ports'], 'name one rule'],
  ])('refuses %j', (args, message) => {
    const { code, stdout, stderr } = runCli('explain', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
