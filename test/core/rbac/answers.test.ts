import { formatPath } from '../../../core/manifest/path';
import {
  Authorizer,
  formatNote,
  formatResource,
  formatSubject,
  knownResources,
  rbacNotes,
  resourceNamed,
  rightsChanges,
  rightsRows,
  type Subject,
  whoCan,
} from '../../../core/rbac';
import { bind, role, subject } from './objects';

const jane = 'User jane';
const who = subject(jane) as Subject;

describe('rightsRows', () => {
  it('has a row for each place, resource and list of names', () => {
    const authorizer = new Authorizer([
      role('r', 'list,get,bind :pods,pods/exec', 'get apps:deployments/scale', 'get @/healthz', '* *:*'),
      role('shop/s', 'delete :pods', 'get :pods', 'get :secrets =b,a'),
      bind('b', 'r', jane),
      bind('shop/b', 'shop/s', jane),
    ]);
    const rows = rightsRows(authorizer, who).map(({ namespace, target, verbs, names }) =>
      [namespace, target, verbs.join(), names.join()].filter(Boolean).join(' '),
    );
    expect(rows).toEqual([
      '*.* *',
      'deployments.apps/scale get',
      'pods get,list,bind',
      'pods/exec get,list,bind',
      'shop pods get,delete',
      'shop secrets get a,b',
      '/healthz get',
    ]);
  });
});

describe('whoCan', () => {
  const authorizer = new Authorizer([
    role('r', 'get,create :secrets =db', '* @/a'),
    bind('b', 'r', 'Group some'),
    bind('shop/all', 'edit', 'Group devs', 'ServiceAccount shop/job'),
  ]);
  const asked = (...args: Parameters<typeof whoCan> extends [unknown, ...infer R] ? R : never) =>
    whoCan(authorizer, ...args).map(({ grant, names }) =>
      [formatSubject(grant.subject), grant.namespace, ...names].filter(Boolean).join(' '),
    );

  it('finds everybody, wherever it is, and for which objects', () => {
    const secrets = { verb: 'get', group: '', resource: 'secrets' };
    expect(asked(secrets)).toEqual(['Group devs shop', 'Group some db', 'ServiceAccount shop/job shop']);
    expect(asked({ ...secrets, namespace: 'bank' })).toEqual(['Group some db']);
    expect(asked({ ...secrets, name: 'db' })).toEqual([
      'Group devs shop',
      'Group some',
      'ServiceAccount shop/job shop',
    ]);
    expect(asked({ ...secrets, name: 'other', namespace: 'shop' })).toEqual([
      'Group devs shop',
      'ServiceAccount shop/job shop',
    ]);
    expect(asked({ ...secrets, verb: 'create' })).toEqual(['Group devs shop', 'ServiceAccount shop/job shop']);
    expect(asked({ verb: 'get', path: '/a' })).toEqual(['Group some']);
  });

  it.each<[string, string, string, string[]]>([
    ['delete', '', 'nodes', ['User everywhere']],
    ['get', '', 'nodes/proxy', ['User everywhere']],
    ['impersonate', '', 'users', ['User everywhere']],
    ['create', '', 'namespaces', ['User everywhere']],
    ['delete', '', 'namespaces', ['User everywhere', 'User inside shop']],
    ['bind', 'rbac.authorization.k8s.io', 'clusterroles', ['User everywhere', 'User inside shop']],
    ['impersonate', '', 'serviceaccounts', ['User everywhere', 'User inside shop']],
    ['delete', 'example.com', 'nodes', ['User everywhere', 'User inside shop']],
    ['get', '', 'pods/exec', ['User everywhere', 'User inside shop']],
  ])('knows whether a RoleBinding lets somebody %s %s:%s', (verb, group, resource, expected) => {
    const all = new Authorizer([
      role('r', '* *:*'),
      bind('b', 'r', 'User everywhere'),
      bind('shop/b', 'r', 'User inside'),
    ]);
    const rows = whoCan(all, { verb, group, resource });
    expect(rows.map(({ grant }) => [formatSubject(grant.subject), grant.namespace].filter(Boolean).join(' '))).toEqual(
      expected,
    );
  });

  it("has Kubernetes' own bindings where they are asked for", () => {
    expect(asked({ verb: 'get', group: '', resource: 'secrets' }, { hasStanding: true })).toContain(
      'Group system:masters',
    );
  });
});

describe('rightsChanges', () => {
  const changes = (old: Parameters<typeof role>[], next: Parameters<typeof role>[]) => {
    const side = (roles: Parameters<typeof role>[]) =>
      new Authorizer(
        roles.flatMap((each) => [role(...each), bind(each[0].includes('/') ? each[0] : `b-${each[0]}`, each[0], jane)]),
      );
    return rightsChanges(side(old), side(next)).map(({ way, namespace, target, verbs, names }) =>
      [way, namespace, target, verbs.join(), names.join()].filter(Boolean).join(' '),
    );
  };

  it.each<[string[], string[], string[]]>([
    [['get :pods'], ['get :pods'], []],
    [['get :pods'], ['get,list :pods'], ['gains pods list']],
    [['get,list :pods'], ['list :pods'], ['loses pods get']],
    [['get :pods', 'list :pods'], ['get,list :pods'], []],
    [['get :pods'], ['get *:pods'], ['gains pods.* get']],
    [['* *:*'], ['get :pods'], ['loses *.* *']],
    [['get :pods'], ['* *:*'], ['gains *.* *']],
    [['get :secrets =a'], ['get :secrets =a,b'], ['gains secrets get b']],
    [['get :secrets =a'], ['get :secrets'], ['gains secrets get']],
    [['get :*/log'], ['get :pods/log'], ['loses */log get']],
    [['get @/a/*'], ['get @/a/b'], ['loses /a/* get']],
    [['get @/a/b'], ['get @/a/*'], ['gains /a/* get']],
    [['get,list :secrets =a,b'], ['get :pods'], ['gains pods get', 'loses secrets get,list a,b']],
  ])('from %j to %j', (old, next, expected) => expect(changes([['r', ...old]], [['r', ...next]])).toEqual(expected));

  it('finds no change in a right that is written elsewhere, or is for the whole cluster', () => {
    expect(changes([['r', 'get :pods']], [['s', 'get :pods']])).toEqual([]);
    expect(changes([['shop/r', 'get :pods']], [['r', 'get :pods']])).toEqual(['gains pods get']);
    expect(changes([['r', 'get :pods']], [['shop/r', 'get :pods']])).toEqual(['loses pods get']);
    const given = (to: string) => new Authorizer([role('r', 'get :pods'), bind('b', 'r', to)]);
    const moved = rightsChanges(given('ServiceAccount shop/a'), given('Group system:serviceaccounts:shop'));
    expect(moved.map((change) => `${formatSubject(change.subject)} ${change.way}`)).toEqual([
      'Group system:serviceaccounts:shop gains',
    ]);
  });
});

describe('rbacNotes', () => {
  const notesOf = (...objects: ReturnType<typeof role>[]) =>
    rbacNotes(new Authorizer(objects), objects).map((note) => `${formatPath(note.path)}: ${formatNote(note)}`);
  const bound = (...rules: string[]) => notesOf(role('r', ...rules), bind('b', 'r', jane));

  it.each([
    [
      'get,lst :pods',
      "rules[0].verbs[1]: ClusterRole.rbac.authorization.k8s.io r: Kubernetes asks for no verb 'lst': it grants nothing; did you mean list?",
    ],
    [
      'create :pods =a',
      'rules[0].verbs[0]: ClusterRole.rbac.authorization.k8s.io r: create is asked for no name, and so resourceNames let it grant nothing',
    ],
    [
      'get :pods/*',
      "rules[0].resources[0]: ClusterRole.rbac.authorization.k8s.io r: 'pods/*' is no pattern, and grants nothing: name the subresources",
    ],
    [
      'fetch @/a',
      "rules[0].verbs[0]: ClusterRole.rbac.authorization.k8s.io r: Kubernetes asks for no verb 'fetch': it grants nothing; did you mean patch?",
    ],
  ])('of %s: %s', (rule, note) => {
    const [only, ...more] = bound(rule);
    expect(only?.split('; did')[0]).toBe(note.split('; did')[0]);
    expect(more).toEqual([]);
  });

  it.each([
    ['invent example.com:widgets'],
    ['use,bind,escalate,impersonate,approve,sign *:*'],
    ['create :serviceaccounts/token =a'],
    ['get :*/*,*'],
    ['get,post @*'],
  ])('says nothing of %s', (rule) => expect(bound(rule).filter((note) => !note.includes('*/*'))).toEqual([]));

  it('tells of what is not there, and of what nothing uses', () => {
    expect(
      notesOf(
        bind('b', 'gone', jane),
        bind('shop/b', 'shop/gone', jane),
        bind('c', 'view'),
        role('shop/alone', 'get :pods'),
      ),
    ).toEqual([
      ': Role.rbac.authorization.k8s.io shop/alone: none of the objects binds it',
      'roleRef: ClusterRoleBinding.rbac.authorization.k8s.io b: ClusterRole gone is not among the objects: what it grants is not in this answer',
      'roleRef: RoleBinding.rbac.authorization.k8s.io shop/b: Role shop/gone is not among the objects: what it grants is not in this answer',
      'subjects: ClusterRoleBinding.rbac.authorization.k8s.io c: the binding is for nobody',
    ]);
    const account = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace: 'shop', name: 'there' } };
    expect(
      notesOf(
        account,
        bind('b', 'view', 'ServiceAccount shop/there', 'ServiceAccount shop/gone', 'ServiceAccount shop/default'),
      ),
    ).toEqual([
      'subjects: ClusterRoleBinding.rbac.authorization.k8s.io b: ServiceAccount shop/gone is not among the objects: whoever makes it has these rights',
    ]);
  });
});

describe('resources', () => {
  it.each([
    ['pods', '', 'pods'],
    ['pods/exec', '', 'pods/exec'],
    ['deployments', 'apps', 'deployments'],
    ['deployments/scale', 'apps', 'deployments/scale'],
    ['deployments.apps/scale', 'apps', 'deployments/scale'],
    ['events', '', 'events'],
    ['widgets.example.com', 'example.com', 'widgets'],
    ['*', '', '*'],
    ['*.*', '*', '*'],
    ['ingresses', 'networking.k8s.io', 'ingresses'],
    ['signers', 'certificates.k8s.io', 'signers'],
    ['deployments.example.com/logs', 'example.com', 'deployments/logs'],
  ])('%s is of %p: %s', (text, group, resource) => expect(resourceNamed(text)).toEqual({ group, resource }));

  it('there are no others', () => {
    expect(['pod', 'Pods', '', 'toString'].map(resourceNamed)).toEqual([undefined, undefined, undefined, undefined]);
    expect(knownResources()).toEqual(expect.arrayContaining(['networkpolicies', 'endpoints', 'storageclasses']));
    expect(formatResource('apps', 'deployments/scale')).toBe('deployments.apps/scale');
  });
});
