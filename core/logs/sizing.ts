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
  /** The volume of each gateway: for each tenant, and for an archive, what comes in an outage, and a fifth that stays free. */
  readonly gatewayVolume: number;
  /** The queue of each of them on it. */
  readonly queueBytes: number;
  /** What Loki keeps, of both tenants, once it has kept for as long as it is to. */
  readonly kept: number;
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

const defaultLoad = { linesPerSecond: 500, bytesPerLine: 500, auditShare: 0.2, outageHours: 6 } as const;

/** The queues of a gateway: one for each tenant, and one for an archive. */
export function queuesOf(archived: boolean): number {
  return archived ? 3 : 2;
}

/** What a load takes, by how many days each tenant keeps, and with how many queues. */
export function logSize(
  load: LogLoad,
  days: { readonly audit: number; readonly application: number },
  queues = queuesOf(false),
): LogSize {
  const { linesPerSecond, bytesPerLine, auditShare, outageHours } = { ...defaultLoad, ...load };
  const bytesPerSecond = linesPerSecond * bytesPerLine;
  const larger = Math.max(auditShare, 1 - auditShare);
  const queueBytes = Math.max(Math.ceil((bytesPerSecond * larger * outageHours * 3_600) / gatewaysLeft), gibibyte);
  const keptDays = auditShare * days.audit + (1 - auditShare) * days.application;
  const kept = bytesPerSecond * 86_400 * keptDays * storedShare;
  return {
    bytesPerSecond,
    gatewayVolume: Math.ceil((queues * queueBytes * 1.25) / gibibyte),
    queueBytes,
    kept: Math.ceil(kept / gibibyte),
    lokiVolume: Math.max(Math.ceil((kept * 1.25) / gibibyte), 10),
    lokiMemory: Math.max(1_024, Math.ceil((bytesPerSecond / 1024 ** 2) * 256)),
    ingestMebibytes: Math.max(8, Math.ceil((10 * bytesPerSecond) / 1024 ** 2)),
  };
}

/** The volume of a Loki whose chunks are in a bucket, in GiB: a day of what is not there yet, and a quarter that stays free. */
export function bucketVolume({ bytesPerSecond }: LogSize): number {
  return Math.max(Math.ceil((bytesPerSecond * 86_400 * storedShare * 1.25) / gibibyte), 10);
}

/** The largest volume, in GiB: what the clouds' disks end at. */
const largestVolume = 64 * 1_024;

/** The longest line: longer ones come in pieces. */
const longestLine = 1024 ** 2;

/** Everything that is wrong with a load. */
export function loadFaults(key: string, load: LogLoad): readonly LogsFault[] {
  const { linesPerSecond, bytesPerLine, outageHours, auditShare } = { ...defaultLoad, ...load };
  const faults: LogsFault[] = Object.entries({ linesPerSecond, bytesPerLine, outageHours }).flatMap(([name, value]) =>
    Number.isFinite(value) && value > 0
      ? []
      : [{ key: `${key}.${name}`, message: `${value} is no number above 0`, remedy: 'give one, or leave it out' }],
  );
  if (bytesPerLine > longestLine) {
    const message = `lines have ${longestLine} bytes at most, and longer ones come in pieces`;
    faults.push({ key: `${key}.bytesPerLine`, message, remedy: 'give the average of all lines' });
  }
  if (auditShare >= 0 && auditShare <= 1) return faults;
  const message = `${auditShare} is no share`;
  return [...faults, { key: `${key}.auditShare`, message, remedy: 'give a number from 0 to 1, or leave it out' }];
}

/** Faults of the volume of a gateway, beside what has to fit. */
export function volumeFaults(
  key: string,
  of: { readonly queueGibibytes: number; readonly volumeGibibytes: number; readonly queues?: number },
): readonly LogsFault[] {
  const { queueGibibytes, volumeGibibytes, queues = queuesOf(false) } = of;
  const needed = Math.ceil(queues * queueGibibytes * 1.25);
  if (needed <= volumeGibibytes) return tooLarge(key, volumeGibibytes, 'give less linesPerSecond or outageHours');
  return [
    {
      key,
      message: `${queues === 2 ? 'two' : 'three'} queues of ${queueGibibytes} GiB, and a fifth that stays free, do not fit on a volume of ${volumeGibibytes} GiB`,
      remedy: `give ${needed} GiB or more, or shorter outages`,
    },
  ];
}

/** Faults of Loki's volume, beside what it has to keep for as long as it is to. @param usual what the load and the retention come to, a quarter of it free */
export function storeVolumeFaults(
  key: string,
  { usual, volumeGibibytes }: { readonly usual: number; readonly volumeGibibytes: number },
): readonly LogsFault[] {
  const needed = Math.ceil(usual / 1.25);
  if (needed <= volumeGibibytes)
    return tooLarge(key, volumeGibibytes, 'keep lines in a bucket, for fewer days, or give a smaller load');
  const message = `what the load comes to in the days of the retention, ${needed} GiB, does not fit on a volume of ${volumeGibibytes} GiB`;
  return [{ key, message, remedy: `give ${needed} GiB or more, a smaller load, or a shorter retention` }];
}

function tooLarge(key: string, gibibytes: number, remedy: string): readonly LogsFault[] {
  if (gibibytes <= largestVolume) return [];
  const message = `it comes to a volume of ${gibibytes} GiB, and there is none of more than ${largestVolume}`;
  return [{ key, message, remedy }];
}
