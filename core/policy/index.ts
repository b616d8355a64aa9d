export { checkObject, isUnjudged } from './check';
export { checkEnds } from './check-ends';
export { checkImage } from './check-image';
export { checkPlainData, checkSchema } from './check-schema';
export { checkSet } from './check-set';
export { checkValidity } from './check-validity';
export {
  type AdmissionOptions,
  type CelValidation,
  type CelVariable,
  type CompiledPolicy,
  compileRules,
  type EnforceableRule,
  isEnforceable,
} from './compile/admission';
export { PolicyCompileError, type PolicyFault, type PolicyWarning } from './compile/compile-error';
export type { EnforcementMode, Engine } from './compile/engine';
export type { CompiledException } from './compile/exceptions';
export { type MutatingPolicyOptions, mutatingAdmissionPolicy } from './compile/mutating';
export {
  type EnforcementOptions,
  type EnforcementPolicies,
  enforcementModes,
  enforcementPolicies,
  engineNames,
  type PolicyGrouping,
  policyGroupings,
  systemNamespaces,
} from './compile/policies';
export { judgeEach, kindsToJudgeBy } from './embedded-templates';
export { evaluate } from './evaluate';
export type { RuleException, RuleName, ScopedException, SecurityException } from './exception';
export { exceptionPrefix } from './exceptions/annotation';
export type { ExceptionSelector, SelectedException } from './exceptions/selector';
export type { Finding, Location, PodSecurityLevel, Severity, Violation } from './finding';
export { type Control, type Framework, type FrameworkId, frameworkById, frameworkIds, frameworks } from './frameworks';
export { guarded } from './guarded';
export type { EvaluatedObject, EvaluateOptions } from './judge';
export { secretInClearText, secretInCommand, secretInTemplate } from './leaks/clear-text';
export { withoutDeclaredSecrets } from './leaks/declared';
export type { ObjectOfConstruct, ObjectSet, PodsOfSet, PolicyOfSet, ReachOfSet } from './object-set';
export { podSecurityConflicts } from './pod-security-conflict';
export { secretTexts, textsToHide, withoutReason, withoutTexts } from './redaction';
export {
  countByKind,
  type ObjectName,
  type Report,
  type ReportedFinding,
  type SkippedKind,
  type UnaskedRule,
} from './report';
export type {
  ContainerInPod,
  DeclaredRule,
  ObjectRule,
  PodInObject,
  PodRule,
  Rule,
  RuleContext,
  SetRule,
} from './rule';
export type { AskedRules, RuleSet } from './rule-set';
export { type DeclaredRuleId, nearestRuleId, type RuleId, type RuleIdOf, ruleById, rules } from './rules';
export { literalRules } from './rules/literals';
export { waive } from './waive';
