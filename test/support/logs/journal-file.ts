/**
 * Files of a journal as systemd-journald writes them (https://systemd.io/JOURNAL_FILE_FORMAT/), without compression and keyed hashes: what
 * `journalctl` reads where no journald runs.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lack, lackUnless } from '../lack';

/** The fields of an entry: `MESSAGE`, `_SYSTEMD_UNIT`. */
export type JournalFields = Readonly<Record<string, string | Buffer>>;

/** Why no journal can be read here, if none can. */
export function journalctlLack(): Lack | undefined {
  const { error, status } = spawnSync('journalctl', ['--version'], { stdio: 'ignore' });
  return lackUnless(error === undefined && status === 0, 'the journal is read by journalctl, which is not here');
}

const kinds = { data: 1, field: 2, entry: 3, dataTable: 4, fieldTable: 5, entryArray: 6 } as const;
const headerSize = 240;
const buckets = 257;

/** A journal: each write is one more file, as after a rotation. */
export class Journal {
  readonly #sequence = randomBytes(16);
  readonly #machine = randomBytes(16);
  readonly #boot = randomBytes(16);
  readonly #folder: string;
  #seqnum = 0;
  #last = 0n;

  constructor(readonly folder: string) {
    this.#folder = join(folder, this.#machine.toString('hex'));
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Each entry has a time of its own. */
  write(entries: readonly JournalFields[]): void {
    const first = this.#seqnum + 1;
    const file = new JournalFile();
    for (const fields of entries) {
      const now = BigInt(Date.now()) * 1_000n;
      this.#last = now > this.#last ? now : this.#last + 1n;
      this.#seqnum++;
      file.add({ ...fields, _BOOT_ID: this.#boot.toString('hex') }, this.#seqnum, this.#last, this.#boot);
    }
    const bytes = file.bytes([randomBytes(16), this.#machine, this.#boot, this.#sequence]);
    const name = `system@${this.#sequence.toString('hex')}-${hex(BigInt(first))}-${hex(this.#last)}`;
    const path = join(this.#folder, `${name}.journal`);
    // Whole at once: whoever follows the folder reads a file as soon as it is there.
    writeFileSync(`${path}.new`, bytes);
    renameSync(`${path}.new`, path);
  }
}

function hex(of: bigint): string {
  return of.toString(16).padStart(16, '0');
}

interface Data {
  readonly offset: number;
  readonly hash: bigint;
  readonly bytes: Buffer;
  readonly entries: number[];
}

interface Entry {
  readonly offset: number;
  readonly seqnum: number;
  readonly time: bigint;
}

/** One file: its objects one after another, with the tables by which they are found in front. */
class JournalFile {
  readonly #objects: Buffer[] = [];
  readonly #data = new Map<string, Data>();
  readonly #fields = new Map<string, Data>();
  readonly #entries: Entry[] = [];
  readonly #tables: Readonly<Record<'data' | 'field', { readonly offset: number; readonly bytes: Buffer }>>;
  readonly #tails = new Map<string, Buffer>();
  #end = headerSize;
  #tail = 0;
  #arrays = 0;

  constructor() {
    const table = (kind: number) => {
      const bytes = this.#append(kind, 16 + 16 * buckets);
      return { offset: this.#tail, bytes };
    };
    this.#tables = { data: table(kinds.dataTable), field: table(kinds.fieldTable) };
  }

  add(fields: JournalFields, seqnum: number, time: bigint, boot: Buffer): void {
    const items = Object.entries(fields).map(([name, value]) => this.#item(name, Buffer.from(value)));
    items.sort((a, b) => a.offset - b.offset);
    const entry = this.#append(kinds.entry, 64 + 16 * items.length);
    entry.writeBigUInt64LE(BigInt(seqnum), 16);
    entry.writeBigUInt64LE(time, 24);
    entry.writeBigUInt64LE(time, 32);
    boot.copy(entry, 40);
    entry.writeBigUInt64LE(
      items.reduce((hash, item) => hash ^ item.hash, 0n),
      56,
    );
    for (const [i, { offset, hash, entries }] of items.entries()) {
      entry.writeBigUInt64LE(BigInt(offset), 64 + 16 * i);
      entry.writeBigUInt64LE(hash, 72 + 16 * i);
      entries.push(this.#tail);
    }
    this.#entries.push({ offset: this.#tail, seqnum, time });
  }

  bytes(ids: readonly Buffer[]): Buffer {
    for (const { bytes, entries } of this.#data.values()) {
      const [first = 0, ...others] = entries;
      bytes.writeBigUInt64LE(BigInt(first), 40);
      bytes.writeBigUInt64LE(BigInt(this.#array(others)), 48);
      bytes.writeBigUInt64LE(BigInt(entries.length), 56);
    }
    const array = this.#array(this.#entries.map(({ offset }) => offset));
    const [first, last] = [this.#entries[0], this.#entries.at(-1)];
    const header = Buffer.alloc(headerSize);
    header.write('LPKSHHRH', 'latin1');
    for (const [i, id] of ids.entries()) id.copy(header, 24 + 16 * i);
    const { data, field } = this.#tables;
    const numbers = [
      headerSize,
      this.#end - headerSize,
      data.offset + 16,
      16 * buckets,
      field.offset + 16,
      16 * buckets,
      this.#tail,
      this.#objects.length,
      this.#entries.length,
      last?.seqnum ?? 0,
      first?.seqnum ?? 0,
      array,
      first?.time ?? 0,
      last?.time ?? 0,
      last?.time ?? 0,
      this.#data.size,
      this.#fields.size,
      0,
      this.#arrays,
    ];
    for (const [i, of] of numbers.entries()) header.writeBigUInt64LE(BigInt(of), 88 + 8 * i);
    return Buffer.concat([header, ...this.#objects]);
  }

  /** The object of `name=value`, and that of its name, once for each. */
  #item(name: string, value: Buffer): Data {
    const payload = Buffer.concat([Buffer.from(`${name}=`), value]);
    const key = payload.toString('latin1');
    const known = this.#data.get(key);
    if (known !== undefined) return known;
    const field = this.#fields.get(name) ?? this.#hashed('field', this.#fields, name, Buffer.from(name));
    const made = this.#hashed('data', this.#data, key, payload);
    // The chain of all values of a field.
    made.bytes.writeBigUInt64LE(field.bytes.readBigUInt64LE(32), 32);
    field.bytes.writeBigUInt64LE(BigInt(made.offset), 32);
    return made;
  }

  #hashed(kind: 'data' | 'field', all: Map<string, Data>, key: string, payload: Buffer): Data {
    const before = kind === 'data' ? 64 : 40;
    const bytes = this.#append(kinds[kind], before + payload.length);
    payload.copy(bytes, before);
    const hash = hash64(payload);
    bytes.writeBigUInt64LE(hash, 16);
    const offset = this.#tail;
    const bucket = Number(hash % BigInt(buckets));
    const table = this.#tables[kind].bytes;
    const previous = this.#tails.get(`${kind} ${bucket}`);
    if (previous === undefined) table.writeBigUInt64LE(BigInt(offset), 16 + 16 * bucket);
    else previous.writeBigUInt64LE(BigInt(offset), 24);
    table.writeBigUInt64LE(BigInt(offset), 24 + 16 * bucket);
    this.#tails.set(`${kind} ${bucket}`, bytes);
    const made = { offset, hash, bytes, entries: [] };
    all.set(key, made);
    return made;
  }

  #array(offsets: readonly number[]): number {
    if (offsets.length === 0) return 0;
    const bytes = this.#append(kinds.entryArray, 24 + 8 * offsets.length);
    this.#arrays++;
    for (const [i, offset] of offsets.entries()) bytes.writeBigUInt64LE(BigInt(offset), 24 + 8 * i);
    return this.#tail;
  }

  #append(kind: number, size: number): Buffer {
    const bytes = Buffer.alloc(Math.ceil(size / 8) * 8);
    bytes.writeUInt8(kind, 0);
    bytes.writeBigUInt64LE(BigInt(size), 8);
    this.#objects.push(bytes);
    this.#tail = this.#end;
    this.#end += bytes.length;
    return bytes;
  }
}

const rotated = (of: number, by: number): number => (of << by) | (of >>> (32 - by));

/** Bob Jenkins' lookup3, `hashlittle2`: https://burtleburtle.net/bob/c/lookup3.c */
function hash64(bytes: Buffer): bigint {
  let a = (0xdeadbeef + bytes.length) | 0;
  let b = a;
  let c = a;
  let at = 0;
  for (; bytes.length - at > 12; at += 12) {
    a = (a + bytes.readInt32LE(at)) | 0;
    b = (b + bytes.readInt32LE(at + 4)) | 0;
    c = (c + bytes.readInt32LE(at + 8)) | 0;
    a = ((a - c) ^ rotated(c, 4)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ rotated(a, 6)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ rotated(b, 8)) | 0;
    b = (b + a) | 0;
    a = ((a - c) ^ rotated(c, 16)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ rotated(a, 19)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ rotated(b, 4)) | 0;
    b = (b + a) | 0;
  }
  const rest = Buffer.alloc(12);
  bytes.copy(rest, 0, at);
  a = (a + rest.readInt32LE(0)) | 0;
  b = (b + rest.readInt32LE(4)) | 0;
  c = (c + rest.readInt32LE(8)) | 0;
  c = ((c ^ b) - rotated(b, 14)) | 0;
  a = ((a ^ c) - rotated(c, 11)) | 0;
  b = ((b ^ a) - rotated(a, 25)) | 0;
  c = ((c ^ b) - rotated(b, 16)) | 0;
  a = ((a ^ c) - rotated(c, 4)) | 0;
  b = ((b ^ a) - rotated(a, 14)) | 0;
  c = ((c ^ b) - rotated(b, 24)) | 0;
  return (BigInt(c >>> 0) << 32n) | BigInt(b >>> 0);
}
