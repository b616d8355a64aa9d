import type { KubernetesObject } from '../../../../../core/manifest/object';
import { object, type RuleCases } from '../rule-cases';

const at = (namespace: string | undefined, name: string) => ({ name, ...(namespace && { namespace }) });
/** A Deployment in a namespace whose pods carry the labels. */
const pods = (labels: object, namespace: string | undefined = 'shop', spec: object = {}): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: at(namespace, 'api'),
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [], ...spec } } },
});
const api = { app: 'api' };
const policy = (spec: object, namespace: string | undefined = 'shop'): KubernetesObject => ({
  ...object('networking.k8s.io/v1', 'NetworkPolicy', { spec }),
  metadata: at(namespace, 'policy'),
});
const both = { policyTypes: ['Ingress', 'Egress'] };
const selecting = (podSelector: object, spec: object = both, namespace?: string) =>
  policy({ podSelector, ...spec }, namespace);
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
});
const property = 'spec.template.metadata.labels';
const open = 'no network policy here selects its pods: everybody in the cluster reaches them, and they reach everybody';
const from = (...peers: object[]) => selecting(api, { policyTypes: ['Ingress'], ingress: [{ from: peers }] });
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

/** What network policies and pods are together: objects that keep each rule, and that break it, with what is beside them. */
export const networkSetCases: Readonly<Record<string, RuleCases>> = {
  'network-policy-coverage': {
    compliant: [
      { name: 'a policy that selects them', object: pods(api), beside: [selecting({ matchLabels: api })] },
      { name: 'a policy for every pod', object: pods(api), beside: [selecting({})] },
      {
        name: 'one policy for each direction',
        object: pods(api),
        beside: [selecting({ matchLabels: api }, { policyTypes: ['Egress'] }), selecting({}, {})],
      },
      {
        name: 'no policyTypes, and rules of egress',
        object: pods(api),
        beside: [selecting({}, { egress: [{ to: [{ podSelector: {} }] }] })],
      },
      ...[
        expression('app', 'In', 'web', 'api'),
        expression('app', 'Exists'),
        expression('app', 'NotIn', 'web'),
        expression('legacy', 'DoesNotExist'),
        { matchLabels: api, ...expression('app', 'Exists') },
      ].map((selector) => ({
        name: `the selector ${JSON.stringify(selector)}`,
        object: pods(api),
        beside: [selecting(selector)],
      })),
      {
        name: 'a namespace that is not said',
        object: pods(api, ''),
        beside: [policy({ podSelector: {}, ...both }, '')],
      },
      { name: 'the network of the node', object: pods(api, 'shop', { hostNetwork: true }) },
      {
        name: 'a policy of another kind in the namespace',
        object: pods(api),
        beside: [{ ...object('cilium.io/v2', 'CiliumNetworkPolicy', {}), metadata: at('shop', 'it') }],
      },
      {
        name: 'a policy of another kind for the cluster',
        object: pods(api),
        beside: [object('projectcalico.org/v3', 'GlobalNetworkPolicy', {})],
      },
    ],
    violating: [
      {
        name: 'no policy',
        object: pods(api),
        findings: [{ property, message: open, value: api, severity: 'warning' }],
      },
      ...[
        selecting({ matchLabels: { app: 'web' } }),
        selecting({ matchLabels: { ...api, tier: 'back' } }),
        selecting({}, both, 'other'),
        selecting(expression('app', 'NotIn', 'api')),
        selecting(expression('toString', 'Exists')),
        selecting({ matchLabels: api, ...expression('app', 'DoesNotExist') }),
      ].map((other) => ({
        name: `a policy beside them: ${JSON.stringify([other.metadata?.namespace, other.spec])}`,
        object: pods(api),
        beside: [other],
        findings: [{ property, message: open }],
      })),
      {
        name: 'a policy of another kind in another namespace',
        object: pods(api),
        beside: [{ ...object('cilium.io/v2', 'CiliumNetworkPolicy', {}), metadata: at('other', 'it') }],
        findings: [{ property, message: open }],
      },
      {
        name: 'ingress alone',
        object: pods(api),
        beside: [selecting({}, {})],
        findings: [
          {
            property,
            message:
              'no network policy here closes the egress of its pods: they reach everybody, in the cluster and outside',
          },
        ],
      },
      {
        name: 'egress alone',
        object: pods(api),
        beside: [selecting({}, { policyTypes: ['Egress'] })],
        findings: [
          {
            property,
            message: 'no network policy here closes the ingress of its pods: everybody in the cluster reaches them',
          },
        ],
      },
    ],
  },
  'network-policy-unused': {
    compliant: [
      { name: 'pods that it selects', object: selecting({ matchLabels: api }), beside: [pods(api)] },
      { name: 'every pod', object: selecting({}), beside: [pods(api)] },
      {
        name: 'no pods of the namespace',
        object: selecting({ matchLabels: { app: 'web' } }),
        beside: [pods(api, 'other')],
      },
      {
        name: 'a policy of another kind',
        object: object('cilium.io/v2', 'CiliumNetworkPolicy', {}),
        beside: [pods(api)],
      },
    ],
    violating: [{ matchLabels: { app: 'apj' } }, expression('app', 'In', 'web')].map((selector) => ({
      name: JSON.stringify(selector),
      object: selecting(selector),
      beside: [pods(api), pods({ app: 'web' }, 'other')],
      findings: [
        {
          property: 'spec.podSelector',
          message: 'the policy selects no pods of those here: it guards nobody',
          value: selector,
          severity: 'warning' as const,
        },
      ],
    })),
  },
  'network-peer-unknown': {
    compliant: [
      { name: 'pods of the namespace', object: from({ podSelector: { matchLabels: api } }), beside: [pods(api)] },
      { name: 'every pod', object: from({ podSelector: {} }), beside: [pods(api)] },
      {
        name: 'pods of a namespace that is not here',
        object: from({ podSelector: { matchLabels: { app: 'web' } }, ...inNamespace('other') }),
        beside: [pods(api)],
      },
      {
        name: 'namespaces by another label',
        object: from({ podSelector: { matchLabels: { app: 'web' } }, namespaceSelector: { matchLabels: { a: 'b' } } }),
        beside: [pods(api)],
      },
      { name: 'addresses', object: from({ ipBlock: { cidr: '192.0.2.0/24' } }), beside: [pods(api)] },
    ],
    violating: [
      {
        name: 'a label that no pod has',
        object: from({ podSelector: { matchLabels: api } }, { podSelector: { matchLabels: { app: 'web' } } }),
        beside: [pods(api)],
        findings: [
          {
            property: 'spec.ingress[0].from[1].podSelector',
            message: 'the rule lets through pods that are not here, in namespace shop',
            value: { matchLabels: { app: 'web' } },
            severity: 'info',
          },
        ],
      },
      {
        name: 'pods of another namespace, which they are not in',
        object: selecting({}, { egress: [{ to: [{ podSelector: { matchLabels: api }, ...inNamespace('other') }] }] }),
        beside: [pods(api), pods({ app: 'web' }, 'other')],
        findings: [
          {
            property: 'spec.egress[0].to[0].podSelector',
            message: 'the rule lets through pods that are not here, in namespace other',
          },
        ],
      },
    ],
  },
};
