import type { LogsFault } from './fault';

/** What the cluster writes. */
export interface LogLoad {
  /** Lines of all nodes in a second, averaged over a day. @default 500 */
  readonly linesPerSecond?: number;
  /** The average length of a line. An event of an audit log has about 1,000. @default 500 */
  readonly bytesPerLine?: number;
  /** The share of all that is audit log. @default 0.2 */
  readonly auditShare?: number;
  /** How long Loki may be away without anybody having to wait. @default 6 */
  readonly outageHours?: number;
}

/** What the load takes. Sizes are in GiB (2^30 bytes), rounded up. */
export interface LogSize {
  readonly bytesPerSecond: number;
  /** The volume of each gateway: for each tenant what comes in an outage, and a fifth that stays free. */
  readonly gatewayVolume: number;
  /** The queue of each tenant on it. */
  readonly queueBytes: number;
  /** Loki's volume: what each tenant keeps, for as long as it keeps it, and a quarter that stays free. */
  readonly lokiVolume: number;
  /** The memory of Loki, in MiB. */
  readonly lokiMemory: number;
  /** What a tenant may send in a second, in MiB: ten times the average, since logs come in bursts and after outages. */
  readonly ingestMebibytes: number;
}

const gibibyte = 1024 ** 3;

/** Of a line, what chunks (snappy) and index come to on the disk: 0.22 to 0.23 of audit events, as `bench:logs` prints it, and rounded up. */
const storedShare = 0.25;

/** Gateways that share the load, when one of them is away. */
const gatewaysLeft = 1;

export const defaultLoad = { linesPerSecond: 500, bytesPerLine: 500, auditShare: 0.2, outageHours: 6 } as const;

/** What a load takes, by how many days each tenant keeps. */
export function logSize(load: LogLoad, days: { readonly audit: number; readonly application: number }): LogSize {
  const { linesPerSecond, bytesPerLine, auditShare, outageHours } = { ...defaultLoad, ...load };
  const bytesPerSecond = linesPerSecond * bytesPerLine;
  const larger = Math.max(auditShare, 1 - auditShare);
  const queueBytes = Math.max(Math.ceil((bytesPerSecond * larger * outageHours * 3_600) / gatewaysLeft), gibibyte);
  const keptDays = auditShare * days.audit + (1 - auditShare) * days.application;
  const kept = bytesPerSecond * 86_400 * keptDays * storedShare;
  return {
    bytesPerSecond,
    gatewayVolume: Math.ceil((2 * queueBytes * 1.25) / gibibyte),
    queueBytes,
    lokiVolume: Math.max(Math.ceil((kept * 1.25) / gibibyte), 10),
    lokiMemory: Math.max(1_024, Math.ceil((bytesPerSecond / 1024 ** 2) * 256)),
    ingestMebibytes: Math.max(8, Math.ceil((10 * bytesPerSecond) / 1024 ** 2)),
  };
}

/** The volume of a Loki whose chunks are in a bucket, in GiB: a day of what is not there yet, and a quarter that stays free. */
export function bucketVolume({ bytesPerSecond }: LogSize): number {
  return Math.max(Math.ceil((bytesPerSecond * 86_400 * storedShare * 1.25) / gibibyte), 10);
}

/** Everything that is wrong with a load. */
export function loadFaults(key: string, load: LogLoad): readonly LogsFault[] {
  const { linesPerSecond, bytesPerLine, outageHours, auditShare } = { ...defaultLoad, ...load };
  const faults = Object.entries({ linesPerSecond, bytesPerLine, outageHours }).flatMap(([name, value]) =>
    Number.isFinite(value) && value > 0
      ? []
      : [{ key: `${key}.${name}`, message: `${value} is no number above 0`, remedy: 'give one, or leave it out' }],
  );
  if (auditShare >= 0 && auditShare <= 1) return faults;
  const message = `${auditShare} is no share`;
  return [...faults, { key: `${key}.auditShare`, message, remedy: 'give a number from 0 to 1, or leave it out' }];
}

/** Faults of volumes that are given, beside what has to fit. */
export function volumeFaults(
  key: string,
  { queueGibibytes, volumeGibibytes }: { readonly queueGibibytes: number; readonly volumeGibibytes: number },
): readonly LogsFault[] {
  const needed = Math.ceil(2 * queueGibibytes * 1.25);
  if (needed <= volumeGibibytes) return [];
  return [
    {
      key,
      message: `two queues of ${queueGibibytes} GiB, and a fifth that stays free, do not fit on a volume of ${volumeGibibytes} GiB`,
      remedy: `give ${needed} GiB or more, or shorter outages`,
    },
  ];
}
