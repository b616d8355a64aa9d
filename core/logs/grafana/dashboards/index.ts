import type { Dashboard } from '../dashboard';
import { auditOverview } from './audit-overview';
import { deniedRequests } from './denied-requests';
import { execSessions } from './exec-sessions';
import { policyViolations } from './policy-violations';
import { secretsAccess } from './secrets-access';

/** Every dashboard, in the order of the manual. */
export const dashboards: readonly Dashboard[] = [
  auditOverview,
  deniedRequests,
  secretsAccess,
  execSessions,
  policyViolations,
];
