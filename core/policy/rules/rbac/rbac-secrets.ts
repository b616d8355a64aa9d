import { objectRule } from '../../define';
import { and, text } from '../../expression/operators';
import { granted, grants, isForAll, policyRules, readingSecrets, roleKinds } from './support';

export const rbacSecrets = objectRule({
  id: 'rbac-secrets',
  kinds: roleKinds,
  title: 'No role reads every Secret',
  severity: 'error',
  why:
    'Who reads all Secrets of a namespace has the tokens, passwords and keys of everything in it; list, watch, patch, delete and deletecollection show the values as get does. ' +
    'Source: CIS Kubernetes Benchmark 5.1.2.',
  fix: 'Name the Secrets in resourceNames, or mount them as files into the pods that need them.',
  clauses: [
    policyRules.violation({
      when: (rule) => and(grants(rule, readingSecrets), isForAll(rule)),
      at: ({ resources }) => resources,
      message: (rule) => text`the rule grants ${granted(rule, readingSecrets)}, which shows the values of every Secret`,
      remedy: 'name the Secrets in resourceNames, or leave secrets out',
    }),
  ],
});
