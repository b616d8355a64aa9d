/** The examples in a real Vault: what their READMEs say and what VaultAccess makes of them is loaded, and there is something to read. */
import { join } from 'node:path';
import { VaultAccess } from '../../index';
import { temporaryFolder } from '../support/app';
import { type ControlPlane, expectOk } from '../support/control-plane';
import type { Vault, VaultClient } from '../support/vault';
import { type Agent, startAgent } from '../support/vault/agent';
import { canaries } from '../support/vault/canary';
import { type Postgres, postgresLack, startPostgres } from '../support/vault/postgres';
import { readObjects } from './boutique';
import { templatesOf, type VaultExample, vaultCommandsIn, vaultExample, vaultExamples } from './vault-examples';

/** Letters and digits: the ACL file of Redis and cartservice's client have no way to write others. */
const plain = (value: string) => value.replace(/\W/g, '');
export const canary = canaries('password', 'rotated');
export const password = plain(canary.password);
export const rotated = plain(canary.rotated);

/** What the one who writes the secret writes, for the delivery that has no templates. */
export function wholeFiles(word: string) {
  return {
    password: word,
    users: `user default off\nuser cart on ~* &* +@all -@admin >${word}\n`,
    settings: JSON.stringify({ REDIS_ADDR: `redis-cart:6379,user=cart,password=${word}` }),
  };
}

/** The examples, loaded. */
export class ExamplesInVault {
  readonly accesses = new Map<VaultExample, VaultAccess>();
  readonly manifests = new Map<VaultExample, string>();
  /** The logs of the agents that were started, by name. */
  readonly agents: string[] = [];
  /** Undefined where there is none. */
  postgres: Postgres | undefined;
  readonly #namespaces = new Map<VaultExample, string>();

  static async plant(vault: Vault, cluster: ControlPlane): Promise<ExamplesInVault> {
    const planted = new ExamplesInVault(vault, cluster);
    await planted.put(password);
    await vault.root.must(vault.root.write('secret/data/online-boutique/other', { data: { password } }));
    await planted.#makeAuthorities();
    if (postgresLack === undefined) {
      planted.postgres = await startPostgres(vault.group);
      await planted.#makeDatabase(planted.postgres);
    }
    for (const example of vaultExamples) await planted.#load(example);
    return planted;
  }

  private constructor(
    private readonly vault: Vault,
    private readonly cluster: ControlPlane,
  ) {}

  /** Its namespace on the API server, which is shared with other tests. */
  namespaceOf(example: VaultExample): string {
    return this.#namespaces.get(example) ?? '';
  }

  tokenOf(example: VaultExample, account: string): Promise<string> {
    return this.cluster.client.createToken(this.namespaceOf(example), account, 'vault');
  }

  /** Vault, as a workload of the example. */
  async loggedIn(example: VaultExample, account: string): Promise<VaultClient> {
    const role = `${this.namespaceOf(example)}.${account}`;
    const { auth } = await this.vault.root.must(this.vault.login(role, await this.tokenOf(example, account)));
    return this.vault.root.as(auth?.client_token ?? '');
  }

  templates(example: VaultExample) {
    return templatesOf(readObjects(this.manifests.get(example) ?? ''));
  }

  /** The real agent, as the injector starts it beside a workload. */
  async agentOf(example: VaultExample, workload: string, init = false): Promise<Agent> {
    const template = this.templates(example).get(workload);
    if (template === undefined) throw new Error(`${example} has no ${workload}`);
    const name = `agent-${workload}${init ? '-init' : ''}`;
    this.agents.push(name);
    return startAgent(this.vault, template, { name, jwt: await this.tokenOf(example, workload), init });
  }

  /** Writes the secret of the carts' Redis. */
  async put(word: string): Promise<void> {
    const { root } = this.vault;
    await root.must(root.write('secret/data/online-boutique/redis-cart', { data: wholeFiles(word) }));
  }

  async remove(): Promise<void> {
    if (this.postgres === undefined) return;
    // Its connections end with it, which PostgreSQL waits for.
    await this.vault.root.delete('sys/mounts/database');
    this.postgres.remove();
  }

  /** As the README says, but for a lifetime, so that a test sees a certificate come to its end; and what nobody should be let in by. */
  async #makeAuthorities(): Promise<void> {
    const { root } = this.vault;
    await this.vault.shell(vaultCommandsIn('mutual-tls'));
    await this.vault.run('patch', 'pki/roles/ledger', 'max_ttl=40s');
    const exactly = (name: string) => ({ allowed_domains: `${name}.bank.svc`, allow_bare_domains: true, ttl: '1h' });
    await root.must(root.write('pki/roles/reports', exactly('reports')));
    await root.must(root.write('pki/roles/for-servers', { ...exactly('payments'), client_flag: false }));
    await root.must(root.write('sys/mounts/pki-other', { type: 'pki' }));
    await root.must(root.write('pki-other/root/generate/internal', { common_name: 'bank', ttl: '24h' }));
    await root.must(root.write('pki-other/roles/payments', exactly('payments')));
  }

  /** As the README says, but for the lifetimes. */
  async #makeDatabase({ port, admin, ask }: Postgres): Promise<void> {
    const { root } = this.vault;
    ask(admin, 'CREATE TABLE orders (id int); INSERT INTO orders VALUES (7)');
    await root.must(root.write('sys/mounts/database', { type: 'database' }));
    await root.must(
      root.write('database/config/orders', {
        plugin_name: 'postgresql-database-plugin',
        connection_url: `postgresql://{{username}}:{{password}}@127.0.0.1:${port}/postgres?sslmode=disable`,
        allowed_roles: ['orders-api', 'orders-report'],
        ...admin,
      }),
    );
    const times = (text: string) => text.replace(/default_ttl=\S+ max_ttl=\S+/g, 'default_ttl=10s max_ttl=20s');
    await this.vault.shell(times(vaultCommandsIn('dynamic-database')));
  }

  /** Its ServiceAccounts, and its policies and roles by Vault's own command line, from the files. */
  async #load(example: VaultExample): Promise<void> {
    const namespace = await this.cluster.namespace('vault-example');
    const server = { address: this.vault.address, refresh: '1s', cidrs: ['127.0.0.1/32'] };
    const app = vaultExample(example, { namespace, server });
    const manifests = app.synthYaml();
    const access = VaultAccess.of(app);
    this.#namespaces.set(example, namespace);
    this.manifests.set(example, manifests);
    this.accesses.set(example, access);
    for (const object of readObjects(manifests).filter(({ kind }) => kind === 'ServiceAccount'))
      expectOk(await this.cluster.client.apply(object, { force: true }));
    const folder = join(temporaryFolder(), 'vault');
    access.write(folder);
    for (const { name } of access.roles) {
      await this.vault.run('policy', 'write', name, join(folder, `policies/${name}.hcl`));
      const role = `auth/${access.authMount}/role/${name}`;
      await this.vault.run('write', role, `@${join(folder, role)}.json`);
    }
  }
}
