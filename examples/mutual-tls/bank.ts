import { type BulwarkApp, Env, LockedNamespace, Probe, SecureDeployment, VaultSecretMount } from 'kube-bulwark';

const resources = { cpu: '100m', memory: '128Mi' } as const;
const image = (name: string) =>
  `registry.acme.example/bank/${name}@sha256:ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d`;

/** A ledger that answers payments and nobody else: both show certificates that Vault signs for their ServiceAccounts. */
export function bank(app: BulwarkApp, namespace = 'bank'): LockedNamespace {
  const bank = new LockedNamespace(app, namespace, { owner: 'team-bank' });
  /** Key and certificate in one file, which is never half new, and the authority that signed it. */
  const identity = (name: string) =>
    VaultSecretMount.pki(`pki/issue/${name}`, {
      commonName: `${name}.bank.svc`,
      files: { bundle: '/etc/identity/identity.pem', ca: '/etc/identity/ca.pem' },
      ttl: '24h',
    });

  const ledger = new SecureDeployment(bank, 'ledger', {
    image: image('ledger'),
    resources,
    port: 8443,
    readiness: Probe.tcp(),
    env: { CLIENT: 'payments.bank.svc' },
    secrets: [identity('ledger')],
  });
  new SecureDeployment(bank, 'payments', {
    image: image('payments'),
    resources,
    env: { LEDGER: Env.addressOf(ledger), LEDGER_NAME: 'ledger.bank.svc' },
    secrets: [identity('payments')],
  });
  return bank;
}
