import type { Distribution } from './distribution';
import type { Capability } from './node-capabilities';

/** The network plugin of a cluster. */
export type Cni =
  | 'cilium'
  | 'calico'
  | 'calico-enterprise'
  | 'canal'
  | 'antrea'
  | 'kube-router'
  | 'gke-dataplane-v2'
  | 'ovn-kubernetes'
  | 'aws-vpc-cni'
  | 'azure-cilium'
  | 'flannel'
  | 'kindnet'
  | 'unknown';

/** The API by which a network plugin takes rules on domain names. */
export interface FqdnPolicies {
  readonly apiVersion: string;
  readonly kind: string;
  /** What has to be switched on for it; absent where nothing has. */
  readonly needs?: string;
}

/** Since when a network plugin enforces the policies of administrators. */
export interface ClusterPolicies {
  /** Its own version. */
  readonly since: string;
  /** What has to be switched on for it; absent where nothing has. */
  readonly needs?: string;
}

/** What a network plugin can. */
export interface CniFacts {
  /** Whether it enforces NetworkPolicy; `unknown` where that is a setting. */
  readonly enforcesNetworkPolicy: Capability;
  /** How egress of pods is limited to domain names; undefined where it cannot. */
  readonly fqdn?: FqdnPolicies;
  /** Since when it enforces ClusterNetworkPolicy (policy.networking.k8s.io/v1alpha2), whose definition is installed beside it; undefined where it does not. */
  readonly clusterPolicies?: ClusterPolicies;
  /** The only distributions that have it; absent where any may. */
  readonly only?: readonly Distribution[];
}

const ciliumNetworkPolicy = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy' } as const;

/** What each network plugin can. */
export const cnis: Readonly<Record<Cni, CniFacts>> = {
  // https://docs.cilium.io/en/stable/security/policy/language/#dns-based
  cilium: {
    enforcesNetworkPolicy: 'yes',
    fqdn: ciliumNetworkPolicy,
    // https://github.com/cilium/cilium/pull/47227
    clusterPolicies: { since: '1.20', needs: 'k8sClusterNetworkPolicy.enabled=true in its chart' },
  },
  // https://docs.tigera.io/calico/latest/network-policy/: domain names are a feature of the commercial editions.
  // https://github.com/kubernetes-sigs/network-policy-api/pull/376: with the peers `networks`, which are experimental.
  calico: { enforcesNetworkPolicy: 'yes', clusterPolicies: { since: '3.32' } },
  // https://docs.tigera.io/calico-enterprise/latest/network-policy/domain-based-policy
  'calico-enterprise': {
    enforcesNetworkPolicy: 'yes',
    fqdn: { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy' },
  },
  // Flannel's network with Calico's policies. https://docs.tigera.io/calico/latest/getting-started/kubernetes/flannel/
  canal: { enforcesNetworkPolicy: 'yes' },
  // https://antrea.io/docs/main/docs/antrea-network-policy/#fqdn-based-policies
  antrea: {
    enforcesNetworkPolicy: 'yes',
    fqdn: { apiVersion: 'crd.antrea.io/v1beta1', kind: 'NetworkPolicy' },
  },
  // https://www.kube-router.io/docs/; k3s embeds its policy controller next to Flannel.
  'kube-router': { enforcesNetworkPolicy: 'yes' },
  // https://cloud.google.com/kubernetes-engine/docs/how-to/fqdn-network-policies
  'gke-dataplane-v2': {
    enforcesNetworkPolicy: 'yes',
    fqdn: {
      apiVersion: 'networking.gke.io/v1alpha1',
      kind: 'FQDNNetworkPolicy',
      needs: 'gcloud container clusters update --enable-fqdn-network-policy',
    },
    only: ['generic', 'gke', 'gke-autopilot'],
  },
  // Its EgressFirewall knows domain names, but only for a whole namespace, not for one workload.
  // https://ovn-kubernetes.io/features/network-security-controls/egress-firewall/
  'ovn-kubernetes': { enforcesNetworkPolicy: 'yes' },
  // A setting of the add-on. https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
  'aws-vpc-cni': { enforcesNetworkPolicy: 'unknown', only: ['generic', 'kubeadm', 'eks'] },
  // https://learn.microsoft.com/en-us/azure/aks/container-network-security-fqdn-filtering-concepts
  'azure-cilium': {
    enforcesNetworkPolicy: 'yes',
    fqdn: { ...ciliumNetworkPolicy, needs: 'Advanced Container Networking Services (az aks update --enable-acns)' },
    only: ['generic', 'aks'],
  },
  // https://github.com/flannel-io/flannel#readme: for network policy, other projects can be used.
  flannel: { enforcesNetworkPolicy: 'no' },
  // kind has it, with policies since 0.24. https://github.com/kubernetes-sigs/kind/releases/tag/v0.24.0
  kindnet: { enforcesNetworkPolicy: 'unknown', only: ['generic', 'kind'] },
  unknown: { enforcesNetworkPolicy: 'unknown' },
};
