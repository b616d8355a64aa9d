/** A real Kubernetes API server for tests: `describeCluster('…', (cluster) => { it('…', () => cluster().client.apply(…)) })`. */
import { randomBytes } from 'node:crypto';
import { describeUnless, type Lack } from '../lack';
import { availability, connectionIn } from './availability';
import { binaries } from './binaries';
import { Client, type Endpoint, expectOk } from './client';
import { eventually } from './eventually';
import type { Persona, Tokens } from './personas';
import { type Connection, type RunningServer, startServer } from './server';
import type { Version } from './versions';

export {
  type AccessOptions,
  type Answer,
  type ApiList,
  type ApiObject,
  type ApplyOptions,
  Client,
  expectOk,
  type ListOptions,
  type Reference,
  type RequestOptions,
  type WriteOptions,
} from './client';
export { eventually } from './eventually';
export { PERSONAS, type Persona, type Tokens } from './personas';
export { VERSIONS, type Version } from './versions';

/** A running control plane, shared by all test files of a run: make names unique, as {@link ControlPlane.namespace} does. */
export interface ControlPlane {
  readonly version: Version;
  /** Whether controllers run: quotas get a status, Deployments get Pods, namespaces get ServiceAccounts. */
  readonly controllers: boolean;
  /** The cluster administrator's client. */
  readonly client: Client;
  /** A bearer token for each user. */
  readonly tokens: Tokens;
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  /** PEM certificate of the API server. */
  readonly ca: string;
  /** The private key that signs tokens of ServiceAccounts. */
  readonly signingKeyFile: string;
  /** The client of another user. */
  as(persona: Persona): Client;
  /**
   * Makes a namespace with a fresh name, ready for pods (it has its ServiceAccount `default`).
   * @param prefix - Start of its name.
   * @param labels - For example `pod-security.kubernetes.io/enforce`. @default - none
   * @returns its name.
   */
  namespace(prefix: string, labels?: Readonly<Record<string, string>>): Promise<string>;
}

/** {@link describeCluster} */
export interface DescribeClusterOptions {
  /** @default '1.36.3' */
  readonly version?: Version;
  /** What else its tests need and cannot have. @default - nothing */
  readonly unless?: Lack | undefined;
  /** A control plane of its own, for kinds and policies that tests running meanwhile must not meet. @default false */
  readonly own?: boolean;
}

/**
 * A `describe` of tests that need a control plane. Where there is none they are skipped, and the name says why.
 * @param body - Declares the tests; calls `cluster()` inside of them.
 */
export function describeCluster(
  name: string,
  body: (cluster: () => ControlPlane) => void,
  { version = '1.36.3', unless, own = false }: DescribeClusterOptions = {},
): void {
  const state = availability(version);
  const lack = 'skipped' in state ? state : unless;
  let plane = 'skipped' in state || own ? undefined : connect({ ...state, isShared: true });
  describeUnless(lack, `${name}, on Kubernetes ${version}`, () => {
    let server: RunningServer | undefined;
    if (own)
      beforeAll(async () => {
        const programs = await binaries(version);
        if ('skipped' in programs) throw new Error(programs.skipped);
        server = await startServer({ version, binaries: programs.found });
        plane = connect(connectionIn(server.file));
      }, 300_000);
    body(() => {
      if (!plane) throw new Error(`There is no control plane ${version}: ${lack?.skipped}`);
      return plane;
    });
    afterAll(() => server?.stop());
  });
}

function connect(connection: Connection & Endpoint): ControlPlane {
  const { version, controllers, tokens, url, ca, signingKeyFile } = connection;
  const client = Client.of(connection, tokens.admin);
  return {
    version,
    controllers,
    client,
    tokens,
    url,
    ca,
    signingKeyFile,
    as: (persona) => client.as(tokens[persona]),
    namespace: async (prefix, labels = {}) => {
      const name = `${prefix}-${randomBytes(4).toString('hex')}`;
      expectOk(await client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }));
      const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: name, name: 'default' } };
      if (!controllers) expectOk(await client.create(account));
      await eventually(`the default ServiceAccount of ${name}`, async () =>
        (await client.get(account)).status === 200 ? true : undefined,
      );
      return name;
    },
  };
}
