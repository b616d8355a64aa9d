import { type SchemaFault, schemaFaults } from '../../core/config/schema-faults';
import { isKeyName } from '../../core/control-plane/encryption';
import type { Json } from '../../core/manifest/object';
import { formatPath } from '../../core/manifest/path';
import { messageOf } from '../../core/message-of';
import { nearest } from '../../core/nearest';
import { withheldSecret } from '../render/withheld';
import { type ConfigKey, type ConfigKeyName, configKeys, requiredKeys } from './config-keys';
import { contradictionsIn } from './contradictions';
import type { Settings } from './settings';

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
    else if (known.secret === true && !secretKeys.includes(whole)) say(key, plainSecret(project, key));
    else if (known.secret !== true && secretKeys.includes(whole)) say(key, noSecret(project, key, known));
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
          faults.push(`${project}:${describe(fault, known, project)}`);
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

function plainSecret(project: string, key: string): string {
  return (
    'it is a secret, and stands in plain text in the configuration: whoever could read it has it. ' +
    `Make a new one, and set it by pulumi config set --secret ${placeOf(project, key)} …`
  );
}

function noSecret(project: string, key: string, { apart = {} }: ConfigKey): string {
  const places = Object.values(apart).map((own) => `--secret ${placeOf(project, own)} …`);
  const hint = places.length === 0 ? '' : `, and what is secret of it apart: ${places.join(', ')}`;
  return `it is no secret, and would be deployed as plain text; set it again without --secret: pulumi config set ${project}:${key} …${hint}`;
}

/** Where a secret is set, as the command line takes it. */
function placeOf(project: string, key: string): string {
  return key === 'registryPasswords' ? `--path '${project}:${key}["<user>"]'` : `${project}:${key}`;
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

/** Names of keys, and of users, that are shorter than any secret. */
function isShown(step: string | number): boolean {
  return isKeyName(step) && String(step).length < 16;
}

/** A fault with the path of what it is about. Of a secret only where it is. */
function describe({ path, reason }: SchemaFault, { secret, apart = {} }: ConfigKey, project: string): string {
  // What a key of ours is called by mistake may be its material.
  const at = formatPath(secret === true ? path.map((step, i) => (i === 0 || isShown(step) ? step : '…')) : path);
  const own = apart[at.replace(/\[\d+\]/g, '[]')];
  if (own !== undefined) return `${at}: ${plainSecret(project, own)}`;
  if (secret === true) return `${at}: it is not of the form that its description says`;
  return reason.startsWith(at) ? reason : `${at}: ${reason}`;
}
