import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../core/message-of';
import { RegistryError, tryUrl, UnansweredError, wholeOf } from './https';
import type { Descriptor } from './manifest';
import type { Place, Registries } from './registry';

const tries = 3;

/**
 * Has a blob sent from one repository to another, through memory that stays small. Tried again where one of them breaks off.
 * @throws RegistryError where it cannot be read or written, or is not what its digest says
 */
export async function copyBlob(registries: Registries, from: Place, to: Place, blob: Descriptor): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendBlob(registries, from, to, blob);
    } catch (error) {
      if (!(error instanceof UnansweredError) || attempt === tries) throw error;
      await sleep(250 * 2 ** attempt);
    }
  }
}

async function sendBlob(registries: Registries, from: Place, to: Place, { digest, size }: Descriptor): Promise<void> {
  const place = await beginUpload(registries, to);
  const source = await registries.open(from, `blobs/${digest}`);
  try {
    if (source.status !== 200)
      throw await registries.refusal(
        from,
        { ...source, body: await wholeOf(source.body, { host: from.registry }) },
        'pull',
      );
    const url = new URL(`${place.href}${place.search === '' ? '?' : '&'}digest=${digest}`);
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
    const body = Readable.from(checked(source.body, from, { digest, size }), { objectMode: false });
    const answer = await registries.upload(to, url, headers, body);
    if (answer.status === 201) return;
    const refusal = await registries.refusal(to, answer, 'push');
    // What let us in may have ended meanwhile, and the registry may be too busy.
    const mayPass = answer.status === 401 || answer.status === 429 || answer.status >= 500;
    throw mayPass ? new UnansweredError(refusal.message) : refusal;
  } finally {
    source.body.destroy();
  }
}

/** Where the registry wants to have a blob. */
async function beginUpload(registries: Registries, to: Place): Promise<URL> {
  const answer = await registries.ask(to, 'blobs/uploads/', { method: 'POST', headers: { 'content-length': '0' } });
  if (answer.status !== 202) throw await registries.refusal(to, answer, 'push');
  const location = [answer.headers.location ?? []].flat()[0] ?? '';
  const url = tryUrl(location, new URL(`https://${to.registry}`));
  if (url?.protocol !== 'https:')
    throw new RegistryError(
      `${to.registry} wants to have it sent to what is no HTTPS: nothing was; see its configuration for its own URL`,
    );
  return url;
}

/** What comes, but for the last piece until all of it is known to be right: a registry never has the whole of what is wrong. */
async function* checked(body: Readable, { registry }: Place, { digest, size }: Descriptor): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let seen = 0;
  let held: Buffer | undefined;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      hash.update(chunk);
      seen += chunk.length;
      if (seen > size) break;
      if (held !== undefined) yield held;
      held = chunk;
    }
  } catch (error) {
    throw new UnansweredError(`${registry} broke off: ${messageOf(error)}`);
  }
  if (seen !== size || `sha256:${hash.digest('hex')}` !== digest)
    throw new RegistryError(`what ${registry} sent is not ${digest}: it was not passed on`);
  if (held !== undefined) yield held;
}
