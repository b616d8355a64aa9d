/**
 * The language in which rules are written, for rules of one's own: `kube-bulwark/rules`.
 *
 * A rule is written once. The check at synthesis and in CI, and the admission policies of the cluster, are compiled from it.
 */
export type { Clause, ClauseProps, Fix, Loop, PodSymbol } from './policy/clause';
export {
  type AnySecurityContext,
  containers,
  inSecurityContexts,
  longRunningContainers,
  objects,
  ownContainers,
  pods,
  Subjects,
  volumes,
} from './policy/clause';
export { type ObjectRuleProps, objectRule, type PodRuleProps, podRule } from './policy/define';
export type { FunctionName } from './policy/expression/functions';
export type { Members, Node, NodeKind, NodeOf, Scalar, SettingName, VariableNode } from './policy/expression/node';
export * from './policy/expression/operators';
export type { List, Sym, Test, Value } from './policy/expression/symbol';
export type { ObjectRule, PodRule, Rule, RuleInfo } from './policy/rule';
export { isRelaxedByUserNamespace, isWindows, runsToCompletion } from './policy/rules/pod-conditions';
