import * as fc from 'fast-check';
import { formatIdentity } from '../../../../core/manifest/identity';
import type { KubernetesObject } from '../../../../core/manifest/object';
import { type ReadingWay, readingWays, type SecretReading, secretReadings } from '../../../../core/secrets/readings';
import * as rbac from '../../rbac/objects';

const namespace = 'pay';

function pod(spec: object, annotations: Readonly<Record<string, string>> = {}): KubernetesObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'api', namespace, annotations }, spec } as KubernetesObject;
}

function custom(apiVersion: string, kind: string, name: string, spec: object): KubernetesObject {
  return { apiVersion, kind, metadata: { name, namespace }, spec };
}

/** A container that mounts the volume `v` at /secrets, and one that does not. */
function mounting(volume: object, mount: object = {}): object {
  const mounts = [{ name: 'v', mountPath: '/secrets', ...mount }];
  return {
    containers: [
      { name: 'api', image: 'a', volumeMounts: mounts },
      { name: 'other', image: 'b' },
    ],
    volumes: [{ name: 'v', ...volume }],
  };
}

const plain = { containers: [{ name: 'api', image: 'a' }] };
const main = { name: 'api', role: 'main' };
const inCluster = (name: string) => ({ store: 'kubernetes', name: `${namespace}/${name}` });
const inVault = (name: string) => ({ store: 'vault', name });

const vso = 'secrets.hashicorp.com/v1beta1';
const staticSecret = custom(vso, 'VaultStaticSecret', 'db', {
  mount: 'secret',
  path: 'pay/db',
  type: 'kv-v2',
  vaultAuthRef: 'api',
  destination: { name: 'db', create: true },
});
const transformed = (transformation: object) => {
  const { destination, ...rest } = staticSecret.spec as { destination: object };
  return { ...staticSecret, spec: { ...rest, destination: { ...destination, transformation } } };
};
const auth = custom(vso, 'VaultAuth', 'api', { method: 'kubernetes', kubernetes: { role: 'pay.api' } });
const envOfDb = pod({
  containers: [
    { ...plain.containers[0], env: [{ name: 'DB', valueFrom: { secretKeyRef: { name: 'db', key: 'p' } } }] },
  ],
});

function providerClass(provider: string, parameters: Readonly<Record<string, string>>, more: object = {}) {
  return custom('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', 'api', { provider, parameters, ...more });
}

const classVolume = {
  csi: { driver: 'secrets-store.csi.k8s.io', volumeAttributes: { secretProviderClass: 'api' } },
};

function externalSecret(spec: object) {
  return custom('external-secrets.io/v1', 'ExternalSecret', 'db', { secretStoreRef: { name: 'store' }, ...spec });
}

const storeOf = (provider: object) => custom('external-secrets.io/v1', 'SecretStore', 'store', { provider });

function role(rule: object): KubernetesObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'reader', namespace },
    rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'], ...rule }],
  };
}

const binding: KubernetesObject = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'reader', namespace },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
  subjects: [{ kind: 'ServiceAccount', name: 'api', namespace }],
};

type Case = readonly [what: string, objects: readonly KubernetesObject[], readings: readonly Partial<SecretReading>[]];

const vaultClass = providerClass('vault', {
  roleName: 'pay.api',
  objects: '- objectName: db\n  secretPath: secret/data/pay/db\n  secretKey: password\n',
});

/** The same, of which the driver keeps a Secret, too. */
const synced = {
  ...vaultClass,
  spec: {
    ...(vaultClass.spec as object),
    secretObjects: [{ secretName: 'db', data: [{ key: 'p', objectName: 'db' }] }],
  },
};

/** By way. What a reading says is all of it, except its reader. */
const cases: Readonly<Record<ReadingWay, readonly Case[]>> = {
  volume: [
    [
      'a whole Secret',
      [pod(mounting({ secret: { secretName: 'tls' } }))],
      [{ secret: inCluster('tls'), container: main as never, as: '/secrets', through: [] }],
    ],
    [
      'its items, by the file that each becomes',
      [pod(mounting({ secret: { secretName: 'tls', items: [{ key: 'k', path: 'in/key.pem' }] } }))],
      [{ secret: inCluster('tls'), key: 'k', container: main as never, as: '/secrets/in/key.pem', through: [] }],
    ],
    [
      'the part of it that is mounted',
      [
        pod(
          mounting(
            {
              secret: {
                secretName: 'tls',
                items: [
                  { key: 'a', path: 'a' },
                  { key: 'b', path: 'b' },
                ],
              },
            },
            { subPath: 'b', mountPath: '/etc/b' },
          ),
        ),
      ],
      [{ secret: inCluster('tls'), key: 'b', container: main as never, as: '/etc/b', through: [] }],
    ],
    [
      'a volume that no container mounts',
      [pod({ ...plain, volumes: [{ name: 'v', secret: { secretName: 'tls' } }] })],
      [{ secret: inCluster('tls'), through: [] }],
    ],
  ],
  projected: [
    [
      'each Secret among its sources',
      [pod(mounting({ projected: { sources: [{ configMap: { name: 'c' } }, { secret: { name: 'tls' } }] } }))],
      [{ secret: inCluster('tls'), container: main as never, as: '/secrets', through: [] }],
    ],
  ],
  env: [
    [
      'what the operator brings from Vault, as the role that it logs in with',
      [auth, staticSecret, envOfDb],
      [
        {
          secret: inVault('secret/data/pay/db'),
          key: 'p',
          role: 'pay.api',
          container: main as never,
          as: 'DB',
          through: ['VaultStaticSecret db', 'Secret db'],
        },
      ],
    ],
    ...(
      [
        ['{{ index .Secrets "password" }}', ['password']],
        ['{{ get .Secrets "user" }}:{{ .Secrets.password }}', ['user', 'password']],
        ['{{ .Secrets | mustToJson }}', [undefined]],
      ] as const
    ).map(
      ([text, fields]): Case => [
        `the fields that a template of the operator reads: ${text}`,
        [
          transformed({ excludes: ['.*'], templates: { p: { text }, other: { text: '{{ .Secrets.other }}' } } }),
          envOfDb,
        ],
        fields.map((key) => ({
          secret: inVault('secret/data/pay/db'),
          ...(key !== undefined && { key }),
          container: main as never,
          as: 'DB',
          through: ['VaultStaticSecret db', 'Secret db'],
        })),
      ],
    ),
    [
      'the path of version 1',
      [{ ...staticSecret, spec: { ...(staticSecret.spec as object), type: 'kv-v1' } }, envOfDb],
      [
        {
          secret: inVault('secret/pay/db'),
          key: 'p',
          container: main as never,
          as: 'DB',
          through: ['VaultStaticSecret db', 'Secret db'],
        },
      ],
    ],
    [
      'a key of what an ExternalSecret brings, and none of its other keys',
      [
        storeOf({ vault: { path: 'secret', version: 'v2', auth: { kubernetes: { role: 'eso' } } } }),
        externalSecret({
          data: [
            { secretKey: 'p', remoteRef: { key: 'pay/db', property: 'password' } },
            { secretKey: 'u', remoteRef: { key: 'pay/user' } },
          ],
        }),
        envOfDb,
      ],
      [
        {
          secret: inVault('secret/data/pay/db'),
          key: 'password',
          role: 'eso',
          container: main as never,
          as: 'DB',
          through: ['ExternalSecret db', 'Secret db'],
        },
      ],
    ],
    [
      'a regional secret of Google Cloud',
      [
        storeOf({ gcpsm: { projectID: 'p', location: 'l' } }),
        externalSecret({ data: [{ secretKey: 'p', remoteRef: { key: 'db' } }] }),
        envOfDb,
      ],
      [
        {
          secret: { store: 'gcp-secret-manager', name: 'projects/p/locations/l/secrets/db' },
          container: main as never,
          as: 'DB',
          through: ['ExternalSecret db', 'Secret db'],
        },
      ],
    ],
    [
      'all of a secret, where a template makes the keys: they are none of the secret',
      [
        storeOf({ aws: { service: 'SecretsManager', region: 'r' } }),
        externalSecret({
          dataFrom: [{ extract: { key: 'db' } }],
          target: { template: { data: { p: '{{ .password }}' } } },
        }),
        envOfDb,
      ],
      [
        {
          secret: { store: 'aws-secrets-manager', name: 'db' },
          container: main as never,
          as: 'DB',
          through: ['ExternalSecret db', 'Secret db'],
        },
      ],
    ],
    [
      'a Secret in the environment of an init container and of a sidecar',
      [
        pod({
          ...plain,
          initContainers: ['OnFailure', 'Always'].map((restartPolicy, index) => ({
            name: `i${index}`,
            restartPolicy,
            env: [{ name: 'X', valueFrom: { secretKeyRef: { name: 'x', key: 'k' } } }],
          })),
        }),
      ],
      [
        { secret: inCluster('x'), key: 'k', container: { name: 'i0', role: 'init' }, as: 'X', through: [] },
        { secret: inCluster('x'), key: 'k', container: { name: 'i1', role: 'sidecar' }, as: 'X', through: [] },
      ],
    ],
    ['no literal', [pod({ containers: [{ name: 'api', env: [{ name: 'PASSWORD', value: 'x' }] }] })], []],
  ],
  'env-from': [
    [
      'a certificate from Vault, in all its keys',
      [
        custom(vso, 'VaultPKISecret', 'cert', {
          mount: 'pki',
          role: 'api',
          issuerRef: 'ca1',
          destination: { name: 'cert' },
        }),
        pod({ containers: [{ name: 'api', envFrom: [{ prefix: 'C_', secretRef: { name: 'cert' } }] }] }),
      ],
      [
        {
          secret: inVault('pki/issuer/ca1/issue/api'),
          container: main as never,
          as: 'C_*',
          through: ['VaultPKISecret cert', 'Secret cert'],
        },
      ],
    ],
    [
      'an ExternalSecret that extracts by a wildcard',
      [
        externalSecret({ dataFrom: [{ extract: { key: 'all/*' } }] }),
        pod({ containers: [{ name: 'api', envFrom: [{ secretRef: { name: 'db' } }] }] }),
      ],
      [
        {
          secret: { store: 'SecretStore pay/store', name: 'all/*' },
          flag: { kind: 'wildcard', message: 'the path stands for many secrets: name each of them' },
          container: main as never,
          as: '*',
          through: ['ExternalSecret db', 'Secret db'],
        },
      ],
    ],
    [
      'an ExternalSecret that takes all that it finds',
      [
        externalSecret({ dataFrom: [{ find: { name: { regexp: '.*' } } }] }),
        pod({ containers: [{ name: 'api', envFrom: [{ secretRef: { name: 'db' } }] }] }),
      ],
      [
        {
          secret: { store: 'SecretStore pay/store', name: '*' },
          flag: { kind: 'wildcard', message: 'it takes every secret that matches: name each of them' },
          container: main as never,
          as: '*',
          through: ['ExternalSecret db', 'Secret db'],
        },
      ],
    ],
  ],
  'image-pull': [
    ['of the pod', [pod({ ...plain, imagePullSecrets: [{ name: 'r' }] })], [{ secret: inCluster('r'), through: [] }]],
    [
      'of its ServiceAccount, where the pod has none',
      [
        pod({ ...plain, serviceAccountName: 'api' }),
        {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'api', namespace },
          imagePullSecrets: [{ name: 'r' }],
        },
      ],
      [{ secret: inCluster('r'), through: ['ServiceAccount api'] }],
    ],
  ],
  'volume-driver': [
    [
      'the credentials of drivers',
      [
        pod({
          ...plain,
          volumes: [
            { name: 'a', azureFile: { secretName: 'files', shareName: 's' } },
            { name: 'b', csi: { driver: 'd', nodePublishSecretRef: { name: 'publish' } } },
            { name: 'c', cephfs: { secretRef: { name: 'ceph' } } },
          ],
        }),
      ],
      ['files', 'publish', 'ceph'].map((name) => ({ secret: inCluster(name), through: [] })),
    ],
  ],
  csi: [
    [
      "Vault's provider",
      [vaultClass, pod(mounting(classVolume))],
      [
        {
          secret: inVault('secret/data/pay/db'),
          key: 'password',
          role: 'pay.api',
          container: main as never,
          as: '/secrets/db',
          through: ['SecretProviderClass api'],
        },
      ],
    ],
    ...(
      [
        [
          'aws',
          { objects: '- objectName: arn:aws:ssm:eu-west-1:1:parameter/db\n' },
          'aws-parameter-store',
          'arn:aws:ssm:eu-west-1:1:parameter/db',
        ],
        ['azure', { keyvaultName: 'kv', objects: 'array:\n- |\n  objectName: db\n' }, 'azure-key-vault', 'kv/db'],
        [
          'gcp',
          { secrets: '- resourceName: projects/p/secrets/db/versions/latest\n  path: db\n' },
          'gcp-secret-manager',
          'projects/p/secrets/db',
        ],
        [
          'gke',
          { secrets: '- resourceName: projects/p/locations/l/secrets/db/versions/3\n  path: db\n' },
          'gcp-secret-manager',
          'projects/p/locations/l/secrets/db',
        ],
        ['akeyless', { objects: '- secretPath: /a/db\n' }, 'akeyless', '/a/db'],
      ] as const
    ).map(
      ([provider, parameters, store, name]): Case => [
        `the provider ${provider}`,
        [providerClass(provider, parameters), pod(mounting(classVolume))],
        [
          {
            secret: { store, name },
            container: main as never,
            as:
              { aws: `/secrets/${name.replaceAll('/', '_')}`, akeyless: '/secrets' }[provider as string] ??
              '/secrets/db',
            through: ['SecretProviderClass api'],
          },
        ],
      ],
    ),
    [
      'a field by the provider of AWS, whose path may have quotes',
      [
        providerClass('aws', {
          objects: `- objectName: db
  objectType: secretsmanager
  jmesPath:
  - path: '"user-name"'
    objectAlias: user
  - path: password
    objectAlias: password
`,
        }),
        pod(mounting(classVolume)),
      ],
      ['/secrets/db', '/secrets/user', '/secrets/password'].map((as, i) => ({
        secret: { store: 'aws-secrets-manager', name: 'db' },
        ...(i > 0 && { key: ['', 'user-name', 'password'][i] }),
        container: main as never,
        as,
        through: ['SecretProviderClass api'],
      })),
    ],
    ...(['vaultNamespace', 'openbaoNamespace'] as const).map(
      (field): Case => [
        `a field by the provider of OpenBao, as by that of Vault, with ${field}`,
        [
          providerClass('openbao', {
            [field]: 'team-a',
            roleName: 'pay.api',
            objects: '- objectName: db\n  secretPath: secret/data/pay/db?version=3\n  secretKey: password\n',
          }),
          pod(mounting(classVolume)),
        ],
        [
          {
            secret: inVault('team-a/secret/data/pay/db'),
            key: 'password',
            role: 'pay.api',
            container: main as never,
            as: '/secrets/db',
            through: ['SecretProviderClass api'],
          },
        ],
      ],
    ),
    [
      'a field by the provider of Google Cloud',
      [
        providerClass('gcp', {
          secrets: '- resourceName: projects/p/secrets/db/versions/3\n  path: db\n  extractJSONKey: password\n',
        }),
        pod(mounting(classVolume)),
      ],
      [
        {
          secret: { store: 'gcp-secret-manager', name: 'projects/p/secrets/db' },
          key: 'password',
          container: main as never,
          as: '/secrets/db',
          through: ['SecretProviderClass api'],
        },
      ],
    ],
    [
      'a class that is somewhere else',
      [pod(mounting(classVolume))],
      [
        {
          secret: { store: 'unknown', name: '*' },
          flag: { kind: 'unknown', message: 'SecretProviderClass pay/api is not among these manifests' },
          container: main as never,
          as: '/secrets',
          through: ['SecretProviderClass api'],
        },
      ],
    ],
    [
      "the operator's own driver",
      [
        custom(vso, 'CSISecrets', 'api', {
          secrets: { vaultStaticSecrets: [{ mount: 'kv', path: 'db', type: 'kv-v1' }] },
        }),
        pod(mounting({ csi: { driver: 'csi.vso.hashicorp.com', volumeAttributes: { csiSecretsName: 'api' } } })),
      ],
      [{ secret: inVault('kv/db'), container: main as never, as: '/secrets', through: ['CSISecrets api'] }],
    ],
  ],
  agent: [
    [
      'the annotated path and what its template reads, in each container that is injected',
      [
        pod(
          { containers: [{ name: 'api' }, { name: 'other' }], initContainers: [{ name: 'migrate' }] },
          {
            'vault.hashicorp.com/agent-inject': 'true',
            'vault.hashicorp.com/role': 'pay.api',
            'vault.hashicorp.com/agent-inject-containers': 'api',
            'vault.hashicorp.com/agent-inject-secret-DB': 'database/creds/api',
            'vault.hashicorp.com/agent-inject-template-DB':
              '{{ with secret "kv/a?version=2" }}{{ index .Data.secret "key" }}{{ end }}secret "not/an/action"',
          },
        ),
      ],
      ['database/creds/api', 'kv/a'].flatMap((path) =>
        [{ name: 'migrate', role: 'init' }, main].map((container) => ({
          secret: inVault(path),
          role: 'pay.api',
          container: container as never,
          as: '/vault/secrets/db',
          through: [],
        })),
      ),
    ],
    ...['openbao.org', 'openbao.openbao.org'].map(
      (domain): Case => [
        `what OpenBao's injector is asked for as ${domain}`,
        [
          pod(plain, {
            [`${domain}/agent-inject`]: 'true',
            [`${domain}/agent-inject-secret-db`]: 'database/creds/api',
          }),
        ],
        [{ secret: inVault('database/creds/api'), container: main as never, as: '/vault/secrets/db', through: [] }],
      ],
    ),
    [
      'nothing of a pod that is not injected',
      [pod(plain, { 'vault.hashicorp.com/agent-inject-secret-db': 'database/creds/api' })],
      [],
    ],
    [
      'a path with a wildcard',
      [
        pod(plain, {
          'vault.hashicorp.com/agent-inject': 'true',
          'vault.hashicorp.com/agent-inject-secret-db': 'secret/data/+/db',
        }),
      ],
      [
        {
          secret: inVault('secret/data/+/db'),
          flag: { kind: 'wildcard', message: 'the path stands for many secrets: name each of them' },
          container: main as never,
          as: '/vault/secrets/db',
          through: [],
        },
      ],
    ],
  ],
  tls: [
    [
      'what an Ingress presents, where the driver of a class keeps it',
      [
        synced,
        custom('networking.k8s.io/v1', 'Ingress', 'shop', { tls: [{ hosts: ['a.example'], secretName: 'db' }] }),
      ],
      [
        {
          secret: inVault('secret/data/pay/db'),
          key: 'password',
          role: 'pay.api',
          as: 'a.example',
          through: ['SecretProviderClass api', 'Secret db'],
        },
      ],
    ],
    [
      'what a Gateway presents, where it lies elsewhere',
      [
        custom('gateway.networking.k8s.io/v1', 'Gateway', 'shop', {
          listeners: [
            {
              name: 'a',
              tls: {
                certificateRefs: [
                  { name: 'cert', namespace: 'certs' },
                  { kind: 'ConfigMap', name: 'c' },
                ],
              },
            },
            { name: 'b', hostname: 'b.example', tls: { certificateRefs: [{ name: 'b' }] } },
            { name: 'c' },
          ],
        }),
      ],
      [
        { secret: { store: 'kubernetes', name: 'certs/cert' }, through: [] },
        { secret: inCluster('b'), as: 'b.example', through: [] },
      ],
    ],
    [
      'nothing of an Ingress without a certificate',
      [custom('networking.k8s.io/v1', 'Ingress', 'shop', { tls: [{}] })],
      [],
    ],
  ],
  api: [
    [
      'a Secret that a bound role names, where it comes from Vault',
      [role({ resourceNames: ['db'] }), binding, pod({ ...plain, serviceAccountName: 'api' }), staticSecret],
      [
        {
          secret: inVault('secret/data/pay/db'),
          through: ['VaultStaticSecret db', 'Secret db', 'Role reader', 'RoleBinding reader'],
        },
      ],
    ],
    [
      'all Secrets, for a role that names none and that nobody has',
      [role({ verbs: ['list'] })],
      [
        {
          secret: inCluster('*'),
          flag: {
            kind: 'wildcard',
            message: 'the role reads every Secret of its namespace: name them in resourceNames',
          },
          through: [],
        },
      ],
    ],
    [
      'a Secret, for a role that deletes it: a dry run answers with the whole of it',
      [role({ verbs: ['delete'], resourceNames: ['db'] })],
      [{ secret: inCluster('db'), through: [] }],
    ],
    ['nothing for who only writes', [role({ verbs: ['create', 'update'] })], []],
    ['nothing for what is no Secret', [role({ resources: ['configmaps'] })], []],
  ],
};

const everyCase = readingWays.flatMap((way) => cases[way].map((each) => [way, ...each] as const));

describe('secretReadings', () => {
  it.each(everyCase)('%s: %s', (way, _, objects, expected) => {
    const { readings } = secretReadings(objects);
    expect(readings.map(({ reader: __, ...rest }) => rest)).toEqual(expected.map((each) => ({ way, ...each })));
  });

  it('follows a class into the Secret that the driver makes of it', () => {
    expect(secretReadings([synced, envOfDb]).readings).toMatchObject([
      { way: 'env', secret: inVault('secret/data/pay/db'), through: ['SecretProviderClass api', 'Secret db'] },
    ]);
  });

  it('joins nothing across namespaces', () => {
    const elsewhere = { ...staticSecret, metadata: { name: 'db', namespace: 'other' } };
    const { readings, unread } = secretReadings([elsewhere, envOfDb]);
    expect(readings).toMatchObject([{ secret: inCluster('db') }]);
    expect(unread).toMatchObject([
      { secret: inVault('secret/data/pay/db'), through: ['VaultStaticSecret db', 'Secret db'] },
    ]);
  });

  it('finds pods in kinds that nobody declared', () => {
    const rollout = custom('argoproj.io/v1alpha1', 'Rollout', 'api', { template: { spec: envOfDb.spec } });
    expect(secretReadings([rollout]).readings).toMatchObject([{ reader: { kind: 'Rollout' }, as: 'DB' }]);
  });

  it('lists a copy that nobody takes, although a pod reads the original', () => {
    const mounting = pod({ ...plain, volumes: [{ name: 'v', ...classVolume }] });
    const expected = [{ secret: inVault('secret/data/pay/db'), through: ['SecretProviderClass api', 'Secret db'] }];
    expect(secretReadings([synced, mounting])).toMatchObject({ readings: [{ way: 'csi' }], unread: expected });
    expect(secretReadings([synced, mounting, envOfDb]).unread).toEqual([]);
    expect(secretReadings([synced, mounting, role({}), binding]).unread).toEqual([]);
    const elsewhere = { ...envOfDb, metadata: { name: 'api', namespace: 'other' } };
    expect(secretReadings([synced, mounting, elsewhere]).unread).toMatchObject(expected);
  });

  it('lists a Secret that no pod takes, unless a bound role reads them all', () => {
    const secret: KubernetesObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace }, data: {} };
    const expected = [{ secret: inCluster('s'), through: [] }];
    expect(secretReadings([secret]).unread).toEqual(expected);
    expect(secretReadings([secret, role({})]).unread).toEqual(expected);
    expect(secretReadings([secret, role({}), binding]).unread).toEqual([]);
  });
});

describe('secretReadings, of roles', () => {
  const runs = pod({ ...plain, serviceAccountName: 'api' });
  const secret: KubernetesObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace }, data: {} };
  const labelled = (object: KubernetesObject, label: string): KubernetesObject => ({
    ...object,
    metadata: { ...object.metadata, labels: { [label]: 'true' } },
  });
  const parent = {
    ...rbac.role('parent'),
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { 'to-parent': 'true' } }] },
  };
  const podReader = 'Pod pay/api';

  it.each<[string, KubernetesObject[], string[]]>([
    [
      'a role of Kubernetes',
      [rbac.bind('pay/b', 'edit', 'Group devs')],
      ['Group devs: pay/* < ClusterRole system:aggregate-to-edit < ClusterRole edit < RoleBinding b'],
    ],
    [
      'everything',
      [rbac.bind('b', 'cluster-admin', 'ServiceAccount pay/api')],
      [`${podReader}: */* < ClusterRole cluster-admin < ClusterRoleBinding b`],
    ],
    [
      'a role that takes in another',
      [parent, labelled(rbac.role('child', 'get :secrets =s'), 'to-parent'), rbac.bind('b', 'parent', 'User jane')],
      ['User jane: */s < ClusterRole child < ClusterRole parent < ClusterRoleBinding b'],
    ],
    [
      'what a role of Kubernetes takes in',
      [
        labelled(rbac.role('child', 'delete :secrets =s'), 'rbac.authorization.k8s.io/aggregate-to-view'),
        rbac.bind('pay/b', 'view', 'ServiceAccount pay/api'),
      ],
      [`${podReader}: pay/s < ClusterRole child < ClusterRole view < RoleBinding b`],
    ],
    [
      'the account by its name as a user',
      [rbac.role('pay/r', 'get :secrets'), rbac.bind('pay/b', 'pay/r', 'User system:serviceaccount:pay:api')],
      [`${podReader}: pay/* < Role r < RoleBinding b`],
    ],
    [
      'the accounts of a namespace, some of which may be elsewhere',
      [rbac.role('pay/r', 'get :secrets'), rbac.bind('pay/b', 'pay/r', 'Group system:serviceaccounts:pay')],
      [
        `${podReader}: pay/* < Role r < RoleBinding b`,
        'Group system:serviceaccounts:pay: pay/* < Role r < RoleBinding b',
      ],
    ],
  ])('knows who reads by %s', (_, objects, expected) => {
    const { readings, unread } = secretReadings([runs, secret, ...objects]);
    expect(
      readings.map(
        ({ reader, secret: { name }, through }) =>
          `${formatIdentity(reader).replace('.rbac.authorization.k8s.io', '')}: ${[name, ...through].join(' < ')}`,
      ),
    ).toEqual(expected);
    expect(unread).toEqual([]);
  });

  it.each<[string, KubernetesObject[]]>([
    ['a role of Kubernetes that reads no Secrets', [rbac.bind('pay/b', 'view', 'ServiceAccount pay/api')]],
    ['a Role of another namespace', [rbac.role('other/r', 'get :secrets'), rbac.bind('pay/b', 'pay/r', 'User jane')]],
    ['names that are asked for none', [rbac.role('pay/r', 'deletecollection :secrets =s')]],
  ])('says that nobody reads by %s', (_, objects) => {
    const { readings, unread } = secretReadings([runs, secret, ...objects]);
    expect(readings.filter(({ reader }) => reader.kind !== 'Role')).toEqual([]);
    expect(unread).toHaveLength(1);
  });

  const authn = 'authentication.k8s.io';
  const onUser = 'impersonate-on:user-info:get :secrets';
  const reader = [
    rbac.role('pay/r', 'get :secrets'),
    rbac.bind('pay/b', 'pay/r', 'ServiceAccount pay/reader', 'Group readers', 'User system:node:reader'),
  ];

  it.each<[string, string[], number]>([
    [
      'acting as an account that reads',
      [`impersonate:serviceaccount ${authn}:serviceaccounts =reader`, 'impersonate-on:serviceaccount:get :secrets'],
      1,
    ],
    [
      'acting as a node',
      [`impersonate:associated-node ${authn}:nodes`, 'impersonate-on:associated-node:list :secrets'],
      1,
    ],
    [
      'acting as an account that reads nothing',
      [`impersonate:serviceaccount ${authn}:serviceaccounts =other`, 'impersonate-on:serviceaccount:get :secrets'],
      0,
    ],
    ['acting as nobody', ['impersonate-on:serviceaccount:get :secrets'], 0],
    [
      'acting as a user in a group that reads',
      [`impersonate:user-info ${authn}:users =x`, `impersonate:user-info ${authn}:groups`, onUser],
      1,
    ],
    ['acting as a group without a user', [`impersonate:user-info ${authn}:groups`, onUser], 0],
    [
      'acting as a master, whom nobody may be in a mode',
      [`impersonate:user-info ${authn}:users =x`, `impersonate:user-info ${authn}:groups =system:masters`, onUser],
      0,
    ],
    ['acting as a node by the mode of users', [`impersonate:user-info ${authn}:users =system:node:reader`, onUser], 0],
    [
      'acting in another mode',
      [`impersonate:serviceaccount ${authn}:serviceaccounts`, 'impersonate-on:user-info:get :secrets'],
      0,
    ],
  ])('knows whether somebody reads by %s', (_, rules, count) => {
    const actor = [rbac.role('actor', ...rules), rbac.bind('actor', 'actor', 'User jane')];
    const { readings } = secretReadings([...reader, ...actor]);
    expect(readings.filter((reading) => reading.reader.name === 'jane')).toHaveLength(count);
  });

  it('knows that a Role is for being nobody but an account', () => {
    const acts = (...rules: string[]) => [
      ...reader,
      rbac.role('pay/actor', ...rules),
      rbac.bind('pay/actor', 'pay/actor', 'User jane'),
    ];
    const ofJane = (objects: readonly KubernetesObject[]) =>
      secretReadings(objects).readings.filter(({ reader: { name } }) => name === 'jane').length;
    const onAccount = 'impersonate-on:serviceaccount:get :secrets';
    expect(ofJane(acts(`impersonate:serviceaccount ${authn}:serviceaccounts`, onAccount))).toBe(1);
    const onNode = 'impersonate-on:arbitrary-node:get :secrets';
    expect(ofJane(acts(`impersonate:arbitrary-node ${authn}:nodes`, onNode))).toBe(0);
  });

  it('joins the accounts of one namespace with no workload of another', () => {
    const objects = [rbac.role('r', 'get :secrets'), rbac.bind('b', 'r', 'Group system:serviceaccounts:other')];
    expect(secretReadings([runs, ...objects]).readings).toMatchObject([{ reader: { kind: 'Group' } }]);
  });
});

const allObjects = everyCase.flatMap(([, , objects]) => objects);

describe('secretReadings, of anything', () => {
  it('does not depend on the order of the objects', () => {
    const listed = ({ readings, unread }: ReturnType<typeof secretReadings>) =>
      [readings, unread].map((all) => all.map((each) => JSON.stringify(each)).sort());
    fc.assert(
      fc.property(fc.shuffledSubarray(allObjects, { minLength: 2, maxLength: 6 }), (some) => {
        // Two objects of one name are one object in a cluster: the last wins, which is a matter of order.
        const names = new Set(some.map(({ kind, metadata }) => `${kind} ${metadata?.name}`));
        fc.pre(names.size === some.length);
        expect(listed(secretReadings(some))).toEqual(listed(secretReadings([...some].reverse())));
      }),
    );
  });

  const canary = 'c4nary-v4lue';

  it('shows no value', () => {
    const objects: readonly KubernetesObject[] = [
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'db', namespace },
        stringData: { p: canary },
        data: { q: canary },
      },
      { ...vaultClass, spec: { provider: 'vault', parameters: { objects: `- secretPath: [${canary}\n` } } },
      providerClass('vault', { objects: `- secretPath: kv/a\n  secretArgs: {p: ${canary}}\n`, token: canary }),
      providerClass('other', { objects: canary, secrets: `value: ${canary}` }),
      externalSecret({
        data: [{ secretKey: 'p', remoteRef: { key: 'k' } }],
        target: { template: { data: { p: canary } } },
      }),
      custom(vso, 'VaultDynamicSecret', 'd', {
        mount: 'm',
        path: 'p',
        params: { x: canary },
        destination: { name: 'd' },
      }),
      pod(
        { containers: [{ name: 'api', env: [{ name: 'P', value: canary }], args: [canary], command: [canary] }] },
        {
          'vault.hashicorp.com/agent-inject': 'true',
          'vault.hashicorp.com/agent-inject-template-x': `{{ with secret "pki/issue/a" "token=${canary}" }}${canary}{{ end }}`,
          'vault.hashicorp.com/agent-inject-secret-x': `kv/a?token=${canary}`,
          'vault.hashicorp.com/agent-inject-command-x': canary,
          other: canary,
        },
      ),
    ];
    for (const object of objects) expect(JSON.stringify(object)).toContain(canary);
    // Each alone, too: of two classes of one name only one counts.
    const found = [objects, ...objects.map((each) => [each])].map((some) => secretReadings(some));
    for (const { readings, unread } of found) expect(readings.length + unread.length).toBeGreaterThan(0);
    expect(JSON.stringify(found)).not.toContain(canary);
  });

  it('never throws, whatever stands in place of a part', () => {
    const junk = fc.constantFrom<unknown>(null, 0, 'x', true, [], {}, [null], [0], { name: null }, ['x'], {
      a: { b: 1 },
    });
    /** The object with what is at the n-th of its places replaced. */
    const spoil = (node: unknown, state: { left: number }, by: unknown): unknown => {
      if (state.left-- === 0) return by;
      if (Array.isArray(node)) return node.map((item) => spoil(item, state, by));
      if (typeof node !== 'object' || node === null) return node;
      return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, spoil(item, state, by)]));
    };
    fc.assert(
      fc.property(fc.constantFrom(...everyCase), fc.nat(), fc.nat(60), junk, (each, index, place, by) => {
        const [, , objects] = each;
        const at = index % objects.length;
        const spoilt = objects.map((object, i) => {
          if (i !== at) return object;
          const made = Object(spoil(object, { left: place + 1 }, by));
          return { ...made, apiVersion: object.apiVersion, kind: object.kind } as KubernetesObject;
        });
        const { readings, unread } = secretReadings(spoilt);
        for (const { secret } of [...readings, ...unread]) expect(typeof secret.name).toBe('string');
      }),
      { numRuns: 2_000 },
    );
  });

  it('lists each Secret that a pod names, and no other', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    const names = fc.uniqueArray(name, { maxLength: 4 });
    fc.assert(
      fc.property(names, names, names, names, (volumes, env, envFrom, pull) => {
        const { readings } = secretReadings([
          pod({
            containers: [
              {
                name: 'api',
                env: env.map((each) => ({ name: each, valueFrom: { secretKeyRef: { name: each, key: 'k' } } })),
                envFrom: envFrom.map((each) => ({ secretRef: { name: each } })),
              },
            ],
            volumes: volumes.map((each) => ({ name: each, secret: { secretName: each } })),
            imagePullSecrets: pull.map((each) => ({ name: each })),
          }),
        ]);
        const of = (way: ReadingWay) => readings.filter((each) => each.way === way).map(({ secret }) => secret.name);
        const shown = (all: readonly string[]) => all.map((each) => `${namespace}/${each}`);
        expect([of('volume'), of('env'), of('env-from'), of('image-pull')]).toEqual(
          [volumes, env, envFrom, pull].map(shown),
        );
      }),
    );
  });
});
