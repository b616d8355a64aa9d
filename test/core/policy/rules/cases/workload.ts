import { ClusterTarget } from '../../../../../core/cluster/target';
import { container, deployment, object, pod, type RuleCases } from '../rule-cases';

const c = (name: string, properties: object = {}) => ({ name, ...properties });
const context = (securityContext: object) => container({ securityContext });
const podContext = (securityContext: object) => pod({ securityContext, containers: [c('api')] });
export const volume = (properties: object) =>
  pod({ containers: [c('api')], volumes: [{ name: 'data', ...properties }] });
export const token = (properties: object) =>
  volume({
    projected: { sources: [{ configMap: { name: 'ca' } }, { serviceAccountToken: { path: 'token', ...properties } }] },
  });
const ports = (...list: object[]) => container({ ports: list });
const windows = (properties: object = {}) => pod({ os: { name: 'windows' }, containers: [c('api', properties)] });

const targets = {
  '1.28': ClusterTarget.of('1.28'),
  '1.30': ClusterTarget.of('1.30'),
  '1.31': ClusterTarget.of('1.31'),
  '1.33': ClusterTarget.of('1.33'),
  '1.34': ClusterTarget.of('1.34'),
  '1.35': ClusterTarget.of('1.35'),
};
const openshift = ClusterTarget.of('1.34', { distribution: 'openshift' });

/** For each rule of the folder, objects that keep it and objects that break it. */
export const workloadCases: Readonly<Record<string, RuleCases>> = {
  'host-namespaces': {
    compliant: [
      { name: 'a pod that says nothing', object: pod({ containers: [c('api')] }) },
      { name: 'false', object: pod({ hostNetwork: false, hostPID: false, hostIPC: false, containers: [c('api')] }) },
    ],
    violating: [
      {
        name: 'each of the three',
        object: deployment({ hostNetwork: true, hostPID: true, hostIPC: true, containers: [c('api')] }),
        findings: [
          {
            property: 'spec.template.spec.hostNetwork',
            message: 'the pod uses the network of its node',
            value: true,
            podSecurity: 'baseline',
          },
          { property: 'spec.template.spec.hostPID', message: 'the pod sees the processes of its node' },
          { property: 'spec.template.spec.hostIPC', message: 'the pod shares memory with the processes of its node' },
        ],
      },
      {
        name: 'one of them in a CronJob',
        object: object('batch/v1', 'CronJob', {
          spec: { jobTemplate: { spec: { template: { spec: { hostPID: true, containers: [] } } } } },
        }),
        findings: [
          {
            property: 'spec.jobTemplate.spec.template.spec.hostPID',
            message: 'the pod sees the processes of its node',
          },
        ],
      },
    ],
  },
  'host-path-persistent-volume': {
    compliant: [
      { name: 'a CSI volume', object: object('v1', 'PersistentVolume', { spec: { csi: { driver: 'a' } } }) },
      { name: 'no source', object: object('v1', 'PersistentVolume', {}) },
    ],
    violating: (['hostPath', 'local'] as const).map((field) => ({
      name: field,
      object: object('v1', 'PersistentVolume', { spec: { [field]: { path: '/etc' } } }),
      findings: [{ property: `spec.${field}.path`, message: 'the volume is the path /etc of the node', value: '/etc' }],
    })),
  },
  privileged: {
    compliant: [
      { name: 'false', object: context({ privileged: false }) },
      { name: 'no security context', object: container({}) },
    ],
    violating: [
      {
        name: 'a container',
        object: context({ privileged: true }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.privileged',
            message: 'container "api" is privileged',
            value: true,
            container: 'api',
            podSecurity: 'baseline',
          },
        ],
      },
      {
        name: 'every kind of container',
        object: deployment({
          initContainers: [
            c('setup', { securityContext: { privileged: true } }),
            c('proxy', { restartPolicy: 'Always', securityContext: { privileged: true } }),
          ],
          containers: [c('api'), c('other', { securityContext: { privileged: true } })],
          ephemeralContainers: [c('debug', { securityContext: { privileged: true } })],
        }),
        findings: [
          {
            property: 'spec.template.spec.initContainers[0].securityContext.privileged',
            message: 'init container "setup" is privileged',
          },
          {
            property: 'spec.template.spec.initContainers[1].securityContext.privileged',
            message: 'sidecar container "proxy" is privileged',
          },
          {
            property: 'spec.template.spec.containers[1].securityContext.privileged',
            message: 'container "other" is privileged',
          },
          {
            property: 'spec.template.spec.ephemeralContainers[0].securityContext.privileged',
            message: 'ephemeral container "debug" is privileged',
          },
        ],
      },
    ],
  },
  'host-path-volumes': {
    compliant: [
      { name: 'an emptyDir', object: volume({ emptyDir: {} }) },
      { name: 'a claim', object: volume({ persistentVolumeClaim: { claimName: 'data' } }) },
    ],
    violating: [
      {
        name: 'a directory',
        object: volume({ hostPath: { path: '/etc' } }),
        findings: [
          {
            property: 'spec.volumes[0].hostPath.path',
            message: 'volume "data" is the path /etc of the node',
            value: '/etc',
            podSecurity: 'baseline',
          },
        ],
      },
      {
        name: 'two volumes, one of them with a type',
        object: pod({
          containers: [],
          volumes: [
            { name: 'a', hostPath: { path: '/var/log', type: 'Directory' } },
            { name: 'b', emptyDir: {} },
            { name: 'c', hostPath: { path: '/srv' } },
          ],
        }),
        findings: [
          { property: 'spec.volumes[0].hostPath.path', message: 'volume "a" is the path /var/log of the node' },
          { property: 'spec.volumes[2].hostPath.path', message: 'volume "c" is the path /srv of the node' },
        ],
      },
    ],
  },
  'host-ports': {
    compliant: [
      { name: 'a container port', object: ports({ containerPort: 8080 }) },
      { name: 'host port 0', object: ports({ containerPort: 8080, hostPort: 0 }) },
    ],
    violating: [
      {
        name: 'a host port',
        object: ports({ containerPort: 1 }, { containerPort: 8080, hostPort: 80 }),
        findings: [
          {
            property: 'spec.containers[0].ports[1].hostPort',
            message: 'container "api" takes port 80 of its node',
            value: 80,
          },
        ],
      },
      {
        name: 'two in an init container',
        object: pod({
          initContainers: [
            c('setup', {
              ports: [
                { containerPort: 1, hostPort: 2 },
                { containerPort: 3, hostPort: 4 },
              ],
            }),
          ],
          containers: [],
        }),
        findings: [
          {
            property: 'spec.initContainers[0].ports[0].hostPort',
            message: 'init container "setup" takes port 2 of its node',
          },
          {
            property: 'spec.initContainers[0].ports[1].hostPort',
            message: 'init container "setup" takes port 4 of its node',
          },
        ],
      },
    ],
  },
  'windows-host-process': {
    compliant: [
      { name: 'false', object: podContext({ windowsOptions: { hostProcess: false } }) },
      { name: 'other options', object: context({ windowsOptions: { runAsUserName: 'ContainerUser' } }) },
    ],
    violating: [
      {
        name: 'a pod',
        object: podContext({ windowsOptions: { hostProcess: true } }),
        findings: [
          {
            property: 'spec.securityContext.windowsOptions.hostProcess',
            message: 'the pod runs as a process of its Windows node',
            podSecurity: 'baseline',
          },
        ],
      },
      {
        name: 'a container',
        object: context({ windowsOptions: { hostProcess: true } }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.windowsOptions.hostProcess',
            message: 'container "api" runs as a process of its Windows node',
            container: 'api',
          },
        ],
      },
    ],
  },
  'apparmor-profile': {
    compliant: [
      { name: 'RuntimeDefault', object: podContext({ appArmorProfile: { type: 'RuntimeDefault' } }) },
      { name: 'Localhost', object: context({ appArmorProfile: { type: 'Localhost', localhostProfile: 'mine' } }) },
      ...['runtime/default', 'localhost/mine', ''].map((value) => ({
        name: `the annotation ${value}`,
        object: pod({ containers: [c('api')] }, { 'container.apparmor.security.beta.kubernetes.io/api': value }),
      })),
    ],
    violating: [
      {
        name: 'Unconfined of the pod and of a container',
        object: pod({
          securityContext: { appArmorProfile: { type: 'Unconfined' } },
          containers: [c('api', { securityContext: { appArmorProfile: { type: 'Unconfined' } } })],
        }),
        findings: [
          {
            property: 'spec.securityContext.appArmorProfile.type',
            message: 'the pod sets the AppArmor profile Unconfined',
            value: 'Unconfined',
          },
          {
            property: 'spec.containers[0].securityContext.appArmorProfile.type',
            message: 'container "api" sets the AppArmor profile Unconfined',
            podSecurity: 'baseline',
          },
        ],
      },
      {
        name: 'an annotation of the template, at a version that has the field',
        object: object('apps/v1', 'Deployment', {
          spec: {
            template: {
              metadata: {
                annotations: {
                  'container.apparmor.security.beta.kubernetes.io/api': 'unconfined',
                  other: 'unconfined',
                },
              },
              spec: { containers: [c('api')] },
            },
          },
        }),
        findings: [
          {
            property: 'spec.template.metadata.annotations["container.apparmor.security.beta.kubernetes.io/api"]',
            message: 'an annotation gives container "api" the AppArmor profile unconfined',
            value: 'unconfined',
            container: 'api',
          },
        ],
      },
      {
        name: 'a profile without a type',
        object: context({ appArmorProfile: {} }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.appArmorProfile.type',
            message: 'container "api" sets the AppArmor profile without a type',
          },
        ],
      },
    ],
  },
  'selinux-options': {
    compliant: [
      { name: 'a level', object: podContext({ seLinuxOptions: { level: 's0:c1,c2' } }) },
      { name: 'empty texts', object: context({ seLinuxOptions: { type: '', user: '', role: '' } }) },
      ...['container_t', 'container_init_t', 'container_kvm_t'].map((type) => ({
        name: type,
        object: context({ seLinuxOptions: { type } }),
        target: targets['1.28'],
      })),
      {
        name: 'container_engine_t from 1.31 on',
        object: context({ seLinuxOptions: { type: 'container_engine_t' } }),
        target: targets['1.31'],
      },
    ],
    violating: [
      {
        name: 'an unconfined type, a user and a role',
        object: pod({
          securityContext: { seLinuxOptions: { user: 'sysadm_u' } },
          containers: [
            c('api', { securityContext: { seLinuxOptions: { type: 'spc_t' } } }),
            c('b', { securityContext: { seLinuxOptions: { role: 'sysadm_r' } } }),
          ],
        }),
        findings: [
          {
            property: 'spec.securityContext.seLinuxOptions.user',
            message: 'the pod sets the SELinux user sysadm_u',
            podSecurity: 'baseline',
          },
          {
            property: 'spec.containers[0].securityContext.seLinuxOptions.type',
            message: 'container "api" sets the SELinux type spc_t',
            value: 'spc_t',
          },
          {
            property: 'spec.containers[1].securityContext.seLinuxOptions.role',
            message: 'container "b" sets the SELinux role sysadm_r',
          },
        ],
      },
      {
        name: 'container_engine_t before 1.31',
        object: podContext({ seLinuxOptions: { type: 'container_engine_t' } }),
        target: targets['1.30'],
        findings: [
          {
            property: 'spec.securityContext.seLinuxOptions.type',
            message: 'the pod sets the SELinux type container_engine_t',
          },
        ],
      },
    ],
  },
  sysctls: {
    compliant: [
      {
        name: 'a safe one',
        object: podContext({ sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] }),
        target: targets['1.28'],
      },
      {
        name: 'one of 1.29',
        object: podContext({ sysctls: [{ name: 'net.ipv4.tcp_fin_timeout', value: '30' }] }),
        target: ClusterTarget.of('1.29'),
      },
      {
        name: 'one of 1.37',
        object: podContext({ sysctls: [{ name: 'net.ipv4.tcp_notsent_lowat', value: '1' }] }),
        target: ClusterTarget.of('1.37'),
      },
      { name: 'none', object: podContext({ sysctls: [] }) },
    ],
    violating: [
      {
        name: 'an unsafe one among safe ones',
        object: podContext({
          sysctls: [
            { name: 'kernel.shm_rmid_forced', value: '1' },
            { name: 'kernel.msgmax', value: '65536' },
          ],
        }),
        findings: [
          {
            property: 'spec.securityContext.sysctls[1].name',
            message: 'the pod sets the sysctl kernel.msgmax, which is not among the safe ones',
            value: 'kernel.msgmax',
            podSecurity: 'baseline',
          },
        ],
      },
      {
        name: 'one of a later version',
        object: podContext({ sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '4096' }] }),
        target: targets['1.31'],
        findings: [
          {
            property: 'spec.securityContext.sysctls[0].name',
            message:
              'the pod sets the sysctl net.ipv4.tcp_rmem, which the Pod Security Standards allow from Kubernetes 1.32 on (the target is 1.31)',
          },
        ],
      },
    ],
  },
  'proc-mount': {
    compliant: [
      { name: 'Default', object: context({ procMount: 'Default' }) },
      { name: 'nothing', object: context({}) },
    ],
    violating: [
      {
        name: 'Unmasked',
        object: context({ procMount: 'Unmasked' }),
        target: targets['1.35'],
        findings: [
          {
            property: 'spec.containers[0].securityContext.procMount',
            message: 'container "api" has its /proc mounted Unmasked',
            value: 'Unmasked',
            podSecurity: 'baseline',
          },
        ],
      },
      {
        name: 'Unmasked in a user namespace, which only the restricted standard refuses from 1.35 on',
        object: pod({ hostUsers: false, containers: [c('api', { securityContext: { procMount: 'Unmasked' } })] }),
        target: targets['1.35'],
        findings: [
          {
            property: 'spec.containers[0].securityContext.procMount',
            message: 'container "api" has its /proc mounted Unmasked',
            podSecurity: 'restricted',
          },
        ],
      },
      {
        name: 'the same before 1.35',
        object: pod({ hostUsers: false, containers: [c('api', { securityContext: { procMount: 'Unmasked' } })] }),
        target: targets['1.34'],
        findings: [
          {
            property: 'spec.containers[0].securityContext.procMount',
            message: 'container "api" has its /proc mounted Unmasked',
            podSecurity: 'baseline',
          },
        ],
      },
    ],
  },
  'probe-host': {
    compliant: [
      { name: 'a probe of the pod', object: container({ readinessProbe: { httpGet: { path: '/', port: 80 } } }) },
      { name: 'an empty host', object: container({ livenessProbe: { tcpSocket: { port: 80, host: '' } } }) },
      {
        name: 'a Host header',
        object: container({ startupProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'Host', value: 'a' }] } } }),
      },
    ],
    violating: [
      {
        name: 'every probe and hook',
        object: container({
          livenessProbe: { httpGet: { port: 80, host: 'a' } },
          readinessProbe: { tcpSocket: { port: 80, host: 'b' } },
          startupProbe: { httpGet: { port: 80, host: 'c' } },
          lifecycle: {
            postStart: { httpGet: { port: 80, host: 'd' } },
            preStop: { tcpSocket: { port: 80, host: 'e' } },
          },
        }),
        target: targets['1.34'],
        findings: [
          {
            property: 'spec.containers[0].livenessProbe.httpGet.host',
            message: 'container "api" has the kubelet ask a instead of the pod',
            value: 'a',
            podSecurity: 'baseline',
          },
          {
            property: 'spec.containers[0].readinessProbe.tcpSocket.host',
            message: 'container "api" has the kubelet ask b instead of the pod',
          },
          {
            property: 'spec.containers[0].startupProbe.httpGet.host',
            message: 'container "api" has the kubelet ask c instead of the pod',
          },
          {
            property: 'spec.containers[0].lifecycle.postStart.httpGet.host',
            message: 'container "api" has the kubelet ask d instead of the pod',
          },
          {
            property: 'spec.containers[0].lifecycle.preStop.tcpSocket.host',
            message: 'container "api" has the kubelet ask e instead of the pod',
          },
        ],
      },
      {
        name: 'a sidecar before 1.34, which no standard refuses',
        object: pod({
          initContainers: [
            c('proxy', { restartPolicy: 'Always', livenessProbe: { httpGet: { port: 1, host: '169.254.169.254' } } }),
          ],
          containers: [],
        }),
        target: targets['1.33'],
        findings: [
          {
            property: 'spec.initContainers[0].livenessProbe.httpGet.host',
            message: 'sidecar container "proxy" has the kubelet ask 169.254.169.254 instead of the pod',
            podSecurity: 'none',
          },
        ],
      },
    ],
  },
  'capabilities-add': {
    compliant: [
      { name: 'NET_BIND_SERVICE', object: context({ capabilities: { add: ['NET_BIND_SERVICE'] } }) },
      { name: 'nothing', object: context({ capabilities: { drop: ['ALL'] } }) },
      {
        name: 'a Windows pod, where it means nothing',
        object: windows({ securityContext: { capabilities: { add: ['SYS_ADMIN'] } } }),
      },
    ],
    violating: [
      {
        name: 'one that the baseline standard allows, one that it does not, and one that is misspelt',
        object: context({ capabilities: { add: ['NET_BIND_SERVICE', 'CHOWN', 'SYS_ADMIN', 'CAP_CHOWN'] } }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.capabilities.add[1]',
            message: 'container "api" adds the capability CHOWN',
            value: 'CHOWN',
            podSecurity: 'restricted',
          },
          {
            property: 'spec.containers[0].securityContext.capabilities.add[2]',
            message: 'container "api" adds the capability SYS_ADMIN',
            podSecurity: 'baseline',
          },
          {
            property: 'spec.containers[0].securityContext.capabilities.add[3]',
            message: 'container "api" adds the capability CAP_CHOWN',
            podSecurity: 'baseline',
          },
        ],
      },
      {
        name: 'NET_RAW of an ephemeral container',
        object: pod({
          containers: [],
          ephemeralContainers: [c('debug', { securityContext: { capabilities: { add: ['NET_RAW'] } } })],
        }),
        findings: [
          {
            property: 'spec.ephemeralContainers[0].securityContext.capabilities.add[0]',
            message: 'ephemeral container "debug" adds the capability NET_RAW',
            container: 'debug',
          },
        ],
      },
    ],
  },
  'seccomp-profile': {
    compliant: [
      { name: 'the profile of the pod', object: podContext({ seccompProfile: { type: 'RuntimeDefault' } }) },
      {
        name: "the container's own",
        object: context({ seccompProfile: { type: 'Localhost', localhostProfile: 'mine.json' } }),
      },
      { name: 'a Windows pod', object: windows() },
    ],
    violating: [
      {
        name: 'none anywhere',
        object: pod({
          initContainers: [c('setup')],
          containers: [c('api', { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } })],
        }),
        findings: [
          {
            property: 'spec.initContainers[0].securityContext.seccompProfile',
            message: 'init container "setup" has no seccomp profile, and its pod sets none',
            podSecurity: 'restricted',
            container: 'setup',
          },
        ],
      },
      {
        name: 'a container that leaves the profile of its pod',
        object: pod({
          securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          containers: [c('api', { securityContext: { seccompProfile: { type: 'Unconfined' } } })],
        }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.seccompProfile.type',
            message: 'container "api" sets the seccomp profile Unconfined',
            value: 'Unconfined',
            podSecurity: 'baseline',
          },
        ],
      },
      {
        name: 'a pod that is unconfined, once, though its container is not',
        object: pod({
          securityContext: { seccompProfile: { type: 'Unconfined' } },
          containers: [c('api', { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }), c('b')],
        }),
        findings: [
          {
            property: 'spec.securityContext.seccompProfile.type',
            message: 'the pod sets the seccomp profile Unconfined',
            podSecurity: 'baseline',
          },
        ],
      },
      {
        name: 'the annotation of old, which counts for nothing',
        object: pod({ containers: [c('api')] }, { 'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default' }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.seccompProfile',
            message: 'container "api" has no seccomp profile, and its pod sets none',
          },
        ],
      },
    ],
  },
  'privilege-escalation': {
    compliant: [
      { name: 'false', object: context({ allowPrivilegeEscalation: false }) },
      { name: 'a Windows pod', object: windows() },
    ],
    violating: [
      {
        name: 'nothing said',
        object: container({}),
        findings: [
          {
            property: 'spec.containers[0].securityContext.allowPrivilegeEscalation',
            message: 'container "api" allows privilege escalation, which is the default',
            podSecurity: 'restricted',
          },
        ],
      },
      {
        name: 'true',
        object: context({ allowPrivilegeEscalation: true }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.allowPrivilegeEscalation',
            message: 'container "api" allows privilege escalation',
            value: true,
          },
        ],
      },
    ],
  },
  'capabilities-drop-all': {
    compliant: [
      { name: 'ALL', object: context({ capabilities: { drop: ['ALL'] } }) },
      { name: 'ALL among others', object: context({ capabilities: { drop: ['NET_RAW', 'ALL'] } }) },
      { name: 'a Windows pod', object: windows() },
    ],
    violating: [
      {
        name: 'nothing said',
        object: container({}),
        findings: [
          {
            property: 'spec.containers[0].securityContext.capabilities.drop',
            message: 'container "api" does not drop all capabilities',
            podSecurity: 'restricted',
          },
        ],
      },
      {
        name: 'all in small letters, which the standard does not read',
        object: context({ capabilities: { drop: ['all'] } }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.capabilities.drop',
            message: 'container "api" drops "all", which the Pod Security Standards do not read as ALL',
            value: ['all'],
          },
        ],
      },
    ],
  },
  'run-as-non-root': {
    compliant: [
      { name: 'the pod says so', object: podContext({ runAsNonRoot: true }) },
      { name: 'each container says so', object: context({ runAsNonRoot: true }) },
    ],
    violating: [
      {
        name: 'nobody says so',
        object: pod({ os: { name: 'windows' }, containers: [c('api')] }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.runAsNonRoot',
            message: 'container "api" may run as root: neither it nor its pod sets runAsNonRoot',
            podSecurity: 'restricted',
          },
        ],
      },
      {
        name: 'a container that takes back what its pod says',
        object: pod({
          securityContext: { runAsNonRoot: true },
          containers: [c('api', { securityContext: { runAsNonRoot: false } })],
        }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.runAsNonRoot',
            message: 'container "api" says that it may run as root',
            value: false,
          },
        ],
      },
      {
        name: 'a pod that may, once',
        object: podContext({ runAsNonRoot: false }),
        findings: [{ property: 'spec.securityContext.runAsNonRoot', message: 'the pod says that it may run as root' }],
      },
      {
        name: 'root in a user namespace, which the standard allows from 1.35 on',
        object: pod({ hostUsers: false, containers: [c('api')] }),
        target: targets['1.35'],
        findings: [
          {
            property: 'spec.containers[0].securityContext.runAsNonRoot',
            message: 'container "api" may run as root: neither it nor its pod sets runAsNonRoot',
            podSecurity: 'none',
          },
        ],
      },
    ],
  },
  'run-as-group': {
    compliant: [
      { name: 'a group', object: podContext({ runAsGroup: 65532, fsGroup: 65532, supplementalGroups: [2000] }) },
      { name: 'none', object: context({ runAsNonRoot: true }) },
    ],
    violating: [
      {
        name: '0 of the pod and of a container',
        object: pod({
          securityContext: { supplementalGroups: [2000, 0] },
          containers: [c('api', { securityContext: { runAsGroup: 0 } })],
        }),
        findings: [
          {
            property: 'spec.securityContext.supplementalGroups',
            message: "the pod is in group 0 (supplementalGroups), which owns what is root's",
            value: [2000, 0],
          },
          {
            property: 'spec.containers[0].securityContext.runAsGroup',
            message: 'container "api" is in group 0 (runAsGroup), which owns what is root\'s',
          },
        ],
      },
      {
        name: '0 of the volumes',
        object: podContext({ fsGroup: 0 }),
        findings: [
          {
            property: 'spec.securityContext.fsGroup',
            message: "the pod is in group 0 (fsGroup), which owns what is root's",
          },
        ],
      },
    ],
  },
  'run-as-user': {
    compliant: [
      { name: 'a user', object: podContext({ runAsUser: 65532 }) },
      { name: 'none', object: context({ runAsNonRoot: true }) },
      { name: 'a user of Windows', object: context({ windowsOptions: { runAsUserName: 'ContainerUser' } }) },
      ...['ACME\\filesystem', 'SystemUser'].map((runAsUserName) => ({
        name: `the name ${runAsUserName}`,
        object: pod({
          securityContext: { windowsOptions: { runAsUserName } },
          containers: [c('api', { securityContext: { windowsOptions: { runAsUserName } } })],
        }),
      })),
    ],
    violating: [
      {
        name: '0 of the pod and of a container',
        object: pod({
          securityContext: { runAsUser: 0 },
          containers: [c('api', { securityContext: { runAsUser: 0 } })],
        }),
        findings: [
          {
            property: 'spec.securityContext.runAsUser',
            message: 'the pod runs as user 0, which is root',
            value: 0,
            podSecurity: 'restricted',
          },
          {
            property: 'spec.containers[0].securityContext.runAsUser',
            message: 'container "api" runs as user 0, which is root',
          },
        ],
      },
      {
        name: '0 in a user namespace, which the standard allows from 1.35 on',
        object: pod({ hostUsers: false, containers: [c('api', { securityContext: { runAsUser: 0 } })] }),
        target: targets['1.35'],
        findings: [
          {
            property: 'spec.containers[0].securityContext.runAsUser',
            message: 'container "api" runs as user 0, which is root',
            podSecurity: 'none',
          },
        ],
      },
      {
        name: 'an administrator of Windows',
        object: pod({
          os: { name: 'windows' },
          securityContext: {
            runAsNonRoot: true,
            windowsOptions: { runAsUserName: 'User Manager\\ContainerAdministrator' },
          },
          containers: [c('api', { securityContext: { windowsOptions: { runAsUserName: 'NT AUTHORITY\\System' } } })],
        }),
        findings: [
          {
            property: 'spec.securityContext.windowsOptions.runAsUserName',
            message: 'the pod runs as an administrator of Windows',
            value: 'User Manager\\ContainerAdministrator',
            podSecurity: 'none',
          },
          {
            property: 'spec.containers[0].securityContext.windowsOptions.runAsUserName',
            message: 'container "api" runs as an administrator of Windows',
          },
        ],
      },
    ],
  },
  'volume-types': {
    compliant: [
      ...[
        'configMap',
        'csi',
        'downwardAPI',
        'emptyDir',
        'ephemeral',
        'image',
        'persistentVolumeClaim',
        'projected',
        'secret',
      ].map((type) => ({
        name: type,
        object: volume({ [type]: {} }),
      })),
      { name: 'none, which the API server makes an emptyDir', object: volume({}) },
    ],
    violating: [
      {
        name: 'nfs and hostPath',
        object: pod({
          containers: [],
          volumes: [
            { name: 'a', nfs: { server: 's', path: '/' } },
            { name: 'b', emptyDir: {} },
            { name: 'c', hostPath: { path: '/' } },
          ],
        }),
        findings: [
          { property: 'spec.volumes[0].nfs', message: 'volume "a" is of type nfs', podSecurity: 'restricted' },
          { property: 'spec.volumes[2].hostPath', message: 'volume "c" is of type hostPath' },
        ],
      },
      {
        name: 'a type that nobody knows',
        object: volume({ newfangled: {} }),
        findings: [{ property: 'spec.volumes[0].newfangled', message: 'volume "data" is of type newfangled' }],
      },
    ],
  },
  'read-only-root-filesystem': {
    compliant: [
      { name: 'true', object: context({ readOnlyRootFilesystem: true }) },
      { name: 'a Windows pod', object: windows() },
    ],
    violating: [
      {
        name: 'nothing said',
        object: container({}),
        findings: [
          {
            property: 'spec.containers[0].securityContext.readOnlyRootFilesystem',
            message: 'container "api" can write to its root file system',
          },
        ],
      },
      {
        name: 'false',
        object: context({ readOnlyRootFilesystem: false }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.readOnlyRootFilesystem',
            message: 'container "api" can write to its root file system',
            value: false,
          },
        ],
      },
    ],
  },
  'explicit-ids': {
    compliant: [
      { name: 'ids of the pod', object: podContext({ runAsUser: 1, runAsGroup: 1, fsGroup: 1 }) },
      {
        name: 'ids of each container',
        object: pod({
          securityContext: { fsGroup: 1 },
          containers: [c('api', { securityContext: { runAsUser: 1, runAsGroup: 1 } })],
        }),
      },
      { name: 'OpenShift, which assigns them', object: container({}), target: openshift },
      { name: 'a Windows pod', object: windows() },
    ],
    violating: [
      {
        name: 'none',
        object: container({}),
        findings: [
          {
            property: 'spec.securityContext.fsGroup',
            message: 'the pod does not say which group owns its volumes',
            severity: 'warning',
          },
          {
            property: 'spec.containers[0].securityContext.runAsUser',
            message: 'container "api" does not say which user or group it runs as, so the image decides',
          },
        ],
      },
      {
        name: 'no group',
        object: podContext({ runAsUser: 1, fsGroup: 1 }),
        findings: [
          {
            property: 'spec.containers[0].securityContext.runAsGroup',
            message: 'container "api" does not say which group it runs as, so the image decides',
          },
        ],
      },
    ],
  },
  'assigned-ids': {
    compliant: [
      { name: 'none', object: container({ securityContext: { runAsNonRoot: true } }), target: openshift },
      { name: 'a group, which no SCC asks for', object: podContext({ runAsGroup: 1 }), target: openshift },
      { name: 'ids where nobody assigns them', object: podContext({ runAsUser: 1, runAsGroup: 1, fsGroup: 1 }) },
      { name: 'the user of a container there', object: container({ securityContext: { runAsUser: 1 } }) },
    ],
    violating: [
      {
        name: 'ids of the pod',
        object: podContext({ runAsUser: 1001, fsGroup: 1001 }),
        target: openshift,
        findings: [
          {
            property: 'spec.securityContext.fsGroup',
            message: 'the pod chooses its fsGroup, which restricted-v2 admits only from the range of its namespace',
            severity: 'warning',
          },
          {
            property: 'spec.securityContext.runAsUser',
            message: 'the pod chooses its user, which restricted-v2 admits only from the range of its namespace',
          },
        ],
      },
      {
        name: 'the user of a container',
        object: container({ securityContext: { runAsUser: 1001 } }),
        target: openshift,
        findings: [
          {
            property: 'spec.containers[0].securityContext.runAsUser',
            message:
              'container "api" chooses its user, which restricted-v2 admits only from the range of its namespace',
          },
        ],
      },
    ],
  },
  'service-account-name': {
    compliant: [
      { name: 'an account of its own', object: pod({ serviceAccountName: 'api', containers: [] }) },
      { name: 'the deprecated alias', object: pod({ serviceAccount: 'api', containers: [] }) },
    ],
    violating: [
      {
        name: 'none',
        object: pod({ containers: [] }),
        findings: [
          {
            property: 'spec.serviceAccountName',
            message:
              'the pod names no ServiceAccount, so it runs as "default", which every such pod of the namespace shares',
          },
        ],
      },
      {
        name: 'default',
        object: pod({ serviceAccountName: 'default', containers: [] }),
        findings: [
          {
            property: 'spec.serviceAccountName',
            message: 'the pod runs as the ServiceAccount "default", which every pod that names none shares',
            value: 'default',
          },
        ],
      },
    ],
  },
  'service-account-token': {
    compliant: [
      { name: 'false', object: pod({ automountServiceAccountToken: false, containers: [] }) },
      { name: 'false in a template', object: deployment({ automountServiceAccountToken: false, containers: [] }) },
    ],
    violating: [
      {
        name: 'nothing said',
        object: pod({ containers: [] }),
        findings: [
          {
            property: 'spec.automountServiceAccountToken',
            message: 'the token of the ServiceAccount is mounted into every container of the pod',
          },
        ],
      },
      {
        name: 'true',
        object: deployment({ automountServiceAccountToken: true, containers: [] }),
        findings: [
          {
            property: 'spec.template.spec.automountServiceAccountToken',
            message: 'the token of the ServiceAccount is mounted into every container of the pod',
            value: true,
          },
        ],
      },
    ],
  },
  'token-lifetime': {
    compliant: [
      { name: 'an hour, by default', object: token({}) },
      { name: 'the least', object: token({ expirationSeconds: 600 }) },
      { name: 'a day', object: token({ expirationSeconds: 86_400 }) },
      { name: 'less than the API server takes: pod-valid says so', object: token({ expirationSeconds: 599 }) },
    ],
    violating: [
      {
        name: 'more than a day',
        object: token({ expirationSeconds: 86_401 }),
        findings: [
          {
            property: 'spec.volumes[0].projected.sources[1].serviceAccountToken.expirationSeconds',
            message: 'volume "data" projects a token that lives for 86401 seconds, more than a day',
            value: 86_401,
          },
        ],
      },
      {
        name: 'a year',
        object: token({ expirationSeconds: 31_536_000 }),
        findings: [
          {
            property: 'spec.volumes[0].projected.sources[1].serviceAccountToken.expirationSeconds',
            message: 'volume "data" projects a token that lives for 31536000 seconds, more than a day',
          },
        ],
      },
    ],
  },
  'service-links': {
    compliant: [
      { name: 'false', object: pod({ enableServiceLinks: false, containers: [] }) },
      { name: 'false in a template', object: deployment({ enableServiceLinks: false, containers: [] }) },
    ],
    violating: [
      {
        name: 'nothing said',
        object: pod({ containers: [] }),
        findings: [
          {
            property: 'spec.enableServiceLinks',
            message: 'every Service of the namespace is listed in the environment of the containers',
          },
        ],
      },
      {
        name: 'true',
        object: pod({ enableServiceLinks: true, containers: [] }),
        findings: [
          {
            property: 'spec.enableServiceLinks',
            message: 'every Service of the namespace is listed in the environment of the containers',
            value: true,
          },
        ],
      },
    ],
  },
  'cpu-request': {
    compliant: [
      { name: 'a request', object: container({ resources: { requests: { cpu: '100m' } } }) },
      { name: 'a limit, which is the request too', object: container({ resources: { limits: { cpu: 1 } } }) },
      {
        name: 'the request of the pod',
        object: pod({ resources: { requests: { cpu: '1' } }, containers: [c('api')] }),
      },
      {
        name: 'an ephemeral container, which cannot have any',
        object: pod({ containers: [], ephemeralContainers: [c('debug')] }),
      },
    ],
    violating: [
      {
        name: 'none, of an init container too',
        object: pod({
          initContainers: [c('setup')],
          containers: [c('api', { resources: { limits: { memory: '1Gi' } } })],
        }),
        findings: [
          {
            property: 'spec.initContainers[0].resources.requests.cpu',
            message: 'init container "setup" asks for no CPU',
            container: 'setup',
          },
          { property: 'spec.containers[0].resources.requests.cpu', message: 'container "api" asks for no CPU' },
        ],
      },
      {
        name: 'nothing',
        object: container({ resources: { requests: { cpu: '0' } } }),
        findings: [
          {
            property: 'spec.containers[0].resources.requests.cpu',
            message: 'container "api" asks for "0" CPU, which is no amount above zero',
            value: '0',
          },
        ],
      },
      {
        name: 'no quantity',
        object: container({ resources: { requests: { cpu: 'much' } } }),
        findings: [
          {
            property: 'spec.containers[0].resources.requests.cpu',
            message: 'container "api" asks for "much" CPU, which is no amount above zero',
          },
        ],
      },
    ],
  },
  'memory-limit': {
    compliant: [
      { name: 'a number', object: container({ resources: { limits: { memory: 134_217_728 } } }) },
      {
        name: 'equal amounts',
        object: container({ resources: { requests: { memory: '128Mi' }, limits: { memory: '128Mi' } } }),
      },
      {
        name: 'equal amounts, written otherwise',
        object: container({ resources: { requests: { memory: '1Gi' }, limits: { memory: '1024Mi' } } }),
      },
      { name: 'a limit, which is the request too', object: container({ resources: { limits: { memory: '1Gi' } } }) },
      {
        name: 'the limit of the pod',
        object: pod({ resources: { limits: { memory: '1Gi' }, requests: { memory: '1Gi' } }, containers: [c('api')] }),
      },
      {
        name: 'an ephemeral container, which cannot have any',
        object: pod({ containers: [], ephemeralContainers: [c('debug')] }),
      },
    ],
    violating: [
      {
        name: '0, which is none',
        object: container({ resources: { requests: { memory: '0' }, limits: { memory: '0' } } }),
        findings: [
          {
            property: 'spec.containers[0].resources.limits.memory',
            message: 'container "api" has the memory limit "0", which is no limit',
            value: '0',
          },
        ],
      },
      {
        name: 'none',
        object: container({ resources: { requests: { memory: '1Gi' } } }),
        findings: [
          {
            property: 'spec.containers[0].resources.limits.memory',
            message: 'container "api" has no memory limit',
            container: 'api',
          },
        ],
      },
      {
        name: 'a limit above the request',
        object: container({ resources: { requests: { memory: '1G' }, limits: { memory: '1Gi' } } }),
        findings: [
          {
            property: 'spec.containers[0].resources.limits.memory',
            message: 'container "api" has the memory limit 1Gi, not the 1G that it requests',
            value: '1Gi',
          },
        ],
      },
      {
        name: 'no quantity',
        object: container({ resources: { limits: { memory: '128MB' } } }),
        findings: [
          {
            property: 'spec.containers[0].resources.limits.memory',
            message: 'container "api" has the memory limit "128MB", which is not a quantity',
          },
        ],
      },
    ],
  },
  'ephemeral-storage-limit': {
    compliant: [
      { name: 'a limit', object: container({ resources: { limits: { 'ephemeral-storage': '1Gi' } } }) },
      {
        name: 'an ephemeral container, which cannot have any',
        object: pod({ containers: [], ephemeralContainers: [c('debug')] }),
      },
    ],
    violating: [
      {
        name: '0, which is none',
        object: container({ resources: { limits: { 'ephemeral-storage': '0' } } }),
        findings: [
          {
            property: 'spec.containers[0].resources.limits["ephemeral-storage"]',
            message: 'container "api" has no limit on the disk of its node: "0" is none',
            value: '0',
          },
        ],
      },
      {
        name: 'none',
        object: container({}),
        findings: [
          {
            property: 'spec.containers[0].resources.limits["ephemeral-storage"]',
            message: 'container "api" has no limit on the disk of its node',
          },
        ],
      },
      {
        name: 'a request alone, of a sidecar',
        object: pod({
          initContainers: [
            c('proxy', { restartPolicy: 'Always', resources: { requests: { 'ephemeral-storage': '1Gi' } } }),
          ],
          containers: [],
        }),
        findings: [
          {
            property: 'spec.initContainers[0].resources.limits["ephemeral-storage"]',
            message: 'sidecar container "proxy" has no limit on the disk of its node',
          },
        ],
      },
    ],
  },
  'empty-dir-size': {
    compliant: [
      { name: 'a size', object: volume({ emptyDir: { sizeLimit: '64Mi' } }) },
      { name: 'another volume', object: volume({ configMap: { name: 'a' } }) },
    ],
    violating: [
      {
        name: 'no size, in memory too',
        object: pod({
          containers: [],
          volumes: [
            { name: 'a', emptyDir: {} },
            { name: 'b', emptyDir: { medium: 'Memory' } },
          ],
        }),
        findings: [
          { property: 'spec.volumes[0].emptyDir.sizeLimit', message: 'volume "a" is an emptyDir without a size limit' },
          { property: 'spec.volumes[1].emptyDir.sizeLimit', message: 'volume "b" is an emptyDir without a size limit' },
        ],
      },
      {
        name: 'a size of zero, which limits nothing',
        object: volume({ emptyDir: { sizeLimit: 0 } }),
        findings: [
          {
            property: 'spec.volumes[0].emptyDir.sizeLimit',
            message: 'volume "data" is an emptyDir with the size limit "0", which the kubelet does not enforce',
            value: 0,
          },
        ],
      },
    ],
  },
  'readiness-probe': {
    compliant: [
      {
        name: 'a probe',
        object: container({ ports: [{ containerPort: 80 }], readinessProbe: { tcpSocket: { port: 80 } } }),
      },
      { name: 'no port', object: container({ ports: [] }) },
      {
        name: 'an init container',
        object: pod({ initContainers: [c('setup', { ports: [{ containerPort: 80 }] })], containers: [] }),
      },
      {
        name: 'a Job',
        object: object('batch/v1', 'Job', {
          spec: {
            template: { spec: { restartPolicy: 'Never', containers: [c('api', { ports: [{ containerPort: 80 }] })] } },
          },
        }),
      },
    ],
    violating: [
      {
        name: 'a container with a port',
        object: container({ ports: [{ containerPort: 80 }], livenessProbe: { tcpSocket: { port: 80 } } }),
        findings: [
          {
            property: 'spec.containers[0].readinessProbe',
            message: 'container "api" has a port and no readiness probe',
          },
        ],
      },
      {
        name: 'a sidecar with a port',
        object: pod({
          initContainers: [c('proxy', { restartPolicy: 'Always', ports: [{ containerPort: 80 }] })],
          containers: [],
        }),
        findings: [
          {
            property: 'spec.initContainers[0].readinessProbe',
            message: 'sidecar container "proxy" has a port and no readiness probe',
          },
        ],
      },
    ],
  },
  'pre-stop': {
    compliant: [
      {
        name: 'a sleep',
        object: container({ ports: [{ containerPort: 80 }], lifecycle: { preStop: { sleep: { seconds: 5 } } } }),
      },
      {
        name: 'a command',
        object: container({ ports: [{ containerPort: 80 }], lifecycle: { preStop: { exec: { command: ['wait'] } } } }),
      },
      { name: 'an empty list of ports', object: container({ ports: [] }) },
      { name: 'no port', object: container({}) },
      {
        name: 'a pod that ends by itself',
        object: pod({ restartPolicy: 'OnFailure', containers: [c('api', { ports: [{ containerPort: 80 }] })] }),
      },
    ],
    violating: [
      {
        name: 'a port and no hook',
        object: container({ ports: [{ containerPort: 80 }] }),
        findings: [
          {
            property: 'spec.containers[0].lifecycle.preStop',
            message: 'container "api" has a port and stops at once, while traffic may still be on its way',
            remedy: 'set lifecycle.preStop.sleep.seconds, for example to 5',
            severity: 'info',
          },
        ],
      },
      {
        name: 'a target without sleep',
        object: container({ ports: [{ containerPort: 80 }], lifecycle: { postStart: {} } }),
        target: targets['1.28'],
        findings: [
          {
            property: 'spec.containers[0].lifecycle.preStop',
            message: 'container "api" has a port and stops at once, while traffic may still be on its way',
            remedy:
              'set lifecycle.preStop.exec.command to one that the image has and that waits, such as ["sleep", "5"]',
          },
        ],
      },
    ],
  },
  'termination-grace': {
    compliant: [
      { name: 'a sleep within the default', object: container({ lifecycle: { preStop: { sleep: { seconds: 29 } } } }) },
      {
        name: 'a sleep within a longer one',
        object: container(
          { lifecycle: { preStop: { sleep: { seconds: 59 } } } },
          { terminationGracePeriodSeconds: 60 },
        ),
      },
      {
        name: 'a longer sleep than the API server takes: pod-valid says so',
        object: container({ lifecycle: { preStop: { sleep: { seconds: 1 } } } }, { terminationGracePeriodSeconds: 0 }),
      },
    ],
    violating: [
      {
        name: 'a sleep as long as the default',
        object: container({ lifecycle: { preStop: { sleep: { seconds: 30 } } } }),
        findings: [
          {
            property: 'spec.containers[0].lifecycle.preStop.sleep.seconds',
            message: 'container "api" sleeps 30 seconds before it stops, and the pod is killed after 30',
            value: 30,
          },
        ],
      },
      {
        name: 'a sleep as long as a shorter one',
        object: container({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }, { terminationGracePeriodSeconds: 5 }),
        findings: [
          {
            property: 'spec.containers[0].lifecycle.preStop.sleep.seconds',
            message: 'container "api" sleeps 5 seconds before it stops, and the pod is killed after 5',
          },
        ],
      },
    ],
  },
  'named-ports': {
    compliant: [
      { name: 'a name', object: ports({ containerPort: 80, name: 'http' }) },
      { name: 'no port', object: container({}) },
    ],
    violating: [
      {
        name: 'no name',
        object: ports({ containerPort: 80, name: 'http' }, { containerPort: 81 }),
        findings: [
          {
            property: 'spec.containers[0].ports[1].name',
            message: 'port 81 of container "api" has no name',
            severity: 'warning',
          },
        ],
      },
      {
        name: 'an empty name',
        object: ports({ containerPort: 80, name: '' }),
        findings: [{ property: 'spec.containers[0].ports[0].name', message: 'port 80 of container "api" has no name' }],
      },
    ],
  },
  'duplicate-port': {
    compliant: [
      {
        name: 'one number on two protocols',
        object: ports({ containerPort: 53, name: 'a' }, { containerPort: 53, protocol: 'UDP', name: 'b' }),
      },
      { name: 'unnamed ports', object: ports({ containerPort: 80 }, { containerPort: 81 }) },
      {
        name: 'an init container, which ends before the other starts',
        object: pod({
          initContainers: [c('setup', { ports: [{ containerPort: 80 }] })],
          containers: [c('api', { ports: [{ containerPort: 80 }] })],
        }),
      },
    ],
    violating: [
      {
        name: 'a number twice in a container',
        object: ports({ containerPort: 80, name: 'a' }, { containerPort: 80, protocol: 'TCP', name: 'b' }),
        findings: [
          {
            property: 'spec.containers[0].ports[0].containerPort',
            message: 'container "api" has port 80/TCP more than once',
            value: 80,
          },
          {
            property: 'spec.containers[0].ports[1].containerPort',
            message: 'container "api" has port 80/TCP more than once',
          },
        ],
      },
      {
        name: 'a number twice, of which the one says no protocol and the other an empty one',
        object: ports({ containerPort: 80, name: 'a' }, { containerPort: 80, protocol: '', name: 'b' }),
        findings: [0, 1].map((index) => ({
          property: `spec.containers[0].ports[${index}].containerPort`,
          message: 'container "api" has port 80/TCP more than once',
        })),
      },
      {
        name: 'a name twice in a container',
        object: ports({ containerPort: 80, name: 'a' }, { containerPort: 81, name: 'a' }, { containerPort: 82 }),
        findings: [
          {
            property: 'spec.containers[0].ports[0].name',
            message: 'container "api" has more than one port named "a"',
            value: 'a',
          },
          { property: 'spec.containers[0].ports[1].name', message: 'container "api" has more than one port named "a"' },
        ],
      },
      {
        name: 'a number in a sidecar and a container',
        object: pod({
          initContainers: [c('proxy', { restartPolicy: 'Always', ports: [{ containerPort: 80 }] })],
          containers: [c('api', { ports: [{ containerPort: 80 }] })],
        }),
        findings: [
          {
            property: 'spec.initContainers[0].ports[0].containerPort',
            message:
              'sidecar container "proxy" uses port 80/TCP, and so does container "api": the containers of a pod share one network address',
            container: 'proxy',
          },
          {
            property: 'spec.containers[0].ports[0].containerPort',
            message:
              'container "api" uses port 80/TCP, and so does sidecar container "proxy": the containers of a pod share one network address',
          },
        ],
      },
      {
        name: 'a name twice',
        object: pod({
          containers: [
            c('a', { ports: [{ containerPort: 80, name: 'http' }] }),
            c('b', { ports: [{ containerPort: 81, name: 'http' }] }),
          ],
        }),
        findings: [
          {
            property: 'spec.containers[0].ports[0].name',
            message: 'container "a" names port 80 "http", and container "b" has a port of that name too',
            value: 'http',
          },
          {
            property: 'spec.containers[1].ports[0].name',
            message: 'container "b" names port 81 "http", and container "a" has a port of that name too',
            container: 'b',
          },
        ],
      },
    ],
  },
  'ephemeral-containers': {
    compliant: [
      { name: 'a template without', object: deployment({ containers: [], ephemeralContainers: [] }) },
      { name: 'a live Pod', object: pod({ containers: [], ephemeralContainers: [c('debug')] }) },
    ],
    violating: [
      {
        name: 'a Deployment',
        object: deployment({ containers: [], ephemeralContainers: [c('debug')] }),
        findings: [
          {
            property: 'spec.template.spec.ephemeralContainers',
            message: 'the pod template holds ephemeral containers, which the API server refuses',
          },
        ],
      },
      {
        name: 'a PodTemplate',
        object: object('v1', 'PodTemplate', {
          template: { spec: { containers: [], ephemeralContainers: [c('debug')] } },
        }),
        findings: [
          {
            property: 'template.spec.ephemeralContainers',
            message: 'the pod template holds ephemeral containers, which the API server refuses',
          },
        ],
      },
    ],
  },
  'pdb-blocks-drain': {
    compliant: [
      { name: 'one', object: object('policy/v1', 'PodDisruptionBudget', { spec: { maxUnavailable: 1 } }) },
      { name: 'a share', object: object('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: '50%' } }) },
    ],
    violating: [
      ...[0, '0', '0%'].map((maxUnavailable) => ({
        name: `maxUnavailable ${JSON.stringify(maxUnavailable)}`,
        object: object('policy/v1', 'PodDisruptionBudget', { spec: { maxUnavailable } }),
        findings: [
          {
            property: 'spec.maxUnavailable',
            message: `the budget lets ${maxUnavailable} pods be evicted, so that no node they run on can be drained`,
            value: maxUnavailable,
          },
        ],
      })),
      {
        name: 'minAvailable 100%',
        object: object('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: '100%' } }),
        findings: [
          {
            property: 'spec.minAvailable',
            message: 'the budget keeps 100% of the pods, so that no node they run on can be drained',
          },
        ],
      },
    ],
  },
  'target-field': {
    compliant: [
      { name: 'a field that every version has', object: container({ securityContext: { runAsNonRoot: true } }) },
      {
        name: 'a field of the version',
        object: container({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }),
        target: targets['1.30'],
      },
      {
        name: 'a field that the nodes are declared to have',
        object: pod({ hostUsers: false, containers: [] }),
        target: ClusterTarget.of('1.34', { nodes: { userNamespaces: true } }),
      },
    ],
    violating: [
      {
        name: 'a field of a later version',
        object: deployment({ containers: [c('api', { lifecycle: { preStop: { sleep: { seconds: 5 } } } })] }),
        target: targets['1.28'],
        findings: [
          {
            property: 'spec.template.spec.containers[0].lifecycle.preStop.sleep',
            message: expect.stringMatching(/^the target lacks this field: Kubernetes 1\.28 .*sleep/),
            value: { seconds: 5 },
            remedy: 'leave it out, or raise the version of the target once its cluster is upgraded',
          },
        ],
      },
      {
        name: 'a field that no version up to the target has',
        object: pod({ schedulingGroup: { podGroupName: 'workers' }, containers: [] }),
        target: targets['1.34'],
        findings: [
          {
            property: 'spec.schedulingGroup',
            message: expect.stringMatching(/^the target lacks this field: Kubernetes 1\.34 /),
            severity: 'error',
          },
        ],
      },
      {
        name: 'a field that the nodes lack',
        object: deployment({ hostUsers: false, containers: [c('api')] }),
        target: ClusterTarget.of('1.34', { nodes: { userNamespaces: false } }),
        findings: [
          {
            property: 'spec.template.spec.hostUsers',
            message: expect.stringMatching(/^the target lacks this field: the nodes lack user namespaces/),
            value: false,
            severity: 'error',
            remedy: 'leave it out, or declare the capability of the nodes in the target where every node has it',
          },
        ],
      },
      {
        name: 'hardening that the nodes may lack, which is told and not refused',
        object: container(
          {},
          {
            hostUsers: false,
            securityContext: { appArmorProfile: { type: 'RuntimeDefault' }, supplementalGroupsPolicy: 'Strict' },
          },
        ),
        target: targets['1.34'],
        findings: ['hostUsers', 'securityContext.appArmorProfile', 'securityContext.supplementalGroupsPolicy'].map(
          (field) => ({
            property: `spec.${field}`,
            message: expect.stringMatching(/^the target has this field, but it is not known whether every node has /),
            severity: 'info',
            remedy: 'say by nodes of the target what every node has; a node without it refuses the pod',
          }),
        ),
      },
    ],
  },
};
