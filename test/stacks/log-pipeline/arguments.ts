/** Arguments of every size and for every alternative, and what a stack of them registers. */
import { LogPipeline, type LogPipelineArgs } from '../../../stacks/log-pipeline';
import type { Registration } from '../../../stacks/render/collect';
import { objectsIn, run } from '../../support/pulumi/registered';

const digest = 'sha256:ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d';
const registry = 'registry.acme.example';

export const collector = `${registry}/otelcol-contrib@${digest}`;

/** What it cannot be made without. */
export const basics: LogPipelineArgs = {
  kubernetesVersion: '1.36',
  distribution: 'kubeadm',
  owner: 'team-platform',
  images: { collector, loki: `${registry}/loki@${digest}` },
  registries: [registry],
  issuer: 'internal',
  exceptionsUntil: '2027-06-30',
};

const existing = { endpoint: 'https://logs.example/otlp', cidr: '203.0.113.0/24' };

export const alternatives: Readonly<Record<string, Partial<LogPipelineArgs>>> = {
  'nothing else': {},
  'every argument': {
    redaction: { email: true, custom: [{ id: 'ticket', pattern: 'TICKET-[0-9]{6}', needle: 'TICKET-' }] },
    retention: {
      auditDays: 730,
      applicationDays: 7,
      streams: [
        { tenant: 'application', labels: { k8s_namespace_name: 'batch', k8s_container_name: 'job' }, days: 2 },
        { tenant: 'audit', labels: { log_source: 'audit' }, days: 800 },
      ],
    },
    labels: ['k8s.cluster.name'],
    volumes: { storageClass: 'fast' },
    prometheusNamespace: 'monitoring',
    ruleLabels: { release: 'monitoring' },
    runbooks: 'https://runbooks.example/#',
  },
  'a small load': { load: { linesPerSecond: 5, outageHours: 1 } },
  'a large load': { load: { linesPerSecond: 20_000, bytesPerLine: 1_000, outageHours: 2 } },
  'a store that is there': { images: { collector }, existing },
  'a cloud, whose audit log is its own': { distribution: 'eks' },
  'the audit log alone': { sources: { containers: false } },
};

/** What a stack registers, as an update does. */
export function registered(args: Partial<LogPipelineArgs>): Promise<readonly Registration[]> {
  return run(() => new LogPipeline('logs', { ...basics, ...args }), { preview: false });
}

/** The files of its ConfigMaps, by `<name>/<key>`. */
export function filesOf(found: readonly Registration[]): ReadonlyMap<string, string> {
  const maps = objectsIn(found).filter(({ kind }) => kind === 'ConfigMap');
  return new Map(
    maps.flatMap(({ metadata, data }) =>
      Object.entries(data as Readonly<Record<string, string>>).map(([key, text]) => [`${metadata?.name}/${key}`, text]),
    ),
  );
}
