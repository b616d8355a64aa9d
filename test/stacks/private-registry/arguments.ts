/** Arguments of every size and for every alternative, and what a stack of them registers. */
import { PrivateRegistry, type PrivateRegistryArgs } from '../../../stacks/private-registry';
import type { Registration } from '../../../stacks/render/collect';
import { run } from '../../support/pulumi/registered';
import { buckets } from '../log-pipeline/arguments';

export { buckets };

const digest = 'sha256:ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d';
const origin = 'mirror.acme.example';

/** Made up. */
export const passwords = { pusher: 'Xk4-made-up-by-nobody', puller: 'Yq7-made-up-by-nobody' } as const;

export const users = [
  { name: 'pusher', password: passwords.pusher },
  { name: 'puller', password: passwords.puller },
];

/** What it cannot be made without. */
export const basics: PrivateRegistryArgs = {
  kubernetesVersion: '1.36',
  distribution: 'kubeadm',
  owner: 'team-platform',
  images: { registry: `${origin}/registry@${digest}` },
  registries: [origin],
  issuer: 'internal',
  host: 'registry.acme.example',
  authentication: { kind: 'htpasswd', users },
  gatewayNamespace: 'gateway',
};

/** Tokens of a service. */
export const tokens = {
  kind: 'token',
  realm: 'https://auth.acme.example/token',
  service: 'registry.acme.example',
  issuer: 'auth.acme.example',
};

/** What tokens are signed by: made for these tests, whose private key nobody has. */
export const signer = `-----BEGIN CERTIFICATE-----
MIIBjDCCATKgAwIBAgIUcenBlKitvQBqRDv4Fw/bADN4COEwCgYIKoZIzj0EAwIw
HDEaMBgGA1UEAwwRYXV0aC5hY21lLmV4YW1wbGUwIBcNMjYxMTIyMDgxNjA4WhgP
MjEyNjEwMjkwODE2MDhaMBwxGjAYBgNVBAMMEWF1dGguYWNtZS5leGFtcGxlMFkw
EwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEmv800PkyhcC7HwREUFWrl8n6q1W0BE8j
tz9R05KHDAN/WtztGYK9UMBc/ZZxUluvNO4qX4vWsY0mDIRLcJl/saNQME4wHQYD
VR0OBBYEFAA7EpcDYrFsuDDVry5RnNyxb6VbMB8GA1UdIwQYMBaAFAA7EpcDYrFs
uDDVry5RnNyxb6VbMAwGA1UdEwEB/wQCMAAwCgYIKoZIzj0EAwIDSAAwRQIhAK+/
tu604ZAnqegV1+4/5vBLBswjB4pzOCg2JzsB1IYNAiBPnZEUV52iBiHNIfQ0gQma
ySCTy/wOwlg5O/pFHAEY9Q==
-----END CERTIFICATE-----
`;

/** An authority, made likewise. */
export const authority = `-----BEGIN CERTIFICATE-----
MIIBmjCCAT+gAwIBAgIUAQJiuod/l7VIbAogma5/FtGS1ucwCgYIKoZIzj0EAwIw
ITEfMB0GA1UEAwwWYXV0aG9yaXR5LmFjbWUuZXhhbXBsZTAgFw0yNjExMjIwODE2
MDhaGA8yMTI2MTAyOTA4MTYwOFowITEfMB0GA1UEAwwWYXV0aG9yaXR5LmFjbWUu
ZXhhbXBsZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABIK9W5sxv2eKHRsnraDI
KmqsKVOrRzh7wp5c7Ik+F2azw671+8KAK5rN8WKPxKkcgxce5r0utiJHiqP0CKLI
F2SjUzBRMB0GA1UdDgQWBBROhzFTmQ6LHKCrQu7hTg5G573iYzAfBgNVHSMEGDAW
gBROhzFTmQ6LHKCrQu7hTg5G573iYzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49
BAMCA0kAMEYCIQCxYTppRurwvmgdfT73ktDzDWR1H8NQ+kOCBG7Xl6EztwIhAMKM
fGQgv+EgrOcJxbxpJdVhSKLrHM0nQJpQAvxTC2zt
-----END CERTIFICATE-----
`;

const point = { x: 'mv800PkyhcC7HwREUFWrl8n6q1W0BE8jtz9R05KHDAM', y: 'f1rc7RmCvVDAXP2WcVJbrzTuKl-L1rGNJgyES3CZf7E' };

export const publicKey = { kty: 'EC', crv: 'P-256', kid: '1', use: 'sig', ...point };

const jwks = JSON.stringify({ keys: [publicKey] });

export const uploadSecret = 'zzz-made-up-and-long-enough-to-sign-uploads';

export const alternatives: Readonly<Record<string, Partial<PrivateRegistryArgs>>> = {
  'nothing else': {},
  'every argument': {
    volume: { gibibytes: 200, storageClass: 'fast' },
    garbageCollection: { weekdays: ['saturday', 'sunday'], at: '22:30', minutes: 120 },
    backup: { storageClass: 'elsewhere', at: '01:15', days: 30, gibibytes: 400, restore: '2026-11-20' },
    pullSecrets: [{ namespace: 'shop', user: 'puller' }],
    load: { pullsPerSecond: 4, imageGibibytes: 100 },
    prometheusNamespace: 'monitoring',
    ruleLabels: { release: 'monitoring' },
    runbooks: 'https://runbooks.example/#',
    host: 'registry.acme.example:8443',
  },
  'tokens by certificates': { authentication: { ...tokens, certificates: signer } },
  'tokens by keys': { authentication: { ...tokens, jwks } },
  'a bucket of S3': { distribution: 'eks', bucket: buckets.s3, uploadSecret },
  'a bucket of Google Cloud': { distribution: 'gke', bucket: buckets.gcs, uploadSecret },
  'a bucket of Azure': { distribution: 'aks', bucket: buckets.azure, uploadSecret, replicas: 3 },
  'Secrets that somebody else makes': {
    distribution: 'eks',
    bucket: buckets.s3,
    authentication: { kind: 'htpasswd', users: users.map(({ name }) => ({ name })) },
    pullSecrets: [{ namespace: 'shop', user: 'puller' }],
    secretsElsewhere: true,
  },
  'a bucket and one process': { distribution: 'eks', bucket: buckets.s3, replicas: 1 },
};

/** What a stack registers, as an update does. */
export function registered(args: Partial<PrivateRegistryArgs>): Promise<readonly Registration[]> {
  return run(() => new PrivateRegistry('images', { ...basics, ...args }), { preview: false });
}

const image = `${origin}/zot@${digest}`;

const login = {
  kind: 'oidc',
  issuer: 'https://login.acme.example/realms/acme',
  clientId: 'registry',
  secretName: 'registry-login',
  cidrs: ['203.0.113.20/32'],
};

const parts = ['nginx', 'portal', 'core', 'jobservice', 'registryctl', 'trivy', 'redis', 'exporter'];

/** What Harbor needs. */
export const harbor = {
  product: 'harbor',
  images: { registry: `${origin}/goharbor/registry@${digest}` },
  authentication: login,
  harbor: {
    images: Object.fromEntries(parts.map((part) => [part, `${origin}/goharbor/${part}@${digest}`])),
    database: { host: 'postgres.acme.example', user: 'harbor', cidrs: ['10.1.0.0/24'] },
    scanner: {
      databases: [`${origin}/aquasec/trivy-db`],
      javaDatabases: [`${origin}/aquasec/trivy-java-db`],
      cidrs: ['203.0.113.30/32'],
    },
  },
};

/** The alternatives of Harbor. */
export const harbors: Readonly<Record<string, Partial<PrivateRegistryArgs>>> = {
  'Harbor on a volume': harbor,
  'Harbor with a bucket, replicas and metrics': {
    ...harbor,
    distribution: 'eks',
    bucket: buckets.s3,
    prometheusNamespace: 'monitoring',
    harbor: {
      ...harbor.harbor,
      database: { ...harbor.harbor.database, port: 6432, name: 'images', authoritySecret: 'postgres-authority' },
      chart: 'oci://mirror.acme.example/charts/harbor',
    },
  },
};

/** The alternatives of zot. */
export const zots: Readonly<Record<string, Partial<PrivateRegistryArgs>>> = {
  'zot alone': { product: 'zot', images: { registry: image } },
  'zot with teams, held tags, upstreams and metrics': {
    product: 'zot',
    images: { registry: image },
    authentication: { kind: 'htpasswd', users: [...users, { name: 'prometheus', password: passwords.puller }] },
    teams: [{ name: 'shop', push: ['shop/**'], pull: ['base/*'], users: ['pusher'] }],
    immutableTags: ['**'],
    upstreams: [{ host: 'docker.io', allow: ['library/*'], cidrs: ['203.0.113.0/24'] }],
    pullSecrets: [{ namespace: 'shop', user: 'puller' }],
    metricsUser: 'prometheus',
    prometheusNamespace: 'monitoring',
    volume: { gibibytes: 200, storageClass: 'fast' },
  },
  'zot with a provider and machines': {
    product: 'zot',
    images: { registry: image },
    authentication: { ...login, users },
    teams: [{ name: 'shop', push: ['shop/**'], groups: ['team-shop'], users: ['puller', 'ann@acme.example'] }],
    pullSecrets: [{ namespace: 'shop', user: 'puller' }],
  },
  'zot with a bucket': { product: 'zot', images: { registry: image }, distribution: 'eks', bucket: buckets.s3 },
};
