import { type AccessRequest, Authorizer, askerOf, rightsRows, type Subject } from '../../../core/rbac';
import { bind, role, subject } from './objects';

const ask = (text: string, namespace?: string, name?: string): AccessRequest => {
  const [verb = '', what = ''] = text.split(' ');
  if (what.startsWith('/')) return { verb, path: what };
  const [group = '', resource = ''] = what.split(':');
  return { verb, group, resource, ...(namespace && { namespace }), ...(name && { name }) };
};
const jane = 'User jane';
/** Whether jane may, by one rule everywhere. */
const may = (rule: string, text: string, name?: string) =>
  new Authorizer([role('r', rule), bind('b', 'r', jane)], { hasStanding: false }).can(
    subject(jane) as Subject,
    ask(text, 'shop', name),
  );

describe('Authorizer', () => {
  it('takes a null for nothing', () => {
    const nulls = { resourceNames: null, nonResourceURLs: null };
    const reader = { ...role('r'), rules: [{ verbs: ['get'], apiGroups: [null], resources: ['pods'], ...nulls }] };
    const authorizer = new Authorizer([reader, bind('b', 'r', jane)], { hasStanding: false });
    expect(authorizer.can(subject(jane) as Subject, ask('get :pods'))).toBe(true);
    expect(authorizer.can(subject(jane) as Subject, ask('get :secrets'))).toBe(false);
    expect(rightsRows(authorizer, subject(jane) as Subject)).toMatchObject([{ target: 'pods', names: [] }]);
  });

  it.each<[string, string, boolean, string?]>([
    ['get :pods', 'get :pods', true],
    ['get :pods', 'list :pods', false],
    ['get :pods', 'get apps:pods', false],
    ['* :pods', 'invent :pods', true],
    ['get *:pods', 'get apps:pods', true],
    ['get :*', 'get :pods/exec', true],
    ['get :pods', 'get :pods/log', false],
    ['get :pods/*', 'get :pods/log', false],
    ['get :*/log', 'get :pods/log', true],
    ['get :*/log', 'get :pods', false],
    ['get :*/log', 'get :pods/catalog', false],
    ['get :*/*', 'get :pods/log', false],
    ['get :secrets =a,b', 'get :secrets', true, 'b'],
    ['get :secrets =a,b', 'get :secrets', false, 'c'],
    ['list :secrets =a', 'list :secrets', false],
    ['list :secrets =', 'list :secrets', true],
    ['get @/healthz', 'get /healthz', true],
    ['get @/healthz', 'get /healthz/ready', false],
    ['get @/healthz/*', 'get /healthz/ready', true],
    ['get @/healthz/*', 'get /healthz', false],
    ['get @/a**', 'get /abc', true],
    ['get @*', 'get /anything', true],
    ['get @/*/x', 'get /a/x', false],
    ['get *:*', 'get /metrics', false],
  ])('of %s, %s is %p', (rule, text, expected, ...[name]) => {
    expect(may(rule, text, name)).toBe(expected);
  });

  it('grants by the namespace of a binding, and paths by bindings of the cluster alone', () => {
    const authorizer = new Authorizer([role('r', 'get :pods', 'get @/healthz'), bind('shop/b', 'r', jane)]);
    const who = subject(jane) as Subject;
    expect(authorizer.can(who, ask('get :pods', 'shop'))).toBe(true);
    expect(authorizer.can(who, ask('get :pods', 'bank'))).toBe(false);
    expect(authorizer.can(who, ask('get :pods'))).toBe(false);
    expect(authorizer.can({ kind: 'User', name: 'x' }, ask('get /healthz'))).toBe(true);
    expect(authorizer.can(who, ask('get /secret'))).toBe(false);
  });

  it.each([
    ['ServiceAccount shop/job', 'ServiceAccount shop/job', true],
    ['ServiceAccount shop/job', 'ServiceAccount bank/job', false],
    ['User system:serviceaccount:shop:job', 'ServiceAccount shop/job', true],
    ['Group system:serviceaccounts', 'ServiceAccount shop/job', true],
    ['Group system:serviceaccounts:shop', 'ServiceAccount shop/job', true],
    ['Group system:serviceaccounts:bank', 'ServiceAccount shop/job', false],
    ['Group system:authenticated', 'ServiceAccount shop/job', true],
    ['Group system:authenticated', 'User jane', true],
    ['Group system:authenticated', 'Group devs', true],
    ['Group system:authenticated', 'User system:anonymous', false],
    ['Group system:unauthenticated', 'User system:anonymous', true],
    ['Group system:serviceaccounts', 'Group system:serviceaccounts:shop', true],
    ['Group devs', 'User devs', false],
    ['Group devs', 'Group devs', true],
  ])('what %s is given is given to %s: %p', (given, asking, expected) => {
    const authorizer = new Authorizer([role('r', 'use x:y'), bind('b', 'r', given)]);
    expect(authorizer.can(subject(asking) as Subject, ask('use x:y', 'shop'))).toBe(expected);
  });

  it('refuses the group of masters nothing, whatever roles say', () => {
    const authorizer = new Authorizer([], { hasStanding: false });
    expect(authorizer.decide({ groups: ['system:masters'] }, ask('get :secrets'))).toBe('system:masters');
    expect(authorizer.decide({ user: 'system:masters', groups: [] }, ask('get :secrets'))).toBeUndefined();
  });

  it('knows the roles that Kubernetes has by itself, unless they are given', () => {
    const binding = bind('shop/b', 'edit', jane);
    const who = subject(jane) as Subject;
    expect(new Authorizer([binding]).can(who, ask('create apps:deployments', 'shop'))).toBe(true);
    expect(new Authorizer([binding]).can(who, ask('create :serviceaccounts/token', 'shop'))).toBe(true);
    expect(new Authorizer([binding], { hasStanding: false }).can(who, ask('create apps:deployments', 'shop'))).toBe(
      false,
    );
    const own = new Authorizer([binding, role('edit', 'get :pods')]);
    expect(own.can(who, ask('create apps:deployments', 'shop'))).toBe(false);
    expect(own.can(who, ask('get :pods', 'shop'))).toBe(true);
  });

  const taking = (name: string, label: string, own: string, ...labels: string[]) => ({
    ...role(name, own),
    metadata: { name, labels: Object.fromEntries(labels.map((each) => [each, 'yes'])) },
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: 'yes' } }] },
  });
  const labelled = (name: string, label: string, own: string) => ({
    ...role(name, own),
    metadata: { name, labels: { [label]: 'yes' } },
  });

  it('aggregates roles, and roles of roles, over what they were written with', () => {
    const authorizer = new Authorizer([
      taking('top', 'a', 'use x:own'),
      taking('middle', 'b', 'use x:middle', 'a'),
      labelled('leaf', 'b', 'use x:leaf'),
      bind('b', 'top', jane),
    ]);
    const allowed = ['leaf', 'middle', 'own'].filter((name) =>
      authorizer.can(subject(jane) as Subject, ask(`use x:${name}`)),
    );
    expect(allowed).toEqual(['leaf']);
    const [grant] = authorizer.ownGrants(subject(jane) as Subject);
    expect(grant).toMatchObject({
      role: { name: 'top' },
      written: { object: { metadata: { name: 'leaf' } }, path: ['rules', 0] },
    });
  });

  it('lets roles that aggregate each other keep what they have', () => {
    const authorizer = new Authorizer([
      taking('one', 'a', 'use x:one', 'b'),
      taking('two', 'b', 'use x:two', 'a'),
      bind('b', 'one', jane),
    ]);
    expect(['one', 'two'].every((name) => authorizer.can(subject(jane) as Subject, ask(`use x:${name}`)))).toBe(true);
  });

  it('grants nothing by a role that is not there, or that is of another namespace or kind', () => {
    const authorizer = new Authorizer([
      role('shop/r', 'get :pods'),
      bind('bank/b', 'bank/r', jane),
      bind('shop/c', 'r', jane),
      bind('d', 'gone', jane),
    ]);
    expect(authorizer.can(subject(jane) as Subject, ask('get :pods', 'shop'))).toBe(false);
    expect(authorizer.can(subject(jane) as Subject, ask('get :pods', 'bank'))).toBe(false);
  });

  it('takes what names no namespace to be in the default one', () => {
    const bare = [role('shop/r', 'get :pods'), bind('shop/b', 'shop/r', jane)].map((object) => ({
      ...object,
      metadata: { name: object.metadata?.name },
    }));
    const at = (defaultNamespace?: string) =>
      ['default', 'bank'].filter((namespace) =>
        new Authorizer(bare as never, defaultNamespace ? { defaultNamespace } : {}).can(
          subject(jane) as Subject,
          ask('get :pods', namespace),
        ),
      );
    expect([at(), at('bank')]).toEqual([['default'], ['bank']]);
  });

  it('says by what it is allowed, and in which group', () => {
    const objects = [role('r', 'get :pods'), bind('b', 'r', 'Group devs', jane), bind('shop/c', 'view', jane)];
    const authorizer = new Authorizer(objects);
    const asker = { user: 'jane', groups: ['devs', 'system:authenticated'] };
    const found = [...authorizer.allowances(asker, ask('get :pods', 'shop'))].map((each) =>
      typeof each === 'string' ? each : `${each.subject.kind} ${each.binding.name} ${each.namespace}`,
    );
    expect(found).toEqual(['User b undefined', 'User c shop', 'Group b undefined']);
    expect(askerOf(subject(jane) as Subject).groups).toEqual(['system:authenticated']);
  });
});
