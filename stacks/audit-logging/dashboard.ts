import type { KubernetesObject } from '../../core/manifest/object';
import { grafanaDashboard, type Panel } from '../grafana-dashboard';
import { auditMetrics } from './alerts';

const panels: readonly Panel[] = [
  {
    title: 'Events a second',
    expr: `sum by (instance) (rate(${auditMetrics.events}[5m]))`,
    legend: '{{instance}}',
  },
  {
    title: 'Requests a second by level',
    expr: `sum by (level) (rate(${auditMetrics.levels}[5m]))`,
    legend: '{{level}}',
  },
  {
    title: 'Events lost',
    expr: `sum by (instance, plugin) (increase(${auditMetrics.errors}[5m]))`,
    legend: '{{instance}} {{plugin}}',
  },
  {
    title: 'Requests refused',
    expr: `sum by (instance) (increase(${auditMetrics.rejected}[5m]))`,
    legend: '{{instance}}',
  },
];

/** The dashboard of the audit log. */
export function auditDashboard(namespace: string): KubernetesObject {
  return grafanaDashboard({ stack: 'audit-logging', title: 'Audit logging', panels, namespace });
}
