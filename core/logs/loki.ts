import type { Bucket } from '../bucket';
import type { Json } from '../manifest/object';
import type { TlsFiles } from './collector/parts';
import { grpcClient, type LokiRing, replicationFactor, ringConfig, tlsServer } from './loki-ring';
import { defaultRetention, labelAttributes, type Retention } from './retention';
import { tenants } from './sources';

/** What Loki is asked for. */
export interface LokiSettings {
  /** Its data, on a volume. */
  readonly folder: string;
  /** The folder of its configuration. */
  readonly configFolder: string;
  /** Where it listens, with TLS on both sides. */
  readonly listen: { readonly address: string; readonly port: number };
  /** Of health and metrics, without TLS: probes have no certificate. */
  readonly internal: { readonly address: string; readonly port: number };
  /** Between its own parts: within the pod, unless there is a ring. */
  readonly grpcPort: number;
  readonly tls: TlsFiles;
  readonly retention?: Retention;
  /** What each tenant may send in a second, on average. */
  readonly ingestMebibytesPerSecond: number;
  /** Attributes that are labels besides those that there are. @default - none */
  readonly labels?: readonly string[];
  /** Where chunks and index are kept. @default - in the folder */
  readonly bucket?: Bucket;
  /** Other processes of it. They need a bucket. @default - it is one process */
  readonly ring?: LokiRing;
  /** How often old lines are looked for. @default '10m' */
  readonly compactionInterval?: string;
  /** After which a chunk that nothing refers to is deleted. @default '2h' */
  readonly deleteDelay?: string;
  /** How often the index in a bucket is read again: a line that was deleted is answered until then. @default '5m' */
  readonly resyncInterval?: string;
}

/** The first day of the schema, long ago: lines may be older than the cluster. */
const schemaFrom = '2024-01-01';

/** How long the lines of a stream may come late, compared with the latest: half of that. */
const maxChunkAge = '24h';

/** The configuration of a Loki: one process with its data on a volume, or several that keep them in a bucket. */
export function lokiConfig(settings: LokiSettings): Readonly<Record<string, Json>> {
  const { folder, configFolder, listen, internal, grpcPort, tls, ingestMebibytesPerSecond, ring } = settings;
  const loopback = '127.0.0.1';
  const address = ring?.address ?? loopback;
  const kept = settings.bucket?.kind ?? 'filesystem';
  const labels = [...new Set([...labelAttributes, ...(settings.labels ?? [])])];
  return {
    target: 'all',
    auth_enabled: true,
    analytics: { reporting_enabled: false },
    server: {
      http_listen_address: listen.address,
      http_listen_port: listen.port,
      grpc_listen_address: ring === undefined ? loopback : listen.address,
      grpc_listen_port: grpcPort,
      log_level: 'warn',
      grpc_server_max_recv_msg_size: 16 * 1024 * 1024,
      grpc_server_max_send_msg_size: 16 * 1024 * 1024,
      http_tls_config: tlsServer(tls),
      ...(ring !== undefined && { grpc_tls_config: tlsServer(tls) }),
      tls_min_version: 'VersionTLS12',
    },
    internal_server: {
      enable: true,
      http_listen_address: internal.address,
      http_listen_port: internal.port,
    },
    common: {
      instance_addr: address,
      path_prefix: folder,
      replication_factor: ring === undefined ? 1 : replicationFactor,
      ring: { kvstore: { store: ring === undefined ? 'inmemory' : 'memberlist' } },
      storage: storageOf(settings),
    },
    ...(ring !== undefined && ringConfig(tls, ring, listen.address)),
    frontend: { address, ...(ring !== undefined && { grpc_client_config: grpcClient(tls, ring) }) },
    schema_config: {
      configs: [
        {
          from: schemaFrom,
          store: 'tsdb',
          object_store: kept,
          schema: 'v13',
          index: { prefix: 'index_', period: '24h' },
        },
      ],
    },
    storage_config: {
      tsdb_shipper: {
        resync_interval: settings.resyncInterval ?? '5m',
        ...(ring !== undefined && { index_gateway_client: { grpc_client_config: grpcClient(tls, ring) } }),
      },
    },
    ingester: {
      chunk_encoding: 'snappy',
      chunk_idle_period: '30m',
      max_chunk_age: maxChunkAge,
      wal: { enabled: true, dir: `${folder}/wal`, flush_on_shutdown: true, replay_memory_ceiling: '1GB' },
    },
    compactor: {
      working_directory: `${folder}/compactor`,
      compaction_interval: settings.compactionInterval ?? '10m',
      retention_enabled: true,
      retention_delete_delay: settings.deleteDelay ?? '2h',
      delete_request_store: kept,
    },
    limits_config: {
      retention_period: days(Math.max(...Object.values(defaultRetention))),
      reject_old_samples: false,
      creation_grace_period: '10m',
      max_line_size: '2MB',
      max_line_size_truncate: true,
      ingestion_rate_mb: ingestMebibytesPerSecond,
      ingestion_burst_size_mb: 2 * ingestMebibytesPerSecond,
      per_stream_rate_limit: `${ingestMebibytesPerSecond}MB`,
      per_stream_rate_limit_burst: `${2 * ingestMebibytesPerSecond}MB`,
      max_label_names_per_series: labels.length,
      max_global_streams_per_user: 20_000,
      // Whoever asks for the most frequent of something has Loki count all of it first, such as each user.
      max_query_series: 20_000,
      discover_service_name: [],
      discover_log_levels: false,
      volume_enabled: false,
      allow_structured_metadata: true,
      otlp_config: {
        resource_attributes: {
          ignore_defaults: true,
          attributes_config: [{ action: 'index_label', attributes: labels }],
        },
      },
    },
    runtime_config: { file: `${configFolder}/overrides.yaml`, period: '10s' },
  };
}

function storageOf({ bucket, folder }: LokiSettings): Json {
  if (bucket === undefined)
    return { filesystem: { chunks_directory: `${folder}/chunks`, rules_directory: `${folder}/rules` } };
  if (bucket.kind === 'gcs') return { gcs: { bucket_name: bucket.bucket } };
  if (bucket.kind === 'azure')
    return { azure: { account_name: bucket.account, container_name: bucket.bucket, use_federated_token: true } };
  const { bucket: bucketnames, region, kmsKeyArn } = bucket;
  const sse: Json = kmsKeyArn === undefined ? { type: 'SSE-S3' } : { type: 'SSE-KMS', kms_key_id: kmsKeyArn };
  return { s3: { bucketnames, region, insecure: false, s3forcepathstyle: false, sse } };
}

/** What differs from tenant to tenant: a file of its own, which Loki reads again when it changes. */
export function lokiOverrides({ streams = [], ...retention }: Retention = {}): Readonly<Record<string, Json>> {
  return {
    overrides: Object.fromEntries(
      tenants.map((tenant) => {
        const own = streams.filter((stream) => stream.tenant === tenant);
        return [
          tenant,
          {
            retention_period: days(retention[tenant] ?? defaultRetention[tenant]),
            ...(own.length > 0 && {
              retention_stream: own.map(({ labels, days: of }, i) => ({
                selector: selectorOf(labels),
                priority: own.length - i,
                period: days(of),
              })),
            }),
          },
        ];
      }),
    ),
  };
}

function selectorOf(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `{${pairs.join(', ')}}`;
}

function days(count: number): string {
  return `${24 * count}h`;
}
