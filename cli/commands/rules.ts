import { parseArgs } from 'node:util';
import { type Framework, frameworkById, frameworkIds } from '../../core/policy/frameworks';
import type { DeclaredRule, Rule } from '../../core/policy/rule';
import { rules as everyRule } from '../../core/policy/rules';
import { type Command, UsageError } from '../command';
import { nearest } from '../nearest';
import { formatTable } from '../table';

/** `bulwark rules`: every rule, or the controls of a framework with what answers them. */
export const rules: Command = {
  help: [
    'Usage: bulwark rules [--framework <id>] [--json]',
    '',
    'Lists every rule. With a framework, lists its controls, the rules that answer each, and the gaps.',
    '',
    `  --framework <id>  one of ${frameworkIds.join(', ')}`,
    '  --json            as one JSON object',
    '  -h, --help        this text',
    '',
  ].join('\n'),
  run: (args, { out }) => {
    const { values } = parseArgs({
      args: [...args],
      options: { framework: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const framework = values.framework === undefined ? undefined : frameworkNamed(values.framework);
    if (values.json) out(`${JSON.stringify(framework ?? { rules: everyRule.map(describeRule) }, undefined, 2)}\n`);
    else out(framework === undefined ? formatRules() : formatFramework(framework));
    return 0;
  },
};

function frameworkNamed(id: string): Framework {
  const framework = frameworkById(id);
  if (framework !== undefined) return framework;
  const meant = nearest(id, frameworkIds);
  const hint = meant === undefined ? `there are ${frameworkIds.join(', ')}` : `did you mean ${meant}?`;
  throw new UsageError(`there is no framework '${id}'; ${hint}`);
}

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
