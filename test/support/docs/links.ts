/** The links between pages. */
import { existsSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { type Page, prose } from './page';

const root = resolve(__dirname, '../../..');

/** The anchors that GitHub gives to the headings of a page. */
export function anchorsOf(page: Page): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const line of prose(page)) {
    const [, title] = /^#{1,6} +(.*?) *#*$/.exec(line) ?? [];
    if (title === undefined) continue;
    const slug = title
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replace(/ /g, '-');
    let anchor = slug;
    for (let i = 1; anchors.has(anchor); i++) anchor = `${slug}-${i}`;
    anchors.add(anchor);
  }
  return anchors;
}

export interface Link {
  readonly line: number;
  /** As it is written. */
  readonly to: string;
}

/** The links of a page, those in code left out. */
export function linksOf(page: Page): readonly Link[] {
  return prose(page).flatMap((line, i) =>
    [...line.replace(/`[^`]*`/g, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => ({ line: i + 1, to })),
  );
}

/** Where a link leads: a path in the repository, and an anchor there. */
export function targetOf(page: Page, to: string): { readonly path: string; readonly anchor: string | undefined } {
  const [path = '', anchor] = to.split('#');
  return { path: path === '' ? page.path : posix.join(posix.dirname(page.path), path), anchor };
}

/** The links of a page to files or anchors that do not exist; addresses on the web are not looked up. */
export function deadLinks(page: Page, pages: readonly Page[]): readonly string[] {
  return linksOf(page)
    .filter(({ to }) => !/^\w+:/.test(to))
    .filter(({ to }) => {
      const { path, anchor } = targetOf(page, to);
      if (!existsSync(join(root, path))) return true;
      if (anchor === undefined) return false;
      const target = pages.find((other) => other.path === path);
      return !target || !anchorsOf(target).has(anchor);
    })
    .map(({ line, to }) => `${page.path}:${line}: ${to}`);
}
