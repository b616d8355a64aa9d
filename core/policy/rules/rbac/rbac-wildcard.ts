import { objectRule } from '../../define';
import { choose, contains, is, text } from '../../expression/operators';
import { policyRules, roleKinds } from './support';

const fields = ['verbs', 'resources', 'apiGroups', 'nonResourceURLs'] as const;

const meaning: Readonly<Record<(typeof fields)[number], string>> = {
  verbs: 'every verb, those of later versions included',
  resources: 'every resource, Secrets and those of later versions included',
  apiGroups: 'every API group, those of operators installed later included',
  nonResourceURLs: 'every path of the API server that is no resource',
};

export const rbacWildcard = objectRule({
  id: 'rbac-wildcard',
  kinds: roleKinds,
  title: 'No role has wildcards',
  severity: 'error',
  why:
    'A wildcard grants what nobody thought of: Secrets, exec into pods, kinds that an operator brings next year. ' +
    'Whoever takes over one subject has all of it. Source: CIS Kubernetes Benchmark 5.1.3.',
  fix: 'List the API groups, resources and verbs that are needed.',
  clauses: fields.map((field) =>
    policyRules
      .each((rule) => rule[field])
      .violation({
        when: (entry) => contains(entry, '*'),
        at: (entry) => entry,
        message: (entry) =>
          text`the rule grants ${choose(is(entry, '*'), meaning[field], text`"${entry}", a wildcard`)}`,
        remedy: `list the ${field} that are needed`,
      }),
  ),
});
