import { pods } from '../../clause';
import { podRule } from '../../define';
import { and, isEmpty, isFilled } from '../../expression/operators';

/** Only where the old field stands alone: the API server writes the name into both. */
export const serviceAccountAlias = podRule({
  id: 'service-account-alias',
  title: 'The ServiceAccount is named in the field of today',
  severity: 'info',
  why:
    'Reviews, policies and tools overlook serviceAccount, a deprecated alias: a pod that names a powerful account there looks as if it ran as ' +
    '"default", until the API server has copied the name.',
  fix: 'Name the account in serviceAccountName.',
  clauses: [
    pods.violation({
      when: ({ spec }) => and(isFilled(spec.serviceAccount), isEmpty(spec.serviceAccountName)),
      at: ({ spec }) => spec.serviceAccount,
      message: 'the pod names its ServiceAccount in serviceAccount, which is deprecated',
      remedy: 'use serviceAccountName',
    }),
  ],
});
