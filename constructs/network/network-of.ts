import type { SecureWorkload } from '../workload/workload';
import type { ExternalWorkload } from './external-workload';
import type { WorkloadNetwork } from './workload-network';

const networks = new WeakMap<object, WorkloadNetwork>();

/** Says that a workload is one of ours. */
export function noteNetwork(workload: SecureWorkload, network: WorkloadNetwork): void {
  networks.set(workload, network);
}

/** Whether it is a workload of ours: in plain JavaScript it may be anything. */
export function isWorkload(given: unknown): given is SecureWorkload {
  return typeof given === 'object' && given !== null && networks.has(given);
}

/** What a workload may reach and who may reach it. */
export function networkOf(workload: SecureWorkload): WorkloadNetwork {
  return networks.get(workload) as WorkloadNetwork;
}

/** What reports call it. */
export function labelOf(peer: SecureWorkload | ExternalWorkload): string {
  const name = 'name' in peer ? peer.name : peer.node.id;
  return peer.namespace === undefined ? name : `${peer.namespace}/${name}`;
}
