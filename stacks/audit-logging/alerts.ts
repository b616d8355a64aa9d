import type { KubernetesObject } from '../../core/manifest/object';

/** An alert of Prometheus. */
interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  readonly description: string;
}

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

/** What the rules are made for. */
export interface AuditRulesOptions {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The start of the addresses of the runbooks. @default - none */
  readonly runbooks?: string;
}

/** The alerts on the audit log, for the Prometheus operator. */
export function auditRules({ namespace, labels, runbooks }: AuditRulesOptions): KubernetesObject {
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'audit-logging', namespace, labels: { 'app.kubernetes.io/name': 'audit-logging', ...labels } },
    spec: {
      groups: [
        {
          name: 'audit-logging',
          rules: alerts.map(({ severity, summary, description, ...rule }) => ({
            ...rule,
            labels: { severity },
            annotations: {
              summary,
              description,
              runbook: `docs/stacks/audit-logging.md#${rule.alert.toLowerCase()} of kube-bulwark`,
              ...(runbooks !== undefined && { runbook_url: `${runbooks}${rule.alert.toLowerCase()}` }),
            },
          })),
        },
      ],
    },
  };
}

/** The names of the alerts: each has a runbook. */
export const alertNames: readonly string[] = alerts.map(({ alert }) => alert);
