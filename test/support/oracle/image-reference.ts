/**
 * An image reference in its parts, by the grammar of the distribution project (github.com/distribution/reference), which
 * container runtimes use.
 */
export interface ImageReference {
  /**
   * Host and port of the registry, if the reference names one; without one a runtime takes its own default (Docker Hub).
   * As for Docker, a first component is a registry only if it contains `.` or `:` or is `localhost`.
   */
  readonly registry?: string;
  /** Repository without the registry: `library/redis`, `team/app`, `redis`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:` and 64, or `sha512:` and 128, lower-case hexadecimal digits. */
  readonly digest?: string;
}

/** A parsed reference, or why the text is none. */
export type ImageReferenceResult = { readonly reference: ImageReference } | { readonly reason: string };

const REPOSITORY_MAX = 255;
const TAG_MAX = 128;
/** Length of an encoded digest by its algorithm: those that the OCI image specification registers and runtimes take. */
const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };

const HOST_LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const REGISTRY = new RegExp(`^(?:${HOST_LABEL}(?:\\.${HOST_LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const REPOSITORY_COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const HEX = /^[0-9a-f]*$/;
const BARE_DIGEST = /^(?:[0-9a-f]{64}|@.*|sha(?:256|512):.*)$/;

/** Reads `[registry[:port]/]repository[:tag][@digest]`. */
export function parseImageReference(text: string): ImageReferenceResult {
  if (text === '') return { reason: 'it is empty' };
  if (BARE_DIGEST.test(text)) return { reason: 'a digest alone names no repository: write repository@sha256:…' };

  const [name, digest] = cut(text, '@');
  const [registry, rest] = splitRegistry(name);
  const [repository, tag] = cut(rest, ':');
  const reference: ImageReference = {
    ...(registry !== undefined && { registry }),
    repository,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  };
  const reason = referenceFault(reference);
  return reason === undefined ? { reference } : { reason };
}

function referenceFault({ registry, repository, tag, digest }: ImageReference): string | undefined {
  return (
    (registry === undefined ? undefined : registryFault(registry)) ??
    repositoryFault(repository, registry) ??
    (tag === undefined ? undefined : tagFault(tag)) ??
    (digest === undefined ? undefined : digestFault(digest))
  );
}

/** The reference as a manifest holds it; what {@link parseImageReference} read comes back letter for letter. */
export function formatImageReference({ registry, repository, tag, digest }: ImageReference): string {
  const name = registry === undefined ? repository : `${registry}/${repository}`;
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

function cut(text: string, separator: string): [before: string, after: string | undefined] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function splitRegistry(name: string): [registry: string | undefined, rest: string] {
  const [first, rest] = cut(name, '/');
  const isRegistry = rest !== undefined && (first === 'localhost' || /[.:]/.test(first));
  return isRegistry ? [first, rest] : [undefined, name];
}

function registryFault(registry: string): string | undefined {
  return REGISTRY.test(registry) ? undefined : `${quote(registry)} is not a host name with an optional port`;
}

function repositoryFault(repository: string, registry: string | undefined): string | undefined {
  if (repository === '') return 'it names no repository';
  if (repository !== repository.toLowerCase()) return `the repository ${quote(repository)} must be lower case`;
  // Runtimes count the `library/` that they put before a single name on Docker Hub.
  const hub = registry === undefined || registry === 'docker.io' || registry === 'index.docker.io';
  const length = repository.length + (hub && !repository.includes('/') ? 'library/'.length : 0);
  if (length > REPOSITORY_MAX) return `the repository has ${length} characters, at most ${REPOSITORY_MAX} are allowed`;
  const wrong = repository.split('/').find((component) => !REPOSITORY_COMPONENT.test(component));
  if (wrong === undefined) return undefined;
  return (
    `${quote(wrong)} in the repository ${quote(repository)} is not lower-case letters and digits ` +
    'with single separators (one of . _ __ or dashes) between them'
  );
}

function tagFault(tag: string): string | undefined {
  if (tag === '') return 'the tag after : is empty';
  if (tag.length > TAG_MAX) return `the tag has ${tag.length} characters, at most ${TAG_MAX} are allowed`;
  return TAG.test(tag)
    ? undefined
    : `the tag ${quote(tag)} may hold letters, digits, _, . and -, and starts with neither . nor -`;
}

function digestFault(digest: string): string | undefined {
  const [algorithm, encoded] = cut(digest, ':');
  const length = Object.hasOwn(DIGEST_LENGTHS, algorithm) ? DIGEST_LENGTHS[algorithm] : undefined;
  if (encoded === undefined || length === undefined)
    return `the digest ${quote(digest)} does not start with sha256: or sha512:`;
  if (!HEX.test(encoded)) return `the digest ${quote(digest)} is not lower-case hexadecimal`;
  return encoded.length === length ? undefined : `the ${algorithm} digest has ${encoded.length} digits, not ${length}`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
