import { ClusterTarget, isClusterScoped } from '../../../core/cluster';
import { kubernetesVersions } from '../../../core/cluster/version';

describe('isClusterScoped', () => {
  it.each([
    ['', 'Namespace'],
    ['', 'Node'],
    ['', 'PersistentVolume'],
    ['rbac.authorization.k8s.io', 'ClusterRole'],
    ['rbac.authorization.k8s.io', 'ClusterRoleBinding'],
    ['admissionregistration.k8s.io', 'ValidatingAdmissionPolicy'],
    ['apiextensions.k8s.io', 'CustomResourceDefinition'],
    ['storage.k8s.io', 'StorageClass'],
    ['policy', 'PodSecurityPolicy'],
    ['policy.networking.k8s.io', 'AdminNetworkPolicy'],
  ])('%s/%s is cluster-scoped', (group, kind) => {
    expect(isClusterScoped(group, kind)).toBe(true);
  });

  it.each([
    ['', 'Pod'],
    ['', 'ServiceAccount'],
    ['apps', 'Deployment'],
    ['rbac.authorization.k8s.io', 'Role'],
    ['policy', 'PodDisruptionBudget'],
    ['storage.k8s.io', 'CSIStorageCapacity'],
    ['apps', 'Namespace'],
    ['argoproj.io', 'Rollout'],
    ['constructor', 'toString'],
    ['', 'constructor'],
  ])('%s/%s is not', (group, kind) => {
    expect(isClusterScoped(group, kind)).toBe(false);
  });

  it('takes further kinds as a list or a set, but not against what is built in', () => {
    expect(isClusterScoped('kyverno.io', 'ClusterPolicy', ['kyverno.io/ClusterPolicy'])).toBe(true);
    expect(isClusterScoped('kyverno.io', 'ClusterPolicy', new Set(['kyverno.io/ClusterPolicy']))).toBe(true);
    expect(isClusterScoped('kyverno.io', 'Policy', ['kyverno.io/ClusterPolicy'])).toBe(false);
    expect(isClusterScoped('apps', 'Deployment', ['apps/Deployment'])).toBe(false);
  });
});

describe('serves', () => {
  const since = (apiVersion: string, kind: string) =>
    kubernetesVersions.filter((version) => ClusterTarget.of(version).serves(apiVersion, kind).supported)[0];

  it.each([
    ['v1', 'Pod', '1.28'],
    ['policy/v1', 'PodDisruptionBudget', '1.28'],
    ['autoscaling/v2', 'HorizontalPodAutoscaler', '1.28'],
    ['flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', '1.29'],
    ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', '1.30'],
    ['networking.k8s.io/v1', 'ServiceCIDR', '1.33'],
    ['resource.k8s.io/v1', 'ResourceClaim', '1.34'],
    ['storage.k8s.io/v1', 'VolumeAttributesClass', '1.34'],
    ['admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy', '1.36'],
    ['certificates.k8s.io/v1', 'ClusterTrustBundle', '1.37'],
    ['certificates.k8s.io/v1', 'PodCertificateRequest', '1.37'],
    ['batch/v1beta1', 'CronJob', undefined],
    ['policy/v1beta1', 'PodSecurityPolicy', undefined],
    ['extensions/v1beta1', 'Ingress', undefined],
    ['apps/v1', 'Pod', undefined],
    ['resource.k8s.io/v1beta1', 'ResourceClaim', undefined],
    ['v1', 'constructor', undefined],
    ['argoproj.io/v1alpha1', 'Rollout', '1.28'],
  ])('%s %s from %s on', (apiVersion, kind, first) => {
    expect(since(apiVersion, kind)).toBe(first);
  });

  it('says why not, and what is served in its place', () => {
    const reasonOf = (version: '1.28' | '1.29' | '1.34', apiVersion: string, kind: string) => {
      const support = ClusterTarget.of(version).serves(apiVersion, kind);
      return support.supported ? undefined : support.reason;
    };
    expect(reasonOf('1.29', 'admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy')).toBe(
      'Kubernetes 1.29 does not serve admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy (1.30 is the first that does)',
    );
    expect(reasonOf('1.34', 'batch/v1beta1', 'CronJob')).toBe(
      'Kubernetes 1.34 does not serve batch/v1beta1 CronJob (it serves batch/v1)',
    );
    expect(reasonOf('1.34', 'policy/v1beta1', 'PodSecurityPolicy')).toBe(
      'Kubernetes 1.34 does not serve policy/v1beta1 PodSecurityPolicy',
    );
    expect(reasonOf('1.34', 'flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema')).toBe(
      'Kubernetes 1.34 no longer serves flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema (1.31 was the last)',
    );
    expect(reasonOf('1.34', 'certificates.k8s.io/v1beta1', 'ClusterTrustBundle')).toBe(
      'Kubernetes 1.34 serves certificates.k8s.io/v1beta1 ClusterTrustBundle only if --runtime-config switches it on',
    );
  });
});
