import type { Path } from '../../manifest/path';
import { agentPrefixes } from '../../secrets/vault/agent';
import { mayTakeSecret, secretInLine } from './commands';
import { settingsInLine } from './line-settings';
import { isNamedSecretValue } from './named-secrets';
import { isLiteral } from './settings';
import { action } from './template-marks';
import { type Leak, leakInAssignments, leakInText } from './text-leaks';
import { mayHaveSettings } from './text-settings';

/** Says what something is the checksum of. */
const ofChecksums = /^checksum\//;
const checksum = /^(?:sha\d+:)?[0-9a-f]{16,128}$/i;
/** What an injector is to bring, and how it does. */
const ofAgent = new RegExp(`^(?:${agentPrefixes.map((prefix) => prefix.replaceAll('.', '\\.')).join('|')})/(.*)$`);
/** What the agent logs in with. */
const ofLogin = /^auth-config-(.*)$/;

/** Whether the text of an annotation may set a secret. */
export function maySetSecret(text: unknown): boolean {
  return typeof text === 'string' && /[=:\s]/.test(text) && mayTakeSecret.test(text);
}

/** Why the annotation at the path is taken to hold a secret, by its name or by what it sets. */
export function leakInAnnotation(path: Path, value: string): Leak | undefined {
  const key = String(path.at(-1));
  if (path.at(-2) !== 'annotations' || path.at(-3) !== 'metadata') return undefined;
  if (ofChecksums.test(key) || checksum.test(value)) return undefined;
  const [, ofInjector] = ofAgent.exec(key) ?? [];
  if (ofInjector !== undefined) return leakToAgent(ofInjector, value);
  if (isNamedSecretValue(key.replace(/^.*\//, ''), value)) return { because: 'holds a secret by its name' };
  return maySetSecret(value) ? leakInNote(value) : undefined;
}

function leakInNote(value: string): Leak | undefined {
  return (mayHaveSettings(value) ? leakInText(value) : undefined) ?? leakInAssignments(value);
}

/** Its names say which secret it is, and not that they hold one; its templates and commands are written down as any other. */
function leakToAgent(name: string, value: string): Leak | undefined {
  const [, login] = ofLogin.exec(name) ?? [];
  if (login !== undefined && isLiteral(value) && (login === 'secret-id' || isNamedSecretValue(login, value)))
    return { because: 'holds what the agent logs in with' };
  if (!maySetSecret(value)) return undefined;
  const text = value.replace(action, '{{}}');
  if (settingsInLine(text).length > 0) return { because: 'sets a secret by its name' };
  const because = secretInLine(text);
  return because === undefined ? undefined : { because };
}
