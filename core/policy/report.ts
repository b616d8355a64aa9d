import type { Distribution } from '../cluster/distribution';
import type { KubernetesVersion } from '../cluster/version';
import type { KubernetesObject } from '../manifest/object';
import type { Path } from '../manifest/path';
import type { Position } from '../manifest/yaml/split';
import type { Finding, Severity } from './finding';
import type { FrameworkId } from './frameworks';
import type { Rule } from './rule';

/** What tells an object apart, as it is written. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** A finding with what reports say of it besides. */
export interface ReportedFinding extends Finding {
  /** The object that it is about. */
  readonly of?: ObjectName;
  /**
   * The same for the same finding while lines move and lists grow: rule, object, the property with the items of lists by their
   * names, and the value. Two findings may share one.
   */
  readonly fingerprint: () => string;
  /** Where other nodes of the object are written; for objects that were read from a text. */
  readonly positionOf?: (path: Path) => Position;
  /** Whether a line of its source may not be shown, since a secret stands in it. @default - each may */
  readonly hidesLine?: (line: string) => boolean;
  /** True for one that the baseline lists: it is reported, and does not fail. */
  readonly known?: boolean;
}

/** Objects of a kind that no rule knows and that holds no pods. */
export interface SkippedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly count: number;
}

/** How many objects there are of each kind, in the order in which the kinds appear. */
export function countByKind(objects: readonly Pick<KubernetesObject, 'apiVersion' | 'kind'>[]): readonly SkippedKind[] {
  const kinds = new Map<string, SkippedKind>();
  for (const { apiVersion, kind } of objects) {
    const key = `${apiVersion} ${kind}`;
    kinds.set(key, { apiVersion, kind, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  return [...kinds.values()];
}

/** A rule that was not asked, and why. */
export interface UnaskedRule {
  readonly rule: string;
  readonly reason: string;
}

/** Everything that a check says. */
export interface Report {
  readonly target: { readonly kubernetesVersion: KubernetesVersion; readonly distribution: Distribution };
  /** The day against which exceptions were judged. */
  readonly today: string;
  /** Empty for our own profile: every rule. */
  readonly frameworks: readonly FrameworkId[];
  /** The rules that were asked. */
  readonly rules: readonly Rule[];
  readonly unasked: readonly UnaskedRule[];
  /** How many objects were read. */
  readonly objects: number;
  readonly skipped: readonly SkippedKind[];
  /** What no exception covers, in the order of the objects. */
  readonly findings: readonly ReportedFinding[];
  /** What an exception covers: each says which. */
  readonly waived: readonly ReportedFinding[];
}

const weights: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

/** The severities, the heaviest first. */
export const severities = ['error', 'warning', 'info'] as const satisfies readonly Severity[];

/** From which severity on findings fail a check. */
export const failLevels = [...severities, 'never'] as const;

/** From which severity on findings fail a check; `never` for a check that only reports. */
export type FailLevel = (typeof failLevels)[number];

/** Whether a finding weighs as much as `least`, or more. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return weights[severity] >= weights[least];
}

/** How many findings there are of each severity. */
export function countBySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}
