import { type Expected, object, type RuleCases } from '../rule-cases';

const api = 'rbac.authorization.k8s.io/v1';
const role = (...rules: object[]) => object(api, 'Role', { rules });
const clusterRole = (...rules: object[]) => object(api, 'ClusterRole', { rules });
const binding = (properties: object) =>
  object(api, 'ClusterRoleBinding', { roleRef: { kind: 'ClusterRole', name: 'view' }, ...properties });
const core = (resources: string[], verbs: string[], more: object = {}) => ({
  apiGroups: [''],
  resources,
  verbs,
  ...more,
});
const rbac = 'rbac.authorization.k8s.io';
const bootstrapping = 'kubernetes.io/bootstrapping';
const aggregating = (...clusterRoleSelectors: object[]) =>
  object(api, 'ClusterRole', { aggregationRule: { clusterRoleSelectors } });
const reading = clusterRole(core(['pods', 'pods/log'], ['get', 'list', 'watch']));

/** Cases of a rule over rights: each right is refused by name, by a wildcard of verbs, and let be of another group. */
function rights(...all: readonly (readonly [string, string, string, string, Partial<Expected>?])[]): RuleCases {
  return {
    compliant: [
      { name: 'reading pods and logs', object: reading },
      { name: 'no rules', object: object(api, 'ClusterRole', {}) },
      ...all.map(([, resource, verb]) => ({
        name: `${verb} on ${resource} of another group`,
        object: clusterRole({ apiGroups: ['acme.example'], resources: [resource], verbs: [verb] }),
      })),
    ],
    violating: all.flatMap(([group, resource, verb, gains, more]) => {
      const wildcard = resource.includes('/') ? resource.replace(/^[^/]*/, '*') : '*';
      return [
        {
          name: `${verb} on ${resource}`,
          object: clusterRole(core(['pods'], ['list']), {
            apiGroups: [group],
            resources: ['componentstatuses', resource],
            verbs: ['watch', verb],
          }),
          findings: [
            {
              property: 'rules[1]',
              message: `the rule grants ${verb} on ${resource}: its subject ${gains}`,
              value: { apiGroups: [group], resources: ['componentstatuses', resource], verbs: ['watch', verb] },
              ...more,
            },
          ],
        },
        {
          name: `${wildcard} with every verb`,
          object: clusterRole({ apiGroups: ['*'], resources: [wildcard], verbs: ['*'] }),
          findings: all
            .filter(([, other]) => other === resource || wildcard === '*' || wildcard === other.replace(/^[^/]*/, '*'))
            .map(([, , , said, moreSaid]) => ({
              property: 'rules[0]',
              message: `the rule grants * on ${wildcard}: its subject ${said}`,
              ...moreSaid,
            })),
        },
      ];
    }),
  };
}

const withMore = (cases: RuleCases, { compliant, violating }: RuleCases): RuleCases => ({
  compliant: [...cases.compliant, ...compliant],
  violating: [...cases.violating, ...violating],
});
const withCompliant = (cases: RuleCases, ...compliant: RuleCases['compliant']): RuleCases =>
  withMore(cases, { compliant, violating: [] });
const constraints = (properties: object) =>
  object('security.openshift.io/v1', 'SecurityContextConstraints', properties);

const subject = (kind: string, name: string, reason: string) => ({
  name: `${kind} ${name}`,
  object: binding({
    subjects: [
      { kind: 'Group', name: 'team' },
      { kind, name },
    ],
  }),
  findings: [{ property: 'subjects[1].name', message: `the binding is for ${kind} ${name}: ${reason}`, value: name }],
});
const properSubjects = [
  { name: 'a group of people', object: binding({ subjects: [{ kind: 'Group', name: 'team-payments' }] }) },
  {
    name: 'an account of a workload',
    object: binding({ subjects: [{ kind: 'ServiceAccount', name: 'api', namespace: 'shop' }] }),
  },
  { name: 'no subjects', object: binding({}) },
];
const edit = (namespace: string, resourceNames?: readonly string[]) =>
  object(api, 'Role', {
    metadata: { name: 'it', namespace },
    rules: [core(['configmaps'], ['patch'], { resourceNames })],
  });

/** For each rule of the folder, objects that keep it and objects that break it. */
export const rbacCases: Readonly<Record<string, RuleCases>> = {
  'rbac-wildcard': {
    compliant: [
      { name: 'a list', object: role(core(['pods'], ['get', 'list'])) },
      { name: 'no rules', object: object(api, 'ClusterRole', { aggregationRule: {} }) },
    ],
    violating: [
      {
        name: 'everything',
        object: clusterRole(
          { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
          { nonResourceURLs: ['/healthz', '/metrics/*'], verbs: ['get'] },
        ),
        findings: [
          {
            property: 'rules[0].verbs[0]',
            message: 'the rule grants every verb, those of later versions included',
            value: '*',
          },
          {
            property: 'rules[0].resources[0]',
            message: 'the rule grants every resource, Secrets and those of later versions included',
          },
          {
            property: 'rules[0].apiGroups[0]',
            message: 'the rule grants every API group, those of operators installed later included',
          },
          { property: 'rules[1].nonResourceURLs[1]', message: 'the rule grants "/metrics/*", a wildcard' },
        ],
      },
      {
        name: 'a wildcard among others',
        object: role(core(['pods', '*/scale'], ['get'])),
        findings: [{ property: 'rules[0].resources[1]', message: 'the rule grants "*/scale", a wildcard' }],
      },
    ],
  },
  'rbac-secrets': {
    compliant: [
      { name: 'Secrets by name', object: role(core(['secrets'], ['get'], { resourceNames: ['db'] })) },
      { name: 'writing alone', object: role(core(['secrets'], ['create', 'update'])) },
      {
        name: 'secrets of another group',
        object: role({ apiGroups: ['acme.example'], resources: ['secrets'], verbs: ['get'] }),
      },
    ],
    violating: [
      {
        name: 'get and list',
        object: role(core(['pods'], ['get']), core(['configmaps', 'secrets'], ['list', 'get', 'create'])),
        findings: [
          {
            property: 'rules[1].resources',
            message: 'the rule grants list, get on secrets, which shows the values of every Secret',
            value: ['configmaps', 'secrets'],
          },
        ],
      },
      {
        name: 'wildcards',
        object: clusterRole({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }),
        findings: [
          {
            property: 'rules[0].resources',
            message: 'the rule grants * on *, which shows the values of every Secret',
          },
        ],
      },
      {
        name: 'an empty name, which is what a request for all names',
        object: role(core(['secrets'], ['list'], { resourceNames: [''] })),
        findings: [
          {
            property: 'rules[0].resources',
            message: 'the rule grants list on secrets, which shows the values of every Secret',
          },
        ],
      },
      {
        name: 'writing whose answer shows the values',
        object: role(core(['secrets'], ['create', 'patch', 'delete', 'deletecollection'])),
        findings: [
          {
            property: 'rules[0].resources',
            message:
              'the rule grants patch, delete, deletecollection on secrets, which shows the values of every Secret',
          },
        ],
      },
    ],
  },
  'rbac-escalate': rights([rbac, 'clusterroles', 'escalate', 'writes rights into roles that it does not have']),
  'rbac-bind': rights([rbac, 'roles', 'bind', 'binds itself to roles that it does not have']),
  'rbac-impersonate': withMore(
    rights(
      ['', 'groups', 'impersonate', 'acts as another user, group or account'],
      ['authentication.k8s.io', 'uids', 'impersonate', 'acts with the uid and the scopes of another user'],
      [
        'authentication.k8s.io',
        'serviceaccounts',
        'impersonate:serviceaccount',
        'acts as another user, group, account or node',
      ],
      [
        'authentication.k8s.io',
        'nodes',
        'impersonate:associated-node',
        'acts as the kubelet of the node that it runs on',
        { severity: 'warning' },
      ],
    ),
    {
      compliant: [
        {
          name: 'reviews of tokens and of access',
          object: clusterRole(
            { apiGroups: ['authentication.k8s.io'], resources: ['tokenreviews'], verbs: ['create'] },
            { apiGroups: ['authorization.k8s.io'], resources: ['subjectaccessreviews'], verbs: ['create'] },
          ),
        },
        {
          name: 'paths that are no resources',
          object: clusterRole({ nonResourceURLs: ['/metrics'], verbs: ['get'] }),
        },
      ],
      violating: [
        {
          name: 'an extra of users',
          object: clusterRole({
            apiGroups: ['authentication.k8s.io'],
            resources: ['tokenreviews', 'userextras/scopes'],
            verbs: ['create', 'impersonate'],
          }),
          findings: [
            {
              property: 'rules[0]',
              message:
                'the rule grants impersonate on userextras/scopes: its subject acts with the uid and the scopes of another user',
            },
          ],
        },
        ...[
          core(['pods'], ['get', 'impersonate-on:user-info:list']),
          { nonResourceURLs: ['/metrics'], verbs: ['get', 'impersonate-on:user-info:list'] },
        ].map((rule) => ({
          name: `what is done in the name of others: ${JSON.stringify(rule)}`,
          object: clusterRole(rule),
          findings: [
            {
              property: 'rules[0]',
              severity: 'warning' as const,
              message:
                'the rule grants impersonate-on:user-info:list: its subject does so in the name of whom it may impersonate',
            },
          ],
        })),
      ],
    },
  ),
  'rbac-exec': rights(
    ['', 'pods/exec', 'create', 'runs commands in pods, with their secrets and tokens'],
    ['', 'pods/ephemeralcontainers', 'patch', 'puts a container of its own into running pods'],
  ),
  'rbac-port-forward': rights(
    ['', 'pods/portforward', 'get', 'reaches ports of pods past every NetworkPolicy'],
    ['', 'services/proxy', 'create', 'reaches pods through the API server, past every NetworkPolicy'],
  ),
  'rbac-tokens': withMore(rights(['', 'serviceaccounts/token', 'create', 'makes tokens of other accounts']), {
    compliant: [
      { name: 'Secrets to be written', object: role(core(['secrets'], ['create', 'update'])) },
      { name: 'Secrets to be read', object: role(core(['secrets'], ['get', 'list', 'watch', 'patch'])) },
      {
        name: 'a Secret by its name',
        object: role(core(['secrets'], ['get', 'create', 'update'], { resourceNames: ['webhook-tls'] })),
      },
      {
        name: 'Secrets made, and configuration read',
        object: role(core(['secrets'], ['create']), core(['configmaps'], ['get', 'list'])),
      },
    ],
    violating: [
      [core(['configmaps', 'secrets'], ['create', 'get'])],
      [core(['secrets'], ['create']), core(['secrets'], ['delete'], { resourceNames: ['webhook-tls'] })],
      [core(['secrets'], ['watch']), core(['secrets'], ['create'], { resourceNames: [''] })],
      [core(['secrets'], ['*'])],
    ].map((rules) => ({
      name: `Secrets made and read: ${JSON.stringify(rules)}`,
      object: role(...rules),
      findings: [
        {
          property: 'rules',
          severity: 'warning' as const,
          message:
            'its subject makes Secrets and reads one: of the type kubernetes.io/service-account-token, it is a token of any account of the namespace',
        },
      ],
    })),
  }),
  'rbac-node-proxy': rights([
    '',
    'nodes/proxy',
    'get',
    'runs commands in every pod of a node through its kubelet, past audit and admission',
  ]),
  'rbac-nodes': rights(
    ['', 'nodes', 'patch', 'draws pods to nodes, or drives them off'],
    [
      '',
      'nodes/status',
      'patch',
      'has the API server take another host for the kubelet of a node',
      { severity: 'error' },
    ],
    ['', 'pods/binding', 'create', 'runs pods on any node that it likes, past the scheduler, taints and affinity'],
  ),
  'rbac-admission': withMore(
    rights(
      [
        'admissionregistration.k8s.io',
        'mutatingwebhookconfigurations',
        'patch',
        'reads and changes every object on its way in, or switches the policies off',
      ],
      ['kyverno.io', 'policyexceptions', 'create', 'changes the policies of the cluster, or exempts itself from them'],
    ),
    {
      compliant: [
        {
          name: 'the status of constraints, as their controller writes it',
          object: clusterRole({ apiGroups: ['constraints.gatekeeper.sh'], resources: ['*/status'], verbs: ['update'] }),
        },
        {
          name: 'constraints to be read',
          object: clusterRole({ apiGroups: ['constraints.gatekeeper.sh'], resources: ['*'], verbs: ['get', 'list'] }),
        },
      ],
      violating: [
        {
          name: 'constraints of any template',
          object: clusterRole({
            apiGroups: ['constraints.gatekeeper.sh'],
            resources: ['k8sallowedrepos'],
            verbs: ['get', 'delete'],
          }),
          findings: [
            {
              property: 'rules[0]',
              message:
                'the rule grants delete on k8sallowedrepos: its subject changes the policies of the cluster, or exempts itself from them',
            },
          ],
        },
      ],
    },
  ),
  'rbac-certificates': rights(
    [
      'certificates.k8s.io',
      'certificatesigningrequests/approval',
      'update',
      'approves client certificates for any user',
    ],
    ['certificates.k8s.io', 'signers', 'sign', 'makes client certificates for any user'],
  ),
  'rbac-namespaces': withMore(
    rights(
      ['', 'namespaces', 'patch', 'takes the Pod Security labels off a namespace'],
      [
        '',
        'resourcequotas',
        'delete',
        'lifts the bounds of a namespace, and takes what others need',
        { severity: 'warning' },
      ],
    ),
    {
      compliant: [{ name: 'reading their status', object: clusterRole(core(['namespaces/status'], ['get'])) }],
      violating: [
        ['patch', 'namespaces/status'],
        ['update', 'namespaces/finalize'],
        ['update', '*/status'],
      ].map(([verb, resource]) => ({
        name: `labels by ${verb} on ${resource}`,
        object: clusterRole(core([resource as string], ['get', verb as string])),
        findings: [
          {
            property: 'rules[0]',
            message: `the rule grants ${verb} on ${resource}: its subject takes the Pod Security labels off a namespace`,
          },
        ],
      })),
    },
  ),
  'rbac-persistent-volumes': rights([
    '',
    'persistentvolumes',
    'create',
    'mounts any path of a node by a hostPath volume',
  ]),
  'rbac-api-extension': rights(
    [
      'apiregistration.k8s.io',
      'apiservices',
      'create',
      'answers for an API in place of the API server, and sees the tokens of its clients',
    ],
    [
      'apiextensions.k8s.io',
      'customresourcedefinitions',
      'patch',
      'changes what an API accepts, and sends its objects through a webhook',
    ],
  ),
  'rbac-network-policies': rights([
    'networking.k8s.io',
    'networkpolicies',
    'delete',
    'opens what NetworkPolicies keep closed',
  ]),
  'rbac-service-status': rights([
    '',
    'services/status',
    'patch',
    'draws the traffic for any address to its own pods (CVE-2020-8554)',
  ]),
  'rbac-roles': rights([rbac, 'rolebindings', 'update', 'hands its rights on to others, and takes them away']),
  'rbac-events': rights(['events.k8s.io', 'events', 'delete', 'removes the traces of what it did']),
  'rbac-workloads': withMore(
    rights([
      'apps',
      'deployments',
      'create',
      'runs pods as any account of the namespaces that it is bound in, with their Secrets',
    ]),
    {
      compliant: [
        {
          name: 'scaling in a namespace',
          object: role({ apiGroups: ['apps'], resources: ['deployments/scale'], verbs: ['patch'] }),
        },
      ],
      violating: [
        {
          name: 'workloads of one namespace',
          object: role(core(['pods'], ['create']), {
            apiGroups: ['apps'],
            resources: ['deployments'],
            verbs: ['patch'],
          }),
          findings: [
            {
              property: 'rules',
              severity: 'info',
              message: 'its subject makes pods, which run as any account of the namespace, with any Secret of it',
            },
          ],
        },
      ],
    },
  ),
  'rbac-deletion': withCompliant(
    rights(['', 'namespaces', 'delete', 'destroys data of the namespaces that it is bound in']),
    { name: 'claims of one namespace', object: role(core(['persistentvolumeclaims'], ['delete'])) },
    {
      name: 'a named volume',
      object: clusterRole(core(['persistentvolumes'], ['delete'], { resourceNames: ['scratch'] })),
    },
  ),
  'rbac-traffic': withCompliant(rights(['', 'endpoints', 'update', 'sends the traffic of others to pods of its own']), {
    name: 'Services of one namespace',
    object: role(core(['services'], ['create', 'update'])),
  }),
  'rbac-config-maps': {
    compliant: [
      { name: 'reading', object: clusterRole(core(['configmaps'], ['get', 'list'])) },
      { name: 'those of a namespace', object: edit('shop') },
      { name: 'one of kube-system by its name', object: edit('kube-system', ['leader-election']) },
    ],
    violating: [
      {
        name: 'those of any namespace',
        object: clusterRole(core(['configmaps'], ['update'])),
        findings: [
          {
            property: 'rules[0]',
            message:
              'the rule grants update on configmaps in every namespace that it is bound in: bound to all, its subject steers CoreDNS, and aws-auth on EKS',
          },
        ],
      },
      ...[edit('kube-system'), edit('shop', ['aws-auth'])].map((given) => ({
        name: JSON.stringify(given),
        object: given,
        findings: [
          {
            property: 'rules[0]',
            severity: 'error' as const,
            message:
              'the rule grants patch on configmaps that steer the cluster: its subject answers for its names, or makes itself an administrator',
          },
        ],
      })),
    ],
  },
  'rbac-aggregation': {
    compliant: [
      { name: 'a label', object: aggregating({ matchLabels: { a: 'b' } }) },
      { name: 'no selectors', object: object(api, 'ClusterRole', { aggregationRule: {} }) },
      { name: 'what views take in', object: aggregating({ matchLabels: { [`${rbac}/aggregate-to-view`]: 'true' } }) },
      ...['admin', 'edit'].map((name) => ({
        name: `${name} itself`,
        object: {
          ...aggregating({ matchLabels: { [`${rbac}/aggregate-to-${name}`]: 'true' } }),
          metadata: { name },
        },
      })),
      ...[
        { matchLabels: { [`${rbac}/aggregate-to-edit`]: 'true', 'acme.example/team': 'shop' } },
        { matchLabels: { [bootstrapping]: 'rbac-defaults', [`${rbac}/aggregate-to-view`]: 'true' } },
        {
          matchLabels: { [`${rbac}/aggregate-to-edit`]: 'true' },
          matchExpressions: [{ key: bootstrapping, operator: 'DoesNotExist' }],
        },
        { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'c', operator: 'NotIn', values: ['d'] }] },
      ].map((selector) => ({ name: `a few roles: ${JSON.stringify(selector)}`, object: aggregating(selector) })),
    ],
    violating: [
      ...[{}, { matchLabels: {}, matchExpressions: [] }].map(
        (selector) =>
          [selector, 'the empty selector takes in the rules of every ClusterRole, cluster-admin included'] as const,
      ),
      ...[
        [{ key: 'acme.example/private', operator: 'DoesNotExist' }],
        [
          { key: bootstrapping, operator: 'NotIn', values: ['rbac-defaults'] },
          { key: 'acme.example/private', operator: 'DoesNotExist' },
        ],
      ].map(
        (matchExpressions) =>
          [
            { matchExpressions },
            'the selector only leaves labels out: it takes in the rules of every other ClusterRole, later ones too',
          ] as const,
      ),
      ...[
        { matchLabels: { [bootstrapping]: 'rbac-defaults' } },
        { matchExpressions: [{ key: bootstrapping, operator: 'In', values: ['rbac-defaults'] }] },
        {
          matchLabels: { [bootstrapping]: 'rbac-defaults' },
          matchExpressions: [{ key: 'acme.example/private', operator: 'DoesNotExist' }],
        },
      ].map(
        (selector) =>
          [
            selector,
            "the selector takes in the rules of Kubernetes' own ClusterRoles, Secrets and exec among them",
          ] as const,
      ),
      ...[
        { matchLabels: { [`${rbac}/aggregate-to-admin`]: 'true' } },
        { matchLabels: { [`${rbac}/aggregate-to-edit`]: 'true' } },
        { matchLabels: { [bootstrapping]: 'rbac-defaults', [`${rbac}/aggregate-to-edit`]: 'true' } },
        { matchExpressions: [{ key: `${rbac}/aggregate-to-edit`, operator: 'Exists' }] },
      ].map(
        (selector) =>
          [
            selector,
            "the selector takes in the rules of Kubernetes' own ClusterRoles, Secrets and exec among them",
          ] as const,
      ),
    ].map(([selector, message]) => ({
      name: `the rules of many roles: ${JSON.stringify(selector)}`,
      object: aggregating({ matchLabels: { a: 'b' } }, selector),
      findings: [{ property: 'aggregationRule.clusterRoleSelectors[1]', message }],
    })),
  },
  'rbac-cluster-admin': {
    compliant: [
      ...properSubjects,
      {
        name: 'view in one namespace',
        object: object(api, 'RoleBinding', { roleRef: { kind: 'ClusterRole', name: 'view' } }),
      },
      ...[
        ['system:kube-scheduler', { kind: 'User', name: 'system:kube-scheduler' }],
        ['system:node', { kind: 'Group', name: 'system:nodes' }],
        [
          'system:controller:job-controller',
          { kind: 'ServiceAccount', name: 'job-controller', namespace: 'kube-system' },
        ],
        ['system:node-problem-detector', { kind: 'User', name: 'system:node-problem-detector' }],
        [
          'system:certificates.k8s.io:certificatesigningrequests:nodeclient',
          { kind: 'Group', name: 'system:bootstrappers:kubeadm:default-node-token' },
        ],
        [
          'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
          { kind: 'Group', name: 'system:nodes' },
        ],
        ['system:auth-delegator', { kind: 'ServiceAccount', name: 'metrics', namespace: 'monitoring' }],
      ].map(([name, whom]) => ({
        name: `${name} of who has it`,
        object: binding({ roleRef: { kind: 'ClusterRole', name }, subjects: [whom] }),
      })),
      { name: 'a Role of that name', object: binding({ roleRef: { kind: 'Role', name: 'cluster-admin' } }) },
    ],
    violating: [
      ...['admin', 'edit'].map((name) => ({
        name: `${name} of every namespace`,
        object: binding({ roleRef: { kind: 'ClusterRole', name } }),
        findings: [
          {
            property: 'roleRef.name',
            message: `the binding grants ${name} in every namespace: Secrets, exec and pods that run as any account`,
            value: name,
          },
        ],
      })),
      ...['admin', 'edit'].map((name) => ({
        name: `${name} of one namespace`,
        object: object(api, 'RoleBinding', { roleRef: { kind: 'ClusterRole', name } }),
        findings: [
          {
            property: 'roleRef.name',
            severity: 'warning' as const,
            message: `the binding grants ${name}, which reads the Secrets of the namespace and runs commands in its pods`,
          },
        ],
      })),
      ...[
        'system:kube-controller-manager',
        'system:kubelet-api-admin',
        'system:aggregate-to-admin',
        'system:controller:clusterrole-aggregation-controller',
        'system:certificates.k8s.io:kube-apiserver-client-approver',
        'system:node-problem-detector',
      ].map((name) => ({
        name: `${name} of somebody else`,
        object: binding({
          roleRef: { kind: 'ClusterRole', name },
          subjects: [
            { kind: 'ServiceAccount', name: 'job-controller', namespace: 'kube-system' },
            { kind: 'ServiceAccount', name: 'api', namespace: 'shop' },
          ],
        }),
        findings: [
          {
            property: 'roleRef.name',
            message: `the binding grants ${name}, with rights that Kubernetes has for a part of its own`,
          },
        ],
      })),
      {
        name: 'cluster-admin',
        object: object(api, 'RoleBinding', { roleRef: { kind: 'ClusterRole', name: 'cluster-admin' }, subjects: [] }),
        findings: [
          {
            property: 'roleRef.name',
            message: 'the binding grants cluster-admin, which is every right on every object it reaches',
            value: 'cluster-admin',
          },
        ],
      },
    ],
  },
  'rbac-masters': {
    compliant: properSubjects,
    violating: ['ClusterRoleBinding', 'RoleBinding'].map((kind) => ({
      ...subject(
        'Group',
        'system:masters',
        'members of it pass every authorizer, and no role can be taken from them again',
      ),
      name: kind,
      object: object(api, kind, {
        subjects: [
          { kind: 'User', name: 'system:masters' },
          { kind: 'Group', name: 'system:masters' },
        ],
      }),
    })),
  },
  'rbac-anonymous': {
    compliant: properSubjects,
    violating: [
      subject('Group', 'system:unauthenticated', 'everyone who reaches the API server is in it'),
      subject('User', 'system:anonymous', 'it is everyone who reaches the API server'),
    ],
  },
  'rbac-broad-subject': {
    compliant: properSubjects,
    violating: [
      subject(
        'Group',
        'system:authenticated',
        'everyone with any credential of the cluster is in it, every pod included',
      ),
      subject('Group', 'system:serviceaccounts', 'every pod of every namespace is in it'),
      subject('Group', 'system:serviceaccounts:shop', 'every pod of the namespace is in it'),
    ],
  },
  'rbac-default-account': {
    compliant: properSubjects,
    violating: [
      subject('ServiceAccount', 'default', 'every pod of its namespace that names no account runs as it'),
      subject(
        'User',
        'system:serviceaccount:shop:default',
        'every pod of its namespace that names no account runs as it',
      ),
    ],
  },
  'scc-privileged': {
    compliant: [
      { name: 'false', object: constraints({ allowPrivilegedContainer: false }) },
      { name: 'nothing said', object: constraints({}) },
    ],
    violating: [{}, { users: ['alice'] }].map((more) => ({
      name: `true ${JSON.stringify(more)}`,
      object: constraints({ allowPrivilegedContainer: true, ...more }),
      findings: [
        {
          property: 'allowPrivilegedContainer',
          message: 'who may use these constraints may start privileged containers',
          value: true,
        },
      ],
    })),
  },
  'service-account-automount': {
    compliant: [
      { name: 'false', object: object('v1', 'ServiceAccount', { automountServiceAccountToken: false }) },
      { name: 'another kind', object: object('acme.example/v1', 'ServiceAccount', {}) },
    ],
    violating: [
      {
        name: 'nothing said',
        object: object('v1', 'ServiceAccount', {}),
        findings: [
          {
            property: 'automountServiceAccountToken',
            message: 'the token of the ServiceAccount is mounted into every pod that runs as it',
          },
        ],
      },
      {
        name: 'true',
        object: object('v1', 'ServiceAccount', { automountServiceAccountToken: true }),
        findings: [
          {
            property: 'automountServiceAccountToken',
            message: 'the token of the ServiceAccount is mounted into every pod that runs as it',
            value: true,
          },
        ],
      },
    ],
  },
};
