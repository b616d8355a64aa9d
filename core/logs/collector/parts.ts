import type { Json } from '../../manifest/object';

/** The configuration of an OpenTelemetry Collector, as plain data. */
export type CollectorConfig = Readonly<Record<string, Json>>;

/** Files of a certificate, its key, and of the CA that the other side's is signed by. Both sides show one. */
export interface TlsFiles {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/** Where a program listens. */
export interface Listeners {
  /** Of health: `0.0.0.0:13133`. */
  readonly health: string;
  /** Of Prometheus' metrics about itself. */
  readonly metrics: { readonly host: string; readonly port: number };
}

export const megabyte = 1024 * 1024;

/** The attempts that the Collector makes, to send and to take what it has read: it never gives up, since what it gives up is lost. */
export const retryForever = {
  enabled: true,
  initial_interval: '1s',
  max_interval: '10s',
  max_elapsed_time: 0,
} as const;

/** Slows a Collector down before it takes more memory than that, in MiB. */
export function memoryLimiter(mebibytes: number): Json {
  return { check_interval: '1s', limit_mib: mebibytes, spike_limit_mib: Math.floor(mebibytes / 5) };
}

/** A queue on the disk. When it is full, whoever sends has to wait: nothing is dropped. */
export function diskQueue(
  storage: string,
  bytes: number,
  batch: { readonly least: number; readonly most: number },
  gather = '500ms',
): Json {
  return {
    enabled: true,
    storage,
    sizer: 'bytes',
    queue_size: bytes,
    block_on_overflow: true,
    num_consumers: 4,
    batch: { flush_timeout: gather, min_size: batch.least, max_size: batch.most },
  };
}

/** Files of a queue. They are cut back after a long stop, and on each start. */
export function fileStorage(directory: string): Json {
  return {
    directory,
    create_directory: true,
    directory_permissions: '0700',
    timeout: '10s',
    fsync: false,
    compaction: { on_start: true, on_rebound: true, directory, cleanup_on_start: true },
  };
}

export function telemetry({ metrics }: Listeners): Json {
  return {
    logs: { level: 'info', encoding: 'json' },
    metrics: {
      level: 'normal',
      readers: [{ pull: { exporter: { prometheus: { host: metrics.host, port: metrics.port } } } }],
    },
  };
}

export function clientTls({ caFile, certFile, keyFile }: TlsFiles): Json {
  return { ca_file: caFile, cert_file: certFile, key_file: keyFile, min_version: '1.3' };
}
