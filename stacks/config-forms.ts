import type { Schema } from '../core/config/schema';

/** A schema that says what it is about. */
type Described = Schema & { readonly description: string };

export const text = (description: string, more: Schema = {}): Described => ({
  type: 'string',
  minLength: 1,
  description,
  ...more,
});
export const texts = (description: string): Described => ({
  type: 'array',
  description,
  items: { type: 'string', minLength: 1 },
});
export const yes = (description: string): Schema => ({ type: 'boolean', description });
export const number = (description: string): Schema => ({ type: 'integer', description });
export const labels = (description: string): Schema => ({
  type: 'object',
  description,
  additionalProperties: { type: 'string' },
});
export const group = (
  description: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
) => ({
  type: 'object' as const,
  description,
  properties,
  required,
  additionalProperties: false as const,
});
