import { existsSync, realpathSync } from 'node:fs';
import { imagesOf } from '../../core/images/images-of';
import { type ImageLock, LOCK_FILE } from '../../core/images/lock';
import { parseImage } from '../../core/images/reference';
import { messageOf } from '../../core/message-of';
import { spellingFault } from '../../core/registry/host';
import { describeInputErrors, plural } from '../../core/report/check-report';
import { visible } from '../../core/report/visible';
import { progressOn } from '../check/progress';
import { type Command, type ExitCode, type Terminal, UsageError } from '../command';
import { appCommand, imagesOfApp } from '../images/app';
import { copyImages } from '../images/copy';
import { lockCommand } from '../images/lock-command';
import { checkImages, type ImageFailure, type LockRequest, lockImages } from '../images/lock-images';
import { imagesOptions, type ImagesValues as Values } from '../images/options';
import type { Registries } from '../images/registry';
import { readLock, registriesFor } from '../images/settings';
import { readInputs } from '../input/read-inputs';
import { nearest } from '../nearest';
import { describeOptions, parseOptions } from '../options';
import { writeWhole } from '../write-whole';

/** `bulwark images`: what the tags of an app's images stand for, and copies of them. */
export const images: Command = {
  help: [
    'Usage: bulwark images lock [options] [image…]',
    '       bulwark images copy [options] [image…]',
    '',
    'Asks registries what the tags of images stand for, and writes the digests into images.lock.json, which the app then',
    'reads: a tag in code becomes a digest in the manifest. Commit the file; a change of it is a change of what runs.',
    'The images are those that are named, or else all that the app uses: its program is run, and writes nothing.',
    'Entries that are there stay as they are, unless --update; those that nothing uses any more go.',
    '',
    '  bulwark images lock',
    '  bulwark images lock --update docker.io/library/redis:7.4',
    '  bulwark images lock --check',
    '',
    'copy brings the images to the registry that the app pulls them from (its privateRegistry), or that --to names: by the digests',
    'of the lock, for all platforms, tags last. What is there already is not sent again.',
    '',
    '  bulwark images copy --dry-run',
    '  bulwark images copy --to registry.acme.example docker.io/library/redis:7.4',
    '',
    'Registries are asked over HTTPS, as whoever `docker login` or `podman login` says, by a proxy where HTTPS_PROXY names one.',
    '',
    describeOptions(imagesOptions),
    'Exit codes: 0; 1 --check found a difference; 2 a wrong command line, an app that does not synthesize, or an image that',
    'could not be found out about, so that nothing is written, or that could not be copied.',
    '',
  ].join('\n'),
  options: imagesOptions,
  words: ['lock', 'copy'],
  run: async (args, terminal) => {
    const { values, operands } = parseOptions(imagesOptions, args);
    const [verb, ...named] = operands;
    if (verb === undefined || !Object.hasOwn(verbs, verb)) throw new UsageError(verbHint(verb));
    const { run, isOption } = verbs[verb as Verb];
    const other = Object.keys(values).filter((name) => !isOption(name));
    if (other.length > 0) throw new UsageError(`bulwark images ${verb} takes no --${other.join(' and no --')}`);
    return run(values, named, terminal);
  },
};

type Verb = 'lock' | 'copy';

interface VerbInfo {
  readonly run: (values: Values, named: readonly string[], terminal: Terminal) => Promise<ExitCode>;
  readonly isOption: (name: string) => boolean;
}

const ofCopy = ['to', 'dry-run'];
const ofLock = ['check', 'update', 'from', 'platform'];
const verbs: Readonly<Record<Verb, VerbInfo>> = {
  lock: { run: runLock, isOption: (name) => !ofCopy.includes(name) },
  copy: { run: copyImages, isOption: (name) => !ofLock.includes(name) },
};

async function runLock(values: Values, named: readonly string[], terminal: Terminal): Promise<ExitCode> {
  if (values.check && values.update)
    throw new UsageError('--check changes nothing, and --update does: name one of them');
  refuseUnlockable(named);
  refusePlatforms(values.platform ?? []);
  const file = values.lock ?? LOCK_FILE;
  const before = readLock(file, values.update === true && named.length === 0);
  const registries = registriesFor(values.ca ?? []);
  try {
    const request = await requestOf(values, named, terminal);
    return await (values.check ? check : lock)({ values, file, before, request, registries, terminal });
  } finally {
    await registries.close();
  }
}

interface Run {
  readonly values: Values;
  readonly file: string;
  readonly before: ImageLock;
  readonly request: LockRequest;
  readonly registries: Registries;
  readonly terminal: Terminal;
}

async function lock({ values, file, before, request, registries, terminal }: Run): Promise<ExitCode> {
  const progress = progressOn(terminal, values.quiet === true, asking);
  const { lock: after, added, moved, removed, failures } = await lockImages(before, request, registries, progress.show);
  progress.end();
  if (failures.length > 0) return failed(failures, terminal, `${file} is as it was`);
  write(file, after.toString());
  if (values.format === 'json') {
    terminal.out(
      `${JSON.stringify({ file, images: Object.fromEntries(after.images), added, moved, removed }, undefined, 2)}\n`,
    );
    return 0;
  }
  const line = (sign: string, image: string, of: ImageLock) => {
    const { digest = '', platforms = [] } = of.images.get(image) ?? {};
    terminal.out(`${visible(`${sign} ${image}  ${digest.slice(0, 19)}…  ${platforms.join(', ')}`)}\n`);
  };
  for (const image of added) line('+', image, after);
  for (const image of moved) line('~', image, after);
  for (const image of removed) line('-', image, before);
  const counts = [
    plural(after.images.size, 'image'),
    `${added.length} added`,
    `${moved.length} moved`,
    `${removed.length} removed`,
  ];
  terminal.out(`${file}: ${counts.join(', ')}\n`);
  return 0;
}

async function check({ values, file, before, request, registries, terminal }: Run): Promise<ExitCode> {
  const progress = progressOn(terminal, values.quiet === true, asking);
  const { missing, unused, moved, failures } = await checkImages(before, request, registries, progress.show);
  progress.end();
  if (failures.length > 0) return failed(failures, terminal, 'the check is not done');
  const isRight = missing.length + unused.length + moved.length === 0;
  if (values.format === 'json') {
    terminal.out(`${JSON.stringify({ file, missing, unused, moved }, undefined, 2)}\n`);
    return isRight ? 0 : 1;
  }
  const remedyFor = (image: string): string => lockCommand(values, request.isComplete ? [] : [image]);
  for (const image of missing) terminal.out(`${visible(`${image} is used and not locked: ${remedyFor(image)}`)}\n`);
  for (const image of unused) terminal.out(`${image} is locked and not used: ${remedyFor(image)}\n`);
  for (const image of moved)
    terminal.out(
      `${image} is no longer ${before.images.get(image)?.digest}: the tag has moved. See why, then: ${lockCommand(values, [image], true)}\n`,
    );
  if (isRight) terminal.out(`${file}: ${plural(before.images.size, 'image')}, as registries have them\n`);
  return isRight ? 0 : 1;
}

function failed(failures: readonly ImageFailure[], { err }: Terminal, end: string): ExitCode {
  for (const { image, reason } of failures) err(`bulwark: ${visible(`${image}: ${reason}`)}\n`);
  err(`bulwark: ${plural(failures.length, 'image')} could not be locked: ${end}\n`);
  return 2;
}

function asking(done: number, all: number): string {
  return `asking: ${done} of ${all} images`;
}

/** What is used, by the command line, or by the app and the manifests. */
async function requestOf(values: Values, named: readonly string[], terminal: Terminal): Promise<LockRequest> {
  const platforms = values.platform ?? [];
  const renewed = values.update ? (named.length > 0 ? new Set(named) : 'all') : new Set<string>();
  if (named.length > 0) return { used: [...new Set(named)], isComplete: false, renewed, platforms };
  const from = values.from ?? [];
  const command = values.app ?? appCommand();
  if (command === undefined && from.length === 0)
    throw new UsageError(
      'there is no app in cdk8s.yaml here: name its command by --app, manifests by --from, or images',
    );
  const ofApp = command === undefined ? [] : (await imagesOfApp(command, from.length > 0)).map(({ image }) => image);
  const inputs = await readInputs(from, [], terminal);
  if (inputs.errors.length > 0) throw new UsageError(describeInputErrors(inputs.errors));
  const ofManifests = inputs.objects.flatMap(({ object }) => imagesOf(object));
  // What has a digest needs none.
  const used = [...new Set([...ofApp, ...ofManifests])].filter((image) => !image.includes('@')).sort();
  return { used, isComplete: true, renewed, platforms };
}

/** Where a link leads to, and not in place of the link. */
function write(file: string, text: string): void {
  try {
    writeWhole(existsSync(file) ? realpathSync(file) : file, text);
  } catch (error) {
    throw new UsageError(`${file} cannot be written: ${messageOf(error)}`);
  }
}

function refuseUnlockable(named: readonly string[]): void {
  const wrong = named.flatMap((image) => {
    const parts = parseImage(image);
    if (parts === undefined) return [`${JSON.stringify(image)} is no image reference`];
    // The lock is read by the names that apps write.
    const misspelt = image.includes('/') ? spellingFault(image) : undefined;
    if (misspelt !== undefined) return [`${image}: ${misspelt.message}: ${misspelt.remedy}`];
    return parts.digest === undefined ? [] : [`${image} has a digest already`];
  });
  if (wrong.length > 0)
    throw new UsageError(`${wrong.join('\n')}\nname images by their tags: docker.io/library/redis:7.4`);
}

function refusePlatforms(platforms: readonly string[]): void {
  const wrong = platforms.filter((platform) => !/^[a-z0-9]+\/[a-z0-9]+(?:\/[a-z0-9]+)?$/.test(platform));
  if (wrong.length > 0)
    throw new UsageError(`--platform ${wrong.join(', ')}: write it as linux/amd64 or linux/arm64/v8`);
}

function verbHint(verb: string | undefined): string {
  const known = Object.keys(verbs);
  if (verb === undefined) return `bulwark images takes a word: ${known.join(' or ')}`;
  const meant = nearest(verb, known);
  const hint = meant === undefined ? 'bulwark images lock takes images after it' : `did you mean '${meant}'?`;
  return `there is no 'bulwark images ${verb}': ${hint}`;
}
