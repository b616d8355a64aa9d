import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isMapping } from '../../core/manifest/plain';
import { messageOf } from '../../core/message-of';

/** Who asks a registry. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
  /** A refresh token in place of a password: what helpers of some clouds give. */
  readonly identityToken?: string;
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/** Docker's own name for its registry in its files. */
const hub = ['https://index.docker.io/v1/', 'index.docker.io', 'registry-1.docker.io', 'docker.io'];

/**
 * What `docker login` and `podman login` left for a registry: in `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`, by a credential
 * helper where one is named, else in `$REGISTRY_AUTH_FILE` or podman's own file.
 *
 * @throws Error naming the file or the helper that does not work; never with what it holds
 */
export async function credentialsOf(registry: string): Promise<Credentials | undefined> {
  for (const file of files()) {
    const config = read(file);
    if (config === undefined) continue;
    const names = hub.includes(registry) ? hub : [registry, `https://${registry}`, `https://${registry}/`];
    const helper = names.map((name) => config.credHelpers?.[name]).find((each) => each !== undefined);
    if (helper !== undefined) return ask(helper, names[0] ?? registry);
    for (const name of names) {
      const { auth, identitytoken } = config.auths?.[name] ?? {};
      if (typeof auth === 'string' && auth !== '') return decoded(auth, identitytoken, name, file);
    }
    if (config.credsStore === undefined) continue;
    // A store may know registries that no login was for, as that of a cloud does. One that fails counts only where there was a login.
    const isNamed = names.some((name) => config.auths?.[name] !== undefined);
    const own = ask(config.credsStore, names[0] ?? registry);
    const found = await (isNamed ? own : own.catch(() => undefined));
    if (found !== undefined) return found;
  }
  return undefined;
}

function files(): readonly string[] {
  const { DOCKER_CONFIG, REGISTRY_AUTH_FILE, XDG_RUNTIME_DIR } = process.env;
  return [
    join(DOCKER_CONFIG || join(homedir(), '.docker'), 'config.json'),
    REGISTRY_AUTH_FILE || join(XDG_RUNTIME_DIR || join(homedir(), '.config'), 'containers', 'auth.json'),
  ];
}

function read(file: string): DockerConfig | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    const value = JSON.parse(text);
    if (isMapping(value)) return value as DockerConfig;
  } catch {
    // As what is no object.
  }
  throw new Error(`${file} is no JSON object: log in to the registry anew`);
}

function decoded(auth: string, identityToken: string | undefined, name: string, file: string): Credentials {
  const text = Buffer.from(auth, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1) throw new Error(`${file}: the entry of ${name} holds no user and password: log in to it anew`);
  return {
    user: text.slice(0, colon),
    password: text.slice(colon + 1),
    ...(identityToken !== undefined && { identityToken }),
  };
}

/** A program of https://github.com/docker/docker-credential-helpers. */
async function ask(helper: string, server: string): Promise<Credentials | undefined> {
  const program = `docker-credential-${helper}`;
  const { code, out } = await run(program, ['get'], server);
  if (code !== 0) {
    // By the protocol, the words that say that there is nothing.
    if (/credentials not found/i.test(out)) return undefined;
    throw new Error(`${program} knows nothing of ${server}, and ended with ${code}: run it, or log in anew`);
  }
  try {
    const { Username, Secret } = JSON.parse(out) as { readonly Username: string; readonly Secret: string };
    return Username === '<token>'
      ? { user: '', password: '', identityToken: Secret }
      : { user: Username, password: Secret };
  } catch {
    throw new Error(`${program} did not answer as credential helpers do`);
  }
}

function run(program: string, args: readonly string[], input: string): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: process.env, stdio: ['pipe', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.once('error', (error) =>
      reject(new Error(`${program}, which Docker's configuration names, does not run: ${messageOf(error)}`)),
    );
    child.once('close', (code) => resolve({ code, out }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}
