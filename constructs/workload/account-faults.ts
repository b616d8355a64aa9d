import { formatPath, type PodTemplate } from '../../core/manifest';
import type { DeclarationFault } from '../app/declaration';
import { isWorkload } from '../network/network-of';
import type { SecureWorkload } from './workload';

/**
 * A patch that runs its pods as another workload of ours. Everything that this one may do they may do, too, and nobody has declared it; an
 * account that is no workload's own is the owner's to know.
 * @param template with its patches
 */
export function accountFaults(
  workload: SecureWorkload,
  { path, spec }: Pick<PodTemplate, 'path' | 'spec'>,
): readonly DeclarationFault[] {
  // The API server reads the deprecated alias where the name is empty.
  const field = spec.serviceAccountName ? 'serviceAccountName' : 'serviceAccount';
  const account = spec[field];
  if (!account || account === workload.serviceAccountName) return [];
  const owner = workload.node.root.node
    .findAll()
    .filter(isWorkload)
    .find(({ namespace, serviceAccountName }) => namespace === workload.namespace && serviceAccountName === account);
  if (owner === undefined) return [];
  return [
    {
      rule: 'patch-valid',
      property: `patch of ${workload.kind} (${formatPath([...path, 'spec', field])})`,
      value: account,
      message: `the patch runs its pods as ${owner.node.path}, with every right of that workload`,
      remedy:
        'leave the ServiceAccount alone, and grant this workload itself what it needs: canGet, grantApiAccess, cloudIdentity, secrets',
    },
  ];
}
