import { Mount, Probe, SecureDeployment } from '../../../index';
import { basics, errorsOf, objectOf, objectsOf, testNamespace } from '../../support/app';
import { everyProp, lenientNamespace } from '../../support/every-prop';

describe('SecureDeployment', () => {
  it('emits all of this for a minimal declaration', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'minimal', { ...basics });
    expect(objectsOf(app)).toMatchSnapshot();
  });

  it('emits all of this where every prop is used', () => {
    const { app, lab } = lenientNamespace();
    new SecureDeployment(lab, 'id', { ...everyProp, replicas: 3 });
    expect(objectsOf(app)).toMatchSnapshot();
  });

  it('rolls out without a gap', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', basics);
    expect(objectOf(app, 'Deployment', 'api').spec).toMatchObject({
      replicas: 2,
      revisionHistoryLimit: 3,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
  });

  it('takes another strategy by patch, without the settings of its own', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', basics).patch('Deployment', { spec: { strategy: { type: 'Recreate' } } });
    expect(objectOf(app, 'Deployment', 'api').spec).toHaveProperty('strategy', { type: 'Recreate' });
    expect(errorsOf(app)).toEqual([]);
  });

  it('refuses by patch what the API server refuses', () => {
    const { app, shop } = testNamespace();
    const api = new SecureDeployment(shop, 'api', basics);
    api.patch('Deployment', { spec: { replicas: -1, strategy: { rollingUpdate: { maxSurge: 0 } } } });
    api.patchPod({ restartPolicy: 'Never' });
    expect(errorsOf(app).map(({ rule, property }) => [rule, property])).toEqual([
      ['pod-valid', 'spec.template.spec.restartPolicy'],
      ['pod-valid', 'spec.replicas'],
      ['pod-valid', 'spec.strategy.rollingUpdate.maxUnavailable'],
    ]);
  });

  it.each([
    ['ReadWriteOnce', true],
    ['ReadWriteOncePod', true],
    ['ReadWriteMany', false],
    ['ReadOnlyMany', false],
  ] as const)('with a claim that is %s stops the old pod first: %p', (accessMode, recreates) => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', { ...basics, mounts: { '/data': Mount.claim('data', { accessMode }) } });
    expect(objectOf(app, 'Deployment', 'api').spec).toMatchObject(
      recreates
        ? { replicas: 1, strategy: { type: 'Recreate' } }
        : { replicas: 2, strategy: { type: 'RollingUpdate' } },
    );
    expect(objectOf(app, 'ResourceQuota', 'quota').spec).toMatchObject({ hard: { pods: recreates ? '1' : '4' } });
  });

  it('leaves replicas out where load decides', () => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', { ...basics, port: 80, readiness: Probe.tcp(), autoscale: { max: 7 } });
    expect(objectOf(app, 'Deployment', 'api').spec).not.toHaveProperty('replicas');
    expect(objectOf(app, 'HorizontalPodAutoscaler', 'api').spec).toMatchSnapshot();
  });
});
