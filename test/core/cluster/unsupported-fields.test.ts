import { ClusterTarget } from '../../../core/cluster';
import { kubernetesVersions } from '../../../core/cluster/version';
import type { PodSpec } from '../../../core/manifest/pod';

const able = {
  userNamespaces: true,
  appArmor: true,
  supplementalGroupsPolicy: true,
  recursiveReadOnly: true,
  imageVolumes: true,
};

const modern: PodSpec = {
  hostUsers: false,
  hostnameOverride: 'web',
  resources: { limits: { memory: '1Gi' } },
  securityContext: { supplementalGroupsPolicy: 'Strict', appArmorProfile: { type: 'RuntimeDefault' } },
  initContainers: [{ name: 'proxy', restartPolicy: 'Always' }],
  containers: [
    { name: 'plain' },
    {
      name: 'web',
      lifecycle: { preStop: { sleep: { seconds: 5 } } },
      restartPolicyRules: [{ action: 'Restart' }],
      volumeMounts: [{ name: 'model', mountPath: '/model', readOnly: true, recursiveReadOnly: 'IfPossible' }],
    },
  ],
  volumes: [{ name: 'model', image: { reference: 'registry.example/model:1' } }],
};

const fieldsOf = (target: ClusterTarget, pod: PodSpec) =>
  target
    .unsupportedFields(pod)
    .map(({ field }) => field)
    .sort();

describe('unsupportedFields', () => {
  it('finds every field that 1.28 lacks, once each, with path, value and reason', () => {
    const found = ClusterTarget.of('1.28', { nodes: able }).unsupportedFields(modern);
    expect(found.map(({ path }) => path.join('.')).sort()).toEqual([
      'containers.1.lifecycle.preStop.sleep',
      'containers.1.restartPolicyRules',
      'containers.1.volumeMounts.0.recursiveReadOnly',
      'hostUsers',
      'hostnameOverride',
      'initContainers.0.restartPolicy',
      'resources',
      'securityContext.appArmorProfile',
      'securityContext.supplementalGroupsPolicy',
      'volumes.0.image',
    ]);
    expect(found.find(({ feature }) => feature === 'preStopSleep')).toEqual({
      path: ['containers', 1, 'lifecycle', 'preStop', 'sleep'],
      field: 'containers[].lifecycle.preStop.sleep',
      value: { seconds: 5 },
      feature: 'preStopSleep',
      cause: 'version',
      since: '1.30',
      reason:
        'Kubernetes 1.28 does not have lifecycle hooks of kind sleep (1.30 is the first to have it on by default)',
    });
  });

  it.each([
    [
      '1.32',
      [
        'containers[].restartPolicyRules',
        'hostUsers',
        'hostnameOverride',
        'resources',
        'securityContext.supplementalGroupsPolicy',
        'volumes[].image',
      ],
    ],
    ['1.33', ['containers[].restartPolicyRules', 'hostnameOverride', 'resources', 'volumes[].image']],
    ['1.34', ['containers[].restartPolicyRules', 'hostnameOverride', 'volumes[].image']],
    ['1.35', []],
    ['1.37', []],
  ] as const)('on %s finds %j', (version, fields) => {
    expect(fieldsOf(ClusterTarget.of(version, { nodes: able }), modern)).toEqual(fields);
  });

  it('finds what the nodes may refuse, and leaves that out on request', () => {
    const target = ClusterTarget.of('1.36');
    expect(target.unsupportedFields(modern).map(({ field, cause }) => [field, cause])).toEqual([
      ['hostUsers', 'nodes'],
      ['securityContext.appArmorProfile', 'nodes'],
      ['securityContext.supplementalGroupsPolicy', 'nodes'],
      ['volumes[].image', 'nodes'],
    ]);
    expect(target.unsupportedFields(modern, { ignore: ['nodes'] })).toEqual([]);
  });

  it('lets pass the values that need nothing', () => {
    const harmless: PodSpec = {
      hostUsers: true,
      securityContext: { appArmorProfile: { type: 'Unconfined' }, supplementalGroupsPolicy: 'Merge' },
      containers: [{ name: 'a', securityContext: { procMount: 'Default' } }],
      tolerations: [{ operator: 'Exists' }],
    };
    expect(ClusterTarget.of('1.36').unsupportedFields(harmless)).toEqual([]);
    expect(fieldsOf(ClusterTarget.of('1.28'), harmless)).toEqual([
      'securityContext.appArmorProfile',
      'securityContext.supplementalGroupsPolicy',
    ]);
  });

  it('looks at values: a restart policy is a sidecar or a rule of its own', () => {
    const pod = (restartPolicy: 'Always' | 'Never'): PodSpec => ({
      initContainers: [{ name: 'i', restartPolicy }],
      containers: [{ name: 'c' }],
    });
    const lacking = (policy: 'Always' | 'Never') =>
      kubernetesVersions.filter((version) => ClusterTarget.of(version).unsupportedFields(pod(policy)).length > 0);
    expect(lacking('Always')).toEqual(['1.28']);
    expect(lacking('Never')).toEqual(['1.28', '1.29', '1.30', '1.31', '1.32', '1.33', '1.34']);
  });

  it('finds fields of a raw patch that are gone again, or that only the generated table knows', () => {
    const raw = {
      containers: [],
      workloadRef: { name: 'w' },
      resourceClaims: [{ name: 'r', source: {} }],
    } as unknown as PodSpec;
    expect(ClusterTarget.of('1.36').unsupportedFields(raw)).toEqual([
      {
        path: ['workloadRef'],
        field: 'workloadRef',
        value: { name: 'w' },
        feature: 'workloadRef',
        cause: 'version',
        reason:
          'Kubernetes 1.36 no longer has workload references, which scheduling groups replaced (1.35 was the last)',
      },
      {
        path: ['resourceClaims', 0, 'source'],
        field: 'resourceClaims[].source',
        value: {},
        cause: 'version',
        reason: 'Kubernetes 1.36 no longer has the field resourceClaims[].source in a pod spec (1.30 was the last)',
      },
    ]);
  });

  it('takes anything for a pod spec without throwing, and null for absent', () => {
    const target = ClusterTarget.of('1.28');
    for (const odd of [null, 'x', 3, [], { containers: 'none' }, { containers: [null, 'x'] }, { hostUsers: null }]) {
      expect(target.unsupportedFields(odd as unknown as PodSpec)).toEqual([]);
    }
  });
});

describe('lacksPodField', () => {
  const target = ClusterTarget.of('1.34', { nodes: able });

  it.each(['hostUsers', 'containers[].lifecycle.preStop.sleep', 'containers[].image', 'made.up', ''])(
    'has %j',
    (path) => {
      expect(target.lacksPodField(path)).toBeUndefined();
    },
  );

  it.each([
    'hostnameOverride',
    'containers[].restartPolicyRules',
    'containers[0].restartPolicyRules[1].exitCodes.values',
    'volumes[].image.reference',
    'tolerations[].operator',
  ])('lacks %j', (path) => {
    expect(target.lacksPodField(path)).toMatch(/^Kubernetes 1\.34 /);
  });

  it('takes segments, and a value where only some need the feature', () => {
    expect(target.lacksPodField(['containers', 3, 'restartPolicyRules'])).toMatch(
      /^Kubernetes 1\.34 has restart rules/,
    );
    expect(target.lacksPodField(['tolerations', 0, 'operator'], 'Gt')).toMatch(
      /^Kubernetes 1\.34 does not have tolerations/,
    );
    expect(target.lacksPodField(['tolerations', 0, 'operator'], 'Exists')).toBeUndefined();
  });

  it('says which version has it', () => {
    expect(target.lacksPodField('hostnameOverride')).toBe(
      'Kubernetes 1.34 has hostnameOverride switched off by default (on by default from 1.35)',
    );
  });
});
