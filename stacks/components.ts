/** The stacks that programs in other languages may use, too. Their arguments are what Pulumi's analyzer understands. */
export { AuditLogging } from './audit-logging';
export { LogPipeline } from './log-pipeline';
export { PrivateRegistry } from './private-registry';
