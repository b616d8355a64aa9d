/** A PostgreSQL for the database engine of Vault: a process on the loopback interface, where its programs are installed. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessGroup } from '../control-plane/process-group';
import { freePorts, LOOPBACK } from '../free-ports';
import type { Lack } from '../lack';

export interface Postgres {
  readonly port: number;
  /** Who may make other users. */
  readonly admin: Login;
  /** Whether it lets them in. */
  lets(login: Login): boolean;
  /** What it answers to a statement: rows, or `ERROR: …`. */
  ask(login: Login, statement: string): string;
  /** Removes its data; the group stops the process. */
  remove(): void;
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

const isRoot = process.getuid?.() === 0;

/** Why there is none; undefined where there is. */
export const postgresLack: Lack | undefined = whyNot();

function whyNot(): Lack | undefined {
  const missing = ['initdb', 'postgres', 'psql'].filter((name) => spawnSync(name, ['--version']).status !== 0);
  if (missing.length > 0) return { skipped: `there is no ${missing.join(', ')} on the PATH`, expected: true };
  if (isRoot && idOf('-u') === undefined)
    return { skipped: 'PostgreSQL does not run as root, and there is no user postgres', expected: true };
  return undefined;
}

function idOf(flag: '-u' | '-g'): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}

/** PostgreSQL refuses to run as root. */
function asItsUser(command: readonly string[]): readonly [string, readonly string[]] {
  const ids = [`--reuid=${idOf('-u')}`, `--regid=${idOf('-g')}`, '--clear-groups'];
  const [program = '', ...args] = isRoot ? ['setpriv', ...ids, ...command] : command;
  return [program, args];
}

export async function startPostgres(group: ProcessGroup): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-bulwark-postgres-'));
  const admin = { username: 'vault', password: randomBytes(12).toString('hex') };
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, admin.password, { mode: 0o600 });
  if (isRoot) for (const path of [folder, passwordFile]) chownSync(path, idOf('-u') ?? 0, idOf('-g') ?? 0);

  const data = join(folder, 'data');
  const made = spawnSync(
    ...asItsUser([
      'initdb',
      '-D',
      data,
      '-U',
      admin.username,
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '-N',
    ]),
    { encoding: 'utf8', cwd: folder },
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const [port = 0] = await freePorts(1);
  const settings = [`listen_addresses=${LOOPBACK}`, `port=${port}`, 'unix_socket_directories=', 'fsync=off'];
  const [program, args] = asItsUser(['postgres', '-D', data, ...settings.flatMap((each) => ['-c', each])]);
  group.start(program, args, { name: 'postgres' });

  const ask = ({ username, password }: Login, statement: string): string => {
    const asked = ['-h', LOOPBACK, '-p', `${port}`, '-U', username, '-d', 'postgres', '-Atqc', statement];
    const env = { ...process.env, PGPASSWORD: password };
    const { stdout, stderr } = spawnSync('psql', ['-w', ...asked], { env, encoding: 'utf8' });
    return `${stdout}${stderr}`.trimEnd();
  };
  const lets = (login: Login): boolean => ask(login, 'select 1') === '1';
  const options = { log: 'postgres', deadline: 30_000, what: 'PostgreSQL to be ready' };
  await group.until(async () => lets(admin) || undefined, options);
  return { port, admin, lets, ask, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
