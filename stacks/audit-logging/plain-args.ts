import type { Unwrap } from '@pulumi/pulumi';
import type { AuditLoggingArgs } from './args';

/** Arguments of the objects in the cluster, and of secrets: each goes a way of its own. */
type Others = 'owner' | 'ruleLabels' | 'runbooks' | 'encryptionKeys';

/** The arguments that what is handed out is made of, as somebody gave them. */
export type HandedArgs = Omit<AuditLoggingArgs, Others>;

/** The same, known. */
export type PlainArgs = Unwrap<HandedArgs>;
