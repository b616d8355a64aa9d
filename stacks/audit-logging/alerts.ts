import type { KubernetesObject } from '../../core/manifest/object';
import { type Alert, type AlertOptions, prometheusRule } from '../prometheus-rule';

/** Counters of kube-apiserver's own: k8s.io/apiserver/pkg/audit/metrics.go. */
export const auditMetrics = {
  events: 'apiserver_audit_event_total',
  errors: 'apiserver_audit_error_total',
  rejected: 'apiserver_audit_requests_rejected_total',
  levels: 'apiserver_audit_level_total',
} as const;

const alerts: readonly Alert[] = [
  {
    alert: 'AuditEventsLost',
    // The counter is there from the first loss on: its increase alone misses that one.
    expr: `sum by (instance, plugin) (increase(${auditMetrics.errors}[10m])) > 0 or sum by (instance, plugin) (${auditMetrics.errors} unless ${auditMetrics.errors} offset 10m) > 0`,
    for: '0m',
    severity: 'critical',
    summary: 'kube-apiserver loses audit events',
    description:
      '{{ $value | humanize }} events of the last 10 minutes did not reach the backend {{ $labels.plugin }} of {{ $labels.instance }}: its buffer overflowed, or it refused them.',
  },
  {
    alert: 'AuditRequestsRejected',
    expr: `sum by (instance) (increase(${auditMetrics.rejected}[10m])) > 0`,
    for: '0m',
    severity: 'critical',
    summary: 'kube-apiserver refuses requests, since it cannot log them',
    description:
      '{{ $labels.instance }} has refused {{ $value | humanize }} requests in 10 minutes. The disk of the audit log may be full.',
  },
  {
    alert: 'AuditLogSilent',
    expr: `sum by (instance) (rate(${auditMetrics.events}[15m])) == 0`,
    for: '15m',
    severity: 'critical',
    summary: 'kube-apiserver logs no requests',
    description:
      '{{ $labels.instance }} has written no audit event for 15 minutes, although kubelets alone ask it all the time: its policy or its flags are gone.',
  },
  {
    alert: 'AuditMetricsAbsent',
    expr: `absent(${auditMetrics.events})`,
    for: '15m',
    severity: 'warning',
    summary: 'nobody knows whether the API server logs requests',
    description: `Prometheus has no ${auditMetrics.events}: it does not scrape kube-apiserver.`,
  },
];

/** The alerts on the audit log, for the Prometheus operator. */
export function auditRules(options: AlertOptions): KubernetesObject {
  return prometheusRule('audit-logging', alerts, options);
}

/** The names of the alerts: each has a runbook. */
export const alertNames: readonly string[] = alerts.map(({ alert }) => alert);
