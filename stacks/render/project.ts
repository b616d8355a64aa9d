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
    values[whole] = holdsSecret(value) ? withheldSecret : textOf(value);
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
  if (!isMapping(value)) return false;
  const keys = Object.keys(value);
  return (keys.length === 1 && keys[0] === 'secure') || Object.values(value).some(holdsSecret);
}

/** A value as Pulumi hands it to programs. */
function textOf(value: Json | unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
