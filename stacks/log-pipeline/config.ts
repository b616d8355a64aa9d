import { daysBetween, isDay } from '../../core/calendar';
import { ClusterTarget, type ClusterTargetOptions, type Distribution } from '../../core/cluster';
import type { Schema } from '../../core/config/schema';
import { schemaFaults } from '../../core/config/schema-faults';
import { defaultAuditLogPath } from '../../core/control-plane/audit-log';
import { folderOf } from '../../core/control-plane/paths';
import type { LogsFault } from '../../core/logs/fault';
import { labelFaults } from '../../core/logs/labels';
import { type CustomPattern, customFaults } from '../../core/logs/redaction';
import { labelAttributes, type Retention, retentionFaults } from '../../core/logs/retention';
import { bucketVolume, type LogLoad, type LogSize, loadFaults, logSize, volumeFaults } from '../../core/logs/sizing';
import type { Tenant } from '../../core/logs/sources';
import type { Json } from '../../core/manifest/object';
import { formatPath } from '../../core/manifest/path';
import { longestException } from '../../core/policy/rules/declaration/exception-long';
import { group, text } from '../config-forms';
import type { LogPipelineArgs, LogSourcesArgs } from './args';
import { bucketFaults } from './bucket';
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
  readonly auditFolder: string;
  readonly containers: boolean;
  readonly journal?: { readonly directory: string; readonly units: readonly string[] };
  readonly events: boolean;
  readonly custom: readonly CustomPattern[];
}

const gibibyte = 1024 ** 3;

/** The form that the compiler asks for: what a text may be, its own checks say better. */
function formOf({ enum: _, minLength: __, pattern: ___, properties, items, ...form }: Schema): Schema {
  return {
    ...form,
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, of]) => [key, formOf(of)])),
    }),
    ...(items && { items: formOf(items) }),
  };
}

/** The arguments as the compiler has them: plain JavaScript has no compiler. */
const { runbooks: _, ...ownProperties } = logPipelineSchema.properties;
const shape = group(
  'The arguments.',
  {
    ...Object.fromEntries(Object.entries(ownProperties).map(([key, of]) => [key, formOf(of)])),
    bucket: { type: 'object' },
    kubernetesVersion: text('As 1.34.'),
    distribution: text('As eks.'),
    owner: text('Who answers for it.'),
  },
  ['kubernetesVersion', 'owner', ...logPipelineSchema.required],
);

/** What is not of the form that the compiler asks for. */
export function shapeFaults(args: PlainArgs): readonly LogsFault[] {
  // What is left out, and what is undefined, is the same.
  const plain = JSON.parse(JSON.stringify(args)) as Json;
  return schemaFaults(plain, shape, ['args']).map(({ path, reason }) => ({
    key: path.length === 1 ? 'args' : formatPath(path.slice(1)),
    message: reason,
    remedy: 'write it as the type LogPipelineArgs has it',
  }));
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
  const size = logSize(load as LogLoad, retention);
  const usual = auditFolders[target.distribution] ?? folderOf(defaultAuditLogPath);
  const { auditFolder = usual, containers = true } = sources;
  const custom = args.redaction?.custom ?? [];
  const config: LogPipelineConfig = {
    target,
    retention,
    size,
    namespace: args.namespace ?? 'logging',
    agentNamespace: args.agentNamespace ?? 'log-agents',
    volumes: {
      gateway: volumes.gatewayGibibytes ?? size.gatewayVolume,
      loki: volumes.lokiGibibytes ?? (args.bucket === undefined ? size.lokiVolume : bucketVolume(size)),
    },
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
  const gateway = { queueGibibytes: Math.ceil(queueGibibytes * 10) / 10, volumeGibibytes: config.volumes.gateway };
  return {
    config,
    faults: [
      ...target.faults.map((of) => ({
        key: ofTarget(of.property),
        message: of.message,
        remedy: of.remedy,
      })),
      ...retentionFaults('retention', retention).map((of) => ({ ...of, key: argumentOf(of.key) })),
      ...customFaults('redaction.custom', custom),
      ...labelFaults('labels', labels, labelAttributes),
      ...loads,
      ...(loads.length > 0 ? [] : volumeFaults('volumes.gatewayGibibytes', gateway)),
      ...storeFaults(args),
      ...(args.bucket === undefined ? [] : bucketFaults(args.bucket)),
      ...sourceFaults(sources, config),
      ...exceptionFaults(args, today),
    ],
  };
}

function argumentOf(key: string): string {
  return key.replace(/^retention\.(audit|application)$/, 'retention.$1Days');
}

/** Where agents may read. */
const folderOfLogs = /^\/var\/log(\/[A-Za-z0-9_.-]+)+$/;

/** Where lines go. */
function storeFaults({ existing, images, retention, volumes, bucket }: PlainArgs): readonly LogsFault[] {
  if (existing === undefined) {
    if (images.loki !== undefined) return [];
    const message = 'there is no store: neither an image of Loki nor one that is there already';
    return [{ key: 'images.loki', message, remedy: 'give the image, or existing.endpoint' }];
  }
  const faults: LogsFault[] = [];
  if (!/^https:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/.test(existing.endpoint)) {
    const message = 'the logs would go over a connection that is not encrypted, or nowhere';
    // What stands in it may be a password.
    const remedy = "write it as 'https://<host>/<path>', without credentials";
    faults.push({ key: 'existing.endpoint', message, remedy });
  }
  const idle = { 'images.loki': images.loki, retention, bucket, 'volumes.lokiGibibytes': volumes?.lokiGibibytes };
  for (const key of Object.entries(idle).flatMap(([name, value]) => (value === undefined ? [] : [name]))) {
    const message = 'it is about a Loki of this stack, and existing says to use another store';
    faults.push({ key, message, remedy: 'leave it out, and set it there' });
  }
  return faults;
}

function sourceFaults(
  { journalFolder, journalUnits }: LogSourcesArgs,
  { auditFolder, containers, journal, namespace, agentNamespace }: LogPipelineConfig,
): readonly LogsFault[] {
  const faults: LogsFault[] = [];
  if (auditFolder === '' && !containers && journal === undefined) {
    const message = 'nothing is read';
    faults.push({ key: 'sources', message, remedy: 'leave out containers: false, or give auditFolder' });
  }
  if (auditFolder !== '' && !folderOfLogs.test(auditFolder)) {
    const message = `${JSON.stringify(auditFolder)} is no folder below /var/log, and agents see nothing else`;
    faults.push({ key: 'sources.auditFolder', message, remedy: 'have kube-apiserver log there' });
  }
  if (journalFolder !== undefined && !/^\/(var|run)\/log\/journal$/.test(journalFolder)) {
    const message = `${JSON.stringify(journalFolder)} is no folder that journald writes to`;
    faults.push({ key: 'sources.journalFolder', message, remedy: 'use /var/log/journal, or /run/log/journal' });
  }
  if (journalFolder === undefined && journalUnits !== undefined) {
    const message = 'it is about the journal, which is not read';
    faults.push({ key: 'sources.journalUnits', message, remedy: 'give journalFolder, or leave it out' });
  }
  if (namespace === agentNamespace) {
    const message = 'agents run as root, in a namespace that nothing else may use';
    faults.push({ key: 'agentNamespace', message, remedy: 'give another name than namespace' });
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
