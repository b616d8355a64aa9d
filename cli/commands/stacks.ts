import { isAbsolute, relative, resolve, sep } from 'node:path';
import { OutputFolderError } from '../../constructs/app/output-error';
import { OutputFolder } from '../../constructs/app/output-folder';
import { formatIdentity, identityOf, type Layout, layOut, writeManifests } from '../../core/manifest';
import { plural } from '../../core/report/check-report';
import type { RenderedProject } from '../../stacks/render/render';
import { type Command, type Terminal, UsageError } from '../command';
import { nearest } from '../nearest';
import { describeOptions, type OptionTable, type OptionValues, parseOptions } from '../options';

const options = {
  stack: {
    type: 'string',
    short: 's',
    value: '<name>',
    what: 'the stack whose configuration is read: Pulumi.<name>.yaml',
  },
  cwd: { type: 'string', short: 'C', value: '<folder>', what: 'the folder of Pulumi.yaml; otherwise this one' },
  output: { type: 'string', short: 'o', value: '<folder>', what: 'writes files there instead of standard output' },
  layout: { type: 'string', value: '<layout>', what: 'a file for each of these', allowed: ['namespace', 'object'] },
  nodes: {
    type: 'string',
    value: '<folder>',
    what: 'writes the files for nodes there, and values for clouds',
  },
  quiet: { type: 'boolean', short: 'q', what: 'says nothing of what is left out' },
} as const satisfies OptionTable;

/** `bulwark stacks`: what a Pulumi program deploys, as YAML. */
export const stacks: Command = {
  help: [
    'Usage: bulwark stacks render --stack <name> [options]',
    '',
    'Runs a Pulumi program in JavaScript without the Pulumi CLI and without a cluster, and writes the Kubernetes objects',
    'that it would deploy, for GitOps. Secrets of the configuration are not decrypted; an object that holds one, or an',
    'output that no update has given yet, is refused. Resources of other clouds are left out. Files that hold keys are',
    'never written: their names are said.',
    '',
    '  bulwark stacks render --stack prod | kubectl apply --server-side -f -',
    '  bulwark stacks render --stack prod --output gitops/prod --layout object --nodes nodes/prod',
    '',
    describeOptions(options),
    'The objects go to standard output or to the folder, everything else to standard error.',
    'Exit codes: 0; 1 the program refused, or something cannot be written down: nothing is; 2 a wrong command line or project.',
    '',
  ].join('\n'),
  options,
  words: ['render'],
  run: async (args, terminal) => {
    const { values, operands } = parseOptions(options, args);
    const [verb, ...more] = operands;
    if (verb !== 'render' || more.length > 0) throw new UsageError(verbHint(verb, more));
    if (values.stack === undefined)
      throw new UsageError('name the stack by --stack: its configuration is in Pulumi.<stack>.yaml');
    if (values.layout !== undefined && values.output === undefined)
      throw new UsageError('--layout is of files: add --output <folder>');
    if (values.nodes !== undefined && values.output !== undefined && isWithin(values.nodes, values.output))
      throw new UsageError(
        '--nodes is in --output, whose files are applied to the cluster: give it a folder of its own',
      );
    const rendered = await render(values.cwd ?? '.', values.stack);
    if ('failure' in rendered) {
      terminal.err(`bulwark: ${rendered.failure}\n`);
      return 1;
    }
    write(rendered, values, terminal);
    if (values.quiet !== true) sayRest(rendered, values.nodes, terminal);
    return 0;
  },
};

function verbHint(verb: string | undefined, more: readonly string[]): string {
  if (verb === undefined) return 'say what to do: bulwark stacks render';
  if (verb === 'render') return `bulwark stacks render takes nothing but options, and '${more[0]}' is none`;
  return `there is no 'stacks ${verb}'; ${nearest(verb, ['render']) === undefined ? 'there is' : 'did you mean'} render`;
}

async function render(folder: string, stack: string): Promise<RenderedProject | { readonly failure: string }> {
  const { renderProject } = load();
  try {
    return await renderProject({ folder, stack });
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ProjectError') throw new UsageError(message);
    return { failure: name === 'RenderError' ? message : `the program failed, and nothing is written: ${message}` };
  }
}

/** Pulumi is loaded when it is asked for, and need not be there for anything else. */
function load(): typeof import('../../stacks/render/render') {
  try {
    return require('../../stacks/render/render') as typeof import('../../stacks/render/render');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new UsageError('bulwark stacks runs Pulumi programs: npm install @pulumi/pulumi @pulumi/kubernetes');
  }
}

function isWithin(folder: string, other: string): boolean {
  const path = relative(resolve(other), resolve(folder));
  return !isAbsolute(path) && path !== '..' && !path.startsWith(`..${sep}`);
}

function write(
  { objects, nodes }: RenderedProject,
  { output, layout, nodes: folder }: OptionValues<typeof options>,
  terminal: Terminal,
): void {
  if (folder !== undefined) writeFiles(folder, nodes.files, terminal);
  if (output === undefined) terminal.out(writeManifests(objects));
  else writeFiles(output, layOut(objects, (layout ?? 'namespace') as Layout), terminal);
}

function writeFiles(output: string, files: ReadonlyMap<string, string>, { err }: Terminal): void {
  try {
    const { written, unchanged, removed } = new OutputFolder(output).replace(files, {});
    err(
      `bulwark: ${output}: ${plural(written.length, 'file')} written, ${unchanged.length} unchanged, ${removed.length} removed\n`,
    );
  } catch (error) {
    if (error instanceof OutputFolderError) throw new UsageError(error.message);
    throw error;
  }
}

function sayRest(
  { changed, leftOut, nodes, exportedAs }: RenderedProject,
  folder: string | undefined,
  { err }: Terminal,
): void {
  if (folder === undefined && nodes.files.size > 0)
    err(`bulwark: ${plural(nodes.files.size, 'file')} for nodes: --nodes <folder> writes them\n`);
  const commands = exportedAs.map((name) => `pulumi stack output ${name} --show-secrets`).join(' or ');
  const where =
    commands === '' ? 'export it in the program, and pulumi stack output --show-secrets has it' : `${commands} has it`;
  for (const what of nodes.withheld) err(`bulwark: withheld, since it is secret or not known yet: ${what}; ${where}\n`);
  for (const object of changed)
    err(
      `bulwark: ${formatIdentity(identityOf(object))} is in every cluster by itself, and is changed: apply it by --server-side\n`,
    );
  for (const [type, count] of Object.entries(leftOut).sort())
    err(`bulwark: left out, since it is no object of Kubernetes: ${count} ${type}\n`);
}
