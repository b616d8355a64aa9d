import * as kubernetes from '@pulumi/kubernetes';
import { type ComponentResourceOptions, type Output, output, secret, unknown } from '@pulumi/pulumi';
import { AuditLogging, outputsOf } from '../audit-logging';
import { LogPipeline, logPipelineOutputs } from '../log-pipeline';
import { PrivateRegistry, privateRegistryOutputs } from '../private-registry';
import { logPipelineArgs } from './log-pipeline-args';
import { privateRegistryArgs } from './private-registry-args';
import { chosenStacks, type Settings } from './settings';
import type { StackId } from './stack-ids';

/** What each stack puts out, by its id. */
export type StackOutputs = Readonly<Partial<Record<StackId, Readonly<Record<string, Output<unknown>>>>>>;

/** What stands for keys that are set and not read. */
const unread = output(unknown as unknown as Record<string, string>);

const makers: Readonly<
  Record<StackId, (settings: Settings, options: ComponentResourceOptions) => Readonly<Record<string, Output<unknown>>>>
> = {
  'audit-logging': (settings, options) => {
    const { kubernetesVersion, distribution, owner, auditLogging = {}, encryptionKeys, withheld = [] } = settings;
    const stack = new AuditLogging(
      'audit-logging',
      {
        ...auditLogging,
        kubernetesVersion,
        owner,
        ...(distribution !== undefined && { distribution }),
        ...(encryptionKeys !== undefined && { encryptionKeys: { ...encryptionKeys } }),
        ...(withheld.includes('encryptionKeys') && { encryptionKeys: unread }),
      },
      options,
    );
    return outputsOf(stack);
  },
  'log-pipeline': (settings, options) => {
    const args = told('log-pipeline', logPipelineArgs(settings));
    return logPipelineOutputs(new LogPipeline('log-pipeline', args, options));
  },
  'private-registry': (settings, options) => {
    const args = told('private-registry', privateRegistryArgs(settings));
    return privateRegistryOutputs(new PrivateRegistry('private-registry', args, options));
  },
};

/** The arguments of a stack that cannot be made without. */
function told<T>(id: StackId, args: T | undefined): T {
  if (args === undefined) throw new RangeError(`${id} has no settings`);
  return args;
}

/** Makes the stacks that the settings name, in the one cluster that they name. */
export function composeStacks(settings: Settings): StackOutputs {
  const { context, kubeconfig } = settings;
  const provider = new kubernetes.Provider('cluster', {
    ...(context !== undefined && { context }),
    ...(kubeconfig !== undefined && { kubeconfig: secret(kubeconfig) }),
    enableServerSideApply: true,
  });
  return Object.fromEntries(chosenStacks(settings).map((id) => [id, makers[id](settings, { provider })]));
}
