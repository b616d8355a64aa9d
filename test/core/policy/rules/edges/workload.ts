import { ClusterTarget } from '../../../../../core/cluster';
import { container, pod } from '../rule-cases';
import { breaks, type Edge, type Edges, keeps } from './edge';

const at = (property: string): string => `spec.containers[0].${property}`;
const windows = { os: { name: 'windows' } };
const on = (version: '1.28' | '1.29' | '1.30' | '1.34' | '1.35' | '1.36' | '1.37') => ({
  target: ClusterTarget.of(version),
});

/** A pod whose one container has that security context. */
const secured = (securityContext: object, spec: object = {}) => container({ securityContext }, spec);
/** A pod that has it itself, over a container that has none. */
const podSecured = (securityContext: object, spec: object = {}) => container({}, { securityContext, ...spec });
const ports = (...list: object[]) => container({ ports: list });
const hostPath = (path: string) => container({}, { volumes: [{ name: 'host', hostPath: { path } }] });

/** Where the standards ask less of a pod that has users of its own, and where they do not. */
function inUserNamespace(object: (spec: object) => Edge['object'], property: string): readonly Edge[] {
  return [
    breaks(object({ hostUsers: false }), property, { ...on('1.35'), podSecurity: 'none' }),
    breaks(object({ hostUsers: false }), property, { ...on('1.34'), podSecurity: 'restricted' }),
    breaks(object({ hostUsers: true }), property, { ...on('1.35'), podSecurity: 'restricted' }),
    breaks(object({}), property, { ...on('1.35'), podSecurity: 'restricted' }),
    breaks(object({}), property, { ...on('1.34'), podSecurity: 'restricted' }),
  ];
}

const handlers: readonly (readonly [string, (handler: object) => object])[] = [
  ...['livenessProbe', 'readinessProbe', 'startupProbe'].map(
    (probe) => [probe, (handler: object) => ({ [probe]: handler })] as const,
  ),
  ...['postStart', 'preStop'].map(
    (hook) => [`lifecycle.${hook}`, (handler: object) => ({ lifecycle: { [hook]: handler } })] as const,
  ),
];

const safeSysctls = [
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
];
const since129 = ['tcp_keepalive_time', 'tcp_fin_timeout', 'tcp_keepalive_intvl', 'tcp_keepalive_probes'].map(
  (name) => `net.ipv4.${name}`,
);
const since132 = ['net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem'];
const since137 = ['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'];
const sysctls = (names: readonly string[]) => podSecured({ sysctls: names.map((name) => ({ name, value: '1' })) });
const sysctlPaths = (names: readonly string[]) => names.map((_, i) => `spec.securityContext.sysctls[${i}].name`);

const defaults = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'SETFCAP'].concat([
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);
const adding = (...add: string[]) => ({ capabilities: { add } });
const dropping = (...drop: string[]) => ({ capabilities: { drop } });
const added = (list: readonly string[]) => list.map((_, i) => at(`securityContext.capabilities.add[${i}]`));

const selinux = (options: object) => ({ seLinuxOptions: options });

/** Users and groups of the node, and just beside, of a pod and of a container. */
const ids: readonly Edge[] = [
  { make: secured, prefix: at('securityContext') },
  { make: podSecured, prefix: 'spec.securityContext' },
].flatMap(({ make, prefix }) => {
  const user = `${prefix}.runAsUser`;
  const group = `${prefix}.runAsGroup`;
  return [
    ...[1, 1_000, 10_000].flatMap((id) => [
      breaks(make({ runAsUser: id }), user),
      breaks(make({ runAsGroup: id }), group),
      // One finding is enough where both are of the node.
      breaks(make({ runAsUser: id, runAsGroup: id }), user),
      keeps(make({ runAsUser: id, runAsGroup: id }, { hostUsers: false })),
      keeps(make({ runAsGroup: id }, { hostUsers: false })),
      breaks(make({ runAsUser: id }, { hostUsers: true }), user),
      breaks(make({ runAsGroup: id }, { hostUsers: true }), group),
    ]),
    ...[0, 10_001, 65_532].flatMap((id) => [
      keeps(make({ runAsUser: id, runAsGroup: id })),
      breaks(make({ runAsUser: id, runAsGroup: 1 }), group),
      breaks(make({ runAsUser: 1, runAsGroup: id }), user),
    ]),
  ];
});

const memory = (amount: string) => ({ limits: { memory: amount }, requests: { memory: amount } });
const podMemory = 'spec.resources.limits.memory';
const twice = (resources: object) => [{ name: 'api' }, { name: 'other', resources }];

const audience = (properties: object | undefined, name = 'token') =>
  container(
    {},
    {
      automountServiceAccountToken: false,
      volumes: [
        {
          name,
          projected: {
            sources: [
              properties === undefined
                ? { configMap: { name: 'a' } }
                : { serviceAccountToken: { path: 'token', ...properties } },
            ],
          },
        },
      ],
    },
  );
const audiencePath = 'spec.volumes[0].projected.sources[0].serviceAccountToken.audience';

const http = { containerPort: 80 };
const beside = (...others: object[][]) =>
  pod({ containers: [{ name: 'api', ports: [http] }, ...others.map((list, i) => ({ name: `o${i}`, ports: list }))] });
const named = (name: string, containerPort: number, protocol?: string) => ({
  name,
  containerPort,
  ...(protocol !== undefined && { protocol }),
});

/** Objects at the edges of the rules about workloads. */
export const workloadEdges: Edges = {
  'runtime-socket': [keeps(hostPath('/run/docker.sockets')), keeps(hostPath('/run/docker.sock/below'))],
  'host-path-sensitive': [
    keeps(hostPath('/data/etc')),
    keeps(hostPath('/run/containerd/containerd.sock')),
    keeps(hostPath('/var/run/docker/docker.sock/')),
    breaks(hostPath('/run/containerd/containerd.sock.d'), 'spec.volumes[0].hostPath.path'),
  ],
  'host-path-writable': [
    breaks(
      container(
        { volumeMounts: [{ name: 'host', mountPath: '/host' }] },
        {
          volumes: [
            { name: 'host', hostPath: { path: '/opt/data' } },
            { name: 'own', emptyDir: {} },
          ],
        },
      ),
      at('volumeMounts[0].readOnly'),
    ),
  ],
  'host-ports': [
    breaks(ports({ ...http, hostPort: 1 }), at('ports[0].hostPort')),
    keeps(ports({ ...http, hostPort: 0 })),
    breaks(container({ ports: [http] }, { hostNetwork: true }), at('ports[0].hostPort')),
    keeps(container({ ports: [http] }, { hostNetwork: false })),
  ],
  'apparmor-profile': [
    keeps(podSecured({ appArmorProfile: { type: 'Localhost', localhostProfile: 'a' } })),
    keeps(secured({ appArmorProfile: { type: 'RuntimeDefault' } })),
    ...['containers', 'initContainers', 'ephemeralContainers'].map((list) =>
      breaks(
        pod(
          { containers: [], [list]: [{ name: 'it' }] },
          { 'container.apparmor.security.beta.kubernetes.io/it': 'no' },
        ),
        'metadata.annotations["container.apparmor.security.beta.kubernetes.io/it"]',
      ),
    ),
    breaks(
      pod(
        { containers: [], initContainers: [{ name: 'it', restartPolicy: 'Always' }] },
        { 'container.apparmor.security.beta.kubernetes.io/it': 'unconfined' },
      ),
      'metadata.annotations["container.apparmor.security.beta.kubernetes.io/it"]',
    ),
  ],
  'selinux-options': [
    ...['user', 'role'].flatMap((field) => [
      breaks(podSecured(selinux({ [field]: 'a' })), `spec.securityContext.seLinuxOptions.${field}`),
      breaks(secured(selinux({ [field]: 'a' })), at(`securityContext.seLinuxOptions.${field}`)),
      keeps(podSecured(selinux({ [field]: '' }))),
      keeps(secured(selinux({ [field]: '' }))),
    ]),
    ...[podSecured, secured].flatMap((make) => [
      keeps(make(selinux({ type: '' }))),
      ...['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'].map((type) =>
        keeps(make(selinux({ type })), on('1.34')),
      ),
      keeps(make(selinux({ type: 'container_kvm_t' })), on('1.30')),
    ]),
    breaks(podSecured(selinux({ type: 'container_engine_t' })), 'spec.securityContext.seLinuxOptions.type', on('1.30')),
    breaks(secured(selinux({ type: 'container_engine_t' })), at('securityContext.seLinuxOptions.type'), on('1.30')),
    breaks(secured(selinux({ type: 'spc_t' })), at('securityContext.seLinuxOptions.type')),
    breaks(podSecured(selinux({ type: 'spc_t' })), 'spec.securityContext.seLinuxOptions.type'),
  ],
  sysctls: [
    keeps(sysctls([...safeSysctls, ...since129, ...since132, ...since137]), on('1.37')),
    breaks(sysctls(since137), sysctlPaths(since137), on('1.36')),
    breaks(sysctls(since132), sysctlPaths(since132), on('1.30')),
    breaks(sysctls(since129), sysctlPaths(since129), on('1.28')),
    keeps(sysctls([...safeSysctls, ...since129]), on('1.29')),
    keeps(podSecured({ sysctls: [{ value: '1' }] })),
  ],
  'proc-mount': [
    breaks(secured({ procMount: 'Unmasked' }, { hostUsers: false }), at('securityContext.procMount'), {
      ...on('1.35'),
      podSecurity: 'restricted',
    }),
    breaks(secured({ procMount: 'Unmasked' }), at('securityContext.procMount'), {
      ...on('1.35'),
      podSecurity: 'baseline',
    }),
    keeps(secured({ procMount: 'Default' }, { hostUsers: false }), on('1.35')),
    keeps(secured({}, { hostUsers: false }), on('1.35')),
  ],
  'probe-host': handlers.flatMap(([path, handled]) =>
    ['httpGet', 'tcpSocket'].flatMap((action) => [
      breaks(container(handled({ [action]: { port: 80, host: '10.0.0.1' } })), at(`${path}.${action}.host`), {
        ...on('1.34'),
        podSecurity: 'baseline',
      }),
      breaks(container(handled({ [action]: { port: 80, host: '10.0.0.1' } })), at(`${path}.${action}.host`), {
        ...on('1.30'),
        podSecurity: 'none',
      }),
      keeps(container(handled({ [action]: { port: 80, host: '' } }))),
    ]),
  ),
  'capabilities-add': [
    breaks(secured(adding(...defaults)), added(defaults), { podSecurity: 'restricted' }),
    breaks(secured(adding('NET_ADMIN', 'net_bind_service')), added(['', '']), { podSecurity: 'baseline' }),
    keeps(secured(adding('NET_BIND_SERVICE'))),
    keeps(secured(adding('NET_ADMIN', ...defaults), windows)),
  ],
  'seccomp-profile': [
    keeps(container({}, windows)),
    keeps(secured({ seccompProfile: { type: 'Unconfined' } }, windows)),
    keeps(podSecured({ seccompProfile: { type: 'Unconfined' } }, windows)),
    keeps(podSecured({ seccompProfile: { type: 'Localhost', localhostProfile: 'a' } })),
  ],
  'capabilities-drop-all': [
    breaks(secured(dropping('all')), at('securityContext.capabilities.drop')),
    breaks(secured(dropping('KILL')), at('securityContext.capabilities.drop')),
    keeps(secured(dropping('KILL', 'ALL', 'all'))),
    keeps(secured(dropping('all'), windows)),
    keeps(secured(dropping('KILL'), windows)),
  ],
  'run-as-non-root': [
    ...inUserNamespace((spec) => podSecured({ runAsNonRoot: false }, spec), 'spec.securityContext.runAsNonRoot'),
    ...inUserNamespace((spec) => secured({ runAsNonRoot: false }, spec), at('securityContext.runAsNonRoot')),
    ...inUserNamespace((spec) => container({}, spec), at('securityContext.runAsNonRoot')),
  ],
  'run-as-user': [
    ...inUserNamespace((spec) => podSecured({ runAsUser: 0 }, spec), 'spec.securityContext.runAsUser'),
    ...inUserNamespace((spec) => secured({ runAsUser: 0 }, spec), at('securityContext.runAsUser')),
  ],
  'run-as-group': [
    breaks(podSecured({ runAsGroup: 0 }), 'spec.securityContext.runAsGroup'),
    keeps(podSecured({ runAsGroup: 1 })),
  ],
  'high-ids': ids,
  'volume-types': [keeps(container({}, { volumes: [{ name: 'own', hostPath: null, emptyDir: {} }] }))],
  'explicit-ids': [
    breaks(secured({ runAsUser: 1 }, { securityContext: { fsGroup: 1 } }), at('securityContext.runAsGroup')),
    breaks(podSecured({ runAsUser: 1, fsGroup: 1 }), at('securityContext.runAsGroup')),
    keeps(podSecured({ runAsUser: 1 }, windows)),
    keeps(secured({ runAsUser: 1 }, windows)),
    keeps(podSecured({ runAsUser: 1 }), { target: ClusterTarget.of('1.34', { distribution: 'openshift' }) }),
  ],
  'service-account-name': [
    breaks(container({}, { serviceAccountName: '', serviceAccount: '' }), 'spec.serviceAccountName'),
    breaks(container({}, { serviceAccountName: '', serviceAccount: 'default' }), 'spec.serviceAccountName'),
    breaks(container({}, { serviceAccount: 'default' }), 'spec.serviceAccountName'),
    breaks(container({}, { serviceAccountName: 'default', serviceAccount: 'api' }), 'spec.serviceAccountName'),
    keeps(container({}, { serviceAccountName: 'api', serviceAccount: 'default' })),
    keeps(container({}, { serviceAccount: 'api' })),
  ],
  'service-account-token': [
    breaks(audience({}), audiencePath),
    breaks(audience({ audience: '' }), audiencePath),
    breaks(audience({ audience: 'https://kubernetes.default.svc.cluster.local/' }), audiencePath),
    breaks(audience({ audience: 'kubernetes.default' }), audiencePath),
    keeps(audience({ audience: 'x-kubernetes.default' })),
    keeps(audience({ audience: 'kubernetes.default/x' })),
    keeps(audience({ audience: 'vault' })),
    keeps(audience(undefined)),
    keeps(audience({}, 'api-credentials')),
  ],
  'memory-limit': [
    keeps(container({}, { resources: memory('64Mi') })),
    keeps(container({}, { resources: { limits: { memory: '64Mi' } } })),
    breaks(
      container({ resources: { requests: { memory: '1Mi' } } }, { resources: memory('64Mi') }),
      at('resources.limits.memory'),
    ),
    breaks(container({}), at('resources.limits.memory')),
    breaks(container({}, { resources: memory('0') }), podMemory),
    breaks(container({}, { resources: { limits: { memory: '0' }, requests: { memory: '1' } } }), podMemory),
    breaks(container({}, { resources: { limits: { memory: '64Mi' }, requests: { memory: '32Mi' } } }), podMemory),
    breaks(pod({ containers: twice(memory('1Mi')), resources: memory('0') }), podMemory),
    breaks(
      pod({ containers: twice(memory('1Mi')), resources: { limits: { memory: '64Mi' }, requests: { memory: '1Mi' } } }),
      podMemory,
    ),
    ...[memory('0'), { limits: { memory: '64Mi' }, requests: { memory: '32Mi' } }].flatMap((resources) => [
      // No container is bounded by the amounts of the pod.
      keeps(container({ resources: memory('1Mi') }, { resources })),
      keeps(container({ resources: { limits: { memory: '1Mi' } } }, { resources })),
      breaks(container({ resources: { requests: { memory: '1Mi' } } }, { resources }), at('resources.limits.memory')),
    ]),
  ],
  'empty-dir-size': [
    breaks(container({}, { volumes: [{ name: 'tmp' }] }), 'spec.volumes[0].emptyDir.sizeLimit'),
    keeps(container({}, { volumes: [{ name: 'config', configMap: { name: 'a' } }] })),
  ],
  'readiness-probe': [
    breaks(ports(http), at('readinessProbe')),
    ...['Never', 'OnFailure'].map((restartPolicy) => keeps(container({ ports: [http] }, { restartPolicy }))),
  ],
  'pre-stop': [
    breaks(ports(http), at('lifecycle.preStop')),
    ...['Never', 'OnFailure'].map((restartPolicy) => keeps(container({ ports: [http] }, { restartPolicy }))),
  ],
  'privileged-port': [
    keeps(ports({ containerPort: 0 })),
    breaks(ports({ containerPort: 1 }), at('ports[0].containerPort')),
    breaks(ports({ containerPort: 1023 }), at('ports[0].containerPort')),
    keeps(ports({ containerPort: 1024 })),
  ],
  'duplicate-port': [
    breaks(beside([{ containerPort: 81 }, http]), [
      at('ports[0].containerPort'),
      'spec.containers[1].ports[1].containerPort',
    ]),
    breaks(beside([{ ...http, protocol: '' }]), [
      at('ports[0].containerPort'),
      'spec.containers[1].ports[0].containerPort',
    ]),
    keeps(beside([{ ...http, protocol: 'UDP' }])),
    keeps(ports(http, { ...http, protocol: 'UDP' })),
    breaks(ports(http, { ...http, protocol: '' }), [at('ports[0].containerPort'), at('ports[1].containerPort')]),
    keeps(ports(named('', 1), named('', 2))),
    breaks(ports(named('dns', 53), named('dns', 53, 'UDP')), [at('ports[0].name'), at('ports[1].name')]),
    ...[{}, { restartPolicy: 'Always' }].flatMap((properties) => {
      const list = 'restartPolicy' in properties ? 'initContainers' : 'containers';
      const other = (...given: object[]) =>
        pod({
          containers: [
            { name: 'api', ports: [named('dns', 53)] },
            ...(list === 'containers' ? [{ name: 'o', ports: given }] : []),
          ],
          ...(list === 'initContainers' && { initContainers: [{ name: 'o', ports: given, ...properties }] }),
        });
      const theirs = (i: number) =>
        list === 'containers' ? `spec.containers[1].ports[${i}]` : `spec.initContainers[0].ports[${i}]`;
      const both = (i: number) =>
        list === 'containers' ? [at('ports[0].name'), `${theirs(i)}.name`] : [`${theirs(i)}.name`, at('ports[0].name')];
      const numbers = (i: number) => both(i).map((path) => path.replace(/name$/, 'containerPort'));
      return [
        breaks(other(named('dns', 54)), both(0)),
        breaks(other(named('web', 80), named('dns', 53, 'UDP')), both(1)),
        // Of one number, they are found for that.
        ...[undefined, 'TCP', ''].flatMap((protocol) => [breaks(other(named('dns', 53, protocol)), numbers(0))]),
        keeps(other(named('web', 80))),
        keeps(other({ containerPort: 80 })),
      ];
    }),
    keeps(
      pod({
        containers: [
          { name: 'a', ports: [named('', 1)] },
          { name: 'b', ports: [named('', 2)] },
        ],
      }),
    ),
  ],
  'git-sync-command': [
    breaks(container({ image: 'r.example/git-sync:4', args: ['--git=/x'] }), at('args[0]')),
    breaks(container({ image: 'r.example/git-sync:4', args: ['--repo=a', '-git'] }), at('args[1]')),
    keeps(container({ image: 'r.example/git-sync:4', args: ['a--git=/x', '--github'] })),
    keeps(container({ image: 'r.example/git:4', args: ['--git=/x'] })),
  ],
};
