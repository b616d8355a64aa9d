import type { KubernetesObject } from '../../core/manifest/object';
import { formatPath, type Path } from '../../core/manifest/path';
import type { PodTemplateKinds } from '../../core/manifest/pod-template';
import type { EvaluatedObject } from '../../core/policy/judge';
import { describeInputError, type InputError } from '../../core/report/check-report';
import { progressOn } from '../check/progress';
import { settingsOf } from '../check/settings';
import type { Terminal } from '../command';
import { readInputs } from './read-inputs';

/** What was read, without the objects that the API server would refuse. */
export interface Accepted {
  readonly objects: readonly KubernetesObject[];
  readonly errors: readonly InputError[];
  /** `file:line:column` of an object, or of a node of it; empty for an object that was not read. */
  readonly placeOf: (object: KubernetesObject, path?: Path) => string;
  readonly kinds: { readonly podTemplateKinds?: PodTemplateKinds };
}

/** Options of what is read, as commands have them by `inputOptions`. */
export interface ReadingValues {
  readonly config?: string;
  readonly exclude?: readonly string[];
  readonly quiet?: boolean;
}

/** Something for which the API server refuses an object. */
export interface RefusedFor {
  readonly path: Path;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Reads what the paths or the settings name. What cannot be read, and what the API server would refuse, is reported and left out, since the
 * cluster would not have it.
 * @param what the objects are called: `policy`
 */
export async function readAccepted(
  paths: readonly string[],
  values: ReadingValues,
  terminal: Terminal,
  faultsOf: (object: KubernetesObject) => readonly RefusedFor[],
  what: string,
): Promise<Accepted> {
  const settings = settingsOf({
    values: {
      ...(values.config !== undefined && { config: values.config }),
      ...(values.exclude && { exclude: values.exclude }),
    },
    paths,
  });
  const progress = progressOn(terminal, values.quiet ?? false);
  const inputs = await readInputs(settings.paths, settings.exclude, terminal, progress.show);
  progress.end();
  const refused = inputs.objects.flatMap((entry) =>
    faultsOf(entry.object).map((fault) => ({ entry, error: errorOf(entry, fault, what) })),
  );
  const errors = [...inputs.errors, ...refused.map(({ error }) => error)];
  for (const error of errors) terminal.err(`bulwark: ${describeInputError(error)}\n`);
  const left = new Set(refused.map(({ entry }) => entry));
  const kept = inputs.objects.filter((entry) => !left.has(entry));
  const places = new Map(kept.map((entry) => [entry.object, entry]));
  return {
    objects: kept.map(({ object }) => object),
    errors,
    placeOf: (object, path = []) => placeOf(places.get(object), path),
    kinds: settings.evaluation.podTemplateKinds ? { podTemplateKinds: settings.evaluation.podTemplateKinds } : {},
  };
}

function errorOf({ source = '', positionOf }: EvaluatedObject, fault: RefusedFor, what: string): InputError {
  const { path, message, remedy } = fault;
  return {
    file: source,
    ...positionOf?.(path),
    reason: `${formatPath(path)}: ${message}: ${remedy}; the ${what} is left out, as the API server refuses it`,
  };
}

function placeOf(entry: EvaluatedObject | undefined, path: Path): string {
  const at = entry?.positionOf?.(path);
  return at === undefined ? '' : `${entry?.source}:${at.line}:${at.column}`;
}
