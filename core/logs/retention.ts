import type { LogsFault } from './fault';
import { attributes, type Tenant, tenants } from './sources';

/** How long lines stay, in days. */
export interface Retention {
  /** @default 400 */
  readonly audit?: number;
  /** @default 30 */
  readonly application?: number;
  /** Streams that stay longer or shorter than the rest of their tenant: the first that fits counts. @default - none */
  readonly streams?: readonly StreamRetention[];
}

/** How long some streams stay. */
export interface StreamRetention {
  readonly tenant: Tenant;
  /** Labels and their values. */
  readonly labels: Readonly<Record<string, string>>;
  readonly days: number;
}

export const defaultRetention = { audit: 400, application: 30 } as const satisfies Readonly<Record<Tenant, number>>;

/** The least that each tenant keeps. A year of audit logs: PCI DSS 4.0, 10.5.1. Loki refuses less than a day. */
export const leastDays = { audit: 365, application: 1 } as const satisfies Readonly<Record<Tenant, number>>;

/** Attributes that are labels: each has few values, and none is taken from a line. */
export const labelAttributes: readonly string[] = [
  attributes.source,
  attributes.node,
  attributes.namespace,
  attributes.container,
  attributes.unit,
];

/** The label that Loki makes of an attribute. */
export function labelOf(attribute: string): string {
  return attribute.replace(/[^A-Za-z0-9_]/g, '_');
}

const labels = labelAttributes.map(labelOf);

/** Everything that is wrong with how long lines stay. */
export function retentionFaults(key: string, retention: Retention): readonly LogsFault[] {
  const { streams = [], ...days } = retention;
  return [
    ...tenants.flatMap((tenant) => daysFaults(`${key}.${tenant}`, tenant, days[tenant] ?? defaultRetention[tenant])),
    ...streams.flatMap((stream, i) => streamFaults(`${key}.streams[${i}]`, stream)),
  ];
}

function daysFaults(key: string, tenant: Tenant, days: number): readonly LogsFault[] {
  const least = leastDays[tenant];
  if (Number.isSafeInteger(days) && days >= least) return [];
  const why = tenant === 'audit' ? 'audit logs are kept for a year (PCI DSS 4.0, 10.5.1)' : 'Loki keeps whole days';
  return [{ key, message: `${days} is no number of days from ${least}: ${why}`, remedy: `give ${least} or more` }];
}

function streamFaults(key: string, { tenant, labels: given, days }: StreamRetention): readonly LogsFault[] {
  if (!tenants.includes(tenant)) {
    const message = `there is no tenant ${JSON.stringify(tenant)}`;
    return [{ key: `${key}.tenant`, message, remedy: `use one of ${tenants.join(', ')}` }];
  }
  const names = Object.keys(given);
  const faults = [...daysFaults(`${key}.days`, tenant, days)];
  if (names.length === 0) {
    const message = 'it names no stream, and would be the retention of its whole tenant';
    faults.push({ key: `${key}.labels`, message, remedy: `give a label of ${labels.join(', ')}` });
  }
  for (const name of names.filter((each) => !labels.includes(each)))
    faults.push({
      key: `${key}.labels.${name}`,
      message: `${name} is no label of a stream: only what has few values is one`,
      remedy: `use ${labels.join(', ')}`,
    });
  return faults;
}
