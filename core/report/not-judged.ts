import type { SkippedKind } from '../policy/report';
import { visible } from './visible';

/** The kinds that no rule is about, as text for people; no line where there are none. */
export function describeSkipped(skipped: readonly SkippedKind[]): readonly string[] {
  if (skipped.length === 0) return [];
  const kinds = skipped.map(({ apiVersion, kind, count }) => visible(`${count} ${kind} (${apiVersion})`));
  return [`no rule is about these kinds: ${kinds.join(', ')}`];
}
