import type { SetRule } from '../../rule';
import { namespacesWithout } from './support';

/** No admission policy can express it: a request shows the Namespace alone, not what is made in it afterwards. */
export const resourceQuota = {
  id: 'resource-quota',
  subject: 'set',
  title: 'Every namespace has a quota',
  severity: 'warning',
  why:
    'Without a quota one workload that was taken over, or that loops, takes the memory, the addresses and the load balancers of ' +
    'the whole cluster: its neighbours stop, and the bill does not.',
  fix: 'Put a ResourceQuota into the namespace, or declare it as a LockedNamespace.',
  check: ({ objects }) =>
    namespacesWithout('ResourceQuota', objects, {
      message: 'nothing here bounds what the namespace takes of the cluster',
      remedy: 'put a ResourceQuota into it',
    }),
} as const satisfies SetRule;
