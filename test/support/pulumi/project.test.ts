/** What the CLI is run with: a project, a state and a home of its own, and the plugins of the user. */
import { chmodSync, existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { temporaryFolder } from '../app';
import type { ControlPlane } from '../control-plane';
import { PulumiProject } from './project';

const cluster = { url: 'https://127.0.0.1:1', ca: 'a CA', tokens: { admin: 'a token' } } as unknown as ControlPlane;
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

interface Given {
  readonly env: NodeJS.ProcessEnv;
  readonly args: readonly string[];
  /** Of the user. */
  readonly home: string;
  /** Where plugins are in the end. */
  readonly plugins?: string;
}

/** Runs a stand-in for the CLI that says what it was given. */
async function given(env: NodeJS.ProcessEnv): Promise<Given> {
  const folder = temporaryFolder();
  const script = 'console.log(JSON.stringify({ env: process.env, args: process.argv.slice(2) }))';
  writeFileSync(join(folder, 'pulumi.cjs'), script);
  writeFileSync(join(folder, 'pulumi'), `#!/bin/sh\nexec "${process.execPath}" "${join(folder, 'pulumi.cjs')}" "$@"\n`);
  chmodSync(join(folder, 'pulumi'), 0o755);
  const source = join(folder, 'source');
  const home = join(folder, 'home');
  mkdirSync(source);
  Object.assign(process.env, { PATH: `${folder}${delimiter}${before.PATH}`, PULUMI_HOME: home, ...env });
  const project = new PulumiProject(source, cluster, ['prod']);
  try {
    const said = JSON.parse(await project.ok('config', 'set', '--stack', 'dev'));
    const plugins = join(said.env.PULUMI_HOME, 'plugins');
    return { ...said, home, plugins: existsSync(plugins) ? realpathSync(plugins) : undefined };
  } finally {
    project.remove();
  }
}

describe('a project for the CLI', () => {
  it('has a state and a home of its own, and the plugins of the user, which it leaves there', async () => {
    const { env, args, home, plugins } = await given({ PULUMI_CONFIG_PASSPHRASE_FILE: '/of/the/user' });
    expect(args).toEqual(['config', 'set', '--stack', 'dev', '--non-interactive']);
    expect(env.PULUMI_BACKEND_URL).toMatch(/^file:\/\/.*bulwark-pulumi-/);
    expect(env.PULUMI_HOME).not.toBe(home);
    expect(plugins).toBe(realpathSync(join(home, 'plugins')));
    expect(env).not.toHaveProperty('PULUMI_CONFIG_PASSPHRASE_FILE');
    expect(env.PULUMI_CONFIG_PASSPHRASE).toBe('of the test');
  });

  it('does without plugins where it is told to', async () => {
    const { env, home } = await given({ BULWARK_PULUMI_PROVIDER: 'stand-in' });
    expect(existsSync(join(home, 'plugins'))).toBe(false);
    expect(env.PATH).toMatch(/^[^:]*bulwark-pulumi-[^:]*bin/);
  });
});
