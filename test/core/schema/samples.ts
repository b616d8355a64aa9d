import type { KubernetesObject } from '../../../core/manifest';

const labels = { app: 'web' };
const selector = { matchLabels: labels, matchExpressions: [{ key: 'app', operator: 'Exists' }] };
const image = 'registry.example/web@sha256:0000000000000000000000000000000000000000000000000000000000000000';
const term = { labelSelector: selector, topologyKey: 'kubernetes.io/hostname' };
const nodeTerm = { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] };
const http = { path: '/', port: 'http', scheme: 'HTTP', httpHeaders: [{ name: 'x', value: 'y' }] };

const podSpec = {
  schedulingGates: [{ name: 'example.com/wait' }],
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  preemptionPolicy: 'PreemptLowerPriority',
  os: { name: 'linux' },
  hostAliases: [{ ip: '10.0.0.1', hostnames: ['a'] }],
  readinessGates: [{ conditionType: 'example.com/ready' }],
  imagePullSecrets: [{ name: 'pull' }],
  tolerations: [{ key: 'a', operator: 'Equal', value: 'b', effect: 'NoExecute', tolerationSeconds: 3 }],
  topologySpreadConstraints: [
    {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: selector,
      nodeAffinityPolicy: 'Honor',
      nodeTaintsPolicy: 'Ignore',
    },
  ],
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [nodeTerm] },
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: nodeTerm }],
    },
    podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] },
    podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: term }] },
  },
  securityContext: {
    seccompProfile: { type: 'Localhost', localhostProfile: 'a.json' },
    sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
    fsGroup: 1,
    fsGroupChangePolicy: 'OnRootMismatch',
  },
  initContainers: [{ name: 'init', image, command: ['true'], terminationMessagePolicy: 'File' }],
  containers: [
    {
      name: 'web',
      image,
      imagePullPolicy: 'Always',
      terminationMessagePolicy: 'FallbackToLogsOnError',
      ports: [{ name: 'http', containerPort: 80, protocol: 'TCP' }],
      resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }],
      env: [
        { name: 'A', value: 'b' },
        { name: 'B', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
        { name: 'C', valueFrom: { secretKeyRef: { name: 'secret', key: 'c' } } },
        { name: 'D', valueFrom: { configMapKeyRef: { name: 'config', key: 'd' } } },
        { name: 'E', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
      ],
      envFrom: [{ configMapRef: { name: 'config' } }],
      volumeMounts: [{ name: 'data', mountPath: '/data', mountPropagation: 'None' }],
      volumeDevices: [{ name: 'block', devicePath: '/dev/xvda' }],
      securityContext: { procMount: 'Default', seccompProfile: { type: 'RuntimeDefault' } },
      livenessProbe: { httpGet: http, timeoutSeconds: 1 },
      readinessProbe: { tcpSocket: { port: 80 } },
      startupProbe: { grpc: { port: 80 } },
      lifecycle: { preStop: { httpGet: http } },
    },
  ],
  volumes: [
    { name: 'data', emptyDir: { sizeLimit: '1Mi' } },
    { name: 'block', persistentVolumeClaim: { claimName: 'claim' } },
    { name: 'host', hostPath: { path: '/var', type: 'Directory' } },
    { name: 'config', configMap: { name: 'config', items: [{ key: 'a', path: 'b' }] } },
    { name: 'secret', secret: { secretName: 'secret', items: [{ key: 'a', path: 'b' }] } },
    { name: 'downward', downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.name' } }] } },
    {
      name: 'projected',
      projected: {
        sources: [
          { serviceAccountToken: { path: 'token', audience: 'x' } },
          { configMap: { name: 'config', items: [{ key: 'a', path: 'c' }] } },
        ],
      },
    },
    { name: 'nfs', nfs: { server: 'nfs.example', path: '/a' } },
    { name: 'azure-file', azureFile: { secretName: 'a', shareName: 'b' } },
    { name: 'azure-disk', azureDisk: { diskName: 'a', diskURI: 'https://a.example/b.vhd', cachingMode: 'None' } },
    { name: 'aws', awsElasticBlockStore: { volumeID: 'a' } },
    { name: 'gce', gcePersistentDisk: { pdName: 'a', readOnly: true } },
    { name: 'flex', flexVolume: { driver: 'a/b' } },
    { name: 'ceph', cephfs: { monitors: ['a'] } },
    { name: 'rbd', rbd: { monitors: ['a'], image: 'b' } },
    { name: 'csi', csi: { driver: 'csi.example.com' } },
    { name: 'iscsi', iscsi: { targetPortal: '10.0.0.1', iqn: 'iqn.2026-01.example:a', lun: 0 } },
    {
      name: 'own',
      ephemeral: {
        volumeClaimTemplate: {
          spec: {
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
            volumeMode: 'Filesystem',
          },
        },
      },
    },
  ],
};

const template = { metadata: { labels }, spec: podSpec };
const jobTemplate = { metadata: { labels }, spec: { ...podSpec, restartPolicy: 'Never' } };
const jobSpec = {
  template: jobTemplate,
  backoffLimit: 1,
  completionMode: 'NonIndexed',
  podFailurePolicy: {
    rules: [
      { action: 'FailJob', onExitCodes: { containerName: 'web', operator: 'In', values: [1] } },
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
    ],
  },
};
const claim = {
  metadata: { name: 'claim' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, volumeMode: 'Filesystem' },
};
const rolling = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } };
const subjects = [{ kind: 'Group', name: 'team', apiGroup: 'rbac.authorization.k8s.io' }];
const roleRef = { kind: 'ClusterRole', name: 'view', apiGroup: 'rbac.authorization.k8s.io' };
const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
const webhook = {
  name: 'hook.example.com',
  admissionReviewVersions: ['v1'],
  sideEffects: 'None',
  failurePolicy: 'Fail',
  matchPolicy: 'Equivalent',
  clientConfig: { service: { name: 'hook', namespace: 'default', path: '/a' } },
  matchConditions: [{ name: 'a', expression: 'true' }],
  rules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'], scope: 'Namespaced' }],
};
const metric = { type: 'Utilization', averageUtilization: 50 };
const scalingRules = { selectPolicy: 'Max', policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] };
const backend = { service: { name: 'web', port: { name: 'http' } } };
const peer = { podSelector: selector, namespaceSelector: {} };

/** A valid object of the kinds that people write, with most of the fields that are required and those with enums. */
export const samples: readonly KubernetesObject[] = [
  namespaced('v1', 'Pod', { spec: podSpec }),
  namespaced('v1', 'Service', {
    spec: {
      type: 'LoadBalancer',
      selector: labels,
      sessionAffinity: 'ClientIP',
      externalTrafficPolicy: 'Cluster',
      internalTrafficPolicy: 'Cluster',
      ipFamilyPolicy: 'SingleStack',
      ipFamilies: ['IPv4'],
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    },
  }),
  namespaced('v1', 'Service', { spec: { type: 'ExternalName', externalName: 'db.example' } }),
  namespaced('v1', 'ConfigMap', {
    metadata: { ownerReferences: [{ apiVersion: 'v1', kind: 'Secret', name: 'a', uid: 'b' }] },
    data: { a: 'b' },
    binaryData: { c: 'aGk=' },
    immutable: true,
  }),
  namespaced('v1', 'Secret', { type: 'Opaque', data: { a: 'aGk=' }, stringData: { b: 'c' } }),
  namespaced('v1', 'ServiceAccount', { automountServiceAccountToken: false, imagePullSecrets: [{ name: 'pull' }] }),
  namespaced('v1', 'PersistentVolumeClaim', { spec: claim.spec }),
  namespaced('v1', 'LimitRange', { spec: { limits: [{ type: 'Container', default: { cpu: '1' } }] } }),
  namespaced('v1', 'ResourceQuota', {
    spec: {
      hard: { pods: '4' },
      scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: ['a'] }] },
    },
  }),
  namespaced('v1', 'Endpoints', { subsets: [{ addresses: [{ ip: '10.0.0.1' }], ports: [{ port: 80 }] }] }),
  namespaced('v1', 'PodTemplate', { template }),
  namespaced('v1', 'ReplicationController', { spec: { selector: labels, template } }),
  cluster('v1', 'Namespace', {}),
  cluster('v1', 'Node', { spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } }),
  cluster('v1', 'PersistentVolume', {
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      volumeMode: 'Filesystem',
      csi: { driver: 'csi.example.com', volumeHandle: 'a', nodePublishSecretRef: { name: 'a', namespace: 'b' } },
      nodeAffinity: { required: { nodeSelectorTerms: [nodeTerm] } },
    },
  }),
  namespaced('apps/v1', 'Deployment', { spec: { selector, template, strategy: rolling } }),
  namespaced('apps/v1', 'ReplicaSet', { spec: { selector, template } }),
  namespaced('apps/v1', 'DaemonSet', { spec: { selector, template, updateStrategy: rolling } }),
  namespaced('apps/v1', 'StatefulSet', {
    spec: {
      selector,
      template,
      serviceName: 'web',
      podManagementPolicy: 'Parallel',
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Delete' },
      volumeClaimTemplates: [claim],
    },
  }),
  namespaced('apps/v1', 'ControllerRevision', { revision: 1, data: { a: 1 } }),
  namespaced('batch/v1', 'Job', { spec: jobSpec }),
  namespaced('batch/v1', 'CronJob', {
    spec: { schedule: '0 * * * *', concurrencyPolicy: 'Forbid', jobTemplate: { spec: jobSpec } },
  }),
  namespaced('autoscaling/v2', 'HorizontalPodAutoscaler', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 3,
      behavior: { scaleUp: scalingRules, scaleDown: scalingRules },
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: metric } },
        { type: 'ContainerResource', containerResource: { name: 'cpu', container: 'web', target: metric } },
        { type: 'Pods', pods: { metric: { name: 'a' }, target: { type: 'AverageValue', averageValue: '1' } } },
        {
          type: 'Object',
          object: {
            metric: { name: 'a' },
            describedObject: { apiVersion: 'v1', kind: 'Service', name: 'web' },
            target: { type: 'Value', value: '1' },
          },
        },
        { type: 'External', external: { metric: { name: 'a' }, target: { type: 'Value', value: '1' } } },
      ],
    },
  }),
  namespaced('autoscaling/v1', 'HorizontalPodAutoscaler', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, maxReplicas: 3 },
  }),
  namespaced('policy/v1', 'PodDisruptionBudget', {
    spec: { selector, minAvailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
  }),
  namespaced('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: {
      podSelector: selector,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [peer], ports: [{ port: 80, protocol: 'TCP' }] }],
      egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }] }],
    },
  }),
  namespaced('networking.k8s.io/v1', 'Ingress', {
    spec: {
      defaultBackend: backend,
      tls: [{ hosts: ['a.example'], secretName: 'tls' }],
      rules: [
        {
          host: 'a.example',
          http: {
            paths: [
              { path: '/', pathType: 'Prefix', backend },
              { path: '/b', pathType: 'Exact', backend: { resource: { apiGroup: 'a.example', kind: 'B', name: 'c' } } },
            ],
          },
        },
      ],
    },
  }),
  cluster('networking.k8s.io/v1', 'IngressClass', {
    spec: { controller: 'a.example/b', parameters: { apiGroup: 'a.example', kind: 'B', name: 'c', scope: 'Cluster' } },
  }),
  namespaced('rbac.authorization.k8s.io/v1', 'Role', { rules }),
  namespaced('rbac.authorization.k8s.io/v1', 'RoleBinding', { subjects, roleRef }),
  cluster('rbac.authorization.k8s.io/v1', 'ClusterRole', {
    rules,
    aggregationRule: { clusterRoleSelectors: [selector] },
  }),
  cluster('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', { subjects, roleRef }),
  cluster('scheduling.k8s.io/v1', 'PriorityClass', { value: 5, preemptionPolicy: 'Never' }),
  cluster('storage.k8s.io/v1', 'StorageClass', {
    provisioner: 'csi.example.com',
    reclaimPolicy: 'Retain',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowedTopologies: [{ matchLabelExpressions: [{ key: 'zone', values: ['a'] }] }],
  }),
  cluster('v1', 'PersistentVolume', {
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local',
      local: { path: '/mnt/a' },
      nodeAffinity: { required: { nodeSelectorTerms: [nodeTerm] } },
    },
  }),
  cluster('storage.k8s.io/v1', 'CSIDriver', {
    spec: { fsGroupPolicy: 'File', tokenRequests: [{ audience: 'a' }], volumeLifecycleModes: ['Ephemeral'] },
  }),
  cluster('storage.k8s.io/v1', 'CSINode', { spec: { drivers: [{ name: 'csi.example.com', nodeID: 'a' }] } }),
  cluster('storage.k8s.io/v1', 'VolumeAttachment', {
    spec: { attacher: 'csi.example.com', nodeName: 'a', source: { persistentVolumeName: 'b' } },
  }),
  namespaced('storage.k8s.io/v1', 'CSIStorageCapacity', { storageClassName: 'a', capacity: '1Gi' }),
  cluster('node.k8s.io/v1', 'RuntimeClass', { handler: 'gvisor', overhead: { podFixed: { cpu: '1' } } }),
  cluster('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', { webhooks: [webhook] }),
  cluster('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', {
    webhooks: [{ ...webhook, reinvocationPolicy: 'Never' }],
  }),
  cluster('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy', {
    spec: {
      failurePolicy: 'Fail',
      paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
      matchConstraints: { resourceRules: webhook.rules, matchPolicy: 'Equivalent' },
      matchConditions: [{ name: 'a', expression: 'true' }],
      validations: [{ expression: 'true', message: 'a' }],
      variables: [{ name: 'a', expression: '1' }],
      auditAnnotations: [{ key: 'a', valueExpression: '"b"' }],
    },
  }),
  cluster('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding', {
    spec: {
      policyName: 'a',
      validationActions: ['Deny'],
      paramRef: { name: 'a', namespace: 'b', parameterNotFoundAction: 'Deny' },
    },
  }),
  cluster('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
    metadata: { name: 'widgets.example.com' },
    spec: {
      group: 'example.com',
      scope: 'Namespaced',
      names: { plural: 'widgets', singular: 'widget', kind: 'Widget', listKind: 'WidgetList' },
      conversion: { strategy: 'None' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          additionalPrinterColumns: [{ name: 'a', type: 'string', jsonPath: '.spec.a' }],
          subresources: { scale: { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' } },
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  additionalProperties: { type: 'string' },
                  'x-kubernetes-validations': [{ rule: 'self.size() < 3', reason: 'FieldValueInvalid' }],
                },
              },
            },
          },
        },
      ],
    },
  }),
  cluster('apiregistration.k8s.io/v1', 'APIService', {
    metadata: { name: 'v1.widgets.example' },
    spec: {
      group: 'widgets.example',
      version: 'v1',
      groupPriorityMinimum: 1,
      versionPriority: 1,
      insecureSkipTLSVerify: true,
      service: { name: 'web', namespace: 'default' },
    },
  }),
  cluster('flowcontrol.apiserver.k8s.io/v1', 'FlowSchema', {
    spec: {
      priorityLevelConfiguration: { name: 'global-default' },
      matchingPrecedence: 5,
      distinguisherMethod: { type: 'ByUser' },
      rules: [
        {
          subjects: [{ kind: 'Group', group: { name: 'team' } }],
          resourceRules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'], namespaces: ['*'] }],
          nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz'] }],
        },
        {
          subjects: [{ kind: 'User', user: { name: 'a' } }],
          nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
        },
        {
          subjects: [{ kind: 'ServiceAccount', serviceAccount: { name: 'a', namespace: 'b' } }],
          nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
        },
      ],
    },
  }),
  cluster('flowcontrol.apiserver.k8s.io/v1', 'PriorityLevelConfiguration', {
    spec: {
      type: 'Limited',
      limited: { nominalConcurrencyShares: 5, limitResponse: { type: 'Queue', queuing: { queues: 8, handSize: 2 } } },
    },
  }),
  namespaced('coordination.k8s.io/v1', 'Lease', {
    spec: { holderIdentity: 'a', renewTime: '2026-01-31T12:00:00.000000Z' },
  }),
  namespaced('discovery.k8s.io/v1', 'EndpointSlice', {
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.0.0.1'], hints: { forZones: [{ name: 'a' }] } }],
    ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
  }),
  cluster('networking.k8s.io/v1', 'ServiceCIDR', { spec: { cidrs: ['10.9.0.0/24'] } }),
  cluster('resource.k8s.io/v1', 'DeviceClass', { spec: { selectors: [{ cel: { expression: 'true' } }] } }),
  namespaced('resource.k8s.io/v1', 'ResourceClaimTemplate', {
    spec: {
      spec: { devices: { requests: [{ name: 'a', exactly: { deviceClassName: 'b', allocationMode: 'All' } }] } },
    },
  }),
];

type Body = Readonly<Record<string, unknown>> & { readonly metadata?: Readonly<Record<string, unknown>> };

function namespaced(apiVersion: string, kind: string, body: Body): KubernetesObject {
  return { apiVersion, kind, ...body, metadata: { name: 'sample', namespace: 'default', ...body.metadata } };
}

function cluster(apiVersion: string, kind: string, body: Body): KubernetesObject {
  return { apiVersion, kind, ...body, metadata: { name: 'sample', ...body.metadata } };
}
