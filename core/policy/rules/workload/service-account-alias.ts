import type { PodRule } from '../../rule';
import { NONE } from '../../rule';

/** Only where the old field stands alone. No admission policy can ask it: the API server has written the name into both before it asks one. */
export const serviceAccountAlias = {
  id: 'service-account-alias',
  subject: 'pod',
  title: 'The ServiceAccount is named in the field of today',
  severity: 'info',
  why:
    'Reviews, policies and tools overlook serviceAccount, a deprecated alias: a pod that names a powerful account there looks as if it ran as ' +
    '"default", until the API server has copied the name.',
  fix: 'Name the account in serviceAccountName.',
  check: (pod) => {
    const { serviceAccount, serviceAccountName } = pod.spec;
    if (!serviceAccount || serviceAccountName) return NONE;
    return [
      {
        path: [...pod.path, 'serviceAccount'],
        value: serviceAccount,
        message: 'the pod names its ServiceAccount in serviceAccount, which is deprecated',
        remedy: 'use serviceAccountName',
      },
    ];
  },
} as const satisfies PodRule;
