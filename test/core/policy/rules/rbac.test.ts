import { clusterRole, rbacCases } from './cases/rbac';
import { findingsOf, testRules } from './rule-cases';

testRules('rbac', rbacCases);

const rbac = 'rbac.authorization.k8s.io';
const changing = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const admission = [
  'validatingwebhookconfigurations',
  'mutatingwebhookconfigurations',
  'validatingadmissionpolicies',
].concat(['validatingadmissionpolicybindings', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings']);

/** Rule, group, resources, verbs: each of these verbs on each of these resources is refused. */
const table: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  ['rbac-escalate', rbac, ['roles', 'clusterroles'], ['escalate']],
  ['rbac-bind', rbac, ['roles', 'clusterroles'], ['bind']],
  ['rbac-impersonate', '', ['users', 'groups', 'serviceaccounts'], ['impersonate']],
  ['rbac-impersonate', 'authentication.k8s.io', ['uids', 'userextras'], ['impersonate']],
  ['rbac-exec', '', ['pods/exec', 'pods/attach'], ['create', 'get']],
  ['rbac-exec', '', ['pods/ephemeralcontainers'], ['update', 'patch']],
  ['rbac-port-forward', '', ['pods/portforward', 'pods/proxy', 'services/proxy'], ['create', 'get']],
  ['rbac-tokens', '', ['serviceaccounts/token'], ['create']],
  ['rbac-node-proxy', '', ['nodes/proxy'], ['create', 'get']],
  ['rbac-admission', 'admissionregistration.k8s.io', admission, changing],
  ['rbac-certificates', 'certificates.k8s.io', ['signers'], ['approve', 'sign']],
  ['rbac-certificates', 'certificates.k8s.io', ['certificatesigningrequests/approval'], ['update', 'patch']],
  ['rbac-admission', 'kyverno.io', ['policyexceptions', 'clusterpolicies'], changing],
  ['rbac-admission', 'policies.kyverno.io', ['policyexceptions', 'validatingpolicies'], changing],
  ['rbac-admission', 'templates.gatekeeper.sh', ['constrainttemplates'], changing],
  ['rbac-admission', 'policies.kubewarden.io', ['clusteradmissionpolicies'], changing],
  ['rbac-namespaces', '', ['namespaces', 'resourcequotas', 'limitranges'], ['update', 'patch']],
  ['rbac-nodes', '', ['nodes'], changing],
  ['rbac-nodes', '', ['nodes/status'], ['update', 'patch']],
  ['rbac-nodes', '', ['bindings', 'pods/binding'], ['create']],
  ['rbac-persistent-volumes', '', ['persistentvolumes'], ['create']],
  ['rbac-api-extension', 'apiregistration.k8s.io', ['apiservices'], ['create', 'update', 'patch']],
  ['rbac-api-extension', 'apiextensions.k8s.io', ['customresourcedefinitions'], ['create', 'update', 'patch']],
  ['rbac-network-policies', 'networking.k8s.io', ['networkpolicies'], changing],
  ['rbac-service-status', '', ['services/status'], ['update', 'patch']],
  ['rbac-roles', rbac, ['roles', 'rolebindings', 'clusterroles', 'clusterrolebindings'], changing],
  ['rbac-events', '', ['events'], ['delete', 'deletecollection']],
  ['rbac-workloads', '', ['pods', 'replicationcontrollers'], ['create', 'update', 'patch']],
  [
    'rbac-workloads',
    'apps',
    ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
    ['create', 'update', 'patch'],
  ],
  ['rbac-workloads', 'batch', ['jobs', 'cronjobs'], ['create', 'update', 'patch']],
  ['rbac-deletion', '', ['namespaces', 'persistentvolumes', 'persistentvolumeclaims'], ['delete', 'deletecollection']],
  ['rbac-deletion', 'apiextensions.k8s.io', ['customresourcedefinitions'], ['delete', 'deletecollection']],
  ['rbac-traffic', '', ['services', 'endpoints'], ['create', 'update', 'patch']],
  ['rbac-traffic', 'discovery.k8s.io', ['endpointslices'], ['create', 'update', 'patch']],
  ['rbac-traffic', 'networking.k8s.io', ['ingresses', 'ingressclasses'], ['create', 'update', 'patch']],
  ['rbac-traffic', 'gateway.networking.k8s.io', ['gateways', 'httproutes'], ['create', 'update', 'patch']],
];

it.each(
  table.flatMap(([rule, group, resources, verbs]) =>
    resources.flatMap((resource) => verbs.map((verb) => [rule, group, resource, verb] as const)),
  ),
)('%s refuses of %j %s %s, and takes the same of another group or with another verb', (rule, group, resource, verb) => {
  const grant = (apiGroups: string[], verbs: string[]) =>
    findingsOf(rule, clusterRole({ apiGroups, resources: [resource], verbs }));
  expect(grant([group], [verb])).toMatchObject([
    { message: expect.stringContaining(`the rule grants ${verb} on ${resource}: `) },
  ]);
  expect(grant(['*'], ['*'])).not.toEqual([]);
  expect(grant(['acme.example'], [verb])).toEqual([]);
  expect(grant([group], ['list', 'watch'])).toEqual([]);
});

it.each([
  ['rbac-secrets', 'Role', 'default', 'secrets', 'list'],
  ['rbac-config-maps', 'ClusterRole', '', 'configmaps', 'update'],
  ['rbac-config-maps', 'Role', 'kube-system', 'configmaps', 'update'],
  ['rbac-deletion', 'ClusterRole', '', 'persistentvolumeclaims', 'deletecollection'],
])(
  '%s reads an empty name of a %s as no name: a request for all objects names nothing',
  (rule, kind, namespace, resource, verb) => {
    const grant = (resourceNames: string[]) =>
      findingsOf(rule, {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind,
        metadata: { name: 'it', ...(namespace !== '' && { namespace }) },
        rules: [{ apiGroups: [''], resources: [resource], verbs: [verb], resourceNames }],
      });
    expect(grant([''])).toHaveLength(1);
    expect(grant(['one', ''])).toHaveLength(1);
    expect(grant(['one'])).toEqual([]);
  },
);
