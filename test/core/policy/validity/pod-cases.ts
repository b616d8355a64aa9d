/** Pods that the API server refuses, and their like that it takes. */
import type { KubernetesObject } from '../../../../core/manifest';
import type { VerdictCase } from './verdicts';

const image = 'registry.example/a:1';

function pod(container: object, spec: object = {}): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { containers: [{ name: 'a', image, ...container }], ...spec },
  };
}
const volume = (source: object): KubernetesObject => pod({}, { volumes: [{ name: 'v', ...source }] });
const items = (kind: string, item: object): KubernetesObject =>
  volume({
    [kind]: { ...(kind === 'secret' ? { secretName: 's' } : kind === 'configMap' && { name: 'c' }), items: [item] },
  });
const mount = (place: object): KubernetesObject =>
  pod({ volumeMounts: [{ name: 'v', mountPath: '/v', ...place }] }, { volumes: [{ name: 'v', emptyDir: {} }] });
const field = { fieldRef: { fieldPath: 'metadata.name' } };
const env = (valueFrom: object): KubernetesObject => pod({ env: [{ name: 'A', valueFrom }] });
const share = (resource: string, divisor?: string, more: object = {}) => ({
  resourceFieldRef: { resource, ...(divisor !== undefined && { divisor }), ...more },
});
const resources = (requests: object, limits: object = {}): KubernetesObject => pod({ resources: { requests, limits } });
const spread = (...constraints: readonly object[]): KubernetesObject =>
  pod(
    {},
    {
      topologySpreadConstraints: constraints.map((one) => ({
        maxSkew: 1,
        topologyKey: 'zone',
        whenUnsatisfiable: 'DoNotSchedule',
        ...one,
      })),
    },
  );
const required = 'requiredDuringSchedulingIgnoredDuringExecution';
const preferred = 'preferredDuringSchedulingIgnoredDuringExecution';
const nodes = (nodeAffinity: object): KubernetesObject => pod({}, { affinity: { nodeAffinity } });
const expression = (operator: string, values?: readonly string[]): KubernetesObject =>
  nodes({
    [required]: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', operator, ...(values && { values }) }] }] },
  });
const values = `spec.affinity.nodeAffinity.${required}.nodeSelectorTerms[0].matchExpressions[0].values`;
const item = 'spec.volumes[0].configMap.items[0]';
const amounts = 'spec.containers[0].resources';

export const refusedPods: readonly VerdictCase[] = [
  ...['../x', '..x', '/x', 'a/../../x', ''].map((path) => ({
    name: `a key at ${JSON.stringify(path)}`,
    object: items('configMap', { key: 'a', path }),
    property: `${item}.path`,
  })),
  {
    name: 'a file of no key',
    object: items('secret', { key: '', path: 'a' }),
    property: 'spec.volumes[0].secret.items[0].key',
  },
  {
    name: 'the mode of a file',
    object: items('configMap', { key: 'a', path: 'a', mode: 0o1000 }),
    property: `${item}.mode`,
  },
  {
    name: 'the mode of all files',
    object: volume({ secret: { secretName: 's', defaultMode: -1 } }),
    property: 'spec.volumes[0].secret.defaultMode',
  },
  {
    name: 'the mode of all files of several sources',
    object: volume({ projected: { defaultMode: 4096, sources: [] } }),
    property: 'spec.volumes[0].projected.defaultMode',
  },
  {
    name: 'a part of two sources',
    object: volume({ projected: { sources: [{ configMap: { name: 'a' }, secret: { name: 'b' } }] } }),
    property: 'spec.volumes[0].projected.sources[0]',
  },
  {
    name: 'a key of a part',
    object: volume({ projected: { sources: [{ secret: { name: 'b', items: [{ key: 'k', path: '../k' }] } }] } }),
    property: 'spec.volumes[0].projected.sources[0].secret.items[0].path',
  },
  {
    name: 'two fields in one file',
    object: items('downwardAPI', {
      path: 'a',
      ...field,
      resourceFieldRef: { containerName: 'a', resource: 'limits.cpu' },
    }),
    property: 'spec.volumes[0].downwardAPI.items[0]',
  },
  {
    name: 'a field of the pod outside',
    object: items('downwardAPI', { path: '../a', ...field }),
    property: 'spec.volumes[0].downwardAPI.items[0].path',
  },
  ...['limits.cpus', 'cpu', 'limits.storage'].map((resource) => ({
    name: `a variable of ${resource}`,
    object: env(share(resource)),
    property: 'spec.containers[0].env[0].valueFrom.resourceFieldRef.resource',
  })),
  ...[
    ['limits.cpu', '2'],
    ['requests.cpu', '1Mi'],
    ['limits.memory', '1m'],
    ['requests.ephemeral-storage', '3Gi'],
    ['limits.hugepages-2Mi', '1m'],
  ].map(([resource = '', divisor = '']) => ({
    name: `a variable of ${resource} by ${divisor}`,
    object: env(share(resource, divisor)),
    property: 'spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor',
  })),
  {
    name: 'a file of the resource of no container',
    object: items('downwardAPI', { path: 'a', ...share('limits.cpu') }),
    property: 'spec.volumes[0].downwardAPI.items[0].resourceFieldRef.containerName',
  },
  {
    name: 'a file of a resource that there is not',
    object: items('downwardAPI', { path: 'a', ...share('limits.cpus', undefined, { containerName: 'a' }) }),
    property: 'spec.volumes[0].downwardAPI.items[0].resourceFieldRef.resource',
  },
  ...['spec.nodeName', 'status.podIP', 'metadata.nam'].map((fieldPath) => ({
    name: `a file of ${fieldPath}`,
    object: items('downwardAPI', { path: 'a', fieldRef: { fieldPath } }),
    property: 'spec.volumes[0].downwardAPI.items[0].fieldRef.fieldPath',
  })),
  {
    name: 'a variable of all labels',
    object: env({ fieldRef: { fieldPath: 'metadata.labels' } }),
    property: 'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath',
  },
  ...[[], undefined].map((command) => ({
    name: `a probe that runs ${JSON.stringify(command)}`,
    object: pod({ livenessProbe: { exec: { ...(command && { command }) } } }),
    property: 'spec.containers[0].livenessProbe.exec.command',
  })),
  {
    name: 'a hook that runs nothing',
    object: pod({ lifecycle: { preStop: { exec: { command: [] } } } }),
    property: 'spec.containers[0].lifecycle.preStop.exec.command',
  },
  ...['a b', '', 'x:y'].map((name) => ({
    name: `a header of the name ${JSON.stringify(name)}`,
    object: pod({ readinessProbe: { httpGet: { port: 80, httpHeaders: [{ name, value: 'a' }] } } }),
    property: 'spec.containers[0].readinessProbe.httpGet.httpHeaders[0].name',
  })),
  {
    name: 'an expression that leads out',
    object: mount({ subPathExpr: '../a' }),
    property: 'spec.containers[0].volumeMounts[0].subPathExpr',
  },
  {
    name: 'a path and an expression',
    object: mount({ subPath: 'a', subPathExpr: 'b' }),
    property: 'spec.containers[0].volumeMounts[0].subPathExpr',
  },
  {
    name: 'a variable of no key',
    object: env({ secretKeyRef: { name: 'a', key: '' } }),
    property: 'spec.containers[0].env[0].valueFrom.secretKeyRef.key',
  },
  { name: 'variables of nothing', object: pod({ envFrom: [{}] }), property: 'spec.containers[0].envFrom[0]' },
  {
    name: 'variables of two sources',
    object: pod({ envFrom: [{ configMapRef: { name: 'a' }, secretRef: { name: 'b' } }] }),
    property: 'spec.containers[0].envFrom[0]',
  },
  {
    name: 'two ports of one name',
    object: pod({
      ports: [
        { containerPort: 80, name: 'web' },
        { containerPort: 81, name: 'web' },
      ],
    }),
    property: 'spec.containers[0].ports[1].name',
  },
  {
    name: 'more than the limit',
    object: resources({ cpu: '2' }, { cpu: '1500m' }),
    property: `${amounts}.requests.cpu`,
  },
  { name: 'less than nothing', object: resources({ cpu: '-1' }), property: `${amounts}.requests.cpu` },
  { name: 'a limit below nothing', object: resources({}, { memory: '-1Mi' }), property: `${amounts}.limits.memory` },
  { name: 'a resource that there is not', object: resources({ gpu: '1' }), property: `${amounts}.requests.gpu` },
  {
    name: 'half a device',
    object: resources({}, { 'example.com/gpu': '500m' }),
    property: `${amounts}.limits["example.com/gpu"]`,
  },
  {
    name: 'devices that are promised twice',
    object: resources({ 'example.com/gpu': '1' }, { 'example.com/gpu': '2' }),
    property: `${amounts}.requests["example.com/gpu"]`,
  },
  {
    name: 'huge pages that are promised twice',
    object: resources({ memory: '1Gi', 'hugepages-2Mi': '2Mi' }, { memory: '1Gi', 'hugepages-2Mi': '4Mi' }),
    property: `${amounts}.requests["hugepages-2Mi"]`,
  },
  {
    name: 'a sleep of less than nothing',
    object: pod({ lifecycle: { preStop: { sleep: { seconds: -1 } } } }),
    property: 'spec.containers[0].lifecycle.preStop.sleep.seconds',
  },
  { name: 'no time to end', object: pod({}, { activeDeadlineSeconds: 0 }), property: 'spec.activeDeadlineSeconds' },
  { name: 'a host name', object: pod({}, { hostname: 'A_b' }), property: 'spec.hostname' },
  { name: 'a subdomain', object: pod({}, { subdomain: 'a.b' }), property: 'spec.subdomain' },
  {
    name: 'an alias of no address',
    object: pod({}, { hostAliases: [{ ip: 'db', hostnames: ['a'] }] }),
    property: 'spec.hostAliases[0].ip',
  },
  { name: 'no name server', object: pod({}, { dnsPolicy: 'None' }), property: 'spec.dnsPolicy' },
  {
    name: 'four name servers',
    object: pod({}, { dnsConfig: { nameservers: [1, 2, 3, 4].map((i) => `192.0.2.${i}`) } }),
    property: 'spec.dnsConfig.nameservers',
  },
  {
    name: 'a name server by name',
    object: pod({}, { dnsConfig: { nameservers: ['dns.example'] } }),
    property: 'spec.dnsConfig.nameservers[0]',
  },
  { name: 'no difference', object: spread({ maxSkew: 0 }), property: 'spec.topologySpreadConstraints[0].maxSkew' },
  {
    name: 'domains that stop nobody',
    object: spread({ minDomains: 2, whenUnsatisfiable: 'ScheduleAnyway' }),
    property: 'spec.topologySpreadConstraints[0].minDomains',
  },
  { name: 'spread twice', object: spread({}, { maxSkew: 2 }), property: 'spec.topologySpreadConstraints[1]' },
  {
    name: 'nodes of which nothing is said',
    object: nodes({ [required]: { nodeSelectorTerms: [] } }),
    property: `spec.affinity.nodeAffinity.${required}.nodeSelectorTerms`,
  },
  ...['In', 'NotIn', 'Gt', 'Lt'].map((operator) => ({
    name: `${operator} nothing`,
    object: expression(operator),
    property: values,
  })),
  ...['Exists', 'DoesNotExist'].map((operator) => ({
    name: `${operator} with a value`,
    object: expression(operator, ['1']),
    property: values,
  })),
  { name: 'greater than two', object: expression('Gt', ['1', '2']), property: values },
  {
    name: 'nothing that is preferred',
    object: nodes({
      [preferred]: [{ weight: 1, preference: { matchExpressions: [{ key: 'disk', operator: 'In' }] } }],
    }),
    property: `spec.affinity.nodeAffinity.${preferred}[0].preference.matchExpressions[0].values`,
  },
  ...[0, 101].map((weight) => ({
    name: `a weight of ${weight}`,
    object: pod(
      {},
      { affinity: { podAntiAffinity: { [preferred]: [{ weight, podAffinityTerm: { topologyKey: 'zone' } }] } } },
    ),
    property: `spec.affinity.podAntiAffinity.${preferred}[0].weight`,
  })),
];

export const acceptedPods: readonly VerdictCase[] = [
  ...['x', '.x', 'a/..x', 'a/b/c', 'x..'].map((path) => ({
    name: `a key at ${path}`,
    object: items('configMap', { key: 'a', path, mode: 0o777 }),
  })),
  { name: 'a field of the pod', object: items('downwardAPI', { path: 'a', ...field }) },
  { name: 'an old name of a field', object: env({ fieldRef: { fieldPath: 'spec.host' } }) },
  { name: 'the priority of no class', object: pod({}, { priority: 0 }) },
  {
    name: 'a header and a command',
    object: pod({
      readinessProbe: { httpGet: { port: 80, httpHeaders: [{ name: 'X-Probe', value: 'a' }] } },
      livenessProbe: { exec: { command: ['a'] } },
    }),
  },
  ...['metadata.labels', 'metadata.annotations', "metadata.labels['app']"].map((fieldPath) => ({
    name: `a file of ${fieldPath}`,
    object: items('downwardAPI', { path: 'a', fieldRef: { fieldPath } }),
  })),
  {
    name: 'a file of a resource',
    object: items('downwardAPI', { path: 'a', ...share('limits.cpu', '1m', { containerName: 'a' }) }),
  },
  ...[
    ['limits.cpu', '1000m'],
    ['requests.cpu', '0'],
    ['limits.memory', '1Ki'],
    ['requests.memory', '1k'],
    ['requests.ephemeral-storage', '1Gi'],
    ['limits.hugepages-2Mi', '1Mi'],
    ['limits.memory', undefined],
  ].map(([resource = '', divisor]) => ({
    name: `a variable of ${resource} by ${divisor}`,
    object: env(share(resource, divisor)),
  })),
  {
    name: 'parts of several sources',
    object: volume({
      projected: { defaultMode: 0, sources: [{ configMap: { name: 'a' } }, { secret: { name: 'b' } }] },
    }),
  },
  { name: 'an expression', object: mount({ subPathExpr: 'a/b' }) },
  { name: 'a variable of a key', object: env({ secretKeyRef: { name: 'a', key: 'b' } }) },
  { name: 'variables of one source', object: pod({ envFrom: [{ prefix: 'A_', secretRef: { name: 'b' } }] }) },
  {
    name: 'two ports of two names, and two of none',
    object: pod({
      ports: [
        { containerPort: 80, name: 'web' },
        { containerPort: 81, name: 'web-2' },
        { containerPort: 82 },
        { containerPort: 83 },
      ],
    }),
  },
  { name: 'as much as the limit', object: resources({ cpu: '1' }, { cpu: '1000m' }) },
  { name: 'nothing', object: resources({ cpu: '0' }) },
  { name: 'devices', object: resources({ 'example.com/gpu': '2' }, { 'example.com/gpu': '2' }) },
  { name: 'a limit of devices alone', object: resources({}, { 'example.com/gpu': '1' }) },
  {
    name: 'huge pages',
    object: resources({ memory: '1Gi', 'hugepages-2Mi': '4Mi' }, { memory: '1Gi', 'hugepages-2Mi': '4Mi' }),
  },
  { name: 'no time to stop', object: pod({}, { terminationGracePeriodSeconds: -1 }) },
  { name: 'a sleep', object: pod({ lifecycle: { preStop: { sleep: { seconds: 5 } } } }) },
  { name: 'a port that a probe can ask', object: pod({ livenessProbe: { tcpSocket: { port: 65_535 } } }) },
  { name: 'a second to end', object: pod({}, { activeDeadlineSeconds: 1 }) },
  { name: 'a name of its own', object: pod({}, { hostname: 'a', subdomain: 'b' }) },
  { name: 'an alias', object: pod({}, { hostAliases: [{ ip: '2001:db8::1', hostnames: ['a'] }] }) },
  {
    name: 'three name servers',
    object: pod({}, { dnsPolicy: 'None', dnsConfig: { nameservers: ['192.0.2.1', '192.0.2.2', '2001:db8::1'] } }),
  },
  { name: 'spread over two', object: spread({}, { topologyKey: 'host' }, { whenUnsatisfiable: 'ScheduleAnyway' }) },
  { name: 'domains that are waited for', object: spread({ minDomains: 2 }) },
  { name: 'one of two', object: expression('In', ['1', '2']) },
  { name: 'what exists', object: expression('Exists') },
  { name: 'more than one', object: expression('Gt', ['1']) },
];
