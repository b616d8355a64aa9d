/** Small apps for tests: made, synthesized in memory, and asked for objects and findings. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { inspect } from '../../constructs/app/inspection';
import type { Finding, KubernetesObject } from '../../core';
import {
  BulwarkApp,
  type BulwarkAppProps,
  ClusterTarget,
  LockedNamespace,
  SynthesisError,
  type VaultServer,
} from '../../index';

export const registry = 'registry.example';
/** An image that every rule accepts. */
export const image = `${registry}/app@sha256:${'a'.repeat(64)}`;
/** What every workload of a test needs and no test is about. */
export const basics = { image, resources: { cpu: '100m', memory: '64Mi' } } as const;

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kube-bulwark-test-'));
  folders.push(folder);
  return folder;
}

/** A Vault in the cluster. */
export const vault: VaultServer = {
  address: 'https://vault.vault.svc:8200',
  pods: { namespace: 'vault', labels: { 'app.kubernetes.io/name': 'vault' } },
  agent: { image },
};

/** An app for a target that can do everything, on a day that stands still. */
export function testApp(props: Partial<BulwarkAppProps> = {}): BulwarkApp {
  return new BulwarkApp({
    target: ClusterTarget.of('1.36', {
      nodes: { userNamespaces: true, appArmor: true, supplementalGroupsPolicy: true },
      apiServer: { cidrs: ['203.0.113.10/32'] },
      cni: 'cilium',
    }),
    registries: [registry],
    outdir: join(temporaryFolder(), 'dist'),
    today: '2026-11-21',
    vault,
    ...props,
  });
}

/** An app with one namespace. */
export function testNamespace(props: Partial<BulwarkAppProps> = {}): {
  readonly app: BulwarkApp;
  readonly shop: LockedNamespace;
} {
  const app = testApp(props);
  return { app, shop: new LockedNamespace(app, 'shop', { owner: 'team-shop' }) };
}

/** Everything the app writes, read back. Throws what synthesis throws. */
export function objectsOf(app: BulwarkApp): KubernetesObject[] {
  return parseAllDocuments(app.synthYaml()).map((document) => document.toJS() as KubernetesObject);
}

/** The one object of that kind and name. */
export function objectOf(app: BulwarkApp, kind: string, name: string): KubernetesObject {
  const found = objectsOf(app).filter((object) => object.kind === kind && object.metadata?.name === name);
  if (found.length !== 1) throw new Error(`expected one ${kind} ${name}, found ${found.length}`);
  return found[0] as KubernetesObject;
}

/** Every finding, waived ones and notes among them. */
export function findingsOf(app: BulwarkApp): readonly Finding[] {
  app.platform.touch();
  return inspect(app).findings;
}

/** What stops the synthesis; empty where nothing does. */
export function errorsOf(app: BulwarkApp): readonly Finding[] {
  try {
    app.synthYaml();
    return [];
  } catch (error) {
    if (error instanceof SynthesisError) return error.findings;
    throw error;
  }
}
