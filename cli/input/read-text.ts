import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { reasonOf } from './find-files';

/** The most that is read of one source, in bytes: 200 times what etcd takes of one object. */
export const MOST_BYTES = 100 * 1024 * 1024;

/** A text, or why there is none. */
export type TextResult = { readonly text: string } | { readonly reason: string };

const TOO_LARGE = `it is larger than ${MOST_BYTES / 1024 / 1024} MB: split it into files, a part of the objects in each`;

/** The text of a file. Never throws for what the file is. */
export function readText(path: string): TextResult {
  try {
    const stats = statSync(path);
    if (stats.isFile() && stats.size > MOST_BYTES) return { reason: TOO_LARGE };
    return decode(readFileSync(path));
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

/** The text of a stream, to its end. */
export async function readStream(stream: AsyncIterable<Uint8Array>): Promise<TextResult> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > MOST_BYTES) return { reason: TOO_LARGE };
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks));
}

function decode(bytes: Buffer): TextResult {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return { reason: 'it is UTF-16 text: save it as UTF-8' };
  if (bytes.subarray(0, 8192).includes(0)) return { reason: 'it is a binary file, and no manifest' };
  if (!isUtf8(bytes)) return { reason: 'it is no UTF-8 text: save it as UTF-8' };
  return { text: bytes.toString('utf8') };
}
