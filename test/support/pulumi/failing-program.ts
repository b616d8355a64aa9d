/** Programs that fail in an apply, each by a name: node --require tsx/cjs failing-program.ts <name>. A test runner would fail the test. */
import { output, secret } from '@pulumi/pulumi';
import { BulwarkApp, ClusterTarget, LockedNamespace, SecureDeployment } from '../../../index';
import { AuditLogging } from '../../../stacks/audit-logging';
import { AppResources, LateValues } from '../../../stacks/bridge';
import { PrivateRegistry } from '../../../stacks/private-registry';
import { collect } from '../../../stacks/render/collect';

const digest = `@sha256:${'a'.repeat(64)}`;

function shop(image: string, env: Readonly<Record<string, string>>): BulwarkApp {
  const app = new BulwarkApp({
    target: ClusterTarget.of('1.36'),
    registries: ['registry.example'],
    today: '2026-11-21',
  });
  const namespace = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
  new SecureDeployment(namespace, 'web', { image, env, resources: { cpu: '10m', memory: '32Mi' } });
  return app;
}

const programs: Readonly<Record<string, () => unknown>> = {
  'insecure-image': () => {
    const values = new LateValues();
    const image = values.text('image', output('latest'), { like: `registry.example/{}${digest}` });
    return new AppResources('shop', { app: shop(image, {}), values });
  },
  'secret-image': () => {
    const values = new LateValues();
    const image = values.text('image', secret('c4n4ry.example/c4n4ry:c4n4ry'), {
      like: `registry.example/{}${digest}`,
    });
    return new AppResources('shop', { app: shop(image, {}), values });
  },
  quotes: () => {
    const values = new LateValues();
    const user = values.text('user', output('a", "admin": "b'));
    const app = shop(`registry.example/app${digest}`, { JSON: `{"user": "${user}"}` });
    return new AppResources('shop', { app, values });
  },
  'late-argument': () =>
    new AuditLogging('audit', {
      kubernetesVersion: '1.36',
      owner: 'team-platform',
      encryption: { kmsName: 'vault' },
      anonymous: output('all'),
    }),
  'secret-argument': () =>
    new AuditLogging('audit', {
      kubernetesVersion: '1.36',
      owner: 'team-platform',
      encryption: { kmsName: 'vault' },
      log: secret({ path: 'c4n4ry' }),
    }),
  'late-key': () =>
    new AuditLogging('audit', {
      kubernetesVersion: '1.36',
      owner: 'team-platform',
      encryption: { keyNames: ['a'] },
      encryptionKeys: output({ a: 'c4n4ry' }),
    }),
  'late-password': () =>
    new PrivateRegistry('images', {
      kubernetesVersion: '1.36',
      owner: 'team-platform',
      images: { registry: `mirror.example/registry${digest}` },
      registries: ['mirror.example'],
      issuer: 'internal',
      host: 'registry.example',
      authentication: { kind: 'htpasswd', users: [{ name: 'pusher', password: secret('c4n4ry') }] },
      gatewayNamespace: 'gateway',
    }),
};

const [name = ''] = process.argv.slice(2);
collect(programs[name] ?? (() => {}), { project: 'platform', stack: 'dev' }).then(
  () => process.exit(0),
  (error: Error) => {
    process.stdout.write(error.message);
    process.exit(1);
  },
);
