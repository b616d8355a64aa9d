export { type AuditDecision, auditDecision, levelOf } from './evaluate';
export type { AuditFault } from './fault';
export { AuditPolicy } from './policy';
export type { RecommendedAuditOptions } from './recommended';
export {
  type AuditLevel,
  type AuditPolicySpec,
  type AuditRequest,
  type AuditResources,
  type AuditRule,
  type AuditStage,
  type AuditVerb,
  auditLevels,
  auditStages,
} from './rule';
