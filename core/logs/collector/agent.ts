import type { Json } from '../../manifest/object';
import { type RedactionSettings, redactionStatements } from '../redaction';
import { attributes, type LogSource } from '../sources';
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

/** What an agent reads, and where it sends it. */
export interface AgentSettings {
  /** The name of the node. `${env:NODE_NAME}` is what a pod is told. */
  readonly node: string;
  /** Files of the audit log; patterns are allowed. @default - none */
  readonly audit?: readonly string[];
  /** Files of containers, as the kubelet names them. @default - none */
  readonly containers?: { readonly include: readonly string[]; readonly exclude?: readonly string[] };
  /** The journal of the node: units, or all of them. @default - none */
  readonly journal?: { readonly directory: string; readonly units?: readonly string[] };
  /** Whether it asks the API server for the events of all namespaces: one Collector in the cluster does. @default false */
  readonly events?: boolean;
  readonly redaction?: RedactionSettings;
  /** A folder of the node, for how far it has read and for what it has not sent yet. */
  readonly folder: string;
  /** What may wait on the node's disk, redacted. */
  readonly queueBytes: number;
  /** What it may take, in MiB: it slows down before that. */
  readonly memoryMebibytes: number;
  /** `gateway:4317` */
  readonly gateway: string;
  readonly tls: TlsFiles;
  readonly listeners: Listeners;
}

/** The longest line. A longer one comes in pieces of that length. */
const maxLine = megabyte;

/**
 * By what a file is known again: so much of its beginning, which stands in the agent's folder as it is, not redacted. A line of the audit log
 * begins with 85 characters that are nearly the same and the id of the event; a line of a container with the time in nanoseconds.
 */
const fingerprint = { audit: 121, container: 37 } as const;

/** A time that a clock far ahead has written is not believed: Loki would refuse the line. */
const mostAhead = 300;

/** What every receiver of files has. */
function files(
  source: LogSource & keyof typeof fingerprint,
  node: string,
  include: readonly string[],
  exclude: readonly string[],
) {
  return {
    include: [...include],
    ...(exclude.length > 0 && { exclude: [...exclude] }),
    start_at: 'beginning',
    storage: 'file_storage/agent',
    fingerprint_size: fingerprint[source],
    max_log_size: maxLine,
    encoding: 'utf-8',
    poll_interval: '200ms',
    include_file_name: false,
    resource: { [attributes.source]: source, [attributes.node]: node },
    // Memory runs short: the file is read later.
    retry_on_failure: retryForever,
  };
}

function auditReceiver(node: string, include: readonly string[]): Json {
  return {
    ...files('audit', node, include, []),
    operators: [
      {
        type: 'regex_parser',
        regex: '"stageTimestamp":"(?P<time>[^"]+)"',
        on_error: 'send_quiet',
        timestamp: {
          parse_from: 'attributes.time',
          layout_type: 'gotime',
          layout: '2006-01-02T15:04:05.999999999Z07:00',
        },
      },
      { type: 'remove', field: 'attributes.time', on_error: 'send_quiet' },
    ],
  };
}

function containerReceiver(node: string, { include, exclude = [] }: AgentSettings['containers'] & object): Json {
  return {
    ...files('container', node, include, exclude),
    include_file_path: true,
    // A line that is none of a container runtime's goes on as it is, and not into the agent's own log, where nothing is redacted.
    operators: [{ type: 'container', max_log_size: maxLine, on_error: 'send_quiet' }],
  };
}

/**
 * What `journalctl` prints as it comes: it would leave out what is less than `info`, and give long messages as null; and messages that are no
 * UTF-8 as lists of numbers, in which nothing would be found.
 */
const allOfJournal = { priority: 'debug', all: true, convert_message_bytes: true } as const;

/**
 * A unit as a label: without what differs from login to login and from container to container, which would make a stream of each.
 * `user@1000.service` is `user@.service`, `session-4.scope` is `session.scope`, `run-u12.service` is `run.service`.
 */
function unitLabel(unit: string): string {
  const first = (by: string): string => `split(${unit}, "${by}")[0]`;
  const type = `last(split(${unit}, "."))`;
  const passing = `(${unit} endsWith ".scope" or ${unit} endsWith ".mount" or ${unit} startsWith "run-") and ${unit} contains "-"`;
  return `EXPR(${unit} contains "@" ? ${first('@')} + "@." + ${type} : ${passing} ? ${first('-')} + "." + ${type} : ${unit})`;
}

function journalReceiver(node: string, { directory, units = [] }: AgentSettings['journal'] & object): Json {
  const unit = 'body._SYSTEMD_UNIT';
  const label = `resource["${attributes.unit}"]`;
  return {
    directory,
    ...(units.length > 0 && { units: [...units] }),
    ...allOfJournal,
    start_at: 'beginning',
    storage: 'file_storage/agent',
    resource: { [attributes.source]: 'journal', [attributes.node]: node },
    retry_on_failure: retryForever,
    operators: [
      { type: 'add', field: label, value: unitLabel(unit), if: `${unit} != nil` },
      {
        type: 'move',
        from: unit,
        to: `attributes["${attributes.unit}.name"]`,
        if: `${unit} != nil and ${unit} != ${label}`,
      },
      { type: 'move', from: 'body.MESSAGE', to: 'body', on_error: 'send_quiet' },
    ],
  };
}

/** The configuration of the agent on each node: what leaves it, and what waits on its disk, has been redacted. */
export function agentConfig(settings: AgentSettings): CollectorConfig {
  const { node, audit = [], containers, journal, events = false, redaction } = settings;
  const { folder, queueBytes, memoryMebibytes } = settings;
  const receivers: Record<string, Json> = {
    ...(audit.length > 0 && { 'file_log/audit': auditReceiver(node, audit) }),
    ...(containers !== undefined && { 'file_log/container': containerReceiver(node, containers) }),
    ...(journal !== undefined && { journald: journalReceiver(node, journal) }),
  };
  const asLeaves = ['memory_limiter', 'transform/redact'];
  return {
    extensions: {
      'file_storage/agent': fileStorage(folder),
      health_check: { endpoint: settings.listeners.health },
    },
    receivers: { ...receivers, ...(events && { k8s_events: { auth_type: 'serviceAccount' } }) },
    processors: {
      ...(events && { 'transform/event': event }),
      memory_limiter: memoryLimiter(memoryMebibytes),
      'transform/redact': {
        error_mode: 'ignore',
        log_statements: [...redactionStatements(redaction), clock] as unknown as Json,
      },
    },
    exporters: {
      otlp_grpc: {
        endpoint: settings.gateway,
        tls: clientTls(settings.tls),
        compression: 'snappy',
        timeout: '30s',
        retry_on_failure: retryForever,
        sending_queue: diskQueue('file_storage/agent', queueBytes, { least: megabyte / 2, most: 2 * megabyte }),
      },
    },
    service: {
      extensions: ['file_storage/agent', 'health_check'],
      telemetry: telemetry(settings.listeners),
      pipelines: {
        ...(Object.keys(receivers).length > 0 && {
          logs: { receivers: Object.keys(receivers), processors: asLeaves, exporters: ['otlp_grpc'] },
        }),
        ...(events && {
          'logs/event': {
            receivers: ['k8s_events'],
            processors: ['transform/event', ...asLeaves],
            exporters: ['otlp_grpc'],
          },
        }),
      },
    },
  };
}

const clock = {
  context: 'log',
  conditions: [`time_unix_nano > observed_time_unix_nano + ${mostAhead}000000000`],
  statements: ['set(attributes["log.time.claimed"], String(time_unix_nano))', 'set(time, observed_time)'],
};

/** Where an event comes from, and in whose namespace the object is that it is about: each event is a resource of its own. */
const event = {
  error_mode: 'ignore',
  log_statements: [
    {
      context: 'log',
      statements: [
        `set(resource.attributes["${attributes.source}"], "event")`,
        `set(resource.attributes["${attributes.namespace}"], attributes["${attributes.namespace}"])`,
        `delete_key(attributes, "${attributes.namespace}")`,
      ],
    },
  ],
};
