import { ClusterTarget } from '../../../../core/cluster';
import type { KubernetesObject } from '../../../../core/manifest';
import { checkValidity } from '../../../../core/policy';

const labels = { app: 'a' };
const template = { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'registry.example/a:1' }] } };
const made = (apiVersion: string, kind: string, spec: object, metadata: object = {}): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: 'a', ...metadata },
  spec,
});
const statefulSet = (spec: object) =>
  made('apps/v1', 'StatefulSet', { selector: { matchLabels: labels }, serviceName: 'a', template, ...spec });
const rolling = (maxUnavailable: unknown) => statefulSet({ updateStrategy: { rollingUpdate: { maxUnavailable } } });
const claim = (namespace: unknown) => ({
  dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'a', namespace },
});
const volume = (namespace: unknown) => made('v1', 'PersistentVolumeClaim', claim(namespace));
const scaleTargetRef = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' };
const toNone = (type: string, spec: object = { scaleTargetRef }) =>
  made('autoscaling/v2', 'HorizontalPodAutoscaler', { minReplicas: 0, maxReplicas: 2, metrics: [{ type }], ...spec });

const found = (object: KubernetesObject, version = '1.34') =>
  checkValidity(object, ClusterTarget.of(version)).map(({ rule, severity, property }) => [rule, severity, property]);
const warned = (property: string) => [['gated-field', 'warning', property]];

describe('a field whose gate is off', () => {
  it.each<[string, KubernetesObject, string, readonly string[], readonly string[]]>([
    [
      'maxUnavailable of a StatefulSet',
      rolling(2),
      'spec.updateStrategy.rollingUpdate.maxUnavailable',
      ['1.28', '1.34', '1.36'],
      ['1.35', '1.37'],
    ],
    [
      'a share of a StatefulSet',
      rolling('50%'),
      'spec.updateStrategy.rollingUpdate.maxUnavailable',
      ['1.34'],
      ['1.37'],
    ],
    ['minReplicas: 0 by a queue', toNone('External'), 'spec.minReplicas', ['1.28', '1.35', '1.36'], ['1.37']],
    ['minReplicas: 0 by an object', toNone('Object'), 'spec.minReplicas', ['1.36'], ['1.37']],
    ['a source in another namespace', volume('b'), 'spec.dataSourceRef.namespace', ['1.28', '1.37'], []],
    [
      'a source of the volumes of a StatefulSet',
      statefulSet({ volumeClaimTemplates: [{ spec: {} }, { spec: claim('b') }] }),
      'spec.volumeClaimTemplates[1].spec.dataSourceRef.namespace',
      ['1.34'],
      [],
    ],
  ])('is told: %s', (_name, object, property, off, on) => {
    for (const version of off) expect([version, found(object, version)]).toEqual([version, warned(property)]);
    for (const version of on) expect([version, found(object, version)]).toEqual([version, []]);
  });

  it('says what becomes of the object, and what to do', () => {
    expect(checkValidity(rolling(2), ClusterTarget.of('1.34'))).toMatchObject([
      {
        object: 'StatefulSet.apps a',
        value: 2,
        message:
          'Kubernetes 1.34 has maxUnavailable of StatefulSets switched off by default (on by default from 1.37): without it, the API server drops it, and pods are replaced one by one',
        remedy: 'leave it out, or switch the feature gate on',
      },
    ]);
  });

  it.each<[string, KubernetesObject]>([
    ['the one at a time that there is without it', rolling(1)],
    ['nothing', rolling(null)],
    ['a source beside the volume', volume(undefined)],
    ['a source in no namespace', volume('')],
    ['a part of an autoscaler', toNone('Resource', {})],
    ['an autoscaler of others', { ...toNone('Resource'), apiVersion: 'example.com/v1' }],
    [
      'metrics in an annotation',
      made(
        'autoscaling/v1',
        'HorizontalPodAutoscaler',
        { minReplicas: 0, maxReplicas: 1, scaleTargetRef },
        { annotations: { 'autoscaling.alpha.kubernetes.io/metrics': '[]' } },
      ),
    ],
  ])('is not %s', (_name, object) => {
    expect(found(object)).toEqual([]);
  });

  it('is not told of what every version refuses', () => {
    expect(found(toNone('Resource'))).toEqual([['pod-valid', 'error', 'spec.minReplicas']]);
  });
});
