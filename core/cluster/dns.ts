import { namespaceNameLabel } from '../network/peer';
import type { Opening } from '../network/policy-spec';
import { show } from '../shape';

/** Where a cluster's DNS answers, as the peers and ports of a NetworkPolicy. */
export interface ClusterDns extends Opening {
  readonly kind: ClusterDnsKind;
}

/** All kinds of DNS. */
export const clusterDnsKinds = ['kube-dns', 'node-local', 'gke-cloud-dns', 'openshift', 'custom'] as const;

/** Which DNS it is. */
export type ClusterDnsKind = (typeof clusterDnsKinds)[number];

/** The places where clusters have their DNS. A cluster may have several: declare each. */
export const ClusterDns = {
  /**
   * CoreDNS or kube-dns: the pods labelled `k8s-app: kube-dns` in kube-system, port 53.
   * @see https://kubernetes.io/docs/tasks/administer-cluster/dns-custom-nameservers/
   */
  kubeDns(): ClusterDns {
    return { kind: 'kube-dns', peers: [pods('kube-system', { 'k8s-app': 'kube-dns' })], ports: portsOf(53) };
  },

  /**
   * NodeLocal DNSCache: a link-local address on every node, port 53. Pods ask it in place of, or before, the cluster's
   * DNS.
   * @param address - @default '169.254.20.10', the address in Kubernetes' own addon
   * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
   */
  nodeLocal(address = '169.254.20.10'): ClusterDns {
    const text = typeof address === 'string' ? address : show(address);
    const cidr = text.includes(':') ? `${text}/128` : `${text}/32`;
    return { kind: 'node-local', peers: [{ ipBlock: { cidr } }], ports: portsOf(53) };
  },

  /**
   * NodeLocal DNSCache as GKE has it: at its link-local address, and with Dataplane V2 as the pods labelled `k8s-app: node-local-dns` in
   * kube-system, to which the traffic is sent on.
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/nodelocal-dns-cache
   */
  gkeNodeLocal(): ClusterDns {
    const { kind, peers, ports } = ClusterDns.nodeLocal();
    return { kind, peers: [...peers, pods('kube-system', { 'k8s-app': 'node-local-dns' })], ports };
  },

  /**
   * Cloud DNS for GKE: the metadata address of each node, 169.254.169.254, on port 53 alone.
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/cloud-dns
   */
  gkeCloudDns(): ClusterDns {
    return { kind: 'gke-cloud-dns', peers: [{ ipBlock: { cidr: '169.254.169.254/32' } }], ports: portsOf(53) };
  },

  /**
   * OpenShift's DNS operator: the pods of its daemon set in openshift-dns. They listen on port 5353; the Service's port
   * 53 does not count, since policies see the packet after it has been sent on to a pod.
   * @see https://github.com/openshift/cluster-dns-operator/blob/master/assets/dns/service.yaml
   */
  openShift(): ClusterDns {
    const labels = { 'dns.operator.openshift.io/daemonset-dns': 'default' };
    return { kind: 'openshift', peers: [pods('openshift-dns', labels)], ports: portsOf(5353) };
  },

  /** A DNS of one's own: its peers, and its ports as they are behind a Service. */
  custom(opening: Opening): ClusterDns {
    return { kind: 'custom', peers: opening?.peers, ports: opening?.ports };
  },
} as const;

function pods(namespace: string, labels: Readonly<Record<string, string>>): Opening['peers'][0] {
  return {
    namespaceSelector: { matchLabels: { [namespaceNameLabel]: namespace } },
    podSelector: { matchLabels: labels },
  };
}

function portsOf(port: number): Opening['ports'] {
  return [
    { protocol: 'UDP', port },
    { protocol: 'TCP', port },
  ];
}
