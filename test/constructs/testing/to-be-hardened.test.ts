import '../../../constructs/testing/jest';
import { ApiObject, App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { BulwarkApp, ClusterTarget, LockedNamespace, Platform, SecureDeployment } from '../../../index';

const image = `registry.acme.example/app@sha256:${'a'.repeat(64)}`;
const target = ClusterTarget.of('1.34');
const registries = ['registry.acme.example'];

describe('toBeHardened', () => {
  it('passes for what is hardened: an app, a chart, a construct', () => {
    const app = new BulwarkApp({ target, registries });
    const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
    const web = new SecureDeployment(shop, 'web', { image, resources: { cpu: '100m', memory: '64Mi' } });
    for (const construct of [app, shop, web]) expect(construct).toBeHardened();
    expect(() => expect(app).not.toBeHardened()).toThrow(
      'expected findings that weigh as much as error, or more, and there are none',
    );
  });

  it('names what is wrong in that construct, and in no other', () => {
    const app = new App();
    Platform.attach(app, { target, registries });
    const [bad, other] = [new Chart(app, 'bad'), new Chart(app, 'other')];
    new Deployment(bad, 'web', { containers: [{ image }] });
    new ApiObject(other, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', data: { level: 'info' } });
    expect(() => expect(bad).toBeHardened()).toThrow(
      /expected no findings[\s\S]*error seccomp-profile: Deployment\.apps/,
    );
    expect(other).toBeHardened();
    expect(bad).not.toBeHardened();
  });

  it('judges a plain app without a platform, and plain data', () => {
    const chart = new Chart(new App(), 'c');
    new Deployment(chart, 'web', { containers: [{ image }] });
    expect(chart).not.toBeHardened();
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { level: 'info' } };
    expect(settings).toBeHardened();
    expect([
      settings,
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'a', image }] } },
    ]).not.toBeHardened();
    const service = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'b' }, spec: {} };
    expect(() => expect(service).toBeHardened({ failOn: 'info' })).toThrow('weigh as much as info');
  });

  it('refuses an option that there is not, and says of an empty list that it is one', () => {
    const settings = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
    expect(() => expect(settings).toBeHardened({ failon: 'info' } as never)).toThrow('did you mean failOn?');
    expect(() => expect([]).toBeHardened()).toThrow('this list is empty: it would always pass');
  });

  it.each([[undefined], [3], [[]], [[{}]], ['text']])('refuses %j', (received) => {
    expect(() => expect(received).toBeHardened()).toThrow(
      'takes a construct, a Kubernetes object or a list of objects',
    );
  });
});
