import type { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { Mount } from '../../constructs/workload/mount';
import { Probe } from '../../constructs/workload/probe';
import { SecureStatefulSet } from '../../constructs/workload/secure-stateful-set';
import { hash } from '../../core/hash';
import { gatewayConfig } from '../../core/logs/collector/gateway';
import { writeYaml } from '../../core/manifest/yaml/write';
import type { LogPipelineConfig, PlainArgs } from './config';
import { lokiPort } from './loki';
import {
  certificate,
  collectorFile,
  collectorListeners,
  collectorPorts,
  configMap,
  inUnits,
  tlsFiles,
  tlsSecrets,
} from './parts';

const name = 'log-gateway';
const folder = '/var/lib/log-gateway';

/** The gateways: what they have taken stays on their volumes until the store has it. */
export function gateway(namespace: LockedNamespace, args: PlainArgs, config: LogPipelineConfig): SecureStatefulSet {
  const { volumes, size } = config;
  const store = args.existing?.endpoint ?? `https://loki.${config.namespace}.svc:${lokiPort}/otlp`;
  const content = writeYaml(
    gatewayConfig({
      listen: `0.0.0.0:${collectorPorts.otlp}`,
      tls: tlsFiles,
      folder,
      queueBytes: size.queueBytes,
      memoryMebibytes: 600,
      store: { endpoint: store, tls: tlsFiles },
      listeners: collectorListeners,
    }),
  );
  configMap(namespace, name, { [collectorFile]: content });
  certificate(namespace, name, args.issuer);
  return new SecureStatefulSet(namespace, name, {
    image: args.images.collector,
    replicas: 2,
    resources: { cpu: '500m', memory: '800Mi' },
    args: [`--config=/etc/otelcol/${collectorFile}`],
    env: { GOMEMLIMIT: '680MiB' },
    port: { port: collectorPorts.otlp, name: 'otlp' },
    ports: [
      { port: collectorPorts.metrics, name: 'metrics' },
      { port: collectorPorts.health, name: 'health' },
    ],
    readiness: Probe.http('/', { port: collectorPorts.health }),
    liveness: Probe.http('/', { port: collectorPorts.health, failureThreshold: 6 }),
    storage: [
      {
        path: folder,
        name: 'queue',
        size: inUnits(volumes.gateway * 1_024),
        ...(args.volumes?.storageClass !== undefined && { storageClass: args.volumes.storageClass }),
      },
    ],
    mounts: { '/etc/otelcol': Mount.configMap(name) },
    secrets: tlsSecrets(name),
    podAnnotations: { 'kube-bulwark.dev/config': hash(content) },
    terminationGraceSeconds: 60,
    podManagementPolicy: 'Parallel',
  });
}
