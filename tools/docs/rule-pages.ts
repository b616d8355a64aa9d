/** The pages under docs/rules/, made from the rules themselves: `npm run docs`. A test sees that they are current. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClusterTarget } from '../../core/cluster';
import { distributions } from '../../core/cluster/distribution';
import { type DeclaredRule, frameworkIds, frameworks, type Rule, rules } from '../../core/policy';
import { compileRules, isEnforceable } from '../../core/policy/compile/admission';
import { everyKind } from '../../core/policy/rule';
import { exampleOf } from './rule-examples';

const subjects = {
  pod: 'Checked in the pod template of every kind, custom kinds included.',
  object: 'Checked in whole objects.',
  set: 'Checked in all objects together, which no admission policy can.',
} as const satisfies Readonly<Record<Exclude<Rule['subject'], 'declaration'>, string>>;

const answers = {
  object: 'Checked in whole objects of any kind.',
  set: 'Checked in all objects together, with the exceptions to the other rules.',
  evaluation: 'Answered while rules are asked and exceptions are applied, whichever rules are chosen.',
  declaration: 'Answered while constructs are declared and put together.',
} as const satisfies Readonly<Record<DeclaredRule['answeredBy'], string>>;

/** Where a declared rule is answered, and whether a choice of rules can leave it out. */
const answerOf = ({ answeredBy, alwaysAsked }: DeclaredRule): string =>
  alwaysAsked ? `${answers[answeredBy].slice(0, -1)}, whichever rules are chosen.` : answers[answeredBy];

/** The target that the CEL of the pages is compiled for: one whose API server takes all of it, and that many clusters run. */
const target = ClusterTarget.of('1.34');

/** Pages of the folder that are written by hand. */
export const handwritten: readonly string[] = ['writing-rules.md'];

/** Why a rule is not asked in the cluster. */
const notInTheCluster = {
  pod: 'No admission policy asks it: what it works out is more than the CEL of the API server can.',
  object: 'No admission policy asks it: what it works out is more than the CEL of the API server can.',
  set: 'No admission policy asks it: a request shows one object, and this takes all of them.',
  declaration: 'No admission policy asks it: it is about what is declared, or about several objects.',
} as const satisfies Readonly<Record<Rule['subject'], string>>;

/** File name -> content, for every page. */
export function rulePages(): ReadonlyMap<string, string> {
  const sorted: readonly Rule[] = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  return new Map([['README.md', index(sorted)], ...sorted.map((rule) => [`${rule.id}.md`, page(rule)] as const)]);
}

function page(rule: Rule): string {
  const kinds =
    rule.subject === 'object'
      ? rule.kinds.includes(everyKind)
        ? ' Kinds: every one, custom ones too.'
        : ` Kinds: ${rule.kinds.map((kind) => `\`${kind.replace(/^\//, '')}\``).join(', ')}.`
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
${example(rule)}
## Where it looks

${rule.subject === 'declaration' ? answerOf(rule) : subjects[rule.subject]}${kinds}${standard}

## In the cluster

${inTheCluster(rule)}
${controls(rule)}
## Exception

${exception}
`;
}

function example({ id }: Rule): string {
  const found = exampleOf(id);
  if (found === undefined) return '';
  const { bad, good } = found;
  const { distribution = 'generic' } = bad.case.target ?? {};
  return `
It refuses this${distribution === 'generic' ? '' : ` on ${distributions[distribution].title}`}:

\`\`\`yaml
${bad.yaml}
\`\`\`

and takes this:

\`\`\`yaml
${good.yaml}
\`\`\`
`;
}

function inTheCluster(rule: Rule): string {
  if (!isEnforceable(rule)) return notInTheCluster[rule.subject];
  const compiledFor = (each: ClusterTarget) => compileRules([rule], { target: each, registries: ['registry.example'] });
  const anywhere = compiledFor(target);
  // What is asked on a distribution alone is shown as it is asked there.
  const there = exampleOf(rule.id)?.bad.case.target ?? target;
  const { variables, validations } = anywhere.asked.length > 0 ? anywhere : compiledFor(there);
  if (validations.length === 0) return `Nothing breaks it on Kubernetes ${target.version}.`;
  const where = anywhere.asked.length > 0 ? '' : ` of ${distributions[there.distribution].title}`;
  const declared = variables.map(({ name, expression }) => `// variables.${name}\n${expression}\n`);
  const demands = validations.map(({ expression }) => `// must hold\n${expression}`);
  const settings = variables.some(({ name }) => name === 'registries')
    ? ' Images may come from `registry.example`.'
    : '';
  return `What an admission policy asks of each object, as CEL for Kubernetes ${target.version}${where}.${settings}

${folded([...declared, ...demands].join('\n'))}`;
}

/** So many characters of CEL stand open on a page; more would bury the rest. */
const open = 1_500;

function folded(cel: string): string {
  const block = `\`\`\`cel\n${cel}\n\`\`\``;
  return cel.length <= open
    ? block
    : `<details><summary>${cel.length} characters of CEL</summary>\n\n${block}\n\n</details>`;
}

/** The controls of frameworks of others that it answers. */
function controls({ id }: Rule): string {
  const answered = frameworkIds
    .filter((framework) => framework !== 'bulwark')
    .flatMap((framework) =>
      frameworks[framework].controls
        .filter((control) => (control.rules as readonly string[]).includes(id))
        .map((control) => `| \`${framework}\` | ${control.id} | ${control.title} |`),
    );
  return answered.length === 0
    ? ''
    : `
## Controls

| Framework | Control | What it asks for |
|---|---|---|
${answered.join('\n')}
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

[Writing rules](writing-rules.md) says how to write one of your own.
`;
}

/** Writes the pages, and removes those of rules that are gone. */
export function writeRulePages(folder: string): void {
  const pages = rulePages();
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder))
    if (!pages.has(name) && !handwritten.includes(name)) rmSync(join(folder, name));
  for (const [name, content] of pages) writeFileSync(join(folder, name), content);
}

if (require.main === module) writeRulePages(join(__dirname, '../../docs/rules'));
