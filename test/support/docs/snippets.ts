/** The snippets of pages: all type-checked in one program, and each page run in a folder of its own. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import type { Block, Page, Setup } from './page';

const root = resolve(__dirname, '../../..');

/** A piece of a page that runs. */
export type Snippet = Setup | Block;

/** What a page runs, in order. */
export function snippetsOf({ parts }: Page): readonly Snippet[] {
  return parts.filter(
    (part): part is Snippet => part.kind === 'setup' || (part.kind === 'block' && part.language === 'ts'),
  );
}

/** The snippet that a part of the page is the outcome of: the last one before it. */
export function snippetBefore(page: Page, block: Block): Snippet | undefined {
  return snippetsOf(page).findLast(({ end }) => end < block.start);
}

/** Whether the page shows that a snippet is refused. Such a one stands alone: what follows on the page knows nothing of it. */
export function isRefused(page: Page, snippet: Snippet): boolean {
  return page.parts.some(
    (part) => part.kind === 'block' && part.marker?.name === 'refusal' && snippetBefore(page, part) === snippet,
  );
}

/**
 * The page as a module in which each snippet stands in its own lines, so that a position in it is one on the page.
 * @param chosen the snippets to take
 * @param after code to run behind a snippet
 */
function moduleOf(page: Page, chosen: readonly Snippet[], after: (snippet: Snippet) => string = () => ''): string {
  const lines = page.lines.map(() => '');
  for (const snippet of chosen) {
    const [open, close] = isRefused(page, snippet) ? ['{', '}'] : ['', ''];
    lines[snippet.start] = open;
    for (let i = snippet.start + 1; i < snippet.end; i++) lines[i] = page.lines[i] ?? '';
    lines[snippet.end] = `${after(snippet)}${close}`;
  }
  return [...lines, 'export {};'].join('\n');
}

const fileOf = (page: Page): string => join(root, `${page.path}.ts`);

/** All pages as one program of TypeScript, under the compiler options of the repository. */
export function programOf(pages: readonly Page[]): ts.Program {
  const configFile = join(root, 'tsconfig.json');
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(configFile, ts.sys.readFile).config,
    { ...ts.sys, readDirectory: () => [] },
    root,
    { noUnusedLocals: true, types: ['node'] },
    configFile,
  );
  const modules = new Map(pages.map((page) => [fileOf(page), moduleOf(page, snippetsOf(page))]));
  const host = ts.createCompilerHost(config.options, true);
  host.jsDocParsingMode = ts.JSDocParsingMode.ParseAll;
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => modules.has(resolve(name)) || fileExists.call(host, name);
  host.readFile = (name) => modules.get(resolve(name)) ?? readFile.call(host, name);
  host.getSourceFile = (name, options, ...rest) => {
    const text = modules.get(resolve(name));
    return text === undefined
      ? getSourceFile.call(host, name, options, ...rest)
      : ts.createSourceFile(name, text, options, true);
  };
  return ts.createProgram([...modules.keys(), join(root, 'index.ts')], config.options, host);
}

/** Only of imports: an example may well declare what it does not use. */
const unusedCodes: ReadonlySet<number> = new Set([6133, 6192, 6196, 6198]);

/** What the compiler says against the snippets of a page. */
export function compilerFaults(program: ts.Program, page: Page): readonly string[] {
  const file = program.getSourceFile(fileOf(page));
  if (!file) return [`${page.path}: not compiled`];
  const imports = file.statements.filter(ts.isImportDeclaration);
  return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
    .filter(
      ({ code, start = 0 }) =>
        !unusedCodes.has(code) || imports.some((node) => start >= node.getStart() && start <= node.end),
    )
    .map(({ start = 0, messageText }) => {
      const { line } = file.getLineAndCharacterOfPosition(start);
      return `${page.path}:${line + 1}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
}

/** What is known when a snippet has run. */
export interface Outcome {
  /** What it printed. */
  readonly output: string;
  /** The value of a variable of the page. */
  readonly value: (name: string) => unknown;
  /** The files in the working directory, by their relative paths. */
  readonly files: (folder: string) => readonly string[];
}

/** Called when a snippet has run, while its variables are there. */
export type Observer = (snippet: Snippet, outcome: Outcome) => void;

/** Runs the snippets of a page up to one of them, in an empty folder; refused ones before it are left out. */
export function runPage(page: Page, names: readonly string[], last: Snippet | undefined, observe: Observer): void {
  const all = snippetsOf(page);
  const until = last === undefined ? all.length : all.indexOf(last) + 1;
  const chosen = all.slice(0, until).filter((snippet) => snippet === last || !isRefused(page, snippet));
  const values = names.map((name) => `${JSON.stringify(name)}: () => ${name}`).join(', ');
  const source = moduleOf(page, chosen, (snippet) => `;__ran(${all.indexOf(snippet)}, { ${values} });`);
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  });

  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  const before = process.cwd();
  let printed: string[] = [];
  const console = { log: (...values: readonly unknown[]) => printed.push(`${values.join(' ')}\n`) };
  const ran = (index: number, getters: Readonly<Record<string, () => unknown>>) => {
    const output = printed.join('');
    printed = [];
    const value = (name: string) => {
      try {
        return getters[name]?.();
      } catch {
        return undefined; // Not declared yet, or not at all.
      }
    };
    const snippet = all[index];
    if (snippet) observe(snippet, { output, value, files: (below) => filesIn(join(folder, below)) });
  };
  try {
    process.chdir(folder);
    new Function('require', 'exports', 'console', '__ran', outputText)(require, {}, console, ran);
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
