import { Chart } from 'cdk8s';
import { expiryFault, isMoment } from '../../../core/rbac';
import {
  BreakGlass,
  BreakGlassPolicy,
  type BreakGlassPolicyProps,
  type BreakGlassProps,
  ClusterTarget,
  Group,
  LockedNamespace,
  User,
} from '../../../index';
import { errorsOf, findingsOf, image, objectOf, objectsOf, testApp, testNamespace } from '../../support/app';
import { podOf } from '../../support/workload-kinds';

/** The day of testApp. */
const day = '2026-11-21';
const expires = `${day}T18:05:00Z`;
const reason = 'INC-42: orders are lost';

function broken(given: Partial<BreakGlassProps> = {}, today = day) {
  const { app, shop } = testNamespace({ today });
  const oncall = new Group(app, 'oncall', { name: 'oidc:shop-oncall' });
  new BreakGlass(shop, 'inc-42', { to: [oncall], may: ['exec', 'read-logs'], expires, reason, image, ...given });
  return app;
}

describe('BreakGlass', () => {
  it('is a Role, a RoleBinding with an end, and what deletes that one binding then', () => {
    const app = broken();
    expect(objectsOf(app).filter(({ metadata }) => /inc-42/.test(metadata?.name ?? ''))).toMatchSnapshot();
  });

  it('says when it ends, why, and for whom', () => {
    const app = testApp();
    const shop = new LockedNamespace(app, 'shop', { owner: 'team-shop' });
    const to = [
      new Group(app, 'oncall', { name: 'oidc:oncall' }),
      new User(app, 'jane', { name: 'oidc:jane' }),
    ] as const;
    new BreakGlass(shop, 'inc', { to, may: ['restart'], expires, reason, image });
    expect(objectOf(app, 'RoleBinding', 'break-glass-inc')).toMatchObject({
      metadata: {
        namespace: 'shop',
        annotations: { 'access.kube-bulwark.dev/expires': expires, 'access.kube-bulwark.dev/reason': reason },
      },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'break-glass-inc' },
      subjects: [
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'oidc:oncall' },
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'oidc:jane' },
      ],
    });
    expect(errorsOf(app)).toEqual([]);
  });

  it('is the exception that its verbs need, until its day, and shown as one', () => {
    const waived = findingsOf(broken({ may: ['debug', 'port-forward', 'exec'] })).filter(({ waivedBy }) => waivedBy);
    expect(waived.map(({ rule, waivedBy }) => [rule, waivedBy?.reason, waivedBy?.expires])).toEqual(
      [
        ['rbac-exec', reason, day],
        ['rbac-exec', reason, day],
        ['rbac-exec', reason, day],
        ['rbac-port-forward', reason, day],
        ['rbac-roles', 'it deletes break-glass-inc-42 at its end, and nothing else', day],
      ].sort(),
    );
    expect(findingsOf(broken()).filter(({ waivedBy }) => !waivedBy)).toEqual([]);
  });

  it('is ended by an account that may do nothing else, in the minute that is said', () => {
    const app = broken();
    expect(objectOf(app, 'Role', 'end-inc-42').rules).toEqual([
      {
        apiGroups: ['rbac.authorization.k8s.io'],
        resources: ['rolebindings'],
        verbs: ['delete'],
        resourceNames: ['break-glass-inc-42'],
      },
    ]);
    expect(objectOf(app, 'CronJob', 'end-inc-42').spec).toMatchObject({
      schedule: '5-59/2 18-19 21 11 *',
      timeZone: 'Etc/UTC',
      startingDeadlineSeconds: 604_800,
    });
    expect(podOf(app, 'CronJob', 'end-inc-42').containers[0]).toMatchObject({
      command: ['kubectl', 'delete', 'rolebinding', 'break-glass-inc-42'],
      args: ['--namespace=shop', '--ignore-not-found', '--wait=false'],
    });
  });

  it('is ended within its day, where that has no next hour', () => {
    const { schedule } = objectOf(broken({ expires: `${day}T23:58:00Z` }), 'CronJob', 'end-inc-42').spec as {
      schedule: string;
    };
    expect(schedule).toBe('58-59/2 23 21 11 *');
  });

  it.each([
    ['on its day, though the hour may be past', `${day}T00:00:00Z`, []],
    ['within 24 hours of the last minute of the day', '2026-11-23T00:00:00Z', []],
    ['in a second that no CronJob knows', `${day}T18:00:30Z`, ['this is no moment']],
    ['later than that', '2026-11-23T00:01:00Z', ['it ends more than 24 hours from now']],
    ['in a year', '2027-11-21T18:00:00Z', ['it ends more than 24 hours from now']],
    ['as a day', '2026-11-22', ['this is no moment']],
    ['in another zone', '2026-11-21T18:00:00+01:00', ['this is no moment']],
    ['on no day of the calendar', '2026-11-31T18:00:00Z', ['this is no moment']],
  ])('ends %s', (_, end, messages) => {
    const app = broken({ expires: end });
    expect(errorsOf(app).map(({ rule, property, message }) => [rule, property, message])).toEqual(
      messages.map((message) => ['access-expiry', 'expires', message]),
    );
  });

  it('is not written once its day is over, and says so', () => {
    const app = broken({}, '2026-11-22');
    expect(objectsOf(app).some(({ kind }) => kind.startsWith('Role') || kind === 'CronJob')).toBe(false);
    expect(findingsOf(app)).toMatchObject([
      {
        rule: 'access-expiry',
        severity: 'warning',
        construct: 'shop/inc-42',
        property: 'expires',
        message: `it ended at ${expires}`,
        remedy: 'take it out, and judge a new one anew',
      },
    ]);
  });

  it('refuses what is missing, all at once, and writes nothing of it', () => {
    const { app, shop } = testNamespace();
    new BreakGlass(shop, 'Inc 42', { to: ['oncall'], may: ['all'], reason: 'because' } as never);
    new BreakGlass(shop, 'none', { to: [], may: [], reason, expires, image } as never);
    expect(errorsOf(app).map(({ rule, construct, property }) => [rule, construct, property])).toEqual([
      ['prop-valid', 'shop/Inc 42', 'to[0]'],
      ['prop-valid', 'shop/Inc 42', 'may[0]'],
      ['prop-valid', 'shop/Inc 42', 'expires'],
      ['prop-valid', 'shop/Inc 42', 'image'],
      ['name-valid', 'shop/Inc 42', 'id'],
      ['prop-valid', 'shop/Inc 42', 'reason'],
      ['prop-valid', 'shop/none', 'to'],
      ['prop-valid', 'shop/none', 'may'],
    ]);
  });

  it('needs a reason that says something', () => {
    const found = errorsOf(broken({ reason: '. . . . . . . . . . .' }));
    expect(found.map(({ rule, property }) => [rule, property])).toEqual([['prop-valid', 'reason']]);
  });

  it('is in a namespace', () => {
    const app = testApp();
    expect(() => new BreakGlass(new Chart(app, 'x') as never, 'inc', {} as never)).toThrow(
      'x/inc: it is in no namespace. Create it in one',
    );
  });

  it('has its image from where images may come from, by its digest', () => {
    expect(errorsOf(broken({ image: 'docker.io/bitnami/kubectl:latest' })).map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['image-allowed', 'image-digest']),
    );
  });
});

describe('a moment', () => {
  it.each(['2026-11-21T18:00:00Z', '2028-02-29T23:59:00Z'])('%s is one', (text) => expect(isMoment(text)).toBe(true));
  it.each(['2026-02-29T18:00:00Z', '2026-11-21T24:00:00Z', '2026-11-21T18:00:00.5Z', '2026-11-21t18:00:00z', 5, null])(
    '%s is none',
    (text) => expect(isMoment(text)).toBe(false),
  );
  it('is over when its day is', () => {
    expect(expiryFault('2026-11-21T23:59:00Z', '2026-11-22')?.isOver).toBe(true);
    expect(expiryFault('2026-11-22T00:00:00Z', '2026-11-22')).toBeUndefined();
  });
});

describe('BreakGlassPolicy', () => {
  function policed(props?: BreakGlassPolicyProps, version = '1.36') {
    const app = testApp({ target: ClusterTarget.of(version as '1.36') });
    new BreakGlassPolicy(new Chart(app, 'cluster'), 'ends', props);
    return app;
  }

  it('is a policy with its binding, in no namespace', () => {
    expect(objectsOf(policed())).toMatchSnapshot();
    expect(findingsOf(policed())).toEqual([]);
  });

  it('has the hours that are said', () => {
    expect(
      JSON.stringify(objectOf(policed({ maxHours: 4 }), 'ValidatingAdmissionPolicy', 'break-glass-ends')),
    ).toContain("duration('4h')");
  });

  it.each([0, 25, 1.5, '4'])('refuses %j hours', (maxHours) => {
    expect(errorsOf(policed({ maxHours: maxHours as number }))).toMatchObject([
      { rule: 'prop-valid', property: 'maxHours' },
    ]);
  });

  it('needs an API server that has such policies', () => {
    expect(errorsOf(policed({}, '1.29')).map(({ rule }) => rule)).toContain('target-api');
  });
});
