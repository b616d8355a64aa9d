import type { Clause } from './clause';
import { judgeOf } from './judge-clauses';
import type { ObjectRule, PodRule, RuleInfo } from './rule';

/** What a rule author writes down. */
export interface PodRuleProps extends RuleInfo {
  /** Each way to break it. */
  readonly clauses: readonly Clause[];
}

/** What the author of a rule over whole objects writes down. */
export interface ObjectRuleProps extends PodRuleProps {
  /** The kinds it is about, as `group/Kind`; the core group is empty: `/Service`. */
  readonly kinds: readonly string[];
}

/**
 * A rule over the pod template of any kind. Its clauses are the only place where its logic stands: the check here and the
 * policies of the cluster are compiled from them.
 */
export function podRule<const R extends PodRuleProps>(props: R) {
  const judge = judgeOf(props.clauses);
  return {
    ...props,
    subject: 'pod',
    check: (pod, context) => judge(pod.object, pod, context),
  } as const satisfies PodRule;
}

/** A rule over whole objects of some kinds. */
export function objectRule<const R extends ObjectRuleProps>(props: R) {
  const judge = judgeOf(props.clauses);
  return {
    ...props,
    subject: 'object',
    check: (object, context) => judge(object, undefined, context),
  } as const satisfies ObjectRule;
}
