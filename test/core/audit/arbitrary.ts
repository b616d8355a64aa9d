import * as fc from 'fast-check';
import type { AuditPolicySpec, AuditRequest, AuditRule } from '../../../core/audit';
import { auditLevels, auditStages } from '../../../core/audit';

/** Few values, so that rules and requests meet often. */
const groupNames = ['', 'apps', 'example.com'] as const;
const resources = ['pods', 'secrets', 'pods/log', 'pods/*', '*/log', '*', 'deployments', 'deployments/scale'] as const;
const names = ['a', 'b'] as const;
const namespaces = ['', 'shop', 'kube-system'] as const;
const users = ['jane', 'system:node:n1', 'system:anonymous', 'system:serviceaccount:shop:web'] as const;
const userGroups = ['system:authenticated', 'system:unauthenticated', 'system:nodes', 'developers'] as const;
const verbs = ['get', 'list', 'create', 'delete'] as const;
const paths = ['/healthz', '/healthz*', '/livez/a', '/livez/*', '*', '/metrics'] as const;

const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 0, maxLength: 3 });
const maybe = <T>(values: readonly T[]) => fc.option(some(values), { nil: undefined, freq: 2 });

const entry = fc.record(
  {
    group: fc.constantFrom(...groupNames, '*'),
    resources: some(resources),
    resourceNames: fc.option(some(names), { nil: undefined, freq: 2 }),
  },
  { requiredKeys: ['group'] },
);

const who = { users: maybe(users), userGroups: maybe(userGroups), verbs: maybe(verbs) };
const rest = {
  level: fc.constantFrom(...auditLevels),
  omitStages: maybe(auditStages),
  omitManagedFields: fc.option(fc.boolean(), { nil: undefined }),
};

/** A rule for resources, for paths, or for both. */
export const auditRule: fc.Arbitrary<AuditRule> = fc.oneof(
  fc.record({ ...who, ...rest, resources: fc.array(entry, { maxLength: 2 }), namespaces: maybe(namespaces) }),
  fc.record({ ...who, ...rest, nonResourceURLs: some(paths) }),
  fc.record({ ...who, ...rest }),
);

export const auditPolicy: fc.Arbitrary<AuditPolicySpec> = fc.record({
  rules: fc.array(auditRule, { minLength: 1, maxLength: 5 }),
  omitStages: maybe(auditStages),
  omitManagedFields: fc.option(fc.boolean(), { nil: undefined }),
});

/** Somebody whom Kubernetes may know by that name, in the groups that it gives such a one. */
export const requester: fc.Arbitrary<AuditRequest['user']> = fc.oneof(
  fc.constant(undefined),
  fc.constant({ name: 'system:anonymous', groups: ['system:unauthenticated'] }),
  fc
    .tuple(
      fc.constantFrom('jane', 'somebody', 'system:node:n1', 'system:serviceaccount:shop:web'),
      some(['system:nodes', 'developers']),
    )
    .map(([name, groups]) => ({
      name,
      groups: [
        ...new Set([
          'system:authenticated',
          ...groups,
          ...(name.startsWith('system:node:') ? ['system:nodes'] : []),
          ...(name.startsWith('system:serviceaccount:')
            ? ['system:serviceaccounts', 'system:serviceaccounts:shop']
            : []),
        ]),
      ],
    })),
);

export const auditRequest: fc.Arbitrary<AuditRequest> = fc.oneof(
  fc.record({
    user: requester,
    verb: fc.constantFrom(...verbs, 'watch'),
    resource: fc.record({
      group: fc.constantFrom(...groupNames, 'other.example'),
      resource: fc.constantFrom('pods', 'secrets', 'deployments', 'widgets'),
      subresource: fc.constantFrom('', 'log', 'scale', 'other'),
      name: fc.constantFrom('', ...names, 'c'),
      namespace: fc.constantFrom(...namespaces, 'other'),
    }),
  }),
  fc.record({
    user: requester,
    verb: fc.constantFrom(...verbs, 'post'),
    path: fc.constantFrom('/healthz', '/healthz/etcd', '/livez', '/livez/a', '/livez/b', '/metrics', '/other'),
  }),
);
