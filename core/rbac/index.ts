export { auditorRules, type CustomResources, customResourceFaults } from './auditor';
export { type Allowance, Authorizer, type AuthorizerOptions, type Grant, type HeldRole } from './authorizer';
export {
  breakGlassPrefix,
  type ExpiryFault,
  expiresAnnotation,
  expiryFault,
  isMoment,
  longestBreakGlass,
  reasonAnnotation,
} from './break-glass';
export { breakGlassPolicy } from './break-glass-policy';
export { type Right, rightsOf, ruleCovers } from './covers';
export { type RightsChange, rightsChanges } from './difference';
export { type Escalation, Escalations } from './escalation/escalations';
export type { HeldRule, Holder, Proof } from './escalation/holder';
export { type ActingPlace, formatPlace, type Place, placeKey } from './escalation/place';
export type { Step } from './escalation/step';
export {
  type EscalationOptions,
  type EscalationWorld,
  escalationWorld,
  type RunningPods,
  type TokenSecret,
} from './escalation/world';
export { type RbacFault, rbacFaults } from './faults';
export type { ImpersonationMode } from './impersonation';
export { formatNote, type RbacNote, rbacNotes } from './notes';
export { type AccessRequest, type PathRequest, type PolicyRule, type ResourceRequest, ruleAllows } from './policy-rule';
export type { Binding, Role, WrittenRule } from './read';
export {
  knownResources,
  type NamedResource,
  pluralOf,
  resourceFault,
  resourceNamed,
  subresourcesOf,
} from './resources';
export { formatResource, type RightsRow, rightsRows } from './rights';
export { type Asker, askerOf, canonical, formatSubject, type Subject, type SubjectKind, subjectKey } from './subject';
export { type WhoCanOptions, type WhoCanRow, whoCan } from './who-can';
