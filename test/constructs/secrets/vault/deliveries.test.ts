import type { PodSpec } from '../../../../core/manifest/pod';
import {
  type KubernetesObject,
  RestartOnChange,
  type SecretMount,
  SecretTemplate,
  SecureCronJob,
  SecureDeployment,
  SecureJob,
  SignalOnChange,
  type VaultDeliveryId,
  VaultSecretMount,
  type VaultServer,
} from '../../../../index';
import { basics, errorsOf, findingsOf, image, objectOf, objectsOf, testNamespace, vault } from '../../../support/app';

const injected: VaultServer = { ...vault, agent: { image } };

/** An app with one Deployment that reads these, by this delivery. */
function reading(
  secrets: readonly SecretMount[],
  delivery: VaultDeliveryId,
  props: object = {},
  server: Partial<VaultServer> = {},
) {
  const { app, shop } = testNamespace({ vault: { ...injected, delivery, ...server } });
  new SecureDeployment(shop, 'orders', { ...basics, secrets, ...props });
  return app;
}

const pod = (app: Parameters<typeof objectOf>[0], kind = 'Deployment') =>
  (
    objectOf(app, kind, 'orders') as unknown as {
      spec: { template: { metadata: KubernetesObject['metadata']; spec: PodSpec } };
    }
  ).spec.template;

const password = (options: object = {}) =>
  VaultSecretMount.kv('secret/data/shop/db', { file: '/etc/orders/password', field: 'password', ...options });
const account = (options: object = {}) =>
  VaultSecretMount.database('database/creds/orders', {
    file: '/run/db/account.env',
    template: SecretTemplate.envFile({ DB_USER: 'username', DB_PASSWORD: 'password' }),
    ...options,
  });
const certificate = (options: object = {}) =>
  VaultSecretMount.pki('pki/issue/orders', {
    commonName: 'orders.shop.svc',
    altNames: ['orders'],
    files: { certificate: '/etc/tls/tls.crt', privateKey: '/etc/tls/tls.key', ca: '/etc/tls/ca.crt' },
    ...options,
  });
const secretsOfAllKinds = [password(), account(), certificate()];

describe('by agent', () => {
  const app = reading(secretsOfAllKinds, 'agent', {}, { ca: { secret: 'vault-ca' }, namespace: 'team-a' });
  const annotations = pod(app).metadata?.annotations ?? {};

  it('writes the annotations in full', () => {
    expect(pod(app).metadata?.annotations).toMatchSnapshot();
  });

  it('passes every rule', () => {
    expect(findingsOf(app)).toEqual([]);
  });

  it.each([
    ['tls-skip-verify', 'false'],
    ['tls-secret', 'vault-ca'],
    ['ca-cert', '/vault/tls/ca.crt'],
    ['agent-image', image],
    ['role', 'shop.orders'],
    ['agent-run-as-user', '65532'],
    ['agent-run-as-group', '65532'],
    ['agent-revoke-on-shutdown', 'true'],
    ['agent-inject-token', 'false'],
    ['agent-service-account-token-volume-name', 'vault-token'],
    ['agent-pre-populate-only', 'false'],
    ['template-static-secret-render-interval', '1m'],
    ['agent-inject-perms-password', '0440'],
    ['error-on-missing-key-password', 'true'],
  ])('says %s = %s', (name, value) => {
    expect(annotations[`vault.hashicorp.com/${name}`]).toBe(value);
  });

  it('hardens both injected containers as every other', () => {
    const security = [
      {
        op: 'add',
        path: '/securityContext',
        value: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          privileged: false,
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          runAsUser: 65532,
          runAsGroup: 65532,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      },
    ];
    expect(JSON.parse(annotations['vault.hashicorp.com/agent-json-patch'] ?? '')).toEqual(security);
    expect(JSON.parse(annotations['vault.hashicorp.com/agent-init-json-patch'] ?? '')).toEqual(security);
  });

  it('has a token for Vault alone, which no container of the workload mounts', () => {
    const { volumes, containers, automountServiceAccountToken } = pod(app).spec;
    expect(volumes).toEqual([
      {
        name: 'vault-token',
        projected: {
          defaultMode: 0o440,
          sources: [{ serviceAccountToken: { audience: 'vault', expirationSeconds: 3600, path: 'token' } }],
        },
      },
    ]);
    expect(containers[0]?.volumeMounts).toBeUndefined();
    expect(automountServiceAccountToken).toBe(false);
  });

  it('opens the way to Vault and to DNS, and no other', () => {
    const { egress } = objectOf(app, 'NetworkPolicy', 'orders').spec as { egress: { ports: { port: number }[] }[] };
    expect(egress).toMatchSnapshot();
    expect(egress.flatMap(({ ports }) => ports.map(({ port }) => port)).sort()).toEqual([53, 53, 8200]);
  });

  it('opens the pod to a Vault outside the cluster by its addresses, and to nothing else', () => {
    const outside: Partial<VaultServer> = {
      address: 'https://203.0.113.9:8200',
      cidrs: ['203.0.113.9/32', '203.0.113.10/32'],
    };
    const away = reading([password()], 'agent', {}, { ...outside, pods: undefined });
    const { egress } = objectOf(away, 'NetworkPolicy', 'orders').spec as { egress: object };
    expect(egress).toEqual([
      {
        to: [{ ipBlock: { cidr: '203.0.113.10/32' } }, { ipBlock: { cidr: '203.0.113.9/32' } }],
        ports: [{ protocol: 'TCP', port: 8200 }],
      },
    ]);
  });

  it.each([
    [120, '115'],
    [3, '0'],
  ])(
    'revokes its lease at the end of the %d seconds that the workload has to stop',
    (terminationGraceSeconds, grace) => {
      const told = pod(reading([password()], 'agent', { terminationGraceSeconds })).metadata?.annotations ?? {};
      expect(told['vault.hashicorp.com/agent-revoke-grace']).toBe(grace);
    },
  );

  it('makes no Secret and no object of its own', () => {
    const kinds = objectsOf(app).map(({ kind }) => kind);
    expect(kinds).not.toContain('Secret');
    expect(kinds.filter((kind) => kind.startsWith('Vault') || kind === 'SecretProviderClass')).toEqual([]);
  });

  it('writes once, and leaves nothing running, where the pod runs to its end', () => {
    const { app: jobs, shop } = testNamespace({ vault: { ...injected, delivery: 'agent' } });
    new SecureJob(shop, 'orders', { ...basics, secrets: [password()] });
    const told = pod(jobs, 'Job').metadata?.annotations ?? {};
    expect(told['vault.hashicorp.com/agent-pre-populate-only']).toBe('true');
    expect(told['vault.hashicorp.com/agent-revoke-on-shutdown']).toBe('false');
    expect(errorsOf(jobs)).toEqual([]);
  });

  it('goes before the init containers where one of them reads', () => {
    const migrate = { ...basics, name: 'migrate', secrets: [password()] };
    const told = pod(reading([], 'agent', { initContainers: [migrate] })).metadata?.annotations ?? {};
    expect(told['vault.hashicorp.com/agent-init-first']).toBe('true');
    expect(told['vault.hashicorp.com/agent-inject-containers']).toBe('migrate');
    expect(annotations['vault.hashicorp.com/agent-init-first']).toBe('false');
  });

  it("shares the pod's processes only where one is told of a change", () => {
    const told = pod(reading([password({ onChange: SignalOnChange.of('SIGHUP', 'orders') })], 'agent'));
    expect(told.spec.shareProcessNamespace).toBe(true);
    expect(told.metadata?.annotations?.['vault.hashicorp.com/agent-inject-command-password']).toBe(
      'killall -q -HUP orders || pkill -HUP -x orders || true',
    );
    expect(pod(app).spec.shareProcessNamespace).toBeUndefined();
  });

  it('answers on loopback for a key that never leaves Vault', () => {
    const key = VaultSecretMount.transit('transit/keys/orders', { operations: ['encrypt', 'decrypt'], port: 8300 });
    const told = pod(reading([key], 'agent')).metadata?.annotations ?? {};
    expect(told).toMatchObject({
      'vault.hashicorp.com/agent-cache-enable': 'true',
      'vault.hashicorp.com/agent-cache-listener-port': '8300',
      'vault.hashicorp.com/agent-cache-use-auto-auth-token': 'force',
    });
    for (const name of ['agent-json-patch', 'agent-init-json-patch']) {
      expect(JSON.parse(told[`vault.hashicorp.com/${name}`] ?? '')).toContainEqual({
        op: 'add',
        path: '/volumeMounts/-',
        value: { name: 'vault-token', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
      });
      expect(annotations[`vault.hashicorp.com/${name}`]).not.toContain('volumeMounts');
    }
    expect(annotations['vault.hashicorp.com/agent-cache-enable']).toBe('false');
    expect(key.files).toEqual([]);
    expect(key.origin).toBe('vault transit/encrypt/orders transit/decrypt/orders');
  });

  it("speaks to OpenBao's injector in its own words", () => {
    const told = pod(reading([password()], 'agent', {}, { software: 'openbao' })).metadata?.annotations ?? {};
    const keys = Object.keys(told).filter((key) => key.includes('/'));
    expect(keys.filter((key) => key.startsWith('openbao.org/')).length).toBeGreaterThan(30);
    expect(keys.filter((key) => key.startsWith('vault.hashicorp.com/'))).toEqual([]);
  });

  it("hands OpenBao's agent the token that its cache is tied to, too", () => {
    const key = VaultSecretMount.transit('transit/keys/orders', { operations: ['encrypt'] });
    const told = pod(reading([key], 'agent', {}, { software: 'openbao' })).metadata?.annotations ?? {};
    expect(told['openbao.org/agent-cache-enable']).toBe('true');
    for (const name of ['agent-json-patch', 'agent-init-json-patch'])
      expect(told[`openbao.org/${name}`]).toContain('"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"');
  });

  it('tells two files of one name apart, and keeps its annotations from being read as others', () => {
    const told = pod(
      reading(
        [password(), password({ file: '/run/other/password' }), password({ file: '/etc/orders/file-x', field: 'x' })],
        'agent',
      ),
    ).metadata?.annotations as Readonly<Record<string, string>>;
    const ids = Object.keys(told).flatMap((key) => /agent-inject-secret-(.*)/.exec(key)?.[1] ?? []);
    expect(ids).toEqual(['password', 'password-2', 'a-file-x']);
    expect(told['vault.hashicorp.com/secret-volume-path-password-2']).toBe('/run/other');
  });
});

describe('by operator', () => {
  const app = reading(
    [...secretsOfAllKinds, password({ file: '/etc/orders/user', field: 'username' })],
    'operator',
    {},
    {
      ca: { secret: 'vault-ca' },
      namespace: 'team-a',
    },
  );
  const made = objectsOf(app).filter(({ kind }) => kind.startsWith('Vault'));
  const specOf = (kind: string) =>
    made.find((object) => object.kind === kind)?.spec as Readonly<Record<string, unknown>>;

  it('makes its objects', () => {
    expect(made).toMatchSnapshot();
  });

  it('passes every rule', () => {
    expect(findingsOf(app)).toEqual([]);
  });

  it('logs in as the workload, by a token of ten minutes for Vault alone', () => {
    expect(specOf('VaultAuth')).toEqual({
      vaultConnectionRef: 'orders',
      namespace: 'team-a',
      method: 'kubernetes',
      mount: 'kubernetes',
      kubernetes: { role: 'shop.orders', serviceAccount: 'orders', audiences: ['vault'], tokenExpirationSeconds: 600 },
    });
    expect(specOf('VaultConnection')).toEqual({
      address: 'https://vault.vault.svc:8200',
      skipTLSVerify: false,
      caCertSecretRef: 'vault-ca',
    });
  });

  it('finds drift, revokes what it leased, and renews before the end', () => {
    expect(specOf('VaultStaticSecret')).toMatchObject({ hmacSecretData: true, refreshAfter: '1m', type: 'kv-v2' });
    expect(specOf('VaultDynamicSecret')).toMatchObject({ renewalPercent: 67, revoke: true, path: 'creds/orders' });
    expect(specOf('VaultPKISecret')).toMatchObject({ ttl: '24h', expiryOffset: '28800s', revoke: false, clear: true });
  });

  it('keeps nothing of a secret in the Secret but what its files say', () => {
    for (const { spec, kind } of made) {
      if (kind === 'VaultAuth' || kind === 'VaultConnection') continue;
      expect(spec).toMatchObject({
        destination: { create: true, overwrite: false, transformation: { excludeRaw: true, excludes: ['.*'] } },
      });
    }
  });

  it('keeps the fields of one source in one Secret, so that a name fits its password', () => {
    const statics = made.filter(({ kind }) => kind === 'VaultStaticSecret');
    expect(statics).toHaveLength(1);
    expect(statics[0]?.spec).toHaveProperty('destination.transformation.templates', {
      password: { text: expect.stringContaining('index .Secrets "password"') },
      user: { text: expect.stringContaining('index .Secrets "username"') },
    });
  });

  it('mounts the Secrets read-only, for the group of the volumes', () => {
    expect(pod(app).spec.volumes).toMatchSnapshot();
    expect(pod(app).spec.containers[0]?.volumeMounts).toEqual(
      ['/etc/orders', '/run/db', '/etc/tls'].map((mountPath) => ({
        name: `vault${mountPath.replaceAll('/', '-')}`,
        mountPath,
        readOnly: true,
      })),
    );
    expect(pod(app).spec.securityContext?.fsGroup).toBe(65532);
  });

  it('opens no way for the pod, which calls nobody', () => {
    expect(objectOf(app, 'NetworkPolicy', 'orders').spec).not.toHaveProperty('egress');
  });

  it('rolls the workload on a change where it is asked to', () => {
    const rolled = reading([password({ onChange: RestartOnChange.of() })], 'operator');
    expect(objectsOf(rolled).find(({ kind }) => kind === 'VaultStaticSecret')?.spec).toMatchObject({
      rolloutRestartTargets: [{ kind: 'Deployment', name: 'orders' }],
    });
    expect(specOf('VaultStaticSecret')).not.toHaveProperty('rolloutRestartTargets');
  });
});

describe('each container', () => {
  const proxy = (...secrets: readonly SecretMount[]) => ({
    containers: [{ ...basics, name: 'proxy', secrets }],
  });

  it.each(['csi', 'operator'] as const)('sees what it asked for and nothing else, by %s', (delivery) => {
    const other = VaultSecretMount.kv('secret/data/shop/proxy', { file: '/etc/orders/token', field: 'token' });
    const app = reading([password()], delivery, proxy(other));
    const { containers, volumes = [] } = pod(app).spec;
    const mounted = containers.map(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name));
    expect(mounted).toEqual([['vault-etc-orders'], ['vault-etc-orders-proxy']]);
    expect(volumes.map(({ name }) => name)).toEqual(['vault-etc-orders', 'vault-etc-orders-proxy']);
    expect(findingsOf(app)).toEqual([]);
  });

  it.each(['csi', 'operator'] as const)('shares a volume with who asks for the same, by %s', (delivery) => {
    const shared = password();
    const { volumes } = pod(reading([shared], delivery, proxy(shared))).spec;
    expect(volumes).toHaveLength(1);
  });

  it('sees more by agent, which is said', () => {
    const other = VaultSecretMount.kv('secret/data/shop/proxy', { file: '/etc/proxy/token', field: 'token' });
    const found = findingsOf(reading([password()], 'agent', proxy(other)));
    expect(found.map(({ rule, severity, property }) => [rule, severity, property])).toEqual([
      ['secret-mount', 'warning', 'secrets[0].delivery'],
      ['secret-mount', 'warning', 'secrets[0].delivery'],
    ]);
  });
});

it('runs nothing for a CronJob whose secret changes', () => {
  const { app, shop } = testNamespace({ vault: { ...injected, delivery: 'operator' } });
  new SecureCronJob(shop, 'orders', {
    ...basics,
    schedule: '0 3 * * *',
    secrets: [password({ onChange: RestartOnChange.of() })],
  });
  expect(errorsOf(app)).toEqual([
    expect.objectContaining({ rule: 'secret-mount', message: expect.stringContaining('reads its secrets once') }),
  ]);
});

it.each(['csi', 'operator', 'agent'] as const)('takes a field with a number at its end by %s', (delivery) => {
  expect(errorsOf(reading([password({ field: 'API_KEY_1' })], delivery))).toEqual([]);
});
