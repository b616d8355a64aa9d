import type { AuditLevel, AuditRequest } from '../../../core/audit';

/** Who asks, by a certificate with this name and these groups; `anonymous` shows none, and `stranger` a token that nobody knows. */
export const askers = {
  admin: ['admin', 'system:masters'],
  jane: ['jane', 'developers'],
  node: ['system:node:n1', 'system:nodes'],
  proxy: ['system:kube-proxy', 'system:node-proxier'],
  manager: ['system:kube-controller-manager'],
  scheduler: ['system:kube-scheduler'],
  hpa: [
    'system:serviceaccount:kube-system:horizontal-pod-autoscaler',
    'system:serviceaccounts',
    'system:serviceaccounts:kube-system',
  ],
  sweeper: [
    'system:serviceaccount:kube-system:namespace-controller',
    'system:serviceaccounts',
    'system:serviceaccounts:kube-system',
  ],
  detector: ['system:node-problem-detector'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

export type Asker = keyof typeof askers | 'anonymous' | 'stranger';

/** Who, what, and how much of it is to be logged. */
export type Decision = readonly [who: Asker, method: string, path: string, level: AuditLevel, body?: object];

const ns = '/api/v1/namespaces/shop';
const apps = '/apis/apps/v1/namespaces/shop';
const rbac = '/apis/rbac.authorization.k8s.io/v1';
const admission = '/apis/admissionregistration.k8s.io/v1';
const lease = (namespace: string): string => `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
const named = (kind: string, name: string, apiVersion = 'v1', rest: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name },
  ...rest,
});
const pod = named('Pod', 'web', 'v1', { spec: { containers: [{ name: 'c', image: 'example.com/app:1' }] } });
const role = named('Role', 'r', 'rbac.authorization.k8s.io/v1', { rules: [] });
const authentication = '/apis/authentication.k8s.io/v1';
const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec: { token: 'not-a-token' } };

/** The recommended policy as a table. */
export const decisions: readonly Decision[] = [
  // What never has its body logged.
  ['admin', 'POST', `${ns}/secrets`, 'Metadata', named('Secret', 's')],
  ['admin', 'GET', `${ns}/secrets/s`, 'Metadata'],
  ['admin', 'PUT', `${ns}/secrets/s`, 'Metadata', named('Secret', 's')],
  ['admin', 'PATCH', `${ns}/secrets/s`, 'Metadata', { metadata: { labels: { a: 'b' } } }],
  ['admin', 'DELETE', `${ns}/secrets/s`, 'Metadata'],
  ['admin', 'GET', `${ns}/secrets`, 'Metadata'],
  ['admin', 'GET', '/api/v1/secrets?watch=true&timeoutSeconds=1', 'Metadata'],
  ['admin', 'DELETE', `${ns}/secrets`, 'Metadata'],
  ['jane', 'GET', `${ns}/secrets`, 'Metadata'],
  ['node', 'GET', `${ns}/secrets/s`, 'Metadata'],
  ['manager', 'GET', '/api/v1/secrets', 'Metadata'],
  ['admin', 'POST', `${ns}/configmaps`, 'Metadata', named('ConfigMap', 'c')],
  ['admin', 'PATCH', `${ns}/configmaps/c`, 'Metadata', { data: { a: 'b' } }],
  ['admin', 'DELETE', `${ns}/configmaps`, 'Metadata'],
  ['manager', 'PUT', '/api/v1/namespaces/kube-system/configmaps/leader', 'Metadata', named('ConfigMap', 'leader')],
  [
    'admin',
    'POST',
    `${ns}/serviceaccounts/default/token`,
    'Metadata',
    {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    },
  ],
  ['node', 'POST', `${ns}/serviceaccounts/default/token`, 'Metadata'],
  ['admin', 'POST', `${authentication}/tokenreviews`, 'Metadata', review],
  ['jane', 'POST', `${authentication}/tokenreviews`, 'Metadata', review],
  // Custom resources: Metadata, whether anybody knows that they hold secrets or not.
  [
    'admin',
    'POST',
    '/apis/argoproj.io/v1/namespaces/shop/applications',
    'Metadata',
    named('Application', 'a', 'argoproj.io/v1'),
  ],
  ['admin', 'POST', '/apis/example.com/v1/namespaces/shop/widgets', 'Metadata', named('Widget', 'w', 'example.com/v1')],
  ['admin', 'PATCH', '/apis/example.com/v1/namespaces/shop/widgets/w', 'Metadata', { spec: { password: 'x' } }],
  ['admin', 'GET', '/apis/example.com/v1/namespaces/shop/widgets', 'Metadata'],
  ['admin', 'DELETE', '/apis/example.com/v1/namespaces/shop/widgets', 'Metadata'],
  // Ways into a container.
  ['admin', 'POST', `${ns}/pods/web/exec?command=id&stdout=true`, 'RequestResponse'],
  ['admin', 'GET', `${ns}/pods/web/exec?command=id&stdout=true`, 'RequestResponse'],
  ['jane', 'POST', `${ns}/pods/web/exec?command=id`, 'RequestResponse'],
  ['admin', 'POST', `${ns}/pods/web/attach`, 'RequestResponse'],
  ['admin', 'POST', `${ns}/pods/web/portforward`, 'RequestResponse'],
  ['admin', 'GET', `${ns}/pods/web/proxy/admin`, 'RequestResponse'],
  ['admin', 'PATCH', `${ns}/pods/web/ephemeralcontainers`, 'RequestResponse', { spec: {} }],
  ['admin', 'GET', `${ns}/services/web/proxy/`, 'RequestResponse'],
  ['admin', 'GET', '/api/v1/nodes/n1/proxy/pods', 'RequestResponse'],
  ['admin', 'GET', `${ns}/pods/web/log`, 'Metadata'],
  // What gives power.
  ['admin', 'POST', `${rbac}/namespaces/shop/roles`, 'RequestResponse', role],
  ['admin', 'PATCH', `${rbac}/namespaces/shop/roles/r`, 'RequestResponse', { rules: [] }],
  ['admin', 'DELETE', `${rbac}/namespaces/shop/roles/r`, 'RequestResponse'],
  [
    'admin',
    'POST',
    `${rbac}/clusterrolebindings`,
    'RequestResponse',
    named('ClusterRoleBinding', 'x', 'rbac.authorization.k8s.io/v1', {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    }),
  ],
  ['jane', 'DELETE', `${rbac}/clusterroles/cluster-admin`, 'RequestResponse'],
  ['admin', 'GET', `${rbac}/clusterrolebindings`, 'Metadata'],
  [
    'admin',
    'POST',
    `${admission}/validatingwebhookconfigurations`,
    'RequestResponse',
    named('ValidatingWebhookConfiguration', 'v', 'admissionregistration.k8s.io/v1'),
  ],
  ['admin', 'DELETE', `${admission}/validatingwebhookconfigurations/v`, 'RequestResponse'],
  [
    'admin',
    'POST',
    `${admission}/mutatingwebhookconfigurations`,
    'RequestResponse',
    named('MutatingWebhookConfiguration', 'm', 'admissionregistration.k8s.io/v1'),
  ],
  ['admin', 'DELETE', '/apis/apiregistration.k8s.io/v1/apiservices/v1.example.org', 'RequestResponse'],
  [
    'admin',
    'PATCH',
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com',
    'RequestResponse',
    { metadata: { labels: { a: 'b' } } },
  ],
  ['admin', 'PUT', '/apis/certificates.k8s.io/v1/certificatesigningrequests/x/approval', 'RequestResponse'],
  ['admin', 'PATCH', '/api/v1/namespaces/shop', 'RequestResponse', { metadata: { labels: { a: 'b' } } }],
  ['admin', 'POST', `${ns}/serviceaccounts`, 'RequestResponse', named('ServiceAccount', 'other')],
  // Other writes, and reads.
  ['admin', 'POST', `${ns}/pods`, 'RequestResponse', pod],
  ['admin', 'POST', `${ns}/pods/web/eviction`, 'RequestResponse', named('Eviction', 'web', 'policy/v1')],
  ['admin', 'DELETE', `${ns}/pods/web`, 'RequestResponse'],
  ['jane', 'POST', `${ns}/pods`, 'RequestResponse', pod],
  [
    'scheduler',
    'POST',
    `${ns}/pods/web/binding`,
    'RequestResponse',
    named('Binding', 'web', 'v1', { target: { kind: 'Node', name: 'n1' } }),
  ],
  ['admin', 'PATCH', `${apps}/deployments/web/scale`, 'RequestResponse', { spec: { replicas: 2 } }],
  ['admin', 'POST', `${apps}/deployments`, 'RequestResponse', named('Deployment', 'web', 'apps/v1')],
  ['admin', 'GET', `${apps}/deployments`, 'Metadata'],
  ['admin', 'DELETE', `${apps}/deployments`, 'RequestResponse'],
  [
    'admin',
    'POST',
    '/apis/networking.k8s.io/v1/namespaces/shop/networkpolicies',
    'RequestResponse',
    named('NetworkPolicy', 'n', 'networking.k8s.io/v1', { spec: { podSelector: {} } }),
  ],
  ['admin', 'GET', `${ns}/pods`, 'Metadata'],
  ['admin', 'GET', `${ns}/pods?watch=true&timeoutSeconds=1`, 'Metadata'],
  ['admin', 'POST', `${ns}/endpoints`, 'Metadata', named('Endpoints', 'e')],
  [
    'admin',
    'POST',
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    'Metadata',
    {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb: 'get', resource: 'pods' } },
    },
  ],
  // What programs do all day, and the same from somebody else.
  ['node', 'GET', '/api/v1/nodes/n1', 'None'],
  ['jane', 'GET', '/api/v1/nodes/n1', 'Metadata'],
  ['node', 'PATCH', '/api/v1/nodes/n1/status', 'Request', { status: {} }],
  ['node', 'PATCH', `${ns}/pods/web/status`, 'Request', { status: {} }],
  ['admin', 'PATCH', '/api/v1/nodes/n1/status', 'RequestResponse', { status: {} }],
  ['detector', 'PATCH', '/api/v1/nodes/n1/status', 'Request', { status: {} }],
  ['node', 'DELETE', '/api/v1/nodes/n2', 'RequestResponse'],
  ['node', 'PUT', `${lease('kube-node-lease')}/n1`, 'None', named('Lease', 'n1', 'coordination.k8s.io/v1')],
  ['node', 'DELETE', `${lease('kube-node-lease')}/n1`, 'Metadata'],
  [
    'manager',
    'PUT',
    `${lease('kube-system')}/kube-controller-manager`,
    'None',
    named('Lease', 'kube-controller-manager', 'coordination.k8s.io/v1'),
  ],
  ['scheduler', 'GET', `${lease('kube-system')}/kube-scheduler`, 'None'],
  [
    'jane',
    'PUT',
    `${lease('kube-system')}/kube-scheduler`,
    'Metadata',
    named('Lease', 'kube-scheduler', 'coordination.k8s.io/v1'),
  ],
  ['proxy', 'GET', '/apis/discovery.k8s.io/v1/endpointslices?watch=true&timeoutSeconds=1', 'None'],
  ['proxy', 'GET', '/api/v1/services', 'None'],
  ['proxy', 'GET', '/api/v1/secrets', 'Metadata'],
  ['jane', 'GET', '/api/v1/services', 'Metadata'],
  ['hpa', 'GET', '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods', 'None'],
  ['jane', 'GET', '/apis/metrics.k8s.io/v1beta1/namespaces/shop/pods', 'Metadata'],
  ['sweeper', 'DELETE', `${ns}/pods`, 'Request'],
  ['sweeper', 'DELETE', `${ns}/secrets`, 'Metadata'],
  ['admin', 'POST', `${ns}/events`, 'None', named('Event', 'e', 'v1', { involvedObject: { namespace: 'shop' } })],
  ['admin', 'GET', '/apis/events.k8s.io/v1/events', 'None'],
  ['admin', 'DELETE', `${ns}/events/e`, 'RequestResponse'],
  ['admin', 'DELETE', '/apis/events.k8s.io/v1/namespaces/shop/events', 'Metadata'],
  // Paths that are no resources, and who is not let in.
  ['anonymous', 'GET', '/healthz', 'None'],
  ['anonymous', 'GET', '/livez?verbose', 'None'],
  ['anonymous', 'GET', '/readyz', 'None'],
  ['admin', 'GET', '/readyz/ping', 'None'],
  ['admin', 'GET', '/version', 'None'],
  ['admin', 'POST', '/healthz', 'Metadata'],
  ['admin', 'GET', '/metrics', 'Metadata'],
  ['admin', 'GET', '/apis', 'Metadata'],
  ['jane', 'GET', '/logs/', 'Metadata'],
  ['anonymous', 'GET', `${ns}/pods`, 'Metadata'],
  ['anonymous', 'GET', `${ns}/secrets/s`, 'Metadata'],
  ['stranger', 'GET', `${ns}/pods`, 'Metadata'],
];

const verbs: Readonly<Record<string, string>> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** What the API server makes of a request. @see k8s.io/apiserver/pkg/endpoints/request/requestinfo.go */
export function auditRequestOf(method: string, path: string, user: AuditRequest['user']): AuditRequest {
  const { pathname, searchParams } = new URL(path, 'https://localhost');
  const parts = pathname.split('/').filter((part) => part !== '');
  const [root, ...rest] = parts;
  const group = root === 'apis' ? rest.shift() : '';
  const version = rest.shift();
  if ((root !== 'api' && root !== 'apis') || version === undefined || rest.length === 0)
    return { user, verb: method.toLowerCase(), path: pathname };
  const isNamespaced = rest[0] === 'namespaces' && rest.length > 2 && !['status', 'finalize'].includes(rest[2] ?? '');
  const namespace = rest[0] === 'namespaces' ? rest[1] : '';
  const [resource = '', name = '', subresource = ''] = isNamespaced ? rest.slice(2) : rest;
  const many = name === '';
  const verb = verbs[method] ?? '';
  const plural: Readonly<Record<string, string>> = {
    get: searchParams.get('watch') === 'true' ? 'watch' : 'list',
    delete: 'deletecollection',
  };
  return {
    user,
    verb: many ? (plural[verb] ?? verb) : verb,
    resource: { group, resource, subresource, name, namespace },
  };
}
