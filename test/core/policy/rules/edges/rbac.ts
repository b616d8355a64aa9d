import { object } from '../rule-cases';
import { breaks, type Edge, type Edges, keeps } from './edge';

const api = 'rbac.authorization.k8s.io';
const clusterRole = (...rules: object[]) => object(`${api}/v1`, 'ClusterRole', { rules });
const role = (...rules: object[]) => object(`${api}/v1`, 'Role', { rules });

const writing = ['create', 'update', 'patch'];
const changing = [...writing, 'delete', 'deletecollection'];
const admission = ['webhookconfigurations', 'admissionpolicies', 'admissionpolicybindings'].flatMap((resource) => [
  `validating${resource}`,
  `mutating${resource}`,
]);

const policyGroups = [
  ...['kyverno.io', 'policies.kyverno.io', 'policies.kubewarden.io'],
  ...['templates.gatekeeper.sh', 'config.gatekeeper.sh', 'mutations.gatekeeper.sh'],
];
const policyResources = [
  ...['clusterpolicies', 'policies', 'policyexceptions', 'policyservers'],
  ...['validatingpolicies', 'imagevalidatingpolicies', 'mutatingpolicies', 'generatingpolicies', 'deletingpolicies'],
  ...['namespacedvalidatingpolicies', 'namespacedimagevalidatingpolicies', 'namespacedmutatingpolicies'],
  ...['constrainttemplates', 'configs', 'assign', 'assignmetadata', 'assignimage', 'modifyset'],
  ...['clusteradmissionpolicies', 'admissionpolicies', 'clusteradmissionpolicygroups', 'admissionpolicygroups'],
];

/** Rights that a rule refuses: each of the verbs on each of the resources. */
type Right = readonly [groups: string | readonly string[], resources: readonly string[], verbs: readonly string[]];

/** One clause of a rule each. Only where the rules are about ClusterRoles alone may a Role grant it. */
const table: Readonly<Record<string, readonly Right[]>> = {
  'rbac-secrets': [['', ['secrets'], ['get', 'list', 'watch', 'patch', 'delete', 'deletecollection']]],
  'rbac-escalate': [[api, ['roles', 'clusterroles'], ['escalate']]],
  'rbac-bind': [[api, ['roles', 'clusterroles'], ['bind']]],
  'rbac-impersonate': [
    ['', ['users', 'groups', 'serviceaccounts'], ['impersonate']],
    ['authentication.k8s.io', ['uids', 'userextras'], ['impersonate', 'impersonate:user-info']],
    ['authentication.k8s.io', ['users', 'groups'], ['impersonate:user-info']],
    ['authentication.k8s.io', ['nodes'], ['impersonate:associated-node']],
  ],
  'rbac-exec': [
    ['', ['pods/exec', 'pods/attach'], ['create', 'get']],
    ['', ['pods/ephemeralcontainers'], ['update', 'patch']],
  ],
  'rbac-port-forward': [
    ['', ['pods/portforward'], ['create', 'get']],
    ['', ['pods/proxy', 'services/proxy'], ['create', 'get']],
  ],
  'rbac-tokens': [['', ['serviceaccounts/token'], ['create']]],
  'rbac-node-proxy': [['', ['nodes/proxy'], ['create', 'get']]],
  'rbac-nodes': [
    ['', ['nodes'], changing],
    ['', ['nodes/status'], ['update', 'patch']],
    ['', ['bindings', 'pods/binding'], ['create']],
  ],
  'rbac-admission': [
    ['admissionregistration.k8s.io', admission, changing],
    [policyGroups, policyResources, changing],
  ],
  'rbac-certificates': [
    ['certificates.k8s.io', ['certificatesigningrequests/approval'], ['update', 'patch']],
    ['certificates.k8s.io', ['signers'], ['approve', 'sign']],
  ],
  'rbac-namespaces': [
    ['', ['namespaces', 'namespaces/status', 'namespaces/finalize'], ['update', 'patch']],
    ['', ['resourcequotas', 'limitranges'], ['update', 'patch', 'delete', 'deletecollection']],
  ],
  'rbac-persistent-volumes': [['', ['persistentvolumes'], ['create']]],
  'rbac-api-extension': [
    ['apiregistration.k8s.io', ['apiservices'], writing],
    ['apiextensions.k8s.io', ['customresourcedefinitions'], writing],
  ],
  'rbac-network-policies': [['networking.k8s.io', ['networkpolicies'], changing]],
  'rbac-service-status': [['', ['services/status'], ['update', 'patch']]],
  'rbac-roles': [[api, ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'], changing]],
  'rbac-events': [['', ['events'], ['delete', 'deletecollection']]],
  'rbac-workloads': [
    ['', ['pods', 'replicationcontrollers'], writing],
    ['apps', ['deployments', 'statefulsets', 'daemonsets', 'replicasets'], writing],
    ['batch', ['jobs', 'cronjobs'], writing],
  ],
  'rbac-deletion': [
    ['', ['namespaces', 'persistentvolumes', 'persistentvolumeclaims'], ['delete', 'deletecollection']],
    ['apiextensions.k8s.io', ['customresourcedefinitions'], ['delete', 'deletecollection']],
    ['snapshot.storage.k8s.io', ['volumesnapshots', 'volumesnapshotcontents'], ['delete', 'deletecollection']],
  ],
  'rbac-traffic': [
    ['', ['services', 'endpoints'], writing],
    ['discovery.k8s.io', ['endpointslices'], writing],
    ['networking.k8s.io', ['ingresses', 'ingressclasses'], writing],
    ['gateway.networking.k8s.io', ['gateways', 'httproutes'], writing],
  ],
};

const ofClusterRoles = ['rbac-workloads', 'rbac-deletion', 'rbac-traffic'];
const unlessNamed = ['rbac-secrets', 'rbac-deletion'];

function edgesOf(rule: string, rights: readonly Right[]): readonly Edge[] {
  const path = rule === 'rbac-secrets' ? 'rules[0].resources' : 'rules[0]';
  const grant = (apiGroups: string[], resources: string[], verbs: string[], more: object = {}) =>
    clusterRole({ apiGroups, resources, verbs, ...more });
  // Rules whose rights stand in one clause say once what several of them say.
  const once = ofClusterRoles.includes(rule);
  const finds = (broken: readonly unknown[]) => (once && broken.length > 1 ? [path] : broken.map(() => path));
  const everything = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };
  return [
    breaks(clusterRole(everything), finds(rights)),
    ...(rule === 'rbac-workloads' ? rights.flatMap(ofOneNamespace) : []),
    ...(rule === 'rbac-workloads' ? [] : [ofRole(rule, everything, finds(rights))]),
    ...rights
      .flatMap(([groups, resources, verbs]) => [groups].flat().map((group) => [group, resources, verbs] as const))
      .flatMap(([group, resources, verbs]) => {
        const alike = rights.filter(([of]) => [of].flat().includes(group));
        return [
          ...resources.flatMap((resource) => [
            keeps(grant([group], [resource], ['use'])),
            ...verbs.flatMap((verb) => [
              breaks(grant([group, 'acme.example'], ['others', resource], ['use', verb]), path),
              breaks(grant(['*'], [resource], [verb]), path),
              keeps(grant(['acme.example'], [resource], [verb])),
            ]),
          ]),
          ...verbs.flatMap((verb) => [
            keeps(grant([group], ['others'], [verb])),
            breaks(grant([group], ['*'], [verb]), finds(alike.filter(([, , all]) => all.includes(verb)))),
          ]),
          ...resources
            .filter((resource) => resource.includes('/'))
            .map((resource) => {
              const any = resource.replace(/^[^/]*/, '*');
              const of = alike.filter(([, all]) => all.some((other) => other.replace(/^[^/]*/, '*') === any));
              return breaks(grant([group], [any], ['*']), finds(of));
            }),
          ...(unlessNamed.includes(rule)
            ? [
                keeps(grant([group], [...resources], [...verbs], { resourceNames: ['a'] })),
                breaks(grant([group], [...resources], [...verbs], { resourceNames: [] }), path),
                breaks(grant([group], [...resources], [...verbs], { resourceNames: ['a', ''] }), path),
              ]
            : [breaks(grant([group], [...resources], [...verbs], { resourceNames: ['a'] }), path)]),
        ];
      }),
  ];
}

const ofRole = (rule: string, everything: object, path: readonly string[]): Edge =>
  ofClusterRoles.includes(rule) ? keeps(role(everything)) : breaks(role(everything), path);

/** Who makes pods in one namespace is told once a role. */
function ofOneNamespace([groups, resources, verbs]: Right): readonly Edge[] {
  const apiGroups = [groups].flat();
  const reading = { apiGroups, resources, verbs: ['get'] };
  return [
    keeps(role(reading)),
    keeps(role({ apiGroups, resources: ['others'], verbs: ['*'] })),
    keeps(role({ apiGroups: ['acme.example'], resources: ['*'], verbs: ['*'] })),
    breaks(role({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }), 'rules'),
    ...resources.flatMap((resource) =>
      [...verbs, '*'].map((verb) =>
        breaks(
          role(reading, {
            apiGroups: ['acme.example', ...apiGroups],
            resources: ['others', resource],
            verbs: ['get', verb],
          }),
          'rules',
        ),
      ),
    ),
  ];
}

const ofConstraints = (resource: string, verb: string, group = 'constraints.gatekeeper.sh') =>
  clusterRole({ apiGroups: ['acme.example', group], resources: ['x/y', resource], verbs: ['get', verb] });

const impersonation = (resource: string, verb: string, group = 'authentication.k8s.io') =>
  clusterRole({ apiGroups: ['acme.example', group], resources: ['x', resource], verbs: ['get', verb] });

const binding = (
  subject: object,
  roleRef: object = { kind: 'ClusterRole', name: 'view' },
  kind = 'ClusterRoleBinding',
) => object(`${api}/v1`, kind, { roleRef, subjects: [subject] });
const controlPlane = [
  ...['aggregate-to-admin', 'aggregate-to-edit', 'kube-controller-manager', 'kube-scheduler', 'kubelet-api-admin'],
  ...['node', 'node-problem-detector', 'persistent-volume-provisioner', 'controller:job-controller'],
  ...['kube-apiserver-client', 'kube-apiserver-client-kubelet', 'kubelet-serving', 'legacy-unknown'].map(
    (signer) => `certificates.k8s.io:${signer}-approver`,
  ),
].map((name) => `system:${name}`);

/** Bindings to what Kubernetes has for parts of its own: to those parts, to what is called nearly so, and to others. */
const toControlPlane: readonly Edge[] = [
  ...controlPlane.flatMap((name) => [
    breaks(binding({ kind: 'User', name: 'eve' }, { kind: 'ClusterRole', name }), 'roleRef.name'),
    breaks(binding({ kind: 'User', name: 'eve' }, { kind: 'ClusterRole', name }, 'RoleBinding'), 'roleRef.name'),
    keeps(binding({ kind: 'User', name: 'eve' }, { kind: 'Role', name })),
  ]),
  ...[
    'system:public-info-viewer',
    'x:system:controller:job-controller',
    'system:certificates.k8s.io:certificatesigningrequests:nodeclient',
    'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
    'system:node-bootstrapper',
  ].map((name) => keeps(binding({ kind: 'User', name: 'eve' }, { kind: 'ClusterRole', name }))),
  ...[
    { kind: 'User', name: 'system:kube-scheduler' },
    { kind: 'User', name: 'system:node-problem-detector' },
    { kind: 'Group', name: 'system:nodes' },
    { kind: 'ServiceAccount', name: 'a', namespace: 'kube-system' },
  ].map((subject) => keeps(binding(subject, { kind: 'ClusterRole', name: 'system:node' }))),
  ...[
    { kind: 'Group', name: 'system:kube-scheduler' },
    { kind: 'User', name: 'x:system:kube-scheduler' },
    { kind: 'Group', name: 'system:node-problem-detector' },
    { kind: 'User', name: 'system:nodes' },
    { kind: 'Group', name: 'system:others' },
    { kind: 'User', name: 'a', namespace: 'kube-system' },
    { kind: 'ServiceAccount', name: 'a', namespace: 'shop' },
  ].map((subject) => breaks(binding(subject, { kind: 'ClusterRole', name: 'system:node' }), 'roleRef.name')),
  breaks(
    object(`${api}/v1`, 'ClusterRoleBinding', {
      roleRef: { kind: 'ClusterRole', name: 'system:node' },
      subjects: [
        { kind: 'Group', name: 'system:nodes' },
        { kind: 'User', name: 'eve' },
      ],
    }),
    'roleRef.name',
  ),
];

const kinds = ['User', 'Group', 'ServiceAccount'];

/** The one kind of subject of that name that a rule refuses, and the two that mean something else. */
const refused = (kind: string, name: string): readonly Edge[] =>
  kinds.flatMap((other) =>
    ['ClusterRoleBinding', 'RoleBinding'].map((of) => {
      const given = binding({ kind: other, name }, undefined, of);
      return other === kind ? breaks(given, 'subjects[0].name') : keeps(given);
    }),
  );
const taken = (...names: string[]): readonly Edge[] =>
  names.flatMap((name) => kinds.map((kind) => keeps(binding({ kind, name }))));

const onSecrets = (verbs: string[], more: object = {}) => ({
  apiGroups: [''],
  resources: ['secrets'],
  verbs,
  ...more,
});

const makingTokens = { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] };

const aggregating = (...clusterRoleSelectors: object[]) =>
  object(`${api}/v1`, 'ClusterRole', { aggregationRule: { clusterRoleSelectors } });
const selectorPath = 'aggregationRule.clusterRoleSelectors[0]';
const bootstrapping = 'kubernetes.io/bootstrapping';
const toEdit = `${api}/aggregate-to-edit`;
const asks = (key: string, operator: string, ...values: string[]) => ({
  key,
  operator,
  ...(operator.endsWith('In') && { values: values.length > 0 ? values : ['x'] }),
});

const configMaps = (kind: string, namespace: string | undefined, rule: object = {}) => ({
  ...object(`${api}/v1`, kind, {
    rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['patch'], ...rule }],
  }),
  metadata: { name: 'it', ...(namespace !== undefined && { namespace }) },
});
const named = (...resourceNames: string[]) => ({ resourceNames });

/** Objects at the edges of the rules about rights. */
export const rbacEdges: Edges = {
  ...Object.fromEntries(Object.entries(table).map(([rule, rights]) => [rule, edgesOf(rule, rights)])),
  'rbac-anonymous': [
    ...refused('Group', 'system:unauthenticated'),
    ...refused('User', 'system:anonymous'),
    ...taken('system:monitoring'),
  ],
  'rbac-broad-subject': [
    ...refused('Group', 'system:authenticated'),
    ...refused('Group', 'system:serviceaccounts'),
    ...refused('Group', 'system:serviceaccounts:shop'),
    ...taken('system:serviceaccountsx', 'x:system:serviceaccounts:shop'),
  ],
  'rbac-default-account': [
    ...refused('ServiceAccount', 'default'),
    ...refused('User', 'system:serviceaccount:shop:default'),
    ...taken('x:system:serviceaccount:shop:default', 'system:serviceaccount:shop:defaults', 'team'),
  ],
  'rbac-admission': [
    ...edgesOf('rbac-admission', table['rbac-admission'] ?? []),
    ...[...changing, '*'].map((verb) => breaks(ofConstraints('k8sallowedrepos', verb), 'rules[0]')),
    keeps(ofConstraints('k8sallowedrepos', 'watch')),
    keeps(ofConstraints('*/status', '*')),
    keeps(ofConstraints('k8sallowedrepos', '*', 'example.com')),
  ],
  'rbac-impersonate': [
    ...edgesOf('rbac-impersonate', table['rbac-impersonate'] ?? []),
    ...['impersonate', 'impersonate:user-info', '*'].flatMap((verb) => [
      breaks(impersonation('userextras/scopes', verb), 'rules[0]'),
      breaks(impersonation('userextras/scopes', verb, '*'), 'rules[0]'),
      keeps(impersonation('userextras/scopes', verb, 'acme.example')),
      keeps(impersonation('x/userextras/scopes', verb)),
    ]),
    ...['impersonate', 'impersonate:user-info'].flatMap((verb) => [
      breaks(impersonation('*/scopes', verb), 'rules[0]'),
      breaks(impersonation('*/scopes', verb, '*'), 'rules[0]'),
      keeps(impersonation('*/scopes', verb, 'acme.example')),
    ]),
    // One clause for what stands in several rows: users and groups, accounts, and any node.
    ...[
      ['serviceaccounts', 'impersonate:serviceaccount'],
      ['nodes', 'impersonate:arbitrary-node'],
    ].flatMap(([resource = '', verb = '']) => [
      breaks(impersonation(resource, verb), 'rules[0]'),
      breaks(impersonation(resource, verb, '*'), 'rules[0]'),
      breaks(impersonation('*', verb), 'rules[0]'),
      keeps(impersonation(resource, verb, 'acme.example')),
      keeps(impersonation('others', verb)),
    ]),
    ...['users', 'serviceaccounts'].map((resource) => breaks(impersonation(resource, '*'), 'rules[0]')),
    breaks(impersonation('nodes', '*'), ['rules[0]', 'rules[0]']),
    ...['users', 'groups', 'nodes'].map((resource) => keeps(impersonation(resource, 'impersonate:serviceaccount'))),
    ...['serviceaccounts', 'nodes'].map((resource) => keeps(impersonation(resource, 'impersonate:user-info'))),
    ...['users', 'serviceaccounts'].map((resource) => keeps(impersonation(resource, 'impersonate:arbitrary-node'))),
    keeps(impersonation('*/status', '*', '*')),
    keeps(impersonation('userextras/scopes', 'use')),
    breaks(impersonation('others', 'impersonate-on:arbitrary-node:get', 'acme.example'), 'rules[0]'),
    keeps(impersonation('others', 'x:impersonate-on:arbitrary-node:get')),
  ],
  'rbac-tokens': [
    ...edgesOf('rbac-tokens', table['rbac-tokens'] ?? []),
    ...['get', 'list', 'watch', 'patch', 'delete', 'deletecollection', '*'].flatMap((verb) => [
      breaks(role(onSecrets(['create']), onSecrets([verb], { resourceNames: ['a'] })), 'rules'),
      breaks(clusterRole(onSecrets([verb]), onSecrets(['create'])), 'rules'),
      keeps(role(onSecrets(['create'], { apiGroups: ['acme.example'] }), onSecrets([verb], { resourceNames: ['a'] }))),
      keeps(role(onSecrets(['create'], { resourceNames: ['a'] }), onSecrets([verb], { resourceNames: ['a'] }))),
      keeps(role(onSecrets(['create']), onSecrets([verb], { resources: ['configmaps'] }))),
    ]),
    ...['update', 'use'].map((verb) => keeps(role(onSecrets(['create', verb])))),
    keeps(role(onSecrets(['create'], { resources: ['configmaps'] }), onSecrets(['get']))),
    keeps(role(onSecrets(['create']), onSecrets(['get'], { apiGroups: ['acme.example'] }))),
    ...[{ apiGroups: ['acme.example', ''] }, { apiGroups: ['*'] }, { resources: ['configmaps', 'secrets'] }].flatMap(
      (more) => [
        breaks(role(onSecrets(['create'], more), onSecrets(['get'])), 'rules'),
        breaks(role(onSecrets(['create']), onSecrets(['get'], more)), 'rules'),
      ],
    ),
    breaks(role(onSecrets(['create']), onSecrets(['get'], { resources: ['*'] })), 'rules'),
    ...[[], ['a', '']].map((resourceNames) =>
      breaks(role(onSecrets(['create'], { resourceNames }), onSecrets(['get'])), 'rules'),
    ),
    ...[{ verbs: ['get'] }, { apiGroups: ['acme.example'] }, { resources: ['serviceaccounts'] }].map((more) =>
      breaks(role(onSecrets(['create', 'get']), { ...makingTokens, ...more }), 'rules'),
    ),
    ...[
      { verbs: ['use', 'create'] },
      { apiGroups: ['acme.example', ''] },
      { resources: ['others', 'serviceaccounts/token'] },
      { resources: ['*/token'] },
    ].map((more) => breaks(role(onSecrets(['create', 'get']), { ...makingTokens, ...more }), 'rules[1]')),
  ],
  'rbac-cluster-admin': [
    ...toControlPlane,
    ...['ClusterRole', 'Role'].flatMap((kind) =>
      ['admin', 'edit', 'cluster-admin', 'view'].flatMap((name) =>
        ['ClusterRoleBinding', 'RoleBinding'].map((of) => {
          const given = binding({ kind: 'User', name: 'eve' }, { kind, name }, of);
          const broken = kind === 'ClusterRole' && name !== 'view';
          return broken ? breaks(given, 'roleRef.name') : keeps(given);
        }),
      ),
    ),
  ],
  'rbac-aggregation': [
    breaks(aggregating({ matchLabels: {}, matchExpressions: [] }), selectorPath),
    keeps(aggregating({ matchLabels: { a: 'b' } }, { matchExpressions: [{ key: 'a', operator: 'Exists' }] })),
    ...['DoesNotExist', 'NotIn'].flatMap((operator) => [
      breaks(aggregating({ matchLabels: {}, matchExpressions: [asks('a', operator, 'b')] }), selectorPath),
      breaks(aggregating({ matchExpressions: [asks(bootstrapping, operator, 'rbac-defaults')] }), selectorPath),
      breaks(aggregating({ matchExpressions: [asks('a', operator), asks(toEdit, 'Exists')] }), selectorPath),
      keeps(aggregating({ matchExpressions: [asks('a', operator), asks('b', 'Exists')] })),
      keeps(
        aggregating({ matchExpressions: [asks(bootstrapping, operator, 'rbac-defaults'), asks(toEdit, 'Exists')] }),
      ),
      keeps(aggregating({ matchLabels: { a: 'b' }, matchExpressions: [asks('c', operator)] })),
    ]),
    ...[
      [bootstrapping, 'rbac-defaults'],
      [toEdit, 'true'],
      [`${api}/aggregate-to-admin`, 'true'],
    ].flatMap(([key = '', value = '']) => [
      breaks(aggregating({ matchLabels: { [key]: value } }), selectorPath),
      breaks(aggregating({ matchExpressions: [asks(key, 'In', 'x', value)] }), selectorPath),
      breaks(aggregating({ matchExpressions: [asks(key, 'Exists')] }), selectorPath),
      breaks(
        aggregating({ matchLabels: { [bootstrapping]: 'rbac-defaults' }, matchExpressions: [asks(key, 'Exists')] }),
        selectorPath,
      ),
      keeps(aggregating({ matchLabels: { [`x${key}`]: value } })),
      keeps(aggregating({ matchLabels: { [key]: value, a: 'b' } })),
      keeps(aggregating({ matchLabels: { [key]: value }, matchExpressions: [asks('a', 'Exists')] })),
      keeps(aggregating({ matchExpressions: [asks('a', 'In', value)] })),
    ]),
    ...['admin', 'edit'].flatMap((name) => [
      keeps({ ...aggregating({ matchLabels: { [toEdit]: 'true' } }), metadata: { name } }),
      keeps({
        ...aggregating({ matchLabels: { [toEdit]: 'true', [bootstrapping]: 'rbac-defaults' } }),
        metadata: { name },
      }),
      breaks(
        { ...aggregating({ matchLabels: { [bootstrapping]: 'rbac-defaults' } }), metadata: { name } },
        selectorPath,
      ),
      breaks({ ...aggregating({ matchLabels: { [toEdit]: 'true' } }), metadata: { name: `${name}2` } }, selectorPath),
    ]),
  ],
  'rbac-config-maps': [
    ...['coredns', 'coredns-custom', 'kube-dns', 'node-local-dns', 'aws-auth'].flatMap((name) => [
      breaks(configMaps('Role', 'kube-system', named('others', name)), 'rules[0]'),
      breaks(configMaps('ClusterRole', undefined, named(name)), 'rules[0]'),
    ]),
    ...['create', 'update', 'patch', '*'].flatMap((verb) => [
      breaks(configMaps('Role', 'kube-system', { verbs: ['get', verb] }), 'rules[0]'),
      breaks(configMaps('ClusterRole', undefined, { verbs: ['get', verb] }), 'rules[0]'),
    ]),
    ...[
      { apiGroups: ['', 'apps'] },
      { apiGroups: ['*'] },
      { resources: ['secrets', 'configmaps'] },
      { resources: ['*'] },
    ].flatMap((rule) => [
      breaks(configMaps('Role', 'kube-system', rule), 'rules[0]'),
      breaks(configMaps('ClusterRole', undefined, rule), 'rules[0]'),
      breaks(configMaps('ClusterRole', undefined, { ...rule, resourceNames: [] }), 'rules[0]'),
    ]),
    ...[{ apiGroups: ['apps'] }, { resources: ['secrets'] }, { verbs: ['get', 'list'] }, named('settings')].flatMap(
      (rule) => [
        keeps(configMaps('Role', 'kube-system', rule)),
        keeps(configMaps('ClusterRole', undefined, rule)),
        keeps(configMaps('ClusterRole', undefined, { ...named('coredns'), ...rule })),
      ],
    ),
    breaks(configMaps('Role', 'kube-system', named()), 'rules[0]'),
    breaks(configMaps('Role', 'kube-system', named('settings', '')), 'rules[0]'),
    breaks(configMaps('ClusterRole', undefined, named('settings', '')), 'rules[0]'),
    keeps(configMaps('Role', 'shop')),
    // A ClusterRole has no namespace: that it says one is no reason to find it twice.
    breaks(configMaps('ClusterRole', 'kube-system'), 'rules[0]'),
  ],
};
