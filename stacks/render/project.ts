import type { Json } from '../../core/manifest/object';
import { isMapping } from '../../core/manifest/plain';
import { readValue } from '../../core/manifest/yaml/read-value';
import { withheldSecret } from './withheld';

/** What `Pulumi.yaml` says of a project, as far as running its program takes it. */
export interface Project {
  readonly name: string;
  /** The program, relative to the project. @default - the main module of its package */
  readonly main?: string;
}

/** The configuration of a stack. */
export interface StackConfig {
  /** By whole names. Secrets are withheld. */
  readonly values: Readonly<Record<string, string>>;
  readonly secretKeys: readonly string[];
}

/** A file of Pulumi's that cannot be read. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError';
}

/** @throws ProjectError */
export function readProject(text: string, source: string): Project {
  const { name, main, runtime } = mappingOf(text, source);
  if (typeof name !== 'string' || name === '') throw new ProjectError(`${source} names no project; add name: …`);
  const language = isMapping(runtime) ? runtime.name : runtime;
  if (language !== 'nodejs')
    throw new ProjectError(`${source} is for ${JSON.stringify(language)}; programs of nodejs alone can be rendered`);
  return { name, ...(typeof main === 'string' && { main }) };
}

/**
 * Reads `Pulumi.<stack>.yaml`. Of what is encrypted only the name is taken.
 * @throws ProjectError
 */
export function readStackConfig(text: string, source: string, project: string): StackConfig {
  const { config } = mappingOf(text, source);
  if (config === undefined || config === null) return { values: {}, secretKeys: [] };
  if (!isMapping(config)) throw new ProjectError(`${source}: config is no mapping`);
  const values: Record<string, string> = {};
  const secretKeys: string[] = [];
  for (const [key, value] of Object.entries(config)) {
    const whole = key.includes(':') ? key : `${project}:${key}`;
    if (holdsSecret(value)) secretKeys.push(whole);
    values[whole] = textOf(withheld(value));
  }
  return { values, secretKeys };
}

function mappingOf(text: string, source: string): Readonly<Record<string, unknown>> {
  const { value, faults } = readValue(text, source);
  const [fault] = faults;
  if (fault !== undefined) throw new ProjectError(`${source}:${fault.line}:${fault.column}: ${fault.reason}`);
  if (!isMapping(value)) throw new ProjectError(`${source} is no mapping`);
  return value;
}

/** Whether it, or something in it, is encrypted: Pulumi then takes the whole key for a secret. */
function holdsSecret(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsSecret);
  return isMapping(value) && (isEncrypted(value) || Object.values(value).some(holdsSecret));
}

function isEncrypted(value: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === 'secure';
}

/** The value with something in the place of what is encrypted, so that a program that takes it apart still can. */
function withheld(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withheld);
  if (!isMapping(value)) return value;
  if (isEncrypted(value)) return withheldSecret;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withheld(member)]));
}

/** A value as Pulumi hands it to programs. */
function textOf(value: Json | unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
