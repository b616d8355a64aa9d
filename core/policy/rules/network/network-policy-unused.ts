import { formatIdentity, identityOf } from '../../../manifest/identity';
import { isEmptySelector } from '../../../network/selectors';
import type { SetRule } from '../../rule';

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
  *check(set) {
    const { pods, policies } = set;
    for (const { object, construct, namespace, isolation } of policies) {
      const { podSelector } = isolation;
      if (isEmptySelector(podSelector) || !pods.has(namespace)) continue;
      if (set.mayHave(namespace, podSelector)) continue;
      yield {
        construct,
        object: formatIdentity(identityOf(object)),
        property: 'spec.podSelector',
        value: podSelector,
        message: 'the policy selects no pods of those here: it guards nobody',
        remedy: 'select labels that the pods carry, or remove the policy',
      };
    }
  },
} as const satisfies SetRule;
