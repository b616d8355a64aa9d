import type { KubernetesObject } from '../../core/manifest/object';
import { type Alert, type AlertOptions, prometheusRule } from '../prometheus-rule';

interface LogAlert extends Alert {
  /** Of the store, which may be somebody else's. @default 'collector' */
  readonly of?: 'loki';
}

/** Counters and gauges of the Collector (exporterhelper, receiverhelper, processorhelper) and of Loki. */
export const logMetrics = {
  failed: 'otelcol_exporter_send_failed_log_records',
  refused: 'otelcol_processor_memory_limiter_refused_log_records',
  queued: 'otelcol_exporter_queue_size',
  capacity: 'otelcol_exporter_queue_capacity',
  sent: 'otelcol_exporter_sent_log_records',
  discarded: 'loki_discarded_samples_total',
  retained: 'loki_compactor_apply_retention_last_successful_run_timestamp_seconds',
  walFull: 'loki_ingester_wal_disk_full_failures_total',
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
];

/** What the rules are made for. */
export interface LogRulesOptions extends AlertOptions {
  /** Whether the store is ours. */
  readonly withLoki: boolean;
}

/** The alerts on the pipeline, for the Prometheus operator. */
export function logRules({ withLoki, ...options }: LogRulesOptions): KubernetesObject {
  const own = alerts.filter(({ of }) => withLoki || of !== 'loki');
  return prometheusRule('log-pipeline', own, options);
}

/** The names of the alerts: each has a runbook. */
export const logAlertNames: readonly string[] = alerts.map(({ alert }) => alert);
