import type { VaultServer } from 'kube-bulwark';

/** The Vault of the examples, in the cluster. The image is your mirror's: the agents run in the pods of the workloads. */
export const vault: VaultServer = {
  address: 'https://vault.vault.svc:8200',
  ca: { secret: 'vault-ca' },
  pods: { namespace: 'vault', labels: { 'app.kubernetes.io/name': 'vault' } },
  agent: {
    image: 'registry.acme.example/vault@sha256:ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d',
  },
};
