import type { KubernetesObject } from '../../../manifest/object';
import type { LabelSelector } from '../../../manifest/pod-common';
import { type NetworkPolicyPeer, type NetworkPolicyPort, namespaceNameLabel } from '../../../network/peer';
import type { Violation } from '../../finding';
import type { ObjectRule } from '../../rule';
import { isAbsent, NONE } from '../support';

interface PolicyRule {
  readonly from?: readonly (NetworkPolicyPeer | null)[] | null;
  readonly to?: readonly (NetworkPolicyPeer | null)[] | null;
  readonly ports?: readonly (NetworkPolicyPort | null)[] | null;
}

interface PolicySpec {
  readonly policyTypes?: readonly string[] | null;
  readonly ingress?: readonly PolicyRule[] | null;
  readonly egress?: readonly PolicyRule[] | null;
}

const directions = [
  { list: 'ingress', peers: 'from', type: 'Ingress', everyone: 'lets everyone in' },
  { list: 'egress', peers: 'to', type: 'Egress', everyone: 'lets its pods out to everywhere' },
] as const;

function isEmpty(selector: LabelSelector | null | undefined): boolean {
  if (isAbsent(selector)) return true;
  return Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;
}

/** True for expressions that every namespace meets: its name is always there, and what it lacks nobody has to set. */
function isEveryNamespace(selector: LabelSelector): boolean {
  if (Object.keys(selector.matchLabels ?? {}).length > 0) return false;
  return (selector.matchExpressions ?? []).every(({ key, operator }) =>
    operator === 'DoesNotExist' ? key !== namespaceNameLabel : operator === 'Exists' && key === namespaceNameLabel,
  );
}

/** True for every pod of every namespace. */
function isWholeCluster(peer: NetworkPolicyPeer | null): boolean {
  if (isAbsent(peer)) return false;
  const { ipBlock, namespaceSelector, podSelector } = peer;
  return (
    isAbsent(ipBlock) && !isAbsent(namespaceSelector) && isEveryNamespace(namespaceSelector) && isEmpty(podSelector)
  );
}

/** More ports than any service listens on. */
const WIDE = 10_000;

/** True for an entry of ports that leaves hardly any out: no port at all, or a wide range. */
function isEveryPort(entry: NetworkPolicyPort | null): boolean {
  if (isAbsent(entry)) return false;
  const { port, endPort } = entry;
  return isAbsent(port) || (typeof port === 'number' && Number(endPort ?? port) - port > WIDE);
}

/** The ordinary rule: peers and ports are named, and none of them is everything. */
function isNarrow({ ports, ...rule }: PolicyRule, key: 'from' | 'to'): boolean {
  const peers = rule[key];
  if (isAbsent(peers) || peers.length === 0 || isAbsent(ports) || ports.length === 0) return false;
  return !peers.some(isWholeCluster) && !ports.some(isEveryPort);
}

function judge(
  rule: PolicyRule,
  path: readonly (string | number)[],
  { peers: key, everyone }: (typeof directions)[number],
): readonly Violation[] {
  const found: Violation[] = [];
  const peers = rule[key] ?? [];
  const ports = rule.ports ?? [];
  if (peers.length === 0) {
    found.push({
      path: [...path, key],
      message: `the rule names no peer, so it ${everyone}`,
      remedy: `name the peers in ${key}: pod and namespace selectors, or the smallest ipBlock`,
    });
  }
  peers.forEach((peer, index) => {
    if (!isWholeCluster(peer)) return;
    found.push({
      path: [...path, key, index],
      message: 'the rule selects every pod of every namespace of the cluster',
      remedy: 'select the pods and the namespace that need it',
    });
  });
  if (ports.length === 0) {
    found.push({
      path: [...path, 'ports'],
      message: 'the rule names no port, so it opens all of them',
      remedy: 'name the port and protocol that is served',
    });
  }
  ports.forEach((port, index) => {
    if (!isEveryPort(port)) return;
    found.push({
      path: [...path, 'ports', index],
      value: port,
      message: isAbsent(port?.port)
        ? `the rule opens every ${port?.protocol ?? 'TCP'} port`
        : `the rule opens the ${port?.protocol ?? 'TCP'} ports from ${port?.port} to ${port?.endPort}`,
      remedy: 'name the port that is served',
    });
  });
  return found;
}

/** The rules of a NetworkPolicy that count: a direction that policyTypes leaves out is ignored by the cluster. */
function check({ spec }: KubernetesObject): readonly Violation[] {
  const { policyTypes, ...rules } = (spec ?? {}) as PolicySpec;
  let found: Violation[] | undefined;
  for (const direction of directions) {
    if (!isAbsent(policyTypes) && policyTypes.length > 0 && !policyTypes.includes(direction.type)) continue;
    const entries = rules[direction.list];
    if (isAbsent(entries)) continue;
    for (let index = 0; index < entries.length; index++) {
      const rule = entries[index] ?? {};
      if (isNarrow(rule, direction.peers)) continue;
      found ??= [];
      found.push(...judge(rule, ['spec', direction.list, index], direction));
    }
  }
  return found ?? NONE;
}

export const networkOpen = {
  id: 'network-open',
  subject: 'object',
  kinds: ['networking.k8s.io/NetworkPolicy'],
  title: 'No NetworkPolicy opens every port or every peer',
  severity: 'error',
  why:
    'A rule without peers or without ports looks like protection and is none: an attacker in any pod reaches debug, metrics and admin ports, ' +
    'and one in this pod reaches the whole network and carries data out.',
  fix: 'Name the peers (pods and namespace, or the smallest ipBlock) and the ports in each rule.',
  check,
} as const satisfies ObjectRule;
