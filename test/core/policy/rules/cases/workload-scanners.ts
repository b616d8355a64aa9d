import { container, deployment, pod, type RuleCases } from '../rule-cases';

const c = (name: string, properties: object = {}) => ({ name, ...properties });
const context = (securityContext: object) => container({ securityContext });
const podContext = (securityContext: object) => pod({ securityContext, containers: [c('api')] });
const volume = (properties: object) => pod({ containers: [c('api')], volumes: [{ name: 'data', ...properties }] });
const ports = (...list: object[]) => container({ ports: list });
const windows = (properties: object = {}) => pod({ os: { name: 'windows' }, containers: [c('api', properties)] });

/** Objects that keep and break the rules that scanners have besides the Pod Security Standards. */
export const scannerCases: Readonly<Record<string, RuleCases>> = {
  'runtime-socket': {
    compliant: [
      { name: 'another path', object: volume({ hostPath: { path: '/var/log' } }) },
      { name: 'a file of that name elsewhere', object: volume({ configMap: { name: 'docker.sock' } }) },
      { name: 'a name that only ends like it', object: volume({ hostPath: { path: '/srv/notdocker.sock' } }) },
    ],
    violating: [
      '/var/run/docker.sock',
      '/run/containerd/containerd.sock',
      '/run/crio/crio.sock',
      '/run/cri-dockerd.sock',
      '/run/k3s/containerd/containerd.sock/',
    ].map((path) => ({
      name: path,
      object: volume({ hostPath: { path } }),
      findings: [
        {
          property: 'spec.volumes[0].hostPath.path',
          message: `volume "data" is ${path}, the socket of the container runtime: who reaches it starts privileged containers and owns the node`,
          value: path,
        },
      ],
    })),
  },
  'host-path-sensitive': {
    compliant: [
      ...[
        '/var/log',
        '/var/./log/.',
        '/etc/localtime',
        '/etc/./localtime',
        '/etc/.hidden',
        '/.etc',
        '/var/run/docker.sock',
        '/srv/data',
        '/srv/./data/.',
        '/etcetera',
        '/mnt/root',
        '/run/systemd/journal',
        '/run/podmanager',
        '/usr/lib/modules',
        '/etc/crio-metrics',
      ].map((path) => ({ name: path, object: volume({ hostPath: { path } }) })),
      { name: 'an emptyDir', object: volume({ emptyDir: {} }) },
    ],
    violating: [
      '/',
      '//',
      '/etc',
      '/etc/',
      '/etc/kubernetes/pki',
      '/etc/cron.d',
      '/proc',
      '/proc/1/root',
      '/var/lib/kubelet/pods',
      '/var//lib/docker',
      '/run',
      '/run/containerd',
      '/root',
      '/home/ubuntu/.kube/config',
      '/home/ubuntu/.config/gcloud',
      '/etc/azure/azure.json',
      '/.',
      '/./',
      '/.//./',
      '/etc/.',
      '/etc/./',
      '/./etc/kubernetes',
      '/etc/./kubernetes',
      '/etc//.//./kubernetes/.',
      '/var/lib/./kubelet',
      '/var/./run',
      '/proc/./1',
      '/home/ubuntu/./.config/./gcloud',
      '/run/podman/podman.sock',
      '/var/run/dockershim.sock',
      '/run/systemd/private',
      '/var/run/dbus/system_bus_socket',
      '/run/k3s/containerd',
      '/etc/gshadow',
      '/etc/init.d',
      '/etc/systemd/system',
      '/etc/crio/crio.conf',
      '/usr/lib/systemd/system',
      '/lib/systemd',
      '/var/lib/k0s',
    ].map((path) => ({
      name: path,
      object: volume({ hostPath: { path } }),
      findings: [
        {
          property: 'spec.volumes[0].hostPath.path',
          message: `volume "data" is ${path}, which holds credentials, programs or the state of the node`,
          value: path,
        },
      ],
    })),
  },
  'host-path-writable': {
    compliant: [
      {
        name: 'a mount that is read-only',
        object: pod({
          containers: [c('api', { volumeMounts: [{ name: 'logs', mountPath: '/logs', readOnly: true }] })],
          volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }],
        }),
      },
      {
        name: 'another volume that is mounted writable',
        object: pod({
          containers: [c('api', { volumeMounts: [{ name: 'data', mountPath: '/data' }] })],
          volumes: [
            { name: 'logs', hostPath: { path: '/var/log' } },
            { name: 'data', emptyDir: {} },
          ],
        }),
      },
      { name: 'a volume that nobody mounts', object: volume({ hostPath: { path: '/var/log' } }) },
    ],
    violating: [
      {
        name: 'a container, and one that is added to debug it',
        object: pod({
          containers: [c('api', { volumeMounts: [{ name: 'logs', mountPath: '/logs' }] })],
          ephemeralContainers: [c('debug', { volumeMounts: [{ name: 'logs', mountPath: '/host', readOnly: false }] })],
          volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }],
        }),
        findings: [
          {
            property: 'spec.containers[0].volumeMounts[0].readOnly',
            message: 'container "api" can write to the path of the node that is mounted at /logs',
            container: 'api',
          },
          {
            property: 'spec.ephemeralContainers[0].volumeMounts[0].readOnly',
            message: 'ephemeral container "debug" can write to the path of the node that is mounted at /host',
            value: false,
          },
        ],
      },
      {
        name: 'an init container of a Deployment',
        object: deployment({
          initContainers: [c('setup', { volumeMounts: [{ name: 'logs', mountPath: '/logs' }] })],
          containers: [],
          volumes: [{ name: 'logs', hostPath: { path: '/var/log' } }],
        }),
        findings: [
          {
            property: 'spec.template.spec.initContainers[0].volumeMounts[0].readOnly',
            message: 'init container "setup" can write to the path of the node that is mounted at /logs',
          },
        ],
      },
    ],
  },
  'high-ids': {
    compliant: [
      { name: 'a number above 10000', object: podContext({ runAsUser: 10_001, runAsGroup: 65_532 }) },
      { name: 'none', object: context({ runAsNonRoot: true }) },
      {
        name: 'a user namespace',
        object: pod({ hostUsers: false, securityContext: { runAsUser: 1 }, containers: [] }),
      },
      { name: '0, of which other rules speak', object: podContext({ runAsUser: 0, runAsGroup: 0 }) },
    ],
    violating: [
      {
        name: 'a user of the pod',
        object: podContext({ runAsUser: 1000 }),
        findings: [
          {
            property: 'spec.securityContext.runAsUser',
            message: 'the pod runs as user 1000, who may be somebody on the node',
            value: 1000,
            severity: 'info',
          },
        ],
      },
      {
        name: 'the last number, as user and group of the pod, once, and as group of a container',
        object: pod({
          securityContext: { runAsUser: 10_000, runAsGroup: 10_000 },
          containers: [c('api', { securityContext: { runAsGroup: 10_000 } })],
        }),
        findings: [
          {
            property: 'spec.securityContext.runAsUser',
            message: 'the pod runs as user 10000, who may be somebody on the node',
          },
          {
            property: 'spec.containers[0].securityContext.runAsGroup',
            message: 'container "api" runs as group 10000, which may exist on the node',
          },
        ],
      },
    ],
  },
  'sudo-entrypoint': {
    compliant: [
      { name: 'another program', object: container({ command: ['/bin/api'], args: ['--user=sudoers'] }) },
      { name: 'a word that ends like it', object: container({ command: ['pseudo'], args: ['sudo-free'] }) },
      { name: 'no command', object: container({}) },
    ],
    violating: [
      {
        name: 'a command, an argument that is a line of a shell, and a hook',
        object: container({
          command: ['/usr/bin/sudo', '-E'],
          args: ['set -e; sudo chown 1 /data'],
          lifecycle: { postStart: { exec: { command: ['sudo', 'id'] } } },
        }),
        findings: [
          { property: 'spec.containers[0].command[0]', message: 'container "api" calls sudo', container: 'api' },
          { property: 'spec.containers[0].args[0]', message: 'container "api" calls sudo' },
          {
            property: 'spec.containers[0].lifecycle.postStart.exec.command[0]',
            message: 'container "api" calls sudo',
          },
        ],
      },
      {
        name: 'a hook and probes of a sidecar',
        object: pod({
          initContainers: [
            c('proxy', {
              restartPolicy: 'Always',
              lifecycle: { preStop: { exec: { command: ['sh', '-c', 'doas reboot'] } } },
              livenessProbe: { exec: { command: ['sudo', 'true'] } },
              readinessProbe: { exec: { command: ['sudo', 'true'] } },
              startupProbe: { exec: { command: ['sudo', 'true'] } },
            }),
          ],
          containers: [],
        }),
        findings: [
          'lifecycle.preStop.exec.command[2]',
          'livenessProbe.exec.command[0]',
          'readinessProbe.exec.command[0]',
          'startupProbe.exec.command[0]',
        ].map((property) => ({
          property: `spec.initContainers[0].${property}`,
          message: 'sidecar container "proxy" calls sudo',
        })),
      },
    ],
  },
  'service-account-alias': {
    compliant: [
      { name: 'the field of today', object: pod({ serviceAccountName: 'api', containers: [] }) },
      {
        name: 'both, as the API server has it',
        object: pod({ serviceAccountName: 'api', serviceAccount: 'api', containers: [] }),
      },
      { name: 'neither', object: pod({ containers: [] }) },
    ],
    violating: [
      {
        name: 'the alias alone',
        object: pod({ serviceAccount: 'api', containers: [] }),
        findings: [
          {
            property: 'spec.serviceAccount',
            message: 'the pod names its ServiceAccount in serviceAccount, which is deprecated',
            value: 'api',
            severity: 'info',
          },
        ],
      },
      {
        name: 'the alias and an empty name, in a template',
        object: deployment({ serviceAccountName: '', serviceAccount: 'api', containers: [] }),
        findings: [
          {
            property: 'spec.template.spec.serviceAccount',
            message: 'the pod names its ServiceAccount in serviceAccount, which is deprecated',
          },
        ],
      },
    ],
  },
  'host-aliases': {
    compliant: [
      { name: 'none', object: pod({ containers: [] }) },
      { name: 'an empty list', object: pod({ hostAliases: [], containers: [] }) },
    ],
    violating: [
      {
        name: 'two',
        object: pod({
          hostAliases: [
            { ip: '10.0.0.9', hostnames: ['legacy.example'] },
            { ip: '127.0.0.1', hostnames: ['metadata'] },
          ],
          containers: [],
        }),
        findings: [
          {
            property: 'spec.hostAliases[0].ip',
            message: 'the pod sends the traffic to names of its choice to 10.0.0.9, past DNS',
            value: '10.0.0.9',
            severity: 'warning',
          },
          {
            property: 'spec.hostAliases[1].ip',
            message: 'the pod sends the traffic to names of its choice to 127.0.0.1, past DNS',
          },
        ],
      },
      {
        name: 'one in a template',
        object: deployment({ hostAliases: [{ ip: '10.0.0.9' }], containers: [] }),
        findings: [
          {
            property: 'spec.template.spec.hostAliases[0].ip',
            message: 'the pod sends the traffic to names of its choice to 10.0.0.9, past DNS',
          },
        ],
      },
    ],
  },
  'privileged-port': {
    compliant: [
      { name: '1024', object: ports({ containerPort: 1024 }) },
      { name: 'a Windows pod', object: windows({ ports: [{ containerPort: 80 }] }) },
      { name: 'no port', object: container({}) },
    ],
    violating: [
      {
        name: '80 and 1023',
        object: ports({ containerPort: 80 }, { containerPort: 8080 }, { containerPort: 1023, protocol: 'UDP' }),
        findings: [
          {
            property: 'spec.containers[0].ports[0].containerPort',
            message: 'container "api" listens on port 80, for which it may need root or NET_BIND_SERVICE',
            value: 80,
            severity: 'info',
          },
          {
            property: 'spec.containers[0].ports[2].containerPort',
            message: 'container "api" listens on port 1023, for which it may need root or NET_BIND_SERVICE',
          },
        ],
      },
      {
        name: 'a sidecar',
        object: pod({
          initContainers: [c('proxy', { restartPolicy: 'Always', ports: [{ containerPort: 443 }] })],
          containers: [],
        }),
        findings: [
          {
            property: 'spec.initContainers[0].ports[0].containerPort',
            message: 'sidecar container "proxy" listens on port 443, for which it may need root or NET_BIND_SERVICE',
          },
        ],
      },
    ],
  },
  'ssh-port': {
    compliant: [
      { name: 'another port', object: ports({ containerPort: 8022 }) },
      { name: 'UDP', object: ports({ containerPort: 22, protocol: 'UDP' }) },
      { name: 'SCTP', object: ports({ containerPort: 22, protocol: 'SCTP' }) },
    ],
    violating: [
      ...[22, 2222].map((containerPort) => ({
        name: String(containerPort),
        object: ports({ containerPort: 8080 }, { containerPort }),
        findings: [
          {
            property: 'spec.containers[0].ports[1].containerPort',
            message: `container "api" listens on port ${containerPort}, the port of SSH`,
            value: containerPort,
            severity: 'warning' as const,
          },
        ],
      })),
      {
        name: '22 of an ephemeral container',
        object: pod({
          containers: [],
          ephemeralContainers: [c('debug', { ports: [{ containerPort: 22, protocol: 'TCP' }] })],
        }),
        findings: [
          {
            property: 'spec.ephemeralContainers[0].ports[0].containerPort',
            message: 'ephemeral container "debug" listens on port 22, the port of SSH',
          },
        ],
      },
    ],
  },
  'naked-pod': {
    compliant: [
      { name: 'a Deployment', object: deployment({ containers: [] }) },
      {
        name: 'a pod that a ReplicaSet owns',
        object: {
          ...pod({ containers: [] }),
          metadata: {
            name: 'api-1',
            ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'api', uid: 'u' }],
          },
        },
      },
    ],
    violating: [
      {
        name: 'a pod alone',
        object: pod({ containers: [] }),
        findings: [
          {
            property: 'metadata.ownerReferences',
            message: 'the pod has no controller that replaces or updates it',
            severity: 'warning',
          },
        ],
      },
      {
        name: 'a pod that nobody owns',
        object: { ...pod({ containers: [] }), metadata: { name: 'api-1', ownerReferences: [] } },
        findings: [
          { property: 'metadata.ownerReferences', message: 'the pod has no controller that replaces or updates it' },
        ],
      },
    ],
  },
  'git-sync-command': {
    compliant: [
      {
        name: 'git-sync with its own git',
        object: container({
          image: 'registry.k8s.io/git-sync/git-sync:v4.2.3',
          args: ['--repo=https://git.example/a.git', '--git-config=a:b'],
          env: [{ name: 'GITSYNC_REPO', value: 'https://git.example/a.git' }],
        }),
      },
      { name: 'the argument of another program', object: container({ image: 'a/tool:1', args: ['--git=/bin/sh'] }) },
    ],
    violating: [
      {
        name: 'a variable, of both generations',
        object: container({
          env: [{ name: 'A' }, { name: 'GITSYNC_GIT', value: '/tmp/git' }, { name: 'GIT_SYNC_GIT', value: '/tmp/git' }],
        }),
        findings: [
          {
            property: 'spec.containers[0].env[1].name',
            message: 'container "api" sets GITSYNC_GIT: git-sync runs what it names in place of git',
            value: 'GITSYNC_GIT',
          },
          {
            property: 'spec.containers[0].env[2].name',
            message: 'container "api" sets GIT_SYNC_GIT: git-sync runs what it names in place of git',
          },
        ],
      },
      {
        name: 'an argument of an init container',
        object: pod({
          initContainers: [
            c('clone', { image: 'registry.k8s.io/git-sync/git-sync:v4.2.3', args: ['--one-time', '--git=/tmp/git'] }),
          ],
          containers: [],
        }),
        findings: [
          {
            property: 'spec.initContainers[0].args[1]',
            message: 'init container "clone" sets --git: git-sync runs what it names in place of git',
          },
        ],
      },
    ],
  },
  'admin-tools': {
    compliant: [
      { name: 'another image', object: container({ image: 'registry.acme.example/dashboard:1' }) },
      { name: 'a name that only begins like it', object: container({ image: 'registry.acme.example/tiller-docs:1' }) },
    ],
    violating: [
      {
        name: 'Tiller',
        object: container({ image: 'gcr.io/kubernetes-helm/tiller:v2.17.0' }),
        findings: [
          {
            property: 'spec.containers[0].image',
            message: 'container "api" is Tiller, the server of Helm 2',
            value: 'gcr.io/kubernetes-helm/tiller:v2.17.0',
            severity: 'error',
          },
        ],
      },
      ...[
        'kubernetesui/dashboard:v2.7.0',
        'docker.io/kubernetesui/dashboard-web@sha256:0',
        'k8s.gcr.io/kubernetes-dashboard-amd64',
      ].map((image) => ({
        name: image,
        object: container({ image }),
        findings: [
          {
            property: 'spec.containers[0].image',
            message: 'container "api" is a part of the Kubernetes Dashboard',
            severity: 'warning' as const,
          },
        ],
      })),
    ],
  },
};
