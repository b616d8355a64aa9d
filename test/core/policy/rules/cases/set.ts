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

const scaledBy = (apiVersion: string, kind: string, spec: object, metadata: object = {}, target = 'api') =>
  object(apiVersion, kind, {
    metadata: { name: 'it', namespace: 'shop', ...metadata },
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: target }, ...spec },
  });
const hpa = (spec: object, metadata?: object) => scaledBy('autoscaling/v2', 'HorizontalPodAutoscaler', spec, metadata);
const keda = (spec: object, metadata?: object) => scaledBy('keda.sh/v1alpha1', 'ScaledObject', spec, metadata);
/** A budget for the pods of `api`. */
const budget = (spec: object, selector: object | null = { matchLabels: { app: 'api' } }, namespace = 'shop') =>
  object('policy/v1', 'PodDisruptionBudget', { metadata: { name: 'api', namespace }, spec: { selector, ...spec } });
const replicated = (replicas: unknown, kind = 'Deployment', metadata: object = {}): KubernetesObject => ({
  ...api,
  kind,
  metadata: { name: 'api', namespace: 'shop', ...metadata },
  spec: { ...(api.spec as object), ...(replicas !== undefined && { replicas }) },
});
const kept = (value: unknown, count: string, has: string) => ({
  property: 'spec.minAvailable',
  value,
  message: `the budget keeps ${count} available, and ${has}, so that no node they run on can be drained`,
  remedy: 'set maxUnavailable to 1 in its place',
});
const rollout = (spec: object) =>
  object('argoproj.io/v1alpha1', 'Rollout', { metadata: { name: 'it', namespace: 'shop' }, spec });

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
  'pdb-keeps-all': {
    compliant: [
      { name: 'fewer than there are', object: budget({ minAvailable: 1 }), beside: [replicated(2)] },
      { name: 'a share of two', object: budget({ minAvailable: '50%' }), beside: [replicated(2)] },
      { name: 'a share of none', object: budget({ minAvailable: '0%' }), beside: [replicated(1)] },
      { name: 'all, of which another rule tells', object: budget({ minAvailable: '100%' }), beside: [replicated(1)] },
      { name: 'what is no share', object: budget({ minAvailable: '1' }), beside: [replicated(1)] },
      {
        name: 'a share of one that may be unavailable',
        object: budget({ maxUnavailable: '1%' }),
        beside: [replicated(1)],
      },
      { name: 'none', object: budget({ minAvailable: 0 }), beside: [replicated(1)] },
      { name: 'no pods', object: budget({ minAvailable: 1 }), beside: [replicated(0)] },
      ...[undefined, null].map((replicas) => ({
        name: `${replicas} replicas, which may be for an autoscaler elsewhere`,
        object: budget({ minAvailable: 1 }),
        beside: [replicated(replicas)],
      })),
      { name: 'no pods under an autoscaler', object: budget({ minAvailable: 1 }), beside: [replicated(0), hpa({})] },
      { name: 'no workload', object: budget({ minAvailable: 1 }) },
      {
        name: 'a workload elsewhere',
        object: budget({ minAvailable: 1 }, undefined, 'other'),
        beside: [replicated(1)],
      },
      {
        name: 'other pods',
        object: budget({ minAvailable: 1 }, { matchLabels: { app: 'web' } }),
        beside: [replicated(1)],
      },
      { name: 'every pod of the namespace', object: budget({ minAvailable: 1 }, {}), beside: [replicated(1)] },
      { name: 'no selector', object: budget({ minAvailable: 1 }, null), beside: [replicated(1)] },
      { name: 'a number that is none', object: budget({ minAvailable: 1 }), beside: [replicated('{{ replicas }}')] },
      { name: 'half a replica', object: budget({ minAvailable: 1 }), beside: [replicated(0.5)] },
      { name: 'as many as nodes', object: budget({ minAvailable: 1 }), beside: [replicated(undefined, 'DaemonSet')] },
      {
        name: 'a second workload with the labels',
        object: budget({ minAvailable: 2 }),
        beside: [replicated(2), { ...replicated(1), metadata: { name: 'canary', namespace: 'shop' } }],
      },
      {
        name: 'a second workload that may be in the namespace',
        object: budget({ minAvailable: 2 }),
        beside: [replicated(2), { ...replicated(1), metadata: { name: 'canary' } }],
      },
      {
        name: 'a naked pod with the labels',
        object: budget({ minAvailable: 1 }),
        beside: [replicated(1), made('v1', 'Pod', { labels: { app: 'api' } })],
      },
      {
        name: 'pods of a kind that nobody declared',
        object: budget({ minAvailable: 1 }),
        beside: [
          replicated(1),
          rollout({
            template: { metadata: { labels: { app: 'api' } }, spec: { containers: [{ name: 'a', image: 'b' }] } },
          }),
        ],
      },
      {
        name: 'a Rollout that has the pods of the Deployment',
        object: budget({ minAvailable: 1 }),
        beside: [replicated(1), rollout({ workloadRef: { kind: 'Deployment', name: 'api' } })],
      },
      {
        name: 'a release by Flagger',
        object: budget({ minAvailable: 1 }),
        beside: [
          replicated(1),
          object('flagger.app/v1beta1', 'Canary', {
            metadata: { name: 'api', namespace: 'shop' },
            spec: { targetRef: { kind: 'Deployment', name: 'api' } },
          }),
        ],
      },
      { name: 'two of one name', object: budget({ minAvailable: 2 }), beside: [replicated(1), replicated(1)] },
      {
        name: 'made by what is not here',
        object: budget({ minAvailable: 1 }),
        beside: [replicated(1, 'ReplicaSet', owned('argoproj.io/v1alpha1', 'Rollout'))],
      },
      {
        name: 'an autoscaler that leaves two',
        object: budget({ minAvailable: 1 }),
        beside: [replicated(1), hpa({ minReplicas: 2 })],
      },
      {
        name: 'KEDA that leaves two',
        object: budget({ minAvailable: 1 }),
        beside: [replicated(1), keda({ minReplicaCount: 2 })],
      },
      {
        name: 'KEDA that is paused',
        object: budget({ minAvailable: 1 }),
        beside: [replicated(1), keda({}, { annotations: { 'autoscaling.keda.sh/paused-replicas': '3' } })],
      },
      {
        name: 'KEDA with a second floor',
        object: budget({ minAvailable: 2 }),
        beside: [replicated(1), keda({ minReplicaCount: 2, idleReplicaCount: 1 })],
      },
      { name: 'two autoscalers', object: budget({ minAvailable: 1 }), beside: [replicated(1), hpa({}), keda({})] },
      {
        name: 'an autoscaler of which nobody says where it is',
        object: budget({ minAvailable: 1 }),
        beside: [replicated(1), hpa({}, { namespace: undefined })],
      },
      {
        name: 'an autoscaler of another kind',
        object: budget({ minAvailable: 1 }),
        beside: [replicated(1), scaledBy('datadoghq.com/v1alpha1', 'WatermarkPodAutoscaler', {})],
      },
      {
        name: 'a kustomization that sets replicas',
        object: budget({ minAvailable: 1 }),
        beside: [
          replicated(1),
          object('kustomize.config.k8s.io/v1beta1', 'Kustomization', { replicas: [{ name: 'api', count: 3 }] }),
        ],
      },
    ],
    violating: [
      {
        name: 'one of one',
        object: budget({ minAvailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' }),
        beside: [replicated(1)],
        findings: [kept(1, '1 pod', 'Deployment.apps shop/api has 1')],
      },
      {
        name: 'more than there are',
        object: budget({ minAvailable: 3 }),
        beside: [replicated(2, 'StatefulSet')],
        findings: [kept(3, '3 pods', 'StatefulSet.apps shop/api has 2')],
      },
      {
        name: 'half of one, rounded up',
        object: budget({ minAvailable: '50%' }),
        beside: [replicated(1)],
        findings: [kept('50%', '1 pod', 'Deployment.apps shop/api has 1')],
      },
      {
        name: 'most of two, rounded up',
        object: budget({ minAvailable: '51%' }),
        beside: [replicated(2, 'ReplicaSet')],
        findings: [kept('51%', '2 pods', 'ReplicaSet.apps shop/api has 2')],
      },
      {
        name: 'all of two workloads',
        object: budget({ minAvailable: 3 }),
        beside: [replicated(2), { ...replicated(1), metadata: { name: 'canary', namespace: 'shop' } }],
        findings: [kept(3, '3 pods', 'Deployment.apps shop/api and Deployment.apps shop/canary have 3')],
      },
      {
        name: 'as many as an autoscaler leaves',
        object: budget({ minAvailable: 2 }),
        beside: [replicated(5), hpa({ minReplicas: 2 })],
        findings: [kept(2, '2 pods', 'Deployment.apps shop/api has 2 at the least')],
      },
      ...[undefined, null].map((replicas) => ({
        name: `${replicas} replicas, which are the autoscaler's`,
        object: budget({ minAvailable: 2 }),
        beside: [replicated(replicas), hpa({ minReplicas: 2 })],
        findings: [kept(2, '2 pods', 'Deployment.apps shop/api has 2 at the least')],
      })),
      ...[hpa({}), hpa({ minReplicas: 0 }), keda({}), keda({ minReplicaCount: 0, idleReplicaCount: 0 })].map(
        (scaler) => ({
          name: `the one that is left by ${JSON.stringify(scaler.spec)}`,
          object: budget({ minAvailable: 1 }),
          beside: [replicated(4), scaler],
          findings: [kept(1, '1 pod', 'Deployment.apps shop/api has 1 at the least')],
        }),
      ),
      {
        name: 'an autoscaler and a kustomization of something else',
        object: budget({ minAvailable: 1 }),
        beside: [
          replicated(1),
          scaledBy('autoscaling/v2', 'HorizontalPodAutoscaler', {}, {}, 'web'),
          object('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', {
            metadata: { name: 'api', namespace: 'shop' },
            spec: { targetRef: { kind: 'Deployment', name: 'api' } },
          }),
          object('kustomize.config.k8s.io/v1beta1', 'Kustomization', { resources: ['a.yaml'], replicas: [] }),
        ],
        findings: [kept(1, '1 pod', 'Deployment.apps shop/api has 1')],
      },
      {
        name: 'a Deployment with what it has made, and the test of its chart',
        object: budget({ minAvailable: 1 }),
        beside: [
          replicated(1),
          {
            ...replicated(1, 'ReplicaSet'),
            metadata: {
              name: 'api-1',
              namespace: 'shop',
              ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'api', uid: 'u' }],
            },
          },
          made('v1', 'Pod', {
            labels: { app: 'api' },
            ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api-1', uid: 'v' }],
          }),
          made('v1', 'Pod', { name: 'test', labels: { app: 'api' }, ...hooked('test') }),
        ],
        findings: [kept(1, '1 pod', 'Deployment.apps shop/api has 1')],
      },
    ],
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
