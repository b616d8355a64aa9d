/**
 * What keeps a path from being one that a volume can be mounted at; undefined for a good one.
 *
 * @param onWindows whether it may begin with a drive
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1 `mountPath`
 */
export function mountPathFault(path: unknown, onWindows = false): string | undefined {
  const read = onWindows && typeof path === 'string' ? withoutDrive(path) : path;
  return (
    innerPathFault(read) ?? (String(read).includes(':') ? 'has a colon in it, and nothing is mounted so' : undefined)
  );
}

function withoutDrive(path: string): string {
  return path.replace(/^[A-Za-z]:(?=[\\/])/, '').replaceAll('\\', '/');
}

/** What keeps a path from being one within a container, of a file or a folder. */
export function innerPathFault(path: unknown): string | undefined {
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
