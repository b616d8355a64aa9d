import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import { NamespaceScope } from '../namespace/namespace-scope';
import type { SecureWorkload } from '../workload/workload';
import { ExternalNetwork } from './external-network';
import { ExternalWorkload } from './external-workload';
import { isWorkload } from './network-of';
import { WorkloadGroup } from './workload-group';

/** Pods that a policy can name: those of a workload, or all of a namespace. */
export type PodSource = SecureWorkload | ExternalWorkload | NamespaceScope;

/** Who may be let in: a workload or several, every pod of a namespace, or addresses outside of the cluster. */
export type IngressSource = PodSource | WorkloadGroup | ExternalNetwork;

/** Whom a workload may connect to: of a namespace, the workloads that have the port. */
export type Peer = IngressSource | INetworkPolicyPeer;

/** Whether a policy can name its pods: in plain JavaScript it may be anything. */
export function isPodSource(given: unknown): given is PodSource {
  return (
    isObject(given) && (isWorkload(given) || given instanceof ExternalWorkload || NamespaceScope.is(given as never))
  );
}

/** Whether it can be let in. */
export function isSource(given: unknown): given is IngressSource {
  return isPodSource(given) || given instanceof ExternalNetwork || given instanceof WorkloadGroup;
}

/** Whether it can be connected to. */
export function isPeer(given: unknown): given is Peer {
  return isSource(given) || (isObject(given) && 'toNetworkPolicyPeerConfig' in given);
}

function isObject(given: unknown): given is object {
  return typeof given === 'object' && given !== null;
}
