/** So many hashes of three characters there are. */
const HASHES = 0x8000;

/** ASCII letters in lower case, and everything else as it is. */
const lowered = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));

/** Finds words in a text, whatever their case, in one pass over its characters: most texts hold none. */
export class KeywordIndex<T> {
  readonly #words = new Map<number, (readonly [word: string, means: T])[]>();
  readonly #begins = new Uint8Array(HASHES);

  /** @param words in lower case, of three characters or more, and what each stands for */
  constructor(words: Iterable<readonly [string, T]>) {
    for (const [word, means] of words) {
      if (word.length < 3) throw new RangeError(`${JSON.stringify(word)} is too short to be looked up`);
      // Of the last three characters: what came before is shifted out.
      let hash = 0;
      for (let i = 0; i < 3; i++) hash = ((hash << 5) ^ word.charCodeAt(i)) & 0x7fff;
      const same = this.#words.get(hash);
      if (same === undefined) this.#words.set(hash, [[word, means]]);
      else same.push([word, means]);
      this.#begins[hash] = 1;
    }
  }

  /** What the words in the text stand for, each once; undefined where there are none. */
  find(text: string): ReadonlySet<T> | undefined {
    return this.#search(text, false);
  }

  /** Whether the text has one of the words. */
  isIn(text: string): boolean {
    return this.#search(text, true) !== undefined;
  }

  #search(text: string, isFirstEnough: boolean): ReadonlySet<T> | undefined {
    const begins = this.#begins;
    let found: Set<T> | undefined;
    let hash = 0;
    // Without calls: of most checks this is the part that has not been compiled yet.
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      hash = ((hash << 5) ^ (code < 128 ? (lowered[code] as number) : 0)) & 0x7fff;
      if (begins[hash] === 0 || i < 2) continue;
      for (const [word, means] of this.#words.get(hash) ?? []) {
        if (found?.has(means) || text.slice(i - 2, i - 2 + word.length).toLowerCase() !== word) continue;
        found ??= new Set();
        found.add(means);
        if (isFirstEnough) return found;
      }
    }
    return found;
  }
}
