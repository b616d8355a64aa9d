import { RegistryError } from './https';

/** Something that a manifest names by its digest. */
export interface Descriptor {
  readonly digest: string;
  readonly size: number;
}

/** What has to be in a repository before a manifest may be. */
export interface Needed {
  /** Of an index: what it holds for each platform. */
  readonly manifests: readonly Descriptor[];
  /** Of an image: its configuration and its layers. */
  readonly blobs: readonly Descriptor[];
}

/** What a registry says becomes a part of a path only as what it has to be. */
export const isDigest = (text: unknown): text is string =>
  typeof text === 'string' && /^sha256:[0-9a-f]{64}$/.test(text);

/** What must not be handed on, and what runtimes take from elsewhere. */
const foreign = /\.(?:nondistributable|foreign)\./;

/** What a manifest names. @throws RegistryError for what is in no form of images */
export function neededBy(body: Buffer): Needed {
  const { manifests, config, layers } = mappingOf(body);
  if (Array.isArray(manifests)) return { manifests: manifests.map(descriptorOf), blobs: [] };
  const all = [config, ...(Array.isArray(layers) ? layers : [])];
  const blobs = all.filter(
    (each) => !foreign.test(String((each as { readonly mediaType?: unknown } | null)?.mediaType)),
  );
  return { manifests: [], blobs: blobs.map(descriptorOf) };
}

/** As it has to be sent. */
export function mediaTypeOf(body: Buffer, contentType: string | string[] | undefined): string {
  const { mediaType } = mappingOf(body);
  const said = [contentType ?? []].flat()[0]?.split(';')[0];
  return typeof mediaType === 'string' ? mediaType : (said ?? 'application/vnd.oci.image.manifest.v1+json');
}

function descriptorOf(each: unknown): Descriptor {
  const { digest, size } = (each ?? {}) as Readonly<Record<string, unknown>>;
  if (isDigest(digest) && Number.isSafeInteger(size) && Number(size) >= 0) return { digest, size: Number(size) };
  throw new RegistryError('it is in no form of images that are still pulled (schema 1?): push it anew');
}

function mappingOf(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // As what is no object.
  }
  throw new RegistryError('what the registry sent is no JSON');
}
