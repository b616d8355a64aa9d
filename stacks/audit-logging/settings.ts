import type { AuditPolicy } from '../../core/audit';
import type { ClusterTarget } from '../../core/cluster';
import {
  type AuditLogFile,
  type AuditSettings,
  type AuditWebhook,
  type AuthenticationSettings,
  type ControlPlaneException,
  type ControlPlaneFault,
  type ControlPlaneSettings,
  type EncryptionSettings,
  loadFaults,
  settingsForLoad,
} from '../../core/control-plane';
import { ruleById } from '../../core/policy/rules';
import type { PlainArgs } from './plain-args';
import { policyOf } from './policy';
import type { Tool } from './tools';

/** What encrypts, as the core has it. */
export function encryptionOf(encryption: PlainArgs['encryption'] = {}): EncryptionSettings {
  const { kmsName, kmsEndpoint, keyNames, resources, writeWith } = encryption;
  return {
    ...(kmsName !== undefined && {
      kms: { name: kmsName, ...(kmsEndpoint !== undefined && { endpoint: kmsEndpoint }) },
    }),
    ...(keyNames !== undefined && { secretbox: keyNames }),
    ...(resources !== undefined && { resources }),
    ...(writeWith !== undefined && { writeWith: writeWith as 'kms' | 'secretbox' }),
  };
}

/** Stands for what encrypts by itself: no writer has it in its output. */
const byItself: EncryptionSettings = { kms: { name: 'own' } };

/** What the arguments ask of a control plane. */
export function settingsOf(
  args: PlainArgs,
  { encryptsItself, takesNot, defaults }: Tool,
  target: ClusterTarget,
  today: string | undefined,
): ControlPlaneSettings {
  const { discovery, exceptions = [] } = args;
  const isCloud = takesNot.anonymous !== undefined;
  // What a cloud answers without credentials is its own; older versions cannot say it otherwise.
  const unsaid = isCloud && !target.supports('anonymousEndpoints').supported ? 'off' : defaults.anonymous;
  const anonymous = (isCloud ? undefined : args.anonymous) ?? unsaid;
  const own = exceptions.filter(({ of }) => ruleById(of) === undefined);
  return {
    encryption: encryptsItself ? byItself : encryptionOf(args.encryption),
    audit: auditOf(args, defaults, policyOf(args).policy),
    authentication: {
      ...(anonymous !== undefined && { anonymous: anonymous as AuthenticationSettings['anonymous'] & string }),
      ...(discovery !== undefined && { discovery: discovery as AuthenticationSettings['discovery'] & string }),
    },
    ...(own.length > 0 && { exceptions: own.map(exceptionOf) }),
    ...(today !== undefined && { today }),
  };
}

function exceptionOf({ of, ...rest }: NonNullable<PlainArgs['exceptions']>[number]): ControlPlaneException {
  return { ...rest, property: excusedArguments[of] ?? of };
}

/** The arguments that may be weaker than they should, by the settings that they are. */
export const excusedArguments: Readonly<Record<string, string>> = {
  'log.maxAgeDays': 'audit.log.maxAgeDays',
  'log.maxBackups': 'audit.log.maxBackups',
  'log.maxSizeMegabytes': 'audit.log.maxSizeMegabytes',
  anonymous: 'authentication.anonymous',
};

/** Where the log goes, in the sizes that the load takes. */
function auditOf({ log, webhook, load }: PlainArgs, { logPath }: Tool['defaults'], policy: AuditPolicy): AuditSettings {
  const sizes = load === undefined || loadFaults(load).length > 0 ? undefined : settingsForLoad(load);
  const path = log?.path ?? logPath;
  const files: AuditLogFile = { ...sizes?.log, ...(path !== undefined && { path }), ...known(log ?? {}) };
  const toService = webhook && { ...sizes?.webhook, ...(known(webhook) as AuditWebhook) };
  return {
    policy,
    ...(log !== undefined || webhook === undefined ? { log: files } : { log: false }),
    ...(toService !== undefined && { webhook: toService }),
  };
}

function known<T extends object>(of: T): T {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as T;
}

/** Settings of the control plane by the arguments that they are made of, the longest first. */
const argumentsOf: readonly (readonly [setting: string, argument: string])[] = [
  ['encryption.kms.name', 'encryption.kmsName'],
  ['encryption.kms.endpoint', 'encryption.kmsEndpoint'],
  ['encryption.secretbox', 'encryption.keyNames'],
  ['audit.', ''],
  ['authentication.', ''],
  ['keys', 'encryptionKeys'],
];

/** The argument that a setting of the control plane is made of. */
export function argumentOf(property: string): string {
  const [setting = '', argument = ''] = argumentsOf.find(([start]) => property.startsWith(start)) ?? [];
  return `${argument}${property.slice(setting.length)}`;
}

/** What the core calls by the names of its own settings, by those of the arguments. */
const words: readonly (readonly [theirs: string, ours: string])[] = [
  ["kms: { name: '…' }", "kmsName: '…'"],
  ["secretbox: ['<name of a key>']", "keyNames: ['<name of a key>']"],
  ["form: 'documents'", 'the tool talos-documents'],
  ['encryption.secretbox', 'encryption.keyNames'],
  ['authentication.anonymous', 'anonymous'],
  ['audit.webhook', 'webhook'],
  ['audit.log', 'log'],
];

/** A text of the core in the words of the arguments. */
export function inArguments(text: string): string {
  return words.reduce((said, [theirs, ours]) => said.replaceAll(theirs, ours), text);
}

/** A fault of the core by the names of the arguments. */
export function asArgument(of: ControlPlaneFault): ControlPlaneFault {
  return {
    ...of,
    property: argumentOf(of.property),
    message: inArguments(of.message),
    remedy: inArguments(of.remedy),
  };
}
