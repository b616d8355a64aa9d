import { formatIdentity, identityOf } from '../../../manifest/identity';
import { formatPath } from '../../../manifest/path';
import { isEmptySelector } from '../../../network/selectors';
import type { SetRule } from '../../rule';
import { namespaceOfPeer } from './support';

/** No admission policy can express it: a request shows the policy alone, not the pods beside it. */
export const networkPeerUnknown = {
  id: 'network-peer-unknown',
  subject: 'set',
  title: 'The peers of network policies are there',
  severity: 'info',
  why:
    'A peer that selects no pods lets nobody through, which somebody mends by opening more; and it waits for whoever may create a pod ' +
    'with that label. It is asked where pods of the namespace are among the objects.',
  fix: 'Select labels that the pods carry, or remove the peer.',
  *check(set) {
    const { pods, policies } = set;
    for (const { object, construct, namespace: own, isolation } of policies) {
      for (const { peer, path } of isolation.rules.flatMap(({ peers }) => peers)) {
        const namespace = namespaceOfPeer(peer, own);
        if (namespace === undefined || isEmptySelector(peer.podSelector) || !pods.has(namespace.name)) continue;
        if (set.mayHave(namespace.name, peer.podSelector)) continue;
        yield {
          construct,
          object: formatIdentity(identityOf(object)),
          property: formatPath([...path, 'podSelector']),
          value: peer.podSelector,
          message: `the rule lets through pods that are not here${namespace.name === undefined ? '' : `, in namespace ${namespace.name}`}`,
          remedy: 'select labels that the pods carry, or remove the peer',
        };
      }
    }
  },
} as const satisfies SetRule;
