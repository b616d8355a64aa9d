/** The real registry, started as a pod of the stack starts it: by its script, with its files, in a folder of the test. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import { Agent, request } from 'undici';
import { registryName } from '../../../stacks/private-registry/parts';
import type { Registration } from '../../../stacks/render/collect';
import { filesOf } from '../../stacks/log-pipeline/arguments';
import { Authority } from '../control-plane/certificates';
import { ProcessGroup } from '../control-plane/process-group';
import { freePorts, LOOPBACK } from '../free-ports';
import { type Login, RegistryClient } from './client';
import { ownShell, pathOf, type Shell } from './shell';

/** Paths of a pod, and their folders here. */
const folders = {
  '/etc/registry/config': 'config',
  '/etc/registry/tls': 'tls',
  '/etc/registry/users': 'users',
  '/etc/registry/upload': 'upload',
  '/var/lib/registry-copies': 'copies',
  '/var/lib/registry': 'data',
} as const;

/** What a pod is given besides its files. */
export interface PodOptions {
  /** The number of the pod. @default 0 */
  readonly ordinal?: number;
  /** The shell of its image. @default - this machine's own */
  readonly shell?: Shell;
  /** Variables: in a test, the way to a bucket. @default - none */
  readonly env?: Readonly<Record<string, string>>;
}

export interface RegistryUser {
  readonly name: string;
  readonly password: string;
}

export interface StackRegistry {
  readonly address: string;
  readonly ca: string;
  readonly metricsPort: number;
  /** Here: `data`, `config`, `copies`. */
  readonly path: (name: string) => string;
  readonly log: () => string;
  client(user?: RegistryUser | Login): RegistryClient;
  ready(): Promise<void>;
  /** The process of the registry, which the script has started. */
  pid(): number;
  /** Changes a file by its name. */
  write(name: string, change: (text: string) => string): void;
  /** Has passwords compared by fewer rounds of bcrypt: a push asks for its own ten times. */
  quick(users: readonly RegistryUser[]): void;
  start(): void;
  end(): Promise<void>;
  stop(): Promise<void>;
}

/** A pod of the stack. @param program the registry's @param found what the stack has registered */
export async function stackRegistry(
  program: string,
  found: readonly Registration[],
  { ordinal = 0, shell = ownShell, env = {} }: PodOptions = {},
): Promise<StackRegistry> {
  const group = await ProcessGroup.create('kube-bulwark-private-registry-');
  const path = (name: string): string => join(group.folder, name);
  for (const folder of Object.values(folders)) mkdirSync(path(folder), { recursive: true });
  const authority = await Authority.create(group.folder, 'authority');
  const pair = await authority.issue('registry', 'registry');
  writeFileSync(path('tls/tls.crt'), pair.cert);
  writeFileSync(path('tls/tls.key'), pair.key);
  const [port = 0, metricsPort = 0] = await freePorts(2);
  const moved = (text: string): string =>
    Object.entries(folders)
      .reduce((known, [from, to]) => known.replaceAll(from, path(to)), text)
      .replaceAll('0.0.0.0:5000', `${LOOPBACK}:${port}`)
      .replaceAll('0.0.0.0:5001', `${LOOPBACK}:${metricsPort}`)
      .replace(/^( *)registry serve/gm, `$1${program} serve`)
      .replaceAll('registry garbage-collect', `${program} garbage-collect`)
      .replaceAll('sleep 5', 'sleep 0.2');
  for (const [name, text] of filesOf(found)) {
    const [map, file = ''] = name.split('/');
    // The dashboard is Grafana's.
    if (map === registryName) writeFileSync(path(`config/${file}`), moved(text));
  }
  const { htpasswd = '' } = secretIn(found, 'registry/registry-users');
  writeFileSync(path('users/htpasswd'), htpasswd);
  const { secret = '' } = secretIn(found, 'registry/registry-upload');
  writeFileSync(path('upload/secret'), secret);
  const programs = pathOf(shell, path('bin'));
  const address = `https://${LOOPBACK}:${port}`;
  const agent = new Agent({ connect: { ca: authority.pair.cert } });
  const clients: RegistryClient[] = [];
  const registry: StackRegistry = {
    address,
    ca: authority.pair.cert,
    metricsPort,
    path,
    log: () => group.logOf('sh'),
    client: (user) => {
      const made = new RegistryClient(address, authority.pair.cert, typeof user === 'object' ? basic(user) : user);
      clients.push(made);
      return made;
    },
    ready: async () => {
      await group.until(
        async () => {
          const answer = await request(`${address}/`, { dispatcher: agent }).catch(() => undefined);
          await answer?.body.dump();
          return answer?.statusCode === 200 ? true : undefined;
        },
        { what: 'the registry to be ready', log: 'sh', deadline: 30_000 },
      );
    },
    pid: () => childOf(group.pids.sh ?? 0, program),
    write: (name, to) => writeFileSync(path(name), to(readFileSync(path(name), 'utf8'))),
    quick: (users) =>
      writeFileSync(
        path('users/htpasswd'),
        users.map(({ name, password }) => `${name}:${hashSync(password, 4)}\n`).join(''),
      ),
    start: () =>
      group.start(shell.program, [...shell.args, path('config/serve.sh')], {
        name: 'sh',
        env: { ...programs, OTEL_TRACES_EXPORTER: 'none', HOSTNAME: `registry-${ordinal}`, ...env },
      }),
    end: () => group.end('sh', 60_000),
    stop: async () => {
      await Promise.all(clients.map((each) => each.close()));
      await agent.destroy();
      await group.stop(40_000);
    },
  };
  return registry;
}

/** What a user says who they are by. */
export function basic({ name, password }: RegistryUser): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

/** What a Secret has been sent with: an update encrypts it. */
export function secretIn(found: readonly Registration[], place: string): Readonly<Record<string, string>> {
  const { sent } = found.find(({ type, name }) => type.endsWith(':Secret') && name.endsWith(`:${place}`)) ?? {};
  const { stringData } = (sent ?? {}) as { readonly stringData?: { readonly value: Readonly<Record<string, string>> } };
  return stringData?.value ?? {};
}

/** The child of a process that runs a program. */
function childOf(parent: number, program: string): number {
  const found = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const ppid = readFileSync(`/proc/${name}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[1];
      return Number(ppid) === parent && readFileSync(`/proc/${name}/cmdline`, 'utf8').startsWith(program);
    } catch {
      return false;
    }
  });
  const [pid] = found;
  if (pid === undefined) throw new Error(`no process of ${program} runs`);
  return Number(pid);
}
