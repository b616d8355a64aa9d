import { auditLogOf } from './audit-log';
import { fault } from './checks';
import type { ControlPlaneFault } from './fault';
import type { AuditLogFile, AuditSettings, AuditWebhook } from './settings';

/** The load that an audit log has to take, on each API server. */
export interface AuditLoad {
  /** Requests a second that are logged by `Metadata`: reads, and whatever is about Secrets and custom resources. */
  readonly readsPerSecond: number;
  /** Requests a second that are logged with their bodies: changes. */
  readonly changesPerSecond: number;
  /** Hours that the node keeps the log for, while nobody takes it away. @default 24 */
  readonly keepHours?: number;
  /** Seconds that the service behind a webhook may be away for without an event being dropped. @default 60 */
  readonly outageSeconds?: number;
}

/** What a load comes to. A megabyte is 1,048,576 bytes, as in `--audit-log-maxsize`. */
export interface AuditSizing {
  readonly eventsPerSecond: number;
  readonly megabytesPerDay: number;
  /** The room that the log's disk has to have: all files, uncompressed, with the newest one and the one that is being compressed. 0 without files. */
  readonly diskMegabytes: number;
  /** Hours until the oldest event is deleted for its size. 0 without files. */
  readonly keptHours: number;
  /** The memory of kube-apiserver that a full buffer takes. 0 without a webhook. */
  readonly bufferMegabytes: number;
  /** Seconds until a buffer is full whose service is away. 0 without a webhook. */
  readonly bufferedSeconds: number;
}

/**
 * Bytes of an event at `Metadata`, and those of a change: 12 events and 50 kB for a new Deployment of three pods. Measured on kube-apiserver 1.36 with the
 * recommended policy.
 */
const bytes = { read: 1_100, change: 4_100 };
const memoryOfEvent = 4_096;
const megabyte = 1_048_576;

/** More files than that are rotated at a larger size. */
const mostFiles = 200;
/** What CIS 1.12 1.2.18 and 1.2.19 ask for at least. */
const leastFiles = 10;
const leastMegabytes = 100;
const leastBuffer = 10_000;
const leastQps = 10;
const batch = 400;

const eventsOf = ({ readsPerSecond, changesPerSecond }: AuditLoad): number => readsPerSecond + changesPerSecond;
const bytesOf = ({ readsPerSecond, changesPerSecond }: AuditLoad): number =>
  readsPerSecond * bytes.read + changesPerSecond * bytes.change;

/** The settings that a load takes, and never less than the defaults. */
export function settingsForLoad(load: AuditLoad): {
  readonly log: Required<Pick<AuditLogFile, 'maxBackups' | 'maxSizeMegabytes'>>;
  readonly webhook: Required<Pick<AuditWebhook, 'bufferSize' | 'throttleQps'>>;
} {
  const { keepHours = 24, outageSeconds = 60 } = load;
  const megabytes = (bytesOf(load) * keepHours * 3600) / megabyte;
  let maxSizeMegabytes = leastMegabytes;
  while (megabytes / maxSizeMegabytes > mostFiles) maxSizeMegabytes *= 2;
  return {
    log: { maxBackups: Math.max(leastFiles, Math.ceil(megabytes / maxSizeMegabytes)), maxSizeMegabytes },
    webhook: {
      bufferSize: Math.max(leastBuffer, Math.ceil(eventsOf(load) * outageSeconds)),
      // Twice the load, so that what has waited is sent some day.
      throttleQps: Math.max(leastQps, Math.ceil((2 * eventsOf(load)) / batch)),
    },
  };
}

/** What a load comes to with these settings. */
export function auditSizing(load: AuditLoad, settings: AuditSettings = {}): AuditSizing {
  const log = auditLogOf(settings);
  const perSecond = bytesOf(load) / megabyte;
  const size = log?.maxSizeMegabytes ?? 0;
  const files = log === undefined ? 0 : log.maxBackups + 1;
  const buffer = settings.webhook === undefined ? 0 : (settings.webhook.bufferSize ?? leastBuffer);
  return {
    eventsPerSecond: eventsOf(load),
    megabytesPerDay: Math.round(perSecond * 86_400),
    diskMegabytes: files === 0 ? 0 : (files + 1) * size,
    keptHours: rounded((files * size) / perSecond / 3600),
    bufferMegabytes: Math.ceil((buffer * memoryOfEvent) / megabyte),
    bufferedSeconds: Math.round(buffer / eventsOf(load)),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Numbers that are no load. */
export function loadFaults(load: AuditLoad): readonly ControlPlaneFault[] {
  const numbers = Object.entries(load).filter(([, value]) => value !== undefined);
  const faults = numbers.flatMap(([key, value]) =>
    typeof value === 'number' && Number.isFinite(value) && value >= 0 && (value > 0 || key.endsWith('PerSecond'))
      ? []
      : [fault(`load.${key}`, value, `${JSON.stringify(value)} is no load`, 'give a number above 0')],
  );
  if (faults.length > 0 || eventsOf(load) > 0) return faults;
  return [fault('load', load, 'there is no load in it', 'say how many requests a second there are, or leave it out')];
}
