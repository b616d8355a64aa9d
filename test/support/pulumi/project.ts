/**
 * A copy of a Pulumi project with a state in a folder, for the Pulumi CLI on the PATH. BULWARK_PULUMI_PROVIDER=stand-in puts stand-ins in the place
 * of the plugins that the CLI would download: the language's and the Kubernetes provider.
 */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { ControlPlane } from '../control-plane';
import { type Lack, lackUnless } from '../lack';

const root = resolve(__dirname, '../../..');

/** Why there is no Pulumi; undefined where there is. */
export function pulumiLack(): Lack | undefined {
  const { error, status } = spawnSync('pulumi', ['version'], { encoding: 'utf8' });
  return lackUnless(error === undefined && status === 0, 'there is no pulumi on the PATH');
}

/** What a run of the CLI said. */
export interface PulumiRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class PulumiProject {
  readonly #scratch = mkdtempSync(join(tmpdir(), 'bulwark-pulumi-'));
  readonly folder = join(this.#scratch, 'project');
  /** Where the state of every stack is. */
  readonly state = join(this.#scratch, 'state');
  readonly #env: NodeJS.ProcessEnv;

  /**
   * @param source the project's folder
   * @param contexts names by which the kubeconfig knows the cluster
   */
  constructor(source: string, cluster: ControlPlane, contexts: readonly string[]) {
    const bin = join(this.#scratch, 'bin');
    for (const each of [bin, this.state, join(this.#scratch, 'home')]) mkdirSync(each);
    cpSync(source, this.folder, { recursive: true });
    const modules = join(this.folder, 'node_modules');
    mkdirSync(modules);
    symlinkSync(root, join(modules, 'kube-bulwark'), 'junction');
    symlinkSync(join(root, 'node_modules/@pulumi'), join(modules, '@pulumi'), 'junction');
    const { url, ca, tokens } = cluster;
    const kubeconfig = join(this.#scratch, 'kubeconfig');
    writeFileSync(
      kubeconfig,
      stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: 'test', cluster: { server: url, 'certificate-authority-data': btoa(ca) } }],
        users: [{ name: 'admin', user: { token: tokens.admin } }],
        contexts: contexts.map((name) => ({ name, context: { cluster: 'test', user: 'admin' } })),
      }),
    );
    const { PULUMI_HOME: usersHome, PULUMI_CONFIG_PASSPHRASE_FILE: _, ...env } = process.env;
    this.#env = {
      ...env,
      KUBECONFIG: kubeconfig,
      PULUMI_HOME: join(this.#scratch, 'home'),
      PULUMI_BACKEND_URL: `file://${this.state}`,
      PULUMI_CONFIG_PASSPHRASE: 'of the test',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      NO_COLOR: '1',
    };
    if (process.env.BULWARK_PULUMI_PROVIDER !== 'stand-in') {
      // Plugins are a download: what the user has already is taken, offline as well, and what is fetched stays for the next run.
      const plugins = join(usersHome ?? join(homedir(), '.pulumi'), 'plugins');
      mkdirSync(plugins, { recursive: true });
      symlinkSync(plugins, join(this.#scratch, 'home/plugins'), 'junction');
    } else {
      const plugin = join(bin, 'pulumi-resource-kubernetes');
      writeFileSync(
        plugin,
        `#!/bin/sh\nexec node "${join(root, 'test/support/pulumi/kubernetes-provider.cjs')}" "$@"\n`,
      );
      chmodSync(plugin, 0o755);
      this.#env.PATH = `${bin}${delimiter}${process.env.PATH}`;
      this.#env.BULWARK_TEST_CLUSTER = JSON.stringify({ url, ca, token: tokens.admin });
    }
  }

  /** Runs the CLI in the project. Never asks. */
  async run(...args: readonly string[]): Promise<PulumiRun> {
    const [command = ''] = args;
    if (process.env.BULWARK_PULUMI_PROVIDER !== 'stand-in' || !['preview', 'up', 'destroy'].includes(command))
      return this.#run(args);
    const script = join(root, 'test/support/pulumi/language-server.cjs');
    const language = spawn(process.execPath, [script, this.folder], {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [port] = (await once(language.stdout, 'data')) as [Buffer];
      return await this.#run([...args, `--client=127.0.0.1:${port.toString().trim()}`, '--exec-kind=auto.inline']);
    } finally {
      language.kill();
    }
  }

  #run(args: readonly string[]): Promise<PulumiRun> {
    return new Promise((done) => {
      const options = { cwd: this.folder, env: this.#env, maxBuffer: 2 ** 26 };
      execFile('pulumi', [...args, '--non-interactive'], options, (error, stdout, stderr) =>
        done({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
      );
    });
  }

  /** The same, which has to succeed. @returns its standard output */
  async ok(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.run(...args);
    if (code !== 0) throw new Error(`pulumi ${args.join(' ')}: ${code}\n${stdout}\n${stderr}`);
    return stdout;
  }

  remove(): void {
    rmSync(this.#scratch, { recursive: true, force: true });
  }
}

/** What a preview would do to each resource, by the end of its URN; what stays as it is left out. */
export function stepsOf(preview: string): Readonly<Record<string, string>> {
  const { steps = [] } = JSON.parse(preview) as {
    readonly steps?: readonly { readonly op: string; readonly urn: string }[];
  };
  return Object.fromEntries(
    steps.filter(({ op }) => op !== 'same').map(({ op, urn }) => [urn.replace(/.*[$:]([\w.]+::)/, '$1'), op]),
  );
}
