/** The part of TOML that gitleaks writes its generated configuration in: tables, lists of tables, texts, numbers and lists of texts. */

/** A table: its values, and the tables below it. */
export interface Table {
  readonly [key: string]: string | number | readonly string[] | Table | readonly Table[] | undefined;
}

type Writable = Record<string, unknown>;

/**
 * Reads it.
 * @throws SyntaxError for anything else that TOML has
 */
export function readToml(text: string): Table {
  const root: Writable = {};
  let table = root;
  let at = 0;
  const fail = (what: string): never => {
    throw new SyntaxError(`line ${text.slice(0, at).split('\n').length}: ${what}`);
  };
  const skip = (): void => {
    at += /^(?:[ \t\r\n]+|#[^\n]*)*/.exec(text.slice(at))?.[0].length ?? 0;
  };
  const next = (pattern: RegExp): RegExpExecArray | undefined => {
    const match = new RegExp(pattern.source, 'sy');
    match.lastIndex = at;
    const found = match.exec(text) ?? undefined;
    if (found) at += found[0].length;
    return found;
  };
  const value = (): string | number | readonly string[] => {
    const literal = next(/'''\n?(.*?)'''/) ?? next(/'([^'\n]*)'/);
    if (literal) return literal[1] ?? '';
    const quoted = next(/"(?:[^"\\\n]|\\.)*"/);
    if (quoted) return JSON.parse(quoted[0]) as string;
    const number = next(/\d+(?:\.\d+)?/);
    if (number) return Number(number[0]);
    if (!next(/\[/)) return fail('a value of a type that this does not read');
    const items: string[] = [];
    for (skip(); !next(/\]/); skip()) {
      items.push(String(value()));
      skip();
      next(/,/);
    }
    return items;
  };
  for (skip(); at < text.length; skip()) {
    const list = next(/\[\[([\w.]+)\]\]/);
    const single = list ?? next(/\[([\w.]+)\]/);
    if (single) {
      const path = (single[1] ?? '').split('.');
      const name = path.pop() ?? '';
      const owner = path.reduce<Writable>((node, step) => {
        const below = node[step];
        return (Array.isArray(below) ? below.at(-1) : below) as Writable;
      }, root);
      table = {};
      if (list) owner[name] = [...((owner[name] as Writable[] | undefined) ?? []), table];
      else owner[name] = table;
      continue;
    }
    const key = next(/(\w+)[ \t]*=[ \t]*/);
    if (!key) return fail('neither a table nor a key');
    table[key[1] ?? ''] = value();
  }
  return root as Table;
}
