/** The alerts on the pipeline, by Prometheus' own promtool: each fires where it should, and does not right beside that. */
import { logAlertNames, logMetrics, logParts, logRules } from '../../../stacks/log-pipeline/alerts';
import { type AlertCase, describeAlerts } from '../../support/alerts';

const failed = `${logMetrics.failed}{job="c",exporter="otlp_http/audit",instance="a"}`;
const queued = `${logMetrics.queued}{job="c",exporter="otlp_http/audit",instance="a"}`;
const capacity = `${logMetrics.capacity}{job="c",exporter="otlp_http/audit",instance="a"}`;
const sent = `${logMetrics.sent}{job="c",instance="a"}`;
const refused = `${logMetrics.refused}{job="c",instance="a"}`;
const discarded = `${logMetrics.discarded}{tenant="audit",reason="line_too_long",instance="a"}`;
const available = `${logMetrics.available}{namespace="logging",deployment="log-grafana"}`;
const podStarted = `${logMetrics.podStarted}{namespace="logging",pod="log-grafana-0"}`;
const day = 1_440;
const ofArchive = 'job="c",instance="a",exporter="awss3/archive"';
const waits = `${logMetrics.queued}{${ofArchive}}`;
const archived = `${logMetrics.sent}{${ofArchive}}`;
const started = `${logMetrics.started}{job="l",instance="loki-0"}`;
const isLoki = `${logMetrics.isLoki}{job="l",instance="loki-0",version="3.7.8"}`;
const walFull = `${logMetrics.walFull}{instance="loki-0"}`;

const cases: Readonly<Record<string, readonly AlertCase[]>> = {
  LogLinesLost: [
    ['ten lines', { [failed]: '0x20 10x10' }, 21, { value: '10', labels: { job: 'c', exporter: 'otlp_http/audit' } }],
    [
      'the first lines that are ever lost, with which the counter begins',
      { [failed]: '_x20 5x5' },
      22,
      { value: '5', labels: { job: 'c', exporter: 'otlp_http/audit' } },
    ],
    ['none more', { [failed]: '10x40' }, 30],
  ],
  LogQueueFilling: [
    [
      'ten minutes above a half',
      { [queued]: '60x30', [capacity]: '100x30' },
      11,
      { value: '60%', labels: { job: 'c', exporter: 'otlp_http/audit', instance: 'a' } },
    ],
    ['nine minutes above a half', { [queued]: '60x30', [capacity]: '100x30' }, 9],
    ['a half', { [queued]: '50x30', [capacity]: '100x30' }, 20],
  ],
  LogsSilent: [
    ['half an hour without a line', { [sent]: '7x60' }, 45, { value: '0' }],
    ['a line in each quarter of an hour', { [sent]: '0x14 1x14 2x14 3x14 4x14' }, 60],
  ],
  LogMetricsAbsent: [
    ['a quarter of an hour', { [refused]: '0x60' }, 15, { value: '1' }],
    ['14 minutes', { [refused]: '0x60' }, 14],
    ['metrics that are there', { [sent]: '0+1x60' }, 30],
  ],
  LogAgentShortOfMemory: [
    ['half an hour', { [refused]: '0+60x60' }, 30, { value: '1', labels: { job: 'c', instance: 'a' } }],
    ['none', { [refused]: '60x60' }, 30],
  ],
  LokiDiscardsLines: [
    [
      'ten lines',
      { [discarded]: '0x20 10x10' },
      21,
      { value: '10', labels: { tenant: 'audit', reason: 'line_too_long' } },
    ],
    [
      'the first lines that it ever discards',
      { [discarded]: '_x20 3x5' },
      22,
      { value: '3', labels: { tenant: 'audit', reason: 'line_too_long' } },
    ],
    ['none more', { [discarded]: '10x40' }, 30],
  ],
  LokiRetentionStopped: [
    ['four hours', { [logMetrics.retained]: '1x300' }, 240, { value: '14399' }],
    ['two hours', { [logMetrics.retained]: '1x300' }, 120],
  ],
  LokiDiskFull: [
    ['once', { [walFull]: '0x20 1x10' }, 21, { value: '1', labels: { instance: 'loki-0' } }],
    ['the first time', { [walFull]: '_x20 1x5' }, 22, { value: '1', labels: { instance: 'loki-0' } }],
    ['never', { [walFull]: '0x40' }, 30],
  ],
  GrafanaDown: [
    ['half an hour', { [available]: '0x60' }, 30, { value: '0', labels: { namespace: 'logging' } }],
    ['14 minutes', { [available]: '1x10 0x60' }, 24],
    ['another Grafana', { [`${logMetrics.available}{deployment="grafana"}`]: '0x60' }, 30],
  ],
  GrafanaCertificateOld: [
    [
      'a pod of 26 days',
      { [podStarted]: `0x${26 * day}` },
      26 * day,
      { value: '26d 0h 0m 0s', labels: { namespace: 'logging', pod: 'log-grafana-0' } },
    ],
    ['a pod of 24 days', { [podStarted]: `0x${24 * day}` }, 24 * day],
  ],
  LokiRestartDue: [
    [
      'three weeks and more',
      { [started]: '-1900800x80', [isLoki]: '1x80' },
      62,
      { value: '22.04', labels: { job: 'l', instance: 'loki-0' } },
    ],
    ['twenty days', { [started]: '-1728000x80', [isLoki]: '1x80' }, 62],
    ['another program', { [started]: '-1900800x80' }, 62],
  ],
  LogArchiveStandsStill: [
    [
      'half an hour in which nothing goes, and something waits',
      { [waits]: '0x5 2048x40', [archived]: '7x50' },
      40,
      { value: '2ki', labels: { job: 'c', instance: 'a' } },
    ],
    [
      'an archive that has never taken anything',
      { [waits]: '2048x40' },
      20,
      { value: '2ki', labels: { job: 'c', instance: 'a' } },
    ],
    ['what waits to be gathered', { [waits]: '2048x50', [archived]: '0+5x50' }, 40],
    ['an empty queue', { [waits]: '0x50', [archived]: '7x50' }, 40],
  ],
};

const object = logRules({ namespace: 'logging', labels: {}, parts: logParts });

describeAlerts('the alerts of the log pipeline', { object, names: logAlertNames, cases });
