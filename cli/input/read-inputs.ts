import { readManifests } from '../../core/manifest/yaml/read';
import type { EvaluatedObject } from '../../core/policy/judge';
import type { InputError } from '../../core/report/check-report';
import type { Terminal } from '../command';
import { findFiles } from './find-files';
import { readKustomizations } from './kustomizations';
import { readStream, readText, type TextResult } from './read-text';

/** What standard input is called in reports. */
const STDIN = '<stdin>';

/** Everything that was given to check. */
export interface Inputs {
  readonly objects: readonly EvaluatedObject[];
  /** The texts that were read, by name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly errors: readonly InputError[];
  /** Files in folders that hold no Kubernetes objects. */
  readonly ignored: readonly string[];
}

const UNRENDERED =
  'it is a template that is not rendered: render it first, for example helm template … | bulwark check -';

/** Reads every path; `-` is standard input. What cannot be read is reported, and the rest is read all the same. */
export async function readInputs(
  paths: readonly string[],
  exclude: readonly string[],
  terminal: Pick<Terminal, 'input'>,
  progress: (done: number, all: number) => void = () => undefined,
): Promise<Inputs> {
  const objects: EvaluatedObject[] = [];
  const texts = new Map<string, string>();
  const ignored: string[] = [];
  const found = findFiles(
    paths.filter((path) => path !== '-'),
    exclude,
  );
  const { isPatch, errors: unapplied } = readKustomizations(found.files, exclude);
  const errors: InputError[] = [...found.errors, ...unapplied];

  const take = (source: string, discovered: boolean, result: TextResult): void => {
    if ('reason' in result) {
      errors.push({ file: source, reason: result.reason });
      return;
    }
    texts.set(source, result.text);
    const { documents, errors: faults } = readManifests(result.text, { source });
    if (discovered && documents.length === 0 && faults.every(({ foreign }) => foreign)) {
      ignored.push(source);
      return;
    }
    // An empty standard input is mostly a `helm template` that failed.
    if (documents.length === 0 && faults.length === 0)
      errors.push({ file: source, reason: 'it is empty: there is nothing to check' });
    for (const document of documents) objects.push(document);
    const template = isTemplate(result.text, faults);
    for (const { line, column, reason } of template ? faults.slice(0, 1) : faults)
      errors.push({ file: source, line, column, reason: template ? UNRENDERED : reason });
  };

  if (paths.includes('-')) take(STDIN, false, await readStream(terminal.input ?? none()));
  found.files.forEach((file, index) => {
    progress(index, found.files.length);
    if (isPatch(file)) ignored.push(file.path);
    else take(file.path, file.discovered, readText(file.path));
  });
  return { objects, texts, errors, ignored };
}

/** Whether the faults are of a template's own lines. Values may have braces, too: an annotation with a template for an agent, a dashboard. */
function isTemplate(text: string, faults: readonly { readonly line: number }[]): boolean {
  if (faults.length === 0 || !text.includes('{{')) return false;
  const lines = text.split('\n');
  return /^\{\{/m.test(text) || faults.some(({ line }) => lines[line - 1]?.includes('{{'));
}

async function* none(): AsyncGenerator<Uint8Array> {}
