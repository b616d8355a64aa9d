/** The value of each label that something has; undefined for one that it does not have. */
type Labels = (key: string) => string | undefined;
type Selector = (labels: Labels) => boolean;

/** Whom a selector of Calico takes. */
export interface CalicoSelection {
  /** Everybody, whatever their labels. */
  readonly isAll: boolean;
  /** Whoever has none of the labels that it asks for: nobody has to do anything to be among them. */
  readonly isMost: boolean;
}

/** The labels that Calico, or Kubernetes, gives everything that a selector may take. */
const ofEverybody: ReadonlySet<string> = new Set([
  'projectcalico.org/namespace',
  'projectcalico.org/orchestrator',
  'projectcalico.org/serviceaccount',
  'projectcalico.org/name',
  'kubernetes.io/metadata.name',
]);

/** A value that no selector names. */
const other = '\0';

/** More ways in which the labels of a selector may be than are tried. */
const MOST_WAYS = 4_096;

/** Parentheses and negations within each other; nobody writes more. */
const DEEPEST = 100;

/**
 * Whom a selector takes; undefined for a text that is none. The empty one is all().
 * @see https://docs.tigera.io/calico/latest/reference/resources/networkpolicy#selectors
 */
export function calicoSelection(text: string): CalicoSelection | undefined {
  const parser = new Parser(text);
  const selector = parser.read();
  if (selector === undefined) return undefined;
  const usual: Labels = (key) => (ofEverybody.has(key) ? other : undefined);
  return { isMost: selector(usual), isAll: waysOf(parser.values)?.every(selector) ?? false };
}

/** Whether a selector takes something with these labels; not, where it is none. */
export function calicoSelects(text: string, labels: Readonly<Record<string, string>>): boolean {
  return new Parser(text).read()?.((key) => (Object.hasOwn(labels, key) ? labels[key] : undefined)) ?? false;
}

/** Every way in which the labels may be, as far as selectors tell them apart; undefined where these are too many. */
function waysOf(values: ReadonlyMap<string, ReadonlySet<string>>): readonly Labels[] | undefined {
  let ways: readonly ReadonlyMap<string, string>[] = [new Map()];
  for (const [key, named] of values) {
    const known = [...named, other].map((value) => [value]);
    const options = ofEverybody.has(key) ? known : [[], ...known];
    if (ways.length * options.length > MOST_WAYS) return undefined;
    ways = ways.flatMap((way) => options.map(([value]) => (value === undefined ? way : new Map(way).set(key, value))));
  }
  return ways.map(
    (way): Labels =>
      (key) =>
        way.get(key),
  );
}

const tokens = /\s*(?:(&&|\|\||==|!=|[!(){},])|("[^"]*"|'[^']*')|([A-Za-z0-9_./-]+))/y;

interface Token {
  readonly kind: 'sign' | 'text' | 'word' | 'end';
  readonly text: string;
}

const end: Token = { kind: 'end', text: '' };

class Parser {
  /** The values that the selector names, by their labels. */
  readonly values = new Map<string, Set<string>>();
  readonly #tokens: readonly Token[] | undefined;
  #at = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  read(): Selector | undefined {
    if (this.#tokens?.length === 0) return () => true;
    const selector = this.#any(0);
    return this.#next === end ? selector : undefined;
  }

  get #next(): Token {
    return this.#tokens?.[this.#at] ?? end;
  }

  /** Whether these are next: they are taken then. */
  #takes(...texts: readonly string[]): boolean {
    const isNext = texts.every((text, i) => {
      const token = this.#tokens?.[this.#at + i];
      return token?.text === text && token.kind !== 'text';
    });
    if (isNext) this.#at += texts.length;
    return isNext;
  }

  #any(depth: number): Selector | undefined {
    return this.#list(
      '||',
      () => this.#every(depth),
      (all) => (labels) => all.some((each) => each(labels)),
    );
  }

  #every(depth: number): Selector | undefined {
    return this.#list(
      '&&',
      () => this.#one(depth),
      (all) => (labels) => all.every((each) => each(labels)),
    );
  }

  #list(
    sign: string,
    read: () => Selector | undefined,
    join: (all: readonly Selector[]) => Selector,
  ): Selector | undefined {
    const all: Selector[] = [];
    do {
      const one = read();
      if (one === undefined) return undefined;
      all.push(one);
    } while (this.#takes(sign));
    return join(all);
  }

  #one(depth: number): Selector | undefined {
    if (depth > DEEPEST) return undefined;
    if (this.#takes('!')) {
      const negated = this.#one(depth + 1);
      return negated && ((labels) => !negated(labels));
    }
    if (this.#takes('(')) {
      const inner = this.#any(depth + 1);
      return this.#takes(')') ? inner : undefined;
    }
    if (this.#takes('all', '(', ')')) return () => true;
    // What is of no namespace: no pod is.
    if (this.#takes('global', '(', ')')) return () => false;
    if (this.#takes('has', '(')) {
      const key = this.#word();
      return key !== undefined && this.#takes(')') ? (labels) => labels(key) !== undefined : undefined;
    }
    const key = this.#word();
    return key === undefined ? undefined : this.#comparison(key);
  }

  #comparison(key: string): Selector | undefined {
    const isNot = this.#takes('!=') || this.#takes('not', 'in');
    const isIn = isNot ? this.#tokens?.[this.#at - 1]?.text === 'in' : this.#takes('in');
    if (isIn || isNot || this.#takes('==')) {
      const values = isIn ? this.#set() : this.#value();
      return values && this.#compare(key, values, (value, wanted) => value === wanted, isNot);
    }
    if (this.#takes('contains')) return this.#compare(key, this.#value(), (value, part) => value.includes(part));
    if (this.#takes('starts', 'with'))
      return this.#compare(key, this.#value(), (value, part) => value.startsWith(part));
    if (this.#takes('ends', 'with')) return this.#compare(key, this.#value(), (value, part) => value.endsWith(part));
    return undefined;
  }

  #compare(
    key: string,
    wanted: readonly string[] | undefined,
    isMet: (value: string, wanted: string) => boolean,
    isNot = false,
  ): Selector | undefined {
    if (wanted === undefined) return undefined;
    const named = this.values.get(key) ?? new Set();
    for (const each of wanted) named.add(each);
    this.values.set(key, named);
    return (labels) => {
      const value = labels(key);
      return (value !== undefined && wanted.some((each) => isMet(value, each))) !== isNot;
    };
  }

  #set(): readonly string[] | undefined {
    if (!this.#takes('{')) return undefined;
    const values: string[] = [];
    if (this.#takes('}')) return values;
    do {
      const [value] = this.#value() ?? [];
      if (value === undefined) return undefined;
      values.push(value);
    } while (this.#takes(','));
    return this.#takes('}') ? values : undefined;
  }

  #value(): readonly string[] | undefined {
    const { kind, text } = this.#next;
    if (kind !== 'text') return undefined;
    this.#at++;
    return [text];
  }

  /** The name of a label. */
  #word(): string | undefined {
    const { kind, text } = this.#next;
    if (kind !== 'word') return undefined;
    this.#at++;
    if (!this.values.has(text)) this.values.set(text, new Set());
    return text;
  }
}

function tokensOf(text: string): readonly Token[] | undefined {
  const found: Token[] = [];
  const rest = text.trimEnd();
  tokens.lastIndex = 0;
  while (tokens.lastIndex < rest.length) {
    const [, sign, quoted, word] = tokens.exec(rest) ?? [];
    if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else if (quoted !== undefined) found.push({ kind: 'text', text: quoted.slice(1, -1) });
    else if (word !== undefined) found.push({ kind: 'word', text: word });
    else return undefined;
  }
  return found;
}
