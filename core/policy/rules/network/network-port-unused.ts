import { formatIdentity, identityOf } from '../../../manifest/identity';
import { formatPath } from '../../../manifest/path';
import { isAbsent, isMapping } from '../../../manifest/plain';
import type { RuleOfPolicy } from '../../../network/isolation';
import { meshPortsOf } from '../../../network/mesh/proxies';
import { type PortEntry, PortSet } from '../../../network/port-set';
import { type DeclaredPort, declaredPortsOf, resolvePorts } from '../../../network/reach';
import { isEmptySelector } from '../../../network/selectors';
import type { ObjectSet, PodsOfSet } from '../../object-set';
import type { SetRule } from '../../rule';
import { namespaceOfPeer } from './support';

type Declared = readonly (readonly DeclaredPort[])[];

/** The pods that the peers of a rule name; undefined where these name more than labels of one namespace that is here. */
function podsOfPeers({ pods }: ObjectSet, own: string | undefined, { peers }: RuleOfPolicy) {
  const found: PodsOfSet[] = [];
  for (const { peer } of peers) {
    const namespace = namespaceOfPeer(peer, own);
    if (namespace === undefined || isEmptySelector(peer.podSelector)) return undefined;
    const named = pods.in(namespace.name, peer.podSelector);
    if (named.length === 0) return undefined;
    found.push(...named);
  }
  return found.length === 0 ? undefined : found;
}

/** What containers say they listen on, and the proxy of a service mesh beside or before those that do. */
function portsOf(pods: PodsOfSet): readonly DeclaredPort[] {
  const declared = declaredPortsOf(pods.spec);
  return declared.length === 0 ? declared : [...declared, ...meshPortsOf(pods)];
}

/** True where none of the pods listens: by a name certainly, by a number if each of them says on what it listens. */
function isUnused(entry: PortEntry, declared: Declared): boolean {
  const { port, endPort, protocol } = entry;
  if (isAbsent(port)) return false;
  for (const ports of declared)
    for (const one of ports)
      if ((one.port === port || one.name === port) && one.protocol === (protocol ?? 'TCP')) return false;
  if (typeof port === 'string') return true;
  if (declared.some((ports) => ports.length === 0)) return false;
  if (isAbsent(endPort)) return true;
  const open = resolvePorts([entry], []);
  return declared.every(
    (ports) => open.intersect(PortSet.of(ports.map((one) => ({ ...one, name: undefined })))).isEmpty,
  );
}

/** No admission policy can express it: a request shows the policy alone, not the pods beside it. */
export const networkPortUnused = {
  id: 'network-port-unused',
  subject: 'set',
  title: 'Network policies open ports that somebody listens on',
  severity: 'info',
  why:
    'A port that no container declares is open for whatever comes to listen there: a debugger, or the shell of an attacker. By a name that ' +
    'no pod has, a rule opens nothing. It is asked where the pods are among the objects, of numbers where each of them declares its ports.',
  fix: 'Name the port that the pods listen on, or declare it in ports of the container.',
  *check(set) {
    const known = new Map<PodsOfSet, readonly DeclaredPort[]>();
    const declaredBy = (pods: PodsOfSet): readonly DeclaredPort[] => {
      const ports = known.get(pods) ?? portsOf(pods);
      known.set(pods, ports);
      return ports;
    };
    for (const policy of set.policies) {
      const { object, construct, namespace, isolation } = policy;
      const subjects = set.subjects(policy);
      if (subjects.length === 0) continue;
      for (const rule of isolation.rules) {
        const { direction, index, ports } = rule;
        if (ports.length === 0 || !isolation.directions.includes(direction)) continue;
        const listening = direction === 'ingress' ? subjects : podsOfPeers(set, namespace, rule);
        if (listening === undefined) continue;
        const declared = listening.map(declaredBy);
        for (let at = 0; at < ports.length; at++) {
          const entry = ports[at];
          if (!isMapping(entry) || !isUnused(entry, declared)) continue;
          const { port, endPort, protocol } = entry as PortEntry;
          const who = [...new Set(listening.map((pods) => formatIdentity(identityOf(pods.object))))].join(', ');
          const text = `${protocol ?? 'TCP'} ${port}${isAbsent(endPort) ? '' : `-${endPort}`}`;
          yield {
            construct,
            object: formatIdentity(identityOf(object)),
            property: formatPath(['spec', direction, index, 'ports', at]),
            value: port,
            message: `the rule opens ${text}, where no container of ${who} listens`,
            remedy: 'name the port that they listen on, or declare it in ports of the container',
          };
        }
      }
    }
  },
} as const satisfies SetRule;
