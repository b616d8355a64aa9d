import { copyBlob } from './copy-blob';
import { RegistryError } from './https';
import { type Descriptor, mediaTypeOf, neededBy } from './manifest';
import { accepted, type Place, type Registries, sha256 } from './registry';
import { Slots } from './slots';

/** How many blobs are on their way at a time. */
const blobsAtOnce = 8;

/** An image, and where its copy belongs. */
export interface ImageCopy {
  readonly from: Place;
  readonly to: Place;
  /** What is copied, whatever the tag stands for by now. */
  readonly digest: string;
  /** What the copy is called there. @default - by its digest alone */
  readonly tag?: string | undefined;
}

/** What was sent. */
export interface Sent {
  readonly blobs: number;
  readonly bytes: number;
}

/** Copies images by their digests: blobs first, then what names them, and the tag last, so that what is broken off is no image. */
export class ImageCopier {
  readonly #slots = new Slots(blobsAtOnce);
  /** By repository and digest: images of one repository share layers. */
  readonly #underway = new Map<string, Promise<void>>();

  constructor(private readonly registries: Registries) {}

  /** Whether there is nothing to do. */
  async isThere({ to, digest, tag }: ImageCopy): Promise<boolean> {
    if ((await this.#digestAt(to, digest)) === undefined) return false;
    return tag === undefined || (await this.#digestAt(to, tag)) === digest;
  }

  /** @throws RegistryError where it cannot be copied as a whole */
  async copy({ from, to, digest, tag }: ImageCopy): Promise<Sent> {
    const sent = { blobs: 0, bytes: 0 };
    await this.#copyManifest(from, to, digest, ({ size }) => {
      sent.blobs++;
      sent.bytes += size;
    });
    if (tag !== undefined && (await this.#digestAt(to, tag)) !== digest) {
      const { body, type } = await this.#manifest(to, digest);
      await this.#put(to, tag, body, type);
    }
    return sent;
  }

  async #copyManifest(from: Place, to: Place, digest: string, note: (blob: Descriptor) => void): Promise<void> {
    // A registry takes a manifest only after what it names.
    if ((await this.#digestAt(to, digest)) !== undefined) return;
    const { body, type } = await this.#manifest(from, digest);
    const { manifests, blobs } = neededBy(body);
    await all([
      ...manifests.map((each) => this.#copyManifest(from, to, each.digest, note)),
      ...blobs.map((each) => this.#copyBlob(from, to, each, note)),
    ]);
    await this.#put(to, digest, body, type);
  }

  #copyBlob(from: Place, to: Place, blob: Descriptor, note: (blob: Descriptor) => void): Promise<void> {
    const key = `${to.repository}@${blob.digest}`;
    const known = this.#underway.get(key);
    if (known !== undefined) return known;
    const copied = this.#slots.run(async () => {
      if (await this.#has(to, `blobs/${blob.digest}`)) return;
      await copyBlob(this.registries, from, to, blob);
      note(blob);
    });
    this.#underway.set(key, copied);
    return copied;
  }

  async #manifest(place: Place, digest: string): Promise<{ readonly body: Buffer; readonly type: string }> {
    const headers = { accept: accepted.join(', ') };
    const answer = await this.registries.ask(place, `manifests/${digest}`, { method: 'GET', headers });
    if (answer.status !== 200) throw await this.registries.refusal(place, answer, 'pull');
    if (sha256(answer.body) !== digest) throw new RegistryError(`what ${place.registry} sent is not ${digest}`);
    return { body: answer.body, type: mediaTypeOf(answer.body, answer.headers['content-type']) };
  }

  async #put(to: Place, reference: string, body: Buffer, type: string): Promise<void> {
    const headers = { 'content-type': type };
    const answer = await this.registries.ask(to, `manifests/${reference}`, { method: 'PUT', headers, body });
    if (answer.status !== 201) throw await this.registries.refusal(to, answer, 'push');
    const said = answer.headers['docker-content-digest'];
    if (said !== undefined && said !== sha256(body))
      throw new RegistryError(`${to.registry} took it for ${said}, and it is ${sha256(body)}`);
  }

  /** What a tag or a digest stands for in the registry; undefined where it has none. */
  async #digestAt(to: Place, reference: string): Promise<string | undefined> {
    const answer = await this.#head(to, `manifests/${reference}`);
    const said = [answer?.headers['docker-content-digest'] ?? []].flat()[0];
    return answer === undefined ? undefined : (said ?? (reference.includes(':') ? reference : ''));
  }

  async #has(to: Place, path: string): Promise<boolean> {
    return (await this.#head(to, path)) !== undefined;
  }

  async #head(to: Place, path: string) {
    const answer = await this.registries.ask(to, path, {
      method: 'HEAD',
      headers: { accept: [...accepted, '*/*'].join(', ') },
    });
    if (answer.status === 200) return answer;
    if (answer.status === 404) return undefined;
    throw await this.registries.refusal(to, answer, 'push');
  }
}

/** Waits for all, so that nothing goes on when one has failed. */
async function all(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
