/** Vault as a process on the loopback interface: in memory, with TLS, and with the test's API server as judge of tokens. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type ControlPlane, eventually, expectOk } from '../control-plane';
import { ProcessGroup } from '../control-plane/process-group';
import { freePorts, LOOPBACK } from '../free-ports';
import { VaultClient } from './client';

/** A Vault that is ready. */
export interface Vault {
  /** `https://127.0.0.1:<port>` */
  readonly address: string;
  /** A file with the PEM certificate that its own chains to. */
  readonly caFile: string;
  /** Who may do everything. */
  readonly root: VaultClient;
  /** Who has no token. */
  readonly nobody: VaultClient;
  /** The processes beside it, and a folder that goes with them. */
  readonly group: ProcessGroup;
  /** The program, which is the agent as well. */
  readonly program: string;
  /** Runs Vault's command line as root. @returns what it printed */
  run(...args: readonly string[]): Promise<string>;
  /** Runs a script of a POSIX shell, in which `vault` is Vault's command line as root. @returns what it printed */
  shell(script: string): Promise<string>;
  /** Logs in with a token of Kubernetes, as nobody. */
  login(role: string, jwt: string): ReturnType<VaultClient['write']>;
  /** Has the Kubernetes auth method ask this API server, with a ServiceAccount's token that may review tokens and nothing else. */
  trust(plane: ControlPlane): Promise<void>;
  stop(): Promise<void>;
}

const DEADLINE = 60_000;

/** @throws Error with the last lines of its log where it does not come up. */
export async function startVault(program: string): Promise<Vault> {
  const group = await ProcessGroup.create('kube-bulwark-vault-');
  try {
    return await start(program, group);
  } catch (error) {
    await group.stop();
    throw error;
  }
}

async function start(program: string, group: ProcessGroup): Promise<Vault> {
  const [port] = await freePorts(1);
  const address = `https://${LOOPBACK}:${port}`;
  const rootToken = randomBytes(24).toString('base64url');
  const args = ['-dev-tls', `-dev-tls-cert-dir=${group.folder}`, `-dev-listen-address=${LOOPBACK}:${port}`];
  const env = { VAULT_DEV_ROOT_TOKEN_ID: rootToken, HOME: group.folder };
  group.start(program, ['server', '-dev', '-dev-no-store-token', ...args], { env });

  const caFile = join(group.folder, 'vault-ca.pem');
  const options = { log: 'vault', deadline: DEADLINE, what: 'Vault to be ready' };
  const ca = await group.until(async () => (existsSync(caFile) && readFileSync(caFile, 'utf8')) || undefined, options);
  const nobody = new VaultClient(address, ca);
  const ready = async () => (await nobody.read('sys/health').catch(() => undefined))?.status === 200 || undefined;
  await group.until(ready, options);

  const root = nobody.as(rootToken);
  // While the engine at `secret` becomes one of version 2 it refuses.
  await group.until(async () => (await root.read('secret/config')).status === 200 || undefined, options);
  const own = { VAULT_ADDR: address, VAULT_CACERT: caFile, VAULT_TOKEN: rootToken, HOME: group.folder };
  const asRoot = { ...process.env, ...own };
  return {
    address,
    caFile,
    root,
    nobody,
    group,
    program,
    run: async (...args) => (await promisify(execFile)(program, args, { env: asRoot })).stdout,
    shell: async (script) => {
      const PATH = `${dirname(program)}${delimiter}${process.env.PATH}`;
      return (await promisify(execFile)('sh', ['-euc', script], { env: { ...asRoot, PATH } })).stdout;
    },
    login: (role, jwt) => nobody.write('auth/kubernetes/login', { role, jwt }),
    trust: (plane) => trust(root, plane),
    stop: () => group.stop(),
  };
}

async function trust(root: VaultClient, plane: ControlPlane): Promise<void> {
  const namespace = await plane.namespace('vault');
  const subject = { kind: 'ServiceAccount', namespace, name: 'default' };
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:auth-delegator' };
  const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding' };
  expectOk(
    await plane.client.create({ ...binding, metadata: { name: namespace }, roleRef, subjects: [subject] } as never),
  );
  const token = await plane.client.createToken(namespace, 'default');
  const group = 'authentication.k8s.io';
  await eventually(
    'the right to review tokens',
    async () => (await plane.client.can(token, 'create', 'tokenreviews', { group })) || undefined,
  );
  await root.must(root.write('sys/auth/kubernetes', { type: 'kubernetes' }));
  await root.must(
    root.write('auth/kubernetes/config', {
      kubernetes_host: plane.url,
      kubernetes_ca_cert: plane.ca,
      token_reviewer_jwt: token,
    }),
  );
}
