import { type ImageRegistry, remedyIn } from '../../core/images/image-registry';
import type { Finding, RuleId } from '../../core/policy';

/** Remedies name what a manifest says. This is what says it in TypeScript, where a construct or a prop of ours does. */
const saidBy: Partial<Readonly<Record<RuleId, string>>> = {
  'identity-unique': "name: '…'",
  'limit-range': 'a LockedNamespace has one',
  'namespace-network-isolation': 'a LockedNamespace has one',
  'network-cluster-address': 'connectTo and exposeTo',
  'network-metadata': 'cloudIdentity opens what a cloud identity needs',
  'network-policy-coverage': 'SecureDeployment and its kin write their own',
  'pod-security-conflict': 'podSecurity of the LockedNamespace',
  'rbac-cluster-admin': 'a LockedNamespace has personas with less',
  'read-only-root-filesystem': 'writable mounts one over each path that it names',
  'resource-quota': 'a LockedNamespace has one',
  'service-account-token': 'grantApiAccess gives a token to what calls the API server',
};

/**
 * The finding, with its remedy as whoever writes constructs applies it.
 * @param registry the private registry of the app @default - none
 */
export function inCode(finding: Finding, registry?: ImageRegistry): Finding {
  if (registry !== undefined && finding.rule === 'image-allowed' && typeof finding.value === 'string')
    return { ...finding, remedy: remedyIn(registry, finding.value) };
  const prop = Object.hasOwn(saidBy, finding.rule) ? saidBy[finding.rule as RuleId] : undefined;
  return prop === undefined ? finding : { ...finding, remedy: `${finding.remedy}; in TypeScript: ${prop}` };
}
