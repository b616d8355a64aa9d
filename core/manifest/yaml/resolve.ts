/**
 * What a scalar means to Kubernetes: go.yaml.in/yaml/v2, which sigs.k8s.io/yaml is built on, reads YAML 1.1 with its own
 * exceptions. `yes` and `on` are booleans, `0777` and `0o777` are octal, `1_000` is a number; `1:30`, dates and `<<` are texts.
 */
type Resolved =
  | { readonly type: 'null'; readonly value: null }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'str'; readonly value: string };

/** What one scalar is, or why Kubernetes refuses it. */
export type ScalarResult<T> = { readonly value: T } | { readonly fault: string };

const TAG_PREFIX = 'tag:yaml.org,2002:';

const WORDS: ReadonlyMap<string, Resolved> = new Map<string, Resolved>([
  ...words({ type: 'null', value: null }, ['', '~', 'null', 'Null', 'NULL']),
  ...words({ type: 'bool', value: true }, ['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']),
  ...words({ type: 'bool', value: false }, [
    'n',
    'N',
    'no',
    'No',
    'NO',
    'false',
    'False',
    'FALSE',
    'off',
    'Off',
    'OFF',
  ]),
  ...words({ type: 'float', value: Number.NaN }, ['.nan', '.NaN', '.NAN']),
  ...words({ type: 'float', value: Infinity }, ['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF']),
  ...words({ type: 'float', value: -Infinity }, ['-.inf', '-.Inf', '-.INF']),
]);

function words(resolved: Resolved, texts: readonly string[]): [string, Resolved][] {
  return texts.map((text) => [text, resolved]);
}

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)|0([0-7]+)|(0|[1-9][0-9]*))$/;
/** `0b` is read a second time, sign and all: what Go's ParseInt refuses in one place it takes in the other. */
const SIGNED_BINARY = /^0b([-+])([01]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Here Go allows single `_` between digits only; before other numbers the reader takes every `_` out. */
const POINT_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;
const MAX_UINT64 = 2n ** 64n - 1n;

function resolve(text: string): Resolved {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charAt(0);
  const number =
    first === '.' ? float(text, POINT_FLOAT) : /[-+0-9]/.test(first) ? numeric(text.replaceAll('_', '')) : undefined;
  return number ?? { type: 'str', value: text };
}

function numeric(text: string): Resolved | undefined {
  return integer(text) ?? float(text, FLOAT);
}

function integer(text: string): Resolved | undefined {
  const twice = SIGNED_BINARY.exec(text);
  const parts = INTEGER.exec(twice ? `${twice[1]}0b${twice[2]}` : text);
  if (parts === null) return undefined;
  const [, sign, hex, octal, binary, oldOctal, decimal] = parts;
  const magnitude = BigInt(
    hex ? `0x${hex}` : binary ? `0b${binary}` : (octal ?? oldOctal) ? `0o${octal ?? oldOctal}` : (decimal ?? 0),
  );
  const value = sign === '-' ? -magnitude : magnitude;
  const fits = value >= MIN_INT64 && value <= (sign === '' ? MAX_UINT64 : MAX_INT64);
  return fits ? { type: 'int', value } : undefined;
}

function float(text: string, syntax: RegExp): Resolved | undefined {
  const value = syntax.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;
  return Number.isFinite(value) ? { type: 'float', value } : undefined;
}

/** A scalar of the document: its text, whether it stood without quotes, and its tag if it had one. */
export interface ScalarSource {
  readonly text: string;
  readonly plain: boolean;
  readonly tag: string | undefined;
}

function resolveTagged({ text, plain, tag }: ScalarSource): ScalarResult<Resolved> {
  if (tag === undefined) return { value: plain ? resolve(text) : { type: 'str', value: text } };
  const name = tag.startsWith(TAG_PREFIX) ? tag.slice(TAG_PREFIX.length) : '';
  if (name === 'binary') return { fault: 'the tag !!binary is not for Kubernetes: write the base64 text without it' };
  if (!['null', 'bool', 'int', 'float'].includes(name)) return { value: { type: 'str', value: text } };
  const resolved = resolve(text);
  if (resolved.type === name) return { value: resolved };
  if (name === 'float' && resolved.type === 'int') return { value: { type: 'float', value: Number(resolved.value) } };
  return { fault: `${JSON.stringify(text)} is not what its tag !!${name} says` };
}

/** A scalar as JSON holds it. Integers beyond 2^53 become the nearest number. */
export function scalarValue(source: ScalarSource): ScalarResult<string | number | boolean | null> {
  const result = resolveTagged(source);
  if ('fault' in result) return result;
  const { type, value } = result.value;
  if (type === 'int') return { value: Number(value) };
  if (type === 'float' && !Number.isFinite(value)) {
    return { fault: `${JSON.stringify(source.text)} is a number that JSON does not have: quote it if it is a text` };
  }
  return { value };
}

/** A scalar as the key of a mapping: keys that are not texts become the text that Kubernetes makes of them. */
export function keyText(source: ScalarSource): ScalarResult<string> {
  const result = resolveTagged(source);
  if ('fault' in result) return result;
  const { type, value } = result.value;
  if (type === 'null') return { fault: 'null cannot be a key: quote it if it is a text' };
  if (type === 'float') return { value: float32Text(value) };
  if (type === 'int' && value > MAX_INT64)
    return { fault: `${value} is too large for a key: quote it if it is a text` };
  return { value: String(value) };
}

/** Go's FormatFloat(value, 'g', -1, 32), as for keys: the fewest digits that tell a 32-bit number from its neighbours. */
function float32Text(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return '.nan';
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf';
  if (single === 0) return Object.is(single, -0) ? '-0' : '0';
  let digits = 0;
  while (Math.fround(Number(single.toExponential(digits))) !== single) digits++;
  const [mantissa = '', power] = toEven(single, digits).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return String(Number(`${mantissa}e${exponent}`));
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/** toExponential, with ties to the even digit as in Go instead of upwards. */
function toEven(value: number, digits: number): string {
  const [mantissa = '', power] = value.toExponential(digits).split('e');
  const tail = value
    .toExponential(60)
    .replace(/^-?(.)\.(.*)e.*$/, '$1$2')
    .slice(digits + 1);
  const last = Number(mantissa.at(-1));
  return /^50*$/.test(tail) && last % 2 === 1 ? `${mantissa.slice(0, -1)}${last - 1}e${power}` : `${mantissa}e${power}`;
}
