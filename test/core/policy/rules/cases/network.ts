import { ClusterDns } from '../../../../../core/cluster/dns';
import { ClusterTarget } from '../../../../../core/cluster/target';
import { cidrContains, parseCidr } from '../../../../../core/network/cidr';
import { metadataAddresses, metadataBlocksIn } from '../../../../../core/network/metadata-addresses';
import { object, type RuleCases } from '../rule-cases';
import { exposureCases } from './network-exposure';
import { networkSetCases } from './network-sets';

const policy = (spec: object) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', { spec: { podSelector: {}, ...spec } });
export const egress = (...rules: object[]) => policy({ policyTypes: ['Egress'], egress: rules });
const calico = (spec: object) => object('projectcalico.org/v3', 'NetworkPolicy', { spec });
const notIn = (key: string) => ({ key, operator: 'NotIn', values: ['zz'] });
const cilium = (spec: object | undefined) => object('cilium.io/v2', 'CiliumNetworkPolicy', spec ? { spec } : {});
const admin = (spec: object) =>
  object('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', { spec: { subject: { namespaces: {} }, ...spec } });
const cluster = (spec: object) =>
  object('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', {
    spec: { tier: 'Admin', priority: 1, ...spec },
  });
const port80 = [{ ports: [{ port: '80', protocol: 'TCP' }] }];
const monitoring = { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } };
const service = (spec: object) => object('v1', 'Service', { spec: { ports: [{ port: 80 }], ...spec } });
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
const allMetadata = [...new Set(metadataAddresses.map(({ cidr }) => cidr))];
const metadata4 = allMetadata.filter((cidr) => !cidr.includes(':'));
const metadata6 = metadataBlocksIn(parseCidr('::/0')!);
const ranges = ClusterTarget.of('1.34', {
  podCidrs: ['10.244.0.0/16', 'fd00:244::/56'],
  serviceCidrs: ['10.96.0.0/12'],
  apiServer: { cidrs: ['10.244.0.2/32'] },
  dns: ClusterDns.custom({ peers: [{ ipBlock: { cidr: '10.96.0.10/32' } }], ports: [{ port: 53 }] }),
});
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
      {
        name: 'blocks that together are less than half of the internet',
        object: policy({ ingress: [{ from: [...block('0.0.0.0/2'), ...block('64.0.0.0/3')], ports: http }] }),
      },
      {
        name: 'the internet without most of it',
        object: policy({ ingress: [{ from: block('0.0.0.0/0', '0.0.0.0/1', '128.0.0.0/8'), ports: http }] }),
      },
      {
        name: 'quarters of the internet on ports that are not the same',
        object: policy({
          ingress: ['0.0.0.0/2', '64.0.0.0/2', '128.0.0.0/2', '192.0.0.0/2'].map((cidr, at) => ({
            from: block(cidr),
            ports: at === 3 ? [{ port: 80, protocol: 'UDP' }] : [{ port: 80 + at }],
          })),
        }),
      },
      ...[
        "a == 'b'",
        'has(a)',
        "a in { 'x', 'y' } || b starts with 'z'",
        "(all()) && !(a != 'b')",
        '!has(a) && has(b)',
        'global()',
        '!all()',
        "has(projectcalico.org/namespace) && app == 'web'",
        '!has(projectcalico.org/namespace)',
        'all() &&',
        'all() || (',
        "a = 'b'",
        `${'('.repeat(20_000)}all()`,
      ].map((selector) => ({
        name: `the selector ${selector.slice(0, 50)} of Calico`,
        object: object('projectcalico.org/v3', 'GlobalNetworkPolicy', {
          spec: {
            ingress: [{ action: 'Allow', protocol: 'TCP', source: { selector }, destination: { ports: [80] } }],
          },
        }),
      })),
      {
        name: 'ranges to different peers',
        object: egress(
          { to: api, ports: [{ port: 1, endPort: 9000 }] },
          { to: block('10.0.0.0/8'), ports: [{ port: 9001, endPort: 18_000 }] },
        ),
      },
      {
        name: 'the same range in several rules, in both directions, and in two protocols',
        object: policy({
          ingress: [{ from: api, ports: [{ port: 20_000, endPort: 29_000 }] }],
          egress: [
            { to: api, ports: [{ port: 1, endPort: 9000 }] },
            { to: api, ports: [{ protocol: 'UDP', port: 1, endPort: 9000 }] },
            { to: api, ports: [{ port: 1000, endPort: 9000 }] },
          ],
        }),
      },
      {
        name: 'ordinary rules of Calico',
        object: calico({
          types: ['Ingress'],
          ingress: [
            { action: 'Deny', source: { nets: ['0.0.0.0/1', '128.0.0.0/1', '::/0'] } },
            {
              action: 'Allow',
              protocol: 'TCP',
              source: { selector: "app == 'web'" },
              destination: { ports: [8080, 'http'] },
            },
            { action: 'Allow', protocol: 'TCP', source: { selector: 'all()' }, destination: { ports: [8080] } },
            {
              action: 'Allow',
              protocol: 'ICMP',
              source: { selector: "has(app) && app != 'web'", namespaceSelector: 'all()' },
            },
            { action: 'Allow', protocol: 'TCP', source: { nets: ['0.0.0.0/0'] }, destination: { ports: [443] } },
            { action: 'Pass' },
          ],
          egress: [{ action: 'Allow' }],
        }),
      },
      { name: 'the default deny of Cilium', object: cilium({ ingress: [{}], egress: [{}] }) },
      {
        name: 'a list of Cilium that selects nobody',
        object: cilium({ ingress: [{ fromEndpoints: [] }], egress: [{ toCIDR: [], toPorts: port80 }] }),
      },
      { name: 'the own namespace in Cilium', object: cilium({ ingress: [{ fromEndpoints: [{}], toPorts: port80 }] }) },
      { name: 'pings in Cilium', object: cilium({ egress: [{ toEntities: ['host'], icmps: [{ fields: [] }] }] }) },
      { name: 'a denial in Cilium', object: cilium({ ingressDeny: [{ fromEntities: ['all'] }] }) },
      { name: 'world on one port', object: cilium({ egress: [{ toEntities: ['world'], toPorts: port80 }] }) },
      {
        name: 'the world in Cilium, denied again',
        object: cilium({
          ingress: [{ fromCIDR: ['0.0.0.0/0'], toPorts: port80 }],
          ingressDeny: [{ fromCIDR: ['0.0.0.0/1'] }, { fromCIDRSet: [{ cidr: '128.0.0.0/2' }] }],
        }),
      },
      {
        name: 'admin rules that deny or pass',
        object: admin({ ingress: ['Deny', 'Pass'].map((action) => ({ action, from: [{ namespaces: {} }] })) }),
      },
      {
        name: 'an admin rule for one namespace and port',
        object: admin({
          ingress: [{ action: 'Allow', from: [{ namespaces: monitoring }], ports: [{ portNumber: { port: 80 } }] }],
        }),
      },
      {
        name: 'a cluster rule for one namespace and port',
        object: cluster({
          ingress: [
            {
              action: 'Accept',
              from: [{ pods: { namespaceSelector: monitoring, podSelector: {} } }],
              protocols: [{ tcp: { destinationPort: { number: 80 } } }, { destinationNamedPort: 'metrics' }],
            },
          ],
        }),
      },
    ],
    violating: [
      ...['0.0.0.0/0', '::/0', '2000::/3', '0.0.0.0/1'].map((cidr) => ({
        name: `ingress from ${cidr}`,
        object: policy({ ingress: [{ from: [...api, ...block(cidr)], ports: http }] }),
        findings: [
          {
            property: 'spec.ingress[0].from[1].ipBlock',
            value: cidr,
            message: `the rule lets in ${cidr}, which is anybody`,
          },
        ],
      })),
      {
        name: 'ingress from the internet without the private addresses',
        object: policy({ ingress: [{ from: block('0.0.0.0/0', '10.0.0.0/8', '192.168.0.0/16'), ports: http }] }),
        findings: [
          { property: 'spec.ingress[0].from[0].ipBlock', message: 'the rule lets in 0.0.0.0/0, which is anybody' },
        ],
      },
      {
        name: 'blocks that add up to the internet',
        object: policy({ ingress: [{ from: [...block('0.0.0.0/2'), ...block('128.0.0.0/2')], ports: http }] }),
        findings: [
          {
            property: 'spec.ingress[0].from',
            message: 'the blocks 0.0.0.0/2, 128.0.0.0/2 add up to most of the internet',
          },
        ],
      },
      {
        name: 'entries of one rule that add up',
        object: egress({
          to: api,
          ports: [
            { port: 1, endPort: 9000 },
            { port: 9001, endPort: 18_000 },
          ],
        }),
        findings: [{ property: 'spec.egress[0].ports', message: 'the entries add up to 18000 TCP ports' }],
      },
      {
        name: 'rules to the same peer that add up, of which the third one tips it',
        object: egress(
          { to: api, ports: [{ port: 1, endPort: 9000 }] },
          { to: [...block('10.0.0.0/8'), ...api], ports: [{ port: 8000, endPort: 9500 }] },
          {
            to: api,
            ports: [
              { protocol: 'UDP', port: 53 },
              { port: 40_000, endPort: 49_999 },
            ],
          },
          { to: api, ports: [{ port: 60_000 }] },
        ),
        findings: [
          {
            property: 'spec.egress[2].ports',
            message:
              'the entries add up to 19500 TCP ports, with those to the same peer in spec.egress[0], spec.egress[1]',
          },
        ],
      },
      {
        name: 'entities of Cilium',
        object: cilium({
          ingress: [{ fromEntities: ['world', 'cluster'], toPorts: port80 }],
          egress: [{ toEntities: ['all'], toPorts: port80 }],
        }),
        findings: [
          {
            property: 'spec.ingress[0].fromEntities[1]',
            message: 'the rule selects every pod of every namespace of the cluster',
          },
          {
            property: 'spec.ingress[0].fromEntities[0]',
            value: '0.0.0.0/0',
            message: 'the rule lets in 0.0.0.0/0, which is anybody',
          },
          {
            property: 'spec.ingress[0].fromEntities[0]',
            value: '::/0',
            message: 'the rule lets in ::/0, which is anybody',
          },
          {
            property: 'spec.egress[0].toEntities[0]',
            message: 'the rule selects every pod of every namespace of the cluster',
          },
        ],
      },
      {
        name: 'Cilium without ports, with ports alone, and with port 0',
        object: {
          ...cilium(undefined),
          specs: [
            { ingress: [{ fromEndpoints: [{}] }, { fromEndpoints: [{}], toPorts: [{}] }] },
            {
              egress: [
                { toPorts: port80 },
                { toEndpoints: [{}], toPorts: [{ ports: [{ port: '0' }, { port: '0', protocol: 'TCP' }] }] },
                { toEndpoints: [{}], toPorts: [{ ports: [{ port: '1024', endPort: 65_535, protocol: 'ANY' }] }] },
              ],
            },
          ],
        },
        findings: [
          {
            property: 'specs[0].ingress[0].toPorts',
            message: 'the rule names no port, so it opens all of them',
          },
          {
            property: 'specs[0].ingress[1].toPorts',
            message: 'the rule names no port, so it opens all of them',
          },
          {
            property: 'specs[1].egress[0].toEndpoints',
            message: 'the rule names no peer, so it lets its pods out to everywhere',
          },
          { property: 'specs[1].egress[1].toPorts[0].ports[0]', message: 'the rule opens every port' },
          { property: 'specs[1].egress[1].toPorts[0].ports[1]', message: 'the rule opens every TCP port' },
          {
            property: 'specs[1].egress[2].toPorts[0].ports[0]',
            message: 'the rule opens the ports from 1024 to 65535',
          },
        ],
      },
      {
        name: 'every endpoint of a cluster with Cilium',
        object: object('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', {
          spec: { endpointSelector: {}, ingress: [{ fromEndpoints: [{}], toPorts: port80 }] },
        }),
        findings: [
          {
            property: 'spec.ingress[0].fromEndpoints[0]',
            message: 'the rule selects every pod of every namespace of the cluster',
          },
        ],
      },
      {
        name: 'the same in a policy of a namespace',
        object: cilium({
          ingress: [
            {
              fromEndpoints: [
                { matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] },
                { matchLabels: { app: 'web' } },
              ],
              toPorts: port80,
            },
          ],
        }),
        findings: [
          {
            property: 'spec.ingress[0].fromEndpoints[0]',
            message: 'the rule selects every pod of every namespace of the cluster',
          },
        ],
      },
      ...['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy'].map((kind) => ({
        name: `${kind} that allows everybody, every port and a range`,
        object: object('policy.networking.k8s.io/v1alpha1', kind, {
          spec: {
            subject: { namespaces: {} },
            ingress: [{ action: 'Allow', from: [{ namespaces: {} }] }],
            egress: [
              {
                action: 'Allow',
                to: [{ pods: { namespaceSelector: {}, podSelector: {} } }, { networks: ['10.0.0.0/8'] }],
                ports: [{ portRange: { start: 1, end: 65_535 } }, { namedPort: 'http' }],
              },
            ],
          },
        }),
        findings: [
          {
            property: 'spec.ingress[0].from[0]',
            message: 'the rule selects every pod of every namespace of the cluster',
          },
          { property: 'spec.ingress[0].ports', message: 'the rule names no port, so it opens all of them' },
          {
            property: 'spec.egress[0].to[0]',
            message: 'the rule selects every pod of every namespace of the cluster',
          },
          { property: 'spec.egress[0].ports[0]', message: 'the rule opens the TCP ports from 1 to 65535' },
        ],
      })),
      {
        name: 'ClusterNetworkPolicy that accepts a range in parts',
        object: cluster({
          egress: [
            {
              action: 'Accept',
              to: [{ namespaces: monitoring }],
              protocols: [
                { udp: { destinationPort: { range: { start: 1, end: 9000 } } } },
                { udp: { destinationPort: { range: { start: 20_001, end: 29_000 } } } },
                { sctp: { destinationPort: { range: { start: 1, end: 20_000 } } } },
              ],
            },
          ],
        }),
        findings: [
          { property: 'spec.egress[0].protocols[2]', message: 'the rule opens the SCTP ports from 1 to 20000' },
          { property: 'spec.egress[0].protocols', message: 'the entries add up to 18000 UDP ports' },
        ],
      },
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
      ...[
        { namespaceSelector: { matchExpressions: [notIn('kubernetes.io/metadata.name')] } },
        { namespaceSelector: {}, podSelector: { matchExpressions: [notIn('app')] } },
        { namespaceSelector: { matchExpressions: [notIn('team'), { key: 'old', operator: 'DoesNotExist' }] } },
      ].map((peer) => ({
        name: `everybody but few: ${JSON.stringify(peer)}`,
        object: policy({ ingress: [{ from: [...api, peer], ports: http }] }),
        findings: [
          {
            property: 'spec.ingress[0].from[1]',
            message: 'the rule selects every pod of every namespace of the cluster, but for those that it names',
          },
        ],
      })),
      {
        name: 'everybody but few in Cilium and for an administrator',
        object: cilium({
          ingress: [
            { fromEndpoints: [{ matchExpressions: [notIn('k8s:io.kubernetes.pod.namespace')] }], toPorts: port80 },
          ],
        }),
        findings: [
          {
            property: 'spec.ingress[0].fromEndpoints[0]',
            message: 'the rule selects every pod of every namespace of the cluster, but for those that it names',
          },
        ],
      },
      ...[
        { namespaces: { matchExpressions: [notIn('team')] } },
        { pods: { namespaceSelector: { matchExpressions: [notIn('team')] }, podSelector: {} } },
      ].map((peer) => ({
        name: `everybody but few for an administrator: ${JSON.stringify(peer)}`,
        object: object('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', {
          spec: { ingress: [{ action: 'Allow', from: [peer], ports: [{ portNumber: { port: 80 } }] }] },
        }),
        findings: [
          {
            property: 'spec.ingress[0].from[0]',
            message: 'the rule selects every pod of every namespace of the cluster, but for those that it names',
          },
        ],
      })),
      {
        name: 'quarters of the internet in rules of their own',
        object: policy({
          ingress: [
            { from: block('0.0.0.0/2'), ports: http },
            { from: block('64.0.0.0/2'), ports: [{ port: 1, endPort: 100 }] },
            { from: [...api, ...block('128.0.0.0/2')], ports: [{ port: 443 }, ...http] },
            { from: block('192.0.0.0/2'), ports: [{ port: 8080 }] },
          ],
        }),
        findings: [
          {
            property: 'spec.ingress[2].from',
            message:
              'with those of spec.ingress[0], spec.ingress[1] the blocks add up to most of the internet on TCP 80',
          },
        ],
      },
      ...[
        ...['(all())', "all() || a == 'b'", 'all() && all()', 'has(a) || !has(a)', "a == 'b' || a != 'b'"],
        ...["!(a == 'b' && a == 'c')", ' ( ( all ( ) ) ) ', '!global()', 'has(projectcalico.org/namespace)'],
      ].map((selector) => ({
        name: `the selector ${selector} of Calico, which everybody meets`,
        object: object('projectcalico.org/v3', 'GlobalNetworkPolicy', {
          spec: {
            ingress: [{ action: 'Allow', protocol: 'TCP', source: { selector }, destination: { ports: [80] } }],
          },
        }),
        findings: [
          {
            property: 'spec.ingress[0].source',
            message: 'the rule selects every pod of every namespace of the cluster',
          },
        ],
      })),
      ...[
        { selector: "!(a == 'b')" },
        { selector: '!has(a) && b not in {\'x\', "y"}' },
        { selector: "a == 'b' || !has(c)" },
        { selector: "projectcalico.org/namespace != 'kube-system'" },
        { selector: 'all()', notSelector: "a == 'b'" },
      ].map((source) => ({
        name: `a selector of Calico that nobody has to do anything to meet: ${JSON.stringify(source)}`,
        object: object('projectcalico.org/v3', 'GlobalNetworkPolicy', {
          spec: { ingress: [{ action: 'Allow', protocol: 'TCP', source, destination: { ports: [80] } }] },
        }),
        findings: [
          {
            property: 'spec.ingress[0].source',
            message: 'the rule selects every pod of every namespace of the cluster, but for those that it names',
          },
        ],
      })),
      ...['projectcalico.org/v3', 'crd.projectcalico.org/v1'].map((version) => ({
        name: `all() in a GlobalNetworkPolicy of ${version}`,
        object: object(version, 'GlobalNetworkPolicy', {
          spec: {
            selector: 'all()',
            ingress: [{ action: 'Allow', source: { selector: 'all()' } }],
            egress: [{ action: 'Allow' }],
          },
        }),
        findings: [
          {
            property: 'spec.ingress[0].source',
            message: 'the rule selects every pod of every namespace of the cluster',
          },
          { property: 'spec.ingress[0].destination.ports', message: 'the rule names no port, so it opens all of them' },
          {
            property: 'spec.egress[0].destination',
            message: 'the rule names no peer, so it lets its pods out to everywhere',
          },
          { property: 'spec.egress[0].destination.ports', message: 'the rule names no port, so it opens all of them' },
        ],
      })),
      {
        name: 'wide rules of a NetworkPolicy of Calico',
        object: calico({
          ingress: [
            {
              action: 'Allow',
              protocol: 'TCP',
              source: { namespaceSelector: "team != 'x'" },
              destination: { ports: [80] },
            },
            {
              action: 'Allow',
              protocol: 6,
              source: { nets: ['0.0.0.0/0'] },
              destination: { ports: ['1:65535', 'http'] },
            },
            { action: 'Allow', protocol: 'UDP', source: { selector: "app == 'web'" } },
            { action: 'Allow', protocol: 'TCP', source: { notNets: ['10.0.0.0/8'] }, destination: { ports: ['443'] } },
          ],
        }),
        findings: [
          {
            property: 'spec.ingress[0].source',
            message: 'the rule selects every pod of every namespace of the cluster, but for those that it names',
          },
          { property: 'spec.ingress[1].source.nets[0]', message: 'the rule lets in 0.0.0.0/0, which is anybody' },
          { property: 'spec.ingress[1].destination.ports[0]', message: 'the rule opens the TCP ports from 1 to 65535' },
          { property: 'spec.ingress[2].destination.ports', message: 'the rule opens every UDP port' },
          { property: 'spec.ingress[3].source', message: 'the rule lets in 0.0.0.0/0, which is anybody' },
          { property: 'spec.ingress[3].source', message: 'the rule lets in ::/0, which is anybody' },
        ],
      },
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
      { name: 'a block that is for network-block to refuse', object: egress({ to: block('x'), ports: http }) },
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
      { name: 'all of them excepted in IPv6', object: egress({ to: block('::/0', ...metadata6), ports: http }) },
      {
        name: 'all of them excepted in Cilium',
        object: cilium({ egress: [{ toCIDRSet: [{ cidr: '0.0.0.0/0', except: metadata4 }], toPorts: port80 }] }),
      },
      {
        name: 'all of them denied in Cilium',
        object: cilium({
          egress: [{ toPorts: port80 }, { toEntities: ['world'], toPorts: port80 }],
          egressDeny: [{ toCIDR: [...metadata4, ...metadata6] }],
        }),
      },
      {
        name: 'all of them denied before in an admin policy',
        object: admin({
          egress: [
            { action: 'Deny', to: [{ networks: metadata4 }] },
            { action: 'Allow', to: [{ networks: ['0.0.0.0/0'] }], ports: [{ portNumber: { port: 443 } }] },
          ],
        }),
      },
      {
        name: 'names in Cilium',
        object: cilium({ egress: [{ toFQDNs: [{ matchPattern: '*.example.org' }], toPorts: port80 }] }),
      },
      ...['metadata.example.org', 'instance-data.example.org', 'ec2.internal', 'db.eu-west-1.compute.internal'].map(
        (matchName) => ({
          name: `the name ${matchName}, of no metadata service`,
          object: cilium({ egress: [{ toFQDNs: [{ matchName }], toPorts: port80 }] }),
        }),
      ),
      {
        name: 'a pattern of Cilium, whose star stands for one part of a name',
        object: cilium({ egress: [{ toFQDNs: [{ matchPattern: '*.internal' }], toPorts: port80 }] }),
      },
      {
        name: 'names of a metadata service on ports that it does not answer on, and where its address is denied',
        object: cilium({
          egress: [
            { toFQDNs: [{ matchPattern: '*.google.internal' }], toPorts: [{ ports: [{ port: '443' }] }] },
            { toFQDNs: [{ matchName: 'metadata.tencentyun.com' }], toPorts: port80 },
          ],
          egressDeny: [{ toCIDR: ['169.254.0.23/32'] }],
        }),
      },
      {
        name: 'the name of the metadata server of GKE, where pods have identities of their own',
        object: cilium({ egress: [{ toFQDNs: [{ matchName: 'metadata.google.internal' }], toPorts: port80 }] }),
        target: gke,
      },
      {
        name: 'domains of Calico and of an administrator',
        object: calico({
          egress: [{ action: 'Allow', protocol: 'TCP', destination: { domains: ['*.example.org'], ports: [80] } }],
        }),
      },
    ],
    violating: [
      ...[
        { toEntities: ['all'] },
        { toEntities: ['world'] },
        { toEntities: ['world-ipv4'] },
        { toCIDR: ['0.0.0.0/0'] },
      ].map((to) => ({
        name: `Cilium: ${JSON.stringify(to)}`,
        object: cilium({ egress: [{ ...to, toPorts: port80 }], egressDeny: [{ toCIDR: ['::/0'] }] }),
        findings: [
          {
            property: `spec.egress[0].${Object.keys(to)[0]}[0]`,
            message: expect.stringMatching(/^the rule opens 0\.0\.0\.0\/0, and in it 169\.254\.169\.254, /),
            remedy: `name the block in toCIDRSet, with except: ${metadata4.join(', ')}`,
          },
        ],
      })),
      {
        name: 'any name in Cilium, which may answer with any address',
        object: cilium({ egress: [{ toFQDNs: [{ matchPattern: '**' }], toPorts: port80 }] }),
        findings: ['0.0.0.0/0', '::/0'].map((value) => ({
          property: 'spec.egress[0].toFQDNs[0]',
          value,
          message: expect.stringMatching(/, and in it 169\.254\.169\.254, /),
          remedy: 'name the domain that is needed, such as *.example.org',
        })),
      },
      ...[
        { matchName: 'metadata.google.internal' },
        { matchName: 'Metadata.Google.Internal.' },
        { matchName: 'metadata.goog' },
        { matchName: 'instance-data' },
        { matchName: 'instance-data.ec2.internal' },
        { matchName: 'instance-data.us-east-2.compute.internal' },
        { matchName: 'metadata.tencentyun.com' },
        { matchName: 'api.metadata.cloud.ibm.com' },
      ].map((to) => ({
        name: `the name ${to.matchName} in Cilium`,
        object: cilium({ egress: [{ toFQDNs: [to], toPorts: port80 }] }),
        findings: [
          {
            property: 'spec.egress[0].toFQDNs[0]',
            value: to.matchName,
            message: expect.stringMatching(/^the rule opens \S+, a name of the instance metadata of /),
            remedy: 'remove it, and give the pods an identity of their own',
          },
        ],
      })),
      ...[
        '*.google.internal',
        '**.internal',
        'metadata.*.internal',
        '*data',
        'instance-data.eu-*.compute.internal',
        '*.*.compute.internal',
        '*.tencentyun.com',
      ].map((matchPattern) => ({
        name: `the pattern ${matchPattern} in Cilium`,
        object: cilium({ egress: [{ toFQDNs: [{ matchPattern }], toPorts: port80 }] }),
        findings: [
          {
            property: 'spec.egress[0].toFQDNs[0]',
            value: matchPattern,
            message: expect.stringContaining(`the rule opens ${matchPattern}, and in it `),
            remedy: 'name the hosts that are needed',
          },
        ],
      })),
      {
        name: 'domains of Calico, whose star stands for several parts of a name',
        object: calico({
          egress: [
            {
              action: 'Allow',
              protocol: 'TCP',
              destination: { domains: ['api.example.org', '*.internal', 'metadata.goog'], ports: [80] },
            },
          ],
        }),
        findings: [
          {
            property: 'spec.egress[0].destination.domains[1]',
            value: '*.internal',
            message:
              'the rule opens *.internal, and in it metadata.google.internal, a name of the instance metadata of Google Cloud',
          },
          {
            property: 'spec.egress[0].destination.domains[2]',
            message: 'the rule opens metadata.goog, a name of the instance metadata of Google Cloud',
          },
        ],
      },
      {
        name: 'every domain of Calico, which may answer with any address',
        object: calico({
          egress: [{ action: 'Allow', protocol: 'TCP', destination: { domains: ['*'], ports: [80] } }],
        }),
        findings: ['0.0.0.0/0', '::/0'].map((value) => ({
          property: 'spec.egress[0].destination.domains[0]',
          value,
          message: expect.stringMatching(/, and in it 169\.254\.169\.254, /),
          remedy: 'name the domain that is needed, such as *.example.org',
        })),
      },
      {
        name: 'domains of an administrator',
        object: admin({
          egress: [
            {
              action: 'Allow',
              to: [{ domainNames: ['*.example.org', '*.internal'] }],
              ports: [{ portNumber: { port: 80 } }],
            },
          ],
        }),
        findings: [
          {
            property: 'spec.egress[0].to[0].domainNames[1]',
            message:
              'the rule opens *.internal, and in it metadata.google.internal, a name of the instance metadata of Google Cloud',
          },
        ],
      },
      {
        name: 'ports alone in Cilium, and a denial that leaves one of them',
        object: cilium({ egress: [{ toPorts: port80 }], egressDeny: [{ toCIDR: metadata4.slice(1) }] }),
        findings: [
          {
            property: 'spec.egress[0].toEndpoints',
            message:
              'the rule names no peer, so it opens the metadata addresses of every cloud, such as 169.254.169.254',
          },
        ],
      },
      {
        name: 'an admin policy that denies them too late, or on one port only',
        object: admin({
          egress: [
            { action: 'Deny', to: [{ networks: metadata4 }], ports: [{ portNumber: { port: 22 } }] },
            { action: 'Allow', to: [{ networks: ['169.254.0.0/17', '169.254.169.254/32'] }] },
            { action: 'Deny', to: [{ networks: metadata4 }] },
          ],
        }),
        findings: [
          {
            property: 'spec.egress[1].to[0].networks[0]',
            message:
              'the rule opens 169.254.0.0/17, and in it 169.254.0.23, the instance metadata of Tencent Cloud, and 1 more',
            remedy: 'deny these networks in a rule before it: 169.254.0.23/32, 169.254.42.42/32',
          },
          {
            property: 'spec.egress[1].to[0].networks[1]',
            message: expect.stringMatching(/^the rule opens 169\.254\.169\.254, the instance metadata of AWS, /),
          },
        ],
      },
      ...['64:ff9b::/96', '2002::/16', '2000::/3', '64::/16', '::/0', '2002:a9fe::/32'].map((cidr) => ({
        name: `the IPv6 block ${cidr}, in which IPv4 is`,
        object: egress({ to: block(cidr), ports: http }),
        findings: [
          {
            property: 'spec.egress[0].to[0].ipBlock',
            value: cidr,
            message: expect.stringContaining(
              `the rule opens ${cidr}, and in it 169.254.169.254, the instance metadata of`,
            ),
            remedy: `add to except: ${metadata6.filter((part) => cidrContains(parseCidr(cidr)!, parseCidr(part)!)).join(', ')}`,
          },
        ],
      })),
      {
        name: 'an address inside the 6to4 block of one',
        object: egress({ to: block('2002:a9fe:a9fe::1/128'), ports: http }),
        findings: [
          {
            property: 'spec.egress[0].to[0].ipBlock',
            message: expect.stringMatching(/^the rule opens 169\.254\.169\.254, the instance metadata of AWS/),
          },
        ],
      },
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
  'network-block': {
    compliant: [
      {
        name: 'blocks',
        object: egress({ to: [...block('10.0.0.0/8', '10.1.0.0/16'), ...block('fd00::/8')], ports: http }),
      },
      { name: 'pods', object: egress({ to: api, ports: http }) },
      { name: 'entities of Cilium', object: cilium({ egress: [{ toEntities: ['world'] }] }) },
    ],
    violating: [
      ...['010.0.0.0/8', '0.0.0.0/00', 'x', '10.0.0.1'].map((cidr) => ({
        name: `the unreadable block ${cidr}`,
        object: policy({ ingress: [{ from: block(cidr), ports: http }] }),
        findings: [
          {
            property: 'spec.ingress[0].from[0].ipBlock.cidr',
            message: `"${cidr}" is no address block that all network plugins read alike`,
            value: cidr,
            severity: 'error' as const,
          },
        ],
      })),
      {
        name: 'an unreadable exception',
        object: egress({ to: block('0.0.0.0/0', '10.0.0.0/8', '169.254.169.0254/32'), ports: http }),
        findings: [
          {
            property: 'spec.egress[0].to[0].ipBlock.except[1]',
            message: '"169.254.169.0254/32" is no address block that all network plugins read alike',
          },
        ],
      },
      {
        name: 'blocks with host bits, in every kind',
        object: egress({ to: block('10.1.2.3/8', '10.2.2.2/16'), ports: http }),
        findings: [
          {
            property: 'spec.egress[0].to[0].ipBlock.cidr',
            value: '10.1.2.3/8',
            message: '10.1.2.3/8 names an address inside of a block, not the block',
            remedy: 'write 10.0.0.0/8 for the block, or 10.1.2.3/32 for the address',
            severity: 'warning',
          },
          {
            property: 'spec.egress[0].to[0].ipBlock.except[0]',
            message: '10.2.2.2/16 names an address inside of a block, not the block',
            severity: 'warning',
          },
        ],
      },
      {
        name: 'those of Cilium and of administrators',
        object: cilium({ ingress: [{ fromCIDR: ['10.1.2.3/8'] }, { fromCIDRSet: [{ cidr: 'fd00::1/8' }] }] }),
        findings: [
          {
            property: 'spec.ingress[0].fromCIDR[0]',
            message: '10.1.2.3/8 names an address inside of a block, not the block',
            severity: 'warning',
          },
          {
            property: 'spec.ingress[1].fromCIDRSet[0].cidr',
            message: 'fd00::1/8 names an address inside of a block, not the block',
            severity: 'warning',
          },
        ],
      },
    ],
  },
  'network-cluster-address': {
    compliant: [
      { name: 'addresses elsewhere', object: egress({ to: block('203.0.113.0/24'), ports: http }), target: ranges },
      { name: 'a block around the cluster', object: egress({ to: block('10.0.0.0/8'), ports: http }), target: ranges },
      { name: 'a target that says no ranges', object: egress({ to: block('10.96.0.10/32'), ports: http }) },
      {
        name: 'the API server and the DNS of the target',
        object: egress({ to: [...block('10.244.0.2/32'), ...block('10.96.0.10/32')], ports: http }),
        target: ranges,
      },
      { name: 'an unreadable block', object: egress({ to: block('x'), ports: http }), target: ranges },
    ],
    violating: [
      {
        name: 'a Service and pods',
        object: egress(
          { to: api, ports: http },
          { to: [...api, ...block('10.96.0.1/32'), ...block('fd00:244::/64')], ports: http },
        ),
        target: ranges,
        findings: [
          {
            property: 'spec.egress[1].to[1].ipBlock',
            value: '10.96.0.1/32',
            message:
              '10.96.0.1/32 is in 10.96.0.0/12, the addresses of Services: policies see the pods behind a Service, so that it opens nothing',
            remedy: expect.stringContaining('podSelector'),
          },
          {
            property: 'spec.egress[1].to[2].ipBlock',
            message:
              'fd00:244::/64 is in fd00:244::/56, the addresses of pods: not every network plugin matches pods by address, and the next pod has another',
          },
        ],
      },
      {
        name: 'the whole range of pods, as a source for Cilium',
        object: cilium({ ingress: [{ fromCIDR: ['10.244.0.0/16'], toPorts: port80 }] }),
        target: ranges,
        findings: [
          {
            property: 'spec.ingress[0].fromCIDR[0]',
            message: expect.stringContaining('10.244.0.0/16 is in 10.244.0.0/16, the addresses of pods'),
          },
        ],
      },
    ],
  },
  'service-exposure': {
    compliant: [
      { name: 'a ClusterIP', object: service({ type: 'ClusterIP' }) },
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
        name: 'a load balancer for some',
        object: service({ type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8', '192.0.2.0/24'] }),
        findings: [
          {
            property: 'spec.type',
            message: 'the Service has a load balancer of its own, open to 10.0.0.0/8, 192.0.2.0/24',
          },
        ],
      },
    ],
  },
  'service-external-ips': {
    compliant: [
      { name: 'no spec', object: object('v1', 'Service', {}) },
      { name: 'an empty list', object: service({ externalIPs: [] }) },
      { name: 'a load balancer', object: service({ type: 'LoadBalancer' }) },
    ],
    violating: [
      { name: 'an address', given: { externalIPs: ['192.0.2.1'] } },
      { name: 'two of a load balancer', given: { type: 'LoadBalancer', externalIPs: ['192.0.2.1', '192.0.2.2'] } },
    ].map(({ name, given }) => ({
      name,
      object: service(given),
      findings: [
        {
          property: 'spec.externalIPs',
          message: 'the Service takes traffic for external addresses, whoever they belong to (CVE-2020-8554)',
          value: given.externalIPs,
        },
      ],
    })),
  },
  'service-external-name': {
    compliant: [
      { name: 'no spec', object: object('v1', 'Service', {}) },
      { name: 'pods', object: service({ selector: { app: 'web' } }) },
      ...[
        'db.example.org',
        'metadata.example.org',
        'api.shop.svc.cluster.local',
        'localhost.example.org',
        'shop.metadata',
      ].map((externalName) => ({ name: externalName, object: service({ type: 'ExternalName', externalName }) })),
    ],
    violating: [
      ...[
        ...['metadata.google.internal', 'Metadata.Google.Internal.', 'metadata', 'metadata.tencentyun.com'],
        ...['instance-data.eu-west-1.compute.internal', '169.254.169.254', '100.100.100.200'],
      ].map((externalName) => ({
        name: externalName,
        object: service({ type: 'ExternalName', externalName }),
        findings: [
          {
            property: 'spec.externalName',
            message: `the Service is another name of ${externalName}, the metadata service of a cloud`,
            value: externalName,
          },
        ],
      })),
      ...['localhost', 'app.localhost.', '127.0.0.1', '127.1', '0.0.0.0'].map((externalName) => ({
        name: externalName,
        object: service({ type: 'ExternalName', externalName }),
        findings: [
          {
            property: 'spec.externalName',
            message: `the Service is another name of ${externalName}, which is whoever asks for it`,
            value: externalName,
          },
        ],
      })),
    ],
  },
  ...exposureCases,
  ...networkSetCases,
};
