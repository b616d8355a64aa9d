/** The pages under docs/rules/, made from the rules themselves: `npm run docs`. A test sees that they are current. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Rule, rules } from '../../core/policy';

const subjects = {
  pod: 'Checked in the pod template of every kind, custom kinds included.',
  object: 'Checked in whole objects.',
  set: 'Checked in all objects together, which no admission policy can.',
  declaration: 'Answered while constructs are declared and put together.',
} as const satisfies Readonly<Record<Rule['subject'], string>>;

/** File name -> content, for every page. */
export function rulePages(): ReadonlyMap<string, string> {
  const sorted: readonly Rule[] = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map([['README.md', index(sorted)], ...sorted.map((rule) => [`${rule.id}.md`, page(rule)] as const)]);
}

function page(rule: Rule): string {
  const kinds =
    rule.subject === 'object'
      ? ` Kinds: ${rule.kinds.map((kind) => `\`${kind.replace(/^\//, '')}\``).join(', ')}.`
      : '';
  const standard =
    rule.podSecurity === undefined ? '' : `\n\nThe Pod Security Standard \`${rule.podSecurity}\` demands it, too.`;
  const exception =
    rule.waivable === false
      ? 'No exception can make it right.'
      : `\`\`\`ts\nexceptions: [{ rule: '${rule.id}', reason: '…', expires: 'YYYY-MM-DD' }]\n\`\`\``;
  return `# ${rule.id}

${rule.title}. Severity: ${rule.severity}.

## Why

${rule.why}

## How to fix it

${rule.fix}

## Where it looks

${subjects[rule.subject]}${kinds}${standard}

## Exception

${exception}
`;
}

function index(sorted: readonly Rule[]): string {
  const rows = sorted.map((rule) => {
    const standard = rule.podSecurity === undefined ? '' : rule.podSecurity;
    return `| [${rule.id}](${rule.id}.md) | ${rule.title} | ${rule.severity} | ${standard} | ${rule.waivable === false ? 'no' : 'yes'} |`;
  });
  return `# Rules

Every synthesis checks all of them. An \`error\` stops it unless an exception waives the rule; a \`warning\` and an \`info\` are listed.

| Rule | What holds | Severity | Pod Security Standard | Can be waived |
|---|---|---|---|---|
${rows.join('\n')}
`;
}

/** Writes the pages, and removes those of rules that are gone. */
export function writeRulePages(folder: string): void {
  const pages = rulePages();
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
  for (const [name, content] of pages) writeFileSync(join(folder, name), content);
}

if (require.main === module) writeRulePages(join(__dirname, '../../docs/rules'));
