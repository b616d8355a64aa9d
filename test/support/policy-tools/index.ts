/**
 * Programs that are asked as they are: tools of policy engines, kubeadm, promtool, the registry, cosign. They are built once from pinned modules and kept in
 * the user's cache.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describePrograms } from '../go-programs';

/** The tools, with the folder of their module and their Go package. */
const tools = {
  'kubectl-kyverno': ['kyverno', 'github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno'],
  kubeadm: ['../kubeadm', 'k8s.io/kubernetes/cmd/kubeadm'],
  cosign: ['../cosign/module', 'github.com/sigstore/cosign/v3/cmd/cosign'],
  promtool: ['promtool', 'github.com/prometheus/prometheus/cmd/promtool'],
  registry: ['../registry/module', 'github.com/distribution/distribution/v3/cmd/registry'],
  helm: ['../registry-products/helm-module', 'helm.sh/helm/v3/cmd/helm'],
  gator: ['gatekeeper', 'github.com/open-policy-agent/gatekeeper/v3/cmd/gator'],
} as const;

export type PolicyTool = keyof typeof tools;

/** Runs a tool. It ends with 1 where something is refused. */
export interface RunTool {
  (...args: readonly string[]): { readonly stdout: string; readonly stderr: string };
  /** Where it is, for those that serve. */
  readonly path: string;
}

/** A `describe` of tests that need a tool. */
export function describeTool(tool: PolicyTool, name: string, body: (run: RunTool) => void): void {
  const [folder, goPackage] = tools[tool];
  const options = { name: tool, moduleDir: join(__dirname, folder), package: goPackage };
  describePrograms(name, { [tool]: options }, (paths) => body(runner(paths[tool] ?? '')));
}

function runner(path: string): RunTool {
  const run = (...args: readonly string[]) => {
    const { stdout, stderr, error } = spawnSync(path, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (error) throw error;
    return { stdout, stderr };
  };
  return Object.assign(run, { path });
}
