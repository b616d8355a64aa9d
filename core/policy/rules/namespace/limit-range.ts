import type { SetRule } from '../../rule';
import { namespacesWithout } from './support';

/** No admission policy can express it: a request shows the Namespace alone, not what is made in it afterwards. */
export const limitRange = {
  id: 'limit-range',
  subject: 'set',
  title: 'Every namespace bounds its containers',
  severity: 'warning',
  why:
    'Without a LimitRange a container that names no limit has none: a pod that someone adds by hand, or a debug container, ' +
    'takes the memory of its node, and the kernel kills others for it.',
  fix: 'Put a LimitRange into the namespace, or declare it as a LockedNamespace.',
  check: ({ objects }) =>
    namespacesWithout('LimitRange', objects, {
      message: 'nothing here bounds the containers of the namespace that name no limits',
      remedy: 'put a LimitRange into it',
    }),
} as const satisfies SetRule;
