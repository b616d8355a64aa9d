import type { KubernetesObject } from '../../../../core/manifest/object';
import {
  Authorizer,
  Escalations,
  escalationWorld,
  formatPlace,
  formatSubject,
  type Subject,
} from '../../../../core/rbac';
import { bind, role, subject } from '../objects';

const rbac = 'rbac.authorization.k8s.io';
const namespace = (name: string, enforce?: string): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...(enforce && { labels: { 'pod-security.kubernetes.io/enforce': enforce } }) },
});
const account = (name: string, more: object = {}): KubernetesObject => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { namespace: 'shop', name },
  ...more,
});
const pods = (
  kind: 'Pod' | 'Deployment',
  name: string,
  serviceAccountName: string,
  more: object = {},
): KubernetesObject => {
  const spec = { serviceAccountName, containers: [{ name: 'c', image: 'a' }], ...more };
  const metadata = { namespace: 'shop', name };
  return kind === 'Pod'
    ? { apiVersion: 'v1', kind, metadata, spec }
    : { apiVersion: 'apps/v1', kind, metadata, spec: { template: { metadata: {}, spec } } };
};

/** A guarded namespace with an account that has everything. */
const shop: readonly KubernetesObject[] = [
  namespace('shop', 'restricted'),
  account('strong'),
  bind('strong', 'cluster-admin', 'ServiceAccount shop/strong'),
];
const escalations = (objects: readonly KubernetesObject[]) =>
  new Escalations(escalationWorld(objects, new Authorizer(objects)));
/** Where jane comes to, who has these rights in the namespace, or everywhere. */
const waysOf = (place: 'shop/b' | 'b', rules: readonly string[], objects = shop) =>
  escalations([...objects, role('r', ...rules), bind(place, 'r', 'User jane')]).of(subject('User jane') as Subject);
const first = (...args: Parameters<typeof waysOf>) => {
  const [way] = waysOf(...args);
  return way && [formatPlace(way.to), ...way.steps.map(({ how }) => how)];
};

const everyRight = 'it has every right';
const asStrong = (how: string) => ['cluster-admin', how, everyRight];

describe('Escalations', () => {
  it.each<[string, string[]]>([
    ['runs a pod as ServiceAccount shop/strong', ['create :pods']],
    ['runs a pod as ServiceAccount shop/strong', ['patch apps:deployments']],
    ['runs a pod as ServiceAccount shop/strong', ['update apps:*']],
    ['runs a pod as ServiceAccount shop/strong', ['create batch:cronjobs']],
    ['makes a token of ServiceAccount shop/strong', ['create :serviceaccounts/token']],
    ['makes a token of ServiceAccount shop/strong', ['create :serviceaccounts/token =other,strong']],
    ['makes a token of ServiceAccount shop/strong', ['create :*/token']],
    ['impersonates ServiceAccount shop/strong', ['impersonate :serviceaccounts =strong']],
    ...['list', 'delete', 'deletecollection'].map((verb): [string, string[]] => [
      'has a token of ServiceAccount shop/strong put into a new Secret, and reads it',
      [`create,${verb} :secrets`],
    ]),
  ])('in a namespace with a stronger account, %s: %j', (how, rules) => {
    expect(first('shop/b', rules)).toEqual(asStrong(how));
  });

  it.each<[string[]]>([
    [['get,list,watch :pods']],
    [['create :pods =web']],
    [['patch batch:jobs']],
    [['create apps:deployments =web']],
    [['patch apps:deployments/scale =web', 'update :configmaps =web', 'update coordination.k8s.io:leases =web']],
    [['create :secrets', 'update :secrets =tls', 'deletecollection :secrets =tls']],
    [['create :serviceaccounts/token =other']],
    [['create :serviceaccounts']],
    [['get,list :secrets']],
    [['create :secrets']],
    [['create,update :secrets']],
    [['delete :secrets']],
    [['create,get :pods/exec', 'patch :pods/ephemeralcontainers']],
    [['impersonate :users,groups']],
    [[`create,update,patch ${rbac}:rolebindings,clusterrolebindings,roles`]],
    [[`bind ${rbac}:clusterroles`]],
    [['create,get :nodes/proxy', 'create :persistentvolumes', 'create certificates.k8s.io:certificatesigningrequests']],
  ])('in the namespace, nothing comes of %j', (rules) => expect(waysOf('shop/b', rules)).toEqual([]));

  it.each<[string, string, string[]]>([
    ['runs a pod as ServiceAccount shop/strong', 'web', ['patch apps:deployments =web']],
    ['runs a pod as ServiceAccount shop/strong', 'web', ['get,update apps:* =web']],
    ['runs a pod as ServiceAccount shop/strong', 'nightly', ['update batch:cronjobs =nightly']],
    [
      'has a token of ServiceAccount shop/strong put into a new Secret, and reads it',
      'tls',
      ['create :secrets', 'get :secrets =tls'],
    ],
  ])('in a namespace with a stronger account, %s, for %s: %j', (how, name, rules) => {
    expect(first('shop/b', rules)).toEqual(asStrong(how));
    expect(waysOf('shop/b', rules)[0]?.steps[0]?.by.at(-1)).toMatchObject({ name, role: { name: 'r' } });
  });

  it('knows an account that a binding names as a user, and that it is no user to be', () => {
    const named = [
      namespace('shop', 'restricted'),
      bind('strong', 'cluster-admin', 'User system:serviceaccount:shop:strong'),
    ];
    for (const [how, right] of [
      ['runs a pod as ServiceAccount shop/strong', 'create :pods'],
      ['impersonates ServiceAccount shop/strong', 'impersonate :serviceaccounts'],
    ] as const)
      expect(first('shop/b', [right], named)).toEqual(asStrong(how));
    expect(waysOf('b', ['impersonate :users =system:serviceaccount:shop:strong'], named)).toEqual([]);
  });

  it('looks for what a rule names everywhere where the objects have it', () => {
    const web = pods('Deployment', 'web', 'default');
    const elsewhere = { ...web, metadata: { ...web.metadata, namespace: 'other' } };
    const rules = ['patch apps:deployments =web'];
    expect(first('b', rules, [...shop, web])).toEqual(asStrong('runs a pod as ServiceAccount shop/strong'));
    expect(first('b', rules, [...shop, namespace('other', 'restricted'), elsewhere])).toBeUndefined();
  });

  it('puts no token into a Secret that is there, unless it may go', () => {
    const secret: KubernetesObject = { apiVersion: 'v1', kind: 'Secret', metadata: { namespace: 'shop', name: 'tls' } };
    expect(first('shop/b', ['create :secrets', 'get :secrets =tls'], [...shop, secret])).toBeUndefined();
    expect(first('shop/b', ['create :secrets', 'get,delete :secrets =tls'], [...shop, secret])).toBeDefined();
  });

  it('gets at one node by its kubelet', () => {
    const [way] = waysOf('b', ['get :nodes/proxy =node-1'], shop);
    expect(way && [formatPlace(way.to), way.steps[0]?.how]).toEqual([
      'root on nodes',
      'has the kubelet of node-1 run commands in any pod',
    ]);
  });

  it('puts itself into a binding that is there, as far as it may bind its role', () => {
    const rules = [`update ${rbac}:clusterrolebindings =ops`, `bind ${rbac}:clusterroles`];
    const ops = (to: string) => [...shop, bind('ops', to, 'Group ops')];
    expect(first('b', rules, ops('cluster-admin'))?.slice(0, 2)).toEqual([
      'cluster-admin',
      'binds itself to ClusterRole cluster-admin',
    ]);
    expect(waysOf('b', rules, ops('cluster-admin'))[0]?.steps[0]?.by).toMatchObject([{ name: 'ops' }, {}]);
    expect(first('b', rules, ops('view'))).toBeUndefined();
    expect(first('b', rules)).toBeUndefined();
    expect(first('b', [`update ${rbac}:clusterrolebindings =ops`], ops('cluster-admin'))).toBeUndefined();
    const own = [`patch ${rbac}:rolebindings =ops`, `bind ${rbac}:clusterroles =edit`];
    expect(first('shop/b', own, [...shop, bind('shop/ops', 'edit', 'Group ops')])?.[1]).toBe(
      'binds itself to ClusterRole edit in shop',
    );
  });

  it.each<[string, string[]]>([
    ['patch', ['patch :pods/ephemeralcontainers =db-0']],
    ['exec', ['create :pods/exec =db-12']],
  ])('knows the pods of a StatefulSet by their numbers: %s', (_, rules) => {
    const set = (name: string, more: object = {}): KubernetesObject => ({
      ...pods('Deployment', name, 'strong'),
      kind: 'StatefulSet',
      ...more,
    });
    expect(first('shop/b', rules, [...shop, set('db')])?.[0]).toBe('cluster-admin');
    for (const other of [
      set('d'),
      set('db-0'),
      set('db', { apiVersion: 'example.com/v1' }),
      pods('Pod', 'db', 'strong'),
    ])
      expect(first('shop/b', rules, [...shop, other])).toBeUndefined();
  });

  it.each<[string, string[]]>([
    ['binds itself to ClusterRole cluster-admin', [`create ${rbac}:clusterrolebindings`, `bind ${rbac}:clusterroles`]],
    [
      'binds itself to ClusterRole cluster-admin',
      [`patch ${rbac}:clusterrolebindings`, `bind ${rbac}:clusterroles =cluster-admin`],
    ],
    ['writes every right into ClusterRole r, which it has', [`escalate,update ${rbac}:clusterroles =r`]],
    [
      'impersonates Group system:masters, to which nothing is refused',
      ['impersonate :users =someone', 'impersonate :groups =system:masters'],
    ],
    ...['', ' =injector'].map((names): [string, string[]] => [
      'changes by a webhook what administrators write',
      [`patch admissionregistration.k8s.io:mutatingwebhookconfigurations${names}`],
    ]),
    [
      'changes by an admission policy what administrators write',
      ['create admissionregistration.k8s.io:mutatingadmissionpolicies,mutatingadmissionpolicybindings'],
    ],
  ])('everywhere, %s: %j', (how, rules) => {
    const way = first('b', rules, []);
    expect(way?.slice(0, 2)).toEqual(['cluster-admin', how]);
  });

  it.each<[string[]]>([
    [[`create ${rbac}:clusterrolebindings`, `bind ${rbac}:clusterroles =view`]],
    [[`escalate ${rbac}:clusterroles`]],
    [[`update ${rbac}:clusterroles`]],
    [[`escalate,update ${rbac}:clusterroles =other`]],
    [['impersonate :groups']],
    [['impersonate :users =nobody']],
    [['patch admissionregistration.k8s.io:validatingwebhookconfigurations']],
    [['create admissionregistration.k8s.io:mutatingadmissionpolicies']],
    [
      [
        'create certificates.k8s.io:certificatesigningrequests',
        'update certificates.k8s.io:certificatesigningrequests/approval',
      ],
    ],
    [['get :nodes', 'get :nodes/metrics']],
    [['create :persistentvolumes,persistentvolumeclaims']],
    [['patch :namespaces']],
  ])('everywhere, cluster-admin does not come of %j', (rules) => {
    expect(waysOf('b', rules, []).filter(({ to }) => to.kind !== 'subject')).toEqual([]);
  });

  it.each<[string[], string]>([
    [[`create,escalate ${rbac}:clusterroles`], 'view'],
    [[`patch,escalate ${rbac}:clusterroles =other`], 'view'],
    [[`create ${rbac}:clusterroles`, `escalate ${rbac}:*`], 'taking'],
  ])('has every right by %j, where it is bound to %s, which takes in others', (rules, held) => {
    const taking = { ...role('taking'), aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }] } };
    const how = `writes every right into a ClusterRole that ClusterRole ${held} takes in, which it has`;
    expect(first('b', rules, [taking, bind('held', held, 'User jane')])?.slice(0, 2)).toEqual(['cluster-admin', how]);
    const [way] = waysOf('b', rules, [...shop, taking, bind('shop/held', held, 'User jane')]);
    expect(way?.steps[0]).toMatchObject({ how, to: { kind: 'role', role: 'cluster-admin', namespace: 'shop' } });
  });

  it.each<[string[], string]>([
    [[`create,escalate ${rbac}:clusterroles`], 'plain'],
    [[`create ${rbac}:clusterroles`, `escalate ${rbac}:clusterroles =other`], 'view'],
    [[`create ${rbac}:clusterroles`], 'view'],
  ])('gains nothing by %j, where it is bound to %s', (rules, held) => {
    const objects = [role('plain', 'get :pods'), bind('held', held, 'User jane')];
    expect(first('b', rules, objects)).toBeUndefined();
  });

  it('has a certificate of its own for whoever it likes, but for the group of masters', () => {
    const csr = 'certificates.k8s.io';
    const rules = [
      `create ${csr}:certificatesigningrequests`,
      `patch ${csr}:certificatesigningrequests/approval`,
      `approve ${csr}:signers =kubernetes.io/*`,
    ];
    const way = first('b', rules, []);
    expect(way?.slice(0, 2)).toEqual([
      'cluster-admin',
      'approves a certificate of its own for ServiceAccount kube-system/clusterrole-aggregation-controller',
    ]);
    expect(
      waysOf('b', rules)
        .flatMap(({ steps }) => steps.map(({ how }) => how))
        .join(),
    ).not.toContain('system:masters');
  });

  it('gets into pods that run, where there is a token in them', () => {
    const how = (kind: string) =>
      `runs commands in the pods of ${kind} shop/web, which run as ServiceAccount shop/strong`;
    const into = (rules: string[], ...objects: KubernetesObject[]) => first('shop/b', rules, [...shop, ...objects]);
    const web = pods('Deployment', 'web', 'strong');
    expect(into(['create :pods/exec'], web)).toEqual(asStrong(how('Deployment.apps')));
    expect(into(['get :pods/attach'], web)).toEqual(asStrong(how('Deployment.apps')));
    expect(into(['patch :pods/ephemeralcontainers'], web)?.[1]).toMatch(
      /^puts a container of its own into the pods of/,
    );
    expect(into(['patch :pods'], web)?.[1]).toMatch(/^runs an image of its own in the pods of/);
    expect(into(['create :pods/exec =web'], web)).toBeUndefined();
    expect(into(['create :pods/exec =web'], pods('Pod', 'web', 'strong'))).toEqual(asStrong(how('Pod')));
    const without = { automountServiceAccountToken: false };
    expect(into(['create :pods/exec'], pods('Deployment', 'web', 'strong', without))).toBeUndefined();
    const projected = {
      ...without,
      volumes: [{ name: 't', projected: { sources: [{ serviceAccountToken: { path: 't' } }] } }],
    };
    expect(into(['create :pods/exec'], pods('Deployment', 'web', 'strong', projected))).toBeDefined();
    const quiet = [
      namespace('shop', 'restricted'),
      account('strong', without),
      bind('strong', 'cluster-admin', 'ServiceAccount shop/strong'),
      web,
    ];
    expect(first('shop/b', ['create :pods/exec'], quiet)).toBeUndefined();
    expect(first('shop/b', ['create :pods'], quiet)).toEqual(asStrong('runs a pod as ServiceAccount shop/strong'));
  });

  it('reads a token that somebody has kept in a Secret', () => {
    const kept = {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/service-account-token',
      metadata: { namespace: 'shop', name: 'kept', annotations: { 'kubernetes.io/service-account.name': 'strong' } },
    };
    const how = 'reads the token of ServiceAccount shop/strong in Secret shop/kept';
    expect(first('shop/b', ['get :secrets =kept'], [...shop, kept])).toEqual(asStrong(how));
    for (const rule of ['delete :secrets =kept', 'delete :secrets', 'deletecollection :secrets'])
      expect(first('shop/b', [rule], [...shop, kept])).toEqual(asStrong(how));
    for (const rule of ['get :secrets =other', 'delete :secrets =other', 'deletecollection :secrets =kept'])
      expect(first('shop/b', [rule], [...shop, kept])).toBeUndefined();
  });

  it('comes to nodes by a pod of its own, where nothing keeps it from that', () => {
    const weak = [namespace('shop', 'restricted')];
    expect(first('shop/b', ['create :pods'], weak)).toBeUndefined();
    expect(first('shop/b', ['create :pods'], [namespace('shop', 'privileged')])).toEqual([
      'root on nodes',
      'runs a privileged pod in shop, where Pod Security enforces nothing against it',
    ]);
    expect(first('shop/b', ['create :pods'], [])).toEqual([
      'root on nodes',
      'runs a privileged pod in shop, where nothing here says that Pod Security enforces anything',
    ]);
    const other = [...weak, role('s', 'patch :namespaces =shop'), bind('s', 's', 'User jane')];
    expect(first('shop/b', ['create :pods'], other)).toEqual([
      'root on nodes',
      'takes the labels of Pod Security off shop, and runs a privileged pod there',
    ]);
    const volumes = [...weak, role('s', 'create :persistentvolumes'), bind('s', 's', 'User jane')];
    expect(first('shop/b', ['create :pods,persistentvolumeclaims'], volumes)).toEqual([
      'root on nodes',
      'makes a PersistentVolume of a folder of the node, and claims it for a pod in shop',
    ]);
    expect(first('shop/b', ['create :pods'], volumes)).toBeUndefined();
  });

  it('comes from nodes to whatever runs there', () => {
    expect(first('b', ['get :nodes/proxy'], [...shop, pods('Deployment', 'web', 'strong')])).toEqual([
      'cluster-admin',
      'has the kubelets of all nodes run commands in any pod',
      'takes the token of ServiceAccount shop/strong from a node where Deployment.apps shop/web runs',
      everyRight,
    ]);
    expect(first('b', ['get :nodes/proxy'], shop)).toEqual([
      'root on nodes',
      'has the kubelets of all nodes run commands in any pod',
    ]);
    const agent = pods('Deployment', 'agent', 'default', { hostPID: true });
    expect(first('shop/b', ['create :pods/exec'], [...shop, agent])?.[1]).toBe(
      'runs commands in the pods of Deployment.apps shop/agent, which are as good as root on their nodes',
    );
  });

  const mounting = (path: string) => ({ volumes: [{ name: 'v', hostPath: { path } }] });
  const adding = (...add: string[]) => ({
    containers: [{ name: 'c', image: 'a', securityContext: { capabilities: { add } } }],
  });

  it.each<[object]>(
    [
      ...[
        '/',
        '/etc',
        '/var/run',
        '/run/',
        '/var/lib',
        '/var/lib/kubelet',
        '/var/lib/kubelet/pods',
        '/etc/kubernetes/pki',
      ],
      ...[
        '/var/run/docker.sock',
        '/run/containerd/containerd.sock',
        '/run/containerd',
        '/run/k3s/containerd/containerd.sock',
      ],
    ]
      .map((path): [object] => [mounting(path)])
      .concat([[adding('SYS_ADMIN')], [adding('NET_ADMIN', 'CAP_SYS_MODULE')], [adding('ALL')], [{ hostPID: true }]]),
  )('gets at nodes by pods with %j', (more) => {
    const agent = pods('Deployment', 'agent', 'default', more);
    expect(first('shop/b', ['create :pods/exec'], [...shop, agent])?.[0]).toBe('root on nodes');
  });

  it.each<[object]>(
    [
      ...[
        '/var/log',
        '/var/log/pods',
        '/var/lib/docker/containers',
        '/etc/machine-id',
        '/etc/localtime',
        '/lib/modules',
      ],
      ...['/sys', '/dev/kmsg', '/run/xtables.lock', '/data', '/etc/ssl/certs'],
    ]
      .map((path): [object] => [mounting(path)])
      .concat([
        [adding('NET_BIND_SERVICE', 'NET_ADMIN', 'CHOWN')],
        [{ ...adding('SYS_ADMIN'), hostUsers: false }],
        [{ volumes: [{ name: 'v', emptyDir: {} }] }],
      ]),
  )('does not get at nodes by pods with %j', (more) => {
    const agent = pods('Deployment', 'agent', 'default', more);
    expect(first('shop/b', ['create :pods/exec'], [...shop, agent])).toBeUndefined();
  });

  it('uses the accounts of the controllers, by whatever is allowed in kube-system', () => {
    const objects = [
      role('kube-system/r', 'create :serviceaccounts/token'),
      bind('kube-system/b', 'kube-system/r', 'User jane'),
    ];
    const [way] = escalations(objects).of(subject('User jane') as Subject);
    expect(way && formatPlace(way.to)).toBe('cluster-admin');
    expect(way?.steps[0]?.how).toBe('makes a token of ServiceAccount kube-system/clusterrole-aggregation-controller');
  });

  it('binds itself to a role in a namespace, and goes on from there', () => {
    const rules = [`create ${rbac}:rolebindings`, `bind ${rbac}:clusterroles =edit`];
    expect(first('shop/b', rules)).toEqual([
      'cluster-admin',
      'binds itself to ClusterRole edit in shop',
      'impersonates ServiceAccount shop/strong',
      everyRight,
    ]);
  });

  it('tells of stronger accounts where nothing worse comes of it, and of no weaker ones', () => {
    const objects = [
      namespace('shop', 'restricted'),
      account('strong'),
      account('weak'),
      role('shop/secrets', 'get :secrets'),
      bind('shop/strong', 'shop/secrets', 'ServiceAccount shop/strong'),
      role('shop/pods', 'create :pods'),
      bind('shop/weak', 'shop/pods', 'ServiceAccount shop/weak', 'Group devs'),
    ];
    const all = escalations(objects).all();
    expect(all.map(({ subject: who, to }) => `${formatSubject(who)}: ${formatPlace(to)}`)).toEqual([
      'ServiceAccount shop/weak: ServiceAccount shop/strong',
      'Group devs: ServiceAccount shop/strong',
    ]);
    expect(all[0]?.steps[0]?.by[0]).toMatchObject({
      role: { name: 'pods' },
      binding: { name: 'weak' },
      written: { path: ['rules', 0] },
    });
  });

  describe('that act as somebody else for some requests', () => {
    const controller = 'ServiceAccount kube-system/clusterrole-aggregation-controller';
    const authn = 'authentication.k8s.io';
    const asAccount = `impersonate:serviceaccount ${authn}:serviceaccounts`;
    const actsAs = (who: string) => `acts as ${who} for what it may do on behalf of others`;

    it.each<[string, string[]]>([
      [`runs a pod as ${controller}`, ['impersonate-on:serviceaccount:create :pods']],
      [`makes a token of ${controller}`, ['impersonate-on:serviceaccount:create :serviceaccounts/token']],
      [
        'binds itself to ClusterRole cluster-admin',
        [`impersonate-on:serviceaccount:create ${rbac}:clusterrolebindings`],
      ],
    ])('come to everything by an account that %s: %j', (how, rules) => {
      const way = first('b', [`${asAccount} =strong`, ...rules]);
      expect(way?.slice(0, 3)).toEqual(['cluster-admin', actsAs('ServiceAccount shop/strong'), how]);
    });

    it('come to what both are allowed', () => {
      const found = waysOf('b', [asAccount, 'impersonate-on:serviceaccount:get :secrets']);
      expect(found.map(({ to, steps }) => [formatPlace(to), steps.length])).toContainEqual([
        'acting as ServiceAccount shop/strong',
        1,
      ]);
      expect(found.map(({ to }) => to.kind)).toEqual(found.map(() => 'acting'));
    });

    it.each<[string, string[]]>([
      ['acting as User root', ['impersonate:user-info authentication.k8s.io:users =root']],
      [
        'acting as Group ops',
        ['impersonate:user-info authentication.k8s.io:users =x', `impersonate:user-info ${authn}:groups`],
      ],
    ])('come to %s', (who, rules) => {
      const root = bind('root', 'cluster-admin', 'User root', 'Group ops');
      const found = waysOf('b', [...rules, 'impersonate-on:user-info:get :secrets'], [...shop, root]);
      expect(found.map(({ to }) => formatPlace(to))).toContain(who);
    });

    it('make tokens of the accounts whose pods a node runs', () => {
      const makes = (mode: string) => `impersonate-on:${mode}:create :serviceaccounts/token`;
      const web = [...shop, pods('Deployment', 'web', 'strong')];
      const how = 'makes a token of ServiceAccount shop/strong, acting as a node where Deployment.apps shop/web runs';
      for (const [mode, names] of [
        ['arbitrary-node', ''],
        ['arbitrary-node', ' =node-1'],
        ['associated-node', ''],
      ] as const)
        expect(first('b', [`impersonate:${mode} ${authn}:nodes${names}`, makes(mode)], web)).toEqual(asStrong(how));
      expect(
        first('b', [`impersonate:associated-node ${authn}:nodes =node-1`, makes('associated-node')], web),
      ).toBeUndefined();
      expect(first('b', [`impersonate:arbitrary-node ${authn}:nodes`, makes('associated-node')], web)).toBeUndefined();
      expect(first('b', [`impersonate:arbitrary-node ${authn}:nodes`, makes('arbitrary-node')])).toBeUndefined();
    });

    it.each<[string[]]>([
      [[asAccount]],
      [['impersonate-on:serviceaccount:create :pods']],
      [[`${asAccount} =other`, 'impersonate-on:serviceaccount:create :pods']],
      [[asAccount, 'impersonate-on:user-info:create :pods']],
      [[asAccount, 'impersonate-on:serviceaccount:* :pods']],
      [['impersonate:serviceaccount :serviceaccounts', 'impersonate-on:serviceaccount:create :pods']],
      [[`impersonate:user-info ${authn}:users,groups,serviceaccounts`, 'impersonate-on:serviceaccount:create :pods']],
      [
        [
          'get,list :configmaps',
          `${asAccount} =weak`,
          'impersonate-on:serviceaccount:get,impersonate-on:serviceaccount:list :configmaps',
        ],
      ],
      [[`${asAccount} =weak`, 'impersonate-on:serviceaccount:get :secrets']],
    ])('come to nothing by %j', (rules) => {
      const weak = [
        account('weak'),
        role('shop/w', 'get :configmaps'),
        bind('shop/w', 'shop/w', 'ServiceAccount shop/weak'),
      ];
      expect(waysOf('b', rules, [...shop, ...weak])).toEqual([]);
    });
  });

  it('tells of whoever has everything to begin with', () => {
    const [masters, own] = escalations([bind('a', 'cluster-admin', 'User root', 'Group system:masters')]).all();
    expect(own).toMatchObject({ steps: [], by: { binding: { name: 'a' } } });
    expect(masters).toMatchObject({ subject: { name: 'system:masters' }, steps: [] });
  });

  it('ends where accounts make tokens of each other', () => {
    const objects = ['a', 'b'].flatMap((name) => [
      role(`shop/${name}`, 'create :serviceaccounts/token', `use x:${name}`),
      bind(`shop/${name}`, `shop/${name}`, `ServiceAccount shop/${name}`),
    ]);
    expect(
      escalations([namespace('shop', 'baseline'), ...objects])
        .all()
        .map(({ steps }) => steps.length),
    ).toEqual([1, 1]);
  });
});
