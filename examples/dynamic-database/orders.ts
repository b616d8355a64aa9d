import {
  type BulwarkApp,
  ExistingNamespace,
  ExternalWorkload,
  LockedNamespace,
  Probe,
  RestartOnChange,
  SecretTemplate,
  SecureCronJob,
  SecureDeployment,
  VaultSecretMount,
} from 'kube-bulwark';

const image = 'registry.acme.example/orders@sha256:ef2d127de37b942baad06145e54b0c619a1f22327b2ebbcfbec78f5564afe39d';
const resources = { cpu: '100m', memory: '128Mi' } as const;

/** The address of the database with an account that Vault made for this pod alone. */
const url = SecretTemplate.text(
  'postgres://{{ .username | url }}:{{ .password | url }}@postgres.databases:5432/orders?sslmode=verify-full',
);

/** An API that writes orders, and a report that reads them: each by accounts of its own, which end when their pod ends. */
export function orders(app: BulwarkApp, namespace = 'orders'): LockedNamespace {
  const orders = new LockedNamespace(app, namespace, { owner: 'team-orders' });
  const postgres = new ExternalWorkload(new ExistingNamespace(app, 'databases'), 'postgres', {
    selector: { 'app.kubernetes.io/name': 'postgres' },
    ports: [5432],
  });

  const api = new SecureDeployment(orders, 'api', {
    image,
    resources,
    command: ['/app/orders-api'],
    port: 8080,
    readiness: Probe.http('/readyz'),
    secrets: [
      VaultSecretMount.database('database/creds/orders-api', {
        file: '/etc/orders/database-url',
        template: url,
        onChange: RestartOnChange.of('orders-api'),
      }),
    ],
  });
  const report = new SecureCronJob(orders, 'report', {
    image,
    resources,
    command: ['/app/orders-report'],
    schedule: '0 6 * * *',
    secrets: [
      VaultSecretMount.database('database/creds/orders-report', { file: '/etc/orders/database-url', template: url }),
    ],
  });
  for (const client of [api, report]) client.connectTo(postgres);
  return orders;
}
