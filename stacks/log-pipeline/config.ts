import { daysBetween, isDay } from '../../core/calendar';
import { ClusterTarget, type ClusterTargetOptions, type Distribution } from '../../core/cluster';
import { defaultAuditLogPath } from '../../core/control-plane/audit-log';
import { folderOf } from '../../core/control-plane/paths';
import type { LogsFault } from '../../core/logs/fault';
import { labelFaults } from '../../core/logs/labels';
import { replicationFactor } from '../../core/logs/loki-ring';
import { type CustomPattern, customFaults } from '../../core/logs/redaction';
import { labelAttributes, type Retention, retentionFaults } from '../../core/logs/retention';
import {
  bucketVolume,
  type LogLoad,
  type LogSize,
  loadFaults,
  logSize,
  queuesOf,
  storeVolumeFaults,
  volumeFaults,
} from '../../core/logs/sizing';
import type { Tenant } from '../../core/logs/sources';
import { longestException } from '../../core/policy/rules/declaration/exception-long';
import { type ArgumentForm, argumentsSchema, formFaults } from '../argument-forms';
import { bucketFaults } from '../bucket';
import { archiveFaults, archiveOf, type LogArchive } from './archive';
import type { LogPipelineArgs, LogSourcesArgs } from './args';
import { existingFaults } from './existing';
import { grafanaFaults } from './grafana-faults';
import { nameFaults } from './names';
import { logPipelineSchema } from './schema';

/** The arguments that are plain data. */
export type PlainArgs = Omit<LogPipelineArgs, 'runbooks'>;

/** What the arguments come to. */
export interface LogPipelineConfig {
  readonly target: ClusterTarget;
  readonly retention: Retention;
  readonly size: LogSize;
  readonly namespace: string;
  readonly agentNamespace: string;
  /** In GiB. */
  readonly volumes: { readonly gateway: number; readonly loki: number };
  /** Of Loki. */
  readonly replicas: number;
  /** Whether each node says which zone it is in: a cloud's do. */
  readonly zones: boolean;
  readonly archive?: LogArchive;
  readonly auditFolder: string;
  readonly containers: boolean;
  readonly journal?: { readonly directory: string; readonly units: readonly string[] };
  readonly events: boolean;
  readonly custom: readonly CustomPattern[];
}

const gibibyte = 1024 ** 3;

const form: ArgumentForm = {
  type: 'LogPipelineArgs',
  schema: argumentsSchema(logPipelineSchema, ['bucket', 'archive']),
};

/** What is not of the form that the compiler asks for. */
export function shapeFaults(args: PlainArgs): readonly LogsFault[] {
  return formFaults(args, form);
}

/** Where kube-apiserver logs, unless it is told otherwise. A cloud's control plane has no nodes that an agent could be on. */
const auditFolders: Readonly<Partial<Record<Distribution, string>>> = {
  eks: '',
  'eks-fargate': '',
  gke: '',
  'gke-autopilot': '',
  aks: '',
  talos: '/var/log/audit/kube',
};

/** The argument that a target is told by. */
function ofTarget(property: string): string {
  return property === 'version' ? 'kubernetesVersion' : property.replace('apiServer.cidrs', 'sources.eventsFrom');
}

/**
 * What the arguments come to, and everything that is wrong with them.
 * @param today as `YYYY-MM-DD`
 */
export function logPipelineConfig(
  args: PlainArgs,
  today: string,
): {
  readonly config: LogPipelineConfig;
  readonly faults: readonly LogsFault[];
} {
  const { distribution, retention: given = {}, load = {}, volumes = {}, sources = {}, labels = [] } = args;
  const { eventsFrom = [] } = sources;
  const options = {
    ...(distribution !== undefined && { distribution }),
    ...(eventsFrom.length > 0 && { apiServer: { cidrs: eventsFrom } }),
  } as ClusterTargetOptions;
  const target = ClusterTarget.of(args.kubernetesVersion, options);
  const streams = (given.streams ?? []).map((stream) => ({ ...stream, tenant: stream.tenant as Tenant }));
  const retention = { audit: given.auditDays ?? 400, application: given.applicationDays ?? 30, streams };
  const queues = queuesOf(args.archive !== undefined);
  const size = logSize(load as LogLoad, retention, queues);
  const usual = auditFolders[target.distribution] ?? folderOf(defaultAuditLogPath);
  const { auditFolder = usual, containers = true } = sources;
  const custom = args.redaction?.custom ?? [];
  const lokiVolume = args.bucket === undefined ? size.lokiVolume : bucketVolume(size);
  const config: LogPipelineConfig = {
    target,
    retention,
    size,
    namespace: args.namespace ?? 'logging',
    agentNamespace: args.agentNamespace ?? 'log-agents',
    volumes: {
      gateway: volumes.gatewayGibibytes ?? size.gatewayVolume,
      loki: volumes.lokiGibibytes ?? lokiVolume,
    },
    replicas: args.replicas ?? (args.bucket === undefined ? 1 : replicationFactor),
    zones: auditFolders[target.distribution] === '',
    ...(args.archive !== undefined && { archive: archiveOf(args.archive, retention.audit) }),
    auditFolder,
    containers,
    ...(sources.journalFolder !== undefined && {
      journal: { directory: sources.journalFolder, units: sources.journalUnits ?? [] },
    }),
    events: eventsFrom.length > 0,
    custom,
  };
  const loads = loadFaults('load', load as LogLoad);
  const queueGibibytes = size.queueBytes / gibibyte;
  const volumeGibibytes = config.volumes.gateway;
  const gateway = { queueGibibytes: Math.ceil(queueGibibytes * 10) / 10, volumeGibibytes, queues };
  const store = { usual: lokiVolume, volumeGibibytes: config.volumes.loki };
  return {
    config,
    faults: [
      ...target.faults.map((of) => ({
        key: ofTarget(of.property),
        message: of.message,
        remedy: of.remedy,
      })),
      ...retentionFaults('retention', retention, labels).map((of) => ({ ...of, key: argumentOf(of.key) })),
      ...customFaults('redaction.custom', custom),
      ...labelFaults('labels', labels, labelAttributes),
      ...loads,
      ...(loads.length > 0 ? [] : volumeFaults('volumes.gatewayGibibytes', gateway)),
      ...(loads.length > 0 || args.existing !== undefined ? [] : storeVolumeFaults('volumes.lokiGibibytes', store)),
      ...storeFaults(args),
      ...(args.bucket === undefined ? [] : bucketFaults(args.bucket, { who: 'Loki is' })),
      ...grafanaFaults(args, config),
      ...replicaFaults(args),
      ...archiveFaults(args, { auditDays: retention.audit, auditFolder }),
      ...sourceFaults(sources, config),
      ...nameFaults(args, config),
      ...exceptionFaults(args, today),
    ],
  };
}

function argumentOf(key: string): string {
  return key.replace(/^retention\.(audit|application)$/, 'retention.$1Days');
}

/** Where agents may read. */
const folderOfLogs = /^\/var\/log(\/[A-Za-z0-9_-][A-Za-z0-9_.-]*)+$/;

/** Where containers and the journal have theirs: what is there is read as what it is. */
const takenFolders = /^\/var\/log\/(pods|containers|journal)(\/|$)/;

/** A unit of systemd, or a pattern of some. */
const unitForm = /^[A-Za-z0-9:_.\\@*?[\]][A-Za-z0-9:_.\\@*?[\]-]{0,254}$/;

/** Where lines go. */
function storeFaults({
  existing,
  images,
  retention,
  volumes,
  bucket,
  labels,
  replicas,
}: PlainArgs): readonly LogsFault[] {
  if (existing === undefined) {
    if (images.loki !== undefined) return [];
    const message = 'there is no store: neither an image of Loki nor one that is there already';
    return [{ key: 'images.loki', message, remedy: 'give the image, or existing.endpoint' }];
  }
  const faults = [...existingFaults(existing)];
  const idle = {
    'images.loki': images.loki,
    retention,
    bucket,
    labels,
    replicas,
    'volumes.lokiGibibytes': volumes?.lokiGibibytes,
  };
  for (const key of Object.entries(idle).flatMap(([name, value]) => (value === undefined ? [] : [name]))) {
    const message = 'it is about a Loki of this stack, and existing says to use another store';
    faults.push({ key, message, remedy: 'leave it out, and set it there' });
  }
  return faults;
}

/** Of more, somebody mistyped: each takes what hundreds of nodes write. */
const MOST_REPLICAS = 99;

/** How many there can be: what is on a volume is with one alone, and two of three have to take a line. */
function replicaFaults({ replicas, bucket, existing }: PlainArgs): readonly LogsFault[] {
  if (replicas === undefined || existing !== undefined) return [];
  const key = 'replicas';
  if (!Number.isSafeInteger(replicas) || replicas < 1 || replicas > MOST_REPLICAS)
    return [{ key, message: `${replicas} is no number of processes`, remedy: `give 1, or from 3 to ${MOST_REPLICAS}` }];
  if (replicas > 1 && bucket === undefined) {
    const message = `${replicas} processes would each have other lines on their volumes`;
    return [{ key, message, remedy: 'give a bucket, or leave replicas out' }];
  }
  if (replicas !== 2) return [];
  const message = 'two have to take each line: of 2, neither may be away';
  return [{ key, message, remedy: 'give 3, of which one may be' }];
}

function sourceFaults(
  { journalFolder, journalUnits }: LogSourcesArgs,
  { auditFolder, containers, journal }: LogPipelineConfig,
): readonly LogsFault[] {
  const faults: LogsFault[] = [];
  if (auditFolder === '' && !containers && journal === undefined) {
    const message = 'nothing is read';
    faults.push({ key: 'sources', message, remedy: 'leave out containers: false, or give auditFolder' });
  }
  if (auditFolder !== '' && (!folderOfLogs.test(auditFolder) || auditFolder.length > 64)) {
    const message = `${JSON.stringify(auditFolder.slice(0, 100))} is no folder below /var/log, and agents see nothing else`;
    faults.push({ key: 'sources.auditFolder', message, remedy: 'have kube-apiserver log there' });
  } else if (takenFolders.test(auditFolder)) {
    const message = `${auditFolder} is where logs of containers or the journal are, which would be audit logs then`;
    faults.push({ key: 'sources.auditFolder', message, remedy: 'have kube-apiserver log to a folder of its own' });
  } else if (auditFolder.endsWith('.log')) {
    const message = `${auditFolder} is a file by its name, and would be made as a folder where it is not there yet`;
    faults.push({ key: 'sources.auditFolder', message, remedy: 'give the folder that it is in' });
  }
  for (const [i, unit] of (journalUnits ?? []).entries())
    if (!unitForm.test(unit)) {
      const message = `${JSON.stringify(unit.slice(0, 100))} is no unit of systemd`;
      faults.push({ key: `sources.journalUnits[${i}]`, message, remedy: 'write it as kubelet.service' });
    }
  if (journalUnits?.length === 0) {
    const message = 'it names no unit, and the journal of all of them would be read';
    faults.push({ key: 'sources.journalUnits', message, remedy: 'leave it out to read all, or name some' });
  }
  if (journalFolder !== undefined && !/^\/(var|run)\/log\/journal$/.test(journalFolder)) {
    const message = `${JSON.stringify(journalFolder)} is no folder that journald writes to`;
    faults.push({ key: 'sources.journalFolder', message, remedy: 'use /var/log/journal, or /run/log/journal' });
  }
  if (journalFolder === undefined && journalUnits !== undefined) {
    const message = 'it is about the journal, which is not read';
    faults.push({ key: 'sources.journalUnits', message, remedy: 'give journalFolder, or leave it out' });
  }
  return faults;
}

/** The last day of the agents' exceptions: a day of the calendar, still to come, and not so far away that nobody judges them again. */
function exceptionFaults({ exceptionsUntil: day }: PlainArgs, today: string): readonly LogsFault[] {
  const key = 'exceptionsUntil';
  if (!isDay(day))
    return [{ key, message: `${JSON.stringify(day)} is no day of the calendar`, remedy: 'write it as 2027-06-30' }];
  const ahead = daysBetween(today, day);
  if (ahead >= 0 && ahead <= longestException) return [];
  const message = ahead < 0 ? `it was over on ${day}` : `${day} is more than a year ahead`;
  const remedy = 'judge anew what agents may do, and give a day of the next twelve months';
  return [{ key, message, remedy }];
}
