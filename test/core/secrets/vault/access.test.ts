import { type Arbitrary, array, assert, boolean, constantFrom, oneof, property, record, subarray } from 'fast-check';
import {
  accessFiles,
  grantsOfReads,
  type VaultRead,
  type VaultReader,
  vaultRoles,
} from '../../../../core/secrets/vault/access';
import { vaultDeliveryIds } from '../../../../core/secrets/vault/server';
import { grantsOf, type TransitOperation, type VaultSource } from '../../../../core/secrets/vault/source';

const mount = constantFrom('secret', 'kv', 'team-a/db', 'pki', 'transit');
const name = constantFrom('db', 'shop/db', 'api', 'old key');
const operations: readonly TransitOperation[] = ['encrypt', 'decrypt', 'sign', 'verify', 'hmac', 'rewrap'];
const sources: Arbitrary<VaultSource> = oneof(
  record({ kind: constantFrom('kv' as const), engine: constantFrom(1 as const, 2 as const), mount, path: name }),
  record({ kind: constantFrom('database' as const), mount, role: name, isStatic: boolean() }),
  record({
    kind: constantFrom('pki' as const),
    mount,
    role: name,
    commonName: name,
    altNames: array(name),
    ipSans: array(name),
  }),
  record({ kind: constantFrom('transit' as const), mount, key: name, operations: subarray([...operations]) }),
);
const reads: Arbitrary<VaultRead> = record({ source: sources, delivery: constantFrom(...vaultDeliveryIds) });
const readers: Arbitrary<VaultReader> = record({
  workload: constantFrom('Deployment shop/api', 'Job shop/once', 'Deployment shop/web'),
  namespace: constantFrom('shop', 'bank'),
  serviceAccountName: constantFrom('api', 'web', 'a.b'),
  reads: array(reads, { maxLength: 4 }),
});

/** What is allowed, as `path capability`. */
const flat = (grants: ReturnType<typeof grantsOf>) =>
  grants.flatMap(({ path, capabilities }) => capabilities.map((capability) => `${path} ${capability}`));
const ofDelivery = { csi: [], agent: ['auth/token/revoke-self update'], operator: ['auth/token/lookup-self read'] };

describe('grantsOfReads', () => {
  it('is what each source takes, and upkeep of what is held: nothing more, nothing less', () => {
    const exact = property(array(reads, { minLength: 1, maxLength: 6 }), (all) => {
      const needed = new Set(all.flatMap(({ source }) => flat(grantsOf(source))));
      const allowed = flat(grantsOfReads(all));
      expect(new Set(allowed).size).toBe(allowed.length);
      const leased = all.filter(({ source }) => source.kind === 'database' && !source.isStatic);
      const upkeep = new Set([
        'auth/token/renew-self update',
        ...all.flatMap(({ delivery }) => ofDelivery[delivery]),
        ...(leased.length > 0 ? ['sys/leases/renew update'] : []),
        ...(leased.some(({ delivery }) => delivery === 'operator') ? ['sys/leases/revoke update'] : []),
      ]);
      expect(new Set(allowed)).toEqual(new Set([...needed, ...upkeep]));
    });
    assert(exact);
  });

  it('never reaches the metadata of a secret, lists, writes or deletes', () => {
    const readsOnly = property(array(reads), (all) => {
      const made = new Set(['read', 'update']);
      for (const { path, capabilities } of grantsOfReads(all)) {
        expect(path).not.toMatch(/\/metadata\/|[*+]/);
        expect(capabilities.filter((capability) => !made.has(capability))).toEqual([]);
      }
    });
    assert(readsOnly);
  });
});

describe('vaultRoles', () => {
  it('makes a role for each ServiceAccount that reads, with what its own workloads read', () => {
    const own = property(array(readers, { maxLength: 6 }), (all) => {
      const roles = vaultRoles(all, {});
      const accounts = new Set(all.filter((reader) => reader.reads.length > 0).map(accountOf));
      expect(roles.map(accountOf)).toEqual([...accounts].sort());
      for (const role of roles) {
        const mine = all.filter((reader) => accountOf(reader) === role.name);
        expect(role.grants).toEqual(grantsOfReads(mine.flatMap((reader) => reader.reads)));
        expect(role.authRole.bound_service_account_names).toEqual([role.serviceAccountName]);
        expect(role.authRole.bound_service_account_namespaces).toEqual([role.namespace]);
        expect(role.authRole.token_policies).toEqual([role.name]);
      }
    });
    assert(own);
  });

  it('asks for the audience of the server', () => {
    const reader: VaultReader = {
      workload: 'Deployment shop/api',
      namespace: 'shop',
      serviceAccountName: 'api',
      reads: [{ source: { kind: 'kv', engine: 2, mount: 'secret', path: 'db' }, delivery: 'csi' }],
    };
    const [role] = vaultRoles([reader], { audience: 'https://vault.example' });
    expect(role?.authRole.audience).toBe('https://vault.example');
  });
});

describe('accessFiles', () => {
  it('is a policy and a role each', () => {
    const role = vaultRoles(
      [
        {
          workload: 'Deployment shop/api',
          namespace: 'shop',
          serviceAccountName: 'api',
          reads: [{ source: { kind: 'kv', engine: 2, mount: 'secret', path: 'shop/db' }, delivery: 'csi' }],
        },
      ],
      {},
    );
    const files = accessFiles(role, 'k8s/eu');
    expect([...files.keys()]).toEqual(['policies/shop.api.hcl', 'auth/k8s/eu/role/shop.api.json']);
    expect(JSON.parse(files.get('auth/k8s/eu/role/shop.api.json') ?? '')).toEqual(role[0]?.authRole);
  });
});

function accountOf({ namespace, serviceAccountName }: Pick<VaultReader, 'namespace' | 'serviceAccountName'>): string {
  return `${namespace}.${serviceAccountName}`;
}
