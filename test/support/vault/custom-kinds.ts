/** The custom kinds of the deliveries, by their own CustomResourceDefinitions, which stand in the corpus beside the repository. */
import type { ControlPlane } from '../control-plane';
import { corpusDefinitions } from '../corpus';
import { serveCustomKinds } from '../custom-kinds';

/** Their names in paths of the API server. */
export const vaultKinds: Readonly<Record<string, string>> = {
  SecretProviderClass: 'secretproviderclasses.secrets-store.csi.x-k8s.io',
  VaultConnection: 'vaultconnections.secrets.hashicorp.com',
  VaultAuth: 'vaultauths.secrets.hashicorp.com',
  VaultStaticSecret: 'vaultstaticsecrets.secrets.hashicorp.com',
  VaultDynamicSecret: 'vaultdynamicsecrets.secrets.hashicorp.com',
  VaultPKISecret: 'vaultpkisecrets.secrets.hashicorp.com',
};

const { definitions, lack } = corpusDefinitions(
  Object.entries(vaultKinds).map(([kind, name]) => {
    const project = kind === 'SecretProviderClass' ? 'secrets-store-csi-driver' : 'vault-secrets-operator';
    return `${project}/${name}`;
  }),
);

/** Why there are none; undefined where there are. */
export const vaultKindsLack = lack;

/** The plural of a kind, in lower case. */
export function pluralOf(kind: string): string | undefined {
  return vaultKinds[kind]?.split('.')[0];
}

/** Serves all of them. */
export function serveVaultKinds(cluster: () => ControlPlane): void {
  const versions = { 'secrets-store.csi.x-k8s.io': 'v1', 'secrets.hashicorp.com': 'v1beta1' } as const;
  const served = Object.values(vaultKinds).map((name) => {
    const group = name.slice(name.indexOf('.') + 1);
    return `${group}/${versions[group as keyof typeof versions]}/${name.split('.')[0]}`;
  });
  serveCustomKinds(cluster, definitions, served);
}
