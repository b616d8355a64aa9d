import type { KubernetesObject } from '../../core/manifest/object';
import type { RegistryProduct } from '../../core/registry/products';
import { certificateDays } from '../log-pipeline/parts';
import { type Alert, type AlertOptions, prometheusRule } from '../prometheus-rule';
import { registryName } from './parts';

interface RegistryAlert extends Alert {
  /** Whether it is about a volume. @default - about each registry */
  readonly ofVolume?: boolean;
}

/** Counters of distribution's debug server, and of zot, and gauges of kube-state-metrics, the kubelet and cert-manager. */
export const registryMetrics = {
  requests: 'registry_http_requests_total',
  zotRequests: 'zot_http_requests_total',
  ready: 'kube_statefulset_status_replicas_ready',
  available: 'kubelet_volume_stats_available_bytes',
  capacity: 'kubelet_volume_stats_capacity_bytes',
  inodesFree: 'kubelet_volume_stats_inodes_free',
  inodes: 'kubelet_volume_stats_inodes',
  restarts: 'kube_pod_container_status_restarts_total',
  certificate: 'certmanager_certificate_expiration_timestamp_seconds',
} as const;

/** The alerts of a registry in a namespace. */
function alertsIn(namespace: string, product: RegistryProduct = 'distribution'): readonly RegistryAlert[] {
  const own = `namespace="${namespace}"`;
  const m = { ...registryMetrics, ...(product === 'zot' && { requests: registryMetrics.zotRequests }) };
  const claims = `{${own},persistentvolumeclaim=~"(data|copies)-${registryName}-.+"}`;
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
      ofVolume: true,
      expr: `max by (persistentvolumeclaim) (1 - ${m.available}${claims} / ${m.capacity}${claims}) > 0.85 or max by (persistentvolumeclaim) (1 - ${m.inodesFree}${claims} / ${m.inodes}${claims}) > 0.85`,
      for: '15m',
      severity: 'warning',
      summary: 'a volume of the registry is nearly full',
      description:
        '{{ $labels.persistentvolumeclaim }} is {{ $value | humanizePercentage }} full. Once it is, pushes and copies fail; pulls go on.',
    },
    {
      alert: 'RegistryCertificateOld',
      expr: `(min(${m.certificate}{${own},name="${registryName}"}) - time()) / 86400 < ${certificateDays.renewBefore / 2}`,
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
  /** @default 'distribution' */
  readonly product?: RegistryProduct;
}

/** The alerts on the registry, for the Prometheus operator. */
export function registryRules({ volume, product, ...options }: RegistryRulesOptions): KubernetesObject {
  const own = alertsIn(options.namespace, product).filter(({ ofVolume = false }) => volume || !ofVolume);
  return prometheusRule('private-registry', own, options);
}

/** The names of the alerts: each has a runbook. */
export const registryAlertNames: readonly string[] = alertsIn('registry').map(({ alert }) => alert);
