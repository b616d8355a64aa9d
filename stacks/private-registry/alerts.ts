import { leafDays } from '../../core/certificates/certificate';
import type { KubernetesObject } from '../../core/manifest/object';
import type { RegistryProduct } from '../../core/registry/products';
import { type Alert, type AlertOptions, prometheusRule } from '../prometheus-rule';
import { clusterMetrics, ownMetrics, zotMetrics } from './metrics';
import { registryName } from './parts';

interface RegistryAlert extends Alert {
  /** What has to be there for it. @default - nothing */
  readonly of?: 'volume' | 'backup';
}

/** The alerts of a registry in a namespace. */
function alertsIn(namespace: string, product: RegistryProduct = 'distribution'): readonly RegistryAlert[] {
  const own = `namespace="${namespace}"`;
  const m = { ...clusterMetrics, ...(product === 'zot' ? zotMetrics : ownMetrics) };
  const claims = `{${own},persistentvolumeclaim=~"(data|copies)-${registryName}-.+"}`;
  const copies = `${m.inodesUsed}{${own},persistentvolumeclaim=~"copies-${registryName}-.+"}`;
  return [
    {
      alert: 'RegistryDown',
      expr: `sum by (namespace) (${m.ready}{${own},statefulset="${registryName}"}) < 1`,
      for: '5m',
      severity: 'critical',
      summary: 'nobody can pull',
      description:
        'No replica of the registry in {{ $labels.namespace }} has been ready for 5 minutes. Pods that run go on; none can start on a node that has not its image.',
    },
    {
      alert: 'RegistryFails',
      expr: `sum(rate(${m.requests}{${own},code=~"5.."}[10m])) / sum(rate(${m.requests}{${own}}[10m])) > 0.05`,
      for: '10m',
      severity: 'critical',
      summary: 'the registry answers with errors of its own',
      description: '{{ $value | humanizePercentage }} of the requests of the last 10 minutes failed: its log says why.',
    },
    {
      alert: 'RegistryPasswordsTried',
      expr: `sum(rate(${m.requests}{${own},code="401"}[10m])) > 5 and sum(rate(${m.requests}{${own},code="401"}[10m])) > 3 * sum(rate(${m.requests}{${own},code=~"2.."}[10m]))`,
      for: '10m',
      severity: 'warning',
      summary: 'somebody tries passwords at the registry',
      description: '{{ $value | humanize }} requests a second are refused, far more than are answered.',
    },
    {
      alert: 'RegistryRestarts',
      expr: `sum(increase(${m.restarts}{${own},container="${registryName}"}[1h])) > 3`,
      for: '0m',
      severity: 'warning',
      summary: 'the registry ends again and again',
      description:
        'It was started anew {{ $value | humanize }} times in an hour: the log of the container before says why.',
    },
    {
      alert: 'RegistryVolumeFilling',
      of: 'volume',
      expr: `max by (persistentvolumeclaim) (1 - ${m.available}${claims} / ${m.capacity}${claims}) > 0.85 or max by (persistentvolumeclaim) (1 - ${m.inodesFree}${claims} / ${m.inodes}${claims}) > 0.85`,
      for: '15m',
      severity: 'warning',
      summary: 'a volume of the registry is nearly full',
      description:
        '{{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full. Once it is, pushes and copies fail; pulls go on.',
    },
    {
      alert: 'RegistryCopyMissing',
      of: 'backup',
      // The number of files is another after each copy: the script sees to it.
      expr: `max by (persistentvolumeclaim) (changes(${copies}[26h])) == 0 and max by (persistentvolumeclaim) (${copies} offset 26h)`,
      for: '1h',
      severity: 'critical',
      summary: 'the registry is not copied',
      description:
        'Nothing has changed on {{ $labels.persistentvolumeclaim }} for 26 hours: there was no copy. What is pushed since would be lost with the volume.',
    },
    {
      alert: 'RegistryCertificateOld',
      expr: `(min(${m.certificate}{${own},name="${registryName}"}) - time()) / 86400 < ${leafDays.renewBefore / 2}`,
      for: '1h',
      severity: 'critical',
      summary: 'the certificate of the registry is not renewed',
      description:
        'It ends in {{ $value | humanize }} days, and cert-manager was to renew it long ago: no node pulls then.',
    },
  ];
}

/** What the rules are made for. */
export interface RegistryRulesOptions extends AlertOptions {
  /** Whether blobs are on a volume. */
  readonly volume: boolean;
  /** Whether there are copies. */
  readonly backup: boolean;
  /** @default 'distribution' */
  readonly product?: RegistryProduct;
}

/** The alerts on the registry, for the Prometheus operator. */
export function registryRules({ volume, backup, product, ...options }: RegistryRulesOptions): KubernetesObject {
  const there = { volume, backup };
  const own = alertsIn(options.namespace, product).filter(({ of }) => of === undefined || there[of]);
  return prometheusRule('private-registry', own, options);
}

/** The names of the alerts: each has a runbook. */
export const registryAlertNames: readonly string[] = alertsIn('registry').map(({ alert }) => alert);
