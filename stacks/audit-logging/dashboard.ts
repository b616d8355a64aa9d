import type { KubernetesObject } from '../../core/manifest/object';
import { auditMetrics } from './alerts';

/** A graph: its title, what it shows, and what each line is called. */
type Panel = readonly [title: string, expr: string, legend: string];

const panels: readonly Panel[] = [
  ['Events a second', `sum by (instance) (rate(${auditMetrics.events}[5m]))`, '{{instance}}'],
  ['Requests a second by level', `sum by (level) (rate(${auditMetrics.levels}[5m]))`, '{{level}}'],
  ['Events lost', `sum by (instance, plugin) (increase(${auditMetrics.errors}[5m]))`, '{{instance}} {{plugin}}'],
  ['Requests refused', `sum by (instance) (increase(${auditMetrics.rejected}[5m]))`, '{{instance}}'],
];

const columns = 2;
const size = { w: 12, h: 8 };

/** The dashboard of the audit log, as a ConfigMap that the sidecar of Grafana's chart loads. */
export function auditDashboard(namespace: string): KubernetesObject {
  const dashboard = {
    uid: 'bulwark-audit-logging',
    title: 'Audit logging',
    tags: ['kube-bulwark'],
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
    panels: panels.map(([title, expr, legendFormat], i) => ({
      id: i + 1,
      type: 'timeseries',
      title,
      datasource: { type: 'prometheus', uid: '$' + '{datasource}' },
      gridPos: { ...size, x: (i % columns) * size.w, y: Math.floor(i / columns) * size.h },
      targets: [{ refId: 'A', expr, legendFormat }],
    })),
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: 'audit-logging-dashboard',
      namespace,
      labels: { 'app.kubernetes.io/name': 'audit-logging', grafana_dashboard: '1' },
    },
    data: { 'audit-logging.json': `${JSON.stringify(dashboard, undefined, 2)}\n` },
  };
}
