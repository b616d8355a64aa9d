import { base62, crc32 } from '../../../../../core/secrets/leaks/checksums';
import { container, object, pod, type RuleCases } from '../rule-cases';

export const env = (name: string, value: string) => container({ env: [{ name, value }] });
export const args = (...list: string[]) => container({ args: list });
export const secret = (properties: object) => object('v1', 'Secret', properties);
const kustomization = (generator: object) =>
  object('kustomize.config.k8s.io/v1beta1', 'Kustomization', { secretGenerator: [generator] });
/** As SOPS encrypts. */
const sealed = `ENC[AES256_GCM,data:qw==,iv:${'A'.repeat(43)}=,tag:${'A'.repeat(22)}==,type:str]`;
const applied = 'kubectl.kubernetes.io/last-applied-configuration';
const named = (name: string) => ({
  property: 'spec.containers[0].env[0].value',
  message: `the environment variable ${name} of container "api" holds a secret by its name`,
  container: 'api',
});

/** What has somebody else make a Secret of a type, and where it says so. */
const tokenMakers = (type: string) => {
  const template = { type, metadata: { annotations: { 'kubernetes.io/service-account.name': 'default' } } };
  const operated = { mount: 'secret', path: 'a', destination: { name: 'a', create: true, type } };
  const rows: readonly (readonly [apiVersion: string, kind: string, spec: object, property: string])[] = [
    ['bitnami.com/v1alpha1', 'SealedSecret', { template }, 'spec.template.type'],
    ['external-secrets.io/v1', 'ExternalSecret', { target: { template } }, 'spec.target.template.type'],
    [
      'external-secrets.io/v1',
      'ClusterExternalSecret',
      { externalSecretSpec: { target: { template } } },
      'spec.externalSecretSpec.target.template.type',
    ],
    ['secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', { ...operated, type: 'kv-v2' }, 'spec.destination.type'],
    ['secrets.hashicorp.com/v1beta1', 'VaultDynamicSecret', operated, 'spec.destination.type'],
    ['secrets.hashicorp.com/v1beta1', 'VaultPKISecret', { ...operated, role: 'a' }, 'spec.destination.type'],
    ['secrets.hashicorp.com/v1beta1', 'HCPVaultSecretsApp', { ...operated, appName: 'a' }, 'spec.destination.type'],
    [
      'secrets-store.csi.x-k8s.io/v1',
      'SecretProviderClass',
      {
        provider: 'vault',
        secretObjects: [
          { secretName: 'a', type: 'Opaque' },
          { secretName: 'b', type },
        ],
      },
      'spec.secretObjects[1].type',
    ],
  ];
  return rows.map(([apiVersion, kind, spec, property]) => ({
    name: `what makes a Secret of ${kind}`,
    object: object(apiVersion, kind, { spec }),
    property,
  }));
};

/** A pod that the injector is asked to put an agent into. */
const injected = (annotations: Readonly<Record<string, string>>, properties = {}, prefix = 'vault.hashicorp.com') =>
  pod(
    {
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name: 'api', ...properties }],
    },
    Object.fromEntries(
      Object.entries({ 'agent-inject': 'true', ...annotations }).map(([name, text]) => [`${prefix}/${name}`, text]),
    ),
  );
const ofInjector = (name: string, prefix = 'vault.hashicorp.com') => `metadata.annotations["${prefix}/${name}"]`;
const patch = (...operations: readonly object[]) => JSON.stringify(operations);
const tokenMount = { name: 'vault-token', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true };

export const token = (length: number) => 'aB3'.repeat(length).slice(0, length);

/** With the checksum that GitHub gives it. */
export const githubToken = (prefix = 'ghp_') => `${prefix}${token(30)}${base62(crc32(token(30)), 6)}`;
/** With the header that it has. */
export const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJ${token(20)}.${token(20)}`;

/** Assembled here, so that no scanner takes this file for a leak. */
const shapes: readonly (readonly [string, string])[] = [
  ['a private key', `-----BEGIN ${'RSA '}PRIVATE KEY-----\nMIIE\n`],
  ['an AWS access key', `AKIA${'ABCDEFGHIJKLMNOP'}`],
  ['a GitHub token', githubToken()],
  ['a GitHub token', `github_pat_${token(40)}`],
  ['a GitLab token', `glpat-${token(20)}`],
  ['a Slack token', `xoxb-${'1234567890'}-abc`],
  ['a Slack token', `https://hooks.slack.com/services/T${'000'}/B000/XXXX`],
  ['a Stripe key', `sk_live_${token(24)}`],
  ['a Google API key', `AIza${token(35)}`],
  ['a JSON Web Token', jwt],
  ['a URL with a password', 'postgres://app:hunter2@db:5432/app'],
  ['a URL with a password', 'redis://:hunter2@cache:6379'],
  ['a Vault token', `hvs.${token(24)}`],
  ['an npm token', `npm_${token(36)}`],
  ['a private key in base64', Buffer.from(`-----BEGIN ${'RSA '}PRIVATE KEY-----\nMIIE\n`).toString('base64')],
  ...[0, 1, 2].map(
    (pad) =>
      [
        'a private key in base64',
        Buffer.from(`${' '.repeat(pad)}-----BEGIN ${'EC '}PRIVATE KEY-----\nMIIE\n`).toString('base64'),
      ] as const,
  ),
  ...[
    ...['p', 'o', 'u', 's', 'r'].map((kind) => githubToken(`gh${kind}_`)),
    ...['a', 'b', 'e', 'o', 'p', 'r', 's'].map((kind) => `xox${kind}-${'1234567890'}-abcdefgh`),
    ...[`github_pat_${token(40)}`, `glpat-${token(20)}`, `AKIA${'ABCDEFGHIJKLMNOP'}`, `ASIA${'ABCDEFGHIJKLMNOP'}`],
    ...[`sk_live_${token(24)}`, `hvs.${token(24)}`, jwt],
  ].map((text) => ['a token in base64', Buffer.from(text).toString('base64')] as const),
  ['an Azure storage key', `DefaultEndpointsProtocol=https;AccountKey=${token(60)}==`],
];

const secretNames = [
  'PASSWORD',
  'DB_PASSWORD',
  'PGPASSWORD',
  'MYSQL_ROOT_PASSWD',
  'PASSWORD2',
  'DB_PASS',
  'DB_PWD',
  'DBPASS',
  'SMTPPASS',
  'PW',
  'DB_PW',
  'ROOTPW',
  'TOKEN',
  'GITHUB_TOKEN',
  'CLIENT_SECRET',
  'SECRET_KEY_BASE',
  'API_KEY',
  'APIKEY',
  'AWS_SECRET_ACCESS_KEY',
  'SSH_PRIVATE_KEY',
  'CREDENTIALS',
  'db-password',
  'client.secret',
  'apiKey',
  'dbPassword',
  'clientSecretValue',
  'authToken',
  'passwordSalt',
  'GH_PAT',
  'PASSCODE',
  'userPasscode',
  'BINDPW',
  'LDAP_BINDPW',
  'UNSEAL_KEY',
  'vaultUnsealKey',
  'RECOVERY_KEY',
  'STORAGE_KEY',
  'AZURE_STORAGE_KEY',
  'MNEMONIC',
  'SEED_PHRASE',
  'BEARER',
];

const innocentNames = [
  'TOKEN_SERVICE_ADDR',
  'PORT',
  'DB_PASSWORD_FILE',
  'TOKEN_PATH',
  'SECRET_NAME',
  'TOKEN_URL',
  'TOKEN_TTL',
  'tokenUrl',
  'secretName',
  'PASSWORDLESS',
  'TOKENIZER',
  'COMPASS',
  'BYPASS_CACHE',
  'SECRETARY',
  'KEYBOARD',
  'MONKEY',
  'AWS_ACCESS_KEY_ID',
  'AUTHOR',
  'PATTERN',
  'COMPAT',
  'DISPATCH',
  'EXPAT',
  'PAT_COUNT',
  'BEARER_METHODS',
  'PASSCODE_LENGTH',
  'RECOVERY_KEY_FILE',
];

/** What names and values say about a secret, and why that is none. */
const aboutSecrets: readonly (readonly [name: string, value: string, why: string])[] = [
  ['IMAGE_PULL_SECRET', 'regcred', 'the name of a Secret'],
  ['imagePullSecrets', 'regcred', 'the name of a Secret'],
  ['TLS_SECRET', 'web-tls', 'the name of a Secret'],
  ['INGRESS_TLS_SECRETS', 'web-tls', 'names of Secrets'],
  ['SECRET_VERSION', 'v3', 'which one of several'],
  ['PASSWORD_HASH', 'argon2id', 'how a password is kept'],
  ['PASSWORD', 'SCRAM-SHA-256', 'how a password is kept'],
  ['PASSWORD_HASHER', 'pbkdf2_sha256', 'how a password is kept'],
  ['PASSWORD_ENCRYPTION', 'own', 'how a password is kept'],
  ['TOKEN_AUDIENCES', 'api', 'whom a token is for'],
  ['TOKEN_SCOPES', 'read', 'what a token is for'],
  ['tokenScope', 'read', 'what a token is for'],
  ['TOKEN_BUCKET_SIZE', '10k', 'a token of another kind'],
  ['SECRET_MANAGER', 'aws', 'where secrets are'],
  ['VAULT_SECRET_MOUNT', 'kv-v2', 'where secrets are'],
  ['SECRETS_ENGINE', 'kv-v2', 'where secrets are'],
  ['PASSWORD_COMMAND', 'pass show db', 'how it is read'],
  ['AIRFLOW__SECRETS__BACKEND_KWARGS', '{"connections_path": "airflow"}', 'how secrets are read'],
  ['SECRET_ENV', 'DB', 'where it is'],
  ['STORAGE_KEY', 'my-app-theme', 'a key of what a browser stores'],
  ['BEARER', 'optional', 'a switch'],
  ['PAT', '*.txt', 'a pattern'],
  ['MNEMONIC', 'add', 'a word'],
  ['DB_PASSWORD', '***', 'a mask'],
  ['DB_PASSWORD', '"********"', 'a mask'],
  ['REPLACE', "password=[^ ]*,password=***'", 'how a log masks one'],
];

/** The same, next to them, where a secret stands after all. */
const secretsAfterAll: readonly (readonly [name: string, value: string, why: string])[] = [
  ['PULL_SECRET_TOKEN', 'hunter2', 'a token'],
  ['TLS_SECRET_KEY', 'hunter2', 'a key'],
  ['MTLS_SECRET_X', 'hunter2', 'no type of a Secret'],
  ['WEBHOOK_SECRET', 'regcred', 'a secret of no type'],
  ['PASSWORD_HASH', '$2b$10$N9qo8uLOickgx2ZMRZoMye', 'the hash can be tried against a list of words'],
  ['PASSWORD', 'argon2idx', 'more than the name of an algorithm'],
  ['PASSWORD', 'sha-2567', 'more than the name of an algorithm'],
  ['VERSION_SECRET', 'hunter2', 'the secret of a version'],
  ['MOUNT_PASSWORD', 'hunter2', 'the password for a mount'],
  ['passwordVersions2', 'hunter2', 'more than versions'],
  ['TOKEN_SIZES_X', 'hunter2', 'more than sizes'],
  ['MNEMONIC', 'legal winner thank year wave sausage', 'a phrase'],
  ['PASSWORD', '**hunter2', 'more than a mask'],
];

const innocentValues = [
  '',
  ' ',
  'true',
  'No',
  '8',
  '3600s',
  '-1.5',
  '/run/secrets/db',
  './secrets/db.txt',
  'C:\\secrets\\db.txt',
  '$(DB_PASSWORD)',
  `\${DB_PASSWORD}`,
  '$(A):$(B)',
  'vault:secret/data/db#password',
  'arn:aws:secretsmanager:eu-central-1:1:secret:db',
];

/** The API server asks of a token whose it is. */
const ofAccount = { name: 'it', annotations: { 'kubernetes.io/service-account.name': 'default' } };

/** A pod with a Secret in a volume, and one container or two. */
const mounted = (mounts: readonly object[], others?: readonly object[], items?: readonly object[]) =>
  pod({
    containers: [{ name: 'api', volumeMounts: mounts }, ...(others ? [{ name: 'proxy', volumeMounts: others }] : [])],
    volumes: [{ name: 'db', secret: { secretName: 'db', ...(items && { items }) } }],
  });
const helmRelease = (values: object) => object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { spec: { values } });
/** In the form that kubeseal writes: with RSA's 4,096 bits. */
const sealedValue = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(536, 7)]).toString('base64');
const sealedSecret = { spec: { encryptedData: { password: sealedValue, empty: '', later: '{{ .Values.db }}' } } };
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';
const earlier = JSON.stringify(object('v1', 'Service', { metadata: { name: 'it', labels: { note: githubToken() } } }));

/** For each rule of the folder, objects that keep it and objects that break it. */
export const secretsCases: Readonly<Record<string, RuleCases>> = {
  'secret-in-env': {
    compliant: [
      {
        name: 'a key of a ConfigMap',
        object: container({ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } }] }),
      },
      { name: 'a whole ConfigMap', object: container({ envFrom: [{ configMapRef: { name: 'a' } }] }) },
    ],
    violating: [
      {
        name: 'a key',
        object: container({
          env: [
            { name: 'A', value: 'a' },
            { name: 'P', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
          ],
        }),
        findings: [
          {
            property: 'spec.containers[0].env[1].valueFrom.secretKeyRef',
            message: 'container "api" has a key of the Secret "db" in its environment variable P',
            value: { name: 'db', key: 'password' },
            container: 'api',
          },
        ],
      },
      {
        name: 'a whole Secret',
        object: container({ envFrom: [{ configMapRef: { name: 'a' } }, { prefix: 'DB_', secretRef: { name: 'db' } }] }),
        findings: [
          {
            property: 'spec.containers[0].envFrom[1].secretRef',
            message: 'container "api" has the whole Secret "db" in its environment',
            value: { name: 'db' },
          },
        ],
      },
    ],
  },
  'secret-literal': {
    compliant: [
      ...innocentNames.map((name) => ({ name: `the name ${name}`, object: env(name, 'hunter2') })),
      ...aboutSecrets.map(([name, value, why]) => ({ name: `${name}=${value}: ${why}`, object: env(name, value) })),
      ...innocentValues.map((value) => ({
        name: `the value ${JSON.stringify(value)}`,
        object: env('DB_PASSWORD', value),
      })),
      { name: 'a URL whose password is put in later', object: env('DB', 'postgres://app:$(DB_PASSWORD)@db/app') },
      { name: 'a URL without a password', object: env('DB', 'postgres://app@db:5432/app') },
      { name: 'a time in a URL', object: env('DOC', 'https://acme.example:8443/a:b@c') },
      {
        name: 'what a client connects with, whose password is put in later',
        object: env('REDIS_ADDR', 'redis-cart:6379,password=$(REDIS_PASSWORD),ssl=true'),
      },
      { name: 'an address', object: env('MAIL', 'team@acme.example') },
      {
        name: 'arguments without secrets',
        object: args(
          '--port=8080',
          '--token-file=/run/token',
          '--password',
          '$(DB_PASSWORD)',
          '--secret',
          '--verbose',
          'TOKEN=$TOKEN',
        ),
      },
      {
        name: 'a script that reads a file',
        object: container({ command: ['sh', '-c', 'export TOKEN=$(cat /run/token); PASSWORD="$P" exec app'] }),
      },
    ],
    violating: [
      ...secretNames.map((name) => ({
        name: `the name ${name}`,
        object: env(name, 'hunter2'),
        findings: [named(name)],
      })),
      ...secretsAfterAll.map(([name, value, why]) => ({
        name: `${name}: ${why}`,
        object: env(name, value),
        findings: [named(name)],
      })),
      ...shapes.map(([what, value]) => ({
        name: `${what}: ${value.slice(0, 12)}…`,
        object: env('SETTING', value),
        findings: [
          {
            property: 'spec.containers[0].env[0].value',
            message: `the environment variable SETTING of container "api" looks like ${what}`,
          },
        ],
      })),
      {
        name: 'a secret inside of a setting',
        object: env('JAVA_OPTS', '-Xmx1g -Djavax.net.ssl.trustStorePassword=changeit'),
        findings: [
          {
            property: 'spec.containers[0].env[0].value',
            message:
              'the environment variable JAVA_OPTS of container "api" sets -Djavax.net.ssl.trustStorePassword, a secret by its name',
          },
        ],
      },
      {
        name: 'a connection string',
        object: env('DB', 'Server=db;User Id=sa;Password=hunter2;'),
        findings: [
          {
            property: 'spec.containers[0].env[0].value',
            message: 'the environment variable DB of container "api" sets Password, a secret by its name',
          },
        ],
      },
      {
        name: 'what a client of a cache connects with',
        object: env('REDIS_ADDR', 'redis-cart:6379,user=cart,password=hunter2'),
        findings: [
          {
            property: 'spec.containers[0].env[0].value',
            message: 'the environment variable REDIS_ADDR of container "api" sets password, a secret by its name',
          },
        ],
      },
      {
        name: 'an argument with =',
        object: args('--verbose', '--db-password=hunter2'),
        findings: [
          {
            property: 'spec.containers[0].args[1]',
            message: 'an argument of container "api" sets --db-password, a secret by its name',
            container: 'api',
          },
        ],
      },
      {
        name: 'an argument after its flag',
        object: container({ command: ['app', '--api-key', 'hunter2'] }),
        findings: [
          {
            property: 'spec.containers[0].command',
            message: 'an argument of container "api" is the value of a flag that is a secret by its name',
          },
        ],
      },
      {
        name: 'a script',
        object: container({ command: ['sh', '-c', 'export DB_PASSWORD="hunter2"; exec app'] }),
        findings: [
          {
            property: 'spec.containers[0].command[2]',
            message: 'an argument of container "api" sets DB_PASSWORD, a secret by its name',
          },
        ],
      },
      {
        name: 'a token in an annotation',
        object: { ...container({}), metadata: { name: 'api', annotations: { note: `glpat-${token(20)}` } } },
        findings: [
          {
            property: 'metadata.annotations.note',
            message: 'the annotation note of the pod looks like a GitLab token',
          },
        ],
      },
      {
        name: 'a token in an argument',
        object: args(`https://oauth2:${`glpat-${token(20)}`}@gitlab.example/app.git`),
        findings: [
          {
            property: 'spec.containers[0].args[0]',
            message: 'an argument of container "api" looks like a GitLab token',
          },
        ],
      },
    ],
  },
  'secret-in-manifest': {
    compliant: [
      { name: 'an empty Secret', object: secret({ data: {}, type: 'Opaque' }) },
      {
        name: 'a SealedSecret',
        object: object('bitnami.com/v1alpha1', 'SealedSecret', {
          spec: { encryptedData: { a: 'b' } },
          data: { a: 'b' },
        }),
      },
      { name: 'keys that an operator fills in', object: secret({ data: { a: '' }, stringData: { b: null } }) },
      { name: 'what SOPS has encrypted', object: secret({ stringData: { a: sealed, b: '' }, sops: { mac: sealed } }) },
      {
        name: 'a token that the cluster fills in',
        object: {
          ...secret({ type: 'kubernetes.io/service-account-token' }),
          metadata: { name: 'x', annotations: { 'kubernetes.io/service-account.name': 'api' } },
        },
      },
      {
        name: 'an encrypted Secret of which kubectl apply has kept what is encrypted',
        object: {
          ...secret({ sops: { mac: sealed } }),
          metadata: { name: 'x', annotations: { [applied]: JSON.stringify({ data: { a: sealed }, sops: {} }) } },
        },
      },
      {
        name: 'what kubectl apply has kept, and nobody can read',
        object: { ...secret({}), metadata: { name: 'x', annotations: { [applied]: '{"data":' } } },
      },
      { name: 'Secrets that Kustomize makes of files', object: kustomization({ files: ['password.txt'] }) },
      { name: 'keys of Kustomize without a value', object: kustomization({ literals: ['a=', "b=''"] }) },
      { name: 'a list that is none', object: { ...kustomization({}), secretGenerator: { literals: ['a=b'] } } },
      { name: 'a Secret of another group', object: object('acme.example/v1', 'Secret', { data: { a: 'b' } }) },
    ],
    violating: [
      {
        name: 'data',
        object: secret({ data: { password: 'aHVudGVyMg==' } }),
        findings: [
          {
            property: 'data',
            message: 'the Secret carries a value (password) that every reader of the manifest has',
            value: '<redacted>',
          },
        ],
      },
      {
        name: 'a text in place of a mapping',
        object: secret({ stringData: 'hunter2' }),
        findings: [
          {
            property: 'stringData',
            message: 'the Secret carries a text in place of a mapping, and every reader of the manifest has it',
            value: '<redacted>',
          },
        ],
      },
      {
        name: 'a list in place of a mapping',
        object: secret({ data: ['hunter2'] }),
        findings: [
          {
            property: 'data',
            message: 'the Secret carries a list in place of a mapping, and every reader of the manifest has it',
            value: '<redacted>',
          },
        ],
      },
      {
        name: 'a value that SOPS has left out',
        object: secret({ data: { a: sealed, password: 'aHVudGVyMg==' }, sops: { mac: sealed } }),
        findings: [
          {
            property: 'data',
            message: 'the Secret carries a value (password) that every reader of the manifest has',
            value: '<redacted>',
          },
        ],
      },
      {
        name: 'what looks encrypted, without what would decrypt it',
        object: secret({ data: { password: sealed } }),
        findings: [
          { property: 'data', message: 'the Secret carries a value (password) that every reader of the manifest has' },
        ],
      },
      {
        name: 'a number and a switch',
        object: secret({ stringData: { pin: 0, on: false } }),
        findings: [
          {
            property: 'stringData',
            message: 'the Secret carries 2 values (pin, on) that every reader of the manifest has',
          },
        ],
      },
      {
        name: 'what kubectl apply has kept of an encrypted Secret',
        object: {
          ...secret({ data: { a: sealed }, sops: { mac: sealed } }),
          metadata: {
            name: 'x',
            annotations: { [applied]: JSON.stringify({ data: { a: 'YQ==' }, stringData: { b: 'b' } }) },
          },
        },
        findings: [
          {
            property: `metadata.annotations["${applied}"]`,
            message:
              'what kubectl apply has kept of the Secret carries 2 values (a, b) that every reader of the manifest has',
            value: '<redacted>',
          },
        ],
      },
      ...['Kustomization', 'Component'].map((kind) => ({
        name: `literals of a ${kind}`,
        object: { ...kustomization({ name: 'db', literals: ['user=', 'password=hunter2', "token='x'"] }), kind },
        findings: [
          {
            property: 'secretGenerator[0].literals',
            message:
              'the Secret that Kustomize generates carries 2 values (password, token) that every reader of the manifest has',
            value: '<redacted>',
          },
        ],
      })),
      {
        name: 'data and stringData',
        object: secret({ data: { a: 'YQ==' }, stringData: { b: 'hunter2', c: 'd' } }),
        findings: [
          { property: 'data', message: 'the Secret carries a value (a) that every reader of the manifest has' },
          {
            property: 'stringData',
            message: 'the Secret carries 2 values (b, c) that every reader of the manifest has',
          },
        ],
      },
    ],
  },
  'secret-in-config': {
    compliant: [
      { name: 'settings', object: object('v1', 'ConfigMap', { data: { PORT: '80', DB_PASSWORD_FILE: '/run/db' } }) },
      {
        name: 'a file that names where secrets are',
        object: object('v1', 'ConfigMap', {
          data: { 'a.yaml': 'auth:\n  existingSecret: db\n  # password: hunter2\n  password: $(DB_PASSWORD)\n' },
        }),
      },
      { name: 'a file about secrets', object: object('v1', 'ConfigMap', { data: { 'secret.conf': 'a 1\nb 2\n' } }) },
    ],
    violating: [
      {
        name: 'a password',
        object: object('v1', 'ConfigMap', { data: { DB_PASSWORD: 'hunter2' } }),
        findings: [{ property: 'data.DB_PASSWORD', message: 'the value of DB_PASSWORD holds a secret by its name' }],
      },
      {
        name: 'a private key among bytes',
        object: object('v1', 'ConfigMap', {
          binaryData: {
            'logo.png': 'iVBORw0KGgo=',
            key: Buffer.from(`-----BEGIN ${'RSA '}PRIVATE KEY-----\nMIIE\n`).toString('base64'),
          },
        }),
        findings: [{ property: 'binaryData.key', message: 'the value of key looks like a private key in base64' }],
      },
      ...[
        ['YAML', 'db:\n  password: hunter2\n', 'password in line 2'],
        ['YAML with a block', 'db:\n  password: |\n    hunter2\n', 'password in line 2'],
        ['JSON', '{"db": {"password": "hunter2"}}', 'password'],
        ['JSON of Docker', '{"auths": {"acme.example": {"auth": "YWRtaW46aHVudGVyMg=="}}}', 'auth'],
        ['properties', 'spring.datasource.password : hunter2\nport = 1\n', 'spring.datasource.password in line 1'],
        ['INI', '[db]\npassword = hunter2\n', 'password in line 2'],
        ['a kubeconfig', 'users:\n- name: a\n  user:\n    token: hunter2-X\n', 'token in line 4'],
      ].map(([form, value, what]) => ({
        name: `a file of ${form}`,
        object: object('v1', 'ConfigMap', { data: { conf: value } }),
        findings: [{ property: 'data.conf', message: `the value of conf sets ${what}, a secret by its name` }],
      })),
      {
        name: 'a file that sets one',
        object: object('v1', 'ConfigMap', { data: { conf: 'port=1\npassword=hunter2\n' } }),
        findings: [{ property: 'data.conf', message: 'the value of conf sets password, a secret by its name' }],
      },
    ],
  },
  'secret-leak': {
    compliant: [
      { name: 'a label', object: object('v1', 'Service', { metadata: { name: 'it', labels: { app: 'it' } } }) },
      {
        name: 'labels that are about secrets',
        object: object('v1', 'Service', {
          metadata: {
            name: 'it',
            labels: {
              'app.kubernetes.io/part-of': 'password-manager',
              'acme.example/password': 'v2',
              password: 'rotated',
              'password-rotation': 'weekly',
              secret: 'true',
              token: 'api-v2',
              'secret-name': 'db-2',
              'pod-template-hash': '5d8f9c7b6',
            },
          },
        }),
      },
      {
        name: 'a token with a wrong checksum',
        object: object('v1', 'Service', { metadata: { name: 'it', labels: { note: `ghp_${token(36)}` } } }),
      },
      {
        name: 'what another rule reports',
        object: container({ env: [{ name: 'A', value: githubToken() }] }),
      },
      {
        name: 'a chart that names Secrets',
        object: helmRelease({ auth: { existingSecret: 'db', secretKeys: { passwordKey: 'password' }, password: '' } }),
      },
      {
        name: 'a custom resource that names a Secret',
        object: object('acme.example/v1', 'Shop', { spec: { passwordSecret: '$(DB)', existingSecret: 'db' } }),
      },
      {
        name: 'a custom resource with a list of secrets as a text',
        object: object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', {
          spec: { parameters: { secrets: '- resourceName: projects/1/secrets/db/versions/1\n  path: db-password\n' } },
        }),
      },
      { name: 'a status', object: object('acme.example/v1', 'Shop', { status: { password: 'hunter2' } }) },
      {
        name: 'which secrets a provider of the Secrets Store CSI driver brings',
        object: object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', {
          spec: {
            provider: 'gcp',
            parameters: { secrets: '- resourceName: "projects/x/secrets/db/versions/1"\n  path: "db"\n' },
          },
        }),
      },
      {
        name: 'where a secret is, and what its entry is called',
        object: object('external-secrets.io/v1', 'ExternalSecret', {
          spec: { data: [{ secretKey: 'db-2.json', remoteRef: { key: 'shop/db', property: 'password' } }] },
        }),
      },
      {
        name: 'what SOPS has encrypted, of any kind',
        object: {
          ...helmRelease({ auth: { password: sealed } }),
          sops: { mac: sealed, age: [{ recipient: 'age1x', enc: '-----BEGIN AGE ENCRYPTED FILE-----' }] },
        },
      },
      { name: 'what is sealed', object: object('bitnami.com/v1alpha1', 'SealedSecret', sealedSecret) },
    ],
    violating: [
      ...['hunter2', '48151623', `-----BEGIN ${'RSA '}PRIVATE KEY-----\nMIIE\n`].map((value) => ({
        name: `a SealedSecret with ${value.slice(0, 10)} in the clear`,
        object: object('bitnami.com/v1alpha1', 'SealedSecret', { spec: { encryptedData: { password: value } } }),
        findings: [
          { property: 'spec.encryptedData.password', message: 'the value of password is not what kubeseal writes' },
        ],
      })),
      ...['sops', 'encryptedData'].map((field) => ({
        name: `what a chart calls ${field}`,
        object: helmRelease({ [field]: { password: 'hunter2', key: `-----BEGIN ${'RSA '}PRIVATE KEY-----\nMIIE\n` } }),
        findings: [
          { property: `spec.values.${field}.password`, message: 'the value of password holds a secret by its name' },
          { property: `spec.values.${field}.key`, message: 'the value of key looks like a private key' },
        ],
      })),
      {
        name: 'a custom resource',
        object: object('acme.example/v1', 'Shop', { spec: { password: 'hunter2' } }),
        findings: [{ property: 'spec.password', message: 'the value of password holds a secret by its name' }],
      },
      {
        name: 'a template that a secret is filled into',
        object: object('external-secrets.io/v1', 'ExternalSecret', {
          spec: { target: { template: { data: { password: 'hunter2' } } } },
        }),
        findings: [
          {
            property: 'spec.target.template.data.password',
            message: 'the value of password holds a secret by its name',
          },
        ],
      },
      {
        name: 'values of a chart',
        object: helmRelease({ auth: { password: 'hunter2' }, extraEnv: [{ name: 'API_KEY', value: 'hunter2X' }] }),
        findings: [
          { property: 'spec.values.auth.password', message: 'the value of password holds a secret by its name' },
          { property: 'spec.values.extraEnv[0].value', message: 'the value of value holds a secret by its name' },
        ],
      },
      ...['password', 'db-password', 'API_TOKEN'].map((key) => ({
        name: `the label ${key}`,
        object: object('v1', 'Service', {
          metadata: { name: 'it', labels: { app: 'it', [key]: 'Hunter2' } },
          spec: { selector: { app: 'it' }, ports: [{ port: 80 }] },
        }),
        findings: [
          {
            property: key === 'db-password' ? `metadata.labels["${key}"]` : `metadata.labels.${key}`,
            message: `the label ${key} holds a secret by its name`,
          },
        ],
      })),
      {
        name: 'a label of pods',
        object: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { name: 'it' },
          spec: { template: { metadata: { labels: { password: 'hunter2' } }, spec: { containers: [] } } },
        },
        findings: [
          {
            property: 'spec.template.metadata.labels.password',
            message: 'the value of password holds a secret by its name',
          },
        ],
      },
      {
        name: 'a token in a label',
        object: object('v1', 'Service', { metadata: { name: 'it', labels: { note: githubToken() } } }),
        findings: [{ property: 'metadata.labels.note', message: 'the label note looks like a GitHub token' }],
      },
      {
        name: 'a token in an annotation of what has no pods',
        object: object('v1', 'Service', { metadata: { name: 'it', annotations: { note: jwt } } }),
        findings: [
          { property: 'metadata.annotations.note', message: 'the annotation note looks like a JSON Web Token' },
        ],
      },
      {
        name: 'a token behind what the cluster reads',
        object: container({ env: [{ name: 'A', value: `${' '.repeat(20_000)}${githubToken()}` }] }),
        findings: [
          { property: 'spec.containers[0].env[0].value', message: 'the value of value looks like a GitHub token' },
        ],
      },
      {
        name: 'a token that only gitleaks knows',
        object: container({ args: [`--with=dapi${'0123456789abcdef'.repeat(2)}`] }),
        findings: [
          {
            property: 'spec.containers[0].args[0]',
            message: 'the value of args looks like what gitleaks calls databricks-api-token',
          },
        ],
      },
      {
        name: 'values of a chart as a text',
        object: object('helm.cattle.io/v1', 'HelmChart', { spec: { valuesContent: 'auth:\n  password: hunter2\n' } }),
        findings: [
          {
            property: 'spec.valuesContent',
            message: 'the value of valuesContent sets password in line 2, a secret by its name',
          },
        ],
      },
      {
        name: 'a random value',
        object: container({ env: [{ name: 'SECRET_ID', value: 'q8Zr2Lx7Vn4Tb9Wk1Yp6' }] }),
        findings: [
          {
            property: 'spec.containers[0].env[0].value',
            message: 'the value of value is random, and called as secrets are',
            severity: 'warning',
          },
        ],
      },
      {
        name: 'an earlier version with a secret',
        object: object('v1', 'Service', { metadata: { name: 'it', annotations: { [lastApplied]: earlier } } }),
        findings: [
          {
            property: `metadata.annotations["${lastApplied}"]`,
            message: 'the annotation keeps an earlier version of the object, with a secret at metadata.labels.note',
          },
        ],
      },
    ],
  },
  'secret-volume': {
    compliant: [
      { name: 'a mounted Secret', object: mounted([{ name: 'db' }]) },
      { name: 'another volume', object: container({}, { volumes: [{ name: 'db', emptyDir: {} }] }) },
      { name: 'one file of it in each', object: mounted([{ name: 'db' }], [{ name: 'db', subPath: 'a' }]) },
      { name: 'the same keys in each', object: mounted([{ name: 'db' }], [{ name: 'db' }], [{ key: 'a', path: 'a' }]) },
    ],
    violating: [
      {
        name: 'a volume that nothing mounts',
        object: mounted([{ name: 'other' }]),
        findings: [
          { property: 'spec.volumes[0].name', message: 'volume "db" holds a Secret, and no container mounts it' },
        ],
      },
      {
        name: 'a projected Secret that nothing mounts',
        object: container({}, { volumes: [{ name: 'db', projected: { sources: [{ secret: { name: 'db' } }] } }] }),
        findings: [
          { property: 'spec.volumes[0].name', message: 'volume "db" holds a Secret, and no container mounts it' },
        ],
      },
      {
        name: 'a whole Secret in two containers',
        object: mounted([{ name: 'db' }], [{ name: 'db' }]),
        findings: [
          {
            property: 'spec.volumes[0].name',
            message: 'volume "db" shows every key of a Secret to more than one container',
            severity: 'info',
          },
        ],
      },
    ],
  },
  'storage-encryption': {
    compliant: [
      {
        name: 'encrypted',
        object: object('storage.k8s.io/v1', 'StorageClass', {
          provisioner: 'ebs.csi.aws.com',
          parameters: { encrypted: 'true' },
        }),
      },
      {
        name: 'a cloud that always encrypts',
        object: object('storage.k8s.io/v1', 'StorageClass', { provisioner: 'pd.csi.storage.gke.io' }),
      },
    ],
    violating: [undefined, { type: 'gp3' }, { encrypted: 'false' }].map((parameters) => ({
      name: JSON.stringify(parameters) ?? 'no parameters',
      object: object('storage.k8s.io/v1', 'StorageClass', {
        provisioner: 'ebs.csi.aws.com',
        ...(parameters && { parameters }),
      }),
      findings: [
        {
          property: 'parameters.encrypted',
          message: 'ebs.csi.aws.com encrypts the disks of the class only where the account demands it',
        },
      ],
    })),
  },
  'token-secret': {
    compliant: [
      { name: 'an opaque Secret', object: secret({ type: 'Opaque' }) },
      { name: 'no type', object: secret({}) },
      ...tokenMakers('Opaque').map(({ name, object }) => ({ name: `${name}, of another type`, object })),
    ],
    violating: [
      {
        name: 'a token',
        object: secret({ metadata: ofAccount, type: 'kubernetes.io/service-account-token' }),
        findings: [
          {
            property: 'type',
            message: 'the Secret asks for a ServiceAccount token that never expires',
            value: 'kubernetes.io/service-account-token',
          },
        ],
      },
      {
        name: 'a token with values',
        object: secret({ metadata: ofAccount, type: 'kubernetes.io/service-account-token', data: { token: 'YQ==' } }),
        findings: [{ property: 'type', message: 'the Secret asks for a ServiceAccount token that never expires' }],
      },
      ...tokenMakers('kubernetes.io/service-account-token').map(({ name, object, property }) => ({
        name,
        object,
        findings: [
          {
            property,
            message: 'the Secret that is made of it asks for a ServiceAccount token that never expires',
            value: 'kubernetes.io/service-account-token',
          },
        ],
      })),
    ],
  },
  'vault-agent': {
    compliant: [
      { name: 'no injector', object: injected({ 'agent-inject': 'false', 'agent-set-security-context': 'false' }) },
      { name: 'what the injector does by itself', object: injected({}) },
      { name: 'a user of its own', object: injected({ 'agent-run-as-user': '65532', 'agent-run-as-group': '65532' }) },
      { name: 'no token', object: injected({ 'agent-inject-token': 'false' }) },
      { name: 'an empty patch', object: injected({ 'agent-json-patch': '' }) },
      {
        name: 'a patch that hardens',
        object: injected({
          'agent-json-patch': patch(
            { op: 'add', path: '/securityContext/seccompProfile', value: { type: 'RuntimeDefault' } },
            { op: 'test', path: '/name', value: 'vault-agent' },
            { op: 'add', path: '/resources/limits', value: {} },
            { op: 'add', path: '/securityContext/capabilities/drop/-', value: 'KILL' },
          ),
        }),
      },
      {
        name: 'the token of the agent where its cache looks for it',
        object: injected({
          'agent-service-account-token-volume-name': 'vault-token',
          'agent-json-patch': patch({ op: 'add', path: '/volumeMounts/-', value: tokenMount }),
        }),
      },
      {
        name: 'a token that only the agent mounts',
        object: injected(
          { 'agent-service-account-token-volume-name': 'vault-token' },
          { volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }] },
        ),
      },
    ],
    violating: [
      {
        name: 'no security context',
        object: injected({ 'agent-set-security-context': 'false' }),
        findings: [
          {
            property: ofInjector('agent-set-security-context'),
            value: 'false',
            message:
              'the injected containers get no security context: they run as their image says, with what the runtime gives',
          },
        ],
      },
      {
        name: 'root',
        object: injected({ 'agent-run-as-user': '0' }),
        findings: [
          {
            property: ofInjector('agent-run-as-user'),
            value: '0',
            message: 'container "vault-agent" says that it may run as root',
          },
          {
            property: ofInjector('agent-run-as-user'),
            value: '0',
            message: 'container "vault-agent" runs as user 0, which is root',
          },
        ],
      },
      {
        name: 'a privileged agent',
        object: injected({
          'agent-json-patch': patch({ op: 'add', path: '/securityContext/privileged', value: true }),
        }),
        findings: [{ property: ofInjector('agent-json-patch'), message: 'container "vault-agent" is privileged' }],
      },
      {
        name: 'a privileged init agent of OpenBao',
        object: injected(
          { 'agent-init-json-patch': patch({ op: 'replace', path: '/securityContext', value: { privileged: true } }) },
          {},
          'openbao.org',
        ),
        findings: [
          'container "vault-agent" is privileged',
          'container "vault-agent" allows privilege escalation, which is the default',
          'container "vault-agent" does not drop all capabilities',
          'container "vault-agent" may run as root: neither it nor its pod sets runAsNonRoot',
          'container "vault-agent" can write to its root file system',
        ].map((message) => ({ property: ofInjector('agent-init-json-patch', 'openbao.org'), message })),
      },
      ...(
        [
          ['{', 'the patch is no list of operations in JSON'],
          ['{}', 'the patch is no list of operations in JSON'],
          ['["a"]', 'the patch is no list of operations in JSON'],
          ...[
            { op: 'add', path: '/volumeMounts/-', value: { ...tokenMount, name: 'other' } },
            { op: 'add', path: '/volumeMounts/-', value: { ...tokenMount, readOnly: false } },
            { op: 'add', path: '/volumeMounts/-', value: 'vault-token' },
            { op: 'replace', path: '/volumeMounts/-', value: tokenMount },
            { op: 'add', path: '/volumeMounts/0', value: tokenMount },
          ].map(
            (operation) =>
              [
                patch(operation),
                'the patch changes volumeMounts of the injected container, which nobody judges',
                { 'agent-service-account-token-volume-name': 'vault-token' },
              ] as const,
          ),
          [
            patch({ op: 'add', path: '/volumeMounts/-', value: { ...tokenMount } }),
            'the patch changes volumeMounts of the injected container, which nobody judges',
          ],
          [
            patch({ op: 'add', path: '/env/-', value: {} }),
            'the patch changes env of the injected container, which nobody judges',
          ],
          [
            patch({ op: 'replace', path: '', value: {} }),
            'the patch changes the whole container of the injected container, which nobody judges',
          ],
          [
            patch({ op: 'copy', from: '/x', path: '/resources' }),
            'the patch changes resources of the injected container, which nobody judges',
          ],
          [
            patch({ op: 'copy', from: '/x', path: '/securityContext' }),
            'the patch has an operation at /securityContext that cannot be judged',
          ],
          [
            patch({ op: 'add', path: '/securityContext/a/b', value: 1 }),
            'the patch has an operation at /securityContext/a/b that cannot be judged',
          ],
          [
            patch({ op: 'add', path: '/securityContext/capabilities/drop/7', value: 'x' }),
            'the patch has an operation at /securityContext/capabilities/drop/7 that cannot be judged',
          ],
          [
            patch({ op: 'remove', path: '/securityContext/capabilities/drop/0' }),
            'container "vault-agent" does not drop all capabilities',
          ],
          [
            patch({ op: 'remove', path: '/securityContext/readOnlyRootFilesystem' }),
            'container "vault-agent" can write to its root file system',
          ],
        ] as readonly (readonly [text: string, message: string, annotations?: Readonly<Record<string, string>>])[]
      ).map(([text, message, annotations = {}]) => ({
        name: `the patch ${text}`,
        object: injected({ ...annotations, 'agent-json-patch': text }),
        findings: [{ property: ofInjector('agent-json-patch'), message }],
      })),
      {
        name: 'a token in the containers',
        object: injected({ 'agent-inject-token': 'true' }),
        findings: [
          {
            property: ofInjector('agent-inject-token'),
            value: 'true',
            severity: 'warning',
            message:
              "the agent's token for Vault is a file in the containers of the pod: it reads all that the pod's role allows",
          },
        ],
      },
      {
        name: 'the token of the agent in another container',
        object: injected(
          { 'agent-service-account-token-volume-name': 'vault-token' },
          {
            volumeMounts: [
              { name: 'tmp', mountPath: '/tmp' },
              { name: 'vault-token', mountPath: '/token' },
            ],
          },
        ),
        findings: [
          {
            property: 'spec.containers[0].volumeMounts[1]',
            container: 'api',
            message: 'container "api" mounts vault-token, which holds the token by which the agent logs in to Vault',
          },
        ],
      },
    ],
  },
};
