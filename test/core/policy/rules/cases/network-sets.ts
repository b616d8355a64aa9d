import type { KubernetesObject } from '../../../../../core/manifest/object';
import { object, type RuleCases } from '../rule-cases';

const at = (namespace: string | undefined, name: string) => ({ name, ...(namespace && { namespace }) });
/** A Deployment in a namespace whose pods carry the labels. */
const pods = (
  labels: object,
  namespace: string | undefined = 'shop',
  spec: object = {},
  name = 'api',
): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: at(namespace, name),
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [], ...spec } } },
});
const api = { app: 'api' };
/** A Job whose pods have no labels but those that its controller gives them. */
const job: KubernetesObject = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: at('shop', 'mig'),
  spec: { template: { spec: { containers: [] } } },
};
/** A kind that nobody declared, with a pod template in it. */
const rollout = (labels: object): KubernetesObject => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: at('shop', 'web'),
  spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'web' }] } } },
});
const ofJob = { matchLabels: { 'batch.kubernetes.io/job-name': 'mig' } };
const policy = (spec: object, namespace: string | undefined = 'shop'): KubernetesObject => ({
  ...object('networking.k8s.io/v1', 'NetworkPolicy', { spec }),
  metadata: at(namespace, 'policy'),
});
const both = { policyTypes: ['Ingress', 'Egress'] };
const selecting = (podSelector: object, spec: object = both, namespace?: string) =>
  policy({ podSelector, ...spec }, namespace);
const until = (day: string, { metadata, ...rest }: KubernetesObject): KubernetesObject => ({
  ...rest,
  metadata: { ...metadata, annotations: { 'network.kube-bulwark.dev/expires': day } },
});
const expression = (key: string, operator: string, ...values: string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
});
const property = 'spec.template.metadata.labels';
const open = 'no network policy here selects its pods: everybody in the cluster reaches them, and they reach everybody';
const from = (...peers: object[]) =>
  selecting({ matchLabels: api }, { policyTypes: ['Ingress'], ingress: [{ from: peers }] });
const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });

const metadataBlock = '169.254.169.254/32';
const destination = 'spec.egress[0].destination';
const opens = (by: string) =>
  `by ${by} the rule opens 169.254.169.254, the instance metadata of AWS, Google Cloud, Azure, Oracle Cloud, DigitalOcean, OpenStack`;
const cidrGroup = (name: string, cidrs: string | readonly string[], labels: object = {}): KubernetesObject =>
  ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumCIDRGroup',
    metadata: { name, labels },
    spec: { externalCIDRs: [cidrs].flat() },
  }) as unknown as KubernetesObject;
const metadataGroup = (name: string) => cidrGroup(name, ['203.0.113.0/24', metadataBlock]);
const cilium = (spec: object): KubernetesObject =>
  ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: at('shop', 'policy'),
    spec: { endpointSelector: {}, ...spec },
  }) as unknown as KubernetesObject;
const byGroup = (entry: object) => cilium({ egress: [{ toCIDRSet: [entry] }] });
/** A policy of Calico that opens what is labelled `of: meta`. */
const calico = (kind: string, destination: object, action = 'Allow'): KubernetesObject =>
  ({
    apiVersion: 'projectcalico.org/v3',
    kind,
    metadata: at(kind === 'NetworkPolicy' ? 'shop' : undefined, 'policy'),
    spec: { egress: [{ action, destination: { selector: "of == 'meta'", ...destination } }] },
  }) as unknown as KubernetesObject;
/** A set of addresses of Calico, of a namespace or of the cluster. */
const networkSet = (labels: object, namespace?: string): KubernetesObject =>
  ({
    apiVersion: 'projectcalico.org/v3',
    kind: namespace === undefined ? 'GlobalNetworkSet' : 'NetworkSet',
    metadata: { ...at(namespace, 'meta'), labels },
    spec: { nets: [metadataBlock] },
  }) as unknown as KubernetesObject;

/** A Deployment whose container declares ports. */
const listening = (app: string, ...ports: object[]): KubernetesObject =>
  pods({ app }, 'shop', { containers: [{ name: 'c', ports }] }, app);
const named = listening('api', { name: 'http', containerPort: 8080 });
const web = pods({ app: 'web' }, 'shop', {}, 'web');
/** A Deployment whose container is known with its ports. */
const serving = (labels: object, ports: readonly object[], namespace?: string, name = 'api'): KubernetesObject =>
  pods(labels, namespace, { containers: [{ name: 'c', image: 'c', ports }] }, name);
const http = { name: 'http', containerPort: 8080 };
const serves = serving(api, [http]);
const service = (targetPort: unknown, spec: object = {}, namespace: string | undefined = 'shop'): KubernetesObject => ({
  ...object('v1', 'Service', { spec: { selector: api, ports: [{ port: 80, targetPort }], ...spec } }),
  metadata: at(namespace, 'api'),
});
/** What runs with the labels of the api, and is not there to be called. */
const runsBeside = (kind: string, metadata: object = {}): KubernetesObject => {
  const spec = { containers: [{ name: 'c', image: 'c' }] };
  const body = kind === 'Pod' ? { spec } : { spec: { template: { metadata: { labels: api }, spec } } };
  const [apiVersion, name] = kind === 'Pod' ? ['v1', 'test'] : ['batch/v1', 'job'];
  return { apiVersion, kind, metadata: { ...at('shop', name), labels: api, ...metadata }, ...body };
};
const marked = (marks: { readonly labels?: object; readonly annotations?: object }): KubernetesObject => ({
  ...serves,
  spec: {
    selector: { matchLabels: api },
    template: {
      metadata: { ...marks, labels: { ...api, ...marks.labels } },
      spec: { containers: [{ name: 'c', image: 'c', ports: [http] }] },
    },
  },
});
const leadsNowhere = (port: string, protocol = 'TCP', who = 'Deployment.apps shop/api', index = 0) => ({
  property: `spec.ports[${index}].targetPort`,
  value: port,
  message: `no container of ${who} declares a port ${port} for ${protocol}: the Service leads to none of them`,
});
const portOf = (port: number | string | object) => (typeof port === 'object' ? port : { port });
const outTo = (port: number | string | object, podSelector: object = { matchLabels: { app: 'web' } }) =>
  selecting(podSelector, {
    policyTypes: ['Egress'],
    egress: [{ to: [{ podSelector: { matchLabels: api } }], ports: [portOf(port)] }],
  });
const into = (port: number | string | object, whom: object = { app: 'web' }) =>
  selecting(
    { matchLabels: api },
    { policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: whom } }], ports: [portOf(port)] }] },
  );
const closed = selecting({ matchLabels: api }, { policyTypes: ['Ingress'] });
const second = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, name: 'second' },
});

/** What network policies and pods are together: objects that keep each rule, and that break it, with what is beside them. */
export const networkSetCases: Readonly<Record<string, RuleCases>> = {
  'network-policy-coverage': {
    compliant: [
      { name: 'a policy that selects them', object: pods(api), beside: [selecting({ matchLabels: api })] },
      { name: 'a policy for every pod', object: pods(api), beside: [selecting({})] },
      { name: 'a policy by a label that the controller sets', object: job, beside: [selecting(ofJob)] },
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
      {
        name: 'a policy for pods without a label that the controller sets',
        object: job,
        beside: [selecting(expression('job-name', 'DoesNotExist'))],
        findings: [{ property, message: open, value: {} }],
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
      { name: 'a label that the controller sets', object: selecting(ofJob), beside: [job] },
      {
        name: 'a value of such a label that nobody knows before',
        object: selecting(expression('pod-template-hash', 'In', '5d8f9c7b6')),
        beside: [pods(api)],
      },
      {
        name: 'pods of a kind that nobody declared',
        object: selecting({ matchLabels: { app: 'web' } }),
        beside: [pods(api), rollout({ app: 'web' })],
      },
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
    violating: [
      { matchLabels: { app: 'apj' } },
      expression('app', 'In', 'web'),
      { matchLabels: { 'job-name': 'migrate' } },
      { matchLabels: api, ...expression('pod-template-hash', 'DoesNotExist') },
    ].map((selector) => ({
      name: JSON.stringify(selector),
      object: selecting(selector),
      beside: [pods(api), ...('matchLabels' in selector ? [job] : []), pods({ app: 'web' }, 'other')],
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
        name: 'pods of a kind that nobody declared',
        object: from({ podSelector: { matchLabels: { app: 'web' } } }),
        beside: [pods(api), rollout({ app: 'web' })],
      },
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
      { name: 'a label that the controller sets', object: from({ podSelector: ofJob }), beside: [job] },
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
        name: 'a label that pods of a kind that nobody declared have not either',
        object: from({ podSelector: { matchLabels: { app: 'web' } } }),
        beside: [pods(api), rollout({ app: 'other' })],
        findings: [
          {
            property: 'spec.ingress[0].from[0].podSelector',
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
  'network-connection-blocked': {
    compliant: [
      { name: 'both sides', object: outTo(8080), beside: [web, named, into(8080)] },
      { name: 'another side that nothing closes', object: outTo(8080), beside: [web, named] },
      { name: 'a side that is not here', object: outTo(8080), beside: [web] },
      { name: 'a name of the port that is let in', object: outTo('http'), beside: [web, named, into(8080)] },
      { name: 'a part of the ports', object: outTo({ port: 8000, endPort: 9000 }), beside: [web, named, into(8080)] },
      {
        name: 'one of its pods',
        object: outTo(8080, {}),
        beside: [web, pods({ app: 'job' }, 'shop', {}, 'job'), named, into(8080)],
      },
      {
        name: 'a peer that names no labels',
        object: selecting({}, { egress: [{ to: [{ podSelector: {} }] }] }),
        beside: [web, named, closed],
      },
      {
        name: 'the network of the node',
        object: outTo(8080),
        beside: [web, { ...pods(api, 'shop', { hostNetwork: true }) }, closed],
      },
      {
        name: 'a namespace of which the labels are not known',
        object: outTo(8080),
        beside: [
          web,
          named,
          selecting(
            { matchLabels: api },
            { ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'a' } } }] }] },
          ),
        ],
      },
      {
        name: 'what is accepted before',
        object: outTo(8080),
        beside: [
          ...[web, named, closed],
          object('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', {
            spec: {
              tier: 'Admin',
              priority: 1,
              subject: { namespaces: {} },
              ingress: [{ action: 'Accept', from: [{ namespaces: {} }] }],
            },
          }),
        ],
      },
    ],
    violating: [
      {
        name: 'a side that lets nobody in',
        object: outTo(8080),
        beside: [web, named, closed],
        findings: [
          {
            property: 'spec.egress[0].to[0]',
            message:
              'the rule lets its pods out to Deployment.apps shop/api, whose policies let none of them in there on these ports: NetworkPolicy.networking.k8s.io shop/policy',
            remedy: 'add the ingress rule to the other side, or remove this one',
            severity: 'warning',
          },
        ],
      },
      {
        name: 'a side that lets others in',
        object: outTo(8080),
        beside: [web, named, into(8080, { app: 'x' })],
        findings: [
          { property: 'spec.egress[0].to[0]', message: expect.stringMatching(/^the rule lets its pods out to /) },
        ],
      },
      {
        name: 'a side that lets them in elsewhere',
        object: outTo(8080),
        beside: [web, named, into(9090)],
        findings: [
          { property: 'spec.egress[0].to[0]', message: expect.stringContaining('let none of them in') },
          { property: 'spec.ingress[0].from[0]', message: expect.stringContaining('do not let them out') },
        ],
      },
      {
        name: 'a side that does not let out whom it lets in',
        object: into(8080),
        beside: [web, named, selecting({ matchLabels: { app: 'web' } }, { policyTypes: ['Egress'] })],
        findings: [
          {
            property: 'spec.ingress[0].from[0]',
            message:
              'the rule lets in Deployment.apps shop/web, whose policies do not let them out to its pods on these ports: NetworkPolicy.networking.k8s.io shop/policy',
            remedy: 'add the egress rule to the other side, or remove this one',
          },
        ],
      },
    ],
  },
  'network-metadata-group': {
    compliant: [
      { name: 'a group of others', object: byGroup({ cidrGroupRef: 'a' }), beside: [cidrGroup('a', '203.0.113.0/24')] },
      { name: 'a group that is not here', object: byGroup({ cidrGroupRef: 'a' }), beside: [metadataGroup('b')] },
      { name: 'a group that nobody opens', object: byGroup({ cidr: '203.0.113.0/24' }), beside: [metadataGroup('a')] },
      {
        name: 'a group that is denied',
        object: cilium({ egressDeny: [{ toCIDRSet: [{ cidrGroupRef: 'a' }] }] }),
        beside: [metadataGroup('a')],
      },
      {
        name: 'a group that is let in',
        object: cilium({ ingress: [{ fromCIDRSet: [{ cidrGroupRef: 'a' }] }] }),
        beside: [metadataGroup('a')],
      },
      {
        name: 'other labels',
        object: byGroup({ cidrGroupSelector: { matchLabels: { of: 'meta' } } }),
        beside: [cidrGroup('a', metadataBlock, { of: 'office' })],
      },
      {
        name: 'the identity of a pod',
        object: cilium({ egress: [{ toCIDRSet: [{ cidrGroupRef: 'a' }], toPorts: [{ ports: [{ port: '80' }] }] }] }),
        beside: [cidrGroup('a', '169.254.170.23/32')],
      },
      {
        name: 'a group of another API',
        object: byGroup({ cidrGroupRef: 'a' }),
        beside: [{ ...metadataGroup('a'), apiVersion: 'example.com/v1' }],
      },
      {
        name: 'a set of no namespace, by all namespaces',
        object: calico('GlobalNetworkPolicy', { namespaceSelector: 'all()' }),
        beside: [networkSet({ of: 'meta' })],
      },
      { name: 'a set of others', object: calico('GlobalNetworkPolicy', {}), beside: [networkSet({ of: 'office' })] },
      {
        name: 'a set of the cluster, of a policy of a namespace',
        object: calico('NetworkPolicy', {}),
        beside: [networkSet({ of: 'meta' })],
      },
      {
        name: 'a set of another namespace',
        object: calico('NetworkPolicy', {}),
        beside: [networkSet({ of: 'meta' }, 'other')],
      },
      {
        name: 'what is in both',
        object: calico('GlobalNetworkPolicy', { nets: ['203.0.113.0/24'] }),
        beside: [networkSet({ of: 'meta' })],
      },
      {
        name: 'a set that is denied',
        object: calico('GlobalNetworkPolicy', {}, 'Deny'),
        beside: [networkSet({ of: 'meta' })],
      },
      {
        name: 'a set of namespaces, beside one of none',
        object: calico('NetworkPolicy', { namespaceSelector: 'global()' }),
        beside: [networkSet({ of: 'meta' }, 'shop')],
      },
    ],
    violating: [
      {
        name: 'a group by its name',
        object: byGroup({ cidrGroupRef: 'a' }),
        beside: [metadataGroup('b'), metadataGroup('a')],
        findings: [
          {
            property: 'spec.egress[0].toCIDRSet[0]',
            value: { cidrGroupRef: 'a' },
            message: opens('CiliumCIDRGroup.cilium.io a'),
          },
        ],
      },
      {
        name: 'a group by its labels, in one of several rules',
        object: {
          ...cilium({}),
          spec: undefined,
          specs: [{}, { egress: [{}, { toCIDRSet: [{}, { cidrGroupSelector: { matchLabels: { of: 'meta' } } }] }] }],
        } as unknown as KubernetesObject,
        beside: [cidrGroup('a', metadataBlock, { of: 'meta' })],
        findings: [{ property: 'specs[1].egress[1].toCIDRSet[1]', message: opens('CiliumCIDRGroup.cilium.io a') }],
      },
      {
        name: 'several of a group',
        object: byGroup({ cidrGroupRef: 'a' }),
        beside: [cidrGroup('a', ['203.0.113.0/24', metadataBlock, '100.100.100.200/32'])],
        findings: [{ property: 'spec.egress[0].toCIDRSet[0]', message: expect.stringMatching(/, and 1 more$/) }],
      },
      ...(['projectcalico.org/v3', 'crd.projectcalico.org/v1'] as const).map((apiVersion) => ({
        name: `a set of the cluster, of ${apiVersion}`,
        object: { ...calico('GlobalNetworkPolicy', {}), apiVersion },
        beside: [{ ...networkSet({ of: 'meta' }), apiVersion }],
        findings: [{ property: destination, message: opens(`GlobalNetworkSet.${apiVersion.split('/')[0]} meta`) }],
      })),
      {
        name: 'a set of the cluster, of a policy that says so',
        object: calico('NetworkPolicy', { namespaceSelector: 'global()' }),
        beside: [networkSet({ of: 'meta' })],
        findings: [{ property: destination, message: opens('GlobalNetworkSet.projectcalico.org meta') }],
      },
      ...[
        ['NetworkPolicy', { namespaceSelector: 'all()' }, 'other'],
        ['GlobalNetworkPolicy', { namespaceSelector: 'all()' }, 'shop'],
        ['GlobalNetworkPolicy', {}, 'shop'],
      ].map(([kind, destined, namespace]) => ({
        name: `the set of ${namespace} by a ${kind} ${JSON.stringify(destined)}`,
        object: calico(kind as string, destined as object),
        beside: [networkSet({ of: 'meta' }, namespace as string)],
        findings: [{ property: destination, message: opens(`NetworkSet.projectcalico.org ${namespace}/meta`) }],
      })),
      {
        name: 'each set of no namespace',
        object: calico('GlobalNetworkPolicy', { selector: undefined, namespaceSelector: 'global()' }),
        beside: [networkSet({ of: 'meta' })],
        findings: [{ property: destination, message: opens('GlobalNetworkSet.projectcalico.org meta') }],
      },
      {
        name: 'a set of its namespace',
        object: calico('NetworkPolicy', {}),
        beside: [networkSet({ of: 'meta' }, 'shop')],
        findings: [{ property: destination, message: opens('NetworkSet.projectcalico.org shop/meta') }],
      },
    ],
  },
  'service-target-port': {
    compliant: [
      { name: 'the name of a port', object: service('http'), beside: [serves] },
      { name: 'a number that nobody declares', object: service(9090), beside: [serves] },
      { name: 'no targetPort', object: service(undefined), beside: [serves] },
      {
        name: 'a name that one of its pods has',
        object: service('http'),
        beside: [serves, serving(api, [], 'shop', 'old')],
      },
      {
        name: 'the name of a sidecar',
        object: service('proxy'),
        beside: [
          pods(api, 'shop', {
            containers: [{ name: 'c', image: 'c', ports: [http] }],
            initContainers: [
              { name: 'p', image: 'p', restartPolicy: 'Always', ports: [{ name: 'proxy', containerPort: 9901 }] },
            ],
          }),
        ],
      },
      {
        name: 'a name of pods that it may select',
        object: service('web', { selector: { ...api, 'apps.kubernetes.io/pod-index': '0' } }),
        beside: [
          serving({ ...api, 'apps.kubernetes.io/pod-index': '0' }, [http]),
          { ...serving(api, [{ name: 'web', containerPort: 80 }], 'shop', 'db'), kind: 'StatefulSet' },
        ],
      },
      { name: 'pods that are not here', object: service('web', { selector: { app: 'web' } }), beside: [serves] },
      { name: 'pods of another namespace', object: service('web', {}, 'other'), beside: [serves] },
      { name: 'no selector', object: service('web', { selector: undefined }), beside: [serves] },
      { name: 'an empty selector', object: service('web', { selector: {} }), beside: [serves] },
      { name: 'a headless Service', object: service('web', { clusterIP: 'None' }), beside: [serves] },
      {
        name: 'another name for a Service',
        object: service('web', { type: 'ExternalName', externalName: 'api.example.com' }),
        beside: [serves],
      },
      {
        name: 'a Service of another group',
        object: { ...service('web'), apiVersion: 'serving.knative.dev/v1' },
        beside: [serves],
      },
      { name: 'the port of a proxy', object: service('http-envoy-prom'), beside: [serves] },
      { name: 'a part of a Deployment', object: service('web'), beside: [listening('api', http)] },
      { name: 'a Deployment that says nothing of containers', object: service('web'), beside: [pods(api)] },
      { name: 'a Rollout beside it', object: service('web'), beside: [serves, rollout(api)] },
      { name: 'a Job', object: service('web'), beside: [runsBeside('Job')] },
      {
        name: 'the test of a chart',
        object: service('web'),
        beside: [runsBeside('Pod', { annotations: { 'helm.sh/hook': 'test' } })],
      },
      {
        name: 'pods that somebody adds a container to',
        object: service('web'),
        beside: [marked({ annotations: { 'sidecar.opentelemetry.io/inject': 'true' } })],
      },
      {
        name: 'pods that ask for it by a label',
        object: service('web'),
        beside: [marked({ labels: { 'sidecar.istio.io/inject': 'true' } })],
      },
      { name: 'what is no Service', object: { ...service('web'), spec: 'text' as never }, beside: [serves] },
    ],
    violating: [
      { name: 'a name that nobody has', object: service('web'), beside: [serves], findings: [leadsNowhere('web')] },
      {
        name: 'a name of another protocol',
        object: service('http', { ports: [{ port: 80, targetPort: 'http', protocol: 'UDP' }] }),
        beside: [serves],
        findings: [leadsNowhere('http', 'UDP')],
      },
      {
        name: 'the second port',
        object: service('http', {
          ports: [
            { port: 80, targetPort: 'http' },
            { port: 81, targetPort: 'metrics' },
          ],
        }),
        beside: [serves],
        findings: [leadsNowhere('metrics', 'TCP', 'Deployment.apps shop/api', 1)],
      },
      {
        name: 'a number in quotes',
        object: service('8080'),
        beside: [serves],
        findings: [leadsNowhere('8080')],
      },
      {
        name: 'the name of a container that ends before',
        object: service('setup'),
        beside: [
          pods(api, 'shop', {
            containers: [{ name: 'c', image: 'c' }],
            initContainers: [{ name: 'i', image: 'i', ports: [{ name: 'setup', containerPort: 1 }] }],
          }),
        ],
        findings: [leadsNowhere('setup')],
      },
      {
        name: 'several workloads',
        object: service('web'),
        beside: [serves, serving({ ...api, tier: 'b' }, [], 'shop', 'b'), runsBeside('Pod')],
        findings: [leadsNowhere('web', 'TCP', 'Deployment.apps shop/api, Deployment.apps shop/b, Pod shop/test')],
      },
    ],
  },
  'network-port-unused': {
    compliant: [
      { name: 'a port that is declared', object: into(8080), beside: [named] },
      { name: 'its name', object: into('http'), beside: [named] },
      { name: 'a range that holds it', object: into({ port: 8000, endPort: 9000 }), beside: [named] },
      { name: 'pods that declare no port', object: into(9090), beside: [pods(api)] },
      { name: 'every port', object: from({ podSelector: {} }), beside: [named] },
      {
        name: 'a port that one of them declares',
        object: selecting({}, { ingress: [{ ports: [{ port: 8080 }] }] }),
        beside: [named, listening('web', { containerPort: 80 })],
      },
      { name: 'egress to pods that are not here', object: outTo(53), beside: [web] },
      {
        name: 'egress to addresses',
        object: selecting({}, { egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }], ports: [{ port: 443 }] }] }),
        beside: [named],
      },
      {
        name: 'a direction that it does not close',
        object: selecting(api, { policyTypes: ['Egress'], ingress: [{ ports: [{ port: 1 }] }] }),
        beside: [named],
      },
    ],
    violating: [
      {
        name: 'a port that nobody declares',
        object: into(9090),
        beside: [named],
        findings: [
          {
            property: 'spec.ingress[0].ports[0]',
            value: 9090,
            message: 'the rule opens TCP 9090, where no container of Deployment.apps shop/api listens',
            severity: 'info',
          },
        ],
      },
      {
        name: 'another protocol',
        object: into({ port: 8080, protocol: 'UDP' }),
        beside: [named],
        findings: [
          {
            property: 'spec.ingress[0].ports[0]',
            message: 'the rule opens UDP 8080, where no container of Deployment.apps shop/api listens',
          },
        ],
      },
      {
        name: 'a name that nobody has, though they declare no port',
        object: into('grpc'),
        beside: [pods(api)],
        findings: [
          {
            property: 'spec.ingress[0].ports[0]',
            value: 'grpc',
            message: 'the rule opens TCP grpc, where no container of Deployment.apps shop/api listens',
          },
        ],
      },
      {
        name: 'a range beside it',
        object: into({ port: 8081, endPort: 9000 }),
        beside: [named],
        findings: [
          {
            property: 'spec.ingress[0].ports[0]',
            message: 'the rule opens TCP 8081-9000, where no container of Deployment.apps shop/api listens',
          },
        ],
      },
      {
        name: 'egress to where nobody listens',
        object: outTo(9090),
        beside: [web, named],
        findings: [
          {
            property: 'spec.egress[0].ports[0]',
            message: 'the rule opens TCP 9090, where no container of Deployment.apps shop/api listens',
          },
        ],
      },
    ],
  },
  'network-policy-redundant': {
    compliant: [
      { name: 'one for other pods', object: into(8080), beside: [selecting({ matchLabels: { app: 'web' } })] },
      { name: 'one of another namespace', object: selecting({}), beside: [selecting({}, both, 'other')] },
      { name: 'one that opens more', object: into(8080), beside: [into(9090), into(8080, { app: 'x' })] },
      { name: 'one that closes more', object: selecting({}), beside: [selecting({}, { ingress: [{}] })] },
      {
        name: 'one that denies for some of the pods',
        object: selecting({ matchLabels: api }),
        beside: [selecting({})],
      },
      {
        name: 'a wider one for fewer pods',
        object: selecting({}, { ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 1 }] }] }),
        beside: [into(1)],
      },
      {
        name: 'one that stays when another ends',
        object: selecting({ matchLabels: api }),
        beside: [second(until('2026-12-31', selecting({ matchLabels: api }, { ...both, ingress: [{}] })))],
      },
      {
        name: 'one that ends later than another',
        object: until('2027-01-31', selecting({ matchLabels: api })),
        beside: [second(until('2026-12-31', selecting({ matchLabels: api }, { ...both, ingress: [{}] })))],
      },
    ],
    violating: [
      {
        name: 'one that ends before another that includes it',
        object: until('2026-12-31', selecting({ matchLabels: api })),
        beside: [second(until('2027-01-31', selecting({ matchLabels: api }, { ...both, ingress: [{}] })))],
        findings: [
          {
            property: 'spec',
            message:
              'NetworkPolicy.networking.k8s.io shop/second closes and opens all that this policy does, for the same pods of namespace shop',
          },
        ],
      },
      {
        name: 'the same twice, of which the later is',
        object: selecting({ matchLabels: api }),
        beside: [second(selecting({ matchLabels: api, matchExpressions: [] }))],
        findings: [
          {
            property: 'spec',
            message:
              'NetworkPolicy.networking.k8s.io shop/policy closes and opens all that this policy does, for the same pods of namespace shop',
            severity: 'info',
          },
        ],
      },
      {
        name: 'one that another of the same pods includes',
        object: into(8080),
        beside: [
          second(
            selecting(
              { matchLabels: api },
              {
                ingress: [
                  {
                    from: [
                      { podSelector: { matchLabels: { app: 'web' } } },
                      { podSelector: { matchLabels: { app: 'x' } } },
                    ],
                    ports: [{ port: 8000, endPort: 9000 }],
                  },
                ],
              },
            ),
          ),
        ],
        findings: [
          {
            property: 'spec',
            message:
              'NetworkPolicy.networking.k8s.io shop/second closes and opens all that this policy does, for the same pods of namespace shop',
          },
        ],
      },
      {
        name: 'one that another of every pod includes',
        object: into(8080),
        beside: [second(selecting({}, { policyTypes: ['Ingress', 'Egress'], ingress: [{}] }))],
        findings: [
          {
            property: 'spec',
            message:
              'NetworkPolicy.networking.k8s.io shop/second closes and opens all that this policy does, for the same pods of namespace shop',
          },
        ],
      },
    ],
  },
};
