import { isIn, type KubernetesVersion, newestVersion } from '../cluster/version';
import { readDefinitions, readFields, readKinds, type SchemaField, type SchemaKind } from './read';

/** What versions say of the fields of a definition: more than one entry where they differ. */
export type FieldHistory = ReadonlyMap<string, readonly SchemaField[]>;

/** The data, loaded when it is first asked for: most syntheses never do. */
function data(): typeof import('./data') {
  return require('./data') as typeof import('./data');
}

let kinds: ReadonlyMap<string, SchemaKind> | undefined;
let definitions: ReadonlyMap<string, string> | undefined;
const histories = new Map<string, FieldHistory>();

/** Kubernetes' own kind, whether or not a version has it; undefined for a kind that is none of its own. */
export function kindSchema(apiVersion: string, kind: string): SchemaKind | undefined {
  return kindSchemas().get(`${apiVersion.includes('/') ? '' : '/'}${apiVersion} ${kind}`);
}

/** Every kind of Kubernetes' own, by `group/version Kind`; the core group is empty: `/v1 Pod`. */
export function kindSchemas(): ReadonlyMap<string, SchemaKind> {
  kinds ??= readKinds(data().kindLines);
  return kinds;
}

/** What all versions say of the fields of a definition; empty for a definition that there is not. */
export function fieldHistory(definition: string): FieldHistory {
  const known = histories.get(definition);
  if (known) return known;
  definitions ??= readDefinitions(data().definitionLines);
  const history = readFields(definitions.get(definition) ?? '');
  histories.set(definition, history);
  return history;
}

/** The fields of a definition in one version, in alphabetical order. @param version @default - the newest */
export function fieldsOf(definition: string, version: KubernetesVersion = newestVersion): readonly SchemaField[] {
  return [...fieldHistory(definition).values()].flatMap((said) => fieldIn(said, version) ?? []);
}

/** What a version says of a field; undefined where it has no such field. */
export function fieldIn(said: readonly SchemaField[], version: KubernetesVersion): SchemaField | undefined {
  return said.find((field) => isIn(field, version));
}
