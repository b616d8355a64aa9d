/**
 * Which images patterns cover, whatever they are written like. A pattern is a small automaton over the characters of repositories; whether some of them cover
 * all of another is asked by looking for a repository that the one covers, and none of the others.
 */

/** What a pattern takes next: a character, any of a component, any at all. */
type Token =
  | { readonly kind: 'one'; readonly characters: string }
  | { readonly kind: 'any'; readonly characters: string };

const alphanumeric = 'abcdefghijklmnopqrstuvwxyz0123456789';
const inComponent = `${alphanumeric}._-`;
const everywhere = `${inComponent}/`;

/** More states than patterns that people write have: past it nothing is said. */
const mostStates = 2_000;

/** Whether each repository that a pattern covers is covered by one of the others. */
export function isCoveredBy(pattern: string, others: readonly string[]): boolean {
  const [registry, path] = cut(pattern);
  const paths = others.map(cut).flatMap(([other, of]) => (other === registry ? [of] : []));
  // What one covers alone is found however many there are.
  return paths.some((each) => hasNoOther(path, [each])) || hasNoOther(path, paths);
}

/** Whether no repository is of that path, and of none of the others. */
function hasNoOther(path: string, others: readonly string[]): boolean {
  const narrow = tokensOf(path);
  const wide = others.map(tokensOf);
  const characters = charactersOf([path, ...others]);
  const first: State = { narrow: begin(narrow), name: '/', wide: wide.map(begin) };
  const seen = new Set([keyOf(first)]);
  const open = [first];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    const isName = alphanumeric.includes(state.name);
    if (isName && ends(narrow, state.narrow) && !wide.some((each, i) => ends(each, state.wide[i] ?? []))) return false;
    for (const character of characters) {
      const name = follow(state.name, character);
      const next = step(narrow, state.narrow, character);
      if (name === undefined || next.length === 0) continue;
      const after: State = {
        narrow: next,
        name,
        wide: wide.map((each, i) => step(each, state.wide[i] ?? [], character)),
      };
      const key = keyOf(after);
      if (seen.has(key)) continue;
      if (seen.size >= mostStates) return false;
      seen.add(key);
      open.push(after);
    }
  }
  return true;
}

interface State {
  /** The places in the tokens of each pattern that what was read so far leads to. */
  readonly narrow: readonly number[];
  readonly wide: readonly (readonly number[])[];
  /** The end of what was read so far, as far as it decides what a name goes on with. */
  readonly name: string;
}

function keyOf({ narrow, name, wide }: State): string {
  return `${narrow}|${name}|${wide.join('|')}`;
}

function cut(pattern: string): readonly [registry: string, path: string] {
  const slash = pattern.indexOf('/');
  return [pattern.slice(0, slash), pattern.slice(slash + 1)];
}

/** One letter stands for all those that no path has. */
function charactersOf(paths: readonly string[]): readonly string[] {
  const written = new Set(paths.join(''));
  const other = [...alphanumeric].find((each) => !written.has(each));
  return [...everywhere].filter((each) => written.has(each) || each === other || !alphanumeric.includes(each));
}

function tokensOf(path: string): readonly Token[] {
  return [...path.matchAll(/\*\*|./g)].flatMap(([text]): readonly Token[] => {
    if (text === '*') return [{ kind: 'any', characters: inComponent }];
    if (text !== '**') return [{ kind: 'one', characters: text }];
    return [
      { kind: 'one', characters: everywhere },
      { kind: 'any', characters: everywhere },
    ];
  });
}

function begin(tokens: readonly Token[]): readonly number[] {
  return withSkipped(tokens, [0]);
}

function step(tokens: readonly Token[], places: readonly number[], character: string): readonly number[] {
  const next = places.flatMap((place) => {
    const token = tokens[place];
    if (token === undefined || !token.characters.includes(character)) return [];
    return [token.kind === 'any' ? place : place + 1];
  });
  return withSkipped(tokens, next);
}

/** What may stand any number of times may stand no time. */
function withSkipped(tokens: readonly Token[], places: readonly number[]): readonly number[] {
  const all = new Set(places);
  for (const place of all) if (tokens[place]?.kind === 'any') all.add(place + 1);
  return [...all].sort((a, b) => a - b);
}

function ends(tokens: readonly Token[], places: readonly number[]): boolean {
  return places.includes(tokens.length);
}

/** The next state of a name by the grammar of github.com/distribution/reference; undefined where there is no such name. */
function follow(name: string, character: string): string | undefined {
  if (alphanumeric.includes(character)) return 'a';
  if (alphanumeric.includes(name)) return character;
  if (name === '-' && character === '-') return '-';
  return name === '_' && character === '_' ? '__' : undefined;
}
