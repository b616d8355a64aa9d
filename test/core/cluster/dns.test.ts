import { ClusterDns } from '../../../core/cluster';

const both = (port: number) => [
  { protocol: 'UDP', port },
  { protocol: 'TCP', port },
];

describe('ClusterDns', () => {
  it('kubeDns: the kube-dns pods of kube-system on 53', () => {
    expect(ClusterDns.kubeDns()).toEqual({
      kind: 'kube-dns',
      peers: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        },
      ],
      ports: both(53),
    });
  });

  it('nodeLocal: one link-local address on 53', () => {
    expect(ClusterDns.nodeLocal()).toEqual({
      kind: 'node-local',
      peers: [{ ipBlock: { cidr: '169.254.20.10/32' } }],
      ports: both(53),
    });
    expect(ClusterDns.nodeLocal('fd00::53').peers).toEqual([{ ipBlock: { cidr: 'fd00::53/128' } }]);
  });

  it('gkeNodeLocal: the address, and the pods that Dataplane V2 sends on to', () => {
    expect(ClusterDns.gkeNodeLocal()).toEqual({
      kind: 'node-local',
      peers: [
        { ipBlock: { cidr: '169.254.20.10/32' } },
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
          podSelector: { matchLabels: { 'k8s-app': 'node-local-dns' } },
        },
      ],
      ports: both(53),
    });
  });

  it('gkeCloudDns: the metadata address, on 53 alone', () => {
    expect(ClusterDns.gkeCloudDns()).toEqual({
      kind: 'gke-cloud-dns',
      peers: [{ ipBlock: { cidr: '169.254.169.254/32' } }],
      ports: both(53),
    });
  });

  it("openShift: the operator's pods of openshift-dns on 5353", () => {
    expect(ClusterDns.openShift()).toEqual({
      kind: 'openshift',
      peers: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } },
          podSelector: { matchLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } },
        },
      ],
      ports: both(5353),
    });
  });

  it('custom: as given', () => {
    const opening = {
      peers: [{ ipBlock: { cidr: '10.0.0.10/32' } }],
      ports: [{ protocol: 'UDP', port: 1053 }],
    } as const;
    expect(ClusterDns.custom(opening)).toEqual({ kind: 'custom', ...opening });
  });
});
