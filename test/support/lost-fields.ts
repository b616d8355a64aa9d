/** Every path of `sent` whose value `stored` lacks or has otherwise. What the server adds is its own affair. */
export function lostFields(sent: unknown, stored: unknown, path = ''): readonly string[] {
  if (typeof sent !== 'object' || sent === null) return sent === stored ? [] : [path];
  if (typeof stored !== 'object' || stored === null) return [path];
  if (Array.isArray(sent) && (!Array.isArray(stored) || stored.length !== sent.length)) return [path];
  return Object.entries(sent).flatMap(([key, value]) =>
    lostFields(value, (stored as Readonly<Record<string, unknown>>)[key], path === '' ? key : `${path}.${key}`),
  );
}
