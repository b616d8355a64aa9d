import { ApiObject, Chart } from 'cdk8s';
import { LockedNamespace, Probe, SecureDeployment, type SecurityException } from '../../../index';
import { basics, errorsOf, findingsOf, registry, testApp } from '../../support/app';

const tagged = { ...basics, image: `${registry}/app:1.2.3` };
const exception: SecurityException = {
  rule: 'image-digest',
  reason: 'upstream publishes no digests',
  expires: '2026-12-31',
};

/** An app with a workload whose image and whose sidecar's image have a tag alone, and exceptions at each level. */
function scene(at: { app?: SecurityException; namespace?: SecurityException; workload?: SecurityException }) {
  const list = (one: SecurityException | undefined) => (one ? { exceptions: [one] } : {});
  const app = testApp(list(at.app));
  const shop = new LockedNamespace(app, 'shop', { owner: 'x', ...list(at.namespace) });
  const api = new SecureDeployment(shop, 'api', {
    ...tagged,
    ...list(at.workload),
    sidecars: [{ ...tagged, name: 'proxy' }],
  });
  new SecureDeployment(new LockedNamespace(app, 'shop-2', { owner: 'x' }), 'api', basics);
  return { app, shop, api };
}

describe('an exception', () => {
  it.each([
    ['the app', { app: exception }],
    ['the namespace', { namespace: exception }],
    ['the workload', { workload: exception }],
  ])('on %s covers what is below it', (_, at) => {
    const { app } = scene(at);
    expect(errorsOf(app)).toEqual([]);
    expect(findingsOf(app).map(({ rule, container, waivedBy }) => [rule, container, waivedBy])).toEqual([
      ['image-digest', 'proxy', exception],
      ['image-digest', 'api', exception],
    ]);
  });

  it('for a container covers that one alone', () => {
    const { app } = scene({ workload: { ...exception, container: 'proxy' } });
    expect(errorsOf(app).map(({ rule, container }) => [rule, container])).toEqual([['image-digest', 'api']]);
  });

  it('covers no sibling, and nothing whose name only begins the same', () => {
    const { app } = scene({});
    new LockedNamespace(app, 'sho', { owner: 'x', exceptions: [exception] });
    expect(errorsOf(app)).toHaveLength(2);
    expect(findingsOf(app).filter(({ rule }) => rule === 'exception-unused')).toMatchObject([{ construct: 'sho' }]);
  });

  it('of a construct that was removed covers none that has its place', () => {
    const { app, shop } = scene({ workload: exception });
    expect(errorsOf(app)).toEqual([]);
    shop.node.tryRemoveChild('api');
    new SecureDeployment(shop, 'api', tagged);
    expect(errorsOf(app).map(({ rule, construct }) => [rule, construct])).toEqual([['image-digest', 'shop/api']]);
  });

  it('of a namespace that was removed covers none that has its place', () => {
    const { app } = scene({ namespace: exception });
    app.node.tryRemoveChild('shop');
    new SecureDeployment(new LockedNamespace(app, 'shop', { owner: 'x' }), 'api', tagged);
    expect(errorsOf(app).map(({ rule, construct }) => [rule, construct])).toEqual([['image-digest', 'shop/api']]);
  });

  it('can be added later', () => {
    const { app, api } = scene({});
    expect(errorsOf(app)).toHaveLength(2);
    api.addException(exception);
    expect(errorsOf(app)).toEqual([]);
  });

  it.each<[string, Partial<SecurityException>, object]>([
    [
      'without a reason',
      { reason: ' - ' },
      {
        property: 'exceptions.reason',
        value: ' - ',
        message: 'the exception to image-digest has no reason that anybody could judge',
        remedy: 'say in a sentence why the rule cannot be kept here',
      },
    ],
    [
      'that is over',
      { expires: '2026-11-20' },
      {
        property: 'exceptions.expires',
        value: '2026-11-20',
        message: 'the exception to image-digest ended on 2026-11-20; its reason was: upstream publishes no digests',
        remedy: 'mend what it excused, or set a later day after judging it anew',
      },
    ],
    [
      'that ends on no day',
      { expires: '2026-02-30' },
      {
        property: 'exceptions.expires',
        value: '2026-02-30',
        message: 'the exception to image-digest ends on no day of the calendar',
        remedy: 'write the last day on which it holds as YYYY-MM-DD',
      },
    ],
    [
      'for a rule that there is not',
      { rule: 'image-digets' },
      {
        property: 'exceptions',
        value: 'image-digets',
        message: 'there is no rule "image-digets"',
        remedy: 'did you mean image-digest?',
      },
    ],
    [
      'for a rule that is like no other',
      { rule: 'zzzzzzzzzzzz' },
      { property: 'exceptions', value: 'zzzzzzzzzzzz', remedy: 'take the id from the finding that it should waive' },
    ],
    [
      'for what no exception can make right',
      { rule: 'identity-unique' },
      {
        property: 'exceptions',
        value: 'identity-unique',
        message: expect.stringContaining('no exception can make the rule identity-unique right: '),
      },
    ],
  ])('%s is refused, and waives nothing', (_, change, expected) => {
    const { app } = scene({ workload: { ...exception, ...change } });
    const errors = errorsOf(app);
    expect(errors.find(({ rule }) => rule === 'exception-valid')).toMatchObject({
      severity: 'error',
      construct: 'shop/api',
      ...expected,
    });
    expect(errors.filter(({ rule }) => rule === 'image-digest')).toHaveLength(2);
  });

  it('holds on its last day', () => {
    expect(errorsOf(scene({ workload: { ...exception, expires: '2026-11-21' } }).app)).toEqual([]);
  });

  it('that waives nothing is reported, and stops nothing', () => {
    const app = testApp();
    const shop = new LockedNamespace(app, 'shop', { owner: 'x' });
    new SecureDeployment(shop, 'api', { ...basics, exceptions: [{ ...exception, container: 'api' }] });
    expect(findingsOf(app)).toEqual([
      {
        rule: 'exception-unused',
        severity: 'warning',
        construct: 'shop/api',
        property: 'exceptions',
        value: 'image-digest',
        message: 'nothing here breaks the rule image-digest in container api',
        remedy: 'remove the exception: it would hide what comes later',
      },
    ]);
  });
});

describe('an exception for what the namespace refuses all the same', () => {
  const privileged = (
    podSecurity: 'restricted' | 'baseline' | 'privileged',
    rule: string,
    patch: Parameters<SecureDeployment['patchPod']>[0],
  ) => {
    const app = testApp();
    const ofNamespace = podSecurity === 'restricted' ? [] : [{ ...exception, rule: 'namespace-pod-security' }];
    const shop = new LockedNamespace(app, 'shop', { owner: 'x', podSecurity, exceptions: ofNamespace });
    const api = new SecureDeployment(shop, 'api', {
      ...basics,
      port: 80,
      readiness: Probe.tcp(),
      exceptions: [{ ...exception, rule }],
    });
    api.patchPod(patch);
    return errorsOf(app).filter(({ rule: found }) => found === 'pod-security-conflict');
  };
  const noSeccomp = { securityContext: { seccompProfile: null } };

  it.each([
    ['restricted', 'seccomp-profile', noSeccomp, 'baseline'],
    ['restricted', 'host-namespaces', { hostPID: true }, 'privileged'],
    ['baseline', 'host-namespaces', { hostPID: true }, 'privileged'],
  ] as const)('that enforces %s: %s', (level, rule, patch, needed) => {
    expect(privileged(level, rule, patch)).toMatchObject([
      {
        construct: 'shop/api',
        message: `the rule ${rule} is waived here, but namespace shop enforces ${level} and will refuse the pod`,
        remedy: `label the namespace pod-security.kubernetes.io/enforce: ${needed}, with an exception to namespace-pod-security, or move the workload to a namespace of its own; in TypeScript: podSecurity of the LockedNamespace`,
      },
    ]);
  });

  it.each([
    ['baseline', 'seccomp-profile', noSeccomp],
    ['privileged', 'seccomp-profile', noSeccomp],
    ['privileged', 'host-namespaces', { hostPID: true }],
  ] as const)('is none where it enforces %s: %s', (level, rule, patch) => {
    expect(privileged(level, rule, patch)).toEqual([]);
  });
});

it.each(['LockedNamespace', 'raw Namespace'])('sees a waived pod in a chart beside its %s', (kind) => {
  const app = testApp({ exceptions: [{ ...exception, rule: 'host-namespaces' }] });
  if (kind === 'LockedNamespace') new LockedNamespace(app, 'shop', { owner: 'x' });
  else
    new ApiObject(new Chart(app, 'ns'), 'ns', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } },
    });
  const spec = { hostPID: true, containers: [{ name: 'a', image: basics.image }] };
  new ApiObject(new Chart(app, 'c', { namespace: 'shop' }), 'pod', { apiVersion: 'v1', kind: 'Pod', spec });
  expect(errorsOf(app).map(({ rule }) => rule)).toContain('pod-security-conflict');
});

it.each<[unknown, number]>([
  [null, 0],
  ['text', 1],
  [[null], 1],
  [[{ reason: 'a long enough reason' }], 1],
  [[{ rule: 'image-digest' }], 2],
  [[{ rule: 5 }], 1],
  [[{ rule: [null], reason: 'a long enough reason', expires: '2027-01-31' }], 1],
  [5, 1],
])('reports exceptions from plain JavaScript: %j', (exceptions, faults) => {
  const app = testApp({ exceptions: exceptions as readonly SecurityException[] });
  const rules = findingsOf(app).map(({ rule }) => rule);
  expect(rules).toEqual(Array(faults).fill('exception-valid'));
});

it('takes no dots or invisible characters for a reason', () => {
  for (const reason of ['............', '\u200b'.repeat(20)]) {
    const app = testApp({ exceptions: [{ ...exception, reason }] });
    expect(findingsOf(app)).toMatchObject([{ rule: 'exception-valid', property: 'exceptions.reason' }]);
  }
});

it('names the known profiles and layouts', () => {
  expect(errorsOf(testApp({ profile: 'bogus' as never }))).toMatchObject([
    { rule: 'target-valid', property: 'profile', remedy: expect.stringContaining('2026.1') },
  ]);
  expect(() => testApp({ layout: 'bogus' as never })).toThrow(
    'layout = "bogus" is none; name one of namespace, object',
  );
});

describe("another library's construct", () => {
  class Foreign extends ApiObject {
    constructor(
      scope: Chart,
      private readonly answer: unknown,
    ) {
      super(scope, 'foreign', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'foreign' } });
    }
    // biome-ignore lint/suspicious/noExplicitAny: the return type is cdk8s' own
    override toJson(): any {
      return this.answer;
    }
  }

  it.each([
    [undefined, 'undefined is no object with apiVersion and kind'],
    [null, 'null is no object with apiVersion and kind'],
    ['text', '"text" is no object with apiVersion and kind'],
    [[], '[] is no object with apiVersion and kind'],
    [{ kind: 'ConfigMap' }, '{"kind":"ConfigMap"} is no object with apiVersion and kind'],
  ])('that answers %j is reported, and not passed over', (answer, message) => {
    const app = testApp();
    new Foreign(new Chart(app, 'chart'), answer);
    expect(errorsOf(app)).toMatchObject([
      { rule: 'construct-validation', construct: 'chart/foreign', message: `it cannot be rendered: ${message}` },
    ]);
  });

  it('that answers otherwise the second time is written as it was checked', () => {
    const app = testApp();
    let asked = 0;
    const data = {
      get answer() {
        asked++;
        return asked > 1 ? 'another' : 'one';
      },
    };
    new Foreign(new Chart(app, 'chart'), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'foreign' }, data });
    expect(errorsOf(app)).toEqual([]);
    expect(asked).toBe(1);
    asked = 0;
    expect(app.synthYaml()).toContain('answer: one');
  });

  it.each([
    [undefined, 'a validation answers undefined, which is no text'],
    [null, 'a validation answers null, which is no text'],
    [[{ wrong: 1 }], 'a validation answers {"wrong":1}, which is no text'],
  ])('whose validation answers %j is reported, with everything else', (answer, message) => {
    const { app } = scene({});
    app.node.addValidation({ validate: () => [] });
    const chart = new Chart(app, 'chart');
    chart.node.addValidation({ validate: () => answer as unknown as string[] });
    const errors = errorsOf(app);
    expect(errors.filter(({ construct }) => construct === 'chart')).toMatchObject([
      { rule: 'construct-validation', message },
    ]);
    expect(errors.filter(({ rule }) => rule === 'image-digest')).toHaveLength(2);
  });

  it('whose validation throws what is no text is reported', () => {
    const { app, shop } = scene({ app: exception });
    shop.node.addValidation({
      validate: () => {
        throw Object.create(null);
      },
    });
    expect(errorsOf(app)).toMatchObject([
      { rule: 'construct-validation', construct: 'shop', message: 'it cannot be judged: what was thrown is no text' },
    ]);
  });
});
