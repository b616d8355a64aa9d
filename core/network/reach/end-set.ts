/** A set of ends by their numbers. Those of one namespace stand together, so that a set of them takes few words. */
export class EndSet {
  static readonly none = new EndSet(0, new Uint32Array(0));

  /** @param indices in any order */
  static of(indices: readonly number[]): EndSet {
    let [first, last] = [Number.POSITIVE_INFINITY, -1];
    for (const index of indices) {
      if (index < first) first = index;
      if (index > last) last = index;
    }
    if (last < 0) return EndSet.none;
    const offset = first >>> 5;
    const words = new Uint32Array((last >>> 5) - offset + 1);
    for (const index of indices) {
      const at = (index >>> 5) - offset;
      words[at] = (words[at] as number) | (1 << (index & 31));
    }
    return new EndSet(offset, words);
  }

  /** The first so many of all. */
  static first(count: number): EndSet {
    return EndSet.of(Array.from({ length: count }, (_, index) => index));
  }

  private constructor(
    private readonly offset: number,
    private readonly words: Uint32Array,
  ) {}

  get isEmpty(): boolean {
    return this.words.length === 0;
  }

  has(index: number): boolean {
    const word = this.words[(index >>> 5) - this.offset];
    return word !== undefined && ((word >>> (index & 31)) & 1) === 1;
  }

  /** Whether every end of the other is in it. */
  covers(other: EndSet): boolean {
    return other.members().every((index) => this.has(index));
  }

  /** Their numbers, in order. */
  members(): readonly number[] {
    const found: number[] = [];
    this.words.forEach((word, at) => {
      for (let bit = 0; bit < 32; bit++) if ((word >>> bit) & 1) found.push((at + this.offset) * 32 + bit);
    });
    return found;
  }
}
