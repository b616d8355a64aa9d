/** Lines that hold secrets of every kind, made anew for each run, and lines that only look like it. */
import { randomBytes, randomInt } from 'node:crypto';

/** Lines, and what of them nobody may find. */
export interface Planted {
  readonly kind: string;
  readonly lines: readonly string[];
  readonly secrets: readonly string[];
}

const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const letters = `${upper}${upper.toLowerCase()}`;
const digits = '0123456789';
const alphanumeric = `${letters}${digits}`;

function random(length: number, from = alphanumeric): string {
  return Array.from({ length }, () => from.charAt(randomInt(from.length))).join('');
}

/** A number of a card with the right check digit, or with a wrong one. */
export function cardNumber(prefix = '4', length = 16, right = true): string {
  const body = prefix + random(length - 1 - prefix.length, digits);
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const digit = Number(body.charAt(body.length - 1 - i)) * (i % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  const check = (10 - (sum % 10)) % 10;
  return `${body}${right ? check : (check + 3) % 10}`;
}

/** An account number with the right check digits, or with wrong ones. */
export function iban(country: string, bban: string, right = true): string {
  const numbers = `${bban}${country}00`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  const check = 98n - (BigInt(numbers) % 97n);
  return `${country}${String(right ? check : check > 50n ? check - 7n : check + 7n).padStart(2, '0')}${bban}`;
}

function inFours(text: string, by: string): string {
  return text.replace(/(.{4})(?=.)/g, `$1${by}`);
}

function base64Lines(count: number): readonly string[] {
  return Array.from({ length: count }, () => randomBytes(48).toString('base64'));
}

function jwt(): string {
  const part = (of: unknown): string => Buffer.from(JSON.stringify(of)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: random(12), aud: 'api' })}.${random(64)}`;
}

function one(line: (secret: string) => string, secret: string): Omit<Planted, 'kind'> {
  return { lines: [line(secret)], secrets: [secret] };
}

const kinds: Readonly<Record<string, (i: number) => Omit<Planted, 'kind'>>> = {
  'bearer token': (i) =>
    i % 2 === 0
      ? one((token) => `GET /v1 Authorization: Bearer ${token}`, random(40))
      : one((token) => `{"headers":{"authorization":"bearer ${token}"},"n":${i}}`, random(32)),
  'basic credentials': () => one((token) => `authorization: Basic ${token}`, randomBytes(24).toString('base64')),
  'JSON Web Token': () => one((token) => `session opened, id=${token}, user=7`, jwt()),
  'AWS access key': () => one((key) => `assumed (${key})`, `AKIA${random(16, `${upper}234567`)}`),
  'AWS secret key': () => one((key) => `AWS_SECRET_ACCESS_KEY=${key}`, random(40)),
  'Google API key': () => one((key) => `GET https://maps.example/api?key=${key}&v=2`, `AIza${random(35)}`),
  'Azure storage key': () =>
    one(
      (key) => `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${key};EndpointSuffix=x`,
      randomBytes(64).toString('base64'),
    ),
  'Entra client secret': () => one((key) => `using '${key}' to log in`, `${random(3)}8Q~${random(34)}`),
  'GitHub token': (i) =>
    one((token) => `remote: ${token}.`, i % 2 === 0 ? `ghp_${random(36)}` : `github_pat_${random(82)}`),
  'GitLab token': () => one((token) => `PRIVATE-TOKEN ${token}, ok`, `glpat-${random(20)}`),
  'Slack token': () =>
    one((token) => `slack said no to ${token}`, `xoxb-${random(12, digits)}-${random(12, digits)}${random(24)}`),
  'Stripe key': () => one((key) => `charge by [${key}]`, `sk_live_${random(24)}`),
  'npm token': () => one((token) => `//registry.example/:_authToken=${token}`, `npm_${random(36)}`),
  'Vault token': () => one((token) => `lease for ${token} renewed`, `hvs.${random(95)}`),
  'OpenBao token': (i) =>
    one((token) => (i % 2 === 0 ? `{"msg":"renewed '${token}'"}` : `lease of ${token}, 3 left`), `s.${random(24)}`),
  'private key in one line': () => {
    const secrets = base64Lines(3);
    return {
      lines: [`{"key":"-----BEGIN PRIVATE KEY-----\\n${secrets.join('\\n')}\\n-----END PRIVATE KEY-----\\n"}`],
      secrets,
    };
  },
  'private key line by line': () => {
    const secrets = base64Lines(4);
    const lines = ['-----BEGIN RSA PRIVATE KEY-----', ...secrets, '-----END RSA PRIVATE KEY-----'];
    return { lines, secrets };
  },
  'password in a URL': (i) =>
    one((password) => `dial postgres://app:${password}@db-${i}.example:5432/app failed`, random(18)),
  'password in JSON': (i) =>
    i % 2 === 0
      ? one((password) => `{"user":"app","password":"${password} and \\"more\\"","n":1}`, random(16))
      : one((password) => `{"body":"{\\"dbPassword\\":\\"${password}\\"}"}`, random(16)),
  'secret in a setting': () => one((secret) => `starting with client_secret=${secret} region=eu`, random(24)),
  'card number': (i) => {
    const number = [cardNumber('4'), cardNumber('53'), cardNumber('37', 15), cardNumber('6011')][i % 4] ?? '';
    const shown = i % 3 === 0 || number.length === 15 ? number : inFours(number, i % 3 === 1 ? ' ' : '-');
    // An id with a wrong check digit stands before it.
    return one((card) => `order ${cardNumber('4', 16, false)} paid by ${card}, thanks`, shown);
  },
  'account number': (i) => {
    const number = [
      iban('DE', random(18, digits)),
      iban('GB', `${random(4, upper)}${random(14, digits)}`),
      iban('FR', `${random(10, digits)}${random(11, `${upper}${digits}`)}${random(2, digits)}`),
    ][i % 3] as string;
    return one((account) => `transfer to ${account} at noon`, i % 2 === 0 ? number : inFours(number, ' '));
  },
};

/** Secrets of every kind. */
export function plant(ofEach: number): readonly Planted[] {
  return Object.entries(kinds).flatMap(([kind, make]) =>
    Array.from({ length: ofEach }, (_, i) => ({ kind, ...make(i) })),
  );
}

/** Lines that stay as they are. */
export function harmlessLines(): readonly string[] {
  return [
    `order ${cardNumber('4', 16, false)} shipped`,
    'trace 4539578763621486a is no number of a card, nor is 44539578763621486123',
    'at 1763750000123 and at 1763750000123456789, took 4.539578763621486 s',
    'request 4539578a-1486-4539-5787-636214861234 done',
    `account ${iban('DE', random(18, digits), false)} is unknown`,
    'GET /api/v1/namespaces/shop/secrets/db?resourceVersion=4539578 200',
    '{"objectRef":{"resource":"secrets","name":"db-password"},"annotations":{"authorization.k8s.io/decision":"allow"}}',
    'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'Basic functionality is there, and bearer authentication is required',
    'mail from ops@example.com',
    'metrics.processorTopologyFactory in apps.v1, s.processorTopologyFactoryBean too',
    'https://user@example.com/path and http://10.0.0.1:8080/x@y',
  ];
}
