import type { Json } from '../../manifest/object';
import { attributes, logSources, type Tenant, tenantOf, tenants } from '../sources';
import {
  type CollectorConfig,
  clientTls,
  diskQueue,
  fileStorage,
  type Listeners,
  megabyte,
  memoryLimiter,
  retryForever,
  type TlsFiles,
  telemetry,
} from './parts';

/** What a gateway takes, and where it sends it. */
export interface GatewaySettings {
  /** Where agents find it: `0.0.0.0:4317`. */
  readonly listen: string;
  /** What it shows agents, and whose certificates it takes. */
  readonly tls: TlsFiles;
  /** A folder of its volume. */
  readonly folder: string;
  /** What may wait on its disk for each tenant. */
  readonly queueBytes: number;
  readonly memoryMebibytes: number;
  /** The store: `https://loki:3100/otlp`, to which `/v1/logs` is added. */
  readonly store: { readonly endpoint: string; readonly tls: TlsFiles };
  readonly listeners: Listeners;
}

/** The configuration of the gateway: one queue for each tenant, so that one that Loki slows down does not hold up the other. */
export function gatewayConfig(settings: GatewaySettings): CollectorConfig {
  const { tls, store, folder, queueBytes, memoryMebibytes } = settings;
  return {
    extensions: {
      'file_storage/gateway': fileStorage(folder),
      health_check: { endpoint: settings.listeners.health },
    },
    receivers: {
      otlp: {
        protocols: {
          grpc: {
            endpoint: settings.listen,
            max_recv_msg_size_mib: 16,
            tls: {
              cert_file: tls.certFile,
              key_file: tls.keyFile,
              client_ca_file: tls.caFile,
              min_version: '1.3',
              reload_interval: '1h',
            },
          },
        },
      },
    },
    processors: {
      memory_limiter: memoryLimiter(memoryMebibytes),
      ...Object.fromEntries(tenants.map((tenant) => [`filter/${tenant}`, filterOf(tenant)])),
    },
    exporters: Object.fromEntries(
      tenants.map((tenant) => [
        `otlp_http/${tenant}`,
        {
          endpoint: store.endpoint,
          headers: { 'X-Scope-OrgID': tenant },
          tls: clientTls(store.tls),
          compression: 'zstd',
          timeout: '30s',
          retry_on_failure: retryForever,
          sending_queue: diskQueue('file_storage/gateway', queueBytes, { least: megabyte, most: 3 * megabyte }),
        },
      ]),
    ),
    service: {
      extensions: ['file_storage/gateway', 'health_check'],
      telemetry: telemetry(settings.listeners),
      pipelines: Object.fromEntries(
        tenants.map((tenant) => [
          `logs/${tenant}`,
          {
            receivers: ['otlp'],
            processors: ['memory_limiter', `filter/${tenant}`],
            exporters: [`otlp_http/${tenant}`],
          },
        ]),
      ),
    },
  };
}

/** Drops what is another tenant's. */
function filterOf(tenant: Tenant): Json {
  const own = logSources.filter((source) => tenantOf[source] === tenant);
  const others = own.map((source) => `resource.attributes["${attributes.source}"] != "${source}"`);
  // What says nothing of where it comes from is the application's: who may read audit logs may trust what stands there.
  const unknown = tenant === 'audit' ? [] : [`resource.attributes["${attributes.source}"] != nil`];
  return { error_mode: 'propagate', logs: { log_record: [[...others, ...unknown].join(' and ')] } };
}
