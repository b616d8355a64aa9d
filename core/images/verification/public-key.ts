/** What kind of key a PEM holds. */
type PublicKey =
  | { readonly kind: 'rsa'; readonly bits: number }
  | { readonly kind: 'ec'; readonly curve: string }
  | { readonly kind: 'ed25519' };

/** What is wrong with it, and the way out. */
interface KeyProblem {
  readonly problem: string;
  readonly remedy: string;
}

const curves: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
};
const leastRsaBits = 2048;

/** A PEM's blocks: their labels, and what is in them. */
export function pemBlocks(text: string): readonly { readonly label: string; readonly base64: string }[] {
  const blocks = text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----\s*([\s\S]*?)-----END \1-----/g);
  return [...blocks].map(([, label = '', body = '']) => ({ label, base64: body.replaceAll(/\s/g, '') }));
}

/** Whether a text holds a private key of any kind, as a whole or cut off. */
export function holdsPrivateKey(text: string): boolean {
  return /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text);
}

/** Reads one public key (SubjectPublicKeyInfo, RFC 5280) that is strong enough for signatures of images. */
export function readPublicKey(text: string): PublicKey | KeyProblem {
  const paste = 'give what `cosign public-key --key …` prints, with its first and last line';
  if (holdsPrivateKey(text))
    return {
      problem: 'this is a private key, and whoever reads the manifest could sign with it',
      remedy: 'give the public key, and take the private one for lost: make another pair',
    };
  const blocks = pemBlocks(text);
  const [block] = blocks;
  if (block === undefined) return { problem: 'this is no PEM', remedy: paste };
  if (blocks.length > 1)
    return {
      problem: `there are ${blocks.length} keys in one text, of which only the first would count`,
      remedy: 'list a signer for each key',
    };
  if (block.label === 'CERTIFICATE')
    return { problem: 'this is a certificate, and not a key', remedy: 'give it as `certificate`, with its `chain`' };
  if (block.label !== 'PUBLIC KEY') return { problem: `a ${block.label} is no PUBLIC KEY`, remedy: paste };
  try {
    return judged(readSpki(block.base64));
  } catch {
    return { problem: 'the PEM holds no public key', remedy: paste };
  }
}

function judged(key: PublicKey): PublicKey | KeyProblem {
  if (key.kind === 'rsa' && key.bits < leastRsaBits)
    return {
      problem: `RSA of ${key.bits} bits can be broken`,
      remedy: `take ${leastRsaBits} bits or more, or ECDSA as \`cosign generate-key-pair\` does`,
    };
  if (key.kind === 'ec' && !Object.values(curves).includes(key.curve))
    return {
      problem: 'cosign does not know the curve of this key',
      remedy: `take ${Object.values(curves).join(', ')}`,
    };
  return key;
}

/** A DER value: its tag, what is in it, and where the next one begins. */
interface Value {
  readonly tag: number;
  readonly body: Uint8Array;
  readonly end: number;
}

function readSpki(base64: string): PublicKey {
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const whole = read(bytes, 0, 0x30);
  if (whole.end !== bytes.length) throw new Error('there is more behind the key');
  const algorithm = read(whole.body, 0, 0x30);
  const key = read(whole.body, algorithm.end, 0x03).body.subarray(1);
  const identifier = read(algorithm.body, 0, 0x06);
  switch (objectId(identifier.body)) {
    case '1.2.840.113549.1.1.1':
      return { kind: 'rsa', bits: bitsOf(read(read(key, 0, 0x30).body, 0, 0x02).body) };
    case '1.2.840.10045.2.1': {
      const id = objectId(read(algorithm.body, identifier.end, 0x06).body);
      return { kind: 'ec', curve: curves[id] ?? id };
    }
    case '1.3.101.112':
      if (key.length !== 32) throw new Error('Ed25519 has 32 bytes');
      return { kind: 'ed25519' };
    default:
      throw new Error('no algorithm of signatures');
  }
}

function read(bytes: Uint8Array, at: number, tag: number): Value {
  const first = bytes[at + 1];
  if (bytes[at] !== tag || first === undefined) throw new Error('unexpected');
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 3) throw new Error('too long');
  let length = count === 0 ? first : 0;
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
  const start = at + 2 + count;
  if (start + length > bytes.length) throw new Error('cut off');
  return { tag, body: bytes.subarray(start, start + length), end: start + length };
}

function objectId(bytes: Uint8Array): string {
  const [first = 0, ...rest] = bytes;
  const parts = [Math.floor(first / 40), first % 40];
  let value = 0;
  for (const byte of rest) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      parts.push(value);
      value = 0;
    }
  }
  return parts.join('.');
}

function bitsOf(integer: Uint8Array): number {
  const from = integer.findIndex((byte) => byte !== 0);
  if (from === -1) return 0;
  return (integer.length - from - 1) * 8 + (32 - Math.clz32(integer[from] ?? 0));
}
