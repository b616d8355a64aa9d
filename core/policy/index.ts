export { checkObject } from './check';
export { checkPlainData, checkSchema } from './check-schema';
export { checkSet, type ObjectOfConstruct } from './check-set';
export { checkValidity } from './check-validity';
export type { ScopedException, SecurityException } from './exception';
export type { Finding, PodSecurityLevel, Severity, Violation } from './finding';
export type { ContainerInPod, DeclaredRule, ObjectRule, PodInObject, PodRule, Rule, RuleContext } from './rule';
export { type DeclaredRuleId, nearestRuleId, type RuleId, ruleById, rules } from './rules';
export { waive } from './waive';
