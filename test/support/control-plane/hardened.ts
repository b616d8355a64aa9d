/** A real control plane that runs with exactly what `controlPlane()` wrote: its flags, its files, and nothing that weakens them. */
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { dirname, join } from 'node:path';
import {
  type ControlPlane,
  type ControlPlaneComponent,
  type ControlPlaneSettings,
  flagText,
  type NodeFile,
  type PkiPaths,
} from '../../../core/control-plane';
import { freePorts, LOOPBACK } from '../free-ports';
import type { Binaries } from './binaries';
import { Authority, type Pair } from './certificates';
import { Client } from './client';
import { ProcessGroup } from './process-group';
import type { Version } from './versions';

/** Where a control plane of a test has its files, for its settings. */
export interface Places {
  readonly folder: string;
  readonly pki: PkiPaths;
  readonly auditLog: string;
}

/** {@link HardenedControlPlane.start} */
export interface HardenedOptions {
  readonly version: Version;
  readonly binaries: Binaries;
  /** What to run; the places belong into its settings. */
  readonly make: (places: Places) => ControlPlane | Promise<ControlPlane>;
}

/** An event of the audit log. */
export interface AuditEvent {
  readonly level: string;
  readonly stage: string;
  readonly verb: string;
  readonly requestURI: string;
  readonly auditID: string;
  readonly user: { readonly username?: string; readonly groups?: readonly string[] };
  readonly userAgent?: string;
  readonly objectRef?: Readonly<Record<string, string>>;
  readonly requestObject?: unknown;
  readonly responseObject?: unknown;
  readonly responseStatus?: { readonly code?: number };
}

const DEADLINE = 90_000;

/** The settings that places stand for, to be merged with a test's own. */
export function settingsAt({ folder, pki, auditLog }: Places): Pick<ControlPlaneSettings, 'folder' | 'pki' | 'audit'> {
  return { folder, pki, audit: { log: { path: auditLog } } };
}

export class HardenedControlPlane {
  /** Starts etcd, with TLS and certificates of clients, and kube-apiserver, and waits until it is ready. */
  static async start(options: HardenedOptions): Promise<HardenedControlPlane> {
    const group = await ProcessGroup.create(`kube-bulwark-hardened-${options.version}-`);
    try {
      const plane = await HardenedControlPlane.prepare(group, options);
      await plane.startApiServer();
      return plane;
    } catch (error) {
      await group.stop();
      throw error;
    }
  }

  private static async prepare(group: ProcessGroup, options: HardenedOptions): Promise<HardenedControlPlane> {
    const pki = join(group.folder, 'pki');
    await mkdir(join(pki, 'etcd'), { recursive: true });
    const authority = await Authority.create(pki, 'ca');
    const etcdAuthority = await Authority.create(join(pki, 'etcd'), 'ca');
    await authority.issue('apiserver', 'kube-apiserver');
    await authority.issue('apiserver-kubelet-client', 'kube-apiserver-kubelet-client', ['system:masters']);
    const etcdServer = await etcdAuthority.issue('server', 'etcd');
    const etcdClient = await etcdAuthority.issue('client', 'kube-apiserver-etcd-client');
    const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const privateKey = keys.privateKey.export({ type: 'pkcs1', format: 'pem' });
    await writeFile(join(pki, 'sa.key'), privateKey, { mode: 0o600 });
    await writeFile(join(pki, 'sa.pub'), keys.publicKey.export({ type: 'spki', format: 'pem' }));

    const [etcdPort = 0, peerPort = 0, apiPort = 0] = await freePorts(3);
    const peerUrl = `http://${LOOPBACK}:${peerPort}`;
    const etcdUrl = `https://${LOOPBACK}:${etcdPort}`;
    const files = { etcdCertificate: etcdClient.certFile, etcdKey: etcdClient.keyFile };
    const places: Places = {
      folder: join(group.folder, 'bulwark'),
      pki: { folder: pki, files },
      auditLog: join(group.folder, 'audit', 'audit.log'),
    };
    const plane = await options.make(places);
    for (const file of plane.files) await put(file);
    group.start(program(options.binaries, 'etcd'), [
      `--data-dir=${join(group.folder, 'etcd-data')}`,
      `--listen-client-urls=${etcdUrl}`,
      `--advertise-client-urls=${etcdUrl}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=default=${peerUrl}`,
      `--cert-file=${etcdServer.certFile}`,
      `--key-file=${etcdServer.keyFile}`,
      `--trusted-ca-file=${etcdAuthority.pair.certFile}`,
      '--client-cert-auth',
      '--unsafe-no-fsync',
    ]);
    const admin = await authority.issue('admin', 'admin', ['system:masters']);
    return new HardenedControlPlane(group, options, plane, places, authority, admin, {
      etcdPort,
      etcdUrl,
      etcdClient,
      etcdCa: etcdAuthority.pair.cert,
      apiPort,
    });
  }

  /** The cluster administrator's client. */
  readonly admin: Client;
  /** A client without credentials. */
  readonly anonymous: Client;
  private readonly clients = new Map<string, Promise<Client>>();

  private constructor(
    private readonly group: ProcessGroup,
    private readonly options: HardenedOptions,
    readonly plane: ControlPlane,
    readonly places: Places,
    private readonly authority: Authority,
    adminPair: Pair,
    private readonly etcd: {
      readonly etcdPort: number;
      readonly etcdUrl: string;
      readonly etcdClient: Pair;
      readonly etcdCa: string;
      readonly apiPort: number;
    },
  ) {
    this.admin = Client.ofCertificate(this.endpoint, adminPair);
    this.anonymous = Client.ofCertificate(this.endpoint);
  }

  get url(): string {
    return `https://${LOOPBACK}:${this.etcd.apiPort}`;
  }

  private get endpoint() {
    return { url: this.url, ca: this.authority.pair.cert };
  }

  /** The client of a user in these groups, by a certificate. */
  client(name: string, ...groups: readonly string[]): Promise<Client> {
    const key = [name, ...groups].join(' ');
    const known = this.clients.get(key);
    if (known) return known;
    const file = `user-${this.clients.size}`;
    const made = this.authority.issue(file, name, groups).then((pair) => Client.ofCertificate(this.endpoint, pair));
    this.clients.set(key, made);
    return made;
  }

  /** The command line of a program, as `controlPlane()` says it. */
  flags(component: ControlPlaneComponent): readonly string[] {
    return this.plane.flags.filter((flag) => flag.component === component).map(flagText);
  }

  /** Puts the files in place of those that are there, and starts kube-apiserver anew. */
  async restart(files: readonly NodeFile[] = []): Promise<void> {
    await this.group.end('kube-apiserver', 20_000);
    for (const file of files) await put(file);
    await this.startApiServer();
  }

  /** Starts another program of the control plane with the flags that are made for it, and others that a test needs. */
  async startProgram(component: ControlPlaneComponent, path: string, others: readonly string[]): Promise<void> {
    const user = await this.authority.issue(component, `system:${component}`);
    const kubeconfig = join(this.group.folder, `${component}.json`);
    await writeFile(kubeconfig, kubeconfigOf(this.endpoint, user), { mode: 0o600 });
    this.group.start(path, [...this.flags(component), `--kubeconfig=${kubeconfig}`, ...others], { name: component });
  }

  /** Waits for something of a program, whose log an error shows. */
  until<T>(what: string, log: string, check: () => Promise<T | undefined>): Promise<T> {
    return this.group.until(check, { what, log, deadline: DEADLINE });
  }

  /** What etcd has under a key, byte by byte. */
  async stored(key: string): Promise<Buffer | undefined> {
    const { etcdPort, etcdClient, etcdCa } = this.etcd;
    const body = JSON.stringify({ key: Buffer.from(key).toString('base64') });
    const text = await new Promise<string>((done, fail) => {
      const { cert, key: clientKey } = etcdClient;
      const options = { host: LOOPBACK, port: etcdPort, path: '/v3/kv/range', method: 'POST', ca: etcdCa, cert };
      const call = request({ ...options, key: clientKey, agent: false }, (response) => {
        let answer = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          answer += chunk;
        });
        response.on('end', () => done(answer));
      });
      call.on('error', fail);
      call.end(body);
    });
    const { kvs } = JSON.parse(text) as { readonly kvs?: readonly { readonly value: string }[] };
    return kvs?.[0] && Buffer.from(kvs[0].value, 'base64');
  }

  /** Every byte of the audit log, rotated files too. */
  auditBytes(): Buffer {
    const folder = dirname(this.places.auditLog);
    return Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
  }

  /** The events of the audit log. A line that is being written is left out. */
  auditEvents(): readonly AuditEvent[] {
    const lines = readFileSync(this.places.auditLog, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as AuditEvent);
  }

  /** What kube-apiserver has written to its own log since it was started. */
  get serverLog(): string {
    return this.logOf('kube-apiserver');
  }

  /** The same of another program. */
  logOf(program: ControlPlaneComponent): string {
    return this.group.logOf(program);
  }

  stop(): Promise<void> {
    return this.group.stop();
  }

  /** The flags besides are those of this machine: where etcd is, loopback, tokens of ServiceAccounts. */
  private async startApiServer(): Promise<void> {
    const { pki } = this.places;
    this.group.start(program(this.options.binaries, 'kube-apiserver'), [
      ...this.flags('kube-apiserver'),
      `--etcd-servers=${this.etcd.etcdUrl}`,
      `--bind-address=${LOOPBACK}`,
      `--advertise-address=${LOOPBACK}`,
      '--endpoint-reconciler-type=none',
      `--secure-port=${this.etcd.apiPort}`,
      '--service-cluster-ip-range=10.96.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-signing-key-file=${pki.folder}/sa.key`,
      '--allow-privileged=true',
    ]);
    await this.until(`kube-apiserver ${this.options.version} to be ready`, 'kube-apiserver', async () => {
      const answer = await this.admin.request('GET', '/readyz').catch(() => undefined);
      return answer?.status === 200 ? true : undefined;
    });
  }
}

async function put({ path, content, mode }: NodeFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, content, { mode });
}

function program(binaries: Binaries, name: keyof Binaries): string {
  const path = binaries[name];
  if (!path) throw new Error(`A control plane needs ${name}, and no path of it is given.`);
  return path;
}

function kubeconfigOf({ url, ca }: { readonly url: string; readonly ca: string }, { cert, key }: Pair): string {
  const data = (text: string): string => Buffer.from(text).toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'test', cluster: { server: url, 'certificate-authority-data': data(ca) } }],
    users: [{ name: 'test', user: { 'client-certificate-data': data(cert), 'client-key-data': data(key) } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
    'current-context': 'test',
  });
}
