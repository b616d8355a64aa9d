import type { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { Mount } from '../../constructs/workload/mount';
import { Probe } from '../../constructs/workload/probe';
import { SecureStatefulSet } from '../../constructs/workload/secure-stateful-set';
import { hash } from '../../core/hash';
import { lokiConfig, lokiOverrides } from '../../core/logs/loki';
import { writeYaml } from '../../core/manifest/yaml/write';
import type { LogPipelineConfig, PlainArgs } from './config';
import { certificate, configMap, inUnits, tlsFiles, tlsSecrets } from './parts';

export const lokiPort = 3100;

/** Of health and metrics. */
export const lokiInternalPort = 3101;

const name = 'loki';
const folder = '/var/loki';
const configFolder = '/etc/loki';

/** The store: one Loki with its data on a volume. */
export function loki(
  namespace: LockedNamespace,
  image: string,
  args: PlainArgs,
  { retention, size, volumes }: LogPipelineConfig,
): SecureStatefulSet {
  const content = writeYaml(
    lokiConfig({
      folder,
      configFolder,
      listen: { address: '0.0.0.0', port: lokiPort },
      internal: { address: '0.0.0.0', port: lokiInternalPort },
      grpcPort: 9095,
      tls: tlsFiles,
      ingestMebibytesPerSecond: size.ingestMebibytes,
      labels: args.labels ?? [],
    }),
  );
  configMap(namespace, name, { 'loki.yaml': content, 'overrides.yaml': writeYaml(lokiOverrides(retention)) });
  certificate(namespace, name, args.issuer);
  return new SecureStatefulSet(namespace, name, {
    image,
    replicas: 1,
    resources: { cpu: '500m', memory: inUnits(size.lokiMemory) },
    args: [`-config.file=${configFolder}/loki.yaml`],
    port: { port: lokiPort, name: 'https' },
    ports: [{ port: lokiInternalPort, name: 'internal' }],
    readiness: Probe.http('/ready', { port: lokiInternalPort, failureThreshold: 6 }),
    liveness: Probe.tcp({ port: lokiPort, failureThreshold: 6 }),
    startup: Probe.tcp({ port: lokiPort, failureThreshold: 90 }),
    storage: [
      {
        path: folder,
        name: 'data',
        size: inUnits(volumes.loki * 1_024),
        ...(args.volumes?.storageClass !== undefined && { storageClass: args.volumes.storageClass }),
      },
    ],
    writable: ['/tmp'],
    mounts: { [configFolder]: Mount.configMap(name) },
    secrets: tlsSecrets(name),
    // Not the overrides: Loki reads those again by itself.
    podAnnotations: { 'kube-bulwark.dev/config': hash(content) },
    terminationGraceSeconds: 300,
  });
}
