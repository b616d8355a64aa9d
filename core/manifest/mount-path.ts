/** What keeps a path from being one that a volume can be mounted at; undefined for a good one. */
export function mountPathFault(path: unknown): string | undefined {
  if (typeof path !== 'string' || !path.startsWith('/')) return 'is no absolute path';
  if (normalPath(path) === '/') return 'is the root of the container';
  if (path.split('/').includes('..')) return 'leads upwards';
  return undefined;
}

/** The path as the kernel reads it; as it is where it is no absolute path. */
export function normalPath(path: unknown): string {
  const text = String(path);
  if (!text.startsWith('/') || !/\/(?:\.?\/|\.?$)/.test(text)) return text;
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  return `/${parts.join('/')}`;
}
