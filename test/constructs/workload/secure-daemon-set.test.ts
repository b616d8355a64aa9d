import { SecureDaemonSet } from '../../../index';
import { basics, objectOf, objectsOf, testNamespace } from '../../support/app';
import { everyProp, lenientNamespace } from '../../support/every-prop';

describe('SecureDaemonSet', () => {
  it('emits all of this for a minimal declaration', () => {
    const { app, shop } = testNamespace();
    new SecureDaemonSet(shop, 'minimal', { ...basics });
    expect(objectsOf(app)).toMatchSnapshot();
  });

  it('emits all of this where every prop is used', () => {
    const { app, lab } = lenientNamespace();
    new SecureDaemonSet(lab, 'id', { ...everyProp, maxUnavailable: '10%' });
    expect(objectsOf(app)).toMatchSnapshot();
  });

  it('updates one node at a time', () => {
    const { app, shop } = testNamespace();
    new SecureDaemonSet(shop, 'agent', basics);
    expect(objectOf(app, 'DaemonSet', 'agent').spec).toMatchObject({
      revisionHistoryLimit: 3,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
    });
  });
});
