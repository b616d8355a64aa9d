/** Starts etcd, kube-apiserver and kube-controller-manager as real processes on the loopback interface. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts, LOOPBACK } from '../free-ports';
import type { Binaries } from './binaries';
import { Client } from './client';
import { kubeconfig } from './kubeconfig';
import { PERSONAS, type Persona, type Tokens } from './personas';
import { ProcessGroup } from './process-group';
import type { Version } from './versions';

/** What a test needs to reach a control plane. */
export interface Connection {
  readonly version: Version;
  readonly url: string;
  /** PEM of the server's self-signed certificate. */
  readonly ca: string;
  readonly tokens: Tokens;
  /** Whether kube-controller-manager runs. */
  readonly controllers: boolean;
  /** The private key that signs tokens of ServiceAccounts, in a file readable by this user only. */
  readonly signingKeyFile: string;
}

/** A control plane that is ready. */
export interface RunningServer {
  readonly version: Version;
  /** A file with the {@link Connection} as JSON, readable by this user only; it goes when the server stops. */
  readonly file: string;
  /** Process ids by program. */
  readonly pids: Readonly<Record<string, number>>;
  /** Stops everything and removes the data. */
  stop(): Promise<void>;
}

/** {@link startServer} */
export interface ServerOptions {
  readonly version: Version;
  readonly binaries: Binaries;
  /** Milliseconds for each program to become ready. @default 90 seconds */
  readonly deadline?: number;
}

const CONTROLLER_MANAGER = 'system:kube-controller-manager';
const ATTEMPTS = 3;

/**
 * Starts a control plane and waits until it is ready: the API server's /readyz, and with controllers the default
 * ServiceAccount and the root certificate in the namespace `default`.
 * @throws Error with the last lines of the log of the program at fault.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  for (let attempt = 1; ; attempt++) {
    const group = await ProcessGroup.create(`kube-bulwark-${options.version}-`);
    try {
      const connection = await start(group, options);
      const file = join(group.folder, 'connection.json');
      await writeFile(file, JSON.stringify(connection), { mode: 0o600 });
      return { version: options.version, file, pids: group.pids, stop: () => group.stop() };
    } catch (error) {
      await group.stop();
      // Between the moment a free port is found and its use, another process may take it.
      if (attempt === ATTEMPTS || !String(error).includes('address already in use')) throw error;
    }
  }
}

async function start(group: ProcessGroup, options: ServerOptions): Promise<Connection> {
  const { version, binaries, deadline = 90_000 } = options;
  const file = (name: string): string => join(group.folder, name);
  const [etcdPort, peerPort, apiPort] = await freePorts(3);
  const etcdUrl = `http://${LOOPBACK}:${etcdPort}`;
  const peerUrl = `http://${LOOPBACK}:${peerPort}`;
  const url = `https://${LOOPBACK}:${apiPort}`;
  const managerToken = newToken();
  const tokens = Object.fromEntries(Object.keys(PERSONAS).map((persona) => [persona, newToken()])) as Tokens;

  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secret = { mode: 0o600 };
  await writeFile(file('sa.key'), keys.privateKey.export({ type: 'pkcs1', format: 'pem' }), secret);
  await writeFile(file('sa.pub'), keys.publicKey.export({ type: 'spki', format: 'pem' }));
  await writeFile(file('tokens.csv'), tokenFile(tokens, managerToken), secret);

  group.start(program(binaries, 'etcd'), [
    `--data-dir=${file('etcd')}`,
    `--listen-client-urls=${etcdUrl}`,
    `--advertise-client-urls=${etcdUrl}`,
    `--listen-peer-urls=${peerUrl}`,
    `--initial-advertise-peer-urls=${peerUrl}`,
    `--initial-cluster=default=${peerUrl}`,
    '--unsafe-no-fsync',
  ]);
  group.start(program(binaries, 'kube-apiserver'), [
    `--etcd-servers=${etcdUrl}`,
    `--bind-address=${LOOPBACK}`,
    `--advertise-address=${LOOPBACK}`,
    // Endpoints of a loopback address are refused by validation; nothing here uses the Service `kubernetes`.
    '--endpoint-reconciler-type=none',
    `--secure-port=${apiPort}`,
    `--cert-dir=${file('certificates')}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-key-file=${file('sa.pub')}`,
    `--service-account-signing-key-file=${file('sa.key')}`,
    `--token-auth-file=${file('tokens.csv')}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    // As kubeadm and the managed offerings set it: whether a pod may be privileged is left to Pod Security.
    '--allow-privileged=true',
  ]);

  const certificate = file(join('certificates', 'apiserver.crt'));
  const wait = { log: 'kube-apiserver', deadline };
  const ca = await group.until(async () => readIfThere(certificate), {
    ...wait,
    what: `kube-apiserver ${version} to write its certificate`,
  });
  const admin = Client.of({ url, ca }, tokens.admin);
  await group.until(
    async () => {
      const answer = await admin.request('GET', '/readyz').catch(() => undefined);
      return answer?.status === 200 ? true : undefined;
    },
    { ...wait, what: `kube-apiserver ${version} to be ready` },
  );

  const manager = binaries['kube-controller-manager'];
  if (manager) {
    await writeFile(file('controller-manager.json'), kubeconfig({ url, ca }, managerToken), secret);
    group.start(manager, [
      `--kubeconfig=${file('controller-manager.json')}`,
      '--secure-port=0',
      '--leader-elect=false',
      '--controllers=*',
      '--use-service-account-credentials',
      `--service-account-private-key-file=${file('sa.key')}`,
      `--root-ca-file=${certificate}`,
      // The default of 20 requests a second makes tests wait for the client-side throttle, not for a controller.
      '--kube-api-qps=500',
      '--kube-api-burst=1000',
    ]);
    await group.until(
      async () => {
        const metadata = { namespace: 'default', name: 'default' };
        const account = await admin.get({ apiVersion: 'v1', kind: 'ServiceAccount', metadata });
        const root = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata, name: 'kube-root-ca.crt' } };
        return account.status === 200 && (await admin.get(root)).status === 200 ? true : undefined;
      },
      { log: 'kube-controller-manager', deadline, what: `kube-controller-manager ${version} to be ready` },
    );
  }
  return { version, url, ca, tokens, controllers: manager !== undefined, signingKeyFile: file('sa.key') };
}

function program(binaries: Binaries, name: keyof Binaries): string {
  const path = binaries[name];
  if (!path) throw new Error(`A control plane needs ${name}, and no path of it is given.`);
  return path;
}

function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** kube-apiserver's token file: token, user name, uid, and groups where there are any (an empty column is a group). */
function tokenFile(tokens: Tokens, managerToken: string): string {
  const users = (Object.keys(PERSONAS) as Persona[]).map((name) => [tokens[name], name, name, ...PERSONAS[name]]);
  const rows = [...users, [managerToken, CONTROLLER_MANAGER, CONTROLLER_MANAGER]];
  return rows
    .map(([token, user, uid, ...groups]) => [token, user, uid, ...(groups.length > 0 ? [`"${groups}"`] : [])].join(','))
    .join('\n');
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8') || undefined;
  } catch {
    return undefined;
  }
}
