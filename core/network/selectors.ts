import type { LabelSelector, LabelSelectorOperator, LabelSelectorRequirement } from '../manifest/pod-common';
import { namespaceNameLabel } from './peer';

/** True for a selector that asks for nothing, and so takes everything. Absent is the same here. */
export function isEmptySelector(selector: LabelSelector | null | undefined): boolean {
  if (selector === undefined || selector === null) return true;
  for (const _ in selector.matchLabels) return false;
  return (selector.matchExpressions ?? []).length === 0;
}

/**
 * True for a selector that every namespace meets: it asks for nothing, for the name that each of them has, or for the
 * absence of a label that nobody has to set.
 */
export function selectsEveryNamespace(selector: LabelSelector, nameLabels: readonly string[] = [namespaceNameLabel]) {
  if (Object.keys(selector.matchLabels ?? {}).length > 0) return false;
  return (selector.matchExpressions ?? []).every(
    ({ key, operator }) => operator === (nameLabels.includes(key) ? 'Exists' : 'DoesNotExist'),
  );
}

/**
 * True for selectors that every pod of every namespace meets but for those that they name: nobody has to do anything for the absence of a
 * label, or for other values than some. What {@link selectsEveryNamespace} takes is among them.
 */
export function selectsMostPods(
  namespaces: LabelSelector,
  pods?: LabelSelector | null,
  nameLabels: readonly string[] = [namespaceNameLabel],
): boolean {
  return selectsAllBut(namespaces, nameLabels) && selectsAllBut(pods ?? {}, []);
}

function selectsAllBut({ matchLabels, matchExpressions }: LabelSelector, nameLabels: readonly string[]): boolean {
  if (Object.keys(matchLabels ?? {}).length > 0) return false;
  return (matchExpressions ?? []).every(
    ({ key, operator }) => operator === 'NotIn' || operator === (nameLabels.includes(key) ? 'Exists' : 'DoesNotExist'),
  );
}

/**
 * True where something with these labels meets the selector: an absent or empty one is met by everything.
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function selectorMatches(
  selector: LabelSelector | null | undefined,
  labels: Readonly<Record<string, string>>,
): boolean {
  const own = (key: string): string | undefined => (Object.hasOwn(labels, key) ? labels[key] : undefined);
  const wanted = selector?.matchLabels;
  for (const key in wanted) if (own(key) !== wanted[key]) return false;
  const asked = selector?.matchExpressions;
  if (!Array.isArray(asked)) return true;
  return (asked as readonly LabelSelectorRequirement[]).every(({ key, operator, values }) => {
    const value = own(key);
    return expressions[operator]?.(value, values ?? []) ?? false;
  });
}

const expressions: Readonly<
  Record<LabelSelectorOperator, (value: string | undefined, values: readonly string[]) => boolean>
> = {
  In: (value, values) => value !== undefined && values.includes(value),
  NotIn: (value, values) => value === undefined || !values.includes(value),
  Exists: (value) => value !== undefined,
  DoesNotExist: (value) => value === undefined,
};
