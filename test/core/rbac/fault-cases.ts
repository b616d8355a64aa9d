/** Roles and bindings that the API server takes, and others with what it refuses them for. */
import type { KubernetesObject } from '../../../core/manifest/object';
import { bind, role } from './objects';

const named = (object: KubernetesObject, more: object): KubernetesObject => ({ ...object, ...more });
const binding = bind('default/fault', 'view', 'User jane');
const clusterBinding = bind('fault', 'view', 'User jane');
const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };

export const taken: readonly KubernetesObject[] = [
  role('default/fault', 'get :pods'),
  role('fault', 'get @/healthz', 'invent *:*/scale =x'),
  named(role('default/fault'), { rules: null }),
  named(role('fault'), { rules: [], aggregationRule: { clusterRoleSelectors: [{}] } }),
  binding,
  clusterBinding,
  named(binding, { subjects: [] }),
  named(binding, { subjects: [{ kind: 'ServiceAccount', name: 'a' }] }),
  named(binding, {
    subjects: [
      { kind: 'ServiceAccount', name: 'a', apiGroup: '' },
      { kind: 'Group', name: 'b', apiGroup: '' },
    ],
  }),
  named(binding, { roleRef: { kind: 'Role', name: 'x' } }),
];

export const refused: readonly (readonly [KubernetesObject, string])[] = [
  [named(role('default/fault'), { rules: [{ apiGroups: [''], resources: ['pods'] }] }), 'rules[0].verbs'],
  [named(role('default/fault'), { rules: [{ verbs: ['get'], resources: ['pods'] }] }), 'rules[0].apiGroups'],
  [named(role('default/fault'), { rules: [{ verbs: ['get'], apiGroups: [''] }] }), 'rules[0].resources'],
  [named(role('default/fault'), { rules: [{ verbs: ['get'], nonResourceURLs: ['/a'] }] }), 'rules[0].nonResourceURLs'],
  [
    named(role('fault'), {
      rules: [{ verbs: ['get'], nonResourceURLs: ['/a'], apiGroups: [''], resources: ['pods'] }],
    }),
    'rules[0].nonResourceURLs',
  ],
  [named(role('fault'), { rules: [], aggregationRule: {} }), 'aggregationRule.clusterRoleSelectors'],
  [
    named(role('fault'), {
      rules: [],
      aggregationRule: { clusterRoleSelectors: [{ matchExpressions: [{ key: 'a', operator: 'Is' }] }] },
    }),
    'aggregationRule.clusterRoleSelectors[0].matchExpressions[0].operator',
  ],
  [named(role('fault'), { rules: { verbs: ['get'] } }), 'rules'],
  [named(role('fault'), { rules: [{ verbs: 'get', apiGroups: [''], resources: ['pods'] }] }), 'rules[0].verbs'],
  [
    named(role('fault'), { rules: [{ verbs: ['get'], apiGroups: [''], resources: ['secrets'], resourceName: ['a'] }] }),
    'rules[0].resourceName',
  ],
  [named(clusterBinding, { roleRef: { ...roleRef, kind: 'Role' } }), 'roleRef.kind'],
  [named(binding, { roleRef: { ...roleRef, kind: 'Rule' } }), 'roleRef.kind'],
  [named(binding, { roleRef: { ...roleRef, name: '' } }), 'roleRef.name'],
  [named(binding, { roleRef: { ...roleRef, apiGroup: 'apps' } }), 'roleRef.apiGroup'],
  [named(binding, { subjects: [{ kind: 'User' }] }), 'subjects[0].name'],
  [named(binding, { subjects: [{ kind: 'Users', name: 'a' }] }), 'subjects[0].kind'],
  [named(binding, { subjects: [{ kind: 'User', name: 'a', apiGroup: 'apps' }] }), 'subjects[0].apiGroup'],
  [named(clusterBinding, { subjects: [{ kind: 'ServiceAccount', name: 'a' }] }), 'subjects[0].namespace'],
];
