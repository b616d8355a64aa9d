import { parse } from 'yaml';
import { secretReadings } from '../../../../core/secrets/readings';
import {
  AwsSecretMount,
  AzureSecretMount,
  ClusterTarget,
  GcpSecretMount,
  type KubernetesObject,
  type SecretMount,
  SecretTemplate,
} from '../../../../index';
import { basics, errorsOf, findingsOf, objectOf, objectsOf } from '../../../support/app';
import { type IdentityName, reading } from '../../../support/cloud';
import { templateIn } from '../../../support/workload-kinds';

type App = Parameters<typeof objectsOf>[0];

const ofKind = (app: App, kind: string) => objectsOf(app).filter((object) => object.kind === kind);
const specOf = <T>(object: KubernetesObject | undefined) => object?.spec as T;
interface ClassSpec {
  readonly provider: string;
  readonly parameters: Readonly<Record<string, string>>;
}
const classOf = (app: App) => specOf<ClassSpec>(ofKind(app, 'SecretProviderClass')[0]);
const podOf = (app: App) => templateIn(objectOf(app, 'Deployment', 'orders')).spec;
const kindsOf = (app: App) => objectsOf(app).map(({ kind }) => kind);
/** Kinds, specs and volumes of all that a delivery makes. */
const madeBy = (app: App) => ({
  objects: objectsOf(app)
    .filter(({ apiVersion }) => /external-secrets|secrets-store/.test(apiVersion))
    .map(({ kind, metadata, spec }) => ({ kind, name: metadata?.name, spec })),
  volumes: podOf(app)?.volumes,
  mounts: podOf(app)?.containers.map(({ name, volumeMounts }) => ({ name, volumeMounts })),
});

const { secretsManager, parameter } = AwsSecretMount;
const ofAws = [
  secretsManager('shop/db', { file: '/etc/orders/user', field: 'user-name' }),
  secretsManager('shop/db', { file: '/etc/orders/password', field: 'password' }),
  secretsManager('arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/key-AbCdEf', {
    file: '/run/key/key',
    version: '01234567-89ab-cdef-0123-456789abcdef',
  }),
  secretsManager('shop/old', { file: '/run/key/old', stage: 'AWSPREVIOUS' }),
  parameter('/shop/limits', { file: '/run/key/limits', version: 3 }),
];
const ofGcp = [
  GcpSecretMount.secret('db', { file: '/etc/orders/password', field: 'password' }),
  GcpSecretMount.secret('projects/acme-other/locations/europe-west3/secrets/key', { file: '/run/key/key', version: 3 }),
];
const ofAzure = [
  AzureSecretMount.secret('acme-shop', 'db', { file: '/etc/orders/password' }),
  AzureSecretMount.secret('acme-shop', 'key', { file: '/run/key/key', version: '0123456789abcdef0123456789abcdef' }),
];
const publicParts = [
  AzureSecretMount.key('acme-shop', 'signing', { file: '/run/key/signing.pem' }),
  AzureSecretMount.certificate('acme-shop', 'tls', { file: '/run/key/tls.pem' }),
];
const operator = { cloudSecrets: { delivery: 'operator' } } as const;
const template = SecretTemplate.envFile({ DB_USER: 'user', DB_PASSWORD: 'password' });

const all: [string, readonly SecretMount[], IdentityName, Parameters<typeof reading>[2]?][] = [
  ['AWS by csi, as IRSA', ofAws, 'irsa'],
  ['AWS by csi, by Pod Identity', ofAws, 'podIdentity'],
  ['AWS by operator', ofAws, 'irsa', operator],
  ['Google Cloud by csi, as a service account', ofGcp, 'serviceAccount'],
  ['Google Cloud by operator, as itself', ofGcp, 'principal', operator],
  ['Azure by csi', [...ofAzure, ...publicParts], 'entra'],
  ['Azure by operator', ofAzure, 'entra', operator],
];

describe.each(all)('%s', (_, secrets, identity, props) => {
  const app = reading(secrets, identity, props);

  it('makes this', () => {
    expect(madeBy(app)).toMatchSnapshot();
  });

  it('passes every rule', () => {
    expect(findingsOf(app)).toEqual([]);
  });

  it('leaves the pod closed, with no token and no Secret in its environment', () => {
    expect(objectOf(app, 'NetworkPolicy', 'orders').spec).toEqual({
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'orders' } },
      policyTypes: ['Ingress', 'Egress'],
    });
    const pod = podOf(app);
    expect(pod?.automountServiceAccountToken).toBe(false);
    expect(JSON.stringify(pod)).not.toMatch(/serviceAccountToken|"env|secretKeyRef|azure\.workload/);
  });

  it('stores no key of a cloud', () => {
    expect(kindsOf(app)).not.toContain('Secret');
    expect(JSON.stringify(madeBy(app))).not.toMatch(/secretRef|accessKey|nodePublishSecretRef|clientSecret/i);
  });

  it('is listed as what it is', () => {
    const listed = secretReadings(objectsOf(app)).readings.map(({ secret, key, as }) =>
      `${secret.store} ${secret.name} ${as} ${key ?? ''}`.trim(),
    );
    const files = secrets.flatMap(({ files: own }) => own);
    const hidden = listed.filter((line) => line.includes('/.secret-'));
    expect(
      listed
        .filter((line) => !hidden.includes(line))
        .map((line) => line.split(' ')[2])
        .sort(),
    ).toEqual([...files].sort());
    expect(listed).toMatchSnapshot();
    expect(secretReadings(objectsOf(app)).unread).toEqual([]);
  });
});

describe('by csi', () => {
  it('says who the pod is, by its way', () => {
    const parameters = (identity: IdentityName) => classOf(reading(ofAws.slice(0, 2), identity)).parameters;
    expect(parameters('irsa').usePodIdentity).toBe('false');
    expect(parameters('irsa').preferredAddressType).toBeUndefined();
    expect(parameters('podIdentity').usePodIdentity).toBe('true');
    expect(parameters('podIdentity').preferredAddressType).toBe('ipv6');
  });

  it('keeps for root what AWS writes beside a field: all of the secret', () => {
    const objects = parse(classOf(reading(ofAws.slice(0, 2), 'irsa')).parameters.objects ?? '');
    expect(objects).toEqual([
      {
        objectName: 'shop/db',
        objectType: 'secretsmanager',
        objectAlias: '.secret-1',
        filePermission: '0400',
        jmesPath: [
          { path: '"user-name"', objectAlias: 'user', filePermission: '0444' },
          { path: 'password', objectAlias: 'password', filePermission: '0444' },
        ],
      },
    ]);
  });

  it('calls it as nothing else is called', () => {
    const secrets = [
      secretsManager('shop/db', { file: '/etc/orders/.secret-1' }),
      secretsManager('shop/other', { file: '/etc/orders/password', field: 'password' }),
    ];
    const objects = parse(classOf(reading(secrets, 'irsa')).parameters.objects ?? '') as { objectAlias: string }[];
    expect(objects.map(({ objectAlias }) => objectAlias)).toEqual(['.secret-1', '.secret-2']);
  });

  it('logs in to Azure as the workload, in its tenant', () => {
    const { parameters } = classOf(reading(ofAzure, 'entra'));
    expect(parameters).toMatchObject({
      usePodIdentity: 'false',
      useVMManagedIdentity: 'false',
      clientID: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
      tenantID: '11111111-2222-3333-4444-555555555555',
      keyvaultName: 'acme-shop',
      cloudName: 'AzurePublicCloud',
    });
    const { array } = parse(parameters.objects ?? '') as { array: string[] };
    expect(array.map((object) => parse(object))).toEqual([
      { objectName: 'db', objectType: 'secret', objectAlias: 'password', filePermission: '0444' },
    ]);
  });

  it("asks in Microsoft's cloud for the government of the United States", () => {
    const azure = { tenantId: '11111111-2222-3333-4444-555555555555', environment: 'us-government' } as const;
    const given = (delivery: 'csi' | 'operator') => reading(ofAzure, 'entra', { cloudSecrets: { azure, delivery } });
    expect(classOf(given('csi')).parameters.cloudName).toBe('AzureUSGovernmentCloud');
    expect(specOf(ofKind(given('operator'), 'SecretStore')[0])).toMatchObject({
      provider: {
        azurekv: { environmentType: 'USGovernmentCloud', vaultUrl: 'https://acme-shop.vault.usgovcloudapi.net' },
      },
    });
  });

  it.each([
    ['gke-autopilot', undefined, 'gke', 'secrets-store-gke.csi.k8s.io'],
    ['gke', undefined, 'gcp', 'secrets-store.csi.k8s.io'],
    ['gke', true, 'gke', 'secrets-store-gke.csi.k8s.io'],
  ] as const)('on %s, where addOn is %s, has the provider %s', (distribution, addOn, provider, driver) => {
    const gcp = { project: 'acme-shop', ...(addOn !== undefined && { addOn }) };
    const app = reading(ofGcp.slice(1), 'principal', {
      target: ClusterTarget.of('1.36', { distribution }),
      cloudSecrets: { gcp },
    });
    expect(errorsOf(app)).toEqual([]);
    expect(classOf(app).provider).toBe(provider);
    expect(podOf(app)?.volumes?.map(({ csi }) => csi?.driver)).toEqual([driver]);
    expect(secretReadings(objectsOf(app)).readings.map(({ secret }) => secret)).toEqual([
      { store: 'gcp-secret-manager', name: 'projects/acme-other/locations/europe-west3/secrets/key' },
    ]);
  });
});

describe('by operator', () => {
  const made = (secrets: readonly SecretMount[]) => {
    const app = reading(secrets, 'irsa', operator);
    expect(errorsOf(app)).toEqual([]);
    return ofKind(app, 'ExternalSecret').map((each) => ({
      name: each.metadata?.name,
      spec: specOf<Record<string, unknown> & { target: Record<string, unknown> }>(each),
    }));
  };

  it('asks as the ServiceAccount, of the namespace alone', () => {
    const app = reading(ofAws, 'irsa', operator, { serviceAccountName: 'runner' });
    const stores = ofKind(app, 'SecretStore');
    expect(kindsOf(app)).not.toContain('ClusterSecretStore');
    expect(stores.map(({ metadata }) => [metadata?.namespace, metadata?.name])).toEqual([
      ['shop', 'orders-aws-parameter-store-eu-central-1'],
      ['shop', 'orders-aws-secrets-manager-eu-central-1'],
    ]);
    expect(stores.map((store) => specOf(store))).toEqual(
      ['ParameterStore', 'SecretsManager'].map((service) => ({
        provider: {
          aws: { service, region: 'eu-central-1', auth: { jwt: { serviceAccountRef: { name: 'runner' } } } },
        },
      })),
    );
  });

  it('keeps what changes new, and what it made until the ExternalSecret goes', () => {
    expect(made([secretsManager('shop/db', { file: '/etc/orders/db' })])).toEqual([
      {
        name: 'orders-aws-db',
        spec: {
          refreshPolicy: 'Periodic',
          refreshInterval: '1h',
          secretStoreRef: { kind: 'SecretStore', name: 'orders-aws-secrets-manager-eu-central-1' },
          target: { name: 'orders-aws-db', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
          data: [{ secretKey: 'db', remoteRef: { key: 'shop/db' } }],
        },
      },
    ]);
  });

  it('asks as often as the platform says', () => {
    const cloudSecrets = { ...operator.cloudSecrets, refresh: '15m' };
    const app = reading([secretsManager('shop/db', { file: '/etc/orders/db' })], 'irsa', { cloudSecrets });
    expect(specOf(ofKind(app, 'ExternalSecret')[0])).toMatchObject({ refreshInterval: '15m' });
  });

  it('makes a pinned version a Secret that nobody can change, under a name of its own', () => {
    const pinned = (version: number, file = '/etc/orders/key') => made([parameter('/shop/key', { file, version })])[0];
    expect(pinned(3)?.spec).toEqual({
      refreshPolicy: 'CreatedOnce',
      secretStoreRef: { kind: 'SecretStore', name: 'orders-aws-parameter-store-eu-central-1' },
      target: { name: pinned(3)?.name, creationPolicy: 'Owner', deletionPolicy: 'Retain', immutable: true },
      data: [{ secretKey: 'key', remoteRef: { key: '/shop/key', version: '3' } }],
    });
    expect(pinned(3)?.name).toMatch(/^orders-aws-key-[0-9a-f]{8}$/);
    const names = [pinned(3), pinned(4), pinned(3, '/etc/orders/other')].map((each) => each?.name);
    expect(new Set(names).size).toBe(3);
  });

  it.each([
    [{ version: '01234567-89ab-cdef-0123-456789abcdef' }, 'uuid/01234567-89ab-cdef-0123-456789abcdef', true],
    [{ stage: 'AWSPREVIOUS' }, 'AWSPREVIOUS', undefined],
  ])('asks Secrets Manager for %j as %s', (options, version, immutable) => {
    const [one] = made([secretsManager('shop/db', { file: '/etc/orders/db', ...options })]);
    expect(one?.spec.data).toEqual([{ secretKey: 'db', remoteRef: { key: 'shop/db', version } }]);
    expect(one?.spec.target.immutable).toBe(immutable);
  });

  it('asks once for several fields, so that they are of one version', () => {
    const [one, ...others] = made([
      secretsManager('shop/db', { file: '/etc/orders/user', field: 'user' }),
      secretsManager('shop/db', { file: '/etc/orders/password', field: 'password' }),
      secretsManager('shop/db', { file: '/etc/orders/db.env', template }),
    ]);
    expect(others).toEqual([]);
    expect(one?.spec.data).toBeUndefined();
    expect(one?.spec.dataFrom).toEqual([{ extract: { key: 'shop/db' } }]);
    expect(one?.spec.target.template).toMatchSnapshot();
  });

  it('brings the whole of it beside its fields', () => {
    const [one] = made([
      secretsManager('shop/db', { file: '/etc/orders/db.json' }),
      secretsManager('shop/db', { file: '/etc/orders/db.env', template }),
    ]);
    expect(one?.spec.data).toEqual([{ secretKey: '__whole__', remoteRef: { key: 'shop/db' } }]);
    expect(one?.spec.target.template).toMatchObject({ data: { 'db.json': '{{ .__whole__ }}' } });
  });

  it('asks for one field by its name', () => {
    const [one] = made([secretsManager('shop/db', { file: '/etc/orders/password', field: 'password' })]);
    expect(one?.spec.data).toEqual([{ secretKey: 'password', remoteRef: { key: 'shop/db', property: 'password' } }]);
    expect(one?.spec.target.template).toBeUndefined();
  });

  it('mounts it for the group of its volumes alone', () => {
    const app = reading([secretsManager('shop/db', { file: '/etc/orders/db' })], 'irsa', operator);
    expect(podOf(app)?.volumes).toEqual([
      {
        name: 'aws-etc-orders',
        projected: {
          defaultMode: 0o440,
          sources: [{ secret: { name: 'orders-aws-db', items: [{ key: 'db', path: 'db', mode: 0o440 }] } }],
        },
      },
    ]);
    expect(podOf(app)?.securityContext).toMatchObject({ fsGroup: 65532 });
  });

  it('tells the cluster that a token is for from the project of the secret', () => {
    const store = (identity: IdentityName) =>
      specOf(ofKind(reading(ofGcp.slice(1), identity, operator), 'SecretStore')[0]);
    const workloadIdentity = { serviceAccountRef: { name: 'orders' } };
    const place = { projectID: 'acme-other', location: 'europe-west3' };
    expect(store('serviceAccount')).toEqual({ provider: { gcpsm: { ...place, auth: { workloadIdentity } } } });
    expect(store('principal')).toEqual({
      provider: {
        gcpsm: { ...place, auth: { workloadIdentity: { ...workloadIdentity, clusterProjectID: 'acme-clusters' } } },
      },
    });
  });

  it('shows a file to the containers that ask for it, and to no other', () => {
    const app = reading([secretsManager('shop/db', { file: '/etc/orders/db' })], 'irsa', operator, {
      containers: [{ ...basics, name: 'proxy', secrets: [secretsManager('shop/tls', { file: '/etc/orders/tls' })] }],
      sidecars: [{ ...basics, name: 'log' }],
    });
    expect(errorsOf(app)).toEqual([]);
    const mounts = podOf(app)?.containers.map(({ name, volumeMounts }) => [
      name,
      volumeMounts?.map((each) => each.name),
    ]);
    expect(mounts).toEqual([
      ['orders', ['aws-etc-orders']],
      ['proxy', ['aws-etc-orders-proxy']],
    ]);
  });
});

it('takes the delivery of a mount before that of the platform', () => {
  const secrets = [
    secretsManager('shop/db', { file: '/etc/orders/db' }),
    secretsManager('shop/key', { file: '/run/key/key', delivery: 'csi' }),
  ];
  const kinds = kindsOf(reading(secrets, 'irsa', operator));
  expect(kinds).toEqual(expect.arrayContaining(['ExternalSecret', 'SecretProviderClass']));
});
