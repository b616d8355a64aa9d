import type { Cni } from './cni';
import { ClusterDns } from './dns';
import { type Nodes, unknownNodes } from './node-capabilities';

/** All distributions that the toolkit knows. */
export const distributionNames = [
  'generic',
  'kubeadm',
  'eks',
  'eks-fargate',
  'gke',
  'gke-autopilot',
  'aks',
  'openshift',
  'k3s',
  'rke2',
  'talos',
  'kind',
] as const;

/** Where a cluster comes from; `generic` says nothing about it. */
export type Distribution = (typeof distributionNames)[number];

/** What is certain about a distribution as it comes; an owner's declaration wins over each of it. */
export interface DistributionFacts {
  /** Its name in messages. */
  readonly title: string;
  /** What is known of its nodes. */
  readonly nodes: Nodes;
  /** Where its DNS answers. */
  readonly dns: readonly ClusterDns[];
  /** The port of the API server's endpoints. */
  readonly apiServerPort: number;
  /** The network plugin it comes with, where it comes with one. */
  readonly cni: Cni;
  /** Whether a pod may fix user, group and fsGroup; false where admission assigns them from a range. */
  readonly fixedIds: boolean;
}

/**
 * Port 6443 is kube-apiserver's own default (`--secure-port`), kept by kubeadm (`DefaultAPIBindPort`) and by whatever
 * builds on it; CoreDNS with the label `k8s-app: kube-dns` is kubeadm's addon and the conformant name that others keep.
 */
const plain: DistributionFacts = {
  title: 'a cluster of no known distribution',
  nodes: unknownNodes,
  dns: [ClusterDns.kubeDns()],
  apiServerPort: 6443,
  cni: 'unknown',
  fixedIds: true,
};

const gkeDns = [ClusterDns.kubeDns(), ClusterDns.gkeNodeLocal(), ClusterDns.gkeCloudDns()];

/** What is certain about each distribution. */
export const distributions: Readonly<Record<Distribution, DistributionFacts>> = {
  generic: plain,
  // https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/phases/addons/dns/manifests.go
  kubeadm: { ...plain, title: 'kubeadm' },
  // Endpoints on 443. Amazon Linux 2023 and Bottlerocket have no AppArmor, Ubuntu has: nothing is certain about the
  // nodes.
  // https://docs.aws.amazon.com/eks/latest/userguide/managing-coredns.html, managing-vpc-cni.html
  eks: { ...plain, title: 'EKS', apiServerPort: 443, cni: 'aws-vpc-cni' },
  // As EKS, with every pod on Fargate: no DaemonSets, no privileged pods, no AppArmor, and the VPC
  // CNI's network policies do not reach it.
  // https://docs.aws.amazon.com/eks/latest/userguide/fargate.html
  'eks-fargate': {
    ...plain,
    title: 'EKS on Fargate',
    nodes: { ...unknownNodes, appArmor: 'no' },
    apiServerPort: 443,
  },
  // Endpoints on 443. DNS is kube-dns or Cloud DNS, by a setting of the cluster, and a cache on each node before them (on by default from 1.34.1,
  // always on with Autopilot): all are allowed, on port 53 alone. With Dataplane V2 the cache is a pod.
  // https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache
  // Nodes are Container-Optimized OS or Ubuntu, both with AppArmor.
  // https://cloud.google.com/kubernetes-engine/docs/how-to/cloud-dns
  // https://cloud.google.com/container-optimized-os/docs/how-to/secure-apparmor
  gke: {
    ...plain,
    title: 'GKE',
    nodes: { ...unknownNodes, appArmor: 'yes' },
    dns: gkeDns,
    apiServerPort: 443,
  },
  // As GKE, always on Container-Optimized OS and with Dataplane V2.
  // https://cloud.google.com/kubernetes-engine/docs/resources/autopilot-standard-feature-comparison
  'gke-autopilot': {
    ...plain,
    title: 'GKE Autopilot',
    nodes: { ...unknownNodes, appArmor: 'yes' },
    dns: gkeDns,
    apiServerPort: 443,
    cni: 'gke-dataplane-v2',
  },
  // Endpoints on 443. Ubuntu nodes have AppArmor, Azure Linux nodes have not; the network plugin is chosen with the
  // cluster.
  // https://learn.microsoft.com/en-us/azure/aks/coredns-custom
  aks: { ...plain, title: 'AKS', apiServerPort: 443 },
  // Nodes are RHEL CoreOS: SELinux, no AppArmor; CRI-O of the same minor version as Kubernetes, so 1.31 and newer
  // wherever supplementalGroupsPolicy is on. The SCC restricted-v2 assigns user, group and fsGroup from the namespace's
  // range.
  // https://docs.openshift.com/container-platform/latest/authentication/managing-security-context-constraints.html
  // https://docs.openshift.com/container-platform/latest/networking/ovn_kubernetes_network_provider/about-ovn-kubernetes.html
  openshift: {
    ...plain,
    title: 'OpenShift',
    nodes: { ...unknownNodes, appArmor: 'no', supplementalGroupsPolicy: 'yes' },
    dns: [ClusterDns.openShift()],
    cni: 'ovn-kubernetes',
    fixedIds: false,
  },
  // Flannel for the network, an embedded kube-router for policies. https://docs.k3s.io/networking/networking-services
  k3s: { ...plain, title: 'k3s', cni: 'kube-router' },
  // https://docs.rke2.io/networking/basic_network_options
  rke2: { ...plain, title: 'RKE2', cni: 'canal' },
  // Its hardened kernel settings forbid user namespaces until user.max_user_namespaces is raised.
  // https://docs.siderolabs.com/kubernetes-guides/security/usernamespace
  talos: { ...plain, title: 'Talos', nodes: { ...unknownNodes, userNamespaces: 'no' }, cni: 'flannel' },
  // Its nodes are containers without AppArmor: the kubelet rejects pods with a profile, as on any such node.
  // https://kubernetes.io/docs/tutorials/security/apparmor/#before-you-begin
  kind: { ...plain, title: 'kind', nodes: { ...unknownNodes, appArmor: 'no' }, cni: 'kindnet' },
};
