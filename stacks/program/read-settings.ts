import { today } from '../../constructs/app/today';
import { type SchemaFault, schemaFaults } from '../../core/config/schema-faults';
import { isKeyName } from '../../core/control-plane/encryption';
import { isDnsLabel } from '../../core/manifest/names';
import type { Json } from '../../core/manifest/object';
import { formatPath } from '../../core/manifest/path';
import { messageOf } from '../../core/message-of';
import { nearest } from '../../core/nearest';
import { auditLoggingConfig } from '../audit-logging/config';
import type { PlainArgs } from '../audit-logging/plain-args';
import { keyNamesIn } from '../audit-logging/rotation';
import { logPipelineConfig } from '../log-pipeline/config';
import { withheldSecret } from '../render/withheld';
import { runbookFaults } from '../runbooks';
import { type ConfigKey, type ConfigKeyName, configKeys, requiredKeys } from './config-keys';
import { logPipelineArgs } from './log-pipeline-args';
import { chosenStacks, type Settings } from './settings';
import { type StackId, stackIds } from './stack-ids';

/** The configuration of a stack as Pulumi has it: texts by whole names, `kube-bulwark:owner`, and which of them are secret. */
export interface ProgramConfig {
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** Everything that is wrong with the configuration. No message holds a value that is, or should be, secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    const count = faults.length === 1 ? '1 error' : `${faults.length} errors`;
    super(`the configuration has ${count}, nothing is deployed:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

const keys: Readonly<Record<string, ConfigKey>> = configKeys;

/** What the project is called that comes with the program, and that manuals name. */
const ownProject = 'kube-bulwark';

/**
 * Reads the configuration of the program.
 * @param project the namespace of its keys
 * @throws ConfigError with everything that is wrong with it, at once
 */
export function readSettings({ values, secretKeys }: ProgramConfig, project: string): Settings {
  const faults: string[] = [];
  const read: Record<string, Json> = {};
  const withheld: ConfigKeyName[] = [];
  const say = (key: string, what: string): void => {
    faults.push(`${project}:${key}: ${what}`);
  };
  for (const [whole, text] of Object.entries(values)) {
    const [namespace = '', key = ''] = [whole.slice(0, whole.indexOf(':')), whole.slice(whole.indexOf(':') + 1)];
    if (namespace === 'kubernetes') faults.push(`${whole}: ${ofDefaultProvider(key, project)}`);
    if (namespace === ownProject && project !== ownProject)
      faults.push(
        `${whole}: it is for a project of that name, and this is ${project}; set ${project}:${key}, and take it away`,
      );
    if (namespace !== project) continue;
    const known = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (known === undefined) say(key, unknownKey(key));
    else if (known.secret === true && !secretKeys.includes(whole)) say(key, plainSecret(whole));
    else if (known.secret !== true && secretKeys.includes(whole))
      say(
        key,
        `it is no secret, and would be deployed as plain text; set it again without --secret: pulumi config set ${whole} …`,
      );
    else {
      if (known.secret === true && text.includes(withheldSecret)) {
        withheld.push(key as ConfigKeyName);
        continue;
      }
      const parsed = parse(text, known);
      if ('fault' in parsed) say(key, parsed.fault);
      else {
        read[key] = parsed.value;
        for (const fault of schemaFaults(parsed.value, known, [key]))
          faults.push(`${project}:${describe(fault, known)}`);
      }
    }
  }
  const isThere = (key: string): boolean => values[`${project}:${key}`] !== undefined;
  for (const key of requiredKeys.filter((each) => !isThere(each)))
    say(key, `it is missing. ${keys[key]?.description}; pulumi config set ${project}:${key} …`);
  if (isThere('context') === isThere('kubeconfig')) say('context', whichCluster(isThere('context'), project));
  // What follows is about settings that are there, and of the right form.
  if (faults.length > 0) throw new ConfigError(faults);
  const settings = { ...read, ...(withheld.length > 0 && { withheld }) } as unknown as Settings;
  const contradictions = contradictionsIn(settings, project).map((fault) => `${project}:${fault}`);
  if (contradictions.length > 0) throw new ConfigError(contradictions);
  return settings;
}

function unknownKey(key: string): string {
  const meant = nearest(key, Object.keys(keys));
  const hint = meant === undefined ? 'there are' : `did you mean ${meant}? There are`;
  return `there is no such key; ${hint} ${Object.keys(keys).join(', ')}`;
}

function plainSecret(whole: string): string {
  return (
    'it is a secret, and stands in plain text in the configuration: whoever could read it has it. ' +
    `Make a new one, and set it by pulumi config set --secret ${whole} …`
  );
}

function ofDefaultProvider(key: string, project: string): string {
  const own = key === 'context' || key === 'kubeconfig' ? key : 'context';
  return `it is for Pulumi's default provider, which is not used here; set ${project}:${own} instead, and take it away`;
}

function whichCluster(isBoth: boolean, project: string): string {
  if (isBoth) return `it says one cluster and ${project}:kubeconfig another; take one of them away`;
  return `it is missing: nothing is deployed to whatever cluster a shell points at. pulumi config set ${project}:context … (kubectl config get-contexts shows them), or --secret ${project}:kubeconfig …`;
}

/** Structures come as JSON: `pulumi config set --path`, or a mapping in the file. */
function parse(text: string, { type, secret }: ConfigKey): { readonly value: Json } | { readonly fault: string } {
  if (type === 'string') return { value: text };
  try {
    return { value: JSON.parse(text) as Json };
  } catch (error) {
    const why = secret === true ? '' : ` (${messageOf(error)})`;
    return {
      fault: `it is no ${type === 'array' ? 'list' : 'mapping'}${why}; write it as one in the stack's file, or by --path`,
    };
  }
}

/** A fault with the path of what it is about. Of a secret only where it is. */
function describe({ path, reason }: SchemaFault, { secret }: ConfigKey): string {
  // What a key of ours is called by mistake may be its material.
  const at = formatPath(secret === true ? path.map((step) => (isKeyName(step) ? step : '…')) : path);
  if (secret === true) return `${at}: it is not of the form that its description says`;
  return reason.startsWith(at) ? reason : `${at}: ${reason}`;
}

/** What is right by itself and wrong beside something else. */
function contradictionsIn(settings: Settings, project: string): readonly string[] {
  const { owner, stacks } = settings;
  const ofOwner = isDnsLabel(owner)
    ? []
    : [`owner: ${JSON.stringify(owner)} can be no value of a label; use small letters, digits and -`];
  const isNone = stacks?.length === 0;
  const none = `stacks: none is named, and nothing would be deployed; name ${stackIds.join(', ')}, or leave it out`;
  const chosen = chosenStacks(settings);
  const idle = Object.entries(keysOf).flatMap(([id, ofStack]) =>
    chosen.includes(id as StackId)
      ? []
      : ofStack
          .filter((key) => settings[key] !== undefined)
          .map((key) => `${key}: it is for ${id}, which is not among stacks; add it there, or take this away`),
  );
  return [
    ...ofOwner,
    ...(isNone ? [none] : []),
    ...idle,
    ...(chosen.includes('audit-logging') ? auditLoggingFaults(settings, project) : []),
    ...(chosen.includes('log-pipeline') ? logPipelineFaults(settings) : []),
  ];
}

/** The keys that are of one stack alone. */
const keysOf: Readonly<Record<StackId, readonly ('auditLogging' | 'encryptionKeys' | 'logPipeline')[]>> = {
  'audit-logging': ['auditLogging', 'encryptionKeys'],
  'log-pipeline': ['logPipeline'],
};

/** Arguments that are keys of the program, and no stack's own. */
const ofProgram = ['kubernetesVersion', 'distribution'];

function auditLoggingFaults(settings: Settings, project: string): readonly string[] {
  const { kubernetesVersion, distribution, auditLogging, withheld = [] } = settings;
  const faults: string[] = [];
  const args: PlainArgs = {
    ...auditLogging,
    kubernetesVersion,
    ...(distribution !== undefined && { distribution }),
  };
  for (const { property, message, remedy } of auditLoggingConfig(args, today()).faults) {
    const [first = ''] = property.split('.');
    faults.push(`${ofProgram.includes(first) ? '' : 'auditLogging.'}${property}: ${message}; ${remedy}`);
  }
  for (const { property, message, remedy } of runbookFaults(auditLogging?.runbooks))
    faults.push(`auditLogging.${property}: ${message}; ${remedy}`);
  if (withheld.includes('encryptionKeys')) return faults;
  const { encryptionKeys = {} } = settings;
  const names = keyNamesIn(auditLogging ?? {});
  for (const name of names.filter((each) => isKeyName(each) && encryptionKeys[each] === undefined))
    faults.push(
      `encryptionKeys: there is no material for the key ${name}; pulumi config set --secret --path '${project}:encryptionKeys["${name}"]' "$(head -c 32 /dev/urandom | base64)"`,
    );
  for (const name of Object.keys(encryptionKeys).filter((each) => !names.includes(each)))
    faults.push(
      isKeyName(name)
        ? `encryptionKeys: auditLogging.encryption.keyNames does not name ${JSON.stringify(name)}; name it there, or take it away`
        : 'encryptionKeys: something in it is called by what is no name of a key, and may be the material; write <name>: <material>',
    );
  return faults;
}

function logPipelineFaults(settings: Settings): readonly string[] {
  const args = logPipelineArgs(settings);
  if (args === undefined)
    return [
      'logPipeline: it is missing, and log-pipeline is among stacks; give images, registries, issuer and exceptionsUntil, or take the stack away',
    ];
  // What is wrong with the cluster is said once, by whatever stack comes first.
  const isFirst = chosenStacks(settings)[0] === 'log-pipeline';
  const own = logPipelineConfig(args, today()).faults.flatMap(({ key, message, remedy }) => {
    if (ofProgram.includes(key)) return isFirst ? [`${key}: ${message}; ${remedy}`] : [];
    return [`logPipeline.${key}: ${message}; ${remedy}`];
  });
  const ofRunbooks = runbookFaults(args.runbooks).map(
    ({ property, message, remedy }) => `logPipeline.${property}: ${message}; ${remedy}`,
  );
  return [...own, ...ofRunbooks];
}
