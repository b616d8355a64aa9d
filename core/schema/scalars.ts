import { Quantity } from '../manifest/quantity';
import type { ScalarType } from './read';

/** A scalar as the API server decodes it. */
interface Scalar {
  /** What it must be, for messages. */
  readonly expected: string;
  /** Whether the value, which is not null, decodes. */
  readonly decodes: (value: unknown) => boolean;
}

/** `time.Parse` of Go with the layout RFC 3339, and with exactly six digits after the second. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d?:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const MICRO_TIME = /^\d{4}-\d\d-\d\dT\d\d?:\d\d:\d\d[.,]\d{6}(?:Z|[+-]\d\d:\d\d)$/;
/** Go's standard encoding: padded, line breaks left out. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const INT32 = 2 ** 31;
const INT64 = 2 ** 63;

/**
 * The scalars, after the decoders in k8s.io/apimachinery and k8s.io/apiextensions-apiserver. What stands inside the unions of a
 * CustomResourceDefinition's schema is left to the API server: it decodes that leniently.
 */
export const scalars: Readonly<Record<ScalarType, Scalar>> = {
  string: { expected: 'a text', decodes: isText },
  int32: { expected: 'a whole number of 32 bits', decodes: (value) => isInteger(value, INT32) },
  int64: { expected: 'a whole number', decodes: (value) => isInteger(value, INT64) },
  number: { expected: 'a number', decodes: (value) => typeof value === 'number' },
  boolean: { expected: 'true or false', decodes: (value) => typeof value === 'boolean' },
  bytes: { expected: 'bytes in base64', decodes: isBytes },
  quantity: { expected: 'a quantity, such as 500m or 128Mi', decodes: isQuantity },
  'int-or-string': {
    expected: 'a whole number of 32 bits or a text',
    decodes: (value) => isText(value) || isInteger(value, INT32),
  },
  time: { expected: 'a time, such as 2026-01-31T12:00:00Z', decodes: (value) => isTime(value, TIME) },
  'micro-time': {
    expected: 'a time with microseconds, such as 2026-01-31T12:00:00.000000Z',
    decodes: (value) => isTime(value, MICRO_TIME),
  },
  any: { expected: 'anything', decodes: () => true },
  'schema-or-list': { expected: 'a schema or a list of schemas', decodes: () => true },
  'schema-or-boolean': {
    expected: 'a schema, true or false',
    decodes: (value) => typeof value === 'boolean' || (typeof value === 'object' && !Array.isArray(value)),
  },
  'schema-or-strings': { expected: 'a schema or a list of texts', decodes: () => true },
};

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

/** JSON writes a whole number from 10^21 on with an exponent, which Go reads as no integer. */
function isInteger(value: unknown, limit: number): boolean {
  if (!Number.isInteger(value) || (value as number) < -limit) return false;
  // The greatest of 64 bits is read as one more.
  return limit === INT64 ? (value as number) <= limit : (value as number) < limit;
}

function isBytes(value: unknown): boolean {
  if (typeof value === 'string') return BASE64.test(value.replace(/[\r\n]/g, ''));
  return (
    Array.isArray(value) && value.every((byte) => byte === null || (isInteger(byte, 256) && (byte as number) >= 0))
  );
}

function isQuantity(value: unknown): boolean {
  return Quantity.tryParse(typeof value === 'string' ? value.trim() : value) !== undefined;
}

function isTime(value: unknown, layout: RegExp): boolean {
  if (typeof value !== 'string' || !layout.test(value)) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = value.split(/[-T:.,Z+]/).map(Number);
  const [, zoneHour = 0, zoneMinute = 0] = (/[+-](\d\d):(\d\d)$/.exec(value) ?? []).map(Number);
  const inMonth = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  const date = month >= 1 && month <= 12 && day >= 1 && day <= inMonth;
  return date && hour < 24 && minute < 60 && second < 60 && zoneHour <= 24 && zoneMinute < 60;
}
