import type { Path } from '../path';
import { writeYaml, YamlWriteError } from './write';

/** A value that YAML cannot hold. */
export interface UnwritableValue {
  readonly path: Path;
  /** What is wrong with it, and what to write instead. */
  readonly fault: string;
}

/** As many as anybody reads. */
const MOST = 100;

/** Every value that {@link writeYaml} would throw at, not only the first; at most a hundred. */
export function unwritableValues(value: unknown): readonly UnwritableValue[] {
  const found: UnwritableValue[] = [];
  let rest = value;
  while (found.length < MOST) {
    const error = refusal(rest);
    if (!error) break;
    found.push({ path: error.path, fault: error.fault });
    if (error.path.length === 0) break;
    rest = without(rest, error.path);
  }
  return found;
}

function refusal(value: unknown): YamlWriteError | undefined {
  try {
    writeYaml(value);
  } catch (error) {
    if (error instanceof YamlWriteError) return error;
    throw error;
  }
  return undefined;
}

/** The value without what stands at the path, an item of a list being null then; only what leads there is copied. */
function without(value: unknown, [step, ...below]: Path): unknown {
  if (step === undefined) return null;
  if (Array.isArray(value)) return value.map((item, i) => (i === step ? without(item, below) : item));
  const copy = { ...(value as Readonly<Record<string | number, unknown>>) };
  if (below.length === 0) delete copy[step];
  else copy[step] = without(copy[step], below);
  return copy;
}
