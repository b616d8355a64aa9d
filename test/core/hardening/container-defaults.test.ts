import { ClusterTarget } from '../../../core/cluster';
import { type ChangeClass, type HardenContext, harden } from '../../../core/hardening';
import type { Container, PodSpec } from '../../../core/manifest/pod';

const target = ClusterTarget.of('1.36');
type Given = Partial<Container>;
const of = (given: Given, context: Partial<HardenContext> = {}, spec: Partial<PodSpec> = {}) => {
  const result = harden({ spec: { containers: [{ name: 'a', ...given }], ...spec } }, { target, ...context });
  const at = 'spec/containers/0/';
  const changes = new Map<string, ChangeClass>(
    result.changes
      .map((change) => [change.path.join('/'), change.class] as const)
      .flatMap(([path, kind]) => (path.startsWith(at) ? [[path.slice(at.length), kind] as const] : [])),
  );
  return { container: result.template.spec.containers[0] as Container, changes };
};

/** What is given -> what of it is there afterwards, and how the change at a path is classed (undefined: no change). */
const rows: readonly (readonly [string, Given, Given, string, ChangeClass | undefined])[] = [
  [
    'no escalation',
    {},
    { securityContext: { allowPrivilegeEscalation: false } as never },
    'securityContext/allowPrivilegeEscalation',
    'may-break',
  ],
  ['not privileged', {}, { securityContext: { privileged: false } as never }, 'securityContext/privileged', 'safe'],
  [
    'a read-only root',
    {},
    { securityContext: { readOnlyRootFilesystem: true } as never },
    'securityContext/readOnlyRootFilesystem',
    'may-break',
  ],
  [
    'no capabilities',
    {},
    { securityContext: { capabilities: { drop: ['ALL'] } } as never },
    'securityContext/capabilities/drop',
    'may-break',
  ],
  [
    'the spelling of ALL',
    { securityContext: { capabilities: { drop: ['all'] } } },
    { securityContext: { capabilities: { drop: ['ALL'] } } as never },
    'securityContext/capabilities/drop',
    'safe',
  ],
  [
    'what is added stays',
    { securityContext: { capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } } },
    { securityContext: { capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] } } as never },
    'securityContext/capabilities/drop',
    undefined,
  ],
  [
    'a privileged container escalates by definition',
    { securityContext: { privileged: true } },
    { securityContext: { privileged: true } as never },
    'securityContext/allowPrivilegeEscalation',
    undefined,
  ],
  ['CPU is asked for', {}, {}, 'resources/requests/cpu', 'needs-fact'],
  [
    'a CPU limit is the request',
    { resources: { limits: { cpu: '1' } } },
    { resources: { requests: { cpu: '1' } } as never },
    'resources/requests/cpu',
    'safe',
  ],
  ['memory is asked for', {}, {}, 'resources/limits/memory', 'needs-fact'],
  [
    'a memory request is the limit',
    { resources: { requests: { memory: '1Gi' } } },
    { resources: { limits: { memory: '1Gi' } } as never },
    'resources/limits/memory',
    'may-break',
  ],
  [
    'a memory limit is the request, as the API server has it',
    { resources: { limits: { memory: '1Gi' } } },
    { resources: { requests: { memory: '1Gi' } } as never },
    'resources/requests/memory',
    'safe',
  ],
  [
    'of two amounts the limit counts',
    { resources: { requests: { memory: '1Gi' }, limits: { memory: '2Gi' } } },
    { resources: { requests: { memory: '2Gi' }, limits: { memory: '2Gi' } } as never },
    'resources/requests/memory',
    'may-break',
  ],
  [
    'two spellings of one amount stay',
    { resources: { requests: { memory: '1024Mi' }, limits: { memory: '1Gi' } } },
    { resources: { requests: { memory: '1024Mi' }, limits: { memory: '1Gi' } } as never },
    'resources/requests/memory',
    undefined,
  ],
  [
    'local disk is bounded',
    {},
    { resources: { limits: { 'ephemeral-storage': '128Mi' } } as never },
    'resources/limits/ephemeral-storage',
    'may-break',
  ],
  [
    'a request for local disk is its limit',
    { resources: { requests: { 'ephemeral-storage': '2Gi' } } },
    { resources: { limits: { 'ephemeral-storage': '2Gi' } } as never },
    'resources/limits/ephemeral-storage',
    'may-break',
  ],
  [
    'ports have names',
    { ports: [{ containerPort: 53, protocol: 'UDP' }] },
    { ports: [{ containerPort: 53, protocol: 'UDP', name: 'udp-53' }] },
    'ports/0/name',
    'safe',
  ],
  [
    'names of ports stay',
    { ports: [{ containerPort: 80, name: 'web' }] },
    { ports: [{ containerPort: 80, name: 'web' }] },
    'ports/0/name',
    undefined,
  ],
  [
    'a sleep before the end',
    { ports: [{ containerPort: 80 }] },
    { lifecycle: { preStop: { sleep: { seconds: 5 } } } },
    'lifecycle/preStop',
    'safe',
  ],
  [
    'a hook of its own stays',
    { ports: [{ containerPort: 80 }], lifecycle: { preStop: { exec: { command: ['x'] } } } },
    { lifecycle: { preStop: { exec: { command: ['x'] } } } },
    'lifecycle/preStop',
    undefined,
  ],
  ['no sleep without a port', {}, {}, 'lifecycle/preStop', undefined],
];

describe('the defaults of a container', () => {
  it.each(rows)('%s', (_, given, expected, path, kind) => {
    const { container, changes } = of(given);
    expect(container).toMatchObject(expected);
    expect(changes.get(path)).toBe(kind);
  });

  it.each<[string, Partial<HardenContext>, Partial<PodSpec>]>([
    ['a run to completion', { role: 'batch' }, {}],
    ['a cluster that has no such hook', { target: ClusterTarget.of('1.29') }, {}],
    ['a grace period that ends before it', {}, { terminationGracePeriodSeconds: 5 }],
  ])('no sleep for %s', (_, context, spec) => {
    expect(of({ ports: [{ containerPort: 80 }] }, context, spec).container.lifecycle).toBeUndefined();
  });

  it('a sleep for a sidecar that serves, and none for an init container', () => {
    const initContainers = [
      { name: 'sidecar', restartPolicy: 'Always' as const, ports: [{ containerPort: 1 }] },
      { name: 'init', ports: [{ containerPort: 2 }] },
    ];
    const { template } = harden({ spec: { initContainers, containers: [{ name: 'a' }] } }, { target });
    expect(template.spec.initContainers?.map(({ lifecycle }) => lifecycle?.preStop?.sleep?.seconds)).toEqual([
      5,
      undefined,
    ]);
  });

  it('nothing of Linux for Windows', () => {
    const { container } = of({}, {}, { os: { name: 'windows' } });
    expect(container.securityContext).toBeUndefined();
    expect(container.resources?.limits).toEqual({ 'ephemeral-storage': '128Mi' });
  });
});

describe('names of ports', () => {
  const named = (ports: Container['ports']) => of({ ports }).container.ports?.map(({ name }) => name);

  it('are unique in a container: what is there twice, or whose name another port has, is left without', () => {
    expect(named([{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }])).toEqual(['tcp-80', 'udp-80']);
    const twice = [
      { containerPort: 80, hostPort: 80, hostIP: '127.0.0.1' },
      { containerPort: 80, hostPort: 80, hostIP: '10.0.0.1', protocol: 'TCP' as const },
    ];
    expect(named(twice)).toEqual([undefined, undefined]);
    expect(named([{ containerPort: 80 }, { containerPort: 81, name: 'tcp-80' }])).toEqual([undefined, 'tcp-80']);
  });
});
