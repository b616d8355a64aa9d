import { formatIdentity, identityOf } from '../../../manifest/identity';
import type { Direction } from '../../../network/allowances';
import { isEmptySelector } from '../../../network/selectors';
import type { SetRule } from '../../rule';

export const namespaceNetworkIsolation = {
  id: 'namespace-network-isolation',
  subject: 'set',
  title: 'Every workload is in a namespace that denies by default',
  severity: 'warning',
  why:
    "A workload's own policy guards the workload, but pods that come into the namespace by other ways are open " +
    'both ways, and an attacker in one of them moves on from there. It can be waived, since another repository ' +
    'may own the default deny.',
  fix: 'Add a NetworkPolicy that selects every pod and opens nothing, or put the workload into a LockedNamespace, which has one.',
  *check({ policies, pods }) {
    const closed: Readonly<Record<Direction, Set<string | undefined>>> = { ingress: new Set(), egress: new Set() };
    for (const { namespace, isolation } of policies) {
      if (!isEmptySelector(isolation.podSelector)) continue;
      for (const direction of isolation.directions)
        if (!isolation.opened.includes(direction)) closed[direction].add(namespace);
    }
    const reported = new Set<string | undefined>();
    for (const { object, construct, namespace } of pods.all) {
      if (reported.has(namespace) || (closed.ingress.has(namespace) && closed.egress.has(namespace))) continue;
      reported.add(namespace);
      yield {
        construct,
        object: formatIdentity(identityOf(object)),
        property: 'metadata.namespace',
        value: namespace,
        message: `nothing here denies traffic by default in ${namespace === undefined ? 'its namespace' : `namespace ${namespace}`}`,
        remedy:
          'add a NetworkPolicy with an empty podSelector and both policyTypes, or see that the owner of the namespace has one, and waive this rule',
      };
    }
  },
} as const satisfies SetRule;
