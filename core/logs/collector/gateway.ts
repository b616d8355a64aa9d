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
  readonly store: {
    readonly endpoint: string;
    readonly tls: TlsFiles;
    /** Every store of OTLP takes gzip (https://opentelemetry.io/docs/specs/otlp/#otlphttp); Loki zstd, too. @default 'zstd' */
    readonly compression?: 'gzip' | 'zstd';
  };
  /** Where the audit log goes besides. @default - nowhere */
  readonly archive?: ArchiveSettings;
  readonly listeners: Listeners;
}

/** A bucket of S3 whose objects nobody can change. There is no key: who the gateway is, its environment says. */
export interface ArchiveSettings {
  readonly bucket: string;
  readonly region: string;
  /** How long lines are gathered for one object. @default '60s' */
  readonly gather?: string;
}

/** The exporter to the archive, which its metrics are known by. */
export const archiveExporter = 'awss3/archive';

/** The configuration of the gateway: one queue for each tenant, so that one that Loki slows down does not hold up the other. */
export function gatewayConfig(settings: GatewaySettings): CollectorConfig {
  const { tls, store, folder, queueBytes, memoryMebibytes, archive } = settings;
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
    exporters: {
      ...Object.fromEntries(
        tenants.map((tenant) => [
          `otlp_http/${tenant}`,
          {
            endpoint: store.endpoint,
            headers: { 'X-Scope-OrgID': tenant },
            tls: clientTls(store.tls),
            compression: store.compression ?? 'zstd',
            timeout: '30s',
            retry_on_failure: retryForever,
            sending_queue: diskQueue('file_storage/gateway', queueBytes, { least: megabyte, most: 3 * megabyte }),
          },
        ]),
      ),
      ...(archive !== undefined && { [archiveExporter]: archiveOf(archive, queueBytes) }),
    },
    service: {
      extensions: ['file_storage/gateway', 'health_check'],
      telemetry: telemetry(settings.listeners),
      pipelines: Object.fromEntries(
        tenants.map((tenant) => [
          `logs/${tenant}`,
          {
            receivers: ['otlp'],
            processors: ['memory_limiter', `filter/${tenant}`],
            exporters: [
              `otlp_http/${tenant}`,
              ...(tenant === 'audit' && archive !== undefined ? [archiveExporter] : []),
            ],
          },
        ]),
      ),
    },
  };
}

/**
 * Objects of many lines each, as OTLP in JSON, which a Collector can read again. No key of an object comes twice: one that did would be
 * another version, and the first would stay.
 */
function archiveOf({ bucket, region, gather = '60s' }: ArchiveSettings, queueBytes: number): Json {
  const queue = diskQueue('file_storage/gateway', queueBytes, { least: 4 * megabyte, most: 8 * megabyte }, gather);
  return {
    s3uploader: {
      region,
      s3_bucket: bucket,
      s3_prefix: 'audit',
      s3_partition_format: 'year=%Y/month=%m/day=%d/hour=%H',
      s3_partition_timezone: 'UTC',
      unique_key_func_name: 'uuidv7',
      compression: 'gzip',
    },
    marshaler: 'otlp_json',
    timeout: '60s',
    retry_on_failure: retryForever,
    sending_queue: queue,
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
