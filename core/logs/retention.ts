import { isDnsLabel, isDnsSubdomain } from '../manifest/names';
import type { LogsFault } from './fault';
import { labelOf } from './labels';
import { attributes, logSources, type Tenant, tenantOf, tenants } from './sources';

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
const leastDays = { audit: 365, application: 1 } as const satisfies Readonly<Record<Tenant, number>>;

/** Attributes that are labels: each has few values, and none is taken from a line. */
export const labelAttributes: readonly string[] = [
  attributes.source,
  attributes.node,
  attributes.namespace,
  attributes.container,
  attributes.unit,
];

/** A century: Loki counts nanoseconds, of which there is no number for 300 years. */
const mostDays = 36_500;

/** Everything that is wrong with how long lines stay. @param own attributes that are labels besides those that there are */
export function retentionFaults(key: string, retention: Retention, own: readonly string[] = []): readonly LogsFault[] {
  const { streams = [], ...days } = retention;
  const labels = [...labelAttributes, ...own].map(labelOf);
  return [
    ...tenants.flatMap((tenant) => daysFaults(`${key}.${tenant}`, tenant, days[tenant] ?? defaultRetention[tenant])),
    ...streams.flatMap((stream, i) => [
      ...streamFaults(`${key}.streams[${i}]`, stream, labels),
      ...shadowFaults(`${key}.streams`, streams, i),
    ]),
  ];
}

function daysFaults(key: string, tenant: Tenant, days: number): readonly LogsFault[] {
  const least = leastDays[tenant];
  if (Number.isSafeInteger(days) && days > mostDays)
    return [{ key, message: `${days} days are more than a century`, remedy: `give ${mostDays} or less` }];
  if (Number.isSafeInteger(days) && days >= least) return [];
  const why = tenant === 'audit' ? 'audit logs are kept for a year (PCI DSS 4.0, 10.5.1)' : 'Loki keeps whole days';
  return [{ key, message: `${days} is no number of days from ${least}: ${why}`, remedy: `give ${least} or more` }];
}

function streamFaults(
  key: string,
  { tenant, labels: given, days }: StreamRetention,
  labels: readonly string[],
): readonly LogsFault[] {
  if (!tenants.includes(tenant)) {
    const message = `there is no tenant ${JSON.stringify(tenant)}`;
    return [{ key: `${key}.tenant`, message, remedy: `use one of ${tenants.join(', ')}` }];
  }
  const faults = [...daysFaults(`${key}.days`, tenant, days)];
  if (Object.keys(given).length === 0) {
    const message = 'it names no stream, and would be the retention of its whole tenant';
    faults.push({ key: `${key}.labels`, message, remedy: `give a label of ${labels.join(', ')}` });
  }
  for (const [name, value] of Object.entries(given)) {
    const at = `${key}.labels.${name}`;
    if (!labels.includes(name)) {
      const message = `${name} is no label of a stream: only what has few values is one`;
      faults.push({ key: at, message, remedy: `use ${labels.join(', ')}` });
    } else if (!(forms[name] ?? isSet)(value, tenant)) {
      const message = `no stream of ${tenant} has the value ${JSON.stringify(value.slice(0, 100))}, which is compared as it is`;
      faults.push({ key: at, message, remedy: 'write it as the label has it: queries show which values there are' });
    }
  }
  return faults;
}

const isSet = (value: string): boolean => value !== '';

/** What a label may be, so far as that is known. */
const forms: Readonly<Record<string, (value: string, tenant: Tenant) => boolean>> = {
  [labelOf(attributes.source)]: (value, tenant) =>
    logSources.some((source) => source === value && tenantOf[source] === tenant),
  [labelOf(attributes.node)]: isDnsSubdomain,
  [labelOf(attributes.namespace)]: isDnsLabel,
  [labelOf(attributes.container)]: isDnsLabel,
  // What differs from login to login stands in no label.
  [labelOf(attributes.unit)]: (value) =>
    /^[\w:.\\@-]+\.[a-z]+$/.test(value) && !/@[^.]|-.*\.(scope|mount)$/.test(value),
};

/** Of streams that several entries fit, the first counts. */
function shadowFaults(key: string, streams: readonly StreamRetention[], i: number): readonly LogsFault[] {
  const { tenant, labels = {} } = streams[i] ?? {};
  const first = streams.slice(0, i).findIndex((other) => {
    const pairs = Object.entries(other.labels);
    return other.tenant === tenant && pairs.length > 0 && pairs.every(([name, value]) => labels[name] === value);
  });
  if (first < 0) return [];
  const message = `all of its streams are those of streams[${first}], too, which comes first and counts`;
  return [{ key: `${key}[${i}]`, message, remedy: 'put what is narrower first, or leave one out' }];
}
