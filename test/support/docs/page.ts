/** A Markdown page as the documentation's test sees it: its code, what the code must give, its tables of props and its links. */

/** A fenced block. */
export interface Block {
  readonly kind: 'block';
  /** `ts`, `yaml`, `console`; empty where the fence names none. */
  readonly language: string;
  /** The comment right above the fence, as `<!-- name: argument -->`. */
  readonly marker: Marker | undefined;
  /** The line of the opening fence, counted from 0. */
  readonly start: number;
  /** The line of the closing fence. */
  readonly end: number;
  readonly content: string;
}

/** Code that runs and is not shown: `<!-- setup … -->`. */
export interface Setup {
  readonly kind: 'setup';
  readonly start: number;
  readonly end: number;
  readonly content: string;
}

/** A table of the members of an interface: `<!-- props: BulwarkAppProps -->` above it. */
export interface PropsTable {
  readonly kind: 'props';
  readonly interfaceName: string;
  /** Its first line. */
  readonly start: number;
  /** The line after its last. */
  readonly end: number;
}

export interface Marker {
  readonly name: string;
  readonly argument: string;
}

export interface Page {
  /** Relative to the repository, with `/`. */
  readonly path: string;
  readonly lines: readonly string[];
  readonly parts: readonly (Block | Setup | PropsTable)[];
  /** What cannot be understood, with its line. */
  readonly faults: readonly string[];
}

const markerLine = /^<!-- (\w[\w-]*)(?:: (.*))? -->$/;

/** Reads a page. */
export function parsePage(path: string, text: string): Page {
  const lines = text.split('\n');
  const parts: Page['parts'][number][] = [];
  const faults: string[] = [];
  let marker: Marker | undefined;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const fence = /^( *)(`{3,})([\w-]*)/.exec(line);
    if (fence) {
      const [, indent = '', ticks = '', language = ''] = fence;
      const end = lines.findIndex((other, at) => at > i && other.trim() === ticks);
      if (end < 0) {
        faults.push(`${path}:${i + 1}: the block is never closed`);
        break;
      }
      if (indent !== '') faults.push(`${path}:${i + 1}: a block is not indented, so that it can be checked`);
      parts.push({
        kind: 'block',
        language,
        marker,
        start: i,
        end,
        content: lines.slice(i + 1, end).join('\n'),
      });
      marker = undefined;
      i = end;
    } else if (line === '<!-- setup') {
      const end = lines.findIndex((other, at) => at > i && other === '-->');
      if (end < 0) {
        faults.push(`${path}:${i + 1}: the setup is never closed`);
        break;
      }
      parts.push({ kind: 'setup', start: i, end, content: lines.slice(i + 1, end).join('\n') });
      i = end;
    } else if (marker?.name === 'props' && line.startsWith('|')) {
      let end = i;
      while (lines[end]?.startsWith('|')) end++;
      parts.push({ kind: 'props', interfaceName: marker.argument, start: i, end });
      marker = undefined;
      i = end - 1;
    } else if (markerLine.test(line)) {
      const [, name = '', argument = ''] = markerLine.exec(line) ?? [];
      marker = { name, argument };
    } else if (line.trim() !== '') {
      if (marker) faults.push(`${path}:${i + 1}: nothing follows the marker ${marker.name}`);
      marker = undefined;
    }
  }
  return { path, lines, parts, faults };
}

/** The page with some of its parts replaced: what stands between their fences, or the whole table. */
export function withReplaced(page: Page, contents: ReadonlyMap<Block | PropsTable, string>): string {
  const lines = [...page.lines];
  for (const part of [...page.parts].reverse()) {
    if (part.kind === 'setup') continue;
    const content = contents.get(part);
    if (content === undefined) continue;
    const from = part.kind === 'block' ? part.start + 1 : part.start;
    lines.splice(from, part.end - from, ...content.replace(/\n$/, '').split('\n'));
  }
  return lines.join('\n');
}

/** The lines of the page, with those of code empty. */
export function prose({ lines, parts }: Page): readonly string[] {
  const code = parts.filter((part) => part.kind !== 'props');
  return lines.map((line, i) => (code.some(({ start, end }) => i >= start && i <= end) ? '' : line));
}
