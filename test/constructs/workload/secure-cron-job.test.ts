import { SecureCronJob } from '../../../index';
import { basics, errorsOf, objectOf, objectsOf, testNamespace } from '../../support/app';
import { everyProp, lenientNamespace } from '../../support/every-prop';

describe('SecureCronJob', () => {
  it('emits all of this for a minimal declaration', () => {
    const { app, shop } = testNamespace();
    new SecureCronJob(shop, 'minimal', { ...basics, schedule: '0 3 * * *' });
    expect(objectsOf(app)).toMatchSnapshot();
  });

  it('emits all of this where every prop is used', () => {
    const { app, lab } = lenientNamespace();
    new SecureCronJob(lab, 'id', {
      ...everyProp,
      schedule: '@daily',
      timeZone: 'Europe/Berlin',
      concurrency: 'Replace',
      startingDeadlineSeconds: 60,
      suspend: true,
      parallelism: 2,
    });
    expect(objectsOf(app)).toMatchSnapshot();
  });

  it('runs one at a time, in UTC', () => {
    const { app, shop } = testNamespace();
    new SecureCronJob(shop, 'nightly', { ...basics, schedule: '0 3 * * *' });
    const { jobTemplate, ...spec } = objectOf(app, 'CronJob', 'nightly').spec as { jobTemplate: unknown };
    expect(spec).toEqual({
      schedule: '0 3 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 300,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 3,
    });
    expect(jobTemplate).toMatchObject({ spec: { backoffLimit: 3, activeDeadlineSeconds: 3600 } });
  });

  it('refuses a time zone that is none', () => {
    const { app, shop } = testNamespace();
    new SecureCronJob(shop, 'nightly', { ...basics, schedule: '0 3 * * *', timeZone: 'Europe/Belin' });
    expect(errorsOf(app)).toMatchObject([
      { rule: 'schedule-valid', property: 'timeZone', message: '"Europe/Belin" is no time zone' },
    ]);
  });

  it('refuses a schedule that is none', () => {
    const { app, shop } = testNamespace();
    new SecureCronJob(shop, 'nightly', { ...basics, schedule: '61 3 * * *' });
    expect(errorsOf(app)).toEqual([
      expect.objectContaining({
        rule: 'schedule-valid',
        construct: 'shop/nightly',
        property: 'schedule',
        value: '61 3 * * *',
      }),
    ]);
  });
});
