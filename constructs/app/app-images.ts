import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { type ImageRegistry, inRegistry } from '../../core/images/image-registry';
import { ImageLock, LOCK_FILE } from '../../core/images/lock';
import { fromMirror } from '../../core/images/mirrors';
import { parseImage } from '../../core/images/reference';
import { messageOf } from '../../core/message-of';
import { describeInputError } from '../../core/report/check-report';
import type { DeclarationFault } from './declaration';

/**
 * The environment variable by which `bulwark images lock` asks a program for its images: a file that each is added to, a line each: as it is named, and
 * after a tab what it is called in the private registry, where it is pulled from there. Nothing is written but that.
 */
export const IMAGES_TO = 'KUBE_BULWARK_IMAGES_TO';

/** In place of a digest that is still to be found. */
const standIn = `sha256:${'0'.repeat(64)}`;

/** The images of an app: where each comes from in this cluster, and what its tag stands for. */
export class AppImages {
  /** What is wrong with the lock. */
  readonly faults: readonly DeclarationFault[];
  readonly #mirrors: Readonly<Record<string, string>>;
  readonly #registry: ImageRegistry | undefined;
  readonly #lock: ImageLock;
  readonly #recordTo: string | undefined;
  readonly #recorded = new Set<string>();

  /**
   * @param registry the private registry @default - none
   * @param lockFile the lock that must be there @default - `images.lock.json` in the current folder, where there is one
   */
  constructor(
    mirrors: Readonly<Record<string, string>>,
    registry: ImageRegistry | undefined,
    lockFile: string | undefined,
  ) {
    this.#mirrors = mirrors;
    this.#registry = registry;
    this.#recordTo = process.env[IMAGES_TO] || undefined;
    // An app without images is not the same as no app.
    if (this.#recordTo !== undefined) appendFileSync(this.#recordTo, '');
    // What is being made may be wrong, or not there yet.
    const { lock, faults } = this.isRecording ? { lock: ImageLock.empty, faults: [] } : readLock(lockFile);
    this.#lock = lock;
    this.faults = faults;
  }

  /** Whether the program runs to name its images, and writes nothing else. */
  get isRecording(): boolean {
    return this.#recordTo !== undefined;
  }

  /** Where an image is pulled from in this cluster: its mirror, or the private registry, or the reference as it is. */
  pulledAs(image: string): string {
    return this.#inRegistry(fromMirror(this.#mirrors, image));
  }

  /** The image as manifests have it: from where it is pulled, with the digest that the lock has for its tag. */
  pinned(image: string): string {
    // A copy has the digest of what it is a copy of: upstream's name stands in the lock, since upstream is asked.
    return this.#inRegistry(this.#withDigest(fromMirror(this.#mirrors, image)));
  }

  #inRegistry(image: string): string {
    return (this.#registry && inRegistry(this.#registry, image)) ?? image;
  }

  #withDigest(reference: string): string {
    if (this.#recordTo !== undefined) return this.#recordedIn(this.#recordTo, reference);
    // One fault of the lock is enough: its images are not reported, too.
    if (this.faults.length > 0) return withoutDigest(reference) ? `${reference}@${standIn}` : reference;
    return this.#lock.pinned(reference);
  }

  #recordedIn(file: string, reference: string): string {
    if (parseImage(reference) === undefined) return reference;
    if (!this.#recorded.has(reference)) {
      this.#recorded.add(reference);
      const held = this.#inRegistry(reference);
      appendFileSync(file, `${reference}${held === reference ? '' : `\t${held}`}\n`);
    }
    return withoutDigest(reference) ? `${reference}@${standIn}` : reference;
  }
}

/** What is no image at all is left to the rules. */
function withoutDigest(reference: string): boolean {
  const image = parseImage(reference);
  return image !== undefined && image.digest === undefined;
}

function readLock(named: string | undefined): {
  readonly lock: ImageLock;
  readonly faults: readonly DeclarationFault[];
} {
  if (named === undefined && !existsSync(LOCK_FILE)) return { lock: ImageLock.empty, faults: [] };
  const file = named ?? LOCK_FILE;
  const fault = (message: string, remedy: string): DeclarationFault => ({
    rule: 'prop-valid',
    property: 'imageLock',
    value: file,
    message,
    remedy,
  });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const command = named === undefined ? 'bulwark images lock' : `bulwark images lock --lock ${named}`;
    return {
      lock: ImageLock.empty,
      faults: [fault(`the lock of images cannot be read: ${messageOf(error)}`, `run \`${command}\``)],
    };
  }
  const result = ImageLock.parse(text, file);
  if ('lock' in result) return { lock: result.lock, faults: [] };
  const remedy = result.isNewer
    ? 'bring kube-bulwark up to date: an older one would write less than is in it'
    : 'mend the file, or have it written anew';
  return {
    lock: ImageLock.empty,
    faults: result.faults.map((each) => fault(describeInputError(each), remedy)),
  };
}
