import type { Schema } from '../core/config/schema';
import { schemaFaults } from '../core/config/schema-faults';
import type { Json } from '../core/manifest/object';
import { formatPath } from '../core/manifest/path';
import type { ArgumentFault } from './argument-fault';
import { group, text } from './config-forms';

type Group = ReturnType<typeof group>;

/** The arguments of a stack, as the compiler has them: plain JavaScript has no compiler. */
export interface ArgumentForm {
  /** `LogPipelineArgs` */
  readonly type: string;
  readonly schema: Group;
  /** What is said of an argument that is missing. @default - that it is */
  readonly missing?: Readonly<Record<string, Omit<ArgumentFault, 'key'>>>;
}

/** The form that the compiler asks for: what a text may be, its own checks say better. */
function formOf({ enum: _, minLength: __, pattern: ___, properties, items, ...form }: Schema): Schema {
  return {
    ...form,
    ...(properties && { properties: formsOf(Object.entries(properties)) }),
    ...(items && { items: formOf(items) }),
  };
}

function formsOf(properties: readonly (readonly [string, Schema])[]): Readonly<Record<string, Schema>> {
  return Object.fromEntries(properties.map(([key, of]) => [key, formOf(of)]));
}

/**
 * The form of a stack's arguments by its configuration, but for runbooks, which may be an output.
 * @param byKind arguments whose keys depend on their kinds
 */
export function argumentsSchema({ properties, required }: Group, byKind: readonly string[]): Group {
  const plain = Object.entries(properties).filter(([key]) => key !== 'runbooks');
  const ofKinds = Object.entries(formsOf(plain.filter(([key]) => byKind.includes(key))));
  return group(
    'The arguments.',
    {
      ...formsOf(plain.filter(([key]) => !byKind.includes(key))),
      ...Object.fromEntries(ofKinds.map(([key, form]) => [key, { ...form, required: [], additionalProperties: {} }])),
      kubernetesVersion: text('As 1.34.'),
      distribution: text('As eks.'),
      owner: text('Who answers for it.'),
    },
    ['kubernetesVersion', 'owner', ...required],
  );
}

/** What is not of the form that the compiler asks for. */
export function formFaults(args: object, { type, schema, missing = {} }: ArgumentForm): readonly ArgumentFault[] {
  // What is left out, and what is undefined, is the same.
  const plain = JSON.parse(JSON.stringify(args)) as Readonly<Record<string, Json>>;
  const absent = Object.entries(missing).filter(([key]) => plain[key] === undefined);
  const said = new Set(absent.map(([key]) => key));
  const required = schema.required.filter((key) => !said.has(key));
  return [
    ...absent.map(([key, fault]) => ({ key, ...fault })),
    ...schemaFaults(plain, { ...schema, required }, ['args']).map(({ path, reason }) => ({
      key: path.length === 1 ? 'args' : formatPath(path.slice(1)),
      message: reason,
      remedy: `write it as the type ${type} has it`,
    })),
  ];
}
