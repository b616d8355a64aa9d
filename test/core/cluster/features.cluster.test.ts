import { type Feature, type FeatureId, featureTable } from '../../../core/cluster/features';
import { podFields } from '../../../core/cluster/pod-fields';
import { versionLack } from '../../../core/cluster/support';
import { ClusterTarget } from '../../../core/cluster/target';
import { isAtLeast, type KubernetesVersion, parseKubernetesVersion } from '../../../core/cluster/version';
import type { KubernetesObject } from '../../../core/manifest/object';
import type { PodSpec } from '../../../core/manifest/pod';
import { type Answer, type ControlPlane, describeCluster, VERSIONS } from '../../support/control-plane';

/** What a server does with a field: it stores it, stores the object without it, or refuses the object. */
type Outcome = 'kept' | 'dropped' | 'refused' | 'unknown field';

type Path = readonly (string | number)[];
type Loose = Readonly<Record<string, unknown>>;

interface Sample {
  /** The field, below the spec. */
  readonly path: Path;
  /** A spec that uses the feature there. */
  readonly spec: (version: KubernetesVersion) => Loose;
  /** @default - a pod */
  readonly object?: Loose & { readonly apiVersion: string; readonly kind: string };
  /** Where another feature's switch decides, the versions in question. */
  readonly otherwise?: Readonly<Partial<Record<KubernetesVersion, Outcome>>>;
}

const image = 'registry.example/app:1';
const pod = (spec: Loose): Loose => ({ containers: [{ name: 'c', image }], ...spec });
const container = (fields: Loose, spec: Loose = {}): Loose => ({
  ...spec,
  containers: [{ name: 'c', image, ...fields }],
});
const init = (fields: Loose): Loose => pod({ initContainers: [{ name: 'i', image, ...fields }] });
const volume = (source: Loose): Loose =>
  container({ volumeMounts: [{ name: 'v', mountPath: '/v' }] }, { volumes: [{ name: 'v', ...source }] });

/** A field of a pod at a path, with its value, in a pod that is valid otherwise. */
function sample(path: Path, spec: Sample['spec'] | Loose): Sample {
  return { path, spec: typeof spec === 'function' ? spec : () => spec };
}

const term = {
  topologyKey: 'kubernetes.io/hostname',
  labelSelector: { matchLabels: { app: 'a' } },
  matchLabelKeys: ['pod-template-hash'],
};
const http = { path: '/', port: 80, protocol: 'HTTP2' };
const job = { apiVersion: 'batch/v1', kind: 'Job' };
const template = { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image }] } };

/** In no object: kubelets read the annotation, and the API server and kubeadm read the rest when they start (test/core/control-plane). */
type Elsewhere =
  | 'appArmorAnnotation'
  | 'structuredAuthentication'
  | 'anonymousEndpoints'
  | 'authenticationConfigurationV1'
  | 'kubeadmV1beta4';

/** One use of every feature that a server judges. */
const samples: Readonly<Record<Exclude<FeatureId, Elsewhere>, readonly Sample[]>> = {
  userNamespaces: [sample(['hostUsers'], pod({ hostUsers: false }))],
  procMount: [
    sample(
      ['containers', 0, 'securityContext', 'procMount'],
      container({ securityContext: { procMount: 'Unmasked' } }, { hostUsers: false }),
    ),
  ],
  appArmorProfile: [
    sample(
      ['securityContext', 'appArmorProfile'],
      pod({ securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } }),
    ),
    sample(
      ['containers', 0, 'securityContext', 'appArmorProfile'],
      container({ securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } }),
    ),
  ],
  supplementalGroupsPolicy: [
    sample(
      ['securityContext', 'supplementalGroupsPolicy'],
      pod({ securityContext: { supplementalGroupsPolicy: 'Strict' } }),
    ),
  ],
  recursiveReadOnly: [
    sample(
      ['containers', 0, 'volumeMounts', 0, 'recursiveReadOnly'],
      container(
        { volumeMounts: [{ name: 'v', mountPath: '/v', readOnly: true, recursiveReadOnly: 'Enabled' }] },
        { volumes: [{ name: 'v', emptyDir: {} }] },
      ),
    ),
  ],
  imageVolume: [sample(['volumes', 0, 'image'], volume({ image: { reference: image, pullPolicy: 'Always' } }))],
  gitRepo: [sample(['volumes', 0, 'gitRepo'], volume({ gitRepo: { repository: 'https://git.example/a.git' } }))],
  preStopSleep: [
    sample(
      ['containers', 0, 'lifecycle', 'preStop', 'sleep'],
      container({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }),
    ),
    sample(
      ['containers', 0, 'lifecycle', 'postStart', 'sleep'],
      container({ lifecycle: { postStart: { sleep: { seconds: 5 } } } }),
    ),
  ],
  sleepZeroSeconds: [
    sample(
      ['containers', 0, 'lifecycle', 'preStop', 'sleep', 'seconds'],
      container({ lifecycle: { preStop: { sleep: { seconds: 0 } } } }),
    ),
  ],
  sidecarContainers: [sample(['initContainers', 0, 'restartPolicy'], init({ restartPolicy: 'Always' }))],
  containerRestartPolicy: [sample(['containers', 0, 'restartPolicy'], container({ restartPolicy: 'Never' }))],
  // While sidecars are off, every restart policy of an init container is dropped.
  initContainerRestartPolicy: [
    {
      ...sample(['initContainers', 0, 'restartPolicy'], init({ restartPolicy: 'Never' })),
      otherwise: { '1.28': 'dropped' },
    },
  ],
  containerRestartRules: [
    sample(
      ['containers', 0, 'restartPolicyRules'],
      container({
        restartPolicy: 'Never',
        restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }],
      }),
    ),
  ],
  restartAllContainers: [
    sample(
      ['containers', 0, 'restartPolicyRules', 0, 'action'],
      container({
        restartPolicy: 'Never',
        restartPolicyRules: [{ action: 'RestartAllContainers', exitCodes: { operator: 'In', values: [42] } }],
      }),
    ),
  ],
  stopSignal: [
    sample(
      ['containers', 0, 'lifecycle', 'stopSignal'],
      container({ lifecycle: { stopSignal: 'SIGUSR1' } }, { os: { name: 'linux' } }),
    ),
  ],
  inPlaceResize: [
    sample(
      ['containers', 0, 'resizePolicy'],
      container({ resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }] }),
    ),
  ],
  podLevelResources: [
    sample(['resources'], pod({ resources: { limits: { memory: '1Gi' }, requests: { memory: '1Gi' } } })),
  ],
  hostnameOverride: [sample(['hostnameOverride'], pod({ hostnameOverride: 'web.example' }))],
  envFiles: [
    sample(
      ['containers', 0, 'env', 0, 'valueFrom', 'fileKeyRef'],
      container(
        {
          env: [{ name: 'A', valueFrom: { fileKeyRef: { volumeName: 'v', path: 'env', key: 'A', optional: false } } }],
        },
        { volumes: [{ name: 'v', emptyDir: {} }] },
      ),
    ),
  ],
  seLinuxChangePolicy: [
    sample(['securityContext', 'seLinuxChangePolicy'], pod({ securityContext: { seLinuxChangePolicy: 'Recursive' } })),
  ],
  seLinuxMount: [
    sample(
      ['securityContext', 'seLinuxChangePolicy'],
      pod({ securityContext: { seLinuxChangePolicy: 'MountOption' } }),
    ),
  ],
  podAffinityMatchLabelKeys: [
    sample(
      ['affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution', 0, 'matchLabelKeys'],
      pod({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } } }),
    ),
  ],
  dynamicResourceAllocation: [
    sample(['resourceClaims'], (version) => {
      const claim = { resourceClaimName: 'gpu' };
      return pod({ resourceClaims: [{ name: 'gpu', ...(isAtLeast(version, '1.31') ? claim : { source: claim }) }] });
    }),
  ],
  clusterTrustBundle: [
    sample(
      ['volumes', 0, 'projected', 'sources', 0, 'clusterTrustBundle'],
      volume({ projected: { sources: [{ clusterTrustBundle: { name: 'ca', path: 'ca.crt' } }] } }),
    ),
  ],
  podCertificate: [
    sample(
      ['volumes', 0, 'projected', 'sources', 0, 'podCertificate'],
      volume({
        projected: {
          sources: [
            { podCertificate: { signerName: 'a.example/b', keyType: 'ED25519', credentialBundlePath: 'bundle.pem' } },
          ],
        },
      }),
    ),
  ],
  volumeAttributesClass: [
    sample(
      ['volumes', 0, 'ephemeral', 'volumeClaimTemplate', 'spec', 'volumeAttributesClassName'],
      volume({
        ephemeral: {
          volumeClaimTemplate: {
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '1Gi' } },
              volumeAttributesClassName: 'gold',
            },
          },
        },
      }),
    ),
  ],
  tolerationComparison: [
    sample(
      ['tolerations', 0, 'operator'],
      pod({ tolerations: [{ key: 'a', operator: 'Gt', value: '1', effect: 'NoSchedule' }] }),
    ),
  ],
  schedulingGroup: [sample(['schedulingGroup'], pod({ schedulingGroup: { podGroupName: 'g' } }))],
  workloadRef: [sample(['workloadRef'], pod({ workloadRef: { name: 'w', podGroup: 'g' } }))],
  evictionResponders: [
    sample(['evictionResponders'], pod({ evictionResponders: [{ name: 'a.example/b', priority: 1 }] })),
  ],
  httpProtocol: [
    sample(['containers', 0, 'livenessProbe', 'httpGet', 'protocol'], container({ livenessProbe: { httpGet: http } })),
  ],
  grpcProbeMode: [
    sample(
      ['containers', 0, 'livenessProbe', 'grpc', 'mode'],
      container({ livenessProbe: { grpc: { port: 80, mode: 'TLS' } } }),
    ),
  ],
  bindMountOptions: [
    sample(
      ['containers', 0, 'volumeMounts', 0, 'bindMountOptions'],
      container(
        { volumeMounts: [{ name: 'v', mountPath: '/v', bindMountOptions: ['noexec'] }] },
        { volumes: [{ name: 'v', emptyDir: {} }] },
      ),
    ),
  ],
  emptyDirMode: [sample(['volumes', 0, 'emptyDir', 'mode'], volume({ emptyDir: { mode: 448 } }))],
  projectedFileUsers: [
    sample(['volumes', 0, 'configMap', 'defaultUser'], volume({ configMap: { name: 'a', defaultUser: 1000 } })),
    sample(['volumes', 0, 'projected', 'defaultUser'], volume({ projected: { sources: [], defaultUser: 1000 } })),
  ],
  trafficDistribution: [
    {
      path: ['trafficDistribution'],
      object: { apiVersion: 'v1', kind: 'Service' },
      spec: () => ({ ports: [{ port: 80 }], trafficDistribution: 'PreferClose' }),
    },
  ],
  jobPodReplacementPolicy: [
    { path: ['podReplacementPolicy'], object: job, spec: () => ({ template, podReplacementPolicy: 'Failed' }) },
  ],
  jobBackoffLimitPerIndex: [
    {
      path: ['backoffLimitPerIndex'],
      object: job,
      spec: () => ({ template, completionMode: 'Indexed', completions: 2, backoffLimitPerIndex: 1 }),
    },
  ],
  jobSuccessPolicy: [
    {
      path: ['successPolicy'],
      object: job,
      spec: () => ({
        template,
        completionMode: 'Indexed',
        completions: 2,
        successPolicy: { rules: [{ succeededCount: 1 }] },
      }),
    },
  ],
  jobManagedBy: [{ path: ['managedBy'], object: job, spec: () => ({ template, managedBy: 'a.example/b' }) }],
  hpaTolerance: [
    {
      path: ['behavior', 'scaleUp', 'tolerance'],
      object: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
      spec: () => ({
        maxReplicas: 2,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
        behavior: { scaleUp: { tolerance: '100m' } },
      }),
    },
  ],
  statefulSetMaxUnavailable: [
    {
      path: ['updateStrategy', 'rollingUpdate', 'maxUnavailable'],
      object: { apiVersion: 'apps/v1', kind: 'StatefulSet' },
      spec: () => ({
        selector: { matchLabels: { app: 'a' } },
        template: { metadata: { labels: { app: 'a' } }, spec: pod({}) },
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 2 } },
      }),
    },
  ],
  hpaScaleToZero: [
    {
      path: ['minReplicas'],
      object: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
      spec: () => ({
        minReplicas: 0,
        maxReplicas: 2,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'a' },
        metrics: [{ type: 'External', external: { metric: { name: 'm' }, target: { type: 'Value', value: '1' } } }],
      }),
    },
  ],
  crossNamespaceDataSource: [
    {
      path: ['dataSourceRef'],
      object: { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
      spec: () => ({
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        dataSourceRef: { apiGroup: 'snapshot.storage.k8s.io', kind: 'VolumeSnapshot', name: 'a', namespace: 'b' },
      }),
    },
  ],
};

const cases = Object.entries(samples).flatMap(([id, uses]) =>
  uses.map((use) => [id as FeatureId, use.path.join('.'), use] as const),
);

/** What the table says that a server of this version does. */
function expected(version: KubernetesVersion, feature: Feature, { path, object, otherwise }: Sample): Outcome {
  if (object ? feature.since && !isAtLeast(version, feature.since) : hasNoField(version, path)) return 'unknown field';
  return otherwise?.[version] ?? (versionLack(version, feature) ? (feature.whenOff ?? 'dropped') : 'kept');
}

/** Whether the API of this version lacks the field or one that it is in. */
function hasNoField(version: KubernetesVersion, path: Path): boolean {
  return path.some((_, i) => {
    const lifetime = podFields[patternOf(path.slice(0, i + 1))];
    return lifetime && (!isAtLeast(version, lifetime.since) || (lifetime.last && !isAtLeast(lifetime.last, version)));
  });
}

function patternOf(path: Path): string {
  return path
    .map((segment) => (typeof segment === 'number' ? '[]' : `.${segment}`))
    .join('')
    .slice(1);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, segment) => (at as Readonly<Record<string | number, unknown>> | undefined)?.[segment],
    value,
  );
}

function observed(answer: Answer, sent: KubernetesObject, path: Path): Outcome {
  if (/unknown field/.test(answer.message)) return 'unknown field';
  if (answer.status !== 201) return 'refused';
  const [before, after] = [valueAt(sent.spec, path), valueAt(answer.body.spec, path)];
  return JSON.stringify(sorted(before)) === JSON.stringify(sorted(after)) ? 'kept' : 'dropped';
}

/** The value with its keys in order: a server answers in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

describe.each(VERSIONS)('the table of features', (server) => {
  const version = parseKubernetesVersion(server)!;

  describeCluster(
    'the table of features',
    (cluster: () => ControlPlane) => {
      let namespace: string;
      beforeAll(async () => {
        namespace = await cluster().namespace('features');
      });

      const send = async ({ spec, object = { apiVersion: 'v1', kind: 'Pod' } }: Sample) => {
        const sent = {
          ...object,
          metadata: { name: 'a', namespace, labels: { 'pod-template-hash': 'x' } },
          spec: spec(version),
        };
        return { sent, answer: await cluster().client.create(sent, { dryRun: true }) };
      };

      it('has a pod that the server takes without any of them', async () => {
        const { answer } = await send(sample([], pod({})));
        expect([answer.status, answer.message]).toEqual([201, '']);
      });

      it.each(cases)('says of %s at %s what the server does with it', async (id, _, use) => {
        const { sent, answer } = await send(use);
        const outcome = observed(answer, sent, use.path);
        expect([outcome, answer.message.slice(0, 300)]).toEqual([
          expected(version, featureTable[id], use),
          expect.anything(),
        ]);
      });

      it.each(cases.filter(([, , { object }]) => !object))(
        'is followed by the check of a whole pod spec: %s at %s',
        async (id, _, use) => {
          const target = ClusterTarget.of(version);
          const spec = use.spec(version) as unknown as PodSpec;
          const found = target.unsupportedFields(spec, { ignore: ['nodes'] });
          const { sent, answer } = await send(use);
          const stored = observed(answer, sent, use.path) === 'kept';
          const feature: Feature = featureTable[id];
          const kubeletRefuses = feature.whenOff === 'kept' && versionLack(version, feature) !== undefined;
          expect([id, found.length === 0]).toEqual([id, stored && !kubeletRefuses]);
        },
      );
    },
    { version: server },
  );
});
