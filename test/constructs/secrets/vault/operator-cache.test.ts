import { parse } from 'yaml';
import { VaultAccess, VaultAccessError, type VaultOperatorCache } from '../../../../index';
import { testApp, vault } from '../../../support/app';
import { corpus } from '../../../support/corpus';
import { itUnless } from '../../../support/lack';

const cache: VaultOperatorCache = { key: 'transit/keys/vso-client-cache' };
const accessOf = (operatorCache: VaultOperatorCache, more: Partial<typeof vault> = {}) =>
  VaultAccess.of(testApp({ vault: { ...vault, ...more, operatorCache } }));
const operator = 'vault-secrets-operator-system.vault-secrets-operator-controller-manager';

describe('the cache of Vault Secrets Operator', () => {
  it('gives the operator a role that uses the one key, and does nothing else', () => {
    const { roles } = accessOf(cache);
    expect(roles.map(({ name, workloads }) => [name, ...workloads])).toEqual([
      [operator, 'Deployment vault-secrets-operator-system/vault-secrets-operator-controller-manager'],
    ]);
    expect(roles[0]?.grants).toEqual([
      { path: 'auth/token/lookup-self', capabilities: ['read'] },
      { path: 'auth/token/renew-self', capabilities: ['update'] },
      { path: 'transit/decrypt/vso-client-cache', capabilities: ['update'] },
      { path: 'transit/encrypt/vso-client-cache', capabilities: ['update'] },
    ]);
    expect(roles[0]?.authRole).toMatchObject({
      bound_service_account_names: ['vault-secrets-operator-controller-manager'],
      bound_service_account_namespaces: ['vault-secrets-operator-system'],
      audience: 'vault',
    });
  });

  it('has the values of the chart say the same', () => {
    const values = accessOf(cache, { ca: { secret: 'vault-ca' } }).operatorValues();
    expect(values).toBe(
      `
defaultVaultConnection:
  enabled: true
  address: https://vault.vault.svc:8200
  skipTLSVerify: false
  caCertSecret: vault-ca
controller:
  manager:
    clientCache:
      persistenceModel: direct-encrypted
      storageEncryption:
        enabled: true
        vaultConnectionRef: default
        keyName: vso-client-cache
        transitMount: transit
        method: kubernetes
        mount: kubernetes
        kubernetes:
          role: ${operator}
          serviceAccount: vault-secrets-operator-controller-manager
          tokenAudiences:
          - vault
`.slice(1),
    );
  });

  it('follows what is said of the operator and of Vault', () => {
    const access = accessOf(
      { key: 'team-a/transit/keys/vso', namespace: 'vso', serviceAccountName: 'operator' },
      { namespace: 'team-a', authMount: 'k8s-eu', audience: 'https://vault.example' },
    );
    expect(access.roles.map(({ name }) => name)).toEqual(['vso.operator']);
    expect(parse(access.operatorValues() ?? '').controller.manager.clientCache.storageEncryption).toEqual({
      enabled: true,
      vaultConnectionRef: 'default',
      keyName: 'vso',
      transitMount: 'team-a/transit',
      namespace: 'team-a',
      method: 'kubernetes',
      mount: 'k8s-eu',
      kubernetes: { role: 'vso.operator', serviceAccount: 'operator', tokenAudiences: ['https://vault.example'] },
    });
  });

  it('says everything that is wrong with it at once', () => {
    try {
      accessOf({ key: 'vso', namespace: 'No', serviceAccountName: 'no!' });
      expect(true).toBe(false);
    } catch (error) {
      expect(error).toBeInstanceOf(VaultAccessError);
      expect((error as VaultAccessError).faults.map(({ property }) => property)).toEqual([
        'vault.operatorCache.key',
        'vault.operatorCache.namespace',
        'vault.operatorCache.serviceAccountName',
      ]);
    }
    expect(() => accessOf({ key: 'transit/keys/*' })).toThrow(/stands for many secrets/);
  });

  it('makes nothing where none is declared', () => {
    const access = VaultAccess.of(testApp());
    expect(access.operatorValues()).toBeUndefined();
    expect(access.roles).toEqual([]);
  });

  const chart = corpus('chart-values/vault-secrets-operator.yaml');
  itUnless(chart.lack, 'names values that the chart has', () => {
    const known = parse(chart.text());
    const ours = parse(accessOf(cache, { ca: { secret: 'vault-ca' }, namespace: 'team-a' }).operatorValues() ?? '');
    expect(unknownKeys(ours, known)).toEqual([]);
  });
});

/** Paths of what the other has no place for. */
function unknownKeys(ours: object, known: Readonly<Record<string, unknown>>, at = ''): readonly string[] {
  return Object.entries(ours).flatMap(([key, value]) => {
    if (!Object.hasOwn(known, key)) return [`${at}${key}`];
    const isMapping = typeof value === 'object' && !Array.isArray(value);
    return isMapping ? unknownKeys(value, (known[key] ?? {}) as typeof known, `${at}${key}.`) : [];
  });
}
