import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Block, type Page, parsePage, withReplaced } from '../support/docs/page';
import { runCliIn } from '../support/run-cli';

jest.setTimeout(120_000);

/**
 * What the pages of the commands show is what the commands print. In each page, in its order: a block under `<!-- file: name -->` is
 * written into an empty folder, a console block is run there, and the block under `<!-- output -->` is what its last command printed on
 * standard output; under `<!-- errors -->`, on standard error. `UPDATE_DOCS=1 npx jest test/docs` writes them anew.
 */
const root = resolve(__dirname, '../..');
const update = process.env.UPDATE_DOCS === '1';

const pages = [
  'docs/bulwark-yaml.md',
  ...readdirSync(join(root, 'docs/commands'))
    .filter((name) => name !== 'targets.md' && name !== 'README.md')
    .map((name) => `docs/commands/${name}`),
].map((path) => parsePage(path, readFileSync(join(root, path), 'utf8')));

/** The page as it should be. */
function truthOf(page: Page): string {
  const cwd = mkdtempSync(join(tmpdir(), 'docs-'));
  const truth = new Map<Block, string>();
  let printed = { stdout: '', stderr: '' };
  try {
    for (const part of page.parts) {
      if (part.kind !== 'block') continue;
      const { marker, language, content } = part;
      if (marker?.name === 'file') {
        mkdirSync(dirname(join(cwd, marker.argument)), { recursive: true });
        writeFileSync(join(cwd, marker.argument), `${content}\n`);
      } else if (language === 'console') {
        for (const line of content.split('\n')) {
          const [, args, file] = /^\$ npx bulwark ([^|<>]*?)(?: < (\S+))?$/.exec(line) ?? [];
          if (args === undefined) continue;
          const input = file === undefined ? '' : readFileSync(join(cwd, file), 'utf8');
          printed = runCliIn({ cwd, input }, ...args.split(' ').map((word) => word.replace(/^'(.*)'$/, '$1')));
        }
      } else if (marker?.name === 'output') truth.set(part, printed.stdout.trimEnd());
      else if (marker?.name === 'errors') truth.set(part, printed.stderr.trimEnd());
    }
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
  return withReplaced(page, truth);
}

describe.each(pages)('$path', (page) => {
  it('shows what the commands print', () => {
    const truth = truthOf(page);
    if (update) writeFileSync(join(root, page.path), truth);
    else expect(page.lines.join('\n')).toBe(truth);
  });

  it('runs something', () => {
    expect(page.parts.filter((part) => part.kind === 'block' && part.marker?.name === 'output').length).toBeGreaterThan(
      0,
    );
  });
});

it('the page of the settings names every one', () => {
  const page = readFileSync(join(root, 'docs/bulwark-yaml.md'), 'utf8');
  const { properties } = JSON.parse(readFileSync(join(root, 'schemas/config.schema.json'), 'utf8'));
  for (const name of Object.keys(properties)) expect(page).toContain(`| \`${name}\` `);
  for (const name of Object.keys(properties.exceptions.items.properties)) expect(page).toContain(`| \`${name}\` `);
});
