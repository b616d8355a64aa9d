import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { Output } from '@pulumi/pulumi';
import { collect } from './collect';
import { type RenderedProgram, renderedProgram } from './objects';
import { type Project, ProjectError, readProject, readStackConfig } from './project';

/** Which program is rendered. */
export interface RenderOptions {
  /** The folder of `Pulumi.yaml`. */
  readonly folder: string;
  /** The name of the stack, whose configuration is read. */
  readonly stack: string;
}

/** A program that was rendered. */
export interface RenderedProject extends RenderedProgram {
  /** The names of the program's own outputs in which those of our stacks are: `pulumi stack output <name>` has them after an update. */
  readonly exportedAs: readonly string[];
}

/**
 * Runs a Pulumi program without an engine, a state, a provider or a cluster, and gives the objects that it would deploy.
 *
 * @throws ProjectError where the project cannot be read, RenderError where something cannot be written down, and what the program throws
 */
export async function renderProject({ folder, stack }: RenderOptions): Promise<RenderedProject> {
  const root = resolve(folder);
  const project = readProject(textOf(join(root, 'Pulumi.yaml')), 'Pulumi.yaml');
  const file = `Pulumi.${stack}.yaml`;
  const { values, secretKeys } = readStackConfig(textOf(join(root, file)), file, project.name);
  const main = programOf(root, project);
  const before = process.cwd();
  // Pulumi runs a program in the folder of its project.
  process.chdir(root);
  try {
    const options = { project: project.name, stack, config: values, secretKeys };
    let outputs: unknown;
    const found = await collect(async () => {
      outputs = await runProgram(main);
    }, options);
    return { ...renderedProgram(found), exportedAs: holdersOf(outputs) };
  } finally {
    process.chdir(before);
  }
}

/** As Pulumi does it: a module that is a function, or exports one by default, is called, and what it returns are the outputs of the program. */
function runProgram(main: string): unknown {
  const loaded: unknown = require(main);
  const program =
    typeof loaded === 'function' ? loaded : (loaded as { readonly default?: unknown } | undefined)?.default;
  return typeof program === 'function' ? program() : loaded;
}

/** The outputs of a program that are outputs of ours with keys, or hold them. */
function holdersOf(outputs: unknown): readonly string[] {
  if (typeof outputs !== 'object' || outputs === null) return [];
  return Object.entries(outputs).flatMap(([name, value]) => (isOfKeys(name) || holdsKeys(value, 2) ? [name] : []));
}

function holdsKeys(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null || Output.isInstance(value) || depth === 0) return false;
  return Object.entries(value).some(([name, member]) => isOfKeys(name) || holdsKeys(member, depth - 1));
}

function isOfKeys(name: string): boolean {
  return name === 'secretFiles' || name === 'secretToolFiles';
}

function programOf(root: string, { main }: Project): string {
  const named = main ?? packageMain(root);
  const path = isAbsolute(named) ? named : join(root, named);
  try {
    return require.resolve(path);
  } catch (error) {
    const hint = /\.[cm]?ts$/.test(path) ? 'compile it to JavaScript first' : 'build it first, or mend main';
    throw new ProjectError(`Pulumi.yaml: there is no program ${named}; ${hint}`, { cause: error });
  }
}

function packageMain(root: string): string {
  const manifest = join(root, 'package.json');
  if (!existsSync(manifest)) return 'index.js';
  const { main } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly main?: string };
  return main ?? 'index.js';
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ProjectError(`${path} cannot be read; name the project's folder by --cwd, and the stack by --stack`, {
      cause: error,
    });
  }
}
