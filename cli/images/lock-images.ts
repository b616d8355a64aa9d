import { ImageLock, type LockedImage } from '../../core/images/lock';
import { parseImage } from '../../core/images/reference';
import { messageOf } from '../../core/message-of';
import type { Registries } from './registry';

/** How many images are asked for at a time. */
const atOnce = 16;

/** An image that nothing could be said of. */
export interface ImageFailure {
  readonly image: string;
  readonly reason: string;
}

/** What is to be locked. */
export interface LockRequest {
  /** The references that are used. */
  readonly used: readonly string[];
  /** Whether those are all of them, so that entries of others are old. */
  readonly isComplete: boolean;
  /** Which entries are renewed: all, or those of some references. */
  readonly renewed: 'all' | ReadonlySet<string>;
  /** Platforms that each image must have: `linux/arm64`. */
  readonly platforms: readonly string[];
}

/** A lock, and how it differs from the one before. */
export interface LockOutcome {
  readonly lock: ImageLock;
  readonly added: readonly string[];
  /** Those whose tags have moved. */
  readonly moved: readonly string[];
  readonly removed: readonly string[];
  readonly failures: readonly ImageFailure[];
}

/** Locks what is used: entries that are there stay, unless they are to be renewed. */
export async function lockImages(
  before: ImageLock,
  { used, isComplete, renewed, platforms }: LockRequest,
  registries: Pick<Registries, 'resolve'>,
  progress: (done: number, all: number) => void = () => undefined,
): Promise<LockOutcome> {
  const kept = isComplete ? used : [...new Set([...before.images.keys(), ...used])];
  const asked = kept.filter((image) => !before.images.has(image) || renewed === 'all' || renewed.has(image));
  const { found, failures } = await eachImage(asked, (image) => registries.resolve(image), progress);
  const entries = kept.flatMap((image): readonly (readonly [string, LockedImage])[] => {
    const locked = found.get(image) ?? before.images.get(image);
    return locked === undefined ? [] : [[image, locked]];
  });
  const lacking = entries.flatMap(([image, locked]) => lackingPlatforms(image, locked, platforms));
  return {
    lock: ImageLock.of(entries),
    added: [...found.keys()].filter((image) => !before.images.has(image)).sort(),
    moved: [...found]
      .filter(([image, { digest }]) => before.images.has(image) && before.images.get(image)?.digest !== digest)
      .map(([image]) => image)
      .sort(),
    removed: [...before.images.keys()].filter((image) => !kept.includes(image)),
    failures: [...failures, ...lacking],
  };
}

/** How a lock differs from what is used and from what registries have. */
export interface LockCheck {
  /** Used, and not locked. */
  readonly missing: readonly string[];
  /** Locked, and not used. */
  readonly unused: readonly string[];
  /** Locked with digests that their tags no longer stand for. */
  readonly moved: readonly string[];
  readonly failures: readonly ImageFailure[];
}

/** Compares a lock with what is used and what registries have. Changes nothing. */
export async function checkImages(
  lock: ImageLock,
  { used, isComplete, platforms }: Omit<LockRequest, 'renewed'>,
  registries: Pick<Registries, 'stillIs'>,
  progress: (done: number, all: number) => void = () => undefined,
): Promise<LockCheck> {
  const locked = isComplete ? [...lock.images.keys()] : used.filter((image) => lock.images.has(image));
  const { found, failures } = await eachImage(
    locked,
    (image, reference) => registries.stillIs(image, lock.images.get(reference)?.digest ?? ''),
    progress,
  );
  return {
    missing: used.filter((image) => !lock.images.has(image)).sort(),
    unused: isComplete ? locked.filter((image) => !used.includes(image)) : [],
    moved: [...found].filter(([, still]) => !still).map(([image]) => image),
    failures: [...failures, ...locked.flatMap((image) => lackingPlatforms(image, lock.images.get(image), platforms))],
  };
}

/** Asks for several at a time, in the order of the list. */
export async function eachImage<T>(
  images: readonly string[],
  ask: (image: NonNullable<ReturnType<typeof parseImage>>, reference: string) => Promise<T>,
  progress: (done: number, all: number) => void,
): Promise<{ readonly found: ReadonlyMap<string, T>; readonly failures: readonly ImageFailure[] }> {
  const found = new Map<string, T>();
  const failures = new Map<string, string>();
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let image = images[next++]; image !== undefined; image = images[next++]) {
      try {
        const parts = parseImage(image);
        if (parts === undefined) throw new Error('it is no image reference');
        found.set(image, await ask(parts, image));
      } catch (error) {
        failures.set(image, messageOf(error));
      }
      progress(++done, images.length);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, images.length) }, work));
  const inOrder = images.filter((image) => found.has(image));
  return {
    found: new Map(inOrder.map((image) => [image, found.get(image) as T])),
    failures: images.flatMap((image) => {
      const reason = failures.get(image);
      return reason === undefined ? [] : [{ image, reason }];
    }),
  };
}

/** `linux/arm64` is there where `linux/arm64/v8` is. */
function lackingPlatforms(
  image: string,
  locked: LockedImage | undefined,
  wanted: readonly string[],
): readonly ImageFailure[] {
  const has = locked?.platforms ?? [];
  const lacking = wanted.filter(
    (platform) => !has.some((each) => each === platform || each.startsWith(`${platform}/`)),
  );
  if (locked === undefined || lacking.length === 0) return [];
  return [{ image, reason: `it does not run on ${lacking.join(' and ')}: it is made for ${has.join(', ')}` }];
}
