/** Where lines come from: the value of the label `log_source`, and what decides whose tenant they are. */
export const logSources = ['audit', 'container', 'journal', 'event'] as const;

export type LogSource = (typeof logSources)[number];

/** The tenants of the store: who may read the one may not read the other. */
export const tenants = ['audit', 'application'] as const;

export type Tenant = (typeof tenants)[number];

export const tenantOf: Readonly<Record<LogSource, Tenant>> = {
  audit: 'audit',
  container: 'application',
  journal: 'application',
  event: 'application',
};

/** Names of attributes, as OpenTelemetry writes them; Loki has underscores instead of dots. */
export const attributes = {
  source: 'log.source',
  node: 'k8s.node.name',
  namespace: 'k8s.namespace.name',
  container: 'k8s.container.name',
  unit: 'systemd.unit',
} as const;
