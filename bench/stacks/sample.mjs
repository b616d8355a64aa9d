// One fresh process: registers the program of Pulumi.yaml, and that many apps of 20 workloads each, and says how long it took.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const start = performance.now();
const lib = join(resolve(import.meta.dirname, '../..'), 'lib');
const require = createRequire(import.meta.url);
const { collect } = require(join(lib, 'stacks/render/collect.js'));
const { composeStacks } = require(join(lib, 'stacks/program/compose.js'));
const { AppResources } = require(join(lib, 'stacks/index.js'));
const { BulwarkApp, ClusterTarget, LockedNamespace, SecureDeployment } = require(join(lib, 'index.js'));
const apps = Number(process.argv[2]);
const loaded = performance.now();

const image = `registry.example/app@sha256:${'a'.repeat(64)}`;
const settings = {
  kubernetesVersion: '1.36',
  distribution: 'kubeadm',
  owner: 'team-platform',
  context: 'bench',
  auditLogging: { encryption: { keyNames: ['one'] } },
  encryptionKeys: { one: Buffer.alloc(32, 1).toString('base64') },
  logPipeline: {
    images: { collector: image, loki: image },
    registries: ['registry.example'],
    issuer: 'internal',
    exceptionsUntil: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
  },
};

/** A stack of a usual size: one namespace, 20 workloads, some 90 objects. */
function stack(name) {
  const app = new BulwarkApp({ target: ClusterTarget.of('1.36'), registries: ['registry.example'] });
  const namespace = new LockedNamespace(app, name, { owner: 'team-platform' });
  for (let i = 0; i < 20; i++)
    new SecureDeployment(namespace, `app-${i}`, { image, resources: { cpu: '100m', memory: '64Mi' } });
  new AppResources(name, { app });
}

const found = await collect(
  () => {
    composeStacks(settings);
    for (let i = 0; i < apps; i++) stack(`stack-${i}`);
  },
  { project: 'kube-bulwark', stack: 'bench' },
);
const end = performance.now();
process.stdout.write(
  JSON.stringify({ load: loaded - start, register: end - loaded, whole: performance.now(), resources: found.length }),
);
process.exit();
