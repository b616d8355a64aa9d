import { isUnknown, Output } from '@pulumi/pulumi';
import { isMapping } from '../../core/manifest/plain';

/** Whether it is something that Pulumi knows, or will know, and nobody can read here. */
export function isOpaque(value: unknown): boolean {
  return Output.isInstance(value) || value instanceof Promise || isUnknown(value);
}

/** Whether there is any such thing in it. */
export function isOpaqueWithin(value: unknown): boolean {
  if (isOpaque(value)) return true;
  if (Array.isArray(value)) return value.some(isOpaqueWithin);
  return isMapping(value) && Object.values(value).some(isOpaqueWithin);
}

/** A copy of data in which every text is what it is mapped to. */
export function mapTexts(data: unknown, map: (text: string) => unknown): unknown {
  if (typeof data === 'string') return map(data);
  if (isOpaque(data)) return data;
  if (Array.isArray(data)) return data.map((item) => mapTexts(item, map));
  if (!isMapping(data)) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, mapTexts(value, map)]));
}
