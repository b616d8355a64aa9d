import { ClusterTarget } from '../../../core/cluster';
import type { KubernetesObject } from '../../../core/manifest';
import { checkValidity, ruleById } from '../../../core/policy';
import { withNulls } from './rules/rule-cases';
import { accepted, refused } from './validity-cases';

const target = ClusterTarget.of('1.36');

/** What is found in the pod, as a Pod or in the template of a Deployment. */
function found(pod: KubernetesObject) {
  return checkValidity(pod, target).filter(({ rule }) => rule === 'pod-valid');
}

describe('a pod that the API server would refuse', () => {
  it.each(refused.map((one) => [one.name, one] as const))('%s', (_name, { pod, findings }) => {
    expect(found(pod).map(({ property, message }) => [property, message])).toEqual(findings);
    for (const { severity, remedy } of found(pod)) {
      expect(severity).toBe('error');
      expect(remedy.length).toBeGreaterThan(8);
    }
  });

  it('is found in a template, at its place there', () => {
    const { spec, metadata } = refused[0]!.pod;
    const template = {
      metadata: { annotations: metadata?.annotations },
      spec: { ...(spec as object), restartPolicy: 'Never' },
    };
    const job = { spec: { template } };
    const cronJob = { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'a' }, spec: { jobTemplate: job } };
    expect(found(cronJob as unknown as KubernetesObject).map(({ property }) => property)).toEqual([
      'spec.jobTemplate.spec.template.spec.volumes[0].name',
    ]);
  });

  it('cannot be waived', () => {
    expect(ruleById('pod-valid').waivable).toBe(false);
  });
});

describe('a pod that is right', () => {
  it.each(accepted.map((one) => [one.name, one] as const))('%s', (_name, { pod }) => {
    expect(found(pod)).toEqual([]);
  });

  it('may mount what its StatefulSet claims', () => {
    const containers = [{ name: 'app', image: 'a', volumeMounts: [{ name: 'data', mountPath: '/data' }] }];
    const set = (claims: readonly object[]) => ({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'a' },
      spec: { template: { spec: { containers } }, volumeClaimTemplates: claims },
    });
    expect(found(set([{ metadata: { name: 'data' } }]))).toEqual([]);
    expect(found(set([])).map(({ message }) => message)).toEqual(['container app: there is no volume data']);
  });
});

describe('an object without a name', () => {
  const rulesOf = (apiVersion: string, kind: string, metadata?: KubernetesObject['metadata']) =>
    checkValidity({ apiVersion, kind, ...(metadata && { metadata }) }, target).map(({ rule }) => rule);

  it.each([
    ['apps/v1', 'Deployment'],
    ['argoproj.io/v1alpha1', 'Rollout'],
    ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization'],
    ['config.gatekeeper.sh/v1alpha1', 'Config'],
    ['cluster.x-k8s.io/v1beta1', 'Cluster'],
    ['policy/v1', 'PodDisruptionBudget'],
  ])('is refused where it is a %s %s', (apiVersion, kind) => {
    for (const metadata of [undefined, {}, { name: '' }, { name: null as never }, { generateName: '' }])
      expect(rulesOf(apiVersion, kind, metadata)).toEqual(['name-valid']);
  });

  it('is named by the API server where it has the beginning of a name', () => {
    expect(rulesOf('batch/v1', 'Job', { generateName: 'migrate-' })).toEqual([]);
    expect(rulesOf('batch/v1', 'Job', { name: 'Migrate', generateName: 'migrate-' })).toEqual(['name-valid']);
  });

  it.each([
    ['kustomize.config.k8s.io/v1beta1', 'Kustomization'],
    ['kind.x-k8s.io/v1alpha4', 'Cluster'],
    ['kubeadm.k8s.io/v1beta4', 'ClusterConfiguration'],
    ['kubelet.config.k8s.io/v1beta1', 'KubeletConfiguration'],
    ['pod-security.admission.config.k8s.io/v1', 'PodSecurityConfiguration'],
    ['apiserver.config.k8s.io/v1', 'EncryptionConfiguration'],
    ['audit.k8s.io/v1', 'Policy'],
    ['v1', 'Config'],
    ['authorization.k8s.io/v1', 'SelfSubjectAccessReview'],
    ['authentication.k8s.io/v1', 'TokenReview'],
  ])('is right where no cluster keeps it: a %s %s', (apiVersion, kind) => {
    expect(rulesOf(apiVersion, kind)).toEqual([]);
  });
});

it('says the same where every absent field is null, and never throws for what is no pod', () => {
  for (const { pod } of [...refused, ...accepted])
    expect(found(withNulls(pod)).map(({ message }) => message)).toEqual(found(pod).map(({ message }) => message));
  for (const odd of [null, 5, 'text', [], [null], {}, [5]]) {
    const spec = { containers: odd, initContainers: odd, volumes: odd, securityContext: odd, tolerations: odd };
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec } as unknown as KubernetesObject;
    expect(() => found(pod)).not.toThrow();
  }
});

it.each([
  ['/', {}, 'is the root of the container'],
  ['/./', {}, 'is the root of the container'],
  ['data', {}, 'is no absolute path'],
  ['/data/../etc', {}, 'leads upwards'],
  ['/da:ta', {}, 'has a colon in it'],
  ['C:\\data', {}, 'is no absolute path'],
  ['//proc/sys', {}, 'belongs to the kernel'],
  ['/dev/shm', {}, undefined],
  ['/data', { subPath: '../x' }, 'the subPath "../x" leads out of the volume'],
  ['/data', { subPath: '/x' }, 'the subPath "/x" leads out of the volume'],
])('a mount at %s with %j', (mountPath, more, message) => {
  const containers = [{ name: 'app', image: 'a', volumeMounts: [{ name: 'a', mountPath, ...more }] }];
  const spec = { containers, volumes: [{ name: 'a', emptyDir: {} }] };
  const faults = found({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec });
  expect(faults.map((fault) => fault.message)).toEqual(message === undefined ? [] : [expect.stringContaining(message)]);
});

it.each([
  ['C:\\data', undefined],
  ['C:/data', undefined],
  ['/data', undefined],
  ['C:\\', 'is the root of the container'],
  ['C:\\data\\..\\etc', 'leads upwards'],
  ['C:data', 'is no absolute path'],
  ['C:\\da:ta', 'has a colon in it'],
])('a mount at %s on Windows', (mountPath, message) => {
  const containers = [{ name: 'app', image: 'a', volumeMounts: [{ name: 'a', mountPath }] }];
  for (const system of [{ os: { name: 'windows' } }, { nodeSelector: { 'kubernetes.io/os': 'windows' } }] as const) {
    const spec = { ...system, containers, volumes: [{ name: 'a', emptyDir: {} }] };
    const faults = found({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec });
    expect(faults.map((fault) => fault.message)).toEqual(
      message === undefined ? [] : [expect.stringContaining(message)],
    );
  }
});

it('refuses amounts that are null, which the API server takes for 0', () => {
  const resources = { limits: { cpu: null, memory: '1Gi' }, requests: { memory: null } };
  const object = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod' },
    spec: { containers: [{ name: 'app', image: 'registry.example/app:1', resources }] },
  };
  expect(checkValidity(object, ClusterTarget.of('1.34')).map(({ rule, property }) => [rule, property])).toEqual([
    ['pod-valid', 'spec.containers[0].resources.limits.cpu'],
    ['pod-valid', 'spec.containers[0].resources.requests.memory'],
  ]);
});
