import { isMapping, listOf } from '../manifest/plain';
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

/** Labels of pods, as far as they are known. */
export interface KnownLabels {
  readonly labels: Readonly<Record<string, string>>;
  /**
   * Labels that each of the pods has, with a value that nobody knows before there are pods, or that is another for each; by what it may be.
   * @default - every label is known
   */
  readonly labelForms?: Readonly<Record<string, RegExp>>;
}

/** Whether pods meet the selector: `maybe` where it asks for a value that is not known before there are pods. */
export function selectorTakes(
  selector: LabelSelector | null | undefined,
  { labels, labelForms = {} }: KnownLabels,
): 'yes' | 'maybe' | 'no' {
  const isOpen = (key: string): boolean => Object.hasOwn(labelForms, key);
  const asked = requirementsOf(selector);
  const known = asked.filter(({ key }) => !isOpen(key));
  if (!selectorMatches({ matchExpressions: known }, labels)) return 'no';
  const answers = asked.filter(({ key }) => isOpen(key)).map((each) => openAnswer(each, labelForms[each.key]));
  return answers.includes('no') ? 'no' : answers.includes('maybe') ? 'maybe' : 'yes';
}

/** The keys that a selector asks for. */
export function keysAsked(selector: LabelSelector | null | undefined): readonly string[] {
  return requirementsOf(selector).map(({ key }) => key);
}

/** What a selector asks for, that of `matchLabels` too, one requirement a label. */
export function requirementsOf(selector: LabelSelector | null | undefined): readonly LabelSelectorRequirement[] {
  const pairs = Object.entries(selector?.matchLabels ?? {});
  return [
    ...pairs.map(([key, value]) => ({ key, operator: 'In' as const, values: [value] })),
    ...listOf(selector?.matchExpressions).filter(isMapping),
  ] as readonly LabelSelectorRequirement[];
}

/** What is asked of a label that is there, of whose value only the form is known. */
function openAnswer({ operator, values }: LabelSelectorRequirement, form: RegExp | undefined): 'yes' | 'maybe' | 'no' {
  if (operator === 'Exists') return 'yes';
  if (operator !== 'In' && operator !== 'NotIn') return 'no';
  const mayBeOne = (values ?? []).some((value) => form?.test(value));
  return mayBeOne ? 'maybe' : operator === 'In' ? 'no' : 'yes';
}

const expressions: Readonly<
  Record<LabelSelectorOperator, (value: string | undefined, values: readonly string[]) => boolean>
> = {
  In: (value, values) => value !== undefined && values.includes(value),
  NotIn: (value, values) => value === undefined || !values.includes(value),
  Exists: (value) => value !== undefined,
  DoesNotExist: (value) => value === undefined,
};
