import { type Policies, PolicyPack } from '@pulumi/policy';
import { bulwarkPolicies, type PolicyPackOptions } from './policies';

export { bulwarkPolicies, type PolicyPackOptions } from './policies';

/** The name of the pack. */
export const packName = 'kube-bulwark';

/**
 * A Pulumi policy pack over the rules of kube-bulwark: it serves them to the Pulumi engine that started this process.
 *
 * @see https://www.pulumi.com/docs/insights/policy/
 */
export function bulwarkPolicyPack(options: PolicyPackOptions): PolicyPack {
  return new PolicyPack(packName, {
    displayName: 'kube-bulwark',
    description: 'Hardened Kubernetes objects: the rules of kube-bulwark over resources of @pulumi/kubernetes.',
    provider: 'kubernetes',
    policies: [...bulwarkPolicies(options)] as Policies,
  });
}
