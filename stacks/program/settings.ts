import type { PlainArgs } from '../audit-logging/plain-args';
import type { ConfigKeyName } from './config-keys';
import type { StackId } from './stack-ids';

/** What the program deploys, as its configuration says it. */
export interface Settings {
  readonly kubernetesVersion: string;
  readonly distribution?: string;
  readonly owner: string;
  readonly context?: string;
  /** Secret. */
  readonly kubeconfig?: string;
  readonly stacks?: readonly StackId[];
  readonly auditLogging?: Omit<PlainArgs, 'kubernetesVersion' | 'distribution'> & {
    readonly ruleLabels?: Readonly<Record<string, string>>;
    readonly runbooks?: string;
  };
  /** Secret: the material of keys by their names. */
  readonly encryptionKeys?: Readonly<Record<string, string>>;
  /** Secrets that are set, and that nobody can read where the program is only rendered. @default - none */
  readonly withheld?: readonly ConfigKeyName[];
}
