import type { ObjectRule } from '../../rule';
import { coversResource, eachPolicyRule, grantedVerbs, roleKinds } from './support';

const secrets = { group: '', resource: 'secrets' } as const;
/** Every verb whose answer holds the values: an empty patch returns the whole Secret, and a dry run of deletecollection lists them all. */
const readingVerbs = ['get', 'list', 'watch', 'patch', 'deletecollection'] as const;

export const rbacSecrets = {
  id: 'rbac-secrets',
  subject: 'object',
  kinds: roleKinds,
  title: 'No role reads every Secret',
  severity: 'error',
  why:
    'Who reads all Secrets of a namespace has the tokens, passwords and keys of everything in it; list, watch, patch and deletecollection show the values as get does. ' +
    'Source: CIS Kubernetes Benchmark 5.1.2.',
  fix: 'Name the Secrets in resourceNames, or mount them as files into the pods that need them.',
  check: eachPolicyRule((rule, index) => {
    if (!coversResource(rule, secrets) || (rule.resourceNames ?? []).length > 0) return [];
    const verbs = grantedVerbs(rule, readingVerbs);
    if (verbs.length === 0) return [];
    return [
      {
        path: ['rules', index, 'resources'],
        value: rule.resources,
        message: `the rule grants ${verbs.join(', ')} on every Secret`,
        remedy: 'name the Secrets in resourceNames, or leave secrets out',
      },
    ];
  }),
} as const satisfies ObjectRule;
