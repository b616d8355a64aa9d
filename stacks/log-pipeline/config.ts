import { ClusterTarget, type ClusterTargetOptions, type Distribution } from '../../core/cluster';
import { defaultAuditLogPath } from '../../core/control-plane/audit-log';
import { folderOf } from '../../core/control-plane/paths';
import type { LogsFault } from '../../core/logs/fault';
import { labelFaults } from '../../core/logs/labels';
import { type CustomPattern, customFaults } from '../../core/logs/redaction';
import { labelAttributes, type Retention, retentionFaults } from '../../core/logs/retention';
import { type LogLoad, type LogSize, loadFaults, logSize, volumeFaults } from '../../core/logs/sizing';
import type { Tenant } from '../../core/logs/sources';
import type { LogPipelineArgs } from './args';

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
  readonly custom: readonly CustomPattern[];
}

const gibibyte = 1024 ** 3;

/** Where kube-apiserver logs, unless it is told otherwise. A cloud's control plane has no nodes that an agent could be on. */
const auditFolders: Readonly<Partial<Record<Distribution, string>>> = {
  ...{ eks: '', 'eks-fargate': '', gke: '', 'gke-autopilot': '', aks: '' },
  talos: '/var/log/audit/kube',
};

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
  const options = distribution === undefined ? {} : ({ distribution } as ClusterTargetOptions);
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
      loki: volumes.lokiGibibytes ?? size.lokiVolume,
    },
    auditFolder,
    containers,
    custom,
  };
  const loads = loadFaults('load', load as LogLoad);
  const queueGibibytes = size.queueBytes / gibibyte;
  const gateway = { queueGibibytes: Math.ceil(queueGibibytes * 10) / 10, volumeGibibytes: config.volumes.gateway };
  return {
    config,
    faults: [
      ...target.faults.map((of) => ({
        key: of.property === 'version' ? 'kubernetesVersion' : of.property,
        message: of.message,
        remedy: of.remedy,
      })),
      ...retentionFaults('retention', retention).map((of) => ({ ...of, key: argumentOf(of.key) })),
      ...customFaults('redaction.custom', custom),
      ...labelFaults('labels', labels, labelAttributes),
      ...loads,
      ...(loads.length > 0 ? [] : volumeFaults('volumes.gatewayGibibytes', gateway)),
      ...storeFaults(args),
      ...sourceFaults(config),
      ...exceptionFaults(args, today),
    ],
  };
}

function argumentOf(key: string): string {
  return key.replace(/^retention\.(audit|application)$/, 'retention.$1Days');
}

/** Where lines go. */
function storeFaults({ existing, images, retention, volumes }: PlainArgs): readonly LogsFault[] {
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
  const idle = { 'images.loki': images.loki, retention, 'volumes.lokiGibibytes': volumes?.lokiGibibytes };
  for (const key of Object.entries(idle).flatMap(([name, value]) => (value === undefined ? [] : [name]))) {
    const message = 'it is about a Loki of this stack, and existing says to use another store';
    faults.push({ key, message, remedy: 'leave it out, and set it there' });
  }
  return faults;
}

function sourceFaults({ auditFolder, containers, namespace, agentNamespace }: LogPipelineConfig): readonly LogsFault[] {
  const faults: LogsFault[] = [];
  if (auditFolder === '' && !containers) {
    const message = 'nothing is read';
    faults.push({ key: 'sources', message, remedy: 'leave out containers: false, or give auditFolder' });
  }
  if (auditFolder !== '' && !/^\/var\/log(\/[A-Za-z0-9_.-]+)+$/.test(auditFolder)) {
    const message = `${JSON.stringify(auditFolder)} is no folder below /var/log, and agents see nothing else`;
    faults.push({ key: 'sources.auditFolder', message, remedy: 'have kube-apiserver log there' });
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
  const time = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !new Date(time || 0).toISOString().startsWith(day))
    return [{ key, message: `${JSON.stringify(day)} is no day of the calendar`, remedy: 'write it as 2027-06-30' }];
  const ahead = (time - Date.parse(`${today}T00:00:00Z`)) / 86_400_000;
  if (ahead >= 0 && ahead <= 366) return [];
  const message = ahead < 0 ? `it was over on ${day}` : `${day} is more than a year ahead`;
  const remedy = 'judge anew what agents may do, and give a day of the next twelve months';
  return [{ key, message, remedy }];
}
