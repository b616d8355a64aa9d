import { formatIdentity, identityOf } from '../../../manifest/identity';
import { formatPath } from '../../../manifest/path';
import { isMapping } from '../../../manifest/plain';
import type { Direction } from '../../../network/allowances';
import type { RuleOfPolicy } from '../../../network/isolation';
import { resolvePorts } from '../../../network/reach';
import { isEmptySelector, selectorTakes } from '../../../network/selectors';
import type { ObjectSet, PodsOfSet, PolicyOfSet } from '../../object-set';
import type { SetRule } from '../../rule';
import { asksNamespacesFor, namespaceOfPeer } from './support';

const opposite: Readonly<Record<Direction, Direction>> = { ingress: 'egress', egress: 'ingress' };

const words: Readonly<Record<Direction, { readonly lets: string; readonly closes: string; readonly key: string }>> = {
  egress: { lets: 'lets its pods out to', closes: 'let none of them in there', key: 'ingress' },
  ingress: { lets: 'lets in', closes: 'do not let them out to its pods', key: 'egress' },
};

/** Whether two lists of ports are written alike. */
function isSamePorts(some: readonly unknown[], others: readonly unknown[]): boolean {
  if (some.length !== others.length) return false;
  return some.every((one, at) => {
    const other = others[at];
    if (!isMapping(one) || !isMapping(other)) return false;
    return one.port === other.port && one.protocol === other.protocol && one.endPort === other.endPort;
  });
}

/** Whether a policy of the other side plainly has the same connection: most have, and need no more to be asked. */
function isMirrored(closing: readonly PolicyOfSet[], subjects: readonly PodsOfSet[], rule: RuleOfPolicy): boolean {
  return closing.some(({ namespace: own, isolation }) =>
    isolation.rules.some(
      ({ direction, ports, peers }) =>
        direction === opposite[rule.direction] &&
        isSamePorts(ports, rule.ports) &&
        peers.some(({ peer }) => {
          if (isEmptySelector(peer.podSelector)) return false;
          const named = namespaceOfPeer(peer, own);
          return (
            named !== undefined &&
            subjects.some((pods) => named.name === pods.namespace && selectorTakes(peer.podSelector, pods) === 'yes')
          );
        }),
    ),
  );
}

/** Whether one of the subjects gets through to, or from, the other side on a port of the rule. */
function isOpen(
  { reach }: ObjectSet,
  subjects: readonly PodsOfSet[],
  other: PodsOfSet,
  { object }: PolicyOfSet,
  { direction, index }: RuleOfPolicy,
): boolean {
  const { reachability, indexOf, policyOf } = reach;
  const rule = policyOf(object)?.rules.find((each) => each.path[1] === direction && each.path[2] === index);
  const there = indexOf(other.object);
  const others = subjects.filter((subject) => subject !== other);
  if (rule === undefined || there === undefined || others.length === 0) return true;
  return others.some((subject) => {
    const here = indexOf(subject.object);
    if (here === undefined) return true;
    const end = reachability.ends[direction === 'egress' ? there : here];
    const ports = resolvePorts(rule.ports, end?.kind === 'pods' ? end.pods.ports : []);
    // A rule that is for no port of theirs is for network-port-unused to report.
    return ports.isEmpty || !reachability.openedBy(there, opposite[direction], here).intersect(ports).isEmpty;
  });
}

/** No admission policy can express it: a request shows the policy alone, not those of the other side. */
export const networkConnectionBlocked = {
  id: 'network-connection-blocked',
  subject: 'set',
  title: 'What one side of a connection opens, the other side does not close',
  severity: 'warning',
  why:
    'A connection needs both sides: a rule for pods that the policies of the other side keep out opens nothing, until somebody opens more ' +
    'than was meant to make it work. It is a warning, since another repository may hold the policy that lets it through.',
  fix: 'Let it through on the other side too, or remove the rule; in TypeScript connectTo opens both.',
  *check(set) {
    const { pods, policies } = set;
    // Of few sets it has to be known: most connections have both sides.
    let isUnclear: ReturnType<typeof asksNamespacesFor> | undefined;
    for (const policy of policies) {
      const { object, construct, namespace: own, isolation } = policy;
      const subjects = set.subjects(policy);
      if (subjects.length === 0) continue;
      for (const rule of isolation.rules) {
        const { direction } = rule;
        if (!isolation.directions.includes(direction)) continue;
        for (const { peer, path } of rule.peers) {
          const namespace = namespaceOfPeer(peer, own);
          if (namespace === undefined || isEmptySelector(peer.podSelector)) continue;
          for (const other of pods.in(namespace.name, peer.podSelector)) {
            const closing = set.closing(other, opposite[direction]);
            if (closing.length === 0 || isMirrored(closing, subjects, rule)) continue;
            isUnclear ??= asksNamespacesFor(set);
            if (isUnclear(own) || isUnclear(namespace.name) || isOpen(set, subjects, other, policy, rule)) continue;
            const { lets, closes, key } = words[direction];
            yield {
              construct,
              object: formatIdentity(identityOf(object)),
              property: formatPath(path),
              value: peer,
              message: `the rule ${lets} ${formatIdentity(identityOf(other.object))}, whose policies ${closes} on these ports: ${closing.map((each) => formatIdentity(identityOf(each.object))).join(', ')}`,
              remedy: `add the ${key} rule to the other side, or remove this one`,
            };
          }
        }
      }
    }
  },
} as const satisfies SetRule;
