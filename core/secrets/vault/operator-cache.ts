import { isDnsLabel, isDnsSubdomain } from '../../manifest/names';
import type { SecretFault } from '../fault';
import type { VaultReader } from './access';
import { readEnginePath } from './path';
import { defaultAudience, defaultAuthMount, roleNameOf, type VaultOperatorCache, type VaultServer } from './server';

const defaultNamespace = 'vault-secrets-operator-system';
const defaultServiceAccount = 'vault-secrets-operator-controller-manager';

function accountOf({ namespace = defaultNamespace, serviceAccountName = defaultServiceAccount }: VaultOperatorCache) {
  return { namespace, serviceAccountName };
}

const keyOf = ({ key }: VaultOperatorCache) => readEnginePath(key, 'keys', 'transit/keys/vso-client-cache');

/** Everything that is wrong with it. */
export function operatorCacheFaults(cache: VaultOperatorCache): readonly SecretFault[] {
  const { namespace, serviceAccountName } = accountOf(cache);
  const faults: SecretFault[] = keyOf(cache).faults.map(({ message, remedy }) => ({
    property: 'vault.operatorCache.key',
    value: cache.key,
    message,
    remedy,
  }));
  const names = [
    ['namespace', namespace, isDnsLabel(namespace)],
    ['serviceAccountName', serviceAccountName, isDnsSubdomain(serviceAccountName)],
  ] as const;
  for (const [name, value, isName] of names)
    if (!isName)
      faults.push({
        property: `vault.operatorCache.${name}`,
        value,
        message: `${JSON.stringify(value)} is no name in Kubernetes`,
        remedy: 'write it as `kubectl get serviceaccounts --all-namespaces` shows it',
      });
  return faults;
}

/** The operator as one that uses the key, and may do nothing else by the role that it has for it. */
export function operatorCacheReader(cache: VaultOperatorCache): VaultReader {
  const { namespace, serviceAccountName } = accountOf(cache);
  const { found } = keyOf(cache);
  const operations = ['encrypt', 'decrypt'] as const;
  return {
    workload: `Deployment ${namespace}/${serviceAccountName}`,
    namespace,
    serviceAccountName,
    reads:
      found === undefined
        ? []
        : [{ source: { kind: 'transit', mount: found.mount, key: found.name, operations }, delivery: 'operator' }],
  };
}

/**
 * The values of the operator's chart that have it keep its logins, encrypted. The chart makes the VaultAuth by which it reaches the key.
 *
 * @see https://developer.hashicorp.com/vault/docs/deploy/kubernetes/vso/sources/vault#encrypted-client-cache
 */
export function operatorCacheValues(vault: VaultServer, cache: VaultOperatorCache) {
  const { namespace, serviceAccountName } = accountOf(cache);
  const { found } = keyOf(cache);
  return {
    defaultVaultConnection: {
      enabled: true,
      address: vault.address,
      skipTLSVerify: false,
      ...(vault.ca && { caCertSecret: vault.ca.secret }),
    },
    controller: {
      manager: {
        clientCache: {
          persistenceModel: 'direct-encrypted',
          storageEncryption: {
            enabled: true,
            vaultConnectionRef: 'default',
            keyName: found?.name,
            transitMount: found?.mount,
            ...(vault.namespace !== undefined && { namespace: vault.namespace }),
            method: 'kubernetes',
            mount: vault.authMount ?? defaultAuthMount,
            kubernetes: {
              role: roleNameOf(namespace, serviceAccountName),
              serviceAccount: serviceAccountName,
              tokenAudiences: [vault.audience ?? defaultAudience],
            },
          },
        },
      },
    },
  };
}
