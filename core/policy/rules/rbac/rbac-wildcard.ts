import type { ObjectRule } from '../../rule';
import { eachPolicyRule, roleKinds } from './support';

const fields = ['verbs', 'resources', 'apiGroups', 'nonResourceURLs'] as const;

const meaning: Readonly<Record<(typeof fields)[number], string>> = {
  verbs: 'every verb, those of later versions included',
  resources: 'every resource, Secrets and those of later versions included',
  apiGroups: 'every API group, those of operators installed later included',
  nonResourceURLs: 'every path of the API server that is no resource',
};

export const rbacWildcard = {
  id: 'rbac-wildcard',
  subject: 'object',
  kinds: roleKinds,
  title: 'No role has wildcards',
  severity: 'error',
  why:
    'A wildcard grants what nobody thought of: Secrets, exec into pods, kinds that an operator brings next year. ' +
    'Whoever takes over one subject has all of it. Source: CIS Kubernetes Benchmark 5.1.3.',
  fix: 'List the API groups, resources and verbs that are needed.',
  check: eachPolicyRule((rule, index) =>
    fields.flatMap((field) => {
      const at = (rule[field] ?? []).findIndex((entry) => String(entry).includes('*'));
      if (at === -1) return [];
      const value = rule[field]?.[at];
      return [
        {
          path: ['rules', index, field, at],
          value,
          message: value === '*' ? `the rule grants ${meaning[field]}` : `the rule grants "${value}", a wildcard`,
          remedy: `list the ${field} that are needed`,
        },
      ];
    }),
  ),
} as const satisfies ObjectRule;
