import { exceptionPrefix } from '../../core/policy/exceptions/annotation';
import { frameworkIds, frameworks } from '../../core/policy/frameworks';
import type { Rule } from '../../core/policy/rule';
import { nearestRuleId, ruleById, rules } from '../../core/policy/rules';
import { type Command, UsageError } from '../command';
import { describeOptions, parseOptions } from '../options';

/** `bulwark explain <rule>`: all that is known of a rule. */
export const explain: Command = {
  help: [
    'Usage: bulwark explain <rule>',
    '',
    'Says what a rule demands, what an attacker gains where it is broken, how to keep it, and how to waive it.',
    '',
    describeOptions({}),
  ].join('\n'),
  options: {},
  words: rules.map(({ id }) => id),
  run: (args, { out }) => {
    const [id, ...more] = parseOptions({}, args).operands;
    if (id === undefined || more.length > 0) throw new UsageError("name one rule; 'bulwark rules' lists them");
    const rule = ruleById(id);
    if (rule === undefined) {
      const meant = nearestRuleId(id);
      throw new UsageError(
        `there is no rule '${id}'; ${meant === undefined ? "'bulwark rules' lists them" : `did you mean ${meant}?`}`,
      );
    }
    out(describe(rule));
    return 0;
  },
};

function describe(rule: Rule): string {
  const { id, title, severity, why, fix, podSecurity, waivable = true } = rule;
  const controls = frameworkIds
    .filter((framework) => framework !== 'bulwark')
    .flatMap((framework) =>
      frameworks[framework].controls
        .filter(({ rules }) => (rules as readonly string[]).includes(id))
        .map((control) => `${framework} ${control.id}`),
    );
  return [
    `${id} (${severity})`,
    title,
    '',
    wrap(why),
    '',
    wrap(`Fix: ${fix}`),
    '',
    ...(podSecurity === undefined ? [] : [`Pod Security Standard: ${podSecurity}`]),
    ...(controls.length === 0 ? [] : [wrap(`Controls: ${controls.join(', ')}`)]),
    waivable
      ? `To waive it on one object, for checks in CI: metadata.annotations["${exceptionPrefix}${id}"]: "<reason>; expires <YYYY-MM-DD>"`
      : 'No exception can waive it.',
    '',
  ].join('\n');
}

function wrap(text: string, width = 100): string {
  return text.replace(new RegExp(`(?=\\S)(.{1,${width}})(?:\\s+|$)`, 'g'), '$1\n').trimEnd();
}
