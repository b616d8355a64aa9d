import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest';
import { evaluate } from '../../../core/policy';

const found = (object: KubernetesObject, version = '1.36') =>
  evaluate([{ object }], { target: ClusterTarget.of(version), today: '2026-11-22' })
    .findings.filter(({ rule }) => rule === 'schema-valid')
    .map(({ severity, property, message, remedy }) => [severity, property, message, remedy]);
const pod = (spec: object, metadata: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', namespace: 'shop', ...metadata },
  spec: { containers: [{ name: 'a', image: 'a' }], ...spec },
});

describe('fields of what others wrote', () => {
  it('are told where Kubernetes has none of that name: a Role that names no Secret reads every one', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'a', namespace: 'shop' },
      rules: [{ apiGroups: [''], resources: ['secrets'], resourceName: ['db'], verbs: ['get'] }],
    };
    expect(found(role)).toEqual([
      ['error', 'rules[0].resourceName', 'a PolicyRule has no field "resourceName"', 'did you mean resourceNames?'],
    ]);
  });

  it('are told in the version of the target', () => {
    const job: KubernetesObject = {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { managedBy: 'example.com/queue' },
    };
    expect(found(job, '1.29')).toEqual([
      [
        'error',
        'spec.managedBy',
        'in Kubernetes 1.29 a JobSpec has no field managedBy (1.30 is the first that does)',
        'leave it out, or raise the version of the target once its cluster is upgraded',
      ],
    ]);
    expect(found(job)).toEqual([]);
  });

  it('are told once, by the rule that knows most', () => {
    const { findings } = evaluate([{ object: pod({}, { annotations: { 'prometheus.io/port': 8080 } }) }], {
      target: ClusterTarget.of('1.36'),
      today: '2026-11-22',
    });
    const at = findings.filter(({ property }) => property === 'metadata.annotations["prometheus.io/port"]');
    expect(at.map(({ rule }) => rule)).toEqual(['annotation-valid']);
  });

  it.each<[string, KubernetesObject]>([
    ['lacks what it leaves as it is', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: {} }],
    ['says what to take away', pod({ containers: [{ $patch: 'delete', name: 'a' }], $retainKeys: ['containers'] })],
  ])('may be those of a patch, which %s', (_name, object) => {
    expect(found(object)).toEqual([]);
  });

  it.each([`\${REPLICAS}`, `\${REPLICAS:=2}`, '{{ .Values.replicas }}'])('may be filled in later: %s', (replicas) => {
    const of = (value: unknown): KubernetesObject => ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { replicas: value },
    });
    expect(found(of(replicas))).toEqual([]);
    expect(found(of('REPLICAS')).map(([, property]) => property)).toEqual(['spec.replicas']);
  });

  it('may be encrypted by SOPS, whose own field it is', () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, data: { a: 'ENC[AES256_GCM,data:a]' } };
    expect(found({ ...secret, sops: { version: '3.9.0' } } as KubernetesObject)).toEqual([]);
    expect(found(secret)).toEqual([
      ['error', 'data.a', 'it must be bytes in base64, and is the string that stands there', 'write bytes in base64'],
    ]);
  });

  it('are those of kinds of Kubernetes itself', () => {
    const rollout = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Rollout', metadata: { name: 'a' }, spec: { zzz: 1 } };
    expect(found(rollout)).toEqual([]);
  });
});
