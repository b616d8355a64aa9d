/** Forms of secrets that can be told from what only looks like one, without asking anybody. */

interface Checked {
  /** Everything that it is asked of. */
  readonly form: RegExp;
  /** Whether it can be one. */
  readonly isGenuine: (candidate: string) => boolean;
}

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32 of IEEE 802.3 over ASCII. */
export function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i++) crc = (table[(crc ^ text.charCodeAt(i)) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A number in base 62, as GitHub writes it. */
export function base62(number: number, length: number): string {
  let text = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / 62)) text = digits.charAt(rest % 62) + text;
  return text.padStart(length, '0');
}

/** Of which there are no more. */
const awsAccounts = 1e12;

/** Of an access key ID, the account; undefined for those from before 2019, which hold none. */
export function awsAccountOf(id: string): number | undefined {
  const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  if (base32.indexOf(id.charAt(4)) < base32.indexOf('Q')) return undefined;
  // 48 bits, of which the first and the last seven are none of the account's.
  let bits = 0n;
  for (const character of id.slice(4, 14)) bits = (bits << 5n) | BigInt(base32.indexOf(character));
  return Number(((bits >> 2n) & 0x7fffffffff80n) >> 7n);
}

/** JSON in base64url that says how a token is signed or encrypted. */
function isJoseHeader(text: string): boolean {
  try {
    const header: unknown = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
    return typeof header === 'object' && header !== null && 'alg' in header && typeof header.alg === 'string';
  } catch {
    return false;
  }
}

/** The least bytes of a private key: those of an Ed25519 key are 48. */
const SHORTEST_KEY = 32;

/** Whether between its lines there is what a key is made of, after headers of its own. */
function isPemKey(text: string): boolean {
  const body = text
    .replace(/^-----[^\n-]*-----/, '')
    .replace(/-----END.*$/s, '')
    // Texts in JSON, in texts in JSON, have more of them.
    .replace(/\\+[nr]/g, '\n')
    .replace(/\\+\//g, '/')
    .replace(/^\s*(?:[A-Za-z-]+: [^\n]*\n)+/, '')
    .replace(/\s+|=[\w+/]{4}\s*$/g, '');
  return /^[A-Za-z0-9+/]+=*$/.test(body) && body.length >= (SHORTEST_KEY * 4) / 3;
}

/**
 * What is not here has no checksum, or none that is published: Slack, Stripe, npm's granular tokens, GitHub's fine-grained ones and those of
 * its apps (`github_pat_`, `ghs_`), of which there are genuine ones without.
 */
const checked: readonly Checked[] = [
  {
    // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
    form: /\bgh[poru]_[A-Za-z0-9]{36}\b/g,
    isGenuine: (token) => base62(crc32(token.slice(4, -6)), 6) === token.slice(-6),
  },
  {
    // https://docs.gitlab.com/security/tokens/: routable tokens; lib/authn/token_field/generator/routable_token.rb
    form: /\bgl(?:pat-|rt-t\d_)[\w-]{27,300}\.[0-9a-z]{9}\b/g,
    isGenuine: (token) => crc32(token.slice(0, -7)).toString(36).padStart(7, '0') === token.slice(-7),
  },
  {
    // https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go: the bytes from the last to the first.
    form: /\bglsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}\b/g,
    isGenuine: (token) =>
      crc32(token.slice(0, -9)).toString(16).padStart(8, '0') ===
      (token.slice(-8).toLowerCase().match(/../g) ?? []).reverse().join(''),
  },
  {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: base 32; the account is part of it.
    form: /\bA[KS]IA[A-Z0-9]{16}\b/g,
    isGenuine: (id) => /^[A-Z2-7]*$/.test(id) && !id.endsWith('EXAMPLE') && (awsAccountOf(id) ?? 0) < awsAccounts,
  },
  {
    // RFC 7519, section 5.
    form: /(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/g,
    isGenuine: (token) => isJoseHeader(token.slice(0, token.indexOf('.'))),
  },
  {
    // RFC 7468. One that is cut off may be one.
    form: /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!-)){0,20000}-----END/g,
    isGenuine: isPemKey,
  },
];

/** What stands in a text in place of something that only looks like a secret. */
const placeholder = 'look-alike';

/** The text without what only looks like a secret: a token with a wrong checksum, a private key without a key. */
export function withoutLookAlikes(text: string): string {
  return checked.reduce(
    (rest, { form, isGenuine }) => rest.replace(form, (candidate) => (isGenuine(candidate) ? candidate : placeholder)),
    text,
  );
}
