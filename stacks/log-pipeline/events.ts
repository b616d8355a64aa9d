import type { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { Env } from '../../constructs/workload/env';
import { Mount } from '../../constructs/workload/mount';
import { Probe } from '../../constructs/workload/probe';
import { SecureDeployment } from '../../constructs/workload/secure-deployment';
import { hash } from '../../core/hash';
import { agentConfig } from '../../core/logs/collector/agent';
import { writeYaml } from '../../core/manifest/yaml/write';
import type { LogPipelineConfig, PlainArgs } from './config';
import {
  add,
  certificate,
  collectorFile,
  collectorListeners,
  collectorPorts,
  configMap,
  tlsFiles,
  tlsSecrets,
} from './parts';

const name = 'log-events';
const folder = '/var/lib/log-events';

/** All that it may do: the same role in its own namespace and in all. */
const may = { resources: ['events'], verbs: ['list', 'watch'] } as const;

/** One Collector that asks the API server for the events of all namespaces. Two would keep each event twice. */
export function events(namespace: LockedNamespace, args: PlainArgs, config: LogPipelineConfig): SecureDeployment {
  const content = writeYaml(
    agentConfig({
      node: `\${env:NODE_NAME}`,
      events: true,
      redaction: { email: args.redaction?.email ?? false, custom: config.custom },
      folder,
      queueBytes: 64 * 1024 ** 2,
      memoryMebibytes: 150,
      gateway: `dns:///log-gateway.${config.namespace}.svc:${collectorPorts.otlp}`,
      tls: tlsFiles,
      listeners: collectorListeners,
    }),
  );
  configMap(namespace, name, { [collectorFile]: content });
  certificate(namespace, name, args.issuer);
  const workload = new SecureDeployment(namespace, name, {
    image: args.images.collector,
    replicas: 1,
    resources: { cpu: '50m', memory: '200Mi' },
    args: [`--config=/etc/otelcol/${collectorFile}`],
    env: { NODE_NAME: Env.field('spec.nodeName'), GOMEMLIMIT: '170MiB' },
    port: { port: collectorPorts.metrics, name: 'metrics' },
    ports: [{ port: collectorPorts.health, name: 'health' }],
    service: false,
    readiness: Probe.http('/', { port: collectorPorts.health }),
    liveness: Probe.http('/', { port: collectorPorts.health, failureThreshold: 6 }),
    writable: [{ path: folder, size: '128Mi' }],
    mounts: { '/etc/otelcol': Mount.configMap(name) },
    secrets: tlsSecrets(name),
    podAnnotations: { 'kube-bulwark.dev/config': hash(content) },
  });
  // No second one beside it, not even while it is replaced.
  workload.patch('Deployment', { spec: { strategy: { type: 'Recreate', rollingUpdate: null } } });
  workload.grantApiAccess({ resources: [...may.resources], verbs: [...may.verbs] });
  const role = `${config.namespace}-${name}`;
  add(namespace, 'events-role', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: role },
    rules: [{ apiGroups: [''], ...may }],
  });
  add(namespace, 'events-binding', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: role },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
    subjects: [{ kind: 'ServiceAccount', name: workload.serviceAccountName, namespace: config.namespace }],
  });
  return workload;
}
