import { type Feature, type FeatureId, featureTable } from './features';
import type { Nodes } from './node-capabilities';
import { type FieldLifetime, podFields } from './pod-fields';
import { type Lack, type LackCause, nodeLack, versionLack } from './support';
import { isAtLeast, type KubernetesVersion } from './version';

/** A field of a pod spec that a target lacks. */
export interface UnsupportedField extends Lack {
  /** Where it is, below the pod spec: `['containers', 0, 'lifecycle', 'preStop', 'sleep']`. */
  readonly path: readonly (string | number)[];
  /** The same without positions: `containers[].lifecycle.preStop.sleep`. */
  readonly field: string;
  readonly value: unknown;
  /** The feature that it needs; absent for a field that is only too new or too old. */
  readonly feature?: FeatureId;
}

/** {@link PodFieldCheck.unsupported} */
export interface UnsupportedFieldsOptions {
  /** Causes that do not count: `['nodes']` leaves what the nodes have to the owner. @default - none */
  readonly ignore?: readonly LackCause[];
}

/** One reason to refuse a field, with the values that it is about. */
interface Check extends Lack {
  readonly feature?: FeatureId;
  readonly values?: (value: unknown) => boolean;
}

/** A field and those below it, as far as something is wrong with them. */
interface Branch {
  /** The name of the field, or {@link ANY_INDEX}. */
  readonly segment: string;
  readonly checks: Check[];
  readonly below: Branch[];
}

const ANY_INDEX = '[]';

/**
 * Finds what a pod spec uses and a cluster lacks. It visits only the fields that the cluster lacks, so that a new
 * cluster costs next to nothing.
 */
export class PodFieldCheck {
  readonly #root: Branch = { segment: '', checks: [], below: [] };

  constructor(version: KubernetesVersion, nodes: Nodes) {
    for (const [id, feature] of Object.entries(featureTable) as [FeatureId, Feature][]) {
      const checks = featureChecks(id, feature, version, nodes);
      if (checks.length === 0) continue;
      for (const path of feature.paths) this.#branch(path).checks.push(...checks);
    }
    for (const [path, lifetime] of Object.entries(podFields)) {
      const lack = fieldLack(path, version, lifetime);
      if (lack) this.#branch(path).checks.push(lack);
    }
  }

  /** Why the target lacks a field, or this value of it; undefined where it has it. */
  lack(path: string | readonly (string | number)[], value?: unknown): Lack | undefined {
    const segments = typeof path === 'string' ? segmentsOf(path) : path.map(segmentOf);
    let branch: Branch | undefined = this.#root;
    for (const [i, segment] of segments.entries()) {
      branch = below(branch, segment);
      if (!branch) return undefined;
      const whole = i < segments.length - 1;
      const check = branch.checks.find(({ values }) => !values || (!whole && (value === undefined || values(value))));
      if (check) return check;
    }
    return undefined;
  }

  /** Every field of a pod spec that the target lacks, once each. */
  unsupported(podSpec: unknown, { ignore = [] }: UnsupportedFieldsOptions = {}): readonly UnsupportedField[] {
    const found: UnsupportedField[] = [];
    visit(this.#root, podSpec, [], (check, path, value) => {
      if (ignore.includes(check.cause)) return false;
      const { values: _, ...lack } = check;
      found.push({ ...lack, path: [...path], field: patternOf(path), value });
      return true;
    });
    return found;
  }

  #branch(path: string): Branch {
    let branch = this.#root;
    for (const segment of segmentsOf(path)) {
      let next = below(branch, segment);
      if (!next) {
        next = { segment, checks: [], below: [] };
        branch.below.push(next);
      }
      branch = next;
    }
    return branch;
  }
}

function below(branch: Branch, segment: string): Branch | undefined {
  return branch.below.find((next) => next.segment === segment);
}

/** Takes what was found; false where it does not count. */
type Report = (check: Check, path: readonly (string | number)[], value: unknown) => boolean;

/** @param path where `value` is; the same list for the whole visit */
function visit(branch: Branch, value: unknown, path: (string | number)[], report: Report): void {
  if (value === undefined || value === null) return;
  if (
    branch.checks.length > 0 &&
    branch.checks.some((check) => (!check.values || check.values(value)) && report(check, path, value))
  )
    return;
  if (typeof value !== 'object') return;
  // By index: every pod is visited, and mostly nothing is found.
  for (let i = 0; i < branch.below.length; i++) {
    const next = branch.below[i] as Branch;
    if (next.segment === ANY_INDEX) visitItems(next, value, path, report);
    else if (Object.hasOwn(value, next.segment)) visitAt(next, value, next.segment, path, report);
  }
}

function visitItems(branch: Branch, value: object, path: (string | number)[], report: Report): void {
  if (!Array.isArray(value)) return;
  for (let i = 0; i < value.length; i++) visitAt(branch, value, i, path, report);
}

function visitAt(
  branch: Branch,
  value: object,
  step: string | number,
  path: (string | number)[],
  report: Report,
): void {
  path.push(step);
  visit(branch, value[step as keyof typeof value], path, report);
  path.pop();
}

/** The version comes first: where it lacks the feature, its nodes are no matter. */
function featureChecks(id: FeatureId, feature: Feature, version: KubernetesVersion, nodes: Nodes): Check[] {
  const tooOld = versionLack(version, feature);
  if (tooOld) return [{ ...tooOld, feature: id, ...(feature.values && { values: feature.values }) }];
  const lacking = nodeLack(nodes, feature);
  const values = feature.needs?.values ?? feature.values;
  return lacking ? [{ ...lacking, feature: id, ...(values && { values }) }] : [];
}

function fieldLack(path: string, version: KubernetesVersion, { since, last }: FieldLifetime): Lack | undefined {
  if (!isAtLeast(version, since)) {
    const reason = `Kubernetes ${version} has no field ${path} in a pod spec (${since} is the first that has)`;
    return { cause: 'version', since, reason };
  }
  if (last === undefined || version === last || !isAtLeast(version, last)) return undefined;
  const reason = `Kubernetes ${version} no longer has the field ${path} in a pod spec (${last} was the last)`;
  return { cause: 'version', reason };
}

/** `containers[].ports[0].name` as `containers`, `[]`, `ports`, `[]`, `name`. */
function segmentsOf(path: string): readonly string[] {
  return path
    .replace(/\[\d*\]/g, `.${ANY_INDEX}`)
    .split('.')
    .filter((segment) => segment !== '');
}

function segmentOf(segment: string | number): string {
  return typeof segment === 'number' ? ANY_INDEX : segment;
}

function patternOf(path: readonly (string | number)[]): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}${ANY_INDEX}`;
    return text === '' ? segment : `${text}.${segment}`;
  }, '');
}
