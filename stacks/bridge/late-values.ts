import { all, type Input, isSecret, type Output, output } from '@pulumi/pulumi';
import { isDnsLabel } from '../../core/manifest/names';
import { isMapping } from '../../core/manifest/plain';
import { mapTexts } from './texts';

/** How the text looks that stands for a value. */
export interface StandInOptions {
  /**
   * A text that is valid where the value goes, `{}` being the part that tells it from others: `https://{}.example`.
   * @default '{}' - a DNS label, which most texts may be
   */
  readonly like?: string;
}

interface LateValue {
  readonly key: string;
  readonly given: Input<string>;
  readonly value: Output<string>;
}

/** A text that stands for nothing, but holds a part of what does. */
export class TakenApartError extends Error {
  override readonly name = 'TakenApartError';
}

/** What may stand within a longer text without changing what else the text says. */
const harmless = /^[^\s"'`\\{}]*$/;

/**
 * Values of an app that are not known while it is made: outputs of other resources, and secrets. A text stands for each until the app
 * has been checked, and the value itself is in the resources alone, where Pulumi knows whether it is known and whether it is secret.
 *
 * @example
 * const values = new LateValues();
 * const endpoint = values.text('endpoint', args.endpoint, { like: 'https://{}.example' });
 */
export class LateValues {
  readonly #values = new Map<string, LateValue>();
  #pattern: RegExp | undefined;

  /**
   * The text itself where it is plain, else what stands for it.
   * @param key a DNS label, the same in each run: what is named by the value is named by it in URNs
   */
  text(key: string, value: Input<string>, { like = '{}' }: StandInOptions = {}): string {
    if (typeof value === 'string') return value;
    if (!isDnsLabel(key)) throw new RangeError(`a late value is called '${key}', which is no DNS label`);
    const standIn = like.replace('{}', markOf(key));
    const known = this.#values.get(standIn);
    if (known !== undefined && known.given !== value) throw new RangeError(`two late values are called '${key}'`);
    this.#values.set(standIn, { key, given: value, value: output(value) });
    this.#pattern = undefined;
    return standIn;
  }

  /** Whether something in it stands for a value. */
  isIn(value: unknown): boolean {
    return this.#keysIn(value).size > 0;
  }

  /**
   * Plain data with the values in their places.
   * @param accept is asked once the values are known, and told whether one of them is secret; what it throws keeps the data from being used
   * @throws TakenApartError where a stand-in was cut up, encoded or joined
   */
  resolve<T>(data: T, accept: (known: T, holdsSecret: boolean) => void = () => {}): Input<T> {
    const standIns = [...this.#keysIn(data)];
    refuseParts(data, this.#without(data), this.#values);
    if (standIns.length === 0) return data;
    const outputs = standIns.map((standIn) => (this.#values.get(standIn) as LateValue).value);
    const known = all([all(outputs), Promise.all(outputs.map(isSecret))]).apply(([values, areSecret]) => {
      const texts = new Map(standIns.map((standIn, i) => [standIn, values[i] as string]));
      accept(mapTexts(data, (text) => this.#filled(text, texts)) as T, areSecret.includes(true));
      return texts;
    });
    return mapTexts(data, (text) =>
      this.#standInsIn(text).length === 0 ? text : known.apply((texts) => this.#filled(text, texts)),
    ) as Input<T>;
  }

  #filled(text: string, texts: ReadonlyMap<string, string>): string {
    const whole = texts.get(text);
    if (whole !== undefined) return whole;
    return text.replace(this.#search(), (standIn) => {
      const value = texts.get(standIn) ?? standIn;
      if (harmless.test(value)) return value;
      const { key } = this.#values.get(standIn) as LateValue;
      throw new RangeError(
        `${key} stands within a longer text and holds spaces, quotes, braces or backslashes; give a value without them`,
      );
    });
  }

  #without(data: unknown): unknown {
    return mapTexts(data, (text) => text.replace(this.#search(), ''));
  }

  #keysIn(data: unknown): ReadonlySet<string> {
    const found = new Set<string>();
    if (this.#values.size === 0) return found;
    mapTexts(data, (text) => {
      for (const standIn of this.#standInsIn(text)) found.add(standIn);
      return text;
    });
    return found;
  }

  #standInsIn(text: string): readonly string[] {
    return text.match(this.#search()) ?? [];
  }

  /** Longer ones first: one may begin as another does. */
  #search(): RegExp {
    this.#pattern ??= new RegExp(
      [...this.#values.keys()]
        .sort((a, b) => b.length - a.length)
        .map((standIn) => standIn.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('|') || '(?!)',
      'g',
    );
    return this.#pattern;
  }
}

/** Lower case and short: it may be a name. */
function markOf(key: string): string {
  return `late-${key}-x`;
}

function refuseParts(data: unknown, rest: unknown, values: ReadonlyMap<string, LateValue>): void {
  for (const { key } of values.values()) {
    const mark = markOf(key);
    const traces = [mark, ...inBase64(mark)];
    if (!traces.some((trace) => holds(rest, trace)) && !holdsKey(data, mark)) continue;
    throw new TakenApartError(
      `${key} is not known yet, and something is made of a part of it; give it as plain text instead of an output`,
    );
  }
}

/** What is the same of a text in base64 whatever stands around it, for each place at which it may begin. */
function inBase64(text: string): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const bytes = Buffer.from(' '.repeat(offset) + text);
    const whole = bytes.subarray(0, bytes.length - (bytes.length % 3));
    return whole.toString('base64').slice(offset === 0 ? 0 : 4);
  });
}

function holds(data: unknown, part: string): boolean {
  let found = false;
  mapTexts(data, (text) => {
    found ||= text.includes(part);
    return text;
  });
  return found;
}

/** What is known only later cannot be the key of a mapping. */
function holdsKey(data: unknown, part: string): boolean {
  if (Array.isArray(data)) return data.some((item) => holdsKey(item, part));
  if (!isMapping(data)) return false;
  return Object.entries(data).some(([key, value]) => key.includes(part) || holdsKey(value, part));
}
