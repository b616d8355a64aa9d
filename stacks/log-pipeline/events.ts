import type { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { Env } from '../../constructs/workload/env';
import { SecureDeployment } from '../../constructs/workload/secure-deployment';
import { agentConfig } from '../../core/logs/collector/agent';
import { add } from '../parts';
import { collector, collectorListeners, collectorPorts } from './collector';
import type { LogPipelineConfig, PlainArgs } from './config';
import { gatewayAddress } from './gateway';
import { tlsFiles } from './parts';

const name = 'log-events';
const folder = '/var/lib/log-events';

/** All that it may do: the same role in its own namespace and in all. */
const may = { resources: ['events'], verbs: ['list', 'watch'] } as const;

/** One Collector that asks the API server for the events of all namespaces. Two would keep each event twice. */
export function events(namespace: LockedNamespace, args: PlainArgs, config: LogPipelineConfig): SecureDeployment {
  const own = collector(
    namespace,
    name,
    args.issuer,
    agentConfig({
      node: `\${env:NODE_NAME}`,
      events: true,
      redaction: { email: args.redaction?.email ?? false, custom: config.custom },
      folder,
      queueBytes: 64 * 1024 ** 2,
      memoryMebibytes: 150,
      gateway: `dns:///${gatewayAddress(config.namespace)}`,
      tls: tlsFiles,
      listeners: collectorListeners,
    }),
  );
  const workload = new SecureDeployment(namespace, name, {
    ...own,
    image: args.images.collector,
    replicas: 1,
    resources: { cpu: '50m', memory: '200Mi' },
    env: { NODE_NAME: Env.field('spec.nodeName'), GOMEMLIMIT: '170MiB' },
    port: { port: collectorPorts.metrics, name: 'metrics' },
    ports: [{ port: collectorPorts.health, name: 'health' }],
    service: false,
    writable: [{ path: folder, size: '128Mi' }],
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
