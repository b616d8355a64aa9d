import { groupBy } from '../../../group-by';
import { formatIdentity, identityOf } from '../../../manifest/identity';
import { lostConnections } from '../../../network/lost-connections';
import { isEmptySelector } from '../../../network/selectors';
import { lastsAsLong, openUntilAnnotation } from '../../../network/temporary';
import type { PolicyOfSet } from '../../object-set';
import type { SetRule } from '../../rule';

const selectorKey = ({ isolation: { podSelector } }: PolicyOfSet): string => {
  if (isEmptySelector(podSelector)) return '';
  const { matchLabels = {}, matchExpressions = [] } = podSelector ?? {};
  return JSON.stringify([Object.entries(matchLabels ?? {}).sort(), matchExpressions ?? []]);
};

/**
 * Whether without the first nothing changes, as long as the second is there. One that denies alone, for some of the pods for which the
 * second denies all of it, is left to its owner: it stays where the other goes.
 */
function isRedundant(policy: PolicyOfSet, by: PolicyOfSet): boolean {
  const { directions, opened } = policy.isolation;
  if (opened.length === 0 && selectorKey(policy) !== selectorKey(by)) return false;
  if (!lastsAsLong(endOf(by), endOf(policy))) return false;
  return (
    directions.every((direction) => by.isolation.directions.includes(direction)) &&
    directions.every((direction) => !opened.includes(direction) || by.isolation.opened.includes(direction)) &&
    lostConnections(policy.object, by.object).length === 0
  );
}

const endOf = ({ object }: PolicyOfSet): string | undefined => object.metadata?.annotations?.[openUntilAnnotation];

/** No admission policy can express it: a request shows the policy alone, not those beside it. */
export const networkPolicyRedundant = {
  id: 'network-policy-redundant',
  subject: 'set',
  title: 'No network policy is of no effect beside another',
  severity: 'info',
  why:
    'Of two policies for the same pods, one may close and open nothing that the other does not: whoever tightens one of them later changes ' +
    'nothing, and takes the pods for closed.',
  fix: 'Remove the one that the other includes, or say in it what is meant.',
  *check({ policies }) {
    for (const [namespace, there] of groupBy(policies, (policy) => policy.namespace)) {
      if (there.length < 2) continue;
      const bySelector = groupBy(there, selectorKey);
      for (const [key, alike] of bySelector) {
        const wider = key === '' ? [] : (bySelector.get('') ?? []);
        for (const policy of alike) {
          // Of two that are the same, the later is redundant.
          const isLater = (other: PolicyOfSet) => alike.indexOf(other) > alike.indexOf(policy);
          const by = [...alike, ...wider].find(
            (other) =>
              other !== policy && isRedundant(policy, other) && !(isLater(other) && isRedundant(other, policy)),
          );
          if (by === undefined) continue;
          yield {
            construct: policy.construct,
            object: formatIdentity(identityOf(policy.object)),
            property: 'spec',
            message: `${formatIdentity(identityOf(by.object))} closes and opens all that this policy does, for the same pods${namespace === undefined ? '' : ` of namespace ${namespace}`}`,
            remedy: 'remove it, or say in it what is meant',
          };
        }
      }
    }
  },
} as const satisfies SetRule;
