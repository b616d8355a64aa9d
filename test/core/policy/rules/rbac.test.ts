import { clusterRole, rbacCases } from './cases/rbac';
import { findingsOf, testRules } from './rule-cases';

testRules('rbac', rbacCases);

const admission = ['validatingwebhookconfigurations', 'mutatingwebhookconfigurations', 'validatingadmissionpolicies']
  .concat(['validatingadmissionpolicybindings', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'])
  .flatMap((resource) =>
    ['create', 'update', 'patch', 'delete'].map((verb) => ['admissionregistration.k8s.io', resource, verb] as const),
  );

it.each([
  ...['roles', 'clusterroles'].flatMap((resource) =>
    ['escalate', 'bind'].map((verb) => ['rbac.authorization.k8s.io', resource, verb] as const),
  ),
  ...['users', 'groups', 'serviceaccounts'].map((resource) => ['', resource, 'impersonate'] as const),
  ...['pods/exec', 'pods/attach', 'pods/portforward', 'nodes/proxy'].flatMap((resource) =>
    ['create', 'get'].map((verb) => ['', resource, verb] as const),
  ),
  ...['update', 'patch'].map((verb) => ['', 'pods/ephemeralcontainers', verb] as const),
  ['', 'serviceaccounts/token', 'create'] as const,
  ...admission,
  ['certificates.k8s.io', 'signers', 'approve'] as const,
  ['certificates.k8s.io', 'signers', 'sign'] as const,
  ['authentication.k8s.io', 'uids', 'impersonate'] as const,
  ['authentication.k8s.io', 'userextras', 'impersonate'] as const,
  ['', 'pods/proxy', 'get'] as const,
  ['', 'services/proxy', 'create'] as const,
  ['', 'namespaces', 'patch'] as const,
  ['', 'persistentvolumes', 'create'] as const,
  ['apiregistration.k8s.io', 'apiservices', 'create'] as const,
  ['apiextensions.k8s.io', 'customresourcedefinitions', 'patch'] as const,
  ['networking.k8s.io', 'networkpolicies', 'delete'] as const,
  ...['update', 'patch'].map((verb) => ['certificates.k8s.io', 'certificatesigningrequests/approval', verb] as const),
])(
  'rbac-escalation refuses %j %s %s, and takes the same of another group or with another verb',
  (group, resource, verb) => {
    const grant = (apiGroups: string[], verbs: string[]) =>
      findingsOf('rbac-escalation', clusterRole({ apiGroups, resources: [resource], verbs }));
    expect(grant([group], [verb])).toMatchObject([{ value: `${verb} on ${resource}` }]);
    expect(grant(['*'], ['*'])).not.toEqual([]);
    expect(grant(['acme.example'], [verb])).toEqual([]);
    expect(grant([group], ['deletecollection', 'watch'])).toEqual([]);
  },
);
