import { type Feature, type FeatureId, features, featureTable } from '../../../core/cluster/features';
import { podFields } from '../../../core/cluster/pod-fields';
import { ClusterTarget } from '../../../core/cluster/target';
import { isAtLeast, type KubernetesVersion, kubernetesVersions } from '../../../core/cluster/version';

const able = {
  userNamespaces: true,
  appArmor: true,
  supplementalGroupsPolicy: true,
  recursiveReadOnly: true,
  imageVolumes: true,
} as const;

/** The versions in which each feature can be used on nodes that can everything: the first and the last of them. */
const usable: Readonly<Record<FeatureId, readonly [KubernetesVersion, KubernetesVersion] | 'never'>> = {
  userNamespaces: ['1.33', '1.37'],
  procMount: ['1.33', '1.37'],
  appArmorProfile: ['1.30', '1.37'],
  appArmorAnnotation: ['1.28', '1.29'],
  supplementalGroupsPolicy: ['1.33', '1.37'],
  recursiveReadOnly: ['1.31', '1.37'],
  imageVolume: ['1.35', '1.37'],
  gitRepo: ['1.28', '1.32'],
  preStopSleep: ['1.30', '1.37'],
  sleepZeroSeconds: ['1.33', '1.37'],
  sidecarContainers: ['1.29', '1.37'],
  containerRestartPolicy: ['1.35', '1.37'],
  initContainerRestartPolicy: ['1.35', '1.37'],
  containerRestartRules: ['1.35', '1.37'],
  restartAllContainers: ['1.36', '1.37'],
  stopSignal: 'never',
  inPlaceResize: ['1.33', '1.37'],
  podLevelResources: ['1.34', '1.37'],
  hostnameOverride: ['1.35', '1.37'],
  envFiles: ['1.35', '1.37'],
  seLinuxChangePolicy: ['1.33', '1.37'],
  seLinuxMount: ['1.37', '1.37'],
  podAffinityMatchLabelKeys: ['1.31', '1.37'],
  dynamicResourceAllocation: ['1.34', '1.37'],
  clusterTrustBundle: ['1.37', '1.37'],
  podCertificate: ['1.37', '1.37'],
  volumeAttributesClass: ['1.34', '1.37'],
  tolerationComparison: 'never',
  schedulingGroup: 'never',
  workloadRef: 'never',
  evictionResponders: 'never',
  httpProtocol: 'never',
  grpcProbeMode: 'never',
  bindMountOptions: 'never',
  emptyDirMode: 'never',
  projectedFileUsers: 'never',
  trafficDistribution: ['1.31', '1.37'],
  jobPodReplacementPolicy: ['1.29', '1.37'],
  jobBackoffLimitPerIndex: ['1.29', '1.37'],
  jobSuccessPolicy: ['1.31', '1.37'],
  jobManagedBy: ['1.32', '1.37'],
  hpaTolerance: ['1.35', '1.37'],
  statefulSetMaxUnavailable: ['1.37', '1.37'],
  hpaScaleToZero: ['1.37', '1.37'],
  crossNamespaceDataSource: 'never',
  structuredAuthentication: ['1.30', '1.37'],
  anonymousEndpoints: ['1.32', '1.37'],
  authenticationConfigurationV1: ['1.34', '1.37'],
  kubeadmV1beta4: ['1.31', '1.37'],
};

describe('features', () => {
  it.each(Object.keys(features) as FeatureId[])(
    '%s can be used from its first version to its last, and nowhere else',
    (id) => {
      const supported = kubernetesVersions.filter(
        (version) => ClusterTarget.of(version, { nodes: able }).supports(id).supported,
      );
      const [first, last] = usable[id] === 'never' ? [] : usable[id];
      const expected = kubernetesVersions.filter(
        (version) => first && last && isAtLeast(version, first) && isAtLeast(last, version),
      );
      expect(supported).toEqual(expected);
    },
  );

  it.each([
    ['1.28', 'preStopSleep', { cause: 'version', since: '1.30' }],
    ['1.29', 'preStopSleep', { cause: 'gate', since: '1.30' }],
    ['1.32', 'userNamespaces', { cause: 'gate', since: '1.33' }],
    ['1.30', 'supplementalGroupsPolicy', { cause: 'version', since: '1.33' }],
    ['1.32', 'supplementalGroupsPolicy', { cause: 'gate', since: '1.33' }],
    ['1.29', 'appArmorProfile', { cause: 'version', since: '1.30' }],
  ] as const)('on %s, %s is lacking, and says why', (version, id, expected) => {
    expect(ClusterTarget.of(version, { nodes: able }).supports(id)).toMatchObject({ supported: false, ...expected });
  });

  it('names the version, the feature and the first version that has it', () => {
    const reasonOf = (version: KubernetesVersion, id: FeatureId) => {
      const support = ClusterTarget.of(version).supports(id);
      return support.supported ? undefined : support.reason;
    };
    expect(reasonOf('1.28', 'preStopSleep')).toBe(
      'Kubernetes 1.28 does not have lifecycle hooks of kind sleep (1.30 is the first to have it on by default)',
    );
    expect(reasonOf('1.29', 'preStopSleep')).toBe(
      'Kubernetes 1.29 has lifecycle hooks of kind sleep switched off by default (on by default from 1.30)',
    );
    expect(reasonOf('1.30', 'appArmorAnnotation')).toBe(
      'Kubernetes 1.30 no longer has AppArmor by annotation (1.29 was the last)',
    );
    expect(reasonOf('1.36', 'stopSignal')).toBe(
      'Kubernetes 1.36 has stop signals of containers switched off by default (and so does every version up to 1.37)',
    );
    expect(reasonOf('1.31', 'stopSignal')).toBe(
      'Kubernetes 1.31 does not have stop signals of containers (1.33 is the first that does, switched off by default up to 1.37)',
    );
    expect(reasonOf('1.33', 'userNamespaces')).toBe(
      'it is not known whether every node has user namespaces (Linux 6.3 with containerd 2 or CRI-O)',
    );
  });

  it('are in order: there, then on, then stable', () => {
    for (const feature of Object.values<Feature>(featureTable)) {
      const { since = '1.28', on, stable } = feature;
      if (on) expect(isAtLeast(on, since)).toBe(true);
      if (stable) expect(on && isAtLeast(stable, on)).toBe(true);
    }
  });
});

describe('the generated table of pod fields', () => {
  it('has what came after 1.28, with the version that it came with', () => {
    expect(podFields).toMatchObject({
      resources: { since: '1.32' },
      hostnameOverride: { since: '1.34' },
      schedulingGroup: { since: '1.36' },
      workloadRef: { since: '1.35', last: '1.35' },
      'containers[].restartPolicyRules': { since: '1.34' },
      'initContainers[].lifecycle.preStop.sleep': { since: '1.29' },
      'securityContext.appArmorProfile': { since: '1.30' },
      'ephemeralContainers[].securityContext.appArmorProfile': { since: '1.30' },
      'securityContext.supplementalGroupsPolicy': { since: '1.31' },
      'containers[].volumeMounts[].recursiveReadOnly': { since: '1.30' },
      'volumes[].image': { since: '1.31' },
      'volumes[].projected.sources[].clusterTrustBundle': { since: '1.29' },
      'resourceClaims[].source': { since: '1.28', last: '1.30' },
    });
    expect(podFields).not.toHaveProperty(['hostUsers']);
    expect(podFields).not.toHaveProperty(['volumes[].image.reference']);
  });

  it('has no gated field that the curated table forgets', () => {
    const curated = new Set(Object.values<Feature>(featureTable).flatMap(({ paths }) => paths));
    const covered = (path: string) =>
      path.split('.').some(
        (_, i, parts) =>
          curated.has(parts.slice(0, i + 1).join('.')) ||
          curated.has(
            parts
              .slice(0, i + 1)
              .join('.')
              .replace(/\[\]$/, ''),
          ),
      );
    expect(Object.keys(podFields).filter((path) => !covered(path))).toEqual([
      'volumes[].ephemeral.volumeClaimTemplate.spec.resources.claims',
    ]);
  });

  it('agrees with the curated table on the version in which a field came', () => {
    for (const feature of Object.values<Feature>(featureTable)) {
      for (const path of feature.values ? [] : feature.paths) {
        if (podFields[path]) expect([path, podFields[path].since]).toEqual([path, feature.since]);
      }
    }
  });
});
