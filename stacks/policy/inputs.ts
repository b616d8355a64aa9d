/**
 * The inputs of a Pulumi resource as plain data. In a preview some are not known yet: @pulumi/policy throws where one of them is read, so that
 * it cannot be taken for one that is missing.
 */
import type { Path } from '../../core/manifest/path';
import { isMapping } from '../../core/manifest/plain';

/** Inputs, read once. */
export interface Inputs {
  /** What is known. What is not is left out; in a list, null stands for it, so that the others keep their places. */
  readonly known: Readonly<Record<string, unknown>>;
  /** Where the values are that are not known yet. */
  readonly unknown: readonly Path[];
}

/** Reads all that can be read. */
export function readInputs(props: Readonly<Record<string, unknown>>): Inputs {
  const unknown: Path[] = [];
  const member = (owner: object, key: string | number, path: Path): unknown => {
    const at = [...path, key];
    let value: unknown;
    try {
      value = Reflect.get(owner, key);
    } catch {
      unknown.push(at);
      return undefined;
    }
    return copy(value, at);
  };
  const copy = (value: unknown, path: Path): unknown => {
    if (Array.isArray(value)) return Array.from({ length: value.length }, (_, i) => member(value, i, path) ?? null);
    if (!isMapping(value)) return value;
    const members = Object.keys(value).map((key) => [key, member(value, key, path)] as const);
    return Object.fromEntries(members.filter(([, found]) => found !== undefined));
  };
  return { known: copy(props, []) as Record<string, unknown>, unknown };
}

/** What is thrown where a value is read that is not known yet. */
export class UnknownInput extends Error {
  override readonly name = 'UnknownInput';

  constructor(readonly path: Path) {
    super(`not known until the update: ${path.join('.')}`);
  }
}

/** The inputs with what is not known in its place again: reading it throws {@link UnknownInput}, unless it was given up. */
export function guarded({ known, unknown }: Inputs, givenUp: ReadonlySet<Path>): Readonly<Record<string, unknown>> {
  const copy = structuredClone(known);
  for (const path of unknown) {
    if (givenUp.has(path)) continue;
    const owner = path.slice(0, -1).reduce<unknown>((node, step) => Reflect.get(node as object, step), copy) as object;
    Object.defineProperty(owner, path.at(-1) as string | number, {
      enumerable: true,
      get: () => {
        throw new UnknownInput(path);
      },
    });
  }
  return copy;
}

/** Reads the value through Pulumi's own proxy, so that Pulumi reports, in its words, that it is not known yet. */
export function touch(props: Readonly<Record<string, unknown>>, path: Path): void {
  path.reduce<unknown>((node, step) => Reflect.get(node as object, step), props);
}
