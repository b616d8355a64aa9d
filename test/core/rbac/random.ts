/** Roles, bindings and requests by chance, of so few words that many of them meet. */
import * as fc from 'fast-check';
import type { KubernetesObject } from '../../../core/manifest/object';
import type { AccessRequest } from '../../../core/rbac/policy-rule';
import { type Subject, serviceAccount } from '../../../core/rbac/subject';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const apiGroup = 'rbac.authorization.k8s.io';

/** The names that a world is made of. */
export interface Names {
  /** Before everything that is not in a namespace. */
  readonly prefix: string;
  readonly namespaces: readonly [string, ...string[]];
}

/** What stands in the cluster, and what is asked of it. */
export interface RandomWorld {
  readonly objects: readonly KubernetesObject[];
  readonly requests: readonly (readonly [Subject, AccessRequest])[];
}

const some = <T>(values: readonly T[], most = 3) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most });

const verbs = ['get', 'list', 'create', 'patch', 'delete', 'use', 'bind', 'get', 'list', 'create', '*'];
const groups = ['', 'apps', 'example.com', '', 'apps', 'policy', '*'];
const resources = [
  'pods',
  'pods/exec',
  'pods/*',
  '*/scale',
  'deployments',
  'deployments/scale',
  'secrets',
  '*/*',
  '*',
  'a/b/c',
  '*/b/c',
];
const names = ['x', 'y', ''];
const urls = ['/healthz', '/healthz/*', '/a*', '/a/**', '/a/b', '*', '/*'];

const resourceRule = fc.record({
  verbs: some(verbs),
  apiGroups: some(groups, 2),
  resources: some(resources),
  resourceNames: fc.option(some(names, 2), { nil: undefined, freq: 2 }),
});
const pathRule = fc.record({ verbs: some(verbs), nonResourceURLs: some(urls) });

const subjectsOf = ({ prefix, namespaces }: Names): readonly Subject[] => [
  ...[1, 2, 3, 4].map((i): Subject => ({ kind: 'User', name: `${prefix}-user-${i}` })),
  ...[1, 2, 3].map((i): Subject => ({ kind: 'Group', name: `${prefix}:group:${i}` })),
  ...namespaces.flatMap((namespace) => ['a', 'b', 'c'].map((name) => serviceAccount(namespace, name))),
  ...namespaces.map((namespace): Subject => ({ kind: 'Group', name: `system:serviceaccounts:${namespace}` })),
];

/** Groups of many: bound in namespaces of the test alone, since a test is not alone in its cluster. */
const many: readonly Subject[] = ['system:authenticated', 'system:serviceaccounts', 'system:unauthenticated'].map(
  (name) => ({
    kind: 'Group',
    name,
  }),
);

const written = ({ kind, name, namespace }: Subject) =>
  kind === 'ServiceAccount' ? { kind, name, namespace } : { kind, name, apiGroup };
const asUser = (subject: Subject) =>
  subject.kind === 'ServiceAccount'
    ? { kind: 'User', name: `system:serviceaccount:${subject.namespace}:${subject.name}`, apiGroup }
    : written(subject);

function requestArbitrary({ namespaces }: Names): fc.Arbitrary<AccessRequest> {
  const verb = fc.constantFrom(...verbs);
  const resource = fc.record({
    verb,
    group: fc.constantFrom(...groups),
    resource: fc.constantFrom(...resources, 'services', 'services/scale', 'pods/log'),
    namespace: fc.constantFrom(undefined, ...namespaces, ...namespaces),
    name: fc.constantFrom(undefined, 'x', 'y', 'z'),
  });
  const path = fc.record({
    verb,
    path: fc.constantFrom('/healthz', '/healthz/ready', '/a', '/a/b', '/a/b/c', '/', '/ab'),
  });
  return fc
    .oneof({ weight: 5, arbitrary: resource }, { weight: 1, arbitrary: path })
    .map((request) =>
      Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)),
    ) as unknown as fc.Arbitrary<AccessRequest>;
}

/** A world of its own for names of its own. */
export function worldArbitrary(
  all: Names,
  size: { readonly roles: number; readonly requests: number },
): fc.Arbitrary<RandomWorld> {
  const { prefix, namespaces } = all;
  const subjects = subjectsOf(all);
  const rules = fc.array(resourceRule, { minLength: 1, maxLength: 3 });
  const label = fc.constantFrom(undefined, `${prefix}/one`, `${prefix}/two`);
  const clusterRole = fc.record({
    rules: fc.oneof(
      { weight: 3, arbitrary: rules },
      { weight: 1, arbitrary: fc.array(pathRule, { minLength: 1, maxLength: 2 }) },
    ),
    label,
    takes: fc.option(fc.constantFrom(`${prefix}/one`, `${prefix}/two`), { freq: 4, nil: undefined }),
  });
  const clusterRoles = fc.array(clusterRole, { minLength: size.roles, maxLength: size.roles });
  const roles = fc.array(fc.tuple(fc.constantFrom(...namespaces), rules), {
    minLength: size.roles,
    maxLength: size.roles,
  });
  const binding = fc.record({
    namespace: fc.constantFrom(undefined, ...namespaces),
    isOfRole: fc.boolean(),
    index: fc.nat({ max: size.roles }),
    own: some(subjects),
    alsoMany: fc.option(fc.constantFrom(...many), { freq: 4, nil: undefined }),
    isUser: fc.boolean(),
    leavesNamespace: fc.boolean(),
  });
  const bindings = fc.array(binding, { minLength: size.roles, maxLength: size.roles });
  const requests = fc.array(fc.tuple(fc.constantFrom(...subjects), requestArbitrary(all)), {
    minLength: size.requests,
    maxLength: size.requests,
  });
  return fc.record({ clusterRoles, roles, bindings, requests }).map((made) => ({
    requests: made.requests,
    objects: [
      ...made.clusterRoles.map(({ rules: own, label: mark, takes }, i) => ({
        apiVersion,
        kind: 'ClusterRole',
        metadata: { name: `${prefix}-${i}`, ...(mark && !takes && { labels: { [mark]: 'yes' } }) },
        ...(takes
          ? { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [takes]: 'yes' } }] } }
          : { rules: own }),
      })),
      ...made.roles.map(([namespace, own], i) => ({
        apiVersion,
        kind: 'Role',
        metadata: { namespace, name: `${prefix}-${i}` },
        rules: own,
      })),
      ...made.bindings.map(({ namespace, isOfRole, index, own, alsoMany, isUser, leavesNamespace }, i) => ({
        apiVersion,
        kind: namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding',
        metadata: { ...(namespace !== undefined && { namespace }), name: `${prefix}-${i}` },
        roleRef: {
          apiGroup,
          kind: isOfRole && namespace !== undefined ? 'Role' : 'ClusterRole',
          name: `${prefix}-${index}`,
        },
        subjects: [...own, ...(alsoMany && namespace !== undefined ? [alsoMany] : [])].map((subject) => {
          if (subject.kind === 'ServiceAccount' && namespace !== undefined && leavesNamespace)
            return { kind: subject.kind, name: subject.name };
          return isUser ? asUser(subject) : written(subject);
        }),
      })),
    ],
  }));
}
