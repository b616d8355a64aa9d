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

/** A bucket of each cloud. */
export const buckets = {
  s3: {
    kind: 's3',
    name: 'acme-logs',
    region: 'eu-central-1',
    identity: 'arn:aws:iam::111122223333:role/loki',
    kmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/1',
    cidrs: ['10.0.0.0/16'],
  },
  gcs: {
    kind: 'gcs',
    name: 'acme-logs',
    identity: 'loki@prod-platform.iam.gserviceaccount.com',
    cidrs: ['10.0.0.0/16'],
  },
  azure: {
    kind: 'azure',
    name: 'logs',
    account: 'acmelogs',
    identity: '11111111-2222-3333-4444-555555555555',
    cidrs: ['10.0.0.0/16', '10.1.0.0/16'],
  },
};

export const grafana = {
  address: 'https://logs.acme.example',
  gatewayNamespace: 'gateway',
  secretName: 'grafana-login',
  login: {
    clientId: 'kube-bulwark-logs',
    authUrl: 'https://login.acme.example/realms/acme/protocol/openid-connect/auth',
    tokenUrl: 'https://login.acme.example/realms/acme/protocol/openid-connect/token',
    userInfoUrl: 'https://login.acme.example/realms/acme/protocol/openid-connect/userinfo',
    cidrs: ['203.0.113.20/32'],
    viewers: ['log-viewers'],
    explorers: ['platform'],
  },
};

/** Its image, with the others. */
export const withGrafana = { grafana, images: { ...basics.images, grafana: `${registry}/grafana@${digest}` } };

/** A bucket with object lock. */
export const archive = {
  kind: 's3',
  name: 'acme-audit-archive',
  region: 'eu-central-1',
  identity: 'arn:aws:iam::111122223333:role/log-archive',
  cidrs: ['10.0.0.0/16'],
};

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
    sources: {
      journalFolder: '/var/log/journal',
      journalUnits: ['kubelet.service', 'containerd.service'],
      eventsFrom: ['203.0.113.10/32'],
    },
    labels: ['k8s.cluster.name'],
    volumes: { storageClass: 'fast' },
    prometheusNamespace: 'monitoring',
    ruleLabels: { release: 'monitoring' },
    runbooks: 'https://runbooks.example/#',
  },
  'a Grafana': withGrafana,
  'a small load': { load: { linesPerSecond: 5, outageHours: 1 } },
  'a large load': { load: { linesPerSecond: 20_000, bytesPerLine: 1_000, outageHours: 2 } },
  'a store that is there': { images: { collector }, existing },
  'a cloud, whose audit log is its own': { distribution: 'eks' },
  'a bucket of S3': { distribution: 'eks', bucket: buckets.s3 },
  'a bucket of Google Cloud': { distribution: 'gke', bucket: buckets.gcs },
  'a bucket of Azure': { distribution: 'aks', bucket: buckets.azure },
  'a bucket and one process': { distribution: 'eks', bucket: buckets.s3, replicas: 1 },
  'a bucket and five processes': { distribution: 'eks', bucket: buckets.s3, replicas: 5 },
  'an archive': { archive, prometheusNamespace: 'monitoring' },
  'an archive beside a bucket': { bucket: buckets.s3, archive: { ...archive, retentionDays: 800 } },
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
