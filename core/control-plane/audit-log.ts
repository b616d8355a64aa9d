import { writeYaml } from '../manifest/yaml/write';
import { fault, nodePathFaults, numberFaults } from './checks';
import type { ControlPlaneFault } from './fault';
import type { NeededFile, NodeFile } from './file';
import { auditPolicyPath, auditWebhookPath } from './paths';
import type { AuditLogFile, AuditMode, AuditSettings, AuditWebhook } from './settings';

export const defaultAuditLogPath = '/var/log/kubernetes/audit/audit.log';

/** Where the log goes, with every number that is needed; undefined where it goes nowhere. */
export function auditLogOf({ log = {} }: AuditSettings): Required<Omit<AuditLogFile, 'maxEventBytes'>> | undefined {
  if (log === false) return undefined;
  const { path = defaultAuditLogPath, maxAgeDays = 30, maxBackups = 10, maxSizeMegabytes = 100 } = log;
  return {
    path,
    maxAgeDays,
    maxBackups,
    maxSizeMegabytes,
    compress: log.compress ?? true,
    mode: log.mode ?? 'blocking',
  };
}

/** A flag of audit logging, and the recommendation that asks for it. */
export type AuditFlag = readonly [name: string, value: string, cis?: string];

/** The flags of audit logging. CIS 1.12 1.2.16 to 1.2.19. */
export function auditFlags(folder: string, settings: AuditSettings): readonly AuditFlag[] {
  return [
    ['audit-policy-file', auditPolicyPath(folder)],
    ...logFlags(settings),
    ...(settings.webhook === undefined ? [] : webhookFlags(folder, settings.webhook)),
  ];
}

function logFlags(settings: AuditSettings): readonly AuditFlag[] {
  const log = auditLogOf(settings);
  if (log === undefined || settings.log === false) return [];
  const { maxEventBytes } = settings.log ?? {};
  return [
    ['audit-log-path', log.path, '1.2.16'],
    ['audit-log-maxage', String(log.maxAgeDays), '1.2.17'],
    ['audit-log-maxbackup', String(log.maxBackups), '1.2.18'],
    ['audit-log-maxsize', String(log.maxSizeMegabytes), '1.2.19'],
    ['audit-log-compress', String(log.compress)],
    ['audit-log-format', 'json'],
    ['audit-log-mode', log.mode],
    ...(maxEventBytes === undefined ? [] : truncation('log', maxEventBytes, Math.max(maxEventBytes, 10_485_760))),
  ];
}

function truncation(backend: 'log' | 'webhook', event: number, batch: number): readonly AuditFlag[] {
  return [
    [`audit-${backend}-truncate-enabled`, 'true'],
    [`audit-${backend}-truncate-max-event-size`, String(event)],
    [`audit-${backend}-truncate-max-batch-size`, String(batch)],
  ];
}

function webhookFlags(folder: string, webhook: AuditWebhook): readonly AuditFlag[] {
  const { mode = 'batch', bufferSize = 10_000, maxBatchEvents = 400, maxBatchWaitSeconds = 30 } = webhook;
  const { throttleQps = 10, throttleBurst = 15, initialBackoffSeconds = 10 } = webhook;
  const batching: readonly AuditFlag[] = [
    ['audit-webhook-batch-buffer-size', String(bufferSize)],
    ['audit-webhook-batch-max-size', String(maxBatchEvents)],
    ['audit-webhook-batch-max-wait', `${maxBatchWaitSeconds}s`],
    ['audit-webhook-batch-throttle-enable', 'true'],
    ['audit-webhook-batch-throttle-qps', String(throttleQps)],
    ['audit-webhook-batch-throttle-burst', String(throttleBurst)],
  ];
  return [
    ['audit-webhook-config-file', auditWebhookPath(folder)],
    ['audit-webhook-mode', mode],
    ['audit-webhook-initial-backoff', `${initialBackoffSeconds}s`],
    ...(mode === 'batch' ? batching : []),
    ...truncation('webhook', ...webhookSizes(webhook)),
  ];
}

function webhookSizes({ maxEventBytes = 102_400, maxBatchBytes = 10_485_760 }: AuditWebhook): [number, number] {
  return [maxEventBytes, maxBatchBytes];
}

/** The file that says where the webhook is: a kubeconfig, with the paths of the certificates and none of their content. */
export function webhookFile(folder: string, webhook: AuditWebhook): NodeFile {
  const content = writeYaml({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'audit', cluster: { server: webhook.url, 'certificate-authority': webhook.caFile } }],
    users: [
      {
        name: 'kube-apiserver',
        user: { 'client-certificate': webhook.clientCertificateFile, 'client-key': webhook.clientKeyFile },
      },
    ],
    contexts: [{ name: 'audit', context: { cluster: 'audit', user: 'kube-apiserver' } }],
    'current-context': 'audit',
  });
  return { path: auditWebhookPath(folder), content, mode: 0o600, owner: 'root:root', holdsSecrets: false };
}

/** What the webhook needs on the nodes. */
export function webhookNeeds(webhook: AuditWebhook): readonly NeededFile[] {
  return [
    { path: webhook.caFile, what: 'the CA of the audit webhook' },
    { path: webhook.clientCertificateFile, what: 'the certificate that kube-apiserver shows the audit webhook' },
    { path: webhook.clientKeyFile, what: 'the key of that certificate' },
  ];
}

const modes: readonly AuditMode[] = ['batch', 'blocking', 'blocking-strict'];

/** Everything that is wrong with the policy and where the log goes. */
export function auditSettingsFaults(settings: AuditSettings): readonly ControlPlaneFault[] {
  const { policy, log, webhook } = settings;
  const faults: ControlPlaneFault[] = (policy?.faults ?? []).map((of) => ({
    ...of,
    property: `audit.policy.${of.property}`,
  }));
  if (log === false && webhook === undefined) {
    const message = 'the audit log goes nowhere';
    faults.push(fault('audit.log', log, message, 'leave audit.log out, or give audit.webhook'));
  }
  if (log !== undefined && log !== false) faults.push(...logFaults(log));
  return [...faults, ...(webhook === undefined ? [] : webhookFaults(webhook))];
}

function modeFaults(property: string, mode: AuditMode | undefined): readonly ControlPlaneFault[] {
  if (mode === undefined || modes.includes(mode)) return [];
  return [fault(property, mode, `there is no mode ${JSON.stringify(mode)}`, `use one of ${modes.join(', ')}`)];
}

/** The least that CIS 1.12 takes for enough. */
const least = { maxAgeDays: [30, '1.2.17'], maxBackups: [10, '1.2.18'], maxSizeMegabytes: [100, '1.2.19'] } as const;

function logFaults({ path, maxEventBytes, mode, ...log }: AuditLogFile): readonly ControlPlaneFault[] {
  const { maxAgeDays, maxBackups, maxSizeMegabytes } = log;
  const numbers = numberFaults('audit.log.', { maxAgeDays, maxBackups, maxSizeMegabytes, maxEventBytes });
  return [...nodePathFaults('audit.log.', { path }), ...numbers, ...modeFaults('audit.log.mode', mode)];
}

/** Logs that are kept for less than CIS asks for: an exception may excuse them. */
export function shortLogFaults({ log }: AuditSettings): readonly ControlPlaneFault[] {
  if (log === undefined || log === false) return [];
  return Object.entries(least).flatMap(([key, [minimum, id]]) => {
    const value = log[key as keyof typeof least];
    if (value === undefined || !(value >= 1) || value >= minimum) return [];
    const message = `${value} is less than the ${minimum} that CIS 1.12 ${id} asks for`;
    return [fault(`audit.log.${key}`, value, message, `give at least ${minimum}, or leave it out`)];
  });
}

function webhookFaults(webhook: AuditWebhook): readonly ControlPlaneFault[] {
  const { url, caFile, clientCertificateFile, clientKeyFile, mode, ...numbers } = webhook;
  const faults: ControlPlaneFault[] = [];
  if (!/^https:\/\/[^\s/?#@]+(\/[^\s#]*)?$/.test(url)) {
    const message = 'the audit log would go over a connection that is not encrypted, or nowhere';
    // What stands in it may be a password.
    faults.push(
      fault('audit.webhook.url', undefined, message, "write it as 'https://<host>/<path>', without credentials"),
    );
  }
  const files = { caFile, clientCertificateFile, clientKeyFile };
  for (const [key, value] of Object.entries(files)) {
    if (value !== undefined) continue;
    const message = 'both sides have to show a certificate, and this is missing';
    faults.push(fault(`audit.webhook.${key}`, value, message, 'give the path of the file on the nodes'));
  }
  const [event, batch] = webhookSizes(webhook);
  if (batch < event) {
    const message = `a batch of ${batch} bytes cannot hold an event of ${event}`;
    faults.push(fault('audit.webhook.maxBatchBytes', batch, message, 'give at least maxEventBytes'));
  }
  return [
    ...faults,
    ...nodePathFaults('audit.webhook.', files),
    ...numberFaults('audit.webhook.', numbers),
    ...modeFaults('audit.webhook.mode', mode),
  ];
}
