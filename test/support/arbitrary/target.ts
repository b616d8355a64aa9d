/** Clusters: every version that the newest server knows the policies of, on nodes that can more or less. */
import * as fc from 'fast-check';
import { ClusterTarget, kubernetesVersions, type NodesOptions } from '../../../core/cluster';
import { all, of, sparse } from './parts';

/** What a target is made from: printed where a property fails. */
export interface TargetChoice {
  readonly version: string;
  readonly distribution: 'generic' | 'openshift' | 'gke' | 'kind' | 'talos';
  readonly nodes: NodesOptions;
}

/** Policies of 1.37 are unknown to a 1.36 server, which would take its own. */
export const policyVersions = kubernetesVersions.filter((version) => version !== '1.37');

const capability = of<'yes' | 'no' | 'unknown' | boolean>('yes', 'yes', 'yes', true, true, 'no', 'unknown');

export const targetChoice: fc.Arbitrary<TargetChoice> = all({
  version: of(...policyVersions),
  distribution: fc.oneof(
    { weight: 5, arbitrary: of<TargetChoice['distribution']>('generic') },
    { weight: 2, arbitrary: of<TargetChoice['distribution']>('openshift') },
    { weight: 3, arbitrary: of<TargetChoice['distribution']>('gke', 'kind', 'talos') },
  ),
  nodes: sparse<NodesOptions>(
    {
      userNamespaces: capability,
      appArmor: capability,
      supplementalGroupsPolicy: capability,
      recursiveReadOnly: capability,
      imageVolumes: capability,
      os: of('linux', 'mixed'),
    },
    60,
    { os: 20 },
  ),
});

/** The same choice gives the same target: a target is dear to make, and declarations share it in earnest, too. */
const targets = new Map<string, ClusterTarget>();

export function targetOf(choice: TargetChoice): ClusterTarget {
  const key = JSON.stringify(choice);
  const { version, distribution, nodes } = choice;
  const target =
    targets.get(key) ??
    ClusterTarget.of(version, { distribution, nodes, apiServer: { cidrs: ['203.0.113.10/32'] }, cni: 'cilium' });
  targets.set(key, target);
  return target;
}
