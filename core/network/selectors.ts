import type { LabelSelector } from '../manifest/pod-common';
import { namespaceNameLabel } from './peer';

/** True for a selector that asks for nothing, and so takes everything. Absent is the same here. */
export function isEmptySelector(selector: LabelSelector | null | undefined): boolean {
  if (selector === undefined || selector === null) return true;
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}

/**
 * True for a selector that every namespace meets: it asks for nothing, for the name that each of them has, or for the
 * absence of a label that nobody has to set.
 */
export function selectsEveryNamespace(selector: LabelSelector, nameLabels: readonly string[] = [namespaceNameLabel]) {
  if (Object.keys(selector.matchLabels ?? {}).length > 0) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator }) =>
    operator === 'DoesNotExist' ? !nameLabels.includes(key) : operator === 'Exists' && nameLabels.includes(key),
  );
}
