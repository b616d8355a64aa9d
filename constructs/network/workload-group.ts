import { show } from '../app/shape';
import type { SecureWorkload } from '../workload/workload';
import type { ConnectOptions } from './connect-options';
import type { Egress } from './egress';
import { isWorkload } from './network-of';
import type { IngressSource, Peer } from './peers';

/**
 * Workloads that connect alike: `WorkloadGroup.of(web, admin).connectTo(ledger)`. It stands for each of them wherever a workload can be connected to or
 * exposed to, and selects nothing by itself: whoever is not in it gets nothing by a label.
 */
export class WorkloadGroup {
  /** @throws TypeError for what is no workload of ours, and where there is none */
  static of(...members: readonly [SecureWorkload, ...SecureWorkload[]]): WorkloadGroup {
    const wrong = (members as readonly unknown[]).filter((each) => !isWorkload(each));
    if (wrong.length > 0 || members.length === 0) {
      const what = members.length === 0 ? 'it is a group of nobody' : `${wrong.map(show).join(', ')} is no workload`;
      throw new TypeError(`WorkloadGroup.of: ${what}. Give the constructs themselves: WorkloadGroup.of(web, admin)`);
    }
    return new WorkloadGroup([...new Set(members)]);
  }

  private constructor(readonly members: readonly SecureWorkload[]) {}

  /** {@link SecureWorkload.connectTo} of each of them. */
  connectTo(peer: Peer, options?: ConnectOptions): void {
    for (const member of this.members) member.connectTo(peer, options);
  }

  /** {@link SecureWorkload.exposeTo} of each of them. */
  exposeTo(source: IngressSource, options?: ConnectOptions): void {
    for (const member of this.members) member.exposeTo(source, options);
  }

  /** {@link SecureWorkload.egressTo} of each of them. */
  egressTo(destination: Egress): void {
    for (const member of this.members) member.egressTo(destination);
  }

  /** Opens the way from each of them to every other. */
  connectToEachOther(options?: ConnectOptions): void {
    this.connectTo(this, options);
  }
}
