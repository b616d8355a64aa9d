import { ClusterTarget } from '../../../core/cluster';
import { checkValidity } from '../../../core/policy';

const found = (spec: object) =>
  checkValidity(
    { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'a', namespace: 'shop' }, spec },
    ClusterTarget.of('1.36'),
  ).map(({ rule, property }) => [rule, property]);
const anybody = [{ podSelector: {} }];

describe('network-policy-valid', () => {
  it.each<[string, object, string]>([
    [
      'an operator that there is not',
      { podSelector: { matchExpressions: [{ key: 'app', operator: 'Like', values: ['x'] }] } },
      'spec.podSelector.matchExpressions[0].operator',
    ],
    [
      'an operator without values',
      {
        podSelector: {},
        ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: 'a', operator: 'In', values: [] }] } }] }],
      },
      'spec.ingress[0].from[0].podSelector.matchExpressions[0].values',
    ],
    [
      'a port that is none',
      { podSelector: {}, ingress: [{ from: anybody, ports: [{ port: 70_000 }] }] },
      'spec.ingress[0].ports[0].port',
    ],
    [
      'a range that ends before it begins',
      { podSelector: {}, egress: [{ to: anybody, ports: [{ port: 9000, endPort: 8000 }] }] },
      'spec.egress[0].ports[0].endPort',
    ],
    [
      'a protocol that is none',
      { podSelector: {}, egress: [{ to: anybody, ports: [{ port: 443, protocol: 'ICMP' }] }] },
      'spec.egress[0].ports[0].protocol',
    ],
    [
      'an exception outside',
      { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/8'] } }] }] },
      'spec.egress[0].to[0].ipBlock.except[0]',
    ],
    [
      'an exception of everything',
      { podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }] }] },
      'spec.egress[0].to[0].ipBlock.except[0]',
    ],
    ['a type that is none', { podSelector: {}, policyTypes: ['Both'] }, 'spec.policyTypes[0]'],
  ])('finds %s', (_, spec, property) => {
    expect(found(spec)).toEqual([['network-policy-valid', property]]);
  });

  it('leaves blocks to network-block, and policies of plugins to their own', () => {
    expect(found({ podSelector: {}, egress: [{ to: [{ ipBlock: { cidr: 'nonsense' } }] }] })).toEqual([]);
    const ofCalico = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'NetworkPolicy',
      metadata: { name: 'a', namespace: 'shop' },
      spec: { selector: 'all()', types: ['Both'] },
    };
    expect(checkValidity(ofCalico, ClusterTarget.of('1.36')).map(({ rule }) => rule)).toEqual([]);
  });
});
