import type { KubernetesObject } from '../../../../core/manifest/object';
import { PortSet } from '../../../../core/network/port-set';
import { type NetworkPods, type NetworkWorld, Reachability } from '../../../../core/network/reach';

const pods = (id: string, more: Partial<NetworkPods> = {}): NetworkPods => {
  const [namespace = '', app = ''] = id.split('/');
  return { id, namespace, labels: { app }, ports: [], ...more };
};
const policy = (spec: object, namespace: string | undefined = 'shop'): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'policy', ...(namespace && { namespace }) },
  spec: spec as Record<string, unknown>,
});
const cluster = (spec: object, name = 'guard'): KubernetesObject => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name },
  spec: { tier: 'Admin', priority: 10, subject: { namespaces: {} }, ...spec },
});
const ingress = (...rules: object[]) => policy({ podSelector: {}, policyTypes: ['Ingress'], ingress: rules });
const egress = (...rules: object[]) => policy({ podSelector: {}, policyTypes: ['Egress'], egress: rules });
const expressions = (...matchExpressions: object[]) => ({ podSelector: { matchExpressions } });

const web = pods('shop/web');
const api = pods('shop/api', { ports: [{ name: 'http', port: 8080, protocol: 'TCP' }] });

function reach(from: string, to: string, world: Partial<NetworkWorld>) {
  const reachability = new Reachability({ pods: [web, api], policies: [], ...world });
  const { certain, possible } = reachability.between(reachability.indexOf(from) ?? -1, reachability.indexOf(to) ?? -1);
  return certain.key === possible.key ? certain.text : `${certain.text}, perhaps ${possible.text}`;
}
const intoApi = (...policies: KubernetesObject[]) => reach('shop/web', 'shop/api', { policies });

describe('Reachability', () => {
  it.each<[string, KubernetesObject, string]>([
    ['Exists', ingress({ from: [expressions({ key: 'app', operator: 'Exists' })] }), 'every port'],
    [
      'Exists, of a key that is not there',
      ingress({ from: [expressions({ key: 'b', operator: 'Exists' })] }),
      'no port',
    ],
    [
      'Exists, of a key of every object',
      ingress({ from: [expressions({ key: 'constructor', operator: 'Exists' })] }),
      'no port',
    ],
    ['DoesNotExist', ingress({ from: [expressions({ key: 'b', operator: 'DoesNotExist' })] }), 'every port'],
    [
      'NotIn, of a key that is not there',
      ingress({ from: [expressions({ key: 'b', operator: 'NotIn', values: ['x'] })] }),
      'every port',
    ],
    ['NotIn', ingress({ from: [expressions({ key: 'app', operator: 'NotIn', values: ['web'] })] }), 'no port'],
    [
      'In and NotIn',
      ingress({
        from: [
          expressions(
            { key: 'app', operator: 'In', values: ['web', 'x'] },
            { key: 'app', operator: 'NotIn', values: ['x'] },
          ),
        ],
      }),
      'every port',
    ],
    [
      'an unknown operator',
      ingress({ from: [expressions({ key: 'app', operator: 'Is', values: ['web'] })] }),
      'no port',
    ],
    ['an empty peer', ingress({ from: [{}] }), 'no port'],
    ['an empty list of peers', ingress({ from: [] }), 'every port'],
    ['an empty list of ports', ingress({ ports: [] }), 'every port'],
    [
      'a range',
      ingress({
        ports: [
          { port: 80, endPort: 90 },
          { port: 443, protocol: 'SCTP' },
        ],
      }),
      'TCP 80-90, SCTP 443',
    ],
    ['a range that ends before it begins', ingress({ ports: [{ port: 80, endPort: 70 }] }), 'no port'],
    ['every port of a protocol', ingress({ ports: [{ protocol: 'UDP' }] }), 'UDP every port'],
    ['a name of the other side', ingress({ ports: [{ port: 'http' }] }), 'TCP 8080'],
    ['a name with another protocol', ingress({ ports: [{ port: 'http', protocol: 'UDP' }] }), 'no port'],
    ['a name of nobody', ingress({ ports: [{ port: 'grpc' }] }), 'no port'],
    ['egress by a name of the other side', egress({ ports: [{ port: 'http' }] }), 'TCP 8080'],
    ['no policyTypes and no rule', policy({ podSelector: {} }), 'no port'],
    [
      'no policyTypes and rules of egress',
      policy({ podSelector: {}, egress: [{ ports: [{ port: 80 }] }], ingress: [{}] }),
      'TCP 80',
    ],
    [
      'policyTypes that leave its rules out',
      policy({ podSelector: {}, policyTypes: ['Egress'], ingress: [], egress: [{}] }),
      'every port',
    ],
    [
      'a namespace that is not given, by name',
      ingress({ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }] }),
      'every port',
    ],
    [
      'a namespace that is not given, by another label',
      ingress({ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }),
      'no port',
    ],
    ['a policy of another namespace', policy({ podSelector: {} }, 'other'), 'every port'],
    ['a policy without a namespace', policy({ podSelector: {} }, ''), 'every port'],
    ['every address', ingress({ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }), 'every port'],
    [
      'addresses that pods may have',
      ingress({ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }),
      'no port, perhaps every port',
    ],
    ['addresses that no pod has', ingress({ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }), 'no port'],
    [
      'every address but those of pods',
      ingress({
        from: [
          {
            ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'] },
          },
        ],
      }),
      'no port',
    ],
    ['what is no block', ingress({ from: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }), 'no port'],
  ])('takes %s as Kubernetes does', (_name, given, expected) => expect(intoApi(given)).toBe(expected));

  it('resolves a name for each pod by itself', () => {
    const other = pods('shop/other', {
      ports: [
        { name: 'http', port: 9090, protocol: 'TCP' },
        { name: 'http', port: 53, protocol: 'UDP' },
      ],
    });
    const world = { pods: [web, api, other], policies: [egress({ ports: [{ port: 'http' }] })] };
    expect(['shop/api', 'shop/other', 'shop/web'].map((to) => reach('shop/web', to, world))).toEqual([
      'TCP 8080',
      'TCP 9090',
      'every port',
    ]);
    expect(reach('shop/web', '192.0.2.1', { ...world, addresses: ['192.0.2.1'] })).toBe('no port');
  });

  it('lets a pod reach itself, and judges the traffic among several', () => {
    const closed = [policy({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] })];
    expect(reach('shop/web', 'shop/web', { policies: closed })).toBe('every port');
    expect(reach('shop/web', 'shop/web', { policies: closed, pods: [{ ...web, isSeveral: true }] })).toBe('no port');
  });

  it('selects no pod on the network of a node, which is the node to others', () => {
    const agent = pods('shop/agent', { isOnHost: true, node: 'n1' });
    const node = { name: 'n1', labels: {}, addresses: ['10.9.0.1'] };
    const here = { pods: [{ ...api, node: 'n2' }, agent, { ...web, node: 'n1' }], nodes: [node] };
    const closed = [ingress({ from: [{ podSelector: {} }] })];
    expect(reach('shop/api', 'shop/agent', { ...here, policies: closed })).toBe('every port');
    expect(reach('shop/agent', 'shop/api', { ...here, policies: closed })).toBe('no port');
    expect(reach('node n1', 'shop/api', { ...here, policies: closed })).toBe('no port');
    expect(reach('shop/agent', 'shop/web', { ...here, policies: closed })).toBe('every port');
    expect(reach('node n1', 'shop/web', { ...here, policies: closed })).toBe('every port');
    const block = [ingress({ from: [{ ipBlock: { cidr: '10.9.0.0/24' } }], ports: [{ port: 80 }] })];
    expect(reach('shop/agent', 'shop/api', { ...here, policies: block })).toBe('TCP 80');
    expect(reach('shop/agent', 'shop/api', { pods: [api, { ...agent, node: undefined }], policies: block })).toBe(
      'no port, perhaps every port',
    );
  });

  it('knows both families, and that they do not meet', () => {
    const [four, six, both] = [
      pods('shop/four', { addresses: ['10.0.0.4'] }),
      pods('shop/six', { addresses: ['fd00::6'] }),
      pods('shop/both', { addresses: ['10.0.0.1', 'fd00::1'] }),
    ];
    const world = { pods: [four, six, both] };
    expect(reach('shop/four', 'shop/six', world)).toBe('no port');
    expect(reach('shop/both', 'shop/six', world)).toBe('every port');
    const mixed = [
      policy({
        podSelector: { matchLabels: { app: 'both' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ ipBlock: { cidr: 'fd00::/64' } }], ports: [{ port: 80 }] }],
      }),
      policy({
        podSelector: { matchLabels: { app: 'two' } },
        policyTypes: ['Egress'],
        egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/24' } }] }],
      }),
    ];
    const two = pods('shop/two', { addresses: ['10.0.0.2', 'fd00::2'] });
    // Out by IPv4 alone, in by IPv6 alone: the connection never comes about.
    expect(reach('shop/two', 'shop/both', { pods: [two, both], policies: mixed })).toBe('no port');
    expect(reach('shop/six', 'shop/both', { ...world, policies: mixed })).toBe('TCP 80');
    expect(reach('fd00::77', 'shop/both', { ...world, policies: mixed, addresses: ['fd00::77'] })).toBe('TCP 80');
  });

  it('does not know whether pods have IPv6 addresses, unless somebody says it', () => {
    const outside = '2001:db8::1';
    const world = (cidr: string) => ({
      policies: [ingress({ from: [{ ipBlock: { cidr } }], ports: [{ port: 80 }] })],
      addresses: [outside],
    });
    expect(reach(outside, 'shop/api', world('::/0'))).toBe('no port, perhaps TCP 80');
    expect(reach(outside, 'shop/api', world('0.0.0.0/0'))).toBe('no port');
    expect(reach(outside, 'shop/api', { ...world('::/0'), podCidrs: ['10.0.0.0/8'] })).toBe('no port');
    expect(reach(outside, 'shop/api', { ...world('::/0'), podCidrs: ['10.0.0.0/8', 'fd00::/8'] })).toBe('TCP 80');
    expect(reach('shop/web', 'shop/api', world('::/0'))).toBe('no port, perhaps TCP 80');
    // What is open by IPv4 is open for certain.
    expect(reach('shop/api', 'shop/web', { policies: [egress({ to: [{ ipBlock: { cidr: '::/0' } }] }, {})] })).toBe(
      'every port',
    );
  });

  it('asks peers from outside by their address alone', () => {
    const world = {
      addresses: ['203.0.113.7', '198.51.100.1'],
      policies: [
        ingress({
          from: [{ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.64/26'] } }],
          ports: [{ port: 443 }],
        }),
      ],
    };
    expect(reach('203.0.113.7', 'shop/api', world)).toBe('TCP 443');
    expect(reach('198.51.100.1', 'shop/api', world)).toBe('no port');
    expect(reach('shop/api', '198.51.100.1', world)).toBe('every port');
    expect(reach('203.0.113.65', 'shop/api', { ...world, addresses: ['203.0.113.65'] })).toBe('no port');
  });

  it('refuses two ends of one name', () => {
    expect(() => new Reachability({ pods: [web, web], policies: [] })).toThrow('shop/web stands twice among the ends');
  });
});

describe("the administrator's policies", () => {
  const everyone = { from: [{ namespaces: {} }] };
  const tcp = (number: number) => ({ protocols: [{ tcp: { destinationPort: { number } } }] });
  const own = ingress({ ports: [{ port: 443 }] });

  it.each<[string, KubernetesObject[], string]>([
    [
      'accept what a NetworkPolicy closes',
      [own, cluster({ ingress: [{ action: 'Accept', ...everyone, ...tcp(80) }] })],
      'TCP 80, 443',
    ],
    [
      'deny what a NetworkPolicy opens',
      [own, cluster({ ingress: [{ action: 'Deny', ...everyone, ...tcp(443) }] })],
      'no port',
    ],
    [
      'pass to NetworkPolicies, whatever the next rule says',
      [
        own,
        cluster({
          ingress: [
            { action: 'Pass', ...everyone, ...tcp(443) },
            { action: 'Deny', ...everyone },
          ],
        }),
      ],
      'TCP 443',
    ],
    [
      'hold in the order of their priority',
      [
        cluster({ priority: 20, ingress: [{ action: 'Accept', ...everyone, ...tcp(80) }] }),
        cluster({ priority: 10, ingress: [{ action: 'Deny', ...everyone }] }),
      ],
      'no port',
    ],
    [
      'of the baseline hold where no NetworkPolicy closes a pod',
      [
        cluster({
          tier: 'Baseline',
          ingress: [
            { action: 'Accept', ...everyone, ...tcp(80) },
            { action: 'Deny', ...everyone },
          ],
        }),
      ],
      'TCP 80',
    ],
    [
      'of the baseline say nothing of a pod that one closes',
      [own, cluster({ tier: 'Baseline', ingress: [{ action: 'Accept', ...everyone }] })],
      'TCP 443',
    ],
    [
      'of the baseline are no defence from what is accepted before',
      [
        cluster({ ingress: [{ action: 'Accept', ...everyone, ...tcp(80) }] }),
        cluster({ tier: 'Baseline', ingress: [{ action: 'Deny', ...everyone }] }),
      ],
      'TCP 80',
    ],
    [
      'name ports of the other side',
      [own, cluster({ ingress: [{ action: 'Accept', ...everyone, protocols: [{ destinationNamedPort: 'http' }] }] })],
      'TCP 443, 8080',
    ],
    [
      'take networks for pods, too',
      [cluster({ egress: [{ action: 'Deny', to: [{ networks: ['0.0.0.0/0'] }] }] })],
      'no port',
    ],
    [
      'are unsure of networks that pods may be in',
      [cluster({ egress: [{ action: 'Deny', to: [{ networks: ['10.0.0.0/9'] }] }] })],
      'no port, perhaps every port',
    ],
    [
      'may pass, which is certain where both ways lead to the same',
      [cluster({ egress: [{ action: 'Pass', to: [{ networks: ['10.0.0.0/9'] }] }] })],
      'every port',
    ],
    [
      'may pass to what denies, and is not certain though the next rule accepts',
      [
        egress({ ports: [{ port: 443 }] }),
        cluster({
          egress: [
            { action: 'Pass', to: [{ networks: ['10.0.0.0/9'] }] },
            { action: 'Accept', to: [{ namespaces: {} }] },
          ],
        }),
      ],
      'TCP 443, perhaps every port',
    ],
    [
      'may pass, which is not certain where they do not',
      [
        cluster({
          egress: [
            { action: 'Pass', to: [{ networks: ['10.0.0.0/9'] }] },
            { action: 'Deny', to: [{ namespaces: {} }] },
          ],
        }),
      ],
      'no port, perhaps every port',
    ],
  ])('%s', (_name, policies, expected) => expect(intoApi(...policies)).toBe(expected));

  it('of version 1 are read, too: nodes, and what is left of BaselineAdminNetworkPolicy', () => {
    const admin = {
      apiVersion: 'policy.networking.k8s.io/v1alpha1',
      kind: 'AdminNetworkPolicy',
      metadata: { name: 'admin' },
      spec: {
        priority: 1,
        subject: { pods: { namespaceSelector: {}, podSelector: { matchLabels: { app: 'web' } } } },
        egress: [
          {
            action: 'Allow',
            to: [{ nodes: { matchLabels: { role: 'control-plane' } } }],
            ports: [{ portNumber: { port: 6443, protocol: 'TCP' } }],
          },
          {
            action: 'Deny',
            to: [{ nodes: {} }],
            ports: [{ portRange: { start: 1, end: 65535 } }, { portRange: { start: 1, end: 65535, protocol: 'UDP' } }],
          },
        ],
      },
    };
    const nodes = [
      { name: 'n1', labels: { role: 'control-plane' }, addresses: ['10.9.0.1'] },
      { name: 'n2', labels: { role: 'worker' }, addresses: ['10.9.0.2'] },
    ];
    const world = { nodes, policies: [admin], pods: [{ ...web, node: 'n3' }, api] };
    expect(reach('shop/web', 'node n1', world)).toBe('TCP 6443, SCTP every port');
    expect(reach('shop/web', 'node n2', world)).toBe('SCTP every port');
    expect(reach('shop/web', 'shop/api', world)).toBe('every port');
  });
});

describe('an explanation', () => {
  it('names each policy and rule that was asked, and what it decided', () => {
    const guard = cluster({
      ingress: [
        { action: 'Deny', from: [{ namespaces: { matchLabels: { team: 'b' } } }] },
        { action: 'Pass', from: [{ namespaces: {} }] },
      ],
    });
    const own = policy({
      podSelector: { matchLabels: { app: 'api' } },
      ingress: [
        { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 8080 }, { port: 9090 }] },
        { from: [{ podSelector: { matchLabels: { app: 'x' } } }] },
      ],
    });
    const reachability = new Reachability({ pods: [web, api], policies: [own, guard] });
    const [from, to] = ['shop/web', 'shop/api'].map((id) => reachability.indexOf(id) ?? -1) as [number, number];
    const { egress: out, ingress: into, certain } = reachability.explain(from, to, PortSet.of([{ port: 8080 }]));
    expect(certain.text).toBe('TCP 8080');
    expect(out).toMatchObject({ by: 'none', steps: [], isClosed: false });
    expect(into).toMatchObject({ by: 'policies', isClosed: true });
    expect(
      into.steps.map(({ policy: { name }, rule: { path }, match, ports, decides }) => [
        name,
        path.join('.'),
        match,
        ports.text,
        decides.text,
      ]),
    ).toEqual([
      ['ClusterNetworkPolicy.policy.networking.k8s.io guard', 'spec.ingress.0', 'no', 'TCP 8080', 'TCP 8080'],
      ['ClusterNetworkPolicy.policy.networking.k8s.io guard', 'spec.ingress.1', 'yes', 'TCP 8080', 'TCP 8080'],
      ['NetworkPolicy.networking.k8s.io shop/policy', 'spec.ingress.0', 'yes', 'TCP 8080', 'TCP 8080'],
      ['NetworkPolicy.networking.k8s.io shop/policy', 'spec.ingress.1', 'no', 'TCP 8080', 'TCP 8080'],
    ]);
  });
});
