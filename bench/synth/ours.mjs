// One sample of ours: N SecureDeployments in N/10 LockedNamespaces, each with a Service, ServiceAccount, NetworkPolicy,
// PodDisruptionBudget and one connection, all validation on.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { BulwarkApp, ClusterTarget, LockedNamespace, Probe, SecureDeployment } = require('../../lib/index.js');

const [workloads, outdir] = [Number(process.argv[2]), process.argv[3]];
const digest = `sha256:${'a'.repeat(64)}`;
const start = process.hrtime.bigint();
const app = new BulwarkApp({ target: ClusterTarget.of('1.34'), registries: ['registry.acme.example'], outdir });
for (let n = 0; n < workloads / 10; n++) {
  const namespace = new LockedNamespace(app, `team-${n}`, { owner: `team-${n}` });
  let previous;
  for (let w = 0; w < 10; w++) {
    const workload = new SecureDeployment(namespace, `app-${w}`, {
      image: `registry.acme.example/team-${n}/app-${w}@${digest}`,
      port: 8080,
      env: { LOG_LEVEL: 'info', REGION: 'eu-west-1' },
      resources: { cpu: '100m', memory: '128Mi' },
      readiness: Probe.http('/ready'),
      liveness: Probe.http('/live'),
      writable: ['/tmp'],
    });
    workload.connectTo(previous ?? workload);
    previous = workload;
  }
}
app.synth();
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
if (process.send) process.send({ milliseconds, peak: process.resourceUsage().maxRSS });
else console.log(`${Math.round(milliseconds)} ms`);
