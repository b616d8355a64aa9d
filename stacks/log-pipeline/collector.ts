import type { NamespaceScope } from '../../constructs/namespace/namespace-scope';
import { Mount } from '../../constructs/workload/mount';
import { Probe } from '../../constructs/workload/probe';
import { hash } from '../../core/hash';
import type { CollectorConfig, Listeners } from '../../core/logs/collector/parts';
import { writeYaml } from '../../core/manifest/yaml/write';
import { certificate, configMap } from '../parts';
import { tlsSecrets } from './parts';

/** Ports of each Collector. */
export const collectorPorts = { otlp: 4317, health: 13133, metrics: 8888 } as const;

/** Where each Collector listens besides. */
export const collectorListeners: Listeners = {
  health: `0.0.0.0:${collectorPorts.health}`,
  metrics: { host: '0.0.0.0', port: collectorPorts.metrics },
};

/** Where its configuration is mounted. */
export const collectorFolder = '/etc/otelcol';

/** The file of its configuration. */
const file = 'collector.yaml';

/** Writes the configuration and the certificate of a Collector. @returns what every workload of one is told */
export function collector(scope: NamespaceScope, name: string, issuer: string, config: CollectorConfig) {
  const content = writeYaml(config);
  configMap(scope, name, { [file]: content });
  certificate(scope, name, issuer);
  return {
    args: [`--config=${collectorFolder}/${file}`],
    readiness: Probe.http('/', { port: collectorPorts.health }),
    liveness: Probe.http('/', { port: collectorPorts.health, failureThreshold: 6 }),
    mounts: { [collectorFolder]: Mount.configMap(name) },
    secrets: tlsSecrets(name),
    podAnnotations: { 'kube-bulwark.dev/config': hash(content) },
  };
}
