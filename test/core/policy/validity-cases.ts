/** Pods that the API server refuses, though each of their fields is well formed, and what we say of them before it does. */
import type { KubernetesObject } from '../../../core/manifest';

export interface ValidityCase {
  readonly name: string;
  readonly pod: KubernetesObject;
  /** The property and the message of each finding, in order. */
  readonly findings: readonly (readonly [property: string, message: string])[];
}

const image = 'registry.example/app:1';

function pod(spec: object, annotations?: Readonly<Record<string, string>>): KubernetesObject {
  const metadata = { name: 'pod', ...(annotations && { annotations }) };
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: { containers: [{ name: 'app', image }], ...spec } };
}
const container = (fields: object, spec: object = {}) =>
  pod({ ...spec, containers: [{ name: 'app', image, ...fields }] });
const init = (fields: object) => pod({ initContainers: [{ name: 'init', image, ...fields }] });
const volumes = (...list: readonly object[]) => ({ volumes: list });
const scratch = { name: 'scratch', emptyDir: {} };
const claim = { name: 'disk', persistentVolumeClaim: { claimName: 'disk' } };

const armour = 'container.apparmor.security.beta.kubernetes.io';
const at = (path: string) => `spec.containers[0].${path}`;

export const refused: readonly ValidityCase[] = [
  {
    name: 'a volume with a name that is none',
    pod: pod(volumes({ name: 'My_Data', emptyDir: {} })),
    findings: [['spec.volumes[0].name', '"My_Data" is no name of a volume']],
  },
  {
    name: 'two volumes of one name',
    pod: pod(volumes(scratch, scratch)),
    findings: [['spec.volumes[1].name', 'two volumes are called scratch']],
  },
  {
    name: 'a volume with two sources',
    pod: pod(volumes({ ...scratch, nfs: { server: 'nfs.example', path: '/' } })),
    findings: [['spec.volumes[0]', 'volume scratch has 2 sources: emptyDir, nfs']],
  },
  {
    name: 'a mount of no volume',
    pod: container({ volumeMounts: [{ name: 'gone', mountPath: '/gone' }] }),
    findings: [[at('volumeMounts[0].name'), 'container app: there is no volume gone']],
  },
  {
    name: 'two mounts at one path',
    pod: container(
      {
        volumeMounts: [
          { name: 'scratch', mountPath: '/a' },
          { name: 'disk', mountPath: '/a' },
        ],
      },
      volumes(scratch, claim),
    ),
    findings: [[at('volumeMounts[1].mountPath'), 'container app: two volumes are mounted at /a']],
  },
  {
    name: 'mounts handed to the node by a container without the right to',
    pod: container(
      { volumeMounts: [{ name: 'scratch', mountPath: '/a', mountPropagation: 'Bidirectional' }] },
      volumes(scratch),
    ),
    findings: [
      [at('volumeMounts[0].mountPropagation'), 'container app: only a privileged container hands mounts to its node'],
    ],
  },
  {
    name: 'a device of no volume',
    pod: container({ volumeDevices: [{ name: 'gone', devicePath: '/dev/gone' }] }),
    findings: [[at('volumeDevices[0].name'), 'container app: there is no volume gone']],
  },
  {
    name: 'a device that is no claim',
    pod: container({ volumeDevices: [{ name: 'scratch', devicePath: '/dev/a' }] }, volumes(scratch)),
    findings: [[at('volumeDevices[0].name'), 'volume scratch is no claim, so that it is no device']],
  },
  {
    name: 'a volume that is a device and a mount',
    pod: container(
      { volumeDevices: [{ name: 'disk', devicePath: '/dev/a' }], volumeMounts: [{ name: 'disk', mountPath: '/a' }] },
      volumes(claim),
    ),
    findings: [[at('volumeDevices[0].name'), 'volume disk is a device and a mount at once']],
  },
  {
    name: 'a device in a user namespace',
    pod: container(
      { volumeDevices: [{ name: 'disk', devicePath: '/dev/a' }] },
      { ...volumes(claim), hostUsers: false },
    ),
    findings: [
      [at('volumeDevices'), 'container app: a raw block device cannot be mapped into the user namespace of the pod'],
    ],
  },
  {
    name: 'a container with a name that is none',
    pod: pod({ containers: [{ name: 'The App', image }] }),
    findings: [[at('name'), '"The App" is no name of a container']],
  },
  {
    name: 'two containers of one name',
    pod: init({ name: 'app' }),
    findings: [[at('name'), 'two containers are called app']],
  },
  {
    name: 'a probe of an init container',
    pod: init({ readinessProbe: { exec: { command: ['true'] } } }),
    findings: [
      [
        'spec.initContainers[0].readinessProbe',
        'init container init has a readinessProbe, which only a container that keeps running may have',
      ],
    ],
  },
  {
    name: 'a hook of an init container',
    pod: init({ lifecycle: { preStop: { exec: { command: ['true'] } } } }),
    findings: [
      [
        'spec.initContainers[0].lifecycle',
        'init container init has a lifecycle, which only a container that keeps running may have',
      ],
    ],
  },
  {
    name: 'a probe that asks in two ways',
    pod: container({ livenessProbe: { httpGet: { port: 80 }, tcpSocket: { port: 80 } } }),
    findings: [[at('livenessProbe'), 'container app: livenessProbe does 2 things: httpGet, tcpSocket']],
  },
  {
    name: 'a probe that asks nothing',
    pod: container({ startupProbe: { periodSeconds: 5 } }),
    findings: [[at('startupProbe'), 'container app: startupProbe does nothing']],
  },
  {
    name: 'a hook that does two things',
    pod: container({ lifecycle: { preStop: { exec: { command: ['true'] }, sleep: { seconds: 3 } } } }),
    findings: [[at('lifecycle.preStop'), 'container app: preStop does 2 things: exec, sleep']],
  },
  {
    name: 'a liveness probe that counts successes',
    pod: container({ livenessProbe: { tcpSocket: { port: 80 }, successThreshold: 2 } }),
    findings: [[at('livenessProbe.successThreshold'), 'container app: one success is all that a livenessProbe counts']],
  },
  {
    name: 'a readiness probe with a grace period',
    pod: container({ readinessProbe: { tcpSocket: { port: 80 }, terminationGracePeriodSeconds: 5 } }),
    findings: [
      [
        at('readinessProbe.terminationGracePeriodSeconds'),
        'container app: a readinessProbe ends nothing, so that it has no grace period',
      ],
    ],
  },
  {
    name: 'restart rules without a policy',
    pod: container({ restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }] }),
    findings: [
      [at('restartPolicy'), 'container app has restart rules and no restart policy that they are exceptions to'],
    ],
  },
  {
    name: 'a resize that restarts what runs once',
    pod: container(
      { resizePolicy: [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }] },
      { restartPolicy: 'Never' },
    ),
    findings: [
      [at('resizePolicy[0].restartPolicy'), 'container app: a change of its memory cannot restart what runs once'],
    ],
  },
  {
    name: 'a variable with a value and a source',
    pod: container({ env: [{ name: 'POD', value: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }),
    findings: [[at('env[0]'), 'container app: the variable POD has a value and a source']],
  },
  {
    name: 'a variable with two sources',
    pod: container({
      env: [
        {
          name: 'POD',
          valueFrom: { fieldRef: { fieldPath: 'metadata.name' }, configMapKeyRef: { name: 'a', key: 'b' } },
        },
      ],
    }),
    findings: [[at('env[0].valueFrom'), 'container app: the variable POD has 2 sources']],
  },
  {
    name: 'ids out of range',
    pod: pod({ securityContext: { runAsUser: -1, fsGroup: 2 ** 31, supplementalGroups: [5, -7] } }),
    findings: [
      ['spec.securityContext.runAsUser', '-1 is no id of a user or group'],
      ['spec.securityContext.fsGroup', '2147483648 is no id of a user or group'],
      ['spec.securityContext.supplementalGroups[1]', '-7 is no id of a user or group'],
    ],
  },
  {
    name: 'profiles of the node that name none',
    pod: container({
      securityContext: {
        seccompProfile: { type: 'Localhost' },
        appArmorProfile: { type: 'Localhost', localhostProfile: '' },
      },
    }),
    findings: [
      [
        at('securityContext.seccompProfile.localhostProfile'),
        'seccompProfile is of the node, and names none of its profiles',
      ],
      [
        at('securityContext.appArmorProfile.localhostProfile'),
        'appArmorProfile is of the node, and names none of its profiles',
      ],
    ],
  },
  {
    name: 'a profile of the runtime that names one of the node',
    pod: pod({ securityContext: { seccompProfile: { type: 'RuntimeDefault', localhostProfile: 'a.json' } } }),
    findings: [
      [
        'spec.securityContext.seccompProfile.localhostProfile',
        'seccompProfile is RuntimeDefault, and names a profile of the node',
      ],
    ],
  },
  {
    name: 'a seccomp profile outside of the folder',
    pod: pod({ securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: '../a.json' } } }),
    findings: [
      [
        'spec.securityContext.seccompProfile.localhostProfile',
        '"../a.json" is no file below the folder of the kubelet for seccomp profiles',
      ],
    ],
  },
  {
    name: 'annotations that contradict the fields',
    pod: pod(
      {
        securityContext: { seccompProfile: { type: 'RuntimeDefault' }, appArmorProfile: { type: 'RuntimeDefault' } },
        containers: [
          { name: 'app', image, securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } },
          { name: 'odd', image },
        ],
      },
      {
        'seccomp.security.alpha.kubernetes.io/pod': 'unconfined',
        [`${armour}/app`]: 'localhost/app',
        [`${armour}/odd`]: '',
      },
    ),
    findings: [
      [
        'metadata.annotations["seccomp.security.alpha.kubernetes.io/pod"]',
        'the annotation says "unconfined", and the field that replaced it RuntimeDefault',
      ],
      [
        `metadata.annotations["${armour}/app"]`,
        'the annotation says "localhost/app", and the field that replaced it RuntimeDefault',
      ],
      [
        `metadata.annotations["${armour}/odd"]`,
        'the annotation says "", and the field that replaced it RuntimeDefault',
      ],
    ],
  },
  {
    name: 'an annotation for no container',
    pod: pod({}, { [`${armour}/gone`]: 'runtime/default' }),
    findings: [[`metadata.annotations["${armour}/gone"]`, 'the annotation is for container "gone", and there is none']],
  },
  ...['Windows', 'darwin', ''].map((name) => ({
    name: `the operating system ${JSON.stringify(name)}`,
    pod: pod({ os: { name } }),
    findings: [['spec.os.name', `${JSON.stringify(name)} is no operating system of a pod`]] as const,
  })),
  {
    name: 'an operating system without a name',
    pod: pod({ os: {} }),
    findings: [['spec.os.name', 'null is no operating system of a pod']],
  },
  {
    name: 'Linux settings on Windows',
    pod: container(
      { securityContext: { readOnlyRootFilesystem: true } },
      { os: { name: 'windows' }, hostUsers: true, securityContext: { runAsUser: 5 } },
    ),
    findings: [
      ['spec.hostUsers', 'a pod that runs on Windows cannot have hostUsers'],
      ['spec.securityContext.runAsUser', 'a pod that runs on Windows cannot have runAsUser'],
      [at('securityContext.readOnlyRootFilesystem'), 'a pod that runs on Windows cannot have readOnlyRootFilesystem'],
    ],
  },
  {
    name: 'Windows settings on Linux',
    pod: container(
      { securityContext: { windowsOptions: { runAsUserName: 'a' } } },
      { os: { name: 'linux' }, securityContext: { windowsOptions: { runAsUserName: 'a' } } },
    ),
    findings: [
      ['spec.securityContext.windowsOptions', 'a pod that runs on Linux cannot have windowsOptions'],
      [at('securityContext.windowsOptions'), 'a pod that runs on Linux cannot have windowsOptions'],
    ],
  },
  {
    name: 'a privileged container that may not escalate',
    pod: container({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
    findings: [[at('securityContext.allowPrivilegeEscalation'), 'container app is privileged, and may not escalate']],
  },
  {
    name: 'CAP_SYS_ADMIN without escalation',
    pod: container({ securityContext: { capabilities: { add: ['CAP_SYS_ADMIN'] }, allowPrivilegeEscalation: false } }),
    findings: [
      [at('securityContext.allowPrivilegeEscalation'), 'container app is given CAP_SYS_ADMIN, and may not escalate'],
    ],
  },
  {
    name: 'an unmasked /proc outside of a user namespace',
    pod: container({ securityContext: { procMount: 'Unmasked' } }),
    findings: [[at('securityContext.procMount'), 'container app has an unmasked /proc outside of a user namespace']],
  },
  {
    name: 'a sleep that outlasts the grace period',
    pod: container({ lifecycle: { preStop: { sleep: { seconds: 60 } } } }),
    findings: [
      [
        at('lifecycle.preStop.sleep.seconds'),
        'container app sleeps 60 seconds before it stops, and is killed after 30',
      ],
    ],
  },
  {
    name: 'a host port that is another on the network of the node',
    pod: container({ ports: [{ containerPort: 8080, hostPort: 80 }] }, { hostNetwork: true }),
    findings: [
      [at('ports[0].hostPort'), 'container app is on the network of its node, where port 8080 is no other port 80'],
    ],
  },
  {
    name: 'a process of a Windows node that is half one',
    pod: container(
      { securityContext: { windowsOptions: { hostProcess: true, runAsUserName: 'a' } } },
      { initContainers: [{ name: 'init', image }] },
    ),
    findings: [
      [
        'spec.securityContext.windowsOptions.hostProcess',
        'some containers are processes of their Windows node, and some are not',
      ],
      ['spec.hostNetwork', 'a process of a Windows node is on the network of the node'],
    ],
  },
  {
    name: 'namespaces of the node in a user namespace',
    pod: pod({ hostUsers: false, hostNetwork: true, hostPID: true, hostIPC: true }),
    findings: ['hostNetwork', 'hostPID', 'hostIPC'].map(
      (field) => [`spec.${field}`, `a pod in a user namespace of its own cannot have ${field}`] as const,
    ),
  },
  {
    name: 'processes of the node and of the pod',
    pod: pod({ hostPID: true, shareProcessNamespace: true }),
    findings: [
      ['spec.shareProcessNamespace', 'the containers see the processes of the node, and are to share those of the pod'],
    ],
  },
  {
    name: 'sysctls that would be of the node',
    pod: pod({
      hostIPC: true,
      hostNetwork: true,
      securityContext: {
        sysctls: ['kernel.shm_rmid_forced', 'net.ipv4.tcp_syncookies'].map((name) => ({ name, value: '1' })),
      },
    }),
    findings: [
      [
        'spec.securityContext.sysctls[0].name',
        "with hostIPC the sysctl kernel.shm_rmid_forced would be the node's own",
      ],
      [
        'spec.securityContext.sysctls[1].name',
        "with hostNetwork the sysctl net.ipv4.tcp_syncookies would be the node's own",
      ],
    ],
  },
  {
    name: 'a token of a minute',
    pod: pod(
      volumes({
        name: 'token',
        projected: { sources: [{ serviceAccountToken: { path: 'a', expirationSeconds: 60 } }] },
      }),
    ),
    findings: [
      [
        'spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds',
        'volume token asks for a token of 60 seconds',
      ],
    ],
  },
  {
    name: 'labels and taints that no node has',
    pod: pod({ nodeSelector: { 'a b': 'c' }, tolerations: [{ key: 'a b', operator: 'Exists' }] }),
    findings: [
      ['spec.nodeSelector["a b"]', '"a b=c" is no label that a node could have'],
      ['spec.tolerations[0].key', '"a b" is no key of a taint'],
    ],
  },
  {
    name: 'tolerations that no taint needs',
    pod: pod({
      tolerations: [
        {},
        { operator: 'Equal' },
        { key: 'a', operator: 'Exists', value: 'b' },
        { key: 'a', operator: 'Foo' },
        { key: 'a', effect: 'Nope' },
        { key: 'a', effect: 'NoSchedule', tolerationSeconds: 5 },
        { key: 'a', value: 'b c' },
      ],
    }),
    findings: [
      ['spec.tolerations[0].operator', 'it names no taint'],
      ['spec.tolerations[1].operator', 'it names no taint'],
      ['spec.tolerations[2].value', 'it tolerates every value, and names one'],
      ['spec.tolerations[3].operator', '"Foo" is no operator of a toleration'],
      ['spec.tolerations[4].effect', '"Nope" is no effect of a taint'],
      ['spec.tolerations[5].tolerationSeconds', 'only an effect that takes pods off their node waits before it does'],
      ['spec.tolerations[6].value', '"b c" is no value of a taint'],
    ],
  },
  ...['priorityClassName', 'runtimeClassName'].map((field) => ({
    name: `a ${field} that is none`,
    pod: pod({ [field]: 'a_b' }),
    findings: [[`spec.${field}`, '"a_b" is no name of a class']] as const,
  })),
  ...[-1, 1.5, 2 ** 31].map((number) => ({
    name: `a probe every ${number} seconds`,
    pod: container({ readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: number } }),
    findings: [
      [at('readinessProbe.periodSeconds'), `container app: ${number} is no periodSeconds of a readinessProbe`],
    ] as const,
  })),
  {
    name: 'a variable of a field that there is not',
    pod: container({ env: [{ name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.foo' } } }] }),
    findings: [
      [at('env[0].valueFrom.fieldRef.fieldPath'), 'container app: a variable cannot hold "metadata.foo" of the pod'],
    ],
  },
  {
    name: 'a priority without its class',
    pod: pod({ priority: 5 }),
    findings: [['spec.priority', 'the priority comes from a PriorityClass, and the pod names none']],
  },
  {
    name: 'an overhead of its own',
    pod: pod({ overhead: { cpu: '1' } }),
    findings: [
      ['spec.overhead', 'the overhead comes from the RuntimeClass: admission fills it in, and refuses any other'],
    ],
  },
  {
    name: 'a node before its gates',
    pod: pod({ nodeName: 'node', schedulingGates: [{ name: 'example.com/wait' }] }),
    findings: [['spec.nodeName', 'the pod waits for its scheduling gates, and is on a node already']],
  },
];

/** Near to each of those, and right. */
export const accepted: readonly Pick<ValidityCase, 'name' | 'pod'>[] = [
  {
    name: 'an annotation over the field of the pod',
    pod: pod(
      { securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } },
      { [`${armour}/app`]: 'localhost/app' },
    ),
  },
  {
    name: 'a Windows pod that says what it does not share',
    pod: pod({ os: { name: 'windows' }, hostPID: false, hostIPC: false }),
  },
  {
    name: 'tolerations of every kind',
    pod: pod({
      tolerations: [
        { operator: 'Exists' },
        { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 },
        { key: 'a', value: 'b' },
        { key: 'a', operator: 'Equal', value: '', effect: '' },
      ],
    }),
  },
  {
    name: 'variables of fields, and a probe with numbers',
    pod: container({
      env: ['metadata.uid', "metadata.labels['app']", 'status.podIPs'].map((fieldPath, i) => ({
        name: `V${i}`,
        valueFrom: { fieldRef: { fieldPath } },
      })),
      readinessProbe: { tcpSocket: { port: 80 }, initialDelaySeconds: 0, periodSeconds: 2 ** 31 - 1 },
    }),
  },
  {
    name: 'volumes, mounts and devices that fit',
    pod: container(
      {
        volumeMounts: [
          { name: 'scratch', mountPath: '/a' },
          { name: 'scratch', mountPath: '/b', subPath: 'b' },
        ],
        volumeDevices: [{ name: 'disk', devicePath: '/dev/a' }],
      },
      { ...volumes(scratch, claim, { name: 'bare' }), hostUsers: true },
    ),
  },
  {
    name: 'mounts handed to the node by a privileged container',
    pod: container(
      {
        securityContext: { privileged: true },
        volumeMounts: [{ name: 'scratch', mountPath: '/a', mountPropagation: 'Bidirectional' }],
      },
      volumes(scratch),
    ),
  },
  {
    name: 'a sidecar with probes and hooks',
    pod: init({
      restartPolicy: 'Always',
      readinessProbe: { tcpSocket: { port: 80 }, successThreshold: 3 },
      livenessProbe: { exec: { command: ['true'] }, successThreshold: 1, terminationGracePeriodSeconds: 5 },
      lifecycle: { preStop: { sleep: { seconds: 30 } } },
      resizePolicy: [{ resourceName: 'memory', restartPolicy: 'RestartContainer' }],
    }),
  },
  {
    name: 'variables with a source each',
    pod: container({
      env: [
        { name: 'A', value: '' },
        { name: 'B' },
        { name: 'C', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      ],
    }),
  },
  {
    name: 'the least and the largest id',
    pod: pod({ securityContext: { runAsUser: 0, runAsGroup: 2 ** 31 - 1, supplementalGroups: [0] } }),
  },
  {
    name: 'profiles of the node',
    pod: pod({
      securityContext: {
        seccompProfile: { type: 'Localhost', localhostProfile: 'profiles/a.json' },
        appArmorProfile: { type: 'Localhost', localhostProfile: 'app' },
      },
    }),
  },
  {
    name: 'annotations that say what the fields say',
    pod: pod(
      {
        securityContext: {
          seccompProfile: { type: 'RuntimeDefault' },
          appArmorProfile: { type: 'Localhost', localhostProfile: 'app' },
        },
      },
      { 'seccomp.security.alpha.kubernetes.io/pod': 'docker/default', [`${armour}/app`]: 'localhost/app' },
    ),
  },
  {
    name: 'Windows as Windows is',
    pod: pod({
      os: { name: 'windows' },
      securityContext: { windowsOptions: { runAsUserName: 'ContainerUser' }, runAsNonRoot: true, sysctls: [] },
    }),
  },
  {
    name: 'a process of a Windows node',
    pod: pod({ hostNetwork: true, securityContext: { windowsOptions: { hostProcess: true, runAsUserName: 'a' } } }),
  },
  {
    name: 'a privileged container that may escalate',
    pod: container({ securityContext: { privileged: true, allowPrivilegeEscalation: true } }),
  },
  {
    name: 'an unmasked /proc in a user namespace',
    pod: container({ securityContext: { procMount: 'Unmasked' } }, { hostUsers: false }),
  },
  {
    name: 'the network of the node',
    pod: container({ ports: [{ containerPort: 80, hostPort: 80 }] }, { hostNetwork: true, hostPID: true }),
  },
  {
    name: 'sysctls of the namespaces that the pod has',
    pod: pod({ hostIPC: true, securityContext: { sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] } }),
  },
  {
    name: 'a token of ten minutes',
    pod: pod(
      volumes({
        name: 'token',
        projected: { sources: [{ serviceAccountToken: { path: 'a', expirationSeconds: 600 } }] },
      }),
    ),
  },
  {
    name: 'labels and taints of nodes',
    pod: pod({ nodeSelector: { 'example.com/pool': '' }, tolerations: [{ operator: 'Exists' }] }),
  },
];
