import type { KubernetesObject } from '../core/manifest/object';

/** An alert of Prometheus. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  readonly description: string;
}

/** What the alerts of a stack are made for. */
export interface AlertOptions {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  /** The start of the addresses of the runbooks. @default - none */
  readonly runbooks?: string;
}

/** The alerts of a stack, for the Prometheus operator: each names its runbook on the page of the stack in the manual. */
export function prometheusRule(
  stack: string,
  alerts: readonly Alert[],
  { namespace, labels, runbooks }: AlertOptions,
): KubernetesObject {
  const rules = alerts.map(({ alert, expr, for: duration, severity, summary, description }) => {
    const runbook = alert.toLowerCase();
    return {
      alert,
      expr,
      for: duration,
      labels: { severity },
      annotations: {
        summary,
        description,
        runbook: `docs/stacks/${stack}.md#${runbook} of kube-bulwark`,
        ...(runbooks !== undefined && { runbook_url: `${runbooks}${runbook}` }),
      },
    };
  });
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: stack, namespace, labels: { 'app.kubernetes.io/name': stack, ...labels } },
    spec: { groups: [{ name: stack, rules }] },
  };
}
