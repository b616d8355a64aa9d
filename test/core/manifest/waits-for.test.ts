import { formatIdentity, identityOf } from '../../../core/manifest/identity';
import type { KubernetesObject } from '../../../core/manifest/object';
import { orderObjects } from '../../../core/manifest/order';
import type { PodSpec } from '../../../core/manifest/pod';
import { waitsFor } from '../../../core/manifest/waits-for';

const object = (apiVersion: string, kind: string, name: string, rest: object = {}): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  ...rest,
});

const workload = (name: string, spec: Partial<PodSpec> = {}): KubernetesObject =>
  object('apps/v1', 'Deployment', name, {
    spec: { template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'a' }], ...spec } } },
  });

const policy = (name: string, spec: object, apiVersion = 'networking.k8s.io/v1', kind = 'NetworkPolicy') =>
  object(apiVersion, kind, name, { spec });

/** What each waits for, in words. */
function waits(...objects: readonly KubernetesObject[]): Readonly<Record<string, readonly string[]>> {
  const ordered = orderObjects(objects);
  const named = ordered.map((each) => formatIdentity(identityOf(each)));
  return Object.fromEntries(
    waitsFor(ordered).map((targets, i) => [named[i] ?? '', targets.map((target) => named[target] ?? '')]),
  );
}

describe('waitsFor', () => {
  it('has the namespace and the definition of the kind first', () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: { group: 'example.com', names: { kind: 'Widget' } },
    };
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    const found = waits(
      object('example.com/v1', 'Widget', 'one'),
      object('v1', 'Service', 'web'),
      namespace,
      definition,
    );
    expect(found['Widget.example.com shop/one']?.slice().sort()).toEqual([
      'CustomResourceDefinition.apiextensions.k8s.io widgets.example.com',
      'Namespace shop',
    ]);
    expect(found['Service shop/web']).toEqual(['Namespace shop']);
    expect(found['Namespace shop']).toEqual([]);
  });

  it.each<[string, KubernetesObject, Partial<PodSpec>]>([
    ['a ServiceAccount', object('v1', 'ServiceAccount', 'x'), { serviceAccountName: 'x' }],
    [
      'a PriorityClass',
      { ...object('scheduling.k8s.io/v1', 'PriorityClass', 'x'), metadata: { name: 'x' } },
      { priorityClassName: 'x' },
    ],
    [
      'a RuntimeClass',
      { ...object('node.k8s.io/v1', 'RuntimeClass', 'x'), metadata: { name: 'x' } },
      { runtimeClassName: 'x' },
    ],
    ['a Secret to pull with', object('v1', 'Secret', 'x'), { imagePullSecrets: [{ name: 'x' }] }],
    ['a Secret in a volume', object('v1', 'Secret', 'x'), { volumes: [{ name: 'v', secret: { secretName: 'x' } }] }],
    ['a ConfigMap in a volume', object('v1', 'ConfigMap', 'x'), { volumes: [{ name: 'v', configMap: { name: 'x' } }] }],
    [
      'a projected Secret',
      object('v1', 'Secret', 'x'),
      { volumes: [{ name: 'v', projected: { sources: [{ secret: { name: 'x' } }] } }] },
    ],
    [
      'a projected ConfigMap',
      object('v1', 'ConfigMap', 'x'),
      { volumes: [{ name: 'v', projected: { sources: [{ configMap: { name: 'x' } }] } }] },
    ],
    [
      'a SecretProviderClass',
      object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', 'x'),
      { volumes: [{ name: 'v', csi: { driver: 'd', volumeAttributes: { secretProviderClass: 'x' } } }] },
    ],
    [
      'a ConfigMap in a variable',
      object('v1', 'ConfigMap', 'x'),
      { containers: [{ name: 'a', env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'x', key: 'k' } } }] }] },
    ],
    [
      'a Secret in a variable',
      object('v1', 'Secret', 'x'),
      { initContainers: [{ name: 'a', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'x', key: 'k' } } }] }] },
    ],
    [
      'a ConfigMap of variables',
      object('v1', 'ConfigMap', 'x'),
      { containers: [{ name: 'a', envFrom: [{ configMapRef: { name: 'x' } }] }] },
    ],
    [
      'a Secret of variables',
      object('v1', 'Secret', 'x'),
      { containers: [{ name: 'a', envFrom: [{ secretRef: { name: 'x' } }] }] },
    ],
  ])('has %s before the pods that name it, and no others', (_, named, spec) => {
    const found = waits(workload('web', spec), workload('api'), named);
    expect(found['Deployment.apps shop/web']).toEqual([formatIdentity(identityOf(named))]);
    expect(found['Deployment.apps shop/api']).toEqual([]);
  });

  it('has quotas and limits before every pod of their namespace', () => {
    const elsewhere = { ...workload('other'), metadata: { name: 'other', namespace: 'bank' } };
    const found = waits(
      workload('web'),
      elsewhere,
      object('v1', 'ResourceQuota', 'q'),
      object('v1', 'LimitRange', 'l'),
    );
    expect(found['Deployment.apps shop/web']).toEqual(['LimitRange shop/l', 'ResourceQuota shop/q']);
    expect(found['Deployment.apps bank/other']).toEqual([]);
  });

  it('has the network policies first that select a pod', () => {
    const found = waits(
      workload('web'),
      policy('deny', { podSelector: {} }),
      policy('web', { podSelector: { matchLabels: { app: 'web' } } }),
      policy('api', { podSelector: { matchLabels: { app: 'api' } } }),
      policy('fqdn', { endpointSelector: { matchLabels: { app: 'web' } } }, 'cilium.io/v2', 'CiliumNetworkPolicy'),
      policy('unread', {}, 'projectcalico.org/v3', 'NetworkPolicy'),
    );
    expect(found['Deployment.apps shop/web']).toEqual([
      'CiliumNetworkPolicy.cilium.io shop/fqdn',
      'NetworkPolicy.networking.k8s.io shop/deny',
      'NetworkPolicy.networking.k8s.io shop/web',
    ]);
  });

  it('has a Service and its pods before the webhooks that are behind it', () => {
    const webhooks = {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'judge' },
      webhooks: [{ name: 'a', clientConfig: { service: { namespace: 'shop', name: 'judge', path: '/' } } }],
    };
    const service = object('v1', 'Service', 'judge', { spec: { selector: { app: 'judge' } } });
    const found = waits(webhooks, service, workload('judge'), workload('other'));
    expect(found['ValidatingWebhookConfiguration.admissionregistration.k8s.io judge']).toEqual([
      'Service shop/judge',
      'Deployment.apps shop/judge',
    ]);
    // It may become ready only with its pods.
    expect(found['Deployment.apps shop/judge']).toEqual([]);
  });

  it('waits for nothing that stands after it', () => {
    const late = [workload('web', { serviceAccountName: 'x' }), object('v1', 'ServiceAccount', 'x')];
    expect(waitsFor(late)).toEqual([[], []]);
  });
});
