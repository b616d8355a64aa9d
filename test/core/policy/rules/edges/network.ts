import { object } from '../rule-cases';
import { breaks, type Edges, keeps } from './edge';

const named = (name: string, given: ReturnType<typeof object>) => ({ ...given, metadata: { ...given.metadata, name } });
const service = (name: string, spec: object) =>
  named(name, object('v1', 'Service', { spec: { ports: [{ port: 80 }], ...spec } }));
const annotated = (annotations: Readonly<Record<string, string>>, spec: object) => {
  const given = object('networking.k8s.io/v1', 'Ingress', { spec });
  return { ...given, metadata: { ...given.metadata, annotations } };
};
const ingress = (spec: object) => annotated({}, spec);
const backend = (name: string) => ({ service: { name, port: { number: 80 } } });
const rulesOf = (...hosts: string[]) => ({ rules: hosts.map((host) => ({ host })) });
const route = (name: string) =>
  object('gateway.networking.k8s.io/v1', 'HTTPRoute', {
    spec: { rules: [{ backendRefs: [{ name: 'api' }, { name }] }] },
  });

const interfaces = [
  'kubernetes-dashboard',
  'kubernetes-dashboard-kong-proxy',
  'kubernetes-dashboard-web',
  'argo-server',
  'argo-workflows-server',
  'centraldashboard',
  'ml-pipeline-ui',
  'nifi',
  'jenkins',
  'prometheus',
  'prometheus-server',
  'prometheus-operated',
  'prometheus-k8s',
  'alertmanager',
  'alertmanager-main',
  'alertmanager-operated',
  'hubble-ui',
  'longhorn-frontend',
  'jaeger-query',
  'weave-scope-app',
];

const listening = (kind: string, listener: object) => {
  const group = kind === 'XListenerSet' ? 'gateway.networking.x-k8s.io/v1alpha1' : 'gateway.networking.k8s.io/v1';
  const spec = kind === 'Gateway' ? { gatewayClassName: 'it' } : { parentRef: { name: 'it' } };
  return object(group, kind, {
    spec: { ...spec, listeners: [{ name: 'web', port: 80, protocol: 'HTTPS', ...listener }] },
  });
};
const listeningKinds = ['Gateway', 'ListenerSet', 'XListenerSet'];
const namespaces = (given: object) => ({ allowedRoutes: { namespaces: given } });
const takingListeners = (given: object) => {
  const { spec, ...gateway } = listening('Gateway', {});
  return { ...gateway, spec: { ...(spec as object), allowedListeners: { namespaces: given } } };
};
const anyName = { key: 'kubernetes.io/metadata.name', operator: 'Exists' };
/** Selectors that every namespace meets. */
const ofAll = [
  {},
  { matchLabels: {} },
  { matchExpressions: [] },
  { matchLabels: {}, matchExpressions: [] },
  { matchExpressions: [anyName] },
  { matchExpressions: [anyName, { key: 'closed', operator: 'DoesNotExist' }] },
];
/** Selectors that some namespaces meet, or none. */
const ofSome = [
  { matchExpressions: [{ ...anyName, operator: 'DoesNotExist' }] },
  { matchExpressions: [{ ...anyName, operator: 'In', values: ['shop'] }] },
  { matchExpressions: [anyName, { key: 'team', operator: 'Exists' }] },
  { matchLabels: { team: 'shop' }, matchExpressions: [anyName] },
];
const istio = (protocol: string, tls: object = {}) =>
  object('networking.istio.io/v1', 'Gateway', {
    spec: { servers: [{ port: { name: 'web', number: 80, protocol }, hosts: ['shop/a.example.org'], tls }] },
  });

const nginx = 'nginx.ingress.kubernetes.io/';

/** Objects at the edges of the rules about networks. */
export const networkEdges: Edges = {
  'admin-interface': [
    ...[...interfaces, 'api'].flatMap((name) => {
      const known = name !== 'api';
      const finds = (property: string) => (known ? [property] : []);
      return [
        ...['NodePort', 'LoadBalancer'].map((type) => breaks(service(name, { type }), finds('spec.type'))),
        keeps(service(name, { type: 'ClusterIP' })),
        breaks(ingress({ defaultBackend: backend(name) }), finds('spec.defaultBackend.service.name')),
        breaks(
          ingress({
            rules: [{ http: { paths: [{ path: '/', pathType: 'Prefix', backend: backend(name) }] } }],
          }),
          finds('spec.rules[0].http.paths[0].backend.service.name'),
        ),
        breaks(route(name), finds('spec.rules[0].backendRefs[1].name')),
      ];
    }),
    breaks(service('tiller-deploy', {}), 'metadata.name'),
    breaks(service('api', { selector: { app: 'helm', name: 'tiller' } }), 'metadata.name'),
    keeps(service('api', { selector: { app: 'helm', name: 'api' } })),
    keeps(service('api', { selector: { app: 'api', name: 'tiller' } })),
  ],
  'service-exposure': [
    ...['0.0.0.0/0', '::/0'].map((range) =>
      breaks(service('api', { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8', range] }), 'spec.type'),
    ),
    keeps(service('api', { type: 'ClusterIP' })),
    keeps(service('api', { type: 'ClusterIP', loadBalancerSourceRanges: ['10.0.0.0/8'] })),
  ],
  'ingress-tls': [
    ...[
      'alb.ingress.kubernetes.io/certificate-arn',
      'ingress.gcp.kubernetes.io/pre-shared-cert',
      'networking.gke.io/managed-certificates',
      'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
      'traefik.ingress.kubernetes.io/router.tls',
    ].map((annotation) => keeps(annotated({ [annotation]: 'a', other: 'b' }, rulesOf('a.example.org')))),
    breaks(annotated({ other: 'b' }, rulesOf('a.example.org')), 'spec.tls'),
    keeps(ingress({ tls: [{ hosts: [] }], ...rulesOf('a.example.org') })),
    keeps(ingress({ tls: [{ hosts: ['b.example.org', 'a.example.org'] }], ...rulesOf('a.example.org') })),
    keeps(ingress({ tls: [{ hosts: ['b.example.org', '*.example.org'] }], ...rulesOf('a.example.org') })),
    breaks(ingress({ tls: [{ hosts: ['*.example.org'] }], ...rulesOf('a.b.example.org') }), 'spec.rules[0].host'),
    keeps(ingress({ tls: [{ hosts: ['a.example.org'] }], ...rulesOf('') })),
  ],
  'ingress-annotations': [
    breaks(
      annotated({ [`${nginx}configuration-snippets`]: 'a;' }, {}),
      `metadata.annotations["${nginx}configuration-snippets"]`,
    ),
    keeps(annotated({ [`${nginx}configuration-snippet`]: 'a;' }, {})),
    ...['x_by_lua', 'load_module a', 'lua_package a', '/var/run/secrets/kubernetes.io/serviceaccount'].map((value) =>
      breaks(annotated({ [`${nginx}auth-url`]: value }, {}), `metadata.annotations["${nginx}auth-url"]`),
    ),
  ],
  'gateway-routes': listeningKinds.flatMap((kind) => [
    breaks(listening(kind, namespaces({ from: 'All' })), 'spec.listeners[0].allowedRoutes.namespaces.from'),
    ...ofAll.map((selector) =>
      breaks(
        listening(kind, namespaces({ from: 'Selector', selector })),
        'spec.listeners[0].allowedRoutes.namespaces.selector',
      ),
    ),
    ...ofSome.map((selector) => keeps(listening(kind, namespaces({ from: 'Selector', selector })))),
    keeps(listening(kind, namespaces({ from: 'Selector' }))),
    keeps(listening(kind, namespaces({ from: 'Same', selector: {} }))),
    keeps(listening(kind, namespaces({ from: 'Selector', selector: { matchLabels: { team: 'shop' } } }))),
    keeps(
      listening(
        kind,
        namespaces({ from: 'Selector', selector: { matchExpressions: [{ key: 'team', operator: 'Exists' }] } }),
      ),
    ),
    ...(kind === 'Gateway'
      ? [
          ...ofAll.map((selector) =>
            breaks(takingListeners({ from: 'Selector', selector }), 'spec.allowedListeners.namespaces.selector'),
          ),
          ...ofSome.map((selector) => keeps(takingListeners({ from: 'Selector', selector }))),
          keeps(takingListeners({ from: 'Selector' })),
          keeps(takingListeners({ from: 'Same', selector: {} })),
        ]
      : []),
  ]),
  'gateway-tls': [
    ...listeningKinds.map((kind) => breaks(listening(kind, { protocol: 'HTTP' }), 'spec.listeners[0].protocol')),
    ...['HTTP', 'HTTP2', 'GRPC', 'HTTP_PROXY', 'http'].flatMap((protocol) => [
      breaks(istio(protocol), 'spec.servers[0].port.protocol'),
      keeps(istio(protocol, { httpsRedirect: true })),
    ]),
    keeps(istio('HTTPS')),
    keeps(istio('TCP')),
  ],
};
