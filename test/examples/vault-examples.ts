/** The examples with Vault as their tests make them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubernetesObject } from '../../core/manifest';
import type { PodSpec, PodTemplateSpec } from '../../core/manifest/pod';
import { orders } from '../../examples/dynamic-database/orders';
import { bank } from '../../examples/mutual-tls/bank';
import { registries } from '../../examples/online-boutique/online-boutique';
import { onlineBoutiqueVault } from '../../examples/online-boutique-vault/online-boutique-vault';
import { vault } from '../../examples/vault';
import { BulwarkApp, ClusterTarget, type VaultServer } from '../../index';

type Declare = (app: BulwarkApp, namespace?: string) => unknown;

const declared = {
  'online-boutique-vault by csi': (app, namespace) => onlineBoutiqueVault(app, 'csi', namespace),
  'online-boutique-vault by agent': (app, namespace) => onlineBoutiqueVault(app, 'agent', namespace),
  'online-boutique-vault by operator': (app, namespace) => onlineBoutiqueVault(app, 'operator', namespace),
  'dynamic-database': orders,
  'mutual-tls': bank,
} as const satisfies Readonly<Record<string, Declare>>;

export type VaultExample = keyof typeof declared;
export const vaultExamples = Object.keys(declared) as readonly VaultExample[];

/** {@link vaultExample} */
export interface VaultExampleOptions {
  /** @default - its own */
  readonly namespace?: string;
  /** What is otherwise than in the examples' Vault. @default - nothing */
  readonly server?: Partial<VaultServer>;
}

/** An example, declared, on a day that stands still. */
export function vaultExample(name: VaultExample, { namespace, server }: VaultExampleOptions = {}): BulwarkApp {
  const ours = name.startsWith('online-boutique') ? registries : [];
  const app = new BulwarkApp({
    target: ClusterTarget.of('1.36'),
    registries: [...ours, 'registry.acme.example'],
    vault: { ...vault, delivery: 'agent', ...server },
    today: '2026-11-21',
  });
  const declare: Declare = declared[name];
  declare(app, namespace);
  return app;
}

/** The pod template of each workload, by name. */
export function templatesOf(
  objects: readonly KubernetesObject[],
): ReadonlyMap<string, PodTemplateSpec & { readonly spec: PodSpec }> {
  type Template = PodTemplateSpec & { readonly spec: PodSpec };
  type Spec = {
    readonly template?: Template;
    readonly jobTemplate?: { readonly spec: { readonly template: Template } };
  };
  return new Map(
    objects.flatMap(({ metadata, spec }) => {
      const { template, jobTemplate } = (spec ?? {}) as Spec;
      const found = template ?? jobTemplate?.spec.template;
      return found ? [[String(metadata?.name), found] as const] : [];
    }),
  );
}

/** The README of an example, by its folder. */
export function readmeOf(folder: string): string {
  return readFileSync(join(__dirname, `../../examples/${folder}/README.md`), 'utf8');
}

/** The commands in it that its reader gives to Vault. @param marker what stands after `run:`, where there are several */
export function vaultCommandsIn(folder: string, marker = ''): string {
  const start = marker === '' ? '<!-- run -->' : `<!-- run: ${marker} -->`;
  const block = readmeOf(folder).split(`${start}\n\`\`\`console\n`)[1]?.split('\n```')[0];
  if (block === undefined) throw new Error(`${folder}/README.md has no ${start}`);
  return block.replace(/^\$ /gm, '');
}
