import type { KubernetesObject } from '../../../../core/manifest';
import { evaluate } from '../../../../core/policy';
import { ClusterTarget } from '../../../../index';

/** What needs an exception, as `verb group/resource`, and the rule that says so. */
const powers: readonly (readonly [string, string, string, string])[] = [
  ['*', '', 'pods', 'rbac-wildcard'],
  ['get', '', '*', 'rbac-wildcard'],
  ['get', '*', 'pods', 'rbac-wildcard'],
  ['escalate', 'rbac.authorization.k8s.io', 'clusterroles', 'rbac-escalate'],
  ['escalate', 'rbac.authorization.k8s.io', 'roles', 'rbac-escalate'],
  ['bind', 'rbac.authorization.k8s.io', 'clusterroles', 'rbac-bind'],
  ['bind', 'rbac.authorization.k8s.io', 'roles', 'rbac-bind'],
  ['impersonate', '', 'users', 'rbac-impersonate'],
  ['impersonate', '', 'groups', 'rbac-impersonate'],
  ['impersonate', '', 'serviceaccounts', 'rbac-impersonate'],
  ['impersonate', 'authentication.k8s.io', 'userextras/scopes', 'rbac-impersonate'],
  ['impersonate:user-info', 'authentication.k8s.io', 'users', 'rbac-impersonate'],
  ['impersonate:serviceaccount', 'authentication.k8s.io', 'serviceaccounts', 'rbac-impersonate'],
  ['impersonate:arbitrary-node', 'authentication.k8s.io', 'nodes', 'rbac-impersonate'],
  ['list', '', 'secrets', 'rbac-secrets'],
  ['watch', '', 'secrets', 'rbac-secrets'],
  ['get', '', 'secrets', 'rbac-secrets'],
  ['delete', '', 'secrets', 'rbac-secrets'],
  ['create', '', 'pods/exec', 'rbac-exec'],
  ['get', '', 'pods/exec', 'rbac-exec'],
  ['create', '', 'pods/attach', 'rbac-exec'],
  ['patch', '', 'pods/ephemeralcontainers', 'rbac-exec'],
  ['get', '', 'nodes/proxy', 'rbac-node-proxy'],
  ['create', '', 'nodes/proxy', 'rbac-node-proxy'],
  ['create', 'admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'rbac-admission'],
  ['update', 'admissionregistration.k8s.io', 'validatingwebhookconfigurations', 'rbac-admission'],
  ['delete', 'admissionregistration.k8s.io', 'validatingadmissionpolicybindings', 'rbac-admission'],
  ['create', '', 'serviceaccounts/token', 'rbac-tokens'],
  ['patch', '', 'namespaces/status', 'rbac-namespaces'],
  ['create', '', 'pods/portforward', 'rbac-port-forward'],
];

const rbac = 'rbac.authorization.k8s.io/v1';
const errorsFor = (object: KubernetesObject) =>
  evaluate([{ object }], { target: ClusterTarget.of('1.36'), today: '2026-11-21' })
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ rule }) => rule);

describe.each(['Role', 'ClusterRole'])('a raw %s', (kind) => {
  it.each(powers)('that grants %s on %s/%s needs an exception to %s', (verb, group, resource, rule) => {
    const rules = [{ apiGroups: [group], resources: [resource], verbs: [verb] }];
    const metadata = { name: 'x', ...(kind === 'Role' && { namespace: 'shop' }) };
    expect(errorsFor({ apiVersion: rbac, kind, metadata, rules })).toContain(rule);
  });
});

it.each(['RoleBinding', 'ClusterRoleBinding'])('a raw %s to system:masters needs one to rbac-masters', (kind) => {
  const binding = {
    apiVersion: rbac,
    kind,
    metadata: { name: 'x', ...(kind === 'RoleBinding' && { namespace: 'shop' }) },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:masters' }],
  };
  expect(errorsFor(binding)).toContain('rbac-masters');
});
