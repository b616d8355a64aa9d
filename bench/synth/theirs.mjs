// One sample of the peer: N cdk8s-plus Deployments with a Service and a NetworkPolicy each, by cdk8s' own App.synth().
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { App, Chart } = require('cdk8s');
const kplus = require('cdk8s-plus-28');

const [workloads, outdir] = [Number(process.argv[2]), process.argv[3]];
const digest = `sha256:${'a'.repeat(64)}`;
const start = process.hrtime.bigint();
const app = new App({ outdir });
for (let n = 0; n < workloads / 10; n++) {
  const chart = new Chart(app, `team-${n}`, { namespace: `team-${n}` });
  for (let w = 0; w < 10; w++) {
    const deployment = new kplus.Deployment(chart, `app-${w}`, {
      containers: [
        {
          image: `registry.acme.example/team-${n}/app-${w}@${digest}`,
          portNumber: 8080,
          envVariables: { LOG_LEVEL: kplus.EnvValue.fromValue('info'), REGION: kplus.EnvValue.fromValue('eu-west-1') },
          readiness: kplus.Probe.fromHttpGet('/ready'),
          liveness: kplus.Probe.fromHttpGet('/live'),
        },
      ],
    });
    deployment.exposeViaService();
    new kplus.NetworkPolicy(chart, `policy-${w}`, { selector: deployment });
  }
}
app.synth();
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
if (process.send) process.send({ milliseconds, peak: process.resourceUsage().maxRSS });
else console.log(`${Math.round(milliseconds)} ms`);
