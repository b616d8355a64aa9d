import { type LockedNamespace, Probe, SecureCronJob, SecureDeployment, type SecureWorkload } from '../../../index';
import { basics, errorsOf, image, objectOf, testNamespace } from '../../support/app';

const serving = { ...basics, port: 80, readiness: Probe.tcp() };

describe('one fault is one finding, however many objects bear it', () => {
  it.each<readonly [string, string, object, string, string]>([
    ['an id that is no name', 'Api', {}, 'id', 'name it api, for example'],
    ['a name with a space', 'x', { name: 'my api' }, 'name', 'name it my-api, for example'],
    ['no name', 'x', { name: '' }, 'name', 'name it name, for example'],
    ['a name that is too long', 'x'.repeat(70), {}, 'id', `name it ${'x'.repeat(63)}, for example`],
  ])('%s', (_, id, props, property, remedy) => {
    const { app, shop } = testNamespace();
    const api = new SecureDeployment(shop, id, { ...serving, ...props });
    expect(errorsOf(app)).toMatchObject([
      { rule: 'name-valid', construct: `shop/${id}`, property, value: 'name' in props ? props.name : id, remedy },
    ]);
    expect(api.name).toMatch(/^[a-z-]{1,63}$/);
  });

  it('a name that is too long for its kind too', () => {
    const { app, shop } = testNamespace();
    new SecureCronJob(shop, 'x'.repeat(70), { ...basics, schedule: '@daily' });
    new SecureCronJob(shop, 'y'.repeat(60), { ...basics, schedule: '@daily' });
    expect(errorsOf(app)).toMatchObject([
      {
        rule: 'name-valid',
        message: expect.stringContaining('at most 52'),
        remedy: `name it ${'x'.repeat(52)}, for example`,
      },
      { rule: 'name-valid', message: expect.stringContaining('this one has 60') },
    ]);
  });

  it.each<readonly [string, object, string, string]>([
    ['label', { labels: { tier: 'not a label' } }, "labels['tier']", '"not a label" is no label value'],
    ['label key', { labels: { 'not a key': 'x' } }, "labels['not a key']", '"not a key" is no label key'],
    ['long label', { labels: { tier: 'x'.repeat(64) } }, "labels['tier']", 'is no label value: it has 64 characters'],
    ['number', { labels: { version: 5 } }, "labels['version']", '5 is no label value'],
    ['selector', { selector: { app: 'not a label' } }, "selector['app']", '"not a label" is no label value'],
  ])('a %s', (_, props, property, message) => {
    const { app, shop } = testNamespace();
    new SecureDeployment(shop, 'api', { ...serving, ...props } as typeof serving);
    expect(errorsOf(app)).toMatchObject([
      { rule: 'label-value', construct: 'shop/api', property, message: expect.stringContaining(message) },
    ]);
  });
});

describe('a patch of a container that is not there', () => {
  const debug = { name: 'debug', image, resources: { limits: { memory: '1Mi' } } };
  const make = (): {
    shop: LockedNamespace;
    errors: () => readonly object[];
    app: ReturnType<typeof testNamespace>['app'];
  } => {
    const { app, shop } = testNamespace();
    return { app, shop, errors: () => errorsOf(app) };
  };
  const fault = (name: string, message: string, list = 'containers') => [
    {
      rule: 'patch-valid',
      severity: 'error',
      construct: 'shop/api',
      property: `patch of ${list}`,
      value: name,
      message,
      remedy: 'it has init, api; to add a container, declare it in the props containers, sidecars or initContainers',
    },
  ];
  const withInit = { ...basics, initContainers: [{ ...basics, name: 'init' }] };

  it.each<readonly [string, string, string]>([
    ['apii', 'containers', 'no container apii in the pod: did you mean api?'],
    ['Api', 'containers', 'no container Api in the pod: did you mean api?'],
    ['inti', 'initContainers', 'no container inti in the pod: did you mean init?'],
    ['controller', 'containers', 'no container controller in the pod'],
  ])('%s in %s is said once', (name, list, message) => {
    const { shop, errors } = make();
    new SecureDeployment(shop, 'api', withInit).patchPod({ [list]: [{ name, workingDir: '/x' }] });
    expect(errors()).toEqual(fault(name, message, list));
  });

  it('is said once by patch(), and in a CronJob', () => {
    const { shop, errors } = make();
    const spec = { template: { spec: { containers: [{ name: 'apii', workingDir: '/x' }] } } };
    new SecureDeployment(shop, 'api', withInit).patch('Deployment', { spec });
    expect(errors()).toEqual(fault('apii', 'no container apii in the pod: did you mean api?'));
    const other = make();
    const job = new SecureCronJob(other.shop, 'api', { ...withInit, schedule: '@daily' });
    job.patch('CronJob', { spec: { jobTemplate: { spec } } });
    job.patchPod({ containers: [{ name: 'apj', tty: true }] });
    expect(other.errors()).toMatchObject([{ value: 'apii' }, { value: 'apj' }]);
  });

  it('leaves the rest of the patch as it is', () => {
    const { app, shop, errors } = make();
    const api: SecureWorkload = new SecureDeployment(shop, 'api', basics);
    api.patchPod({ containers: [{ name: 'api', workingDir: '/x' }], priorityClassName: 'high' });
    expect(errors()).toEqual([]);
    const { template } = objectOf(app, 'Deployment', 'api').spec as {
      template: { spec: { priorityClassName: string; containers: readonly object[] } };
    };
    expect(template.spec).toMatchObject({ priorityClassName: 'high', containers: [{ name: 'api', workingDir: '/x' }] });
  });

  it('may add one that has an image, which later patches know', () => {
    const { shop, errors } = make();
    const api = new SecureDeployment(shop, 'api', basics);
    api.patchPod({ containers: [debug] });
    api.patchPod({ containers: [{ name: 'debug', tty: true }] });
    const found = errors();
    expect(found.length).toBeGreaterThan(1);
    expect(found).not.toContainEqual(expect.objectContaining({ rule: 'patch-valid' }));
  });

  it.each<readonly [unknown, string]>([
    [['--password', 'hunter2Wordy'], 'a list'],
    ['hunter2Wordy', 'a string'],
    [null, 'null'],
    [undefined, 'undefined'],
    [5, 'a number'],
    [() => 'hunter2Wordy', 'a function'],
  ])('says of a patch that is none (%#) what it is, and nothing in it', (patch, kind) => {
    const { app, shop } = testNamespace();
    const made = new SecureDeployment(shop, 'api', basics);
    made.patch('Deployment', patch as never);
    made.patchPod(patch as never);
    made.patch('NetworkPolicy', patch as never);
    shop.patch('ResourceQuota', patch as never);
    const faults = errorsOf(app);
    const message = `${kind} is no patch`;
    expect(faults.map(({ rule, property, message }) => [rule, property, message])).toEqual([
      ['patch-valid', 'patch of ResourceQuota', message],
      ['patch-valid', 'patch of Deployment', message],
      ['patch-valid', 'patch of the pod', message],
      ['patch-valid', 'patch of NetworkPolicy', message],
    ]);
    expect(JSON.stringify(faults)).not.toContain('hunter2Wordy');
  });
});
