import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { deadLinks, linksOf, targetOf } from '../support/docs/links';
import { type Block, type Page, type PropsTable, parsePage, withReplaced } from '../support/docs/page';
import { filledInByUsers, interfacesOf, type Prop, propsTable } from '../support/docs/props';
import {
  compilerFaults,
  isRefused,
  type Outcome,
  programOf,
  runPage,
  type Snippet,
  snippetBefore,
  snippetsOf,
} from '../support/docs/snippets';

/**
 * What the documentation shows is what the toolkit does: its snippets compile and run, and what stands beside them is what came out.
 * `UPDATE_DOCS=1 npx jest test/docs` writes it anew. The markers, each in a comment right above what it speaks of:
 *
 *     manifest: Deployment/api Service/api     these objects, after the snippet before; `of staging` names another variable than app
 *     output                                   what the snippet before printed
 *     files: dist                              the files in that folder after the snippet before
 *     refusal                                  the error of the snippet before, which stands alone
 *     file: tsconfig.json                      a file of a reader's project: it can be read
 *     props: BulwarkAppProps                   the table of an interface's members
 *     setup …                                  not shown, and run
 */
const root = resolve(__dirname, '../..');
const update = process.env.UPDATE_DOCS === '1';

/** Made by tools/docs/rule-pages.ts, records, and a page that has a test of its own: only their links are looked at. */
const onlyLinks =
  /^(docs\/(rules\/(?!writing-rules\.md$)|decisions\/)|docs\/architecture\.md$|docs\/commands\/|docs\/bulwark-yaml\.md$|examples\/|[A-Z]+\.md$)/;

const pages = [
  ...markdownIn('.').filter((path) => !path.includes('/')),
  ...markdownIn('docs'),
  ...markdownIn('examples'),
].map((path) => parsePage(path, readFileSync(join(root, path), 'utf8')));
const written = pages.filter(({ path }) => path === 'README.md' || !onlyLinks.test(path));

/** A page with one fault of each kind. */
const faulty = parsePage(
  'docs/faulty.md',
  [
    '<!-- setup',
    "import { BulwarkApp, ClusterTarget, LockedNamespace, SecureJob } from 'kube-bulwark';",
    "const app = new BulwarkApp({ target: ClusterTarget.of('1.34'), registries: [] });",
    '-->',
    '```ts',
    "const shop = new LockedNamespace(app, 'shop', { owner: 'x' });",
    'const wrong: string = 5;',
    '```',
    '<!-- manifest: NetworkPolicy/default-deny -->',
    '```yaml',
    'kind: NetworkPolicy',
    '```',
    '```ts',
    "new LockedNamespace(app, 'shop', { owner: 'x' });",
    '```',
    '<!-- refusal -->',
    '```text',
    'a lie',
    '```',
    '<!-- props: ConnectOptions -->',
    '| `port` | none |',
    '```text',
    'unmarked',
    '```',
    '[gone](gone.md) [nowhere](README.md#nowhere)',
  ].join('\n'),
);

let program: ts.Program;
let interfaces: ReadonlyMap<string, readonly Prop[]>;

/** Filled in for a method: the pages say them where they speak of it. */
const methodOptions: ReadonlySet<string> = new Set(['SynthesisOptions']);

beforeAll(() => {
  // The documentation's exceptions end some day; its tests go on.
  jest.useFakeTimers({
    now: new Date('2026-11-21T12:00:00Z'),
    doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate', 'setInterval', 'setTimeout'],
  });
  program = programOf([...written, faulty]);
  interfaces = interfacesOf(program);
}, 60_000);

afterAll(() => {
  jest.useRealTimers();
});

describe.each(written.map((page) => [page.path, page] as const))('%s', (_, page) => {
  it('compiles, shows only what is checked, and what comes out', () => {
    expect([...page.faults, ...unchecked(page), ...compilerFaults(program, page)]).toEqual([]);
    const truth = truthOf(page);
    if (update) writeFileSync(join(root, page.path), truth);
    else expect(page.lines.join('\n')).toBe(truth);
  });
});

describe('the documentation', () => {
  it('has no link that leads nowhere', () => {
    expect(pages.flatMap((page) => deadLinks(page, pages))).toEqual([]);
  });

  it('can be read from the README on: a link leads to every page', () => {
    const byPath = new Map(pages.map((page) => [page.path, page]));
    const reached = new Set<string>();
    const open = ['README.md'];
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      const page = byPath.get(path);
      if (!page || reached.has(path)) continue;
      reached.add(path);
      open.push(...linksOf(page).map(({ to }) => targetOf(page, to).path));
    }
    expect(pages.map(({ path }) => path).filter((path) => path.startsWith('docs/') && !reached.has(path))).toEqual([]);
  });

  it('has a table for every interface that a user fills in', () => {
    const tables = new Set(
      written.flatMap(({ parts }) => parts.filter(isTable).map(({ interfaceName }) => interfaceName)),
    );
    expect(filledInByUsers(program).filter((name) => !tables.has(name) && !methodOptions.has(name))).toEqual([]);
  });

  it('says the default of every prop that may be left out', () => {
    const shown = written.flatMap(({ parts }) => parts.filter(isTable));
    const silent = shown.flatMap(({ interfaceName }) =>
      (interfaces.get(interfaceName) ?? [])
        .filter((prop) => !prop.required && prop.default === undefined)
        .map(({ name }) => `${interfaceName}.${name}`),
    );
    expect(silent).toEqual([]);
  });
});

describe('a page that lies', () => {
  it('does not compile', () => {
    expect(compilerFaults(program, faulty)).toEqual([
      expect.stringContaining("docs/faulty.md:2: 'SecureJob' is declared but its value is never read."),
      expect.stringContaining("docs/faulty.md:7: Type 'number' is not assignable to type 'string'."),
    ]);
  });

  it('has a block that nobody checks', () => {
    expect(unchecked(faulty)).toEqual([expect.stringContaining('docs/faulty.md:22: nothing checks this block')]);
  });

  it('shows what does not come out', () => {
    const truth = truthOf(faulty);
    expect(truth).toContain(
      '```yaml\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: default-deny\n',
    );
    expect(truth).not.toContain('a lie');
    expect(truth).toContain("There is already a Construct with name 'shop'");
    expect(truth).toMatch(/\| `port` +\| `number \\\| string` \| its first +\| The port of the side/);
    expect(withReplaced(faulty, new Map())).toBe(faulty.lines.join('\n'));
  });

  it('leads nowhere', () => {
    expect(deadLinks(faulty, pages)).toEqual(['docs/faulty.md:25: gone.md', 'docs/faulty.md:25: README.md#nowhere']);
  });
});

function markdownIn(folder: string): readonly string[] {
  const recursive = folder !== '.';
  return readdirSync(join(root, folder), { recursive, encoding: 'utf8' })
    .map((path) => posix.join(folder, path.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.md') && existsSync(join(root, path)))
    .sort();
}

function isTable(part: Page['parts'][number]): part is PropsTable {
  return part.kind === 'props';
}

/** What an object, a listing, or an error of a snippet is, by the marker of the block that shows it. */
const shown: Readonly<Record<string, (argument: string, outcome: Outcome) => string>> = {
  manifest: (argument, { value }) => manifests(argument, value),
  output: (_, { output }) => output.trimEnd().replace(/ in \d+ ms/g, ' in 9 ms'),
  files: (argument, { files }) => files(argument).join('\n'),
};

/** How a file of a reader's project is read: it throws where it cannot be. */
const readers: Readonly<Record<string, (content: string, name: string) => void>> = {
  json: (content, name) => {
    const { error } = ts.parseConfigFileTextToJson(name, content);
    if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  },
  yaml: (content) => {
    for (const { errors } of parseAllDocuments(content)) if (errors[0]) throw errors[0];
  },
};

const unmarked: ReadonlySet<string> = new Set(['ts', 'console', 'sh']);

/** The blocks of a page that nothing checks. */
function unchecked(page: Page): readonly string[] {
  return page.parts.flatMap((part) => {
    if (part.kind !== 'block') return [];
    const { language, marker, start, content } = part;
    const at = `${page.path}:${start + 1}`;
    if (marker === undefined) {
      return unmarked.has(language)
        ? []
        : [`${at}: nothing checks this block: it has no marker and is no ts, console or sh`];
    }
    if (marker.name === 'file') {
      const read = readers[language];
      if (!read) return [`${at}: a file is json or yaml`];
      try {
        read(content, marker.argument);
        return [];
      } catch (error) {
        return [`${at}: ${marker.argument} cannot be read: ${String(error)}`];
      }
    }
    if (marker.name !== 'refusal' && !shown[marker.name]) return [`${at}: there is no marker ${marker.name}`];
    return snippetBefore(page, part) ? [] : [`${at}: no snippet stands before this block`];
  });
}

/** The page as it should be: every block and table that shows what the code says, as the code says it. */
function truthOf(page: Page): string {
  const truth = new Map<Block | PropsTable, string>();
  for (const table of page.parts.filter(isTable)) {
    const props = interfaces.get(table.interfaceName);
    if (!props) throw new Error(`${page.path}:${table.start + 1}: there is no interface ${table.interfaceName}`);
    truth.set(table, propsTable(props));
  }
  const blocks = page.parts.filter((part) => part.kind === 'block');
  const blocksAfter = (snippet: Snippet) =>
    blocks.filter((block) => block.marker && snippetBefore(page, block) === snippet);
  const names = ['app', ...blocks.flatMap(({ marker }) => /(?<= of )\w+$/.exec(marker?.argument ?? '')?.[0] ?? [])];

  runPage(page, [...new Set(names)], undefined, (snippet, outcome) => {
    for (const block of blocksAfter(snippet)) {
      const show = shown[block.marker?.name ?? ''];
      if (show) truth.set(block, show(block.marker?.argument ?? '', outcome));
    }
  });
  for (const snippet of snippetsOf(page).filter((candidate) => isRefused(page, candidate))) {
    const message = refusalOf(page, snippet);
    for (const block of blocksAfter(snippet)) if (block.marker?.name === 'refusal') truth.set(block, message);
  }
  return withReplaced(page, truth);
}

interface Synthesizable {
  synthYaml(): string;
}

/** Why a snippet is refused, by itself or when the app is synthesized. */
function refusalOf(page: Page, refused: Snippet): string {
  try {
    runPage(page, ['app'], refused, (snippet, { value }) => {
      if (snippet === refused) (value('app') as Synthesizable).synthYaml();
    });
  } catch (error) {
    return (error as Error).message.trimEnd();
  }
  throw new Error(`${page.path}:${refused.start + 1}: this is not refused`);
}

/** Objects as they are written, `Kind/name` or `Kind/namespace/name` each. */
function manifests(argument: string, value: Outcome['value']): string {
  const [wanted = '', variable = 'app'] = argument.split(' of ');
  const app = value(variable) as Synthesizable | undefined;
  if (!app) throw new Error(`there is no app ${variable}`);
  const texts = app.synthYaml().split(/^---\n/m);
  const named = texts.map((text) => {
    const object = parseAllDocuments(text)[0]?.toJS() ?? {};
    const { name, namespace } = object.metadata ?? {};
    return { text, names: [`${object.kind}/${name}`, `${object.kind}/${namespace}/${name}`] };
  });
  return wanted
    .split(' ')
    .map((name) => {
      const found = named.filter(({ names }) => names.includes(name));
      const [only] = found;
      if (found.length !== 1 || !only) throw new Error(`${found.length} objects are ${name}`);
      return only.text.trimEnd();
    })
    .join('\n---\n');
}
