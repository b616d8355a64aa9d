/** What Pulumi.yaml runs: the stacks that the configuration names. */
import { getProject, runtime } from '@pulumi/pulumi';
import { composeStacks } from './compose';
import { readSettings } from './read-settings';

const values = runtime.allConfig();
// Only Pulumi knows it, and its types do not say so.
const { isConfigSecret } = runtime as unknown as { isConfigSecret(key: string): boolean };
const secretKeys = Object.keys(values).filter(isConfigSecret);

/** What each stack puts out, by its id. */
export const stacks = composeStacks(readSettings({ values, secretKeys }, getProject()));
