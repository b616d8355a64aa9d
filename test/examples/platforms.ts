/** The stacks of examples/platform: each file is read as Pulumi hands it to the program, and run without an engine. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { composeStacks, type StackOutputs } from '../../stacks/program/compose';
import { readSettings } from '../../stacks/program/read-settings';
import type { Settings } from '../../stacks/program/settings';
import { collect, type Registration } from '../../stacks/render/collect';
import { readProject, readStackConfig } from '../../stacks/render/project';

const folder = join(resolve(__dirname, '../..'), 'examples/platform');
export const platforms = ['kind', 'eks', 'kubeadm'] as const;
export type Platform = (typeof platforms)[number];

/** A file of the example. */
export const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8');
const { name: project } = readProject(textOf('Pulumi.yaml'), 'Pulumi.yaml');

/** What the stack's file says; kind's is without the key, which is the reader's own. @param secrets what `pulumi config set --secret` adds */
export function settingsOf(stack: Platform, secrets: Readonly<Record<string, unknown>> = secretsOf(stack)): Settings {
  const config = readStackConfig(textOf(`Pulumi.${stack}.yaml`), stack, project);
  const added = Object.entries(secrets).map(([key, value]) => [`${project}:${key}`, JSON.stringify(value)] as const);
  const values = { ...config.values, ...Object.fromEntries(added) };
  return readSettings({ values, secretKeys: added.map(([key]) => key) }, project);
}

function secretsOf(stack: Platform): Readonly<Record<string, unknown>> {
  return stack === 'kind' ? { encryptionKeys: { '2026-11': Buffer.alloc(32, 7).toString('base64') } } : {};
}

/** What the program registers and puts out, as an update does. */
export async function deployed(
  settings: Settings,
): Promise<{ readonly found: readonly Registration[]; readonly outputs: StackOutputs }> {
  let outputs: StackOutputs = {};
  const found = await collect(
    () => {
      outputs = composeStacks(settings);
    },
    { project, stack: 'example', preview: false },
  );
  return { found, outputs };
}
