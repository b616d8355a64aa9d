import type { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { SecureStatefulSet } from '../../constructs/workload/secure-stateful-set';
import { gatewayConfig } from '../../core/logs/collector/gateway';
import { bucketLogin } from '../bucket';
import { volume } from '../parts';
import { collector, collectorListeners, collectorPorts } from './collector';
import type { LogPipelineConfig, PlainArgs } from './config';
import { lokiPort } from './loki';
import { tlsFiles } from './parts';

const name = 'log-gateway';
const folder = '/var/lib/log-gateway';

/** Where they take lines. */
export function gatewayAddress(namespace: string): string {
  return `${name}.${namespace}.svc:${collectorPorts.otlp}`;
}

/** The gateways: what they have taken stays on their volumes until the store has it. */
export function gateway(namespace: LockedNamespace, args: PlainArgs, config: LogPipelineConfig): SecureStatefulSet {
  const { volumes, size } = config;
  const store = args.existing?.endpoint ?? `https://loki.${config.namespace}.svc:${lokiPort}/otlp`;
  const own = collector(
    namespace,
    name,
    args.issuer,
    gatewayConfig({
      listen: `0.0.0.0:${collectorPorts.otlp}`,
      tls: tlsFiles,
      folder,
      queueBytes: size.queueBytes,
      memoryMebibytes: 600,
      store: { endpoint: store, tls: tlsFiles, compression: args.existing === undefined ? 'zstd' : 'gzip' },
      listeners: collectorListeners,
      ...(config.archive !== undefined && { archive: config.archive }),
    }),
  );
  const { archive } = args;
  const workload = new SecureStatefulSet(namespace, name, {
    ...own,
    image: args.images.collector,
    replicas: 2,
    resources: { cpu: '500m', memory: '800Mi' },
    env: { GOMEMLIMIT: '680MiB' },
    port: { port: collectorPorts.otlp, name: 'otlp' },
    ports: [
      { port: collectorPorts.metrics, name: 'metrics' },
      { port: collectorPorts.health, name: 'health' },
    ],
    storage: [volume(folder, 'queue', volumes.gateway, args.volumes?.storageClass)],
    terminationGraceSeconds: 60,
    podManagementPolicy: 'Parallel',
    ...bucketLogin(archive),
  });
  for (const cidr of archive?.cidrs ?? []) workload.egressTo({ cidr, ports: [443], dns: true });
  return workload;
}
