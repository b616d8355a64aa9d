import { ClusterTarget } from '../../../core/cluster';
import { type ChangeClass, type HardenContext, harden, type OwnerFacts } from '../../../core/hardening';
import type { PodSpec } from '../../../core/manifest/pod';

const able = ClusterTarget.of('1.36', {
  nodes: { userNamespaces: true, appArmor: true, supplementalGroupsPolicy: true },
});
const facts: OwnerFacts = { user: 1, group: 2, fsGroup: 3, serviceAccountName: 'own', selector: { app: 'x' } };

function of(spec: Partial<PodSpec> = {}, context: Partial<HardenContext> = {}) {
  const result = harden({ spec: { containers: [{ name: 'a' }], ...spec } }, { target: able, facts, ...context });
  const changes = new Map<string, ChangeClass>(
    result.changes.map((change) => [change.path.join('/'), change.class] as const),
  );
  return { ...result, pod: result.template.spec, changes };
}

const spread = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map((topologyKey) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: { app: 'x' } },
}));

/** Where it is, what it becomes, how the change is classed, and a value of its owner that stays. */
const rows: readonly (readonly [string, unknown, ChangeClass, unknown])[] = [
  ['serviceAccountName', 'own', 'may-break', 'other'],
  ['automountServiceAccountToken', false, 'may-break', true],
  ['enableServiceLinks', false, 'may-break', true],
  ['hostUsers', false, 'may-break', true],
  ['terminationGracePeriodSeconds', 30, 'safe', 7],
  ['topologySpreadConstraints', spread, 'safe', []],
  ['securityContext/runAsUser', 1, 'safe', 9],
  ['securityContext/runAsGroup', 2, 'safe', 9],
  ['securityContext/fsGroup', 3, 'safe', 9],
  ['securityContext/runAsNonRoot', true, 'safe', false],
  ['securityContext/fsGroupChangePolicy', 'OnRootMismatch', 'safe', 'Always'],
  ['securityContext/supplementalGroupsPolicy', 'Strict', 'may-break', 'Merge'],
  ['securityContext/seccompProfile', { type: 'RuntimeDefault' }, 'may-break', { type: 'Unconfined' }],
  ['securityContext/appArmorProfile', { type: 'RuntimeDefault' }, 'may-break', { type: 'Unconfined' }],
];
const at = (pod: object, path: string) =>
  path.split('/').reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], pod);
const spelt = (path: string, value: unknown) =>
  path.split('/').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Partial<PodSpec>;

describe('the defaults of a pod', () => {
  it.each(rows)('%s', (path, value, kind, owners) => {
    const made = of();
    expect(at(made.pod, path)).toEqual(value);
    expect(made.changes.get(`spec/${path}`)).toBe(kind);
    const kept = of(spelt(path, owners));
    expect(at(kept.pod, path)).toEqual(owners);
    expect(kept.changes.has(`spec/${path}`)).toBe(false);
  });

  it('are these and no others', () => {
    const { changes } = of();
    const expected = rows.map(([path]) => `spec/${path}`);
    expect([...changes.keys()].filter((path) => !path.startsWith('spec/containers')).sort()).toEqual(
      [...expected].sort(),
    );
  });

  it('asks for what only the owner knows', () => {
    const { pod, changes } = of({ initContainers: [{ name: 'i', image: 'x' }] }, { facts: {} });
    expect(pod.securityContext).not.toHaveProperty('runAsNonRoot');
    expect(pod.serviceAccountName).toBeUndefined();
    for (const list of ['initContainers', 'containers'])
      for (const field of ['runAsUser', 'runAsGroup'])
        expect(changes.get(`spec/${list}/0/securityContext/${field}`)).toBe('needs-fact');
  });

  it.each<[string, Partial<PodSpec>, OwnerFacts, true | undefined]>([
    ['a user for all', { securityContext: { runAsUser: 5 } }, {}, true],
    ['root for all', { securityContext: { runAsUser: 0 } }, {}, undefined],
    ['a user for each', { containers: [{ name: 'a', securityContext: { runAsUser: 5 } }] }, {}, true],
    ['root for one', { containers: [{ name: 'a', securityContext: { runAsUser: 0 } }] }, { user: 5 }, undefined],
    [
      'no user for one',
      { containers: [{ name: 'a', securityContext: { runAsUser: 5 } }, { name: 'b' }] },
      {},
      undefined,
    ],
  ])('says that nobody is root only where that is known: %s', (_, spec, given, expected) => {
    expect(of(spec, { facts: given }).pod.securityContext?.runAsNonRoot).toBe(expected);
  });

  it('leaves ids to OpenShift, which never gives root', () => {
    const { pod, changes } = of({}, { target: ClusterTarget.of('1.34', { distribution: 'openshift' }), facts: {} });
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true });
    expect(pod.securityContext).not.toHaveProperty('runAsUser');
    expect([...changes.values()].filter((kind) => kind === 'needs-fact')).toHaveLength(2); // CPU and memory
  });

  it.each<[string, Partial<PodSpec>, OwnerFacts, RegExp]>([
    ['a namespace of the node', { hostPID: true }, {}, /shares a namespace with its node/],
    ['a runtime class', { runtimeClassName: 'gvisor' }, {}, /runtime class gvisor brings an isolation of its own/],
    [
      'a raw block device',
      { containers: [{ name: 'a', volumeDevices: [{ name: 'd', devicePath: '/dev/x' }] }] },
      {},
      /raw block device/,
    ],
    ['NFS', { volumes: [{ name: 'n', nfs: { server: 's', path: '/' } }] }, {}, /NFS cannot map ids/],
    ['what its owner says', {}, { withoutIdMapping: true }, /NFS cannot map ids/],
  ])('gives no user namespace with %s, and says why', (_, spec, given, why) => {
    const { pod, notes } = of(spec, { facts: { ...facts, ...given } });
    expect(pod.hostUsers).toBeUndefined();
    expect(notes).toEqual([
      expect.objectContaining({
        rule: 'user-namespaces',
        path: ['spec', 'hostUsers'],
        message: expect.stringMatching(why),
      }),
    ]);
  });

  it.each([
    [undefined, 30],
    [5, 30],
    [9, 30],
    [10, 31],
    [60, 81],
  ])('ends no sooner than a sleep of %p s and a drain of 20 s: %p s', (seconds, expected) => {
    const lifecycle = seconds === undefined ? {} : { lifecycle: { preStop: { sleep: { seconds } } } };
    expect(of({ containers: [{ name: 'a', ...lifecycle }] }).pod.terminationGracePeriodSeconds).toBe(expected);
  });

  it('bounds every emptyDir', () => {
    const volumes = [
      { name: 'a', emptyDir: {} },
      { name: 'b', emptyDir: { sizeLimit: '1Gi' } },
      { name: 'c', configMap: { name: 'c' } },
    ];
    const { pod, changes } = of({ volumes });
    expect(pod.volumes).toEqual([{ name: 'a', emptyDir: { sizeLimit: '64Mi' } }, ...volumes.slice(1)]);
    expect(changes.get('spec/volumes/0/emptyDir/sizeLimit')).toBe('may-break');
  });

  it('turns AppArmor into the annotations of older versions, container by container', () => {
    const target = ClusterTarget.of('1.29', { nodes: { appArmor: true } });
    const key = (name: string) => `container.apparmor.security.beta.kubernetes.io/${name}`;
    const { template } = of(
      {
        securityContext: { appArmorProfile: { type: 'Localhost', localhostProfile: 'pod' } },
        containers: [
          { name: 'a' },
          { name: 'b', securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } },
          { name: 'c', securityContext: { appArmorProfile: { type: 'Unconfined' } } },
        ],
      },
      { target },
    );
    expect(template.metadata?.annotations).toEqual({
      [key('a')]: 'localhost/pod',
      [key('b')]: 'runtime/default',
      [key('c')]: 'unconfined',
    });
    expect(JSON.stringify(template.spec)).not.toContain('appArmorProfile');
  });

  it('has for Windows what Windows has', () => {
    const { pod, template, notes } = of(
      { os: { name: 'windows' } },
      { target: ClusterTarget.of('1.29', { nodes: { appArmor: true } }) },
    );
    expect(pod.securityContext).toEqual({ runAsNonRoot: true, windowsOptions: { runAsUserName: 'ContainerUser' } });
    expect(pod.hostUsers).toBeUndefined();
    expect(template.metadata?.annotations).toBeUndefined();
    expect(notes).toEqual([]);
  });
});
