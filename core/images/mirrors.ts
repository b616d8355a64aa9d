import { covers } from './image-registry';
import { parseImage, withHubNamed } from './reference';

/**
 * An image as a cluster pulls it: from the mirror with the longest prefix of whole path components, of which a whole repository is one; as it is written
 * where no mirror covers it.
 *
 * @param mirrors where images come from instead, by prefix
 */
export function fromMirror(mirrors: Readonly<Record<string, string>>, image: string): string {
  const names = namesOf(image);
  let longest = '';
  let mirrored = image;
  for (const [given, mirror] of Object.entries(mirrors)) {
    const prefix = given.replace(/\/$/, '');
    if (prefix.length <= longest.length) continue;
    const name = names.find((each) => covers(prefix, each.repository));
    if (name === undefined) continue;
    longest = prefix;
    mirrored = `${mirror.replace(/\/$/, '')}${name.repository.slice(prefix.length)}${name.version}`;
  }
  return mirrored;
}

interface ImageName {
  /** With its registry. */
  readonly repository: string;
  /** `:tag@digest`, or what there is of it. */
  readonly version: string;
}

/** What an image is called: as it is written, and as Docker Hub has it, where `docker.io/redis` is `docker.io/library/redis`. */
function namesOf(image: string): readonly ImageName[] {
  const written = withHubNamed(image);
  // A colon before a slash is that of a port.
  const version = /(?::[^/@]*)?(?:@[^/]*)?$/.exec(written)?.[0] ?? '';
  const repository = written.slice(0, written.length - version.length);
  const completed = repository.startsWith('docker.io/') ? parseImage(written) : undefined;
  return [
    { repository, version },
    ...(completed === undefined ? [] : [{ repository: `docker.io/${completed.repository}`, version }]),
  ];
}
