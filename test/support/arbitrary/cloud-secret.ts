/** Secrets of clouds: those that a workload can read as who it is, and those that nobody can. */
import {
  AwsSecretMount,
  AzureSecretMount,
  type CloudIdentity,
  GcpSecretMount,
  type SecretMount,
  SecretTemplate,
} from '../../../index';

const template = SecretTemplate.envFile({ DB_PASSWORD: 'password' });
const region = 'eu-central-1';
const operator = { delivery: 'operator' } as const;

type Login = CloudIdentity['login'];

const readable: { readonly [C in Login['cloud']]: (login: Extract<Login, { cloud: C }>) => readonly SecretMount[] } = {
  aws: ({ way }) => [
    AwsSecretMount.secretsManager('shop/db', { file: '/run/cloud/password', field: 'password', region }),
    AwsSecretMount.parameter('/shop/db', { file: '/run/cloud/db', region, version: 3 }),
    ...(way === 'irsa'
      ? [
          AwsSecretMount.secretsManager('shop/db', { file: '/run/cloud/db.env', template, region, ...operator }),
          AwsSecretMount.parameter('/shop/db', { file: '/run/cloud/db', region, version: 3, ...operator }),
        ]
      : []),
  ],
  gcp: () => [
    GcpSecretMount.secret('projects/acme-shop/secrets/db', { file: '/run/cloud/db.json', ...operator }),
    GcpSecretMount.secret('db', { file: '/run/cloud/password', field: 'password', project: 'acme-shop', ...operator }),
  ],
  azure: () => [
    AzureSecretMount.secret('acme-shop', 'db', { file: '/run/cloud/db' }),
    AzureSecretMount.certificate('acme-shop', 'tls', { file: '/run/cloud/tls.pem' }),
    AzureSecretMount.secret('acme-shop', 'db', { file: '/run/cloud/db.env', template, ...operator }),
  ],
};

/** Secrets that whoever logs in so can be given. */
export function readableCloudSecrets({ login }: CloudIdentity, windows: boolean): readonly SecretMount[] {
  const all = (readable[login.cloud] as (login: Login) => readonly SecretMount[])(login);
  const onWindows = (mount: SecretMount) =>
    mount instanceof AzureSecretMount ||
    ('options' in mount && (mount.options as { delivery?: string }).delivery === 'operator');
  return windows ? all.filter(onWindows) : all;
}

/** Secrets that cannot be asked for. */
export const unusableCloudSecrets: readonly SecretMount[] = [
  AwsSecretMount.secretsManager('shop/*', { file: '/run/cloud/all', region }),
  AwsSecretMount.secretsManager('shop/db', { file: '/run/cloud/db' }),
  AwsSecretMount.parameter('/shop/db', { file: '/run/cloud/db', region: 'Frankfurt' }),
  GcpSecretMount.secret('projects/acme-shop/secrets/db/versions/3', { file: '/run/cloud/db' }),
  AzureSecretMount.secret('acme--shop', 'db', { file: '/run/cloud/db' }),
];
