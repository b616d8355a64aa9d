import { all, type Input, type Inputs, type Output, output, runtime, secret } from '@pulumi/pulumi';
import type { Path } from '../../core/manifest/path';
import { isMapping } from '../../core/manifest/plain';
import { type FieldType, fieldsOf } from '../../core/schema';
import { isOpaque, mapTexts } from '../bridge/texts';

/** Between characters for private use, which no manifest has. */
const standIn = /\uE000(\d+)\uE000/g;

/**
 * Changes a pod template of which some values cannot be read: outputs, secrets, what a preview does not know. They come through as they are,
 * and stay secret or unknown by themselves; where something cannot be read that holds others, all of the template waits for it.
 * @param change takes and gives plain data, and may repeat or enclose what it finds
 */
export function throughOpaque(template: unknown, change: (plain: unknown) => unknown): Input<unknown> {
  const found: unknown[] = [];
  let isWhole = true;
  const hide = (value: unknown, path: Path): unknown => {
    if (isOpaque(value) || isEnvelope(value)) {
      isWhole &&= isScalarAt(path);
      found.push(isEnvelope(value) ? secret(value.value) : value);
      return `\uE000${found.length - 1}\uE000`;
    }
    if (Array.isArray(value)) return value.map((item, i) => hide(item, [...path, i]));
    if (!isMapping(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, hide(member, [...path, key])]));
  };
  const hidden = hide(template, []);
  if (!isWhole) return later(opened(template)).apply(change);
  return mapTexts(change(hidden), (text) => shown(text, found)) as Input<unknown>;
}

/** As an output of what is known once everything in it is. */
export function later(value: unknown): Output<unknown> {
  return output(value as Input<Inputs>) as Output<unknown>;
}

/** A text with what stands in it back in its place; alone it is of whatever type it was. */
function shown(text: string, found: readonly unknown[]): unknown {
  const indices = [...text.matchAll(standIn)].map(([, index]) => Number(index));
  const [only] = indices;
  if (only === undefined) return text;
  if (text === `\uE000${only}\uE000`) return found[only];
  return all(indices.map((index) => found[index])).apply((values) => {
    let next = 0;
    return text.replace(standIn, () => String(values[next++]));
  });
}

/** The template with secrets that the engine has sent in envelopes as outputs. */
function opened(value: unknown): unknown {
  if (isOpaque(value)) return value;
  if (isEnvelope(value)) return secret(value.value);
  if (Array.isArray(value)) return value.map(opened);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, opened(member)]));
}

/** A secret as the engine sends it to those that do not take outputs. */
export function isEnvelope(value: unknown): value is { readonly value: unknown } {
  return isMapping(value) && value[runtime.specialSigKey] === runtime.specialSecretSig;
}

/** Whether what stands there in a pod template is one value, which nobody looks into. */
function isScalarAt(path: Path): boolean {
  let type: FieldType | undefined = { type: 'object', definition: 'core.v1.PodTemplateSpec' };
  for (const step of path) {
    if (type?.type === 'list' || type?.type === 'map') type = type.of;
    else if (type?.type === 'object') type = fieldsOf(type.definition).find(({ name }) => name === step)?.type;
    else return false;
  }
  return type !== undefined && !['object', 'list', 'map', 'any'].includes(type.type);
}
