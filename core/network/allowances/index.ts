import { apiGroup } from '../../manifest/identity';
import type { KubernetesObject } from '../../manifest/object';
import { adminAllowances } from './admin';
import type { Allowance } from './allowance';
import { calicoAllowances } from './calico';
import { ciliumAllowances } from './cilium';
import { namesPodsAndPortsOnly, networkPolicyAllowances } from './kubernetes';

export type { Allowance, AllowedBlock, AllowedName, AllowedPeer, AllowedPort, Direction } from './allowance';

/** The kinds of network policies that are understood, as `group/Kind`. */
export const networkPolicyKinds = [
  'networking.k8s.io/NetworkPolicy',
  'cilium.io/CiliumNetworkPolicy',
  'cilium.io/CiliumClusterwideNetworkPolicy',
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
  'policy.networking.k8s.io/ClusterNetworkPolicy',
  'projectcalico.org/NetworkPolicy',
  'projectcalico.org/GlobalNetworkPolicy',
  'crd.projectcalico.org/NetworkPolicy',
  'crd.projectcalico.org/GlobalNetworkPolicy',
] as const;

type NetworkPolicyKind = (typeof networkPolicyKinds)[number];

const readers: Readonly<Record<NetworkPolicyKind, (object: KubernetesObject) => readonly Allowance[]>> = {
  'networking.k8s.io/NetworkPolicy': ({ spec }) => networkPolicyAllowances(spec),
  'cilium.io/CiliumNetworkPolicy': (object) => ciliumAllowances(object, false),
  'cilium.io/CiliumClusterwideNetworkPolicy': (object) => ciliumAllowances(object, true),
  'policy.networking.k8s.io/AdminNetworkPolicy': ({ spec }) => adminAllowances(spec),
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy': ({ spec }) => adminAllowances(spec),
  'policy.networking.k8s.io/ClusterNetworkPolicy': ({ spec }) => adminAllowances(spec),
  'projectcalico.org/NetworkPolicy': ({ spec }) => calicoAllowances(spec, false),
  'projectcalico.org/GlobalNetworkPolicy': ({ spec }) => calicoAllowances(spec, true),
  'crd.projectcalico.org/NetworkPolicy': ({ spec }) => calicoAllowances(spec, false),
  'crd.projectcalico.org/GlobalNetworkPolicy': ({ spec }) => calicoAllowances(spec, true),
};

/** What a network policy lets through, rule by rule; nothing for any other object. */
export function allowancesIn(object: KubernetesObject): readonly Allowance[] {
  const kind = `${apiGroup(object.apiVersion)}/${object.kind}`;
  return Object.hasOwn(readers, kind) ? readers[kind as NetworkPolicyKind](object) : [];
}

/**
 * The same, but for what no rule can find too wide: nothing is read of an ordinary policy, of which there is one for each
 * workload.
 */
export function suspectAllowancesIn(object: KubernetesObject): readonly Allowance[] {
  const isOwn = object.kind === 'NetworkPolicy' && object.apiVersion === 'networking.k8s.io/v1';
  return isOwn && namesPodsAndPortsOnly(object.spec) ? NONE : allowancesIn(object);
}

const NONE: readonly Allowance[] = [];
