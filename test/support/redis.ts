/** A real Redis on the loopback interface, where its programs are installed. */
import { spawnSync } from 'node:child_process';
import { ProcessGroup } from './control-plane/process-group';
import { freePorts, LOOPBACK } from './free-ports';
import { type Lack, lackUnless } from './lack';

export interface Redis {
  /** What it answers to a command: `PONG`, `NOAUTH Authentication required.` */
  ask(login: { readonly username: string; readonly password: string } | undefined, ...command: string[]): string;
  /** What it has said. */
  log(): string;
  stop(): Promise<void>;
}

/** Why there is none; undefined where there is. */
export const redisLack: Lack | undefined = whyNot();

function whyNot(): Lack | undefined {
  const missing = ['redis-server', 'redis-cli'].filter((name) => spawnSync(name, ['--version']).status !== 0);
  return lackUnless(missing.length === 0, `there is no ${missing.join(', ')} on the PATH`);
}

/** @param command the program and its arguments; where it listens and that it writes no file is added */
export async function startRedis([program = 'redis-server', ...args]: readonly string[]): Promise<Redis> {
  const group = await ProcessGroup.create('kube-bulwark-redis-');
  const [port = 0] = await freePorts(1);
  const own = ['--bind', LOOPBACK, '--port', `${port}`, '--save', '', '--dir', group.folder];
  group.start(program, [...args, ...own], { name: 'redis' });
  const ask: Redis['ask'] = (login, ...command) => {
    const user = login === undefined ? [] : ['--user', login.username];
    const env = { ...process.env, ...(login && { REDISCLI_AUTH: login.password }) };
    const where = ['-h', LOOPBACK, '-p', `${port}`];
    const { stdout, stderr } = spawnSync('redis-cli', [...where, ...user, ...command], { env, encoding: 'utf8' });
    return `${stderr}${stdout}`.trim();
  };
  try {
    const options = { log: 'redis', deadline: 30_000, what: 'Redis to be ready' };
    await group.until(async () => !ask(undefined, 'PING').includes('Could not connect') || undefined, options);
  } catch (error) {
    await group.stop();
    throw error;
  }
  return { ask, log: () => group.logOf('redis'), stop: () => group.stop() };
}
