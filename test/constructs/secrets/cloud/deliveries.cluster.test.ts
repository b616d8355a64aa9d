/**
 * What the clouds' deliveries make is what a real API server takes: custom resources by their own CustomResourceDefinitions, strictly, and pods
 * in a namespace that enforces `restricted`.
 */
import type { KubernetesObject } from '../../../../core/manifest';
import {
  AwsSecretMount,
  AzureSecretMount,
  type CloudDeliveryId,
  ClusterTarget,
  GcpSecretMount,
  type SecretMount,
  SecretTemplate,
} from '../../../../index';
import { basics, objectOf, objectsOf } from '../../../support/app';
import { type IdentityName, reading } from '../../../support/cloud';
import { describeCluster, expectOk } from '../../../support/control-plane';
import { corpusDefinitions } from '../../../support/corpus';
import { serveCustomKinds } from '../../../support/custom-kinds';
import { PodSecurityOracle } from '../../../support/pod-security';
import { templateIn } from '../../../support/workload-kinds';

const kinds = {
  SecretProviderClass: 'secrets-store-csi-driver/secretproviderclasses.secrets-store.csi.x-k8s.io',
  SecretStore: 'external-secrets/secretstores.external-secrets.io',
  ExternalSecret: 'external-secrets/externalsecrets.external-secrets.io',
};
const pluralOf = (kind: string) => (kinds[kind as keyof typeof kinds] ?? '').split('/')[1]?.split('.')[0];
const { definitions, lack } = corpusDefinitions(Object.values(kinds));

const template = SecretTemplate.json({ user: 'user', password: 'password' });
const uuid = '01234567-89ab-cdef-0123-456789abcdef';
const { secretsManager, parameter } = AwsSecretMount;
const plain: Readonly<Record<'aws' | 'gcp' | 'azure', readonly SecretMount[]>> = {
  aws: [
    secretsManager('shop/db', { file: '/etc/orders/user', field: 'user-name' }),
    secretsManager('shop/db', { file: '/etc/orders/password', field: 'password' }),
    secretsManager('shop/key', { file: '/run/key/key', version: uuid }),
    secretsManager('shop/key', { file: '/run/old/key', stage: 'AWSPREVIOUS', region: 'eu-west-1' }),
    parameter('/shop/limits', { file: '/etc/orders/limits', version: 3 }),
  ],
  gcp: [
    GcpSecretMount.secret('db', { file: '/etc/orders/password', field: 'password' }),
    GcpSecretMount.secret('key', { file: '/run/key/key', location: 'europe-west3', version: 3 }),
  ],
  azure: [
    AzureSecretMount.secret('acme-shop', 'db', { file: '/etc/orders/password' }),
    AzureSecretMount.secret('acme-bank', 'pin', { file: '/run/bank/pin', version: '0123456789abcdef0123456789abcdef' }),
  ],
};
const composed: Readonly<Record<keyof typeof plain, SecretMount>> = {
  aws: secretsManager('shop/db', { file: '/etc/orders/db.json', template }),
  gcp: GcpSecretMount.secret('db', { file: '/etc/orders/db.json', template }),
  azure: AzureSecretMount.secret('acme-shop', 'db', { file: '/etc/orders/db.json', template }),
};

const cases: readonly (readonly [IdentityName, keyof typeof plain, CloudDeliveryId])[] = [
  ['irsa', 'aws', 'csi'],
  ['podIdentity', 'aws', 'csi'],
  ['irsa', 'aws', 'operator'],
  ['serviceAccount', 'gcp', 'csi'],
  ['serviceAccount', 'gcp', 'operator'],
  ['principal', 'gcp', 'operator'],
  ['entra', 'azure', 'csi'],
  ['entra', 'azure', 'operator'],
];
const appOf = ([identity, cloud, delivery]: (typeof cases)[number], target?: ClusterTarget) =>
  reading(
    [...plain[cloud], ...(delivery === 'operator' ? [composed[cloud]] : [])],
    identity,
    { cloudSecrets: { delivery }, ...(target && { target }) },
    { initContainers: [{ ...basics, name: 'migrate', secrets: plain[cloud].slice(0, 1) }] },
  );

describeCluster(
  "the custom resources of the clouds' deliveries",
  (cluster) => {
    const made = cases.flatMap((each) =>
      objectsOf(appOf(each))
        .filter(({ kind }) => kind in kinds)
        .map((object) => [`${object.kind} ${object.metadata?.name} as ${each[0]} by ${each[2]}`, object] as const),
    );
    const create = (object: KubernetesObject) =>
      cluster().client.request('POST', `/apis/${object.apiVersion}/namespaces/default/${pluralOf(object.kind)}`, {
        query: { dryRun: 'All', fieldValidation: 'Strict' },
        body: { ...object, metadata: { ...object.metadata, namespace: 'default' } },
      });

    serveCustomKinds(
      cluster,
      definitions,
      made.map(([, { apiVersion, kind }]) => `${apiVersion}/${pluralOf(kind)}`),
    );

    it('are of every kind', () => {
      expect([...new Set(made.map(([, { kind }]) => kind))].sort()).toEqual(Object.keys(kinds).sort());
    });

    it.each(made)('%s is valid, strictly', async (_, object) => {
      expectOk(await create(object));
    });

    it('are refused with a field that their definition lacks', async () => {
      for (const kind of Object.keys(kinds)) {
        const object = made.find(([, each]) => each.kind === kind)?.[1] as KubernetesObject & { readonly spec: object };
        const { status, message } = await create({ ...object, spec: { ...object.spec, surprise: true } });
        expect([kind, status, message]).toEqual([kind, 400, expect.stringContaining('surprise')]);
      }
    });
  },
  { unless: lack },
);

describeCluster("the pods of the clouds' deliveries", (cluster) => {
  let oracle: PodSecurityOracle;
  beforeAll(() => {
    oracle = new PodSecurityOracle(cluster(), ['orders']);
  });

  const targets = [ClusterTarget.of('1.36'), ClusterTarget.of('1.36', { distribution: 'openshift' })];
  const pods = targets.flatMap((target) =>
    cases.map(
      (each) =>
        [
          `${each.join(' ')} on ${target.distribution}`,
          target,
          templateIn(objectOf(appOf(each, target), 'Deployment', 'orders')),
        ] as const,
    ),
  );

  it.each(pods)('%s is admitted to a restricted namespace', async (_, target, template_) => {
    expect(await oracle.judge({ target, template: template_ })).toEqual({ verdict: 'accepted', message: '' });
  });
});
