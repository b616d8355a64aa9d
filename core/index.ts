export * from './audit';
export * from './cluster';
export * from './control-plane';
export * from './hardening';
export * from './images';
export * from './manifest';
export * from './network';
export * from './policy';
export {
  type AccessRequest,
  type ActingPlace,
  type Allowance,
  type Asker,
  Authorizer,
  type AuthorizerOptions,
  askerOf,
  type Binding,
  type Escalation,
  type EscalationOptions,
  Escalations,
  type EscalationWorld,
  escalationWorld,
  formatPlace,
  formatSubject,
  type Grant,
  type HeldRole,
  type HeldRule,
  type Holder,
  type ImpersonationMode,
  type PathRequest,
  type Place,
  type PolicyRule as RbacRule,
  type Proof,
  type ResourceRequest,
  type RightsChange,
  type RightsRow,
  type Role,
  type RunningPods,
  rightsChanges,
  rightsRows,
  type Step,
  type Subject,
  type SubjectKind,
  type TokenSecret,
  type WhoCanOptions,
  type WhoCanRow,
  type WrittenRule,
  whoCan,
} from './rbac';
export * from './report';
export * from './schema';
