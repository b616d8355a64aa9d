import { archiveExporter } from '../../core/logs/collector/gateway';
import type { KubernetesObject } from '../../core/manifest/object';
import { type Alert, type AlertOptions, prometheusRule } from '../prometheus-rule';

/** What may be there or not: a Loki of ours, several processes of it, an archive, a Grafana. */
export const logParts = ['loki', 'ring', 'archive', 'grafana'] as const;

export type LogPart = (typeof logParts)[number];

interface LogAlert extends Alert {
  /** Of what may not be there. @default - of each pipeline */
  readonly of?: LogPart;
}

/** In days: what reads its certificate only when it starts is started again within the time that any certificate has left. */
const restartAfter = 25;

/** Counters and gauges of the Collector (exporterhelper, receiverhelper, processorhelper), of Loki, and of kube-state-metrics. */
export const logMetrics = {
  failed: 'otelcol_exporter_send_failed_log_records',
  refused: 'otelcol_processor_memory_limiter_refused_log_records',
  queued: 'otelcol_exporter_queue_size',
  capacity: 'otelcol_exporter_queue_capacity',
  sent: 'otelcol_exporter_sent_log_records',
  discarded: 'loki_discarded_samples_total',
  retained: 'loki_compactor_apply_retention_last_successful_run_timestamp_seconds',
  started: 'process_start_time_seconds',
  isLoki: 'loki_build_info',
  walFull: 'loki_ingester_wal_disk_full_failures_total',
  available: 'kube_deployment_status_replicas_available',
  podStarted: 'kube_pod_start_time',
} as const;

/** What a counter has counted in ten minutes. It is there from the first time on: its increase alone misses that one. */
function counted(by: string, metric: string): string {
  return `sum by (${by}) (increase(${metric}[10m])) > 0 or sum by (${by}) (${metric} unless ${metric} offset 10m) > 0`;
}

const alerts: readonly LogAlert[] = [
  {
    alert: 'LogLinesLost',
    expr: counted('job, exporter', logMetrics.failed),
    for: '0m',
    severity: 'critical',
    summary: 'log lines are lost',
    description:
      '{{ $value | humanize }} lines of the last 10 minutes were refused for good behind {{ $labels.exporter }}: the log of the gateway has the reason.',
  },
  {
    alert: 'LogQueueFilling',
    expr: `max by (job, instance, exporter) (${logMetrics.queued} / ${logMetrics.capacity}) > 0.5`,
    for: '10m',
    severity: 'warning',
    summary: 'lines wait for a store that does not take them',
    description:
      'The queue of {{ $labels.exporter }} on {{ $labels.instance }} is {{ $value | humanizePercentage }} full. Once it is, whoever sends has to wait, and kubelets rotate files that nobody has read.',
  },
  {
    alert: 'LogsSilent',
    expr: `sum(rate(${logMetrics.sent}[15m])) == 0`,
    for: '15m',
    severity: 'critical',
    summary: 'no log line arrives any more',
    description: 'For 15 minutes no Collector has sent a line, although the cluster alone logs all the time.',
  },
  {
    alert: 'LogMetricsAbsent',
    expr: `absent(${logMetrics.sent})`,
    for: '15m',
    severity: 'warning',
    summary: 'nobody knows whether logs arrive',
    description: `Prometheus has no ${logMetrics.sent}: it does not scrape the Collectors.`,
  },
  {
    alert: 'LogAgentShortOfMemory',
    expr: `sum by (job, instance) (rate(${logMetrics.refused}[10m])) > 0`,
    for: '15m',
    severity: 'warning',
    summary: 'a Collector reads slower than is written',
    description: '{{ $labels.instance }} is short of memory, and reads later: files may be rotated before it has.',
  },
  {
    alert: 'LokiDiscardsLines',
    of: 'loki',
    expr: counted('tenant, reason', logMetrics.discarded),
    for: '0m',
    severity: 'critical',
    summary: 'Loki discards lines',
    description:
      '{{ $value | humanize }} lines of {{ $labels.tenant }} were discarded in 10 minutes: {{ $labels.reason }}.',
  },
  {
    alert: 'LokiRetentionStopped',
    of: 'loki',
    expr: `time() - max(${logMetrics.retained}) > 10800`,
    for: '30m',
    severity: 'warning',
    summary: 'Loki deletes nothing any more',
    description: 'The compactor, which deletes what is old, has not come to an end for three hours.',
  },
  {
    alert: 'LokiDiskFull',
    of: 'loki',
    expr: counted('instance', logMetrics.walFull),
    for: '0m',
    severity: 'critical',
    summary: "Loki's volume is full",
    description: 'Loki on {{ $labels.instance }} keeps what it takes in memory alone: a restart would lose it.',
  },
  {
    alert: 'GrafanaDown',
    of: 'grafana',
    expr: `sum by (namespace) (${logMetrics.available}{deployment="log-grafana"}) < 1`,
    for: '15m',
    severity: 'warning',
    summary: 'nobody sees the audit log',
    description: 'Grafana in {{ $labels.namespace }} has not been ready for 15 minutes. No line is lost by that.',
  },
  {
    alert: 'GrafanaCertificateOld',
    of: 'grafana',
    expr: `max by (namespace, pod) (time() - ${logMetrics.podStarted}{pod=~"log-grafana-.+"}) > ${restartAfter * 86_400}`,
    for: '1h',
    severity: 'warning',
    summary: 'Grafana shows Loki a certificate that runs out',
    description:
      '{{ $labels.pod }} has been running for {{ $value | humanizeDuration }}, with the certificate that it began with: once that is over, Loki refuses it. Restart it.',
  },
  {
    alert: 'LokiRestartDue',
    of: 'ring',
    expr: `(time() - (${logMetrics.started} and on (job, instance) ${logMetrics.isLoki})) / 86400 > 21`,
    for: '1h',
    severity: 'warning',
    summary: 'Loki shows an old certificate',
    description:
      'Loki on {{ $labels.instance }} has run for {{ $value | humanize }} days. Its replicas tell each other who is there by the certificate that they were started with, which ends 30 days after that at the earliest.',
  },
  {
    alert: 'LogArchiveStandsStill',
    of: 'archive',
    expr:
      `max by (job, instance) (${logMetrics.queued}{exporter="${archiveExporter}"}) > 0 ` +
      `unless on (job, instance) sum by (job, instance) (rate(${logMetrics.sent}{exporter="${archiveExporter}"}[15m])) > 0`,
    for: '15m',
    severity: 'critical',
    summary: 'the audit log is not archived',
    description:
      '{{ $value | humanize1024 }}B of the audit log wait on {{ $labels.instance }} for the archive, and none has gone there for 15 minutes. Once the queue is full, all logs wait.',
  },
];

/** What the rules are made for. */
export interface LogRulesOptions extends AlertOptions {
  /** What there is. */
  readonly parts: readonly LogPart[];
}

/** The alerts on the pipeline, for the Prometheus operator. */
export function logRules({ parts, ...options }: LogRulesOptions): KubernetesObject {
  const own = alerts.filter(({ of }) => of === undefined || parts.includes(of));
  return prometheusRule('log-pipeline', own, options);
}

/** The names of the alerts: each has a runbook. */
export const logAlertNames: readonly string[] = alerts.map(({ alert }) => alert);
