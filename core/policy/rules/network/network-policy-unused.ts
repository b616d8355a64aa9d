import { formatIdentity, identityOf } from '../../../manifest/identity';
import { isolationOf } from '../../../network/isolation';
import { isEmptySelector } from '../../../network/selectors';
import type { SetRule } from '../../rule';
import { podsOfSet } from './support';

/** No admission policy can express it: a request shows the policy alone, not the pods beside it. */
export const networkPolicyUnused = {
  id: 'network-policy-unused',
  subject: 'set',
  title: 'Every network policy selects pods',
  severity: 'warning',
  why:
    'A policy whose selector misses its pods, by a typing error or after a label was renamed, guards nobody: they are open while their ' +
    'owner takes them for closed. It is asked where pods of the namespace are among the objects.',
  fix: 'Select labels that the pods carry, or remove the policy.',
  check: (objects, kinds) => {
    const pods = podsOfSet(objects, kinds);
    return objects.flatMap(({ object, construct }) => {
      const policy = isolationOf(object);
      const namespace = object.metadata?.namespace;
      if (policy === undefined || isEmptySelector(policy.podSelector) || !pods.has(namespace)) return [];
      if (pods.in(namespace, policy.podSelector).length > 0) return [];
      return {
        construct,
        object: formatIdentity(identityOf(object)),
        property: 'spec.podSelector',
        value: policy.podSelector,
        message: 'the policy selects no pods of those here: it guards nobody',
        remedy: 'select labels that the pods carry, or remove the policy',
      };
    });
  },
} as const satisfies SetRule;
