/** Arguments for each tool, and what is handed out for them. */
import type { Output } from '@pulumi/pulumi';
import { AuditLogging, type AuditLoggingArgs, outputNames } from '../../../stacks/audit-logging';
import type { ToolId } from '../../../stacks/audit-logging/tools';
import type { Registration } from '../../../stacks/render/collect';
import { run } from '../../support/pulumi/registered';

/** Made up for tests. */
export const material = Buffer.alloc(32, 'c4n4ry').toString('base64');
export const older = Buffer.alloc(32, '0lder').toString('base64');

export const kmsKeyArn = 'arn:aws:kms:eu-central-1:111122223333:key/1';
export const kmsKeyName = 'projects/prod-platform/locations/europe-west1/keyRings/etcd/cryptoKeys/etcd';
const workspaceId = '/subscriptions/s/resourceGroups/logs/providers/Microsoft.OperationalInsights/workspaces/prod';

const keys = { encryption: { keyNames: ['2026-11'] }, encryptionKeys: { '2026-11': material } };
const clusterApi = { name: 'prod', namespace: 'clusters' };

/** What each tool needs. */
export const argsFor: Readonly<Record<ToolId, Partial<AuditLoggingArgs>>> = {
  kubeadm: { distribution: 'kubeadm', ...keys },
  kind: { distribution: 'kind', ...keys },
  'cluster-api-v1beta1': { distribution: 'kubeadm', tool: 'cluster-api-v1beta1', clusterApi, ...keys },
  'cluster-api-v1beta2': { distribution: 'kubeadm', tool: 'cluster-api-v1beta2', clusterApi, ...keys },
  k3s: { distribution: 'k3s', ...keys },
  rke2: { distribution: 'rke2', ...keys },
  'talos-cluster': { distribution: 'talos', tool: 'talos-cluster' },
  'talos-documents': { distribution: 'talos', ...keys },
  kops: { tool: 'kops', kops: { clusterName: 'prod.example.com' }, ...keys },
  eks: { distribution: 'eks', eks: { clusterName: 'prod', kmsKeyArn } },
  gke: { distribution: 'gke', gke: { project: 'prod-platform', kmsKeyName } },
  aks: {
    distribution: 'aks',
    aks: { workspaceId, kmsKeyId: 'https://prod.vault.azure.net/keys/etcd/0123456789abcdef' },
  },
  'by-hand': { ...keys },
};

export interface SettledOutput<T> {
  /** Undefined where it is not known. */
  readonly value: T | undefined;
  readonly isSecret: boolean;
}

/** What an output comes to. */
export async function settled<T>(of: Output<T>): Promise<SettledOutput<T>> {
  const inside = of as unknown as {
    promise(): Promise<T | undefined>;
    isKnown: Promise<boolean>;
    isSecret: Promise<boolean>;
  };
  return { value: (await inside.isKnown) ? await inside.promise() : undefined, isSecret: await inside.isSecret };
}

type Value<K extends keyof AuditLogging> = AuditLogging[K] extends Output<infer T> ? T : never;

/** Every output of a stack, by name. */
export type Settled = { readonly [K in (typeof outputNames)[number]]: SettledOutput<Value<K>> };

/** Deploys the stack to nowhere. Arguments that other resources put out are made within the program. */
export async function deployed(
  args: Partial<AuditLoggingArgs> | (() => Partial<AuditLoggingArgs>),
): Promise<{ readonly found: readonly Registration[]; readonly outputs: Settled }> {
  const made: { stack?: AuditLogging } = {};
  const found = await run(() => {
    const given = typeof args === 'function' ? args() : args;
    made.stack = new AuditLogging('audit', { kubernetesVersion: '1.36', owner: 'team-platform', ...given });
  });
  const { stack } = made;
  if (stack === undefined) throw new Error('there is no stack');
  const pairs = outputNames.map(async (name) => [name, await settled(stack[name] as Output<unknown>)] as const);
  return { found, outputs: Object.fromEntries(await Promise.all(pairs)) as unknown as Settled };
}
