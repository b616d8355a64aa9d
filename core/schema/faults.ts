import { isIn, type KubernetesVersion } from '../cluster/version';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import { kindOfValue } from '../manifest/plain';
import { enforced } from './enforced';
import { surelyFits } from './fits';
import { nearestField, ownerOf } from './nearest-field';
import type { FieldType, SchemaField } from './read';
import { scalars } from './scalars';
import { fieldHistory, fieldIn, kindSchema } from './schema';

/**
 * What is wrong with a field: no version has it (`unknown`), this one does not (`version`), its value is of another type
 * (`type`) or none of those it takes (`value`), or it is missing (`required`).
 */
export type SchemaFaultCause = 'unknown' | 'version' | 'type' | 'value' | 'required';

/** A field that the API server would refuse, or drop where it does not validate strictly. */
export interface SchemaFault {
  readonly cause: SchemaFaultCause;
  readonly path: Path;
  /** The value seen; absent where there is none, where it is no scalar, and where it may be a secret. */
  readonly value?: unknown;
  /** What is wrong, in one sentence. */
  readonly message: string;
  /** How to mend it. */
  readonly remedy: string;
}

/** No object of Kubernetes' own is nested deeper, but for the schema of a CustomResourceDefinition; YAML readers stop here. */
const MAX_DEPTH = 100;

/** Of these fields the API server makes what it likes: whoever writes them is heard only as far as they decode. */
const ownedByServer: ReadonlySet<string> = new Set(['status', 'managedFields']);

const unwritable: ReadonlySet<string> = new Set(['bigint', 'function', 'symbol']);

/** The data of a Secret or a ConfigMap, what a container or a probe is given, and what is like one of them by its name. */
const likeSecrets = /^(?:env|arg|command|(?:string|binary)?data|(?:http)?header)|password|secret|token/i;

/** Whether what stands there, or in its line, may be a secret. */
export function mayHoldSecret(kind: string | undefined, path: Path): boolean {
  return kind === 'Secret' || path.at(-1) === 'value' || path.some((step) => likeSecrets.test(String(step)));
}

const none: readonly never[] = [];

/**
 * What the API server of a version would say of an object of its own kinds when it decodes it strictly, and of required
 * fields and enums when it validates it. Custom kinds, and kinds that the version does not have, have no faults: nothing is
 * known of them. A null counts as nothing, as it does there.
 */
export function schemaFaults(object: KubernetesObject, version: KubernetesVersion): readonly SchemaFault[] {
  const kind = kindSchema(object.apiVersion, object.kind);
  if (!kind || !isIn(kind, version) || surelyFits(object, kind.definition, version)) return none;
  return faultsBy(kind.definition, object, version);
}

/** What is wrong with an object of a definition, looked for in all of it. */
export function faultsBy(definition: string, object: object, version: KubernetesVersion): readonly SchemaFault[] {
  const { kind } = object as { readonly kind?: unknown };
  const walk = new Walk(version, typeof kind === 'string' ? kind : undefined);
  walk.visit({ type: 'object', definition }, object, undefined, true);
  return walk.faults;
}

class Walk {
  readonly faults: SchemaFault[] = [];
  readonly #path: (string | number)[] = [];
  readonly #holders: object[] = [];

  constructor(
    private readonly version: KubernetesVersion,
    private readonly kind: string | undefined,
  ) {}

  /** @param validated false where the API server only decodes */
  visit(type: FieldType, value: unknown, field: SchemaField | undefined, validated: boolean): void {
    // YAML cannot hold what is not plain data: another rule says so.
    if (value === undefined || value === null || unwritable.has(typeof value)) return;
    if (type.type === 'list' || type.type === 'map' || type.type === 'object') {
      this.#structure(type, value, field, validated);
      return;
    }
    const { expected, decodes } = scalars[type.type];
    if (!decodes(value)) this.#mistyped(value, expected);
    else if (validated && field?.values && value !== '' && !field.values.includes(String(value)))
      this.#report(
        'value',
        value,
        `${JSON.stringify(value)} is no value of ${field.name}`,
        `write ${field.values.map((known) => JSON.stringify(known)).join(', ')}`.replace(/, ([^,]*)$/, ' or $1'),
      );
  }

  #structure(
    type: Exclude<FieldType, { readonly type: keyof typeof scalars }>,
    value: unknown,
    field: SchemaField | undefined,
    validated: boolean,
  ): void {
    const isList = Array.isArray(value);
    if (typeof value !== 'object' || value === null || isList !== (type.type === 'list')) {
      this.#mistyped(value, type.type === 'list' ? 'a list' : 'an object');
      return;
    }
    if (this.#holders.length >= MAX_DEPTH || this.#holders.includes(value)) return;
    this.#holders.push(value);
    if (type.type === 'object') this.#object(type.definition, value, validated);
    else {
      const entries = isList ? value.entries() : Object.entries(value);
      for (const [step, item] of entries) this.#below(step, type.of, item, field, validated);
    }
    this.#holders.pop();
  }

  #object(definition: string, value: object, validated: boolean): void {
    const history = fieldHistory(definition);
    const given = value as Readonly<Record<string, unknown>>;
    for (const [name, item] of Object.entries(given)) {
      if (item === undefined) continue;
      const said = history.get(name);
      const field = said && fieldIn(said, this.version);
      if (field) this.#below(name, field.type, item, field, validated && !ownedByServer.has(name));
      else this.#surplus(definition, name, item, said);
    }
    if (!validated) return;
    for (const name of enforced[definition] ?? []) {
      if (given[name] !== undefined && given[name] !== null) continue;
      if (!fieldIn(history.get(name) ?? [], this.version)?.required) continue;
      this.#path.push(name);
      this.#report('required', undefined, `${titleOf(definition)} needs ${name}`, `give ${name} a value`);
      this.#path.pop();
    }
  }

  #below(step: string | number, type: FieldType, value: unknown, field: SchemaField | undefined, validated: boolean) {
    this.#path.push(step);
    this.visit(type, value, field, validated);
    this.#path.pop();
  }

  /** A field that the version does not have. The API server refuses it whatever its value, null too. */
  #surplus(definition: string, name: string, value: unknown, said: readonly SchemaField[] | undefined): void {
    const title = titleOf(definition);
    this.#path.push(name);
    if (said) {
      const { since } = said.find((field) => field.since !== undefined) ?? {};
      const last = said.at(-1)?.last;
      const when =
        since !== undefined && last === undefined ? `${since} is the first that does` : `${last} was the last`;
      const message = `in Kubernetes ${this.version} ${title} has no field ${name} (${when})`;
      const remedy = said.some(({ since: first }) => first !== undefined && !isIn({ last: this.version }, first))
        ? 'leave it out, or raise the version of the target once its cluster is upgraded'
        : 'leave it out: it was taken away';
      this.#report('version', value, message, remedy);
    } else {
      const near = nearestField(name, definition, this.version);
      const owner = near === undefined ? ownerOf(name, definition, this.version) : undefined;
      const hint =
        near !== undefined ? `did you mean ${near}?` : owner !== undefined ? `it is a field of ${owner}` : 'remove it';
      this.#report('unknown', undefined, `${title} has no field ${JSON.stringify(name)}`, hint);
    }
    this.#path.pop();
  }

  #mistyped(value: unknown, expected: string): void {
    const isScalar = typeof value !== 'object';
    const remedy = expected === scalars.string.expected && isScalar ? 'put it in quotes' : `write ${expected}`;
    const shown = isScalar && !this.#isHidden() ? ` ${JSON.stringify(value)}` : isScalar ? ' that stands there' : '';
    this.#report('type', value, `it must be ${expected}, and is ${kindOfValue(value)}${shown}`, remedy);
  }

  #report(cause: SchemaFaultCause, value: unknown, message: string, remedy: string): void {
    const shown = value !== undefined && typeof value !== 'object' && !this.#isHidden();
    this.faults.push({ cause, path: [...this.#path], ...(shown && { value }), message, remedy });
  }

  /** Whether the value here may be a secret. */
  #isHidden(): boolean {
    return mayHoldSecret(this.kind, this.#path);
  }
}

/** `core.v1.PodSpec` as messages say it: `a PodSpec`. */
function titleOf(definition: string): string {
  const name = definition.slice(definition.lastIndexOf('.') + 1);
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}
