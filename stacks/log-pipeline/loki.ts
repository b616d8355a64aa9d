import type { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import { Env } from '../../constructs/workload/env';
import { Mount } from '../../constructs/workload/mount';
import { Probe } from '../../constructs/workload/probe';
import { SecureStatefulSet } from '../../constructs/workload/secure-stateful-set';
import { hash } from '../../core/hash';
import { lokiConfig, lokiOverrides } from '../../core/logs/loki';
import { inUnits } from '../../core/manifest/in-units';
import { writeYaml } from '../../core/manifest/yaml/write';
import { bucketLogin, bucketOf } from '../bucket';
import { add, certificate, configMap, volume } from '../parts';
import type { LogPipelineConfig, PlainArgs } from './config';
import { tlsFiles, tlsSecrets } from './parts';

export const lokiPort = 3100;

/** Of health and metrics. */
export const lokiInternalPort = 3101;

/** Between its replicas: calls, and who is there. */
const ringPorts = { grpc: 9095, gossip: 7946 } as const;

const name = 'loki';

/** A name that its replicas find each other by, before they are ready. */
const ringName = `${name}-ring`;

const folder = '/var/loki';
const configFolder = '/etc/loki';

/** The store: one Loki with its data on a volume, or several with a bucket. */
export function loki(
  namespace: LockedNamespace,
  image: string,
  args: PlainArgs,
  { retention, size, volumes, replicas, namespace: own, zones }: LogPipelineConfig,
): SecureStatefulSet {
  const { bucket } = args;
  const kept = bucketOf(bucket);
  const several = replicas > 1;
  const content = writeYaml(
    lokiConfig({
      folder,
      configFolder,
      listen: { address: '0.0.0.0', port: lokiPort },
      internal: { address: '0.0.0.0', port: lokiInternalPort },
      grpcPort: ringPorts.grpc,
      tls: tlsFiles,
      ingestMebibytesPerSecond: size.ingestMebibytes,
      labels: args.labels ?? [],
      ...(kept !== undefined && { bucket: kept }),
      ...(several && {
        ring: {
          members: [`dns+${ringName}.${own}.svc:${ringPorts.gossip}`],
          address: `\${POD_IP}`,
          gossipPort: ringPorts.gossip,
          label: `${own}-${name}`,
          serverName: `${name}.${own}.svc`,
        },
      }),
    }),
  );
  configMap(namespace, name, { 'loki.yaml': content, 'overrides.yaml': writeYaml(lokiOverrides(retention)) });
  certificate(namespace, name, args.issuer);
  const workload = new SecureStatefulSet(namespace, name, {
    image,
    replicas,
    resources: { cpu: '500m', memory: inUnits(size.lokiMemory) },
    args: [`-config.file=${configFolder}/loki.yaml`, ...(several ? ['-config.expand-env=true'] : [])],
    ...(several && { env: { POD_IP: Env.field('status.podIP') } }),
    port: { port: lokiPort, name: 'https' },
    ports: [
      { port: lokiInternalPort, name: 'internal' },
      ...(several ? Object.entries(ringPorts).map(([portName, port]) => ({ port, name: portName })) : []),
    ],
    readiness: Probe.http('/ready', { port: lokiInternalPort, failureThreshold: 6 }),
    liveness: Probe.tcp({ port: lokiPort, failureThreshold: 6 }),
    startup: Probe.tcp({ port: lokiPort, failureThreshold: 90 }),
    storage: [volume(folder, 'data', volumes.loki, args.volumes?.storageClass)],
    writable: ['/tmp'],
    mounts: { [configFolder]: Mount.configMap(name) },
    secrets: tlsSecrets(name),
    // Not the overrides: Loki reads those again by itself.
    podAnnotations: { 'kube-bulwark.dev/config': hash(content) },
    ...bucketLogin(bucket),
    // Within a minute what it has is on its disk or in its bucket. It never ends by itself: its server of the API and that of its health wait for each
    // other (3.7.8, NewServerService), until the kubelet ends it.
    terminationGraceSeconds: 120,
    // They find each other, and are replaced one by one all the same.
    ...(several && { podManagementPolicy: 'Parallel' as const }),
  });
  if (several) {
    for (const port of Object.values(ringPorts)) workload.connectTo(workload, { port });
    workload.patchPod({ topologySpreadConstraints: apart(workload.selector, zones) });
    ringService(namespace, workload.selector);
  }
  for (const cidr of bucket?.cidrs ?? []) workload.egressTo({ cidr, ports: [443], dns: true });
  return workload;
}

/** Two on one node would be away at once: they wait for another. Nodes that say nothing of their zone would be none that counts. */
function apart(matchLabels: Readonly<Record<string, string>>, zones: boolean) {
  const spread = (topologyKey: string, always: boolean) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: always ? ('DoNotSchedule' as const) : ('ScheduleAnyway' as const),
    labelSelector: { matchLabels: { ...matchLabels } },
  });
  return [spread('kubernetes.io/hostname', true), spread('topology.kubernetes.io/zone', zones)];
}

/** The addresses of those that are not ready, too: none is, before it has found the others. */
function ringService(namespace: LockedNamespace, selector: Readonly<Record<string, string>>): void {
  add(namespace, ringName, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: ringName, namespace: namespace.namespaceName, labels: { 'app.kubernetes.io/name': name } },
    spec: {
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: { ...selector },
      ports: [{ name: 'gossip', port: ringPorts.gossip, protocol: 'TCP', targetPort: 'gossip' }],
    },
  });
}
