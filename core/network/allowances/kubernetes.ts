import type { Path } from '../../manifest/path';
import type { NetworkPolicyPeer, NetworkPolicyPort } from '../peer';
import { isEmptySelector, selectsEveryNamespace, selectsMostPods } from '../selectors';
import type { Allowance, AllowedBlock, AllowedPeer } from './allowance';

interface PolicyRule {
  readonly from?: readonly (NetworkPolicyPeer | null)[] | null;
  readonly to?: readonly (NetworkPolicyPeer | null)[] | null;
  readonly ports?: readonly (NetworkPolicyPort | null)[] | null;
}

interface PolicySpec {
  readonly policyTypes?: readonly string[] | null;
  readonly ingress?: readonly (PolicyRule | null)[] | null;
  readonly egress?: readonly (PolicyRule | null)[] | null;
}

const directions = [
  { direction: 'ingress', key: 'from', type: 'Ingress' },
  { direction: 'egress', key: 'to', type: 'Egress' },
] as const;

/**
 * What a networking.k8s.io/v1 NetworkPolicy lets through. A direction that policyTypes leaves out is ignored by the
 * cluster.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function networkPolicyAllowances(spec: unknown): readonly Allowance[] {
  const { policyTypes, ...rules } = (spec ?? {}) as PolicySpec;
  return directions.flatMap(({ direction, key, type }) => {
    if ((policyTypes ?? []).length > 0 && !policyTypes?.includes(type)) return [];
    return (rules[direction] ?? []).map((rule, index): Allowance => {
      const path = ['spec', direction, index];
      const peers = rule?.[key] ?? [];
      const ports = rule?.ports ?? [];
      return {
        direction,
        path,
        peers: peers.length === 0 ? undefined : peers.map((peer, at) => allowedPeer(peer ?? {}, [...path, key, at])),
        peersPath: [...path, key],
        ports:
          ports.length === 0
            ? undefined
            : ports.flatMap((entry, at) => (entry ? [{ path: [...path, 'ports', at], value: entry, entry }] : [])),
        portsPath: [...path, 'ports'],
        denied: [],
      };
    });
  });
}

function allowedPeer(value: NetworkPolicyPeer, path: Path): AllowedPeer {
  const { ipBlock, namespaceSelector, podSelector } = value;
  return {
    path,
    value,
    isCluster:
      !ipBlock && !!namespaceSelector && selectsEveryNamespace(namespaceSelector) && isEmptySelector(podSelector),
    isMostOfCluster: !ipBlock && !!namespaceSelector && selectsMostPods(namespaceSelector, podSelector),
    blocks: ipBlock ? [allowedBlock(ipBlock, [...path, 'ipBlock'])] : [],
    names: [],
  };
}

function allowedBlock({ cidr, except }: NonNullable<NetworkPolicyPeer['ipBlock']>, path: Path): AllowedBlock {
  return { path, cidr, cidrPath: [...path, 'cidr'], except: except ?? [], excepts: 'except' };
}

/**
 * True for the ordinary NetworkPolicy, of which there is one for each workload: it names labels of pods and single ports,
 * so that nothing in it can be too wide. False says nothing.
 */
export function namesPodsAndPortsOnly(spec: unknown): boolean {
  const { ingress, egress } = (spec ?? {}) as PolicySpec;
  return areOrdinary(ingress, 'from') && areOrdinary(egress, 'to');
}

function areOrdinary(rules: PolicySpec['ingress'], key: 'from' | 'to'): boolean {
  if (rules === undefined || rules === null) return true;
  if (!Array.isArray(rules)) return false;
  for (let index = 0; index < rules.length; index++) {
    const peers = rules[index]?.[key];
    const ports = rules[index]?.ports;
    if (!peers?.length || !ports?.length) return false;
    for (let at = 0; at < peers.length; at++) if (!isOrdinaryPeer(peers[at])) return false;
    for (let at = 0; at < ports.length; at++) if (!isOrdinaryPort(ports[at])) return false;
  }
  return true;
}

function isOrdinaryPeer(peer: NetworkPolicyPeer | null | undefined): boolean {
  if (!peer || peer.ipBlock) return false;
  const { namespaceSelector } = peer;
  if (!namespaceSelector) return true;
  for (const _ in namespaceSelector.matchLabels) return true;
  return false;
}

function isOrdinaryPort(entry: NetworkPolicyPort | null | undefined): boolean {
  return !!entry && entry.port !== undefined && entry.port !== null && !entry.endPort;
}
