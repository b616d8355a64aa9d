import { ClusterTarget } from '../../../../../core/cluster/target';
import { metadataAddresses } from '../../../../../core/network/metadata-addresses';
import { object, type RuleCases } from '../rule-cases';

const policy = (spec: object) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ...spec } });
export const egress = (...rules: object[]) => policy({ policyTypes: ['Egress'], egress: rules });
const service = (spec: object) => object('v1', 'Service', { spec });
export const http = [{ protocol: 'TCP', port: 80 }];
const api = [{ podSelector: { matchLabels: { app: 'api' } } }];
const dns = {
  to: [{ namespaceSelector: {}, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};
export const block = (cidr: string, ...except: string[]) => [
  { ipBlock: { cidr, ...(except.length > 0 && { except }) } },
];
export const allMetadata = [...new Set(metadataAddresses.map(({ cidr }) => cidr))];
const metadata4 = allMetadata.filter((cidr) => !cidr.includes(':'));
const gke = ClusterTarget.of('1.34', { distribution: 'gke' });

/** For each rule of the folder, objects that keep it and objects that break it. */
export const networkCases: Readonly<Record<string, RuleCases>> = {
  'network-open': {
    compliant: [
      { name: 'a default deny', object: policy({ policyTypes: ['Ingress', 'Egress'] }) },
      { name: 'peers and ports', object: policy({ ingress: [{ from: api, ports: http }] }) },
      { name: 'DNS', object: egress(dns) },
      { name: 'the internet on one port', object: egress({ to: block('0.0.0.0/0'), ports: [{ port: 443 }] }) },
      {
        name: 'every pod of the own namespace on one port',
        object: policy({ ingress: [{ from: [{ podSelector: {} }], ports: http }] }),
      },
      { name: 'a direction that policyTypes leaves out', object: policy({ policyTypes: ['Ingress'], egress: [{}] }) },
    ],
    violating: [
      {
        name: 'an empty rule',
        object: policy({ policyTypes: ['Ingress', 'Egress'], egress: [{}] }),
        findings: [
          { property: 'spec.egress[0].to', message: 'the rule names no peer, so it lets its pods out to everywhere' },
          { property: 'spec.egress[0].ports', message: 'the rule names no port, so it opens all of them' },
        ],
      },
      {
        name: 'policyTypes that are empty, which is as if they were absent',
        object: policy({ policyTypes: [], egress: [{ to: api }] }),
        findings: [{ property: 'spec.egress[0].ports', message: 'the rule names no port, so it opens all of them' }],
      },
      {
        name: 'peers without ports, in the second rule',
        object: policy({ ingress: [{ from: api, ports: http }, { from: api }] }),
        findings: [{ property: 'spec.ingress[1].ports', message: 'the rule names no port, so it opens all of them' }],
      },
      {
        name: 'ports without peers',
        object: policy({ ingress: [{ from: [], ports: http }] }),
        findings: [{ property: 'spec.ingress[0].from', message: 'the rule names no peer, so it lets everyone in' }],
      },
      {
        name: 'every port of a protocol, and a range from end to end',
        object: egress({ to: api, ports: [{ port: 80 }, { protocol: 'UDP' }, { port: 1, endPort: 65_535 }] }),
        findings: [
          { property: 'spec.egress[0].ports[1]', message: 'the rule opens every UDP port', value: { protocol: 'UDP' } },
          { property: 'spec.egress[0].ports[2]', message: 'the rule opens the TCP ports from 1 to 65535' },
        ],
      },
      ...[
        { key: 'kubernetes.io/metadata.name', operator: 'Exists' },
        { key: 'no-such-label', operator: 'DoesNotExist' },
      ].map((expression) => ({
        name: `namespaces by ${expression.operator}`,
        object: policy({
          ingress: [{ from: [{ namespaceSelector: { matchExpressions: [expression] } }], ports: http }],
        }),
        findings: [
          {
            property: 'spec.ingress[0].from[0]',
            message: 'the rule selects every pod of every namespace of the cluster',
          },
        ],
      })),
      {
        name: 'every pod of the cluster',
        object: policy({ ingress: [{ from: [...api, { namespaceSelector: {} }], ports: http }] }),
        findings: [
          {
            property: 'spec.ingress[0].from[1]',
            message: 'the rule selects every pod of every namespace of the cluster',
          },
        ],
      },
    ],
  },
  'network-metadata': {
    compliant: [
      { name: 'no egress', object: policy({ ingress: [{}] }) },
      { name: 'pods', object: egress({ to: api }) },
      { name: 'a block without one', object: egress({ to: block('10.0.0.0/8'), ports: http }) },
      { name: 'all of them excepted', object: egress({ to: block('0.0.0.0/0', ...metadata4), ports: http }) },
      { name: 'a wider exception', object: egress({ to: block('169.254.0.0/16', '169.254.0.0/16'), ports: http }) },
      { name: 'EKS Pod Identity', object: egress({ to: block('169.254.170.23/32'), ports: http }) },
      {
        name: 'the metadata server of GKE',
        object: egress({ to: block('169.254.169.252/32'), ports: [{ port: 988 }] }),
      },
      {
        name: 'the same with Dataplane V2, on GKE',
        object: egress({ to: block('169.254.169.254/32'), ports: http }),
        target: gke,
      },
      {
        name: 'Cloud DNS at the address',
        object: egress({ to: block('169.254.169.254/32'), ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }),
      },
      { name: 'a direction that policyTypes leaves out', object: policy({ policyTypes: ['Ingress'], egress: [{}] }) },
    ],
    violating: [
      {
        name: 'no peer, policyTypes being empty, which is as if they were absent',
        object: policy({ policyTypes: [], egress: [{ to: [], ports: http }] }),
        findings: [
          {
            property: 'spec.egress[0].to',
            message:
              'the rule names no peer, so it opens the metadata addresses of every cloud, such as 169.254.169.254',
          },
        ],
      },
      {
        name: 'no peer',
        object: egress({ ports: http }),
        findings: [
          {
            property: 'spec.egress[0].to',
            message:
              'the rule names no peer, so it opens the metadata addresses of every cloud, such as 169.254.169.254',
          },
        ],
      },
      ...['010.0.0.0/8', '0.0.0.0/00', 'x'].map((cidr) => ({
        name: `the unreadable block ${cidr}`,
        object: egress({ to: block(cidr), ports: http }),
        findings: [
          {
            property: 'spec.egress[0].to[0].ipBlock.cidr',
            message: `"${cidr}" is no address block that all network plugins read alike`,
            value: cidr,
          },
        ],
      })),
      {
        name: 'an unreadable exception',
        object: egress({ to: block('0.0.0.0/0', ...metadata4, '169.254.169.0254/32'), ports: http }),
        findings: [
          {
            property: `spec.egress[0].to[0].ipBlock.except[${metadata4.length}]`,
            message: '"169.254.169.0254/32" is no address block that all network plugins read alike',
          },
        ],
      },
      ...['::ffff:169.254.169.254/128', '64:ff9b::169.254.169.254/128', '2002:a9fe:a9fe::/48'].map((cidr) => ({
        name: `an IPv4 address in IPv6: ${cidr}`,
        object: egress({ to: block(cidr), ports: http }),
        findings: [
          {
            property: 'spec.egress[0].to[0].ipBlock',
            message: expect.stringMatching(/^the rule opens 169\.254\.169\.254, the instance metadata of AWS/),
          },
        ],
      })),
      {
        name: 'the internet, with one exception only',
        object: egress(dns, { to: [...api, ...block('0.0.0.0/0', '169.254.169.254/32')], ports: [{ port: 443 }] }),
        findings: [
          {
            property: 'spec.egress[1].to[1].ipBlock',
            message: expect.stringMatching(
              /^the rule opens 0\.0\.0\.0\/0, and in it 100\.100\.100\.200, the instance metadata of Alibaba Cloud, and \d more$/,
            ),
            remedy: `add to except: ${metadata4.filter((cidr) => cidr !== '169.254.169.254/32').join(', ')}`,
            value: '0.0.0.0/0',
          },
        ],
      },
      {
        name: 'the address itself, where it is the identity of the node',
        object: egress({ to: block('169.254.169.254/32'), ports: http }),
        findings: [
          {
            property: 'spec.egress[0].to[0].ipBlock',
            message: expect.stringMatching(
              /^the rule opens 169\.254\.169\.254, the instance metadata of AWS, Google Cloud, /,
            ),
          },
        ],
      },
      {
        name: 'an identity endpoint on every port',
        object: egress({ to: block('169.254.170.23/32') }),
        findings: [
          {
            property: 'spec.egress[0].to[0].ipBlock',
            message: 'the rule opens 169.254.170.23, the EKS Pod Identity Agent of AWS',
          },
        ],
      },
      {
        name: 'the address by a range, a name or a protocol',
        object: egress(
          { to: block('100.100.100.200/32'), ports: [{ port: 1, endPort: 1_024 }] },
          { to: block('fd00:ec2::254/128'), ports: [{ port: 'http' }] },
        ),
        findings: [
          {
            property: 'spec.egress[0].to[0].ipBlock',
            message: 'the rule opens 100.100.100.200, the instance metadata of Alibaba Cloud',
          },
          {
            property: 'spec.egress[1].to[0].ipBlock',
            message: 'the rule opens fd00:ec2::254, the instance metadata of AWS',
          },
        ],
      },
    ],
  },
  'service-exposure': {
    compliant: [
      { name: 'a ClusterIP', object: service({ type: 'ClusterIP', ports: [] }) },
      { name: 'no type', object: service({}) },
      { name: 'no spec', object: object('v1', 'Service', {}) },
    ],
    violating: [
      {
        name: 'a NodePort',
        object: service({ type: 'NodePort' }),
        findings: [
          {
            property: 'spec.type',
            message: 'the Service opens a port on every node, past Ingress and Gateway',
            value: 'NodePort',
          },
        ],
      },
      ...[undefined, [], ['10.0.0.0/8', '0.0.0.0/0']].map((loadBalancerSourceRanges) => ({
        name: `a load balancer for ${JSON.stringify(loadBalancerSourceRanges)}`,
        object: service({ type: 'LoadBalancer', loadBalancerSourceRanges }),
        findings: [
          {
            property: 'spec.type',
            message:
              'the Service has a load balancer that any address may reach: it sets no loadBalancerSourceRanges, or the whole internet',
          },
        ],
      })),
      {
        name: 'a load balancer for some, and external addresses',
        object: service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8'], externalIPs: ['192.0.2.1'] }),
        findings: [
          { property: 'spec.type', message: 'the Service has a load balancer of its own, open to 10.0.0.0/8' },
          {
            property: 'spec.externalIPs',
            message: 'the Service takes traffic for external addresses, whoever they belong to (CVE-2020-8554)',
            value: ['192.0.2.1'],
          },
        ],
      },
      {
        name: 'external addresses',
        object: service({ externalIPs: ['192.0.2.1'] }),
        findings: [
          {
            property: 'spec.externalIPs',
            message: 'the Service takes traffic for external addresses, whoever they belong to (CVE-2020-8554)',
          },
        ],
      },
    ],
  },
};
