import type { PlainArgs } from '../audit-logging/plain-args';
import type { PlainArgs as LogPipelineArgs } from '../log-pipeline/config';
import type { PlainArgs as PrivateRegistryArgs } from '../private-registry/config';
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
  readonly privateRegistry?: Omit<PrivateRegistryArgs, 'kubernetesVersion' | 'distribution' | 'owner'> & {
    readonly runbooks?: string;
  };
  /** Secret: the material of keys by their names. */
  readonly encryptionKeys?: Readonly<Record<string, string>>;
  /** Secret: by the names of users. */
  readonly registryPasswords?: Readonly<Record<string, string>>;
  /** Secret. */
  readonly registryUploadSecret?: string;
  /** Secrets that are set, and that nobody can read where the program is only rendered. @default - none */
  readonly withheld?: readonly ConfigKeyName[];
}

/** The keys of stacks that cannot be made without being told about. */
const neededKeys = { 'log-pipeline': 'logPipeline', 'private-registry': 'privateRegistry' } as const satisfies Partial<
  Record<StackId, ConfigKeyName>
>;

/** The stacks that are deployed, in their order. What cannot be made without being told about is not, unless it is named. */
export function chosenStacks(settings: Settings): readonly StackId[] {
  const { stacks } = settings;
  if (stacks !== undefined) return stackIds.filter((id) => stacks.includes(id));
  const needed: Readonly<Partial<Record<StackId, keyof Settings>>> = neededKeys;
  return stackIds.filter((id) => {
    const key = needed[id];
    return key === undefined || settings[key] !== undefined;
  });
}
