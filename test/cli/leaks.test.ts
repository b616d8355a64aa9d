import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { main } from '../../cli/main';
import { writeYaml } from '../../core/manifest/yaml/write';
import { formatIds } from '../../core/report/formats/ids';
import { base62, crc32 } from '../../core/secrets/leaks/checksums';

const folder = mkdtempSync(join(tmpdir(), 'bulwark-leaks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letters = (length: number, from = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789') =>
  fc.array(fc.constantFrom(...from), { minLength: length, maxLength: length }).map((each) => each.join(''));
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Secrets of every kind, and the part of each that nobody may see. */
const tokens: Readonly<Record<string, fc.Arbitrary<string>>> = {
  github: letters(30).map((body) => `ghp_${body}${base62(crc32(body), 6)}`),
  gitlab: letters(20).map((body) => `glpat-${body}`),
  aws: letters(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567').map((body) => `AKIAA${body.slice(1)}`),
  databricks: letters(32, '0123456789abcdef').map((body) => `dapi${body}`),
  jwt: letters(30).map((body) => `${base64url({ alg: 'HS256' })}.${base64url({ sub: body })}.${body}`),
  url: letters(16).map((body) => `postgres://app:${body}@db:5432/app`),
  pem: letters(96).map((body) => `-----BEGIN ${'PRIVATE'} KEY-----\n${body}\n-----END ${'PRIVATE'} KEY-----\n`),
};
/** What only its name gives away. */
const passwords = letters(14).map((body) => `pw${body}`);

const metadata = { name: 'it', namespace: 'shop' };
const pod = (container: object, more: object = {}, annotations: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { ...metadata, annotations },
  spec: { containers: [{ name: 'api', image: 'acme.example/api:1', ...container }], ...more },
});

/** Where a token is found whatever it is called. */
const anywhere: Readonly<Record<string, (secret: string) => object>> = {
  env: (value) => pod({ env: [{ name: 'A', value }] }),
  'env and its name': (value) => pod({ env: [{ name: value, value }] }),
  args: (value) => pod({ args: ['run', value] }),
  command: (value) => pod({ command: ['sudo', 'run', value] }),
  header: (value) => pod({ livenessProbe: { httpGet: { port: 80, host: 'a', httpHeaders: [{ name: 'A', value }] } } }),
  'label of a pod': (value) => ({ ...pod({}), metadata: { ...metadata, labels: { note: value } } }),
  'label of a Service': (value) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, labels: { note: value } },
    spec: { ports: [{ port: 80 }] },
  }),
  annotation: (value) => pod({}, {}, { note: value }),
  'a restricted field': (value) => pod({}, { restartPolicy: value, dnsPolicy: value }),
  exception: (value) => pod({}, {}, { 'exceptions.kube-bulwark.dev/image-digest': `${value}; expires 2026-12-01` }),
  'broken exception': (value) => pod({}, {}, { 'exceptions.kube-bulwark.dev/image-digest': `note; ${value}` }),
  ConfigMap: (value) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { note: value } }),
  'ConfigMap of JSON': (value) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { 'a.json': JSON.stringify({ note: value }) },
  }),
  'values of a chart': (value) => ({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata,
    spec: { values: { note: value } },
  }),
  'custom resource': (value) => ({ apiVersion: 'acme.example/v1', kind: 'Shop', metadata, spec: { list: [value] } }),
  'last applied': (value) => ({
    ...pod({}),
    metadata: {
      ...metadata,
      annotations: {
        'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(pod({ env: [{ name: 'A', value }] })),
      },
    },
  }),
  Secret: (value) => ({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { note: value }, type: 'Opaque' }),
};

/** Where a name gives a secret away. */
const named: Readonly<Record<string, (secret: string) => object>> = {
  env: (value) => pod({ env: [{ name: 'DB_PASSWORD', value }] }),
  argument: (value) => pod({ command: ['sudo', 'app', `--password=${value}`] }),
  'argument after its flag': (value) => pod({ command: ['sudo', 'app', '--password', value] }),
  'CSI driver': (value) =>
    pod({}, { volumes: [{ name: 'a', csi: { driver: 'a', volumeAttributes: { password: value } } }] }),
  ConfigMap: (value) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { DB_PASSWORD: value } }),
  'ConfigMap of YAML': (value) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { 'a.yaml': `db:\n  password: ${value}\n` },
  }),
  'values of a chart': (value) => ({
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata,
    spec: { values: { password: value } },
  }),
  Secret: (value) => ({ apiVersion: 'v1', kind: 'Secret', metadata, data: { note: btoa(value) }, type: 'Opaque' }),
};

/** The part of a secret that tells it, as it may be written. */
function written(secret: string): readonly string[] {
  const telling = /(?<=app:)[^@]+/.exec(secret)?.[0] ?? secret.split('\n')[1] ?? secret;
  const bytes = Buffer.from(telling);
  return [telling, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('hex'), encodeURIComponent(telling)];
}

async function outputOf(...args: readonly string[]): Promise<string> {
  let output = '';
  const add = (text: string): void => {
    output += text;
  };
  await main(['check', ...args], { out: add, err: add });
  return output;
}

async function outputsOf(object: object): Promise<string> {
  const file = join(folder, 'it.yaml');
  const baseline = join(folder, 'baseline.json');
  writeFileSync(file, writeYaml(object));
  const outputs: string[] = [];
  for (const format of formatIds) outputs.push(await outputOf('--format', format, file));
  outputs.push(await outputOf('--write-baseline', baseline, file), readFileSync(baseline, 'utf8'));
  outputs.push(await outputOf('--framework', 'pss-restricted', '--format', 'json', file));
  return outputs.join('\n');
}

async function expectHidden(object: object, secret: string): Promise<void> {
  const all = await outputsOf(object);
  for (const form of written(secret))
    expect(all.includes(form) ? all.slice(all.indexOf(form) - 200).slice(0, 300) : '').toBe('');
  expect(all).toMatch(/secret-|exception-valid/);
}

describe.each(Object.entries(anywhere))('a token in %s', (_place, make) => {
  it.each(Object.entries(tokens))('of the kind %s shows in no output', async (_kind, token) => {
    await fc.assert(
      fc.asyncProperty(token, (secret) => expectHidden(make(secret), secret)),
      { numRuns: 2 },
    );
  });
});

it.each(Object.entries(named))('a password in %s shows in no output', async (_place, make) => {
  await fc.assert(
    fc.asyncProperty(passwords, (secret) => expectHidden(make(secret), secret)),
    { numRuns: 5 },
  );
});

/** Where no rule about secrets looks: what the other rules show of it. */
const unasked: Readonly<Record<string, (secret: string) => object>> = {
  'an image': (value) => pod({ image: `https://ci:${value}@registry.acme.example/x` }),
  'an image without a scheme': (value) => pod({ image: `ci:${value}@registry.acme.example/x` }),
  'the image of an init container': (value) =>
    pod({}, { initContainers: [{ name: 'a', image: `http://:${value}:9@registry.acme.example/x` }] }),
  'an image of a custom resource': (value) => ({
    apiVersion: 'acme.example/v1',
    kind: 'Shop',
    metadata,
    spec: { template: { spec: { containers: [{ name: 'a', image: `oci://ci:${value}@registry.acme.example/x` }] } } },
  }),
};

it.each(Object.entries(unasked))('a password in %s shows in no output', async (_place, make) => {
  for (const secret of ['hunter2Canary9', 'kJ8s9Xq2Lm4Zt7Wv0p']) {
    const all = await outputsOf(make(secret));
    expect(all).toContain('<redacted>');
    for (const form of written(secret)) expect(all).not.toContain(form);
  }
});

it('a token in a type shows in no output', async () => {
  const secret = 'hvs.CAESIJx7Qm2Lk9Tz4WvB8nRcYd1HsPf3';
  const all = await outputsOf(pod({}, { volumes: [{ name: 'a', hostPath: { path: '/', type: secret } }] }));
  expect(all).not.toContain(secret);
});

it('the digest of an image is no password', async () => {
  const image = `acme.example/api:latest@sha256:${'a1'.repeat(32)}`;
  expect(await outputsOf(pod({ image: 'acme.example/api:latest' }))).toContain('acme.example/api:latest');
  expect(await outputsOf(pod({ image }))).not.toContain('<redacted>');
});

it('reports the password in the address of an image', async () => {
  expect(await outputsOf(pod({ image: 'https://ci:hunter2@registry.acme.example/x' }))).toMatch(/secret-leak/);
});
