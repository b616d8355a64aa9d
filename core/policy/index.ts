export { checkObject } from './check';
export { checkNames } from './check-names';
export type { ScopedException, SecurityException } from './exception';
export type { Finding, PodSecurityLevel, Severity, Violation } from './finding';
export type { ContainerInPod, DeclaredRule, ObjectRule, PodInObject, PodRule, Rule, RuleContext } from './rule';
export { type DeclaredRuleId, nearestRuleId, type RuleId, ruleById, rules } from './rules';
export { waive } from './waive';
