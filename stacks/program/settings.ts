import type { PlainArgs } from '../audit-logging/plain-args';
import type { PlainArgs as LogPipelineArgs } from '../log-pipeline/config';
import type { ConfigKeyName } from './config-keys';
import { type StackId, stackIds } from './stack-ids';

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
  readonly logPipeline?: Omit<LogPipelineArgs, 'kubernetesVersion' | 'distribution' | 'owner'> & {
    readonly runbooks?: string;
  };
  /** Secret: the material of keys by their names. */
  readonly encryptionKeys?: Readonly<Record<string, string>>;
  /** Secrets that are set, and that nobody can read where the program is only rendered. @default - none */
  readonly withheld?: readonly ConfigKeyName[];
}

/** The stacks that are deployed, in their order. What cannot be made without being told about is not, unless it is named. */
export function chosenStacks({ stacks, logPipeline }: Settings): readonly StackId[] {
  const byDefault = stackIds.filter((id) => id !== 'log-pipeline' || logPipeline !== undefined);
  return stacks === undefined ? byDefault : stackIds.filter((id) => stacks.includes(id));
}
