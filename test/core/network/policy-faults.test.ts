import { policyFaults } from '../../../core/network/policy-faults';

const policy = (spec: Record<string, unknown>) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'a' },
  spec,
});
const selecting = (...matchExpressions: object[]) => policy({ podSelector: { matchExpressions } });
const admin = (kind: string, spec: Record<string, unknown>) =>
  ({
    apiVersion: `policy.networking.k8s.io/${kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'}`,
    kind,
    spec,
  }) as unknown as ReturnType<typeof policy>;
const from = (...peers: unknown[]) => policy({ podSelector: {}, ingress: [{ from: peers }] });
const ports = (...entries: object[]) => policy({ podSelector: {}, egress: [{ ports: entries }] });

describe('policyFaults', () => {
  it.each([
    selecting({ key: 'a', operator: 'In', values: ['b'] }, { key: 'a', operator: 'DoesNotExist' }),
    from(
      { podSelector: {} },
      { namespaceSelector: {}, podSelector: {} },
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
    ),
    from({ ipBlock: { cidr: 'fd00::/8' }, podSelector: null }),
    ports({}, { port: 80, endPort: 80 }, { port: 'http-2', protocol: 'SCTP' }, { port: null, endPort: null }),
    policy({ podSelector: {}, policyTypes: null, ingress: null, egress: [null, {}] }),
    { ...policy({ policyTypes: ['Both'] }), apiVersion: 'crd.projectcalico.org/v1' },
    { ...policy({}), spec: null },
  ])('takes %j', (object) => expect(policyFaults(object as ReturnType<typeof policy>)).toEqual([]));

  it.each<[ReturnType<typeof policy>, string, string]>([
    [
      selecting({ key: 'a', operator: 'Equals', values: ['b'] }),
      'spec.podSelector.matchExpressions.0.operator',
      '"Equals" is no operator of a selector',
    ],
    [selecting({ key: 'a' }), 'spec.podSelector.matchExpressions.0.operator', 'nothing is no operator of a selector'],
    [
      selecting({ key: 'a', operator: 'toString' }),
      'spec.podSelector.matchExpressions.0.operator',
      '"toString" is no operator of a selector',
    ],
    [
      selecting({ key: 'a', operator: 'In' }),
      'spec.podSelector.matchExpressions.0.values',
      'In compares with no value',
    ],
    [
      selecting({ key: 'a', operator: 'Exists', values: ['b'] }),
      'spec.podSelector.matchExpressions.0.values',
      'Exists takes no values',
    ],
    [
      from({ namespaceSelector: { matchExpressions: [{ key: 'a', operator: 'NotIn', values: [] }] } }),
      'spec.ingress.0.from.0.namespaceSelector.matchExpressions.0.values',
      'NotIn compares with no value',
    ],
    [from({}), 'spec.ingress.0.from.0', 'the peer names nobody'],
    [from(null), 'spec.ingress.0.from.0', 'the peer names nobody'],
    [
      from({ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }),
      'spec.ingress.0.from.0',
      'the peer names pods and a block of addresses',
    ],
    [from({ ipBlock: { cidr: '10.0.0.1' } }), 'spec.ingress.0.from.0.ipBlock.cidr', '"10.0.0.1" is no CIDR'],
    [
      from({ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }),
      'spec.ingress.0.from.0.ipBlock.except.0',
      '11.0.0.0/16 is no part of 10.0.0.0/8',
    ],
    [
      from({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }),
      'spec.ingress.0.from.0.ipBlock.except.0',
      '10.0.0.0/8 is no part of 10.0.0.0/8',
    ],
    [
      from({ ipBlock: { cidr: '10.0.0.0/8', except: ['a'] } }),
      'spec.ingress.0.from.0.ipBlock.except.0',
      '"a" is no CIDR',
    ],
    [ports({ port: 0 }), 'spec.egress.0.ports.0.port', '0 is no port'],
    [ports({ port: 'HTTP' }), 'spec.egress.0.ports.0.port', '"HTTP" is no name of a port'],
    [ports({ port: 80, protocol: 'ICMP' }), 'spec.egress.0.ports.0.protocol', '"ICMP" is no protocol of a port'],
    [ports({ port: 80, endPort: 79 }), 'spec.egress.0.ports.0.endPort', 'the range ends at 79, before it begins at 80'],
    [ports({ port: 80, endPort: 70_000 }), 'spec.egress.0.ports.0.endPort', '70000 is no port'],
    [
      ports({ port: 'http', endPort: 90 }),
      'spec.egress.0.ports.0.endPort',
      'the range has an end and no number to begin with',
    ],
    [ports({ endPort: 90 }), 'spec.egress.0.ports.0.endPort', 'the range has an end and no number to begin with'],
    [policy({ podSelector: {}, policyTypes: ['ingress'] }), 'spec.policyTypes.0', '"ingress" is no type of policy'],
    [policy({ podSelector: {}, ingress: { from: [] } }), 'spec.ingress', 'it must be a list, and is an object'],
    [
      policy({ podSelector: {}, policyTypes: 'Ingress' }),
      'spec.policyTypes',
      'it must be a list, and is the string "Ingress"',
    ],
    [
      policy({ podSelector: { matchLabels: { app: 5 } } }),
      'spec.podSelector.matchLabels.app',
      'it must be a text, and is the number 5',
    ],
    [
      from({ ipBlock: { cidr: '10.0.0.0/8', except: '10.1.0.0/16' } }),
      'spec.ingress.0.from.0.ipBlock.except',
      'it must be a list, and is the string "10.1.0.0/16"',
    ],
    [
      {
        apiVersion: 'policy.networking.k8s.io/v1alpha1',
        kind: 'AdminNetworkPolicy',
        spec: { priority: 1, subject: { namespaces: {} }, egress: { to: [] } },
      } as unknown as ReturnType<typeof policy>,
      'spec.egress',
      'must be a list, and this is a mapping',
    ],
    [
      admin('AdminNetworkPolicy', { priority: 1, subject: { namespaces: { matchLables: { team: 'a' } } } }),
      'spec.subject.namespaces.matchLables',
      'there is no key "matchLables" in spec.subject.namespaces; did you mean matchLabels? Allowed: matchLabels, matchExpressions',
    ],
    [
      admin('BaselineAdminNetworkPolicy', { subject: { namespaces: {} }, ingress: [{ action: 'deny', from: [] }] }),
      'spec.ingress.0.action',
      'must be one of Allow, Deny, and this is "deny"; did you mean Deny?',
    ],
    [
      admin('ClusterNetworkPolicy', { tier: 'baseline', priority: 1, subject: { namespaces: {} } }),
      'spec.tier',
      'must be one of Admin, Baseline, and this is "baseline"; did you mean Baseline?',
    ],
    [admin('ClusterNetworkPolicy', { priority: 1, subject: { namespaces: {} } }), 'spec', 'lacks tier'],
  ])('refuses %j', (object, path, message) => {
    const faults = policyFaults(object);
    expect(faults.map((fault) => [fault.path.join('.'), fault.message])).toEqual([[path, message]]);
    expect(faults[0]?.remedy).not.toBe('');
  });
});
