import { HostPathVolumeType, Volume } from 'cdk8s-plus-28';
import type { BulwarkApp } from '../../constructs/app/bulwark-app';
import { LockedNamespace } from '../../constructs/namespace/locked-namespace';
import type { NamespaceScope } from '../../constructs/namespace/namespace-scope';
import { Env } from '../../constructs/workload/env';
import { SecureDaemonSet } from '../../constructs/workload/secure-daemon-set';
import { agentConfig } from '../../core/logs/collector/agent';
import { add, tlsSecretOf } from '../parts';
import { agentsOnly } from './agents-only';
import { collector, collectorFolder, collectorListeners, collectorPorts } from './collector';
import type { LogPipelineConfig, PlainArgs } from './config';
import { gatewayAddress } from './gateway';
import { tlsFiles } from './parts';

/** What an agent keeps on the disk of its node: redacted lines that no gateway has taken yet. */
const queue = { bytes: 1024 ** 3, folder: '/var/lib/log-agent' } as const;

const name = 'log-agent';

/** One exception for each right that is more than others have. */
const rights = {
  'run-as-user': 'the files of containers and of the audit log belong to root, and nobody else may read them',
  'run-as-non-root': 'it is root, without any capability, to read what belongs to root',
  'host-path-volumes': 'it reads logs where the kubelet and kube-apiserver write them',
  'volume-types': 'no other kind of volume has the files of the node',
  'host-path-sensitive': 'the logs of all containers lie in one folder of the node, which it mounts read-only',
  'host-path-writable': 'what it has not sent yet has to outlive its pod, in a folder of its own on the node',
} as const;

/** The agents, in a namespace of their own. */
export function agents(app: BulwarkApp, args: PlainArgs, config: LogPipelineConfig): SecureDaemonSet {
  const { owner, exceptionsUntil: expires, issuer, images, redaction } = args;
  const { auditFolder, containers, journal, agentNamespace, custom } = config;
  const namespace = new LockedNamespace(app, agentNamespace, {
    owner,
    podSecurity: 'privileged',
    exceptions: [
      {
        rule: 'namespace-pod-security',
        reason: 'agents read the logs of their node as root, and nothing else is here',
        expires,
      },
    ],
  });
  const own = collector(
    namespace,
    name,
    issuer,
    agentConfig({
      node: `\${env:NODE_NAME}`,
      ...(auditFolder !== '' && { audit: [`${auditFolder}/*.log`] }),
      ...(containers && {
        containers: { include: ['/var/log/pods/*/*/*.log'], exclude: [`/var/log/pods/${agentNamespace}_*/*/*.log`] },
      }),
      ...(journal !== undefined && { journal }),
      redaction: { email: redaction?.email ?? false, custom },
      folder: queue.folder,
      queueBytes: queue.bytes,
      memoryMebibytes: 300,
      gateway: `dns:///${gatewayAddress(config.namespace)}`,
      tls: tlsFiles,
      listeners: collectorListeners,
    }),
  );
  const folders = [
    ...(auditFolder !== '' ? [auditFolder] : []),
    ...(containers ? ['/var/log/pods'] : []),
    ...(journal !== undefined ? [journal.directory] : []),
  ];
  const env = { NODE_NAME: Env.field('spec.nodeName'), GOMEMLIMIT: '340MiB' };
  const startedWith = [...own.args, '--feature-gates=stanza.synchronousLogEmitter'];
  const agent = new SecureDaemonSet(namespace, name, {
    ...own,
    image: images.collector,
    resources: { cpu: '200m', memory: '400Mi' },
    args: startedWith,
    env,
    port: { port: collectorPorts.metrics, name: 'metrics' },
    ports: [{ port: collectorPorts.health, name: 'health' }],
    service: false,
    mounts: {
      ...own.mounts,
      ...Object.fromEntries(folders.map((path) => [path, hostPath(namespace, path)])),
      [queue.folder]: hostPath(namespace, queue.folder),
    },
    tolerations: [{ operator: 'Exists' }],
    priorityClass: 'system-node-critical',
    maxUnavailable: '10%',
    exceptions: Object.entries(rights)
      .filter(([rule]) => containers || rule !== 'host-path-sensitive')
      .map(([rule, reason]) => ({
        rule: rule as keyof typeof rights,
        reason,
        expires,
      })),
  });
  // Before 1.30 the kind is not served: there, nothing but RBAC keeps others out.
  if (config.target.serves('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy').supported)
    agentsOnly({
      namespace: agentNamespace,
      serviceAccount: name,
      image: images.collector,
      args: startedWith,
      env: Object.keys(env),
      configMap: name,
      configFolder: collectorFolder,
      secret: tlsSecretOf(name),
      folders,
      ownFolder: queue.folder,
    }).forEach((object, i) => {
      add(namespace, `only-${i}`, object);
    });
  agent.patchPod({
    securityContext: { runAsUser: 0, runAsNonRoot: false },
    containers: [{ name, volumeMounts: folders.map((mountPath) => ({ mountPath, readOnly: true })) as never }],
  });
  return agent;
}

function hostPath(scope: NamespaceScope, path: string): Volume {
  const id = path.slice(1).replaceAll(/[/.]/g, '-');
  return Volume.fromHostPath(scope, `volume-${id}`, id, {
    path,
    // Nodes that are not of the control plane have no audit log.
    type: HostPathVolumeType.DIRECTORY_OR_CREATE,
  });
}
