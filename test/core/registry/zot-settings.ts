/** A zot of each kind. */
import type { RegistrySettings } from '../../../core/registry/settings';
import type { ZotOptions } from '../../../core/registry/zot';

export const basics: RegistrySettings = {
  host: 'registry.acme.example',
  listen: { address: '0.0.0.0', port: 5000 },
  tls: { certFile: '/etc/registry/tls/tls.crt', keyFile: '/etc/registry/tls/tls.key' },
  authentication: { kind: 'htpasswd', file: '/etc/registry/htpasswd' },
  teams: [],
  immutableTags: [],
  storage: { kind: 'volume', folder: '/var/lib/registry' },
  upstreams: [],
};

const options: ZotOptions = { folder: '/var/lib/registry' };

export const login = {
  kind: 'oidc',
  issuer: 'https://login.acme.example/realms/acme',
  clientId: 'registry',
  clientSecretFile: '/etc/registry/login.json',
  scopes: ['openid', 'email', 'groups'],
  groupsClaim: 'groups',
} as const;

const upstreams = [
  { host: 'docker.io', allow: ['library/*'] },
  { host: 'quay.example:8443', allow: ['prometheus/**', 'acme/tools'] },
];

const of = (changes: Partial<RegistrySettings>, more: Partial<ZotOptions> = {}) => ({
  settings: { ...basics, ...changes },
  options: { ...options, ...more },
});

export const alternatives: Readonly<Record<string, ReturnType<typeof of>>> = {
  'a volume and passwords': of({}),
  'teams, held tags and metrics': of(
    {
      teams: [
        { name: 'shop', users: ['ci'], groups: [], push: ['shop/**'], pull: ['base/*'] },
        { name: 'base', users: ['base'], groups: [], push: ['base/*'], pull: [] },
      ],
      immutableTags: ['shop/released'],
    },
    { metricsUser: 'prometheus' },
  ),
  'an OpenID provider': of({
    authentication: login,
    teams: [{ name: 'shop', users: [], groups: ['team-shop'], push: ['shop/**'], pull: [] }],
  }),
  upstreams: of({ upstreams }),
  'a bucket of S3': of({
    storage: {
      kind: 's3',
      bucket: 'acme-images',
      region: 'eu-central-1',
      kmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1',
    },
  }),
  'a bucket of Google Cloud': of({ storage: { kind: 'gcs', bucket: 'acme-images' } }),
  'a bucket of Azure, and upstreams': of({
    storage: { kind: 'azure', bucket: 'images', account: 'acmeimages' },
    upstreams,
  }),
};
