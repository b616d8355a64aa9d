import { App, Chart, Testing, ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { testApp, testNamespace, basics, objectsOf, errorsOf, findingsOf, registry } from '/work/main/test/support/app';
import * as b from '/work/main/index';
const { SecureDeployment, SecureCronJob, SecureDaemonSet, SecureJob, SecureStatefulSet, LockedNamespace, Platform, ClusterTarget, Probe } = b;
it('x', () => {
  const { app, shop } = testNamespace();
  new LockedNamespace(app, 'acc', { owner: 'x', access: { viewers: ['v'], developers: ['d'], operators: ['o'], admins: ['a'] } });
  new SecureDeployment(shop, 'web', { ...basics, port: 8080, readiness: Probe.http('/') });
  new SecureDaemonSet(shop, 'ds', { ...basics });
  new SecureCronJob(shop, 'cj', { ...basics, schedule: '@daily' });
  new SecureJob(shop, 'job', { ...basics });
  new SecureStatefulSet(shop, 'db', { ...basics, port: 5432, readiness: Probe.tcp(), storage: [{ path: '/data', size: '1Gi' }] });
  console.log(findingsOf(app).map((f) => JSON.stringify(f)).join('\n'));
  console.log(app.synthYaml());
});
it('win', () => {
  const { app, shop } = testNamespace();
  new SecureDeployment(shop, 'web', { ...basics, os: 'windows', port: 8080, readiness: Probe.http('/') });
  console.log(findingsOf(app).map((f) => JSON.stringify(f)).join('\n'));
  console.log(JSON.stringify(objectsOf(app).find(o => o.kind === 'Deployment'), null, 1));
});
it('plain', () => {
  const app = Testing.app();
  Platform.attach(app, { target: ClusterTarget.of('1.36'), registries: [registry] });
  const shop = new LockedNamespace(app, 'shop', { owner: 'team' });
  new SecureDeployment(shop, 'web', { ...basics });
  new kplus.ClusterRole(shop, 'cr', { rules: [{ verbs: ['get'], resources: [kplus.ApiResource.NODES] }] });
  new ApiObject(shop, 'raw', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' });
  new ApiObject(shop, 'cm', { apiVersion: 'v1', kind: 'ConfigMap' });
  console.log(JSON.stringify(Testing.synth(shop).map((o) => [o.kind, o.metadata])));
  app.synth();
  console.log(app.outdir);
  new SecureDeployment(shop, 'bad', { ...basics, image: 'nginx', selector: {} });
  try { app.synth() } catch (e) { console.log(String(e)) }
});
