/**
 * What the deliveries make is what a real API server takes: custom resources by their own CustomResourceDefinitions, strictly, and pods in a
 * namespace that enforces `restricted`, as they are after the injector was at them.
 */
import type { KubernetesObject } from '../../../../core/manifest';
import type { PodSpec, PodTemplateSpec } from '../../../../core/manifest/pod';
import {
  ClusterTarget,
  RestartOnChange,
  SecretTemplate,
  SecureCronJob,
  SecureDeployment,
  SecureJob,
  SignalOnChange,
  type VaultDeliveryId,
  VaultSecretMount,
  type VaultServer,
} from '../../../../index';
import { basics, image, objectsOf, testNamespace, vault } from '../../../support/app';
import { describeCluster, expectOk } from '../../../support/control-plane';
import { PodSecurityOracle } from '../../../support/pod-security';
import { pluralOf, serveVaultKinds, vaultKinds, vaultKindsLack } from '../../../support/vault/custom-kinds';
import { inject } from '../../../support/vault/injector';

const server: VaultServer = { ...vault, agent: { image }, ca: { secret: 'vault-ca' }, namespace: 'team-a' };

const { kv, database, pki, transit } = VaultSecretMount;
const certificates = {
  certificate: '/etc/tls/tls.crt',
  privateKey: '/etc/tls/tls.key',
  ca: '/etc/tls/ca.crt',
  bundle: '/etc/tls/all.pem',
};
const plain = [
  kv('secret/data/db', { file: '/etc/orders/password', field: 'password', version: 3 }),
  kv('kv/db', { file: '/run/old/db.json', engine: 1 }),
  database('database/static-creds/orders', { file: '/run/static/password', field: 'password' }),
];
const leased = [
  database('database/creds/orders', {
    file: '/run/db/account.env',
    template: SecretTemplate.envFile({ DB_USER: 'username', DB_PASSWORD: 'password' }),
  }),
  pki('pki/issue/orders', {
    commonName: 'orders.shop.svc',
    altNames: ['orders'],
    ipSans: ['127.0.0.1'],
    files: certificates,
  }),
];

const restarted = kv('secret/data/new', {
  file: '/etc/restart/key',
  template: SecretTemplate.json({ key: 'key' }),
  onChange: RestartOnChange.of('orders'),
});
const secrets: Readonly<Record<VaultDeliveryId, readonly VaultSecretMount[]>> = {
  csi: plain,
  operator: [...plain, ...leased, restarted],
  agent: [
    ...plain,
    ...leased,
    restarted,
    kv('secret/data/signal', {
      file: '/etc/signal/key',
      field: 'key',
      onChange: SignalOnChange.of('SIGHUP', 'orders'),
    }),
    transit('transit/keys/orders', { operations: ['encrypt'] }),
  ],
};

function objectsBy(delivery: VaultDeliveryId, target?: ClusterTarget): readonly KubernetesObject[] {
  const { app, shop } = testNamespace({ vault: { ...server, delivery }, ...(target && { target }) });
  const once = secrets[delivery].filter(({ options, source }) => !options.onChange && source?.kind !== 'transit');
  new SecureDeployment(shop, 'orders', {
    ...basics,
    secrets: secrets[delivery],
    initContainers: [{ ...basics, name: 'migrate' }],
  });
  new SecureJob(shop, 'import', { ...basics, secrets: once });
  new SecureCronJob(shop, 'report', { ...basics, schedule: '0 3 * * *', secrets: once });
  return objectsOf(app);
}

interface WithTemplate {
  readonly template?: PodTemplateSpec & { readonly spec: PodSpec };
  readonly jobTemplate?: { readonly spec: { readonly template: PodTemplateSpec & { readonly spec: PodSpec } } };
}

function templates(objects: readonly KubernetesObject[]) {
  return objects.flatMap(({ kind, spec }) => {
    const { template, jobTemplate } = (spec ?? {}) as WithTemplate;
    const found = template ?? jobTemplate?.spec.template;
    return found ? [[kind, found] as const] : [];
  });
}

describeCluster(
  'the custom resources of the deliveries',
  (cluster) => {
    const made = (['csi', 'operator'] as const)
      .flatMap((delivery) => objectsBy(delivery))
      .filter(({ kind }) => kind in vaultKinds);
    const create = (object: KubernetesObject) =>
      cluster().client.request('POST', `/apis/${object.apiVersion}/namespaces/default/${pluralOf(object.kind)}`, {
        query: { dryRun: 'All', fieldValidation: 'Strict' },
        body: { ...object, metadata: { ...object.metadata, namespace: 'default' } },
      });

    serveVaultKinds(cluster);

    it('are of every kind', () => {
      expect([...new Set(made.map(({ kind }) => kind))].sort()).toEqual(Object.keys(vaultKinds).sort());
    });

    it.each(made.map((object) => [`${object.kind} ${object.metadata?.name}`, object] as const))(
      '%s is valid, strictly',
      async (_, object) => {
        expectOk(await create(object));
      },
    );

    it.each(['90s', '1h30m', '2h0m5s', '7d'])('take a length of time such as %s', async (length) => {
      const { app, shop } = testNamespace({ vault: { ...server, delivery: 'operator', refresh: length } });
      new SecureDeployment(shop, 'orders', {
        ...basics,
        secrets: [
          kv('secret/data/orders', { file: '/etc/orders/key', field: 'key' }),
          pki('pki/issue/orders', {
            commonName: 'orders.shop.svc',
            ttl: length,
            files: { bundle: '/etc/tls/tls.pem' },
          }),
        ],
      });
      for (const object of objectsOf(app).filter(({ kind }) => kind in vaultKinds)) expectOk(await create(object));
    });

    it('are refused with a field that their definition lacks', async () => {
      for (const kind of Object.keys(vaultKinds)) {
        const object = made.find((each) => each.kind === kind) as KubernetesObject & { readonly spec: object };
        const { status, message } = await create({ ...object, spec: { ...object.spec, surprise: true } });
        expect([kind, status, message]).toEqual([kind, 400, expect.stringContaining('surprise')]);
      }
    });
  },
  { unless: vaultKindsLack },
);

describeCluster('the pods of the deliveries', (cluster) => {
  let oracle: PodSecurityOracle;
  beforeAll(() => {
    oracle = new PodSecurityOracle(cluster(), ['orders', 'import', 'report']);
  });

  const targets = [ClusterTarget.of('1.36'), ClusterTarget.of('1.36', { distribution: 'openshift' })];
  const pods = targets.flatMap((target) =>
    (['csi', 'operator', 'agent'] as const).flatMap((delivery) =>
      templates(objectsBy(delivery, target)).map(
        ([kind, template]) => [`${kind} by ${delivery} on ${target.distribution}`, target, template] as const,
      ),
    ),
  );

  it.each(pods)('%s is admitted to a restricted namespace, once injected', async (_, target, template) => {
    const injected = inject(template);
    const names = injected.spec.containers.map(({ name }) => name);
    expect(await oracle.judge({ target, template: injected })).toEqual({ verdict: 'accepted', message: '' });
    expect(names.includes('vault-agent')).toBe(
      template.metadata?.annotations?.['vault.hashicorp.com/agent-pre-populate-only'] === 'false',
    );
  });

  it('are refused where the injector is left to itself', async () => {
    const [, target, template] = pods.find(([name]) => name === 'Deployment by agent on generic') ?? [];
    if (target === undefined || template === undefined) throw new Error('there is no such pod');
    const annotations = Object.fromEntries(
      Object.entries(template.metadata?.annotations ?? {}).filter(([key]) => !key.endsWith('json-patch')),
    );
    const root = { 'vault.hashicorp.com/agent-set-security-context': 'false' };
    const injected = inject({
      ...template,
      metadata: { ...template.metadata, annotations: { ...annotations, ...root } },
    });
    expect(await oracle.judge({ target, template: injected })).toEqual({
      verdict: 'violates',
      message: expect.stringMatching(/allowPrivilegeEscalation.*vault-agent/),
    });
  });
});
