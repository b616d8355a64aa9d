import { type SchemaFault, schemaFaults } from '../config/schema-faults';
import { hash } from '../hash';
import type { Json } from '../manifest/object';
import { isMapping } from '../manifest/plain';
import { readValue } from '../manifest/yaml/read-value';
import type { InputError } from '../report/check-report';
import { parseImage } from './reference';
import { lockfileVersion, lockSchema } from './schema';

/** The file that is read and written where none is named. */
export const LOCK_FILE = 'images.lock.json';

/** What a tag stood for when it was locked. */
export interface LockedImage {
  /** `sha256:…`: of the index where the image has several platforms, else of its manifest. */
  readonly digest: string;
  /** What it runs on, sorted: `linux/amd64`, `linux/arm64/v8`. */
  readonly platforms: readonly string[];
}

/** A lock, or everything that is wrong with its text. */
export type LockResult =
  | { readonly lock: ImageLock }
  | {
      readonly faults: readonly InputError[];
      /** Whether a newer kube-bulwark wrote it. */
      readonly isNewer: boolean;
    };

/** The digests of images by their references, as `images.lock.json` has them: what an app pulls, decided once and reviewed as a diff. */
export class ImageLock {
  static readonly empty = new ImageLock(new Map());

  /** @param images by the reference as a manifest would have it, without a digest: `docker.io/library/redis:7.4` */
  static of(images: Iterable<readonly [string, LockedImage]>): ImageLock {
    return new ImageLock(new Map([...images].sort(([a], [b]) => (a < b ? -1 : 1))));
  }

  /**
   * Reads a lock, which has to be as {@link toString} writes it.
   * @param source the file's name, for messages
   */
  static parse(text: string, source: string): LockResult {
    const unix = text.replaceAll('\r\n', '\n');
    const lock = fromJson(unix);
    if (lock?.toString() === unix) return { lock };
    // Positions cost the whole parser: only where there is something to say.
    const { value, faults, positionOf } = readValue(text, source);
    if (faults.length > 0) return { faults, isNewer: false };
    const found = lockFaults(value, renewed(source));
    const reason = `is not as \`bulwark images lock\` wrote it: ${renewed(source)}`;
    const wrong = found.length > 0 ? found : [{ path: [], reason }];
    return {
      faults: wrong.map(({ path, reason }) => ({ file: source, ...positionOf(path), reason })),
      isNewer: isNewer(value),
    };
  }

  readonly #images: ReadonlyMap<string, LockedImage>;

  private constructor(images: ReadonlyMap<string, LockedImage>) {
    this.#images = images;
  }

  /** Every entry, sorted by reference. */
  get images(): ReadonlyMap<string, LockedImage> {
    return this.#images;
  }

  /** The reference with its digest, `docker.io/library/redis:7.4@sha256:…`; as it is where it has one, or where there is no entry. */
  pinned(reference: string): string {
    const locked = this.#images.get(reference);
    return locked === undefined ? reference : `${reference}@${locked.digest}`;
  }

  /** The file: the same entries give the same bytes. */
  toString(): string {
    const images = Object.fromEntries(
      [...this.#images].map(([reference, { digest, platforms }]) => [
        reference,
        { digest, platforms, seal: sealOf(reference, { digest, platforms }) },
      ]),
    );
    return `${JSON.stringify({ lockfileVersion, images }, undefined, 2)}\n`;
  }
}

/** Of each entry, and not of the file: two branches that lock different images can be merged. */
function sealOf(reference: string, { digest, platforms }: LockedImage): string {
  return hash([reference, digest, ...platforms].join('\n'));
}

/** What to do about the lock of that file. */
function renewed(source: string): string {
  const command = `bulwark images lock --update${source === LOCK_FILE ? '' : ` --lock ${source}`}`;
  return `run \`${command}\`, which asks the registries anew, and review what it changes`;
}

/** Undefined for a text that is no lock. */
function fromJson(text: string): ImageLock | undefined {
  try {
    const value = JSON.parse(text) as Json;
    if (lockFaults(value, '').length > 0) return undefined;
    const { images } = value as unknown as LockFile;
    return ImageLock.of(Object.entries(images).map(([name, { digest, platforms }]) => [name, { digest, platforms }]));
  } catch {
    return undefined;
  }
}

interface LockFile {
  readonly images: Readonly<Record<string, LockedImage & { readonly seal: string }>>;
}

function versionOf(value: Json): Json | undefined {
  return isMapping(value) ? value.lockfileVersion : undefined;
}

function isNewer(value: Json): boolean {
  const version = versionOf(value);
  return typeof version === 'number' && version > lockfileVersion;
}

/** Everything that is wrong with a value as a lock. @param renew what to do about it */
function lockFaults(value: Json, renew: string): readonly SchemaFault[] {
  const version = versionOf(value);
  if (isNewer(value)) {
    const reason = `lockfileVersion ${version} is of a newer kube-bulwark, and this one reads ${lockfileVersion}: install that one`;
    return [{ path: ['lockfileVersion'], reason }];
  }
  const misshapen = schemaFaults(value, lockSchema);
  if (misshapen.length > 0) return misshapen;
  if (version !== lockfileVersion)
    return [{ path: ['lockfileVersion'], reason: `there is no lockfileVersion ${version}: ${renew}` }];
  return Object.entries((value as unknown as LockFile).images).flatMap(([reference, locked]) => {
    const path = ['images', reference];
    const image = parseImage(reference);
    if (image === undefined || image.digest !== undefined)
      return [{ path, reason: `${JSON.stringify(reference)} is no image without a digest: ${renew}` }];
    if (locked.seal !== sealOf(reference, locked))
      return [{ path: [...path, 'digest'], reason: `the entry of ${reference} was changed by hand: ${renew}` }];
    return [];
  });
}
