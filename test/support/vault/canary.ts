import { randomBytes } from 'node:crypto';

/** Values that are found again wherever they were copied to. */
export function canaries<K extends string>(...names: readonly K[]): Readonly<Record<K, string>> {
  // With characters that URLs, JSON and base64 each write in their own way.
  const entries = names.map((name) => [name, `canary-${randomBytes(12).toString('hex')}/+&ü"`]);
  return Object.fromEntries(entries) as Record<K, string>;
}

/** The ways to write a value: a part of it is enough to be found. */
function spellings(value: string): readonly string[] {
  const core = /canary-(\w{24})/.exec(value)?.[1] ?? value;
  const bytes = Buffer.from(core);
  // Base64 of the same bytes differs by where they stand; the first and last group depend on the neighbours.
  const base64 = [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return shifted.slice(offset === 0 ? 0 : 4, -4);
  });
  return [core, bytes.toString('hex'), core.split('').reverse().join(''), ...base64];
}

/** Where a canary shows: `<text>: <name>`. */
export function tracesOf(all: Readonly<Record<string, string>>, texts: ReadonlyMap<string, string>): readonly string[] {
  return [...texts].flatMap(([where, text]) =>
    Object.entries(all).flatMap(([name, value]) =>
      spellings(value).some((spelling) => text.includes(spelling)) ? [`${where}: ${name}`] : [],
    ),
  );
}
