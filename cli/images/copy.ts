import { heldBy } from '../../core/images/image-registry';
import { type ImageLock, LOCK_FILE } from '../../core/images/lock';
import { parseImage } from '../../core/images/reference';
import { spellingFault } from '../../core/registry/host';
import { plural } from '../../core/report/check-report';
import { visible } from '../../core/report/visible';
import { progressOn } from '../check/progress';
import { type ExitCode, type Terminal, UsageError } from '../command';
import { type AppImage, appCommand, imagesOfApp } from './app';
import { ImageCopier, type ImageCopy } from './copy-images';
import { lockCommand } from './lock-command';
import { eachImage } from './lock-images';
import type { ImagesValues } from './options';
import { readLock, registriesFor } from './settings';

/** What became of an image. */
interface Outcome {
  readonly to: string;
  readonly digest: string;
  /** `missing` where it would be copied. */
  readonly state: 'copied' | 'there' | 'missing';
  readonly blobs: number;
  readonly bytes: number;
}

/** A copy that is to be made: of an image, to a name. */
interface Wanted extends Required<AppImage> {
  readonly copy: ImageCopy;
}

/** `bulwark images copy`. */
export async function copyImages(
  values: ImagesValues,
  named: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const lock = readLock(values.lock ?? LOCK_FILE, false);
  const registries = registriesFor(values.ca ?? []);
  try {
    const wanted = new Map(
      wantedOf(await imagesToCopy(values, named, lock), lock, values).map((each) => [each.image, each]),
    );
    const copier = new ImageCopier(registries);
    const progress = progressOn(terminal, values.quiet === true, (done, all) => `copying: ${done} of ${all} images`);
    const { found, failures } = await eachImage(
      [...wanted.keys()],
      (_, image) => outcomeOf(wanted.get(image) as Wanted, copier, values['dry-run'] === true),
      progress.show,
    );
    progress.end();
    report(found, values.format === 'json', terminal);
    for (const { image, reason } of failures) terminal.err(`bulwark: ${visible(`${image}: ${reason}`)}\n`);
    if (failures.length === 0) return 0;
    terminal.err(`bulwark: ${plural(failures.length, 'image')} could not be copied: their tags are as they were\n`);
    return 2;
  } finally {
    await registries.close();
  }
}

async function outcomeOf({ held, copy }: Wanted, copier: ImageCopier, isDry: boolean): Promise<Outcome> {
  const { digest } = copy;
  const nothing = { to: held, digest, blobs: 0, bytes: 0 };
  if (await copier.isThere(copy)) return { ...nothing, state: 'there' };
  if (isDry) return { ...nothing, state: 'missing' };
  return { ...nothing, ...(await copier.copy(copy)), state: 'copied' };
}

const signs: Readonly<Record<Outcome['state'], string>> = { copied: '+', there: '=', missing: '?' };

function report(found: ReadonlyMap<string, Outcome>, isJson: boolean, { out }: Terminal): void {
  if (isJson) {
    out(`${JSON.stringify({ images: Object.fromEntries(found) }, undefined, 2)}\n`);
    return;
  }
  for (const { to, digest, state, blobs, bytes } of found.values()) {
    const sent = state === 'copied' ? `  ${plural(blobs, 'blob')}, ${(bytes / 1_000_000).toFixed(1)} MB` : '';
    out(`${visible(`${signs[state]} ${to}  ${digest.slice(0, 19)}…${sent}`)}\n`);
  }
  const count = (state: Outcome['state']) => [...found.values()].filter((each) => each.state === state).length;
  const missing = count('missing') > 0 ? `, ${count('missing')} to be copied` : '';
  out(`${plural(found.size, 'image')}: ${count('copied')} copied, ${count('there')} there already${missing}\n`);
}

/** By the command line, or by the lock, or by the app. */
async function imagesToCopy(
  { to, app }: ImagesValues,
  named: readonly string[],
  lock: ImageLock,
): Promise<readonly Required<AppImage>[]> {
  if (to !== undefined) {
    if (app !== undefined) throw new UsageError('--app says itself where its images belong: leave out --to');
    return imagesFor(to, named.length > 0 ? named : [...lock.images.keys()]);
  }
  if (named.length > 0) throw new UsageError('say where the images belong: --to registry.acme.example');
  const command = app ?? appCommand();
  if (command === undefined)
    throw new UsageError('there is no app in cdk8s.yaml here: name its command by --app, or the registry by --to');
  const held = (await imagesOfApp(command, false)).flatMap(({ image, held }) =>
    held === undefined ? [] : [{ image, held }],
  );
  if (held.length > 0) return held;
  throw new UsageError(
    'the app pulls nothing from a private registry: give it privateRegistry: { host, upstreams }, or name one by --to',
  );
}

/** @throws UsageError for what is no registry, and for what is no image */
function imagesFor(to: string, images: readonly string[]): readonly Required<AppImage>[] {
  const misspelt = [to, ...images.filter((image) => image.includes('/'))].flatMap((name) => {
    const fault = parseImage(name === to ? `${to}/image` : name) && spellingFault(name);
    return fault === undefined ? [] : [`${name === to ? '--to ' : ''}${name}: ${fault.message}: ${fault.remedy}`];
  });
  if (misspelt.length > 0) throw new UsageError(misspelt.join('\n'));
  if (parseImage(`${to}/image`)?.registry !== to)
    throw new UsageError(`--to ${to} is no registry: write its host alone, as registry.acme.example`);
  // What is in it is pulled as it is.
  const others = [...new Set(images)].filter((image) => parseImage(image)?.registry !== to);
  return others.map((image) => {
    const held = heldBy(to, image);
    if (held === undefined) throw new UsageError(`${JSON.stringify(image)} is no image reference`);
    return { image, held };
  });
}

/** @throws UsageError with every image of which it is not known what is to be copied */
function wantedOf(images: readonly Required<AppImage>[], lock: ImageLock, values: ImagesValues): readonly Wanted[] {
  const unknown: string[] = [];
  const wanted = images.flatMap(({ image, held }): readonly Wanted[] => {
    const [from, to] = [parseImage(image), parseImage(held)];
    const digest = from?.digest ?? lock.images.get(image)?.digest;
    if (from !== undefined && to !== undefined && digest !== undefined)
      return [{ image, held, copy: { from, to, digest, tag: from.tag } }];
    unknown.push(image);
    return [];
  });
  if (unknown.length > 0)
    throw new UsageError(
      `${unknown.map((image) => `${visible(image)} is not locked`).join('\n')}\nrun \`${lockCommand(values, values.to === undefined ? [] : unknown)}\` first: what is copied is what was reviewed`,
    );
  return wanted;
}
