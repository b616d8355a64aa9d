import { type Framework, frameworkById, frameworkIds } from '../../core/policy/frameworks';
import type { DeclaredRule, Rule } from '../../core/policy/rule';
import { rules as everyRule } from '../../core/policy/rules';
import { type Command, refuseOperands } from '../command';
import { describeOptions, type OptionTable, parseOptions } from '../options';
import { formatTable } from '../table';

const options = {
  framework: {
    type: 'string',
    value: '<id>',
    what: 'the controls of a framework, what answers each, and the gaps',
    allowed: frameworkIds,
  },
  json: { type: 'boolean', what: 'as one JSON object' },
} as const satisfies OptionTable;

/** `bulwark rules`: every rule, or the controls of a framework with what answers them. */
export const rules: Command = {
  help: [
    'Usage: bulwark rules [--framework <id>] [--json]',
    '',
    'Lists every rule. With a framework, lists its controls, the rules that answer each, and the gaps.',
    '',
    describeOptions(options),
  ].join('\n'),
  options,
  words: [],
  run: (args, { out }) => {
    const { values, operands } = parseOptions(options, args);
    refuseOperands('rules', operands);
    const framework = values.framework === undefined ? undefined : frameworkById(values.framework);
    if (values.json) out(`${JSON.stringify(framework ?? { rules: everyRule.map(describeRule) }, undefined, 2)}\n`);
    else out(framework === undefined ? formatRules() : formatFramework(framework));
    return 0;
  },
};

function describeRule({ id, title, severity, subject, why, fix, podSecurity, waivable = true }: Rule) {
  return { id, title, severity, subject, why, fix, podSecurity, waivable };
}

const subjects = {
  pod: 'pods in any kind',
  object: 'objects',
  set: 'all objects together',
} as const satisfies Readonly<Record<Exclude<Rule['subject'], 'declaration'>, string>>;

const answers = {
  object: subjects.object,
  set: subjects.set,
  evaluation: 'rules and exceptions',
  declaration: 'declarations',
} as const satisfies Readonly<Record<DeclaredRule['answeredBy'], string>>;

function formatRules(): string {
  const rows = (everyRule as readonly Rule[]).map((rule) => [
    rule.id,
    rule.severity,
    rule.subject === 'declaration' ? answers[rule.answeredBy] : subjects[rule.subject],
    rule.podSecurity ?? '-',
    rule.title,
  ]);
  return `${rows.length} rules; 'bulwark explain <rule>' says more of one\n${formatTable([['RULE', 'SEVERITY', 'OVER', 'POD SECURITY', 'WHAT IT DEMANDS'], ...rows])}`;
}

function formatFramework({ title, url, controls }: Framework): string {
  const gaps = controls.filter((control) => control.rules.length === 0 || control.gap !== undefined);
  const rows = controls.map(({ id, title: what, rules: answering, gap }) => [
    id,
    what,
    answering.length === 0 ? '-' : answering.join(', '),
    gap ?? '',
  ]);
  return [
    `${title}\n${url}\n`,
    `${controls.length - gaps.length} of ${controls.length} controls are answered${gaps.length === 0 ? ', no gaps' : `; ${gaps.length} with gaps`}\n`,
    formatTable([['CONTROL', 'WHAT', 'RULES', gaps.length === 0 ? '' : 'GAP'], ...rows]),
  ].join('');
}
