import { SecureJob } from '../../../index';
import { basics, objectOf, objectsOf, testNamespace } from '../../support/app';
import { everyProp, lenientNamespace } from '../../support/every-prop';

describe('SecureJob', () => {
  it('emits all of this for a minimal declaration', () => {
    const { app, shop } = testNamespace();
    new SecureJob(shop, 'minimal', { ...basics });
    expect(objectsOf(app)).toMatchSnapshot();
  });

  it('emits all of this where every prop is used', () => {
    const { app, lab } = lenientNamespace();
    new SecureJob(lab, 'id', {
      ...everyProp,
      backoffLimit: 1,
      activeDeadlineSeconds: 60,
      ttlSecondsAfterFinished: 10,
      parallelism: 2,
      completions: 4,
    });
    expect(objectsOf(app)).toMatchSnapshot();
  });

  it('ends: it is not tried for ever, and is cleared away', () => {
    const { app, shop } = testNamespace();
    new SecureJob(shop, 'once', basics);
    const { template, ...spec } = objectOf(app, 'Job', 'once').spec as { template: unknown };
    expect(spec).toEqual({ backoffLimit: 3, activeDeadlineSeconds: 3600, ttlSecondsAfterFinished: 86400 });
    expect(template).toMatchObject({ spec: { restartPolicy: 'Never' } });
  });
});
