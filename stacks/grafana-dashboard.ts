import type { KubernetesObject } from '../core/manifest/object';

/** A graph of Prometheus' metrics. */
export interface Panel {
  readonly title: string;
  /** What it shows, and what to look for. @default - nothing */
  readonly description?: string;
  readonly expr: string;
  /** What each line is called: `{{code}}`. */
  readonly legend: string;
  /** By Grafana's id: `reqps`. @default - numbers as they are */
  readonly unit?: string;
}

/** What a dashboard is made of. */
export interface DashboardOptions {
  /** `audit-logging` */
  readonly stack: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly namespace: string;
}

const columns = 2;
const size = { w: 12, h: 8 };

/** The dashboard of a stack, as a ConfigMap that the sidecar of Grafana's chart loads. */
export function grafanaDashboard({ stack, title: name, panels, namespace }: DashboardOptions): KubernetesObject {
  const dashboard = {
    uid: `bulwark-${stack}`,
    title: name,
    tags: ['kube-bulwark'],
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'datasource', type: 'datasource', query: 'prometheus' }] },
    panels: panels.map(({ title, description, expr, legend, unit }, i) => ({
      id: i + 1,
      type: 'timeseries',
      title,
      ...(description !== undefined && { description }),
      datasource: { type: 'prometheus', uid: '$' + '{datasource}' },
      gridPos: { ...size, x: (i % columns) * size.w, y: Math.floor(i / columns) * size.h },
      ...(unit !== undefined && { fieldConfig: { defaults: { unit }, overrides: [] } }),
      targets: [{ refId: 'A', expr, legendFormat: legend }],
    })),
  };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: `${stack}-dashboard`,
      namespace,
      labels: { 'app.kubernetes.io/name': stack, grafana_dashboard: '1' },
    },
    data: { [`${stack}.json`]: `${JSON.stringify(dashboard, undefined, 2)}\n` },
  };
}
