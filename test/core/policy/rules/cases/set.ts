import type { KubernetesObject } from '../../../../../core/manifest/object';
import { object, pod, type RuleCases } from '../rule-cases';

/** A Deployment whose pods carry the labels, and that selects them by what is given. */
const deployment = (
  name: string,
  labels: Readonly<Record<string, string>>,
  selector: object = { matchLabels: labels },
  namespace = 'shop',
): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: { selector, template: { metadata: { labels }, spec: { containers: [] } } },
});

const policy = (spec: object, namespace = 'shop'): KubernetesObject => ({
  ...object('networking.k8s.io/v1', 'NetworkPolicy', { spec }),
  metadata: { name: 'deny', namespace },
});
const both = ['Ingress', 'Egress'];
const ingress = { podSelector: {}, policyTypes: ['Ingress'] };
const egress = { podSelector: {}, policyTypes: ['Egress'] };

const api = deployment('api', { app: 'api' });
const open = [
  {
    property: 'metadata.namespace',
    value: 'shop',
    message: 'nothing here denies traffic by default in namespace shop',
  },
];

const expression = (key: string, operator: string, ...values: string[]) => ({ key, operator, values });
/** What makes pods with the label `app: x` and selects none. */
const made = (apiVersion: string, kind: string, metadata: object = {}): KubernetesObject => {
  const template = { metadata: { labels: { app: 'x' } }, spec: { containers: [] } };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
  const body = kind === 'Pod' ? { spec: template.spec } : kind === 'PodTemplate' ? { template } : { spec };
  const labels = { app: 'x' };
  return { apiVersion, kind, metadata: { name: 'other', namespace: 'shop', labels, ...metadata }, ...body };
};
const owned = (apiVersion: string, kind: string) => ({ ownerReferences: [{ apiVersion, kind, name: 'a', uid: 'u' }] });
const hooked = (hook: string) => ({ annotations: { 'helm.sh/hook': hook } });
const x = deployment('a', { app: 'x' });
const stable = { matchLabels: { app: 'x' }, matchExpressions: [expression('track', 'DoesNotExist')] };
const canary = deployment('canary', { app: 'x', track: 'canary' });

const secret = (name: string) => object('v1', 'Secret', { metadata: { name } });
const other = { name: 'x', namespace: 'other' };
const operated = (name: string, create = true) =>
  object('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', { spec: { destination: { name, create } } });
const external = (spec: object) => object('external-secrets.io/v1', 'ExternalSecret', { spec });
/** A class that keeps a field of a secret in the Secret db. */
const syncing = (name: string, field: string, roleName = 'r') =>
  object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', {
    metadata: { name },
    spec: {
      provider: 'vault',
      parameters: { roleName, objects: `- { objectName: f, secretPath: secret/data/db, secretKey: ${field} }` },
      secretObjects: [{ secretName: 'db', data: [{ key: 'k', objectName: 'f' }] }],
    },
  });
const caFilled = (property: string, name: string) => ({
  property,
  value: name,
  message: `the Secret ${name} holds the CA by which Vault is known, and would be filled from Vault`,
});

/** What objects are together: those that keep each rule, and that break it, with what is beside them. */
export const setCases: Readonly<Record<string, RuleCases>> = {
  'identity-unique': {
    compliant: [
      { name: 'other names', object: api, beside: [deployment('web', {})] },
      { name: 'other namespaces', object: api, beside: [deployment('api', {}, {}, 'other')] },
      { name: 'other kinds', object: api, beside: [object('v1', 'Service', { metadata: api.metadata })] },
      {
        name: 'what the API server names',
        object: object('batch/v1', 'Job', { metadata: { generateName: 'job-' } }),
        beside: [object('batch/v1', 'Job', { metadata: { generateName: 'job-' } })],
      },
    ],
    violating: [api, { ...api, apiVersion: 'apps/v1beta1' }].map((other) => ({
      name: `${other.apiVersion} of that name`,
      object: api,
      beside: [other],
      findings: [
        {
          property: 'metadata.name',
          value: 'api',
          message: 'there are two of them: the other is in the same construct',
        },
      ],
    })),
  },
  'secret-owner': {
    compliant: [
      { name: 'one Secret', object: secret('db') },
      { name: 'two names', object: secret('db'), beside: [operated('web')] },
      { name: 'two namespaces', object: secret('db'), beside: [{ ...operated('db'), metadata: other }] },
      { name: 'an operator that fills what is there', object: secret('db'), beside: [operated('db', false)] },
      {
        name: 'an ExternalSecret that adds to what is there',
        object: secret('db'),
        beside: [external({ target: { name: 'db', creationPolicy: 'Merge' } })],
      },
      {
        name: 'a Secret that waits for what is sealed',
        object: {
          ...secret('db'),
          metadata: { name: 'db', annotations: { 'sealedsecrets.bitnami.com/managed': 'true' } },
        },
        beside: [object('bitnami.com/v1alpha1', 'SealedSecret', { metadata: { name: 'db' } })],
      },
      { name: 'two classes that keep the same', object: syncing('a', 'x', 'one'), beside: [syncing('b', 'x', 'two')] },
      {
        name: 'a CA from elsewhere',
        object: secret('vault-ca'),
        beside: [object('secrets.hashicorp.com/v1beta1', 'VaultConnection', { spec: { caCertSecretRef: 'vault-ca' } })],
      },
    ],
    violating: [
      ...[
        operated('db'),
        external({ target: { name: 'db' } }),
        object('external-secrets.io/v1', 'ExternalSecret', { metadata: { name: 'db' }, spec: {} }),
        object('bitnami.com/v1alpha1', 'SealedSecret', { metadata: { name: 'db' } }),
        object('cert-manager.io/v1', 'Certificate', { spec: { secretName: 'db' } }),
        syncing('a', 'x'),
      ].map((given) => ({
        name: `a Secret and a ${given.kind}`,
        object: given,
        beside: [secret('db')],
        findings: [
          {
            property: 'metadata.name',
            value: 'db',
            message: `the Secret db is filled twice: by ${given.kind} ${given.metadata?.name} (app), too`,
          },
        ],
      })),
      {
        name: 'the CA of the operator',
        object: operated('vault-ca'),
        beside: [object('secrets.hashicorp.com/v1beta1', 'VaultConnection', { spec: { caCertSecretRef: 'vault-ca' } })],
        findings: [caFilled('spec.destination.name', 'vault-ca')],
      },
      {
        name: 'the CA of an agent',
        object: syncing('a', 'x'),
        beside: [
          pod(
            { containers: [] },
            { 'vault.hashicorp.com/agent-inject': 'true', 'vault.hashicorp.com/tls-secret': 'db' },
          ),
        ],
        findings: [caFilled('spec.secretObjects[0].secretName', 'db')],
      },
    ],
  },
  'namespace-network-isolation': {
    compliant: [
      ...[{}, { matchLabels: {} }, { matchExpressions: [] }].map((podSelector) => ({
        name: `a policy for ${JSON.stringify(podSelector)} that opens nothing`,
        object: api,
        beside: [policy({ podSelector, policyTypes: both })],
      })),
      {
        name: 'a policy whose lists are empty',
        object: api,
        beside: [policy({ podSelector: {}, policyTypes: both, ingress: [], egress: [] })],
      },
      { name: 'one policy for each direction', object: api, beside: [policy(ingress), policy(egress)] },
      {
        name: 'what another policy opens',
        object: api,
        beside: [policy({ podSelector: {}, policyTypes: both }), policy({ ...ingress, ingress: [{}] })],
      },
      { name: 'no pods', object: object('v1', 'ConfigMap', {}) },
    ],
    violating: [
      { name: 'no policy', beside: [] },
      { name: 'a policy in another namespace', beside: [policy({ podSelector: {}, policyTypes: both }, 'other')] },
      {
        name: 'a policy for some pods',
        beside: [policy({ podSelector: { matchLabels: { app: 'api' } }, policyTypes: both })],
      },
      { name: 'ingress alone', beside: [policy(ingress)] },
      { name: 'egress alone', beside: [policy(egress)] },
      { name: 'no policyTypes, which is ingress', beside: [policy({ podSelector: {} })] },
      {
        name: 'a policy that opens one direction',
        beside: [policy({ podSelector: {}, policyTypes: both, egress: [{}] })],
      },
      { name: 'policyTypes of no shape', beside: [policy({ podSelector: {}, policyTypes: 5 })] },
    ].map((each) => ({ ...each, object: api, findings: open })),
  },
  'selector-overlap': {
    compliant: [
      {
        name: 'an expression that leaves the other out',
        object: deployment('stable', { app: 'x' }, stable),
        beside: [canary],
      },
      { name: 'other labels', object: api, beside: [deployment('web', { app: 'web' })] },
      { name: 'other namespaces', object: api, beside: [deployment('web', { app: 'api' }, undefined, 'other')] },
      {
        name: 'labels that are only shared',
        object: deployment('a', { app: 'x', part: 'p' }, { matchLabels: { app: 'x' } }),
        beside: [deployment('b', { app: 'y', part: 'p' })],
      },
      {
        name: 'a selector of no shape',
        object: deployment('a', { app: 'x' }, { matchLabels: null }),
        beside: [canary],
      },
      ...[
        { name: 'a PodTemplate', other: made('v1', 'PodTemplate') },
        { name: 'the pod of a ReplicaSet', other: made('v1', 'Pod', owned('apps/v1', 'ReplicaSet')) },
        {
          name: 'the ReplicaSet of a Deployment',
          other: made('apps/v1', 'ReplicaSet', owned('apps/v1', 'Deployment')),
        },
        { name: 'the test of a chart', other: made('v1', 'Pod', hooked('test')) },
        { name: 'the test of an older chart', other: made('v1', 'Pod', hooked('test-success, test-failure')) },
        { name: 'a Job in another namespace', other: made('batch/v1', 'Job', { namespace: 'other' }) },
      ].map(({ name, other }) => ({ name, object: x, beside: [other] })),
      { name: 'a Job and a CronJob', object: made('batch/v1', 'Job'), beside: [made('batch/v1', 'CronJob')] },
    ],
    violating: [
      ...[
        { matchLabels: { app: 'x' } },
        { matchExpressions: [expression('app', 'In', 'x', 'y')] },
        { matchLabels: { app: 'x' }, matchExpressions: [expression('track', 'NotIn', 'beta')] },
      ].map((selector) => ({
        name: JSON.stringify(selector),
        object: deployment('stable', { app: 'x' }, selector),
        beside: [canary],
        findings: [
          {
            property: 'spec.selector',
            value: selector,
            message: 'it selects the pods of Deployment.apps shop/canary, too',
          },
        ],
      })),
      ...[
        { other: made('batch/v1', 'Job'), named: 'Job.batch' },
        { other: made('batch/v1', 'CronJob'), named: 'CronJob.batch' },
        { other: made('batch/v1', 'Job', hooked('pre-install,test')), named: 'Job.batch' },
        { other: made('v1', 'Pod'), named: 'Pod' },
        { other: made('v1', 'Pod', owned('tekton.dev/v1', 'TaskRun')), named: 'Pod' },
        { other: made('v1', 'ReplicationController'), named: 'ReplicationController' },
      ].map(({ other, named }) => ({
        name: JSON.stringify(other),
        object: x,
        beside: [other],
        findings: [
          {
            property: 'spec.selector',
            value: { matchLabels: { app: 'x' } },
            message: `it selects the pods of ${named} shop/other, too`,
          },
        ],
      })),
    ],
  },
};
