import { object, type RuleCases } from '../rule-cases';

const api = 'rbac.authorization.k8s.io/v1';
const role = (...rules: object[]) => object(api, 'Role', { rules });
export const clusterRole = (...rules: object[]) => object(api, 'ClusterRole', { rules });
const binding = (properties: object) =>
  object(api, 'ClusterRoleBinding', { roleRef: { kind: 'ClusterRole', name: 'view' }, ...properties });
const core = (resources: string[], verbs: string[], more: object = {}) => ({
  apiGroups: [''],
  resources,
  verbs,
  ...more,
});
const grants = (grant: string, gains: string) => ({
  property: 'rules[0]',
  message: `the rule grants ${grant}: its subject ${gains}`,
  value: grant,
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
      { name: 'writing alone', object: role(core(['secrets'], ['create', 'delete'])) },
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
            message: 'the rule grants get, list on every Secret',
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
            message: 'the rule grants get, list, watch, patch, deletecollection on every Secret',
          },
        ],
      },
      {
        name: 'writing whose answer shows the values',
        object: role(core(['secrets'], ['create', 'patch', 'deletecollection'])),
        findings: [
          { property: 'rules[0].resources', message: 'the rule grants patch, deletecollection on every Secret' },
        ],
      },
    ],
  },
  'rbac-escalation': {
    compliant: [
      { name: 'reading pods and logs', object: role(core(['pods', 'pods/log'], ['get', 'list', 'watch'])) },
      { name: 'a subresource of another kind', object: role(core(['*/scale'], ['get', 'update'])) },
      {
        name: 'reading webhooks',
        object: clusterRole({
          apiGroups: ['admissionregistration.k8s.io'],
          resources: ['validatingwebhookconfigurations'],
          verbs: ['get'],
        }),
      },
    ],
    violating: [
      {
        name: 'the rules of every role',
        object: object(api, 'ClusterRole', {
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: { a: 'b' } }, {}] },
        }),
        findings: [
          {
            property: 'aggregationRule.clusterRoleSelectors[1]',
            message: 'the empty selector takes in the rules of every ClusterRole, cluster-admin included',
          },
        ],
      },
      {
        name: 'escalate and bind',
        object: clusterRole({
          apiGroups: [api.split('/')[0]],
          resources: ['clusterroles'],
          verbs: ['bind', 'escalate', 'get'],
        }),
        findings: [
          grants('escalate on clusterroles', 'writes rights into roles that it does not have'),
          grants('bind on clusterroles', 'binds itself to roles that it does not have'),
        ],
      },
      {
        name: 'impersonate',
        object: clusterRole(core(['users', 'groups'], ['impersonate'])),
        findings: [grants('impersonate on users, groups', 'acts as another user, group or account')],
      },
      {
        name: 'exec, by its name and by a wildcard',
        object: role(core(['pods/exec'], ['create'])),
        findings: [grants('create on pods/exec', 'runs commands in pods, with their secrets and tokens')],
      },
      {
        name: 'exec of everything',
        object: role(core(['*/exec'], ['get'])),
        findings: [grants('get on pods/exec', 'runs commands in pods, with their secrets and tokens')],
      },
      {
        name: 'a forwarded port, a container in a running pod, a token, the kubelet',
        object: role(
          core(
            ['pods/portforward', 'pods/ephemeralcontainers', 'serviceaccounts/token', 'nodes/proxy'],
            ['create', 'patch'],
          ),
        ),
        findings: [
          grants('patch on pods/ephemeralcontainers', 'puts a container of its own into running pods'),
          grants('create on pods/portforward', 'reaches ports of pods past every NetworkPolicy'),
          grants('create on serviceaccounts/token', 'makes tokens of other accounts'),
          grants(
            'create on nodes/proxy',
            'runs commands in every pod of a node through its kubelet, past audit and admission',
          ),
        ],
      },
      {
        name: 'webhooks and approvals',
        object: clusterRole({
          apiGroups: ['admissionregistration.k8s.io', 'certificates.k8s.io'],
          resources: ['mutatingwebhookconfigurations', 'certificatesigningrequests/approval'],
          verbs: ['update'],
        }),
        findings: [
          grants(
            'update on mutatingwebhookconfigurations',
            'reads and changes every object on its way in, or switches the policies off',
          ),
          grants('update on certificatesigningrequests/approval', 'approves client certificates for any user'),
        ],
      },
    ],
  },
  'rbac-broad-subject': {
    compliant: [
      { name: 'a group of people', object: binding({ subjects: [{ kind: 'Group', name: 'team-payments' }] }) },
      {
        name: 'an account of a workload',
        object: binding({ subjects: [{ kind: 'ServiceAccount', name: 'api', namespace: 'shop' }] }),
      },
      { name: 'no subjects', object: binding({}) },
      {
        name: 'edit in one namespace',
        object: object(api, 'RoleBinding', { roleRef: { kind: 'ClusterRole', name: 'edit' } }),
      },
    ],
    violating: [
      ...[
        ['Group', 'system:masters', 'members of it pass every authorizer, and no role can be taken from them again'],
        ['Group', 'system:authenticated', 'everyone with any credential of the cluster is in it, every pod included'],
        ['Group', 'system:unauthenticated', 'everyone who reaches the API server is in it'],
        ['Group', 'system:serviceaccounts', 'every pod of every namespace is in it'],
        ['Group', 'system:serviceaccounts:shop', 'every pod of the namespace is in it'],
        ['User', 'system:serviceaccount:shop:default', 'every pod of its namespace that names no account runs as it'],
        ['User', 'system:anonymous', 'it is everyone who reaches the API server'],
        ['ServiceAccount', 'default', 'every pod of its namespace that names no account runs as it'],
      ].map(([kind, name, reason]) => ({
        name: `${kind} ${name}`,
        object: binding({
          subjects: [
            { kind: 'Group', name: 'team' },
            { kind, name },
          ],
        }),
        findings: [
          { property: 'subjects[1].name', message: `the binding is for ${kind} ${name}: ${reason}`, value: name },
        ],
      })),
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
