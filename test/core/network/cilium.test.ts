import { allowancesIn } from '../../../core/network/allowances';
import { ciliumNamesSpec } from '../../../core/network/cilium';

const selector = { matchLabels: { app: 'api' } };
const tcp = (port: number, endPort?: number) => ({ protocol: 'TCP' as const, port, ...(endPort && { endPort }) });
const dns = {
  peers: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [{ protocol: 'UDP', port: 53 }],
} as const;

describe('ciliumNamesSpec', () => {
  it('opens each name on its ports, and DNS through the proxy for these names alone', () => {
    const names = new Map([
      ['api.example.org', [tcp(443)]],
      ['*.example.com', [tcp(80), tcp(8000, 8010)]],
    ]);
    expect(ciliumNamesSpec(selector, names, [dns])).toEqual({
      endpointSelector: selector,
      egress: [
        {
          toEndpoints: [
            { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } },
          ],
          toPorts: [
            {
              ports: [{ port: '53', protocol: 'UDP' }],
              rules: { dns: [{ matchName: 'api.example.org' }, { matchPattern: '*.example.com' }] },
            },
          ],
        },
        { toFQDNs: [{ matchName: 'api.example.org' }], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
        {
          toFQDNs: [{ matchPattern: '*.example.com' }],
          toPorts: [
            {
              ports: [
                { port: '80', protocol: 'TCP' },
                { port: '8000', endPort: 8010, protocol: 'TCP' },
              ],
            },
          ],
        },
      ],
    });
  });

  it('knows DNS at an address, in the own namespace, and at several places', () => {
    const local = { ...dns, peers: [{ ipBlock: { cidr: '169.254.20.10/32' } }, { podSelector: selector }] } as const;
    const { egress } = ciliumNamesSpec(selector, new Map([['a.example.org', [tcp(443)]]]), [local, dns]);
    expect(egress.slice(0, -1).map((rule) => Object.entries(rule)[0])).toEqual([
      ['toCIDR', ['169.254.20.10/32']],
      ['toEndpoints', [{ matchLabels: { 'k8s:app': 'api' } }]],
      [
        'toEndpoints',
        [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system', 'k8s:k8s-app': 'kube-dns' } }],
      ],
    ]);
  });

  it('names peers and ports in every rule, as the reader of policies sees it', () => {
    const spec = ciliumNamesSpec(selector, new Map([['a.example.org', [tcp(443)]]]), [dns]);
    const rules = allowancesIn({ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', spec });
    expect(
      rules.map(({ direction, ports }) => [direction, ports?.map(({ entry }) => [entry.protocol, entry.port])]),
    ).toEqual([
      ['egress', [['UDP', 53]]],
      ['egress', [['TCP', 443]]],
    ]);
    for (const { peers } of rules) expect(peers).toMatchObject([{ isCluster: false, blocks: [] }]);
  });
});
