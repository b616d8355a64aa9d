import type { App } from 'cdk8s';

/** What is asked, and what the answer depends on. */
export interface Question<T> {
  /** Called before each time that it is asked. */
  readonly prepare: () => void;
  readonly ask: () => T;
  /** What the answer depends on, as far as it is cheap to see. */
  readonly state: () => string;
}

/**
 * Remembers an answer for the length of one `app.synth()` or `app.synthYaml()`: cdk8s validates the whole app anew for each of its charts.
 * The first question is put before the other constructs have validated themselves, and may have changed something; so the answer to
 * the second is the one that is kept, as long as the state stays the same. Outside of a synthesis nothing is remembered.
 */
export class SynthesisMemory<T> {
  #depth = 0;
  #questions = 0;
  #known: { readonly answer: T; readonly state: string } | undefined;

  constructor(
    app: App,
    private readonly question: Question<T>,
  ) {
    for (const method of ['synth', 'synthYaml'] as const) {
      const original: (...given: never[]) => unknown = app[method];
      const value = (...given: unknown[]) => this.#during(() => Reflect.apply(original, app, given));
      Object.defineProperty(app, method, { value, configurable: true, writable: true });
    }
  }

  /** What is remembered, or a new answer. */
  recall(): T {
    const { prepare, state, ask } = this.question;
    if (this.#known?.state === state()) return this.#known.answer;
    prepare();
    const before = state();
    const answer = ask();
    this.#questions++;
    const isKept = this.#depth > 0 && this.#questions > 1;
    this.#known = isKept ? { answer, state: before } : undefined;
    return answer;
  }

  #during<R>(synthesize: () => R): R {
    this.#depth++;
    this.#forget();
    try {
      return synthesize();
    } finally {
      this.#depth--;
      this.#forget();
    }
  }

  #forget(): void {
    this.#known = undefined;
    this.#questions = 0;
  }
}
