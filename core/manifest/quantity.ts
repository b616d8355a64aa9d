import { remembering } from './remembering';
/** The family of suffixes that a quantity was written with, and is written with again where that loses nothing. */
export type QuantityFormat = 'DecimalSI' | 'BinarySI' | 'DecimalExponent';

const ALLOWED =
  'write a number with an optional sign, fraction and suffix: n u m k M G T P E (powers of 1000), ' +
  'Ki Mi Gi Ti Pi Ei (powers of 1024), or an exponent such as e3; for example 500m, 1.5, 128Mi';

/** A text that is not a Kubernetes quantity. */
export class QuantityError extends Error {
  override readonly name = 'QuantityError';

  constructor(
    /** What was to be read. */
    readonly text: string,
    fault = 'is not a quantity',
  ) {
    super(`${JSON.stringify(text)} ${fault}: ${ALLOWED}`);
  }
}

const DECIMAL_SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANO = -9;
const EXA = 18;
/** Largest binary quantity; anything above is this. */
const MAX_INT64 = 2n ** 63n - 1n;
/** Digits that Kubernetes reads without its slow path. It keeps the spelling of such a quantity if that is nearly canonical. */
const FAST_DIGITS = 18;
const FAST_BINARY_DIGITS = 14;
/** Kubernetes takes any exponent and needs gigabytes for some; no resource is larger. */
const MAX_EXPONENT = 1000;

const SYNTAX = /^([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]+[+-]?[0-9]*)?$/;

interface Suffix {
  readonly format: QuantityFormat;
  /** Power of ten, or of two for BinarySI. */
  readonly exponent: number;
}

const SUFFIXES: ReadonlyMap<string, Suffix> = new Map<string, Suffix>([
  ...BINARY_SUFFIXES.map((text, i): [string, Suffix] => [text, { format: 'BinarySI', exponent: i * 10 }]),
  ...DECIMAL_SUFFIXES.map((text, i): [string, Suffix] => [text, { format: 'DecimalSI', exponent: i * 3 + NANO }]),
]);

/** `digits` times 10 to the power of `scale`. */
interface Amount {
  readonly digits: bigint;
  readonly scale: number;
  readonly format: QuantityFormat;
  /** The text that was read, where Kubernetes keeps it. */
  readonly spelling?: string;
}

/**
 * An amount of a resource, exactly as Kubernetes' `resource.Quantity` reads, compares, adds and writes it; immutable.
 * Where Kubernetes would write a wrong number (1000E becomes 1, so does 1024Ei), this writes the right one.
 */
export class Quantity {
  /** Zero. The sum of it and another quantity has the other's format. */
  static readonly zero = new Quantity({ digits: 0n, scale: 0, format: 'DecimalSI' });

  static readonly #remembered = remembering((text) => new Quantity(readAmount(text)));

  private constructor(private readonly amount: Amount) {}

  /**
   * Reads a quantity. A number is read as its JSON text, as the API server does. Fractions below nano are rounded away
   * from zero, and binary quantities end at 2^63 - 1, as in Kubernetes.
   *
   * @throws QuantityError
   */
  static parse(text: string | number): Quantity {
    return Quantity.#remembered(String(text));
  }

  /** Reads a quantity; undefined for anything that is not one, a value of another type included. */
  static tryParse(value: unknown): Quantity | undefined {
    if (typeof value !== 'string' && typeof value !== 'number') return undefined;
    try {
      return Quantity.parse(value);
    } catch (error) {
      if (error instanceof QuantityError) return undefined;
      throw error;
    }
  }

  /** Which suffixes {@link Quantity.toString} prefers. */
  get format(): QuantityFormat {
    return this.amount.format;
  }

  /** Whether it is more than nothing. */
  get isPositive(): boolean {
    return this.amount.digits > 0n;
  }

  /** Negative if this is less than `other`, positive if it is more, 0 if they are the same amount (`1` and `1000m`). */
  compare(other: Quantity): number {
    // Quantities are remembered by their text: the same text is nearly always the same object.
    if (this === other) return 0;
    const [a, b] = this.aligned(other);
    return a < b ? -1 : a > b ? 1 : 0;
  }

  /** Whether both are the same amount, however written. */
  equals(other: Quantity): boolean {
    return this.compare(other) === 0;
  }

  /** The sum, in this quantity's format; in the other's if this is zero. */
  add(other: Quantity): Quantity {
    const [a, b, scale] = this.aligned(other);
    return new Quantity({ digits: a + b, scale, format: this.amount.digits === 0n ? other.format : this.format });
  }

  /** The difference, in this quantity's format; in the other's if this is zero. */
  subtract(other: Quantity): Quantity {
    return this.add(other.multiply(-1));
  }

  /**
   * The product with a whole number, such as a count of replicas.
   *
   * @throws RangeError if `factor` is not a whole number
   */
  multiply(factor: number | bigint): Quantity {
    const { digits, scale, format } = this.amount;
    return new Quantity({ digits: digits * BigInt(factor), scale, format });
  }

  /** The amount as the nearest number: `0.5` for `500m`, `1024` for `1Ki`. */
  toNumber(): number {
    return Number(`${this.amount.digits}e${this.amount.scale}`);
  }

  /** The quantity as Kubernetes writes it: `1500m` for `1.5`, `1Gi` for `1024Mi`. */
  toString(): string {
    const { digits, format, spelling } = this.amount;
    if (spelling !== undefined) return spelling;
    if (digits === 0n) return '0';
    return (format === 'BinarySI' ? binaryText(this.amount) : undefined) ?? decimalText(this.amount);
  }

  /** {@link Quantity.toString}, so that JSON holds quantities as manifests do. */
  toJSON(): string {
    return this.toString();
  }

  /** Both amounts in the smaller of the two units, and that unit's power of ten. */
  private aligned(other: Quantity): [own: bigint, others: bigint, scale: number] {
    const scale = Math.min(this.amount.scale, other.amount.scale);
    const raised = (amount: Amount): bigint => amount.digits * power10(amount.scale - scale);
    return [raised(this.amount), raised(other.amount), scale];
  }
}

/** Undefined where powers of 1024 cannot say it: fractions, and less than 1024, which needs no suffix. */
function binaryText({ digits, scale }: Amount): string | undefined {
  if (scale < 0 && digits % power10(-scale) !== 0n) return undefined;
  let amount = scale < 0 ? digits / power10(-scale) : digits * power10(scale);
  if (amount > -1024n && amount < 1024n) return undefined;
  let power = 0;
  for (; power < BINARY_SUFFIXES.length - 1 && amount % 1024n === 0n; power++) amount /= 1024n;
  return `${amount}${BINARY_SUFFIXES[power]}`;
}

function decimalText({ digits, scale, format }: Amount): string {
  let amount = digits;
  let exponent = scale;
  for (; amount % 10n === 0n; exponent++) amount /= 10n;
  const asExponent = format === 'DecimalExponent';
  const target = Math.floor((asExponent ? exponent : Math.min(exponent, EXA)) / 3) * 3;
  amount *= power10(exponent - target);
  if (asExponent) return `${amount}${target === 0 ? '' : `e${target}`}`;
  return `${amount}${DECIMAL_SUFFIXES[(target - NANO) / 3]}`;
}

/** ParseQuantity of k8s.io/apimachinery/pkg/api/resource. */
function readAmount(text: string): Amount {
  const syntax = text === '' ? null : SYNTAX.exec(text);
  if (syntax === null) throw new QuantityError(text);
  const [, sign = '', whole = '', fraction = '', unit = ''] = syntax;
  const suffix = suffixOf(text, unit);

  const shifted = (whole.replace(/^0+/, '') || '0') + fraction;
  const digits = sign === '-' ? -BigInt(shifted) : BigInt(shifted);
  const { format, exponent } = suffix;
  const binary = format === 'BinarySI';
  const scale = (binary ? 0 : exponent) - fraction.length;
  const amount: Amount = { digits: binary ? digits << BigInt(exponent) : digits, scale, format };

  const room = binary ? FAST_BINARY_DIGITS - (exponent * 3) / 10 : FAST_DIGITS;
  const fast = shifted.length <= room && scale >= NANO && !(binary && fraction !== '');
  if (fast) return keepsSpelling(shifted, scale, binary) ? { ...amount, spelling: text } : amount;
  if (!/[0-9]/.test(text.slice(0, text.length - unit.length))) throw new QuantityError(text);
  return bounded(amount);
}

/** Kubernetes keeps the text of a quantity that it finds canonical enough at a glance: `1.500`, `+5`, `1025Ki`. */
function keepsSpelling(shifted: string, scale: number, binary: boolean): boolean {
  if (binary) return BigInt(shifted) % 8n !== 0n;
  return scale % 3 === 0 && !shifted.endsWith('000') && !shifted.startsWith('0');
}

/** Rounds fractions below nano away from zero and caps what powers of 1024 give. */
function bounded({ digits, scale, format }: Amount): Amount {
  const negative = digits < 0n;
  let amount = negative ? -digits : digits;
  let unit = scale;
  if (unit < NANO) {
    const step = power10(NANO - unit);
    amount = (amount + step - 1n) / step;
    unit = NANO;
  }
  const one = power10(Math.max(0, -unit));
  const binary = format === 'BinarySI';
  if (binary && amount > MAX_INT64 * one) amount = MAX_INT64 * one;
  const small = binary && amount > 0n && amount < one;
  return { digits: negative ? -amount : amount, scale: unit, format: small ? 'DecimalSI' : format };
}

function suffixOf(text: string, unit: string): Suffix {
  const suffix = SUFFIXES.get(unit);
  if (suffix !== undefined) return suffix;
  if (!/^[eE][+-]?[0-9]+$/.test(unit)) throw new QuantityError(text);
  const exponent = Number(unit.slice(1));
  if (Math.abs(exponent) > MAX_EXPONENT) throw new QuantityError(text, `has an exponent beyond ${MAX_EXPONENT}`);
  return { format: 'DecimalExponent', exponent };
}

function power10(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}
