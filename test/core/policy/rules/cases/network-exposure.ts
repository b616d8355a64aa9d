import { container, deployment, object, type RuleCases } from '../rule-cases';

const nginx = 'nginx.ingress.kubernetes.io/';
const service = (name: string, spec: object) => ({
  ...object('v1', 'Service', { spec: { ports: [{ port: 80 }], ...spec } }),
  metadata: { name },
});
const route = (...names: readonly string[]) =>
  object('gateway.networking.k8s.io/v1', 'HTTPRoute', {
    spec: { rules: [{ backendRefs: names.map((name) => ({ name, port: 80 })) }] },
  });
const ingress = (spec: object, annotations?: Readonly<Record<string, string>>) => ({
  ...object('networking.k8s.io/v1', 'Ingress', { spec }),
  metadata: { name: 'shop', ...(annotations && { annotations }) },
});
const backend = (name: string) => ({ service: { name, port: { number: 80 } } });
const ruleOf = (host: string | undefined, name = 'shop') => ({
  ...(host && { host }),
  http: { paths: [{ path: '/', pathType: 'Prefix', backend: backend(name) }] },
});
const annotated = (annotations: Readonly<Record<string, string>>) =>
  ingress({ rules: [ruleOf('shop.example')] }, annotations);
const gateway = (...listeners: readonly object[]) =>
  object('gateway.networking.k8s.io/v1', 'Gateway', {
    spec: {
      gatewayClassName: 'any',
      listeners: listeners.map((one) => ({ name: 'web', port: 443, protocol: 'HTTPS', ...one })),
    },
  });
const from = (namespaces: object) => ({ allowedRoutes: { namespaces } });
const istio = (...servers: readonly object[]) =>
  object('networking.istio.io/v1', 'Gateway', { spec: { selector: { istio: 'ingressgateway' }, servers } });
const server = (given: object) => ({
  port: { number: 443, name: 'https', protocol: 'HTTPS' },
  hosts: ['shop/shop.example'],
  ...given,
});

/** What is open to the outside through Services, Ingresses and Gateways: objects that keep each rule, and that break it. */
export const exposureCases: Readonly<Record<string, RuleCases>> = {
  'admin-interface': {
    compliant: [
      { name: 'a dashboard inside of the cluster', object: service('kubernetes-dashboard', { type: 'ClusterIP' }) },
      { name: 'another Service in front of a load balancer', object: service('shop', { type: 'LoadBalancer' }) },
      { name: 'a route to another Service', object: route('shop', 'prometheus-exporter') },
      { name: 'an Ingress to another Service', object: ingress({ rules: [ruleOf('shop.example')] }) },
    ],
    violating: [
      ...['NodePort', 'LoadBalancer'].map((type) => ({
        name: `a dashboard by ${type}`,
        object: service('kubernetes-dashboard', { type }),
        findings: [
          {
            property: 'spec.type',
            message: 'kubernetes-dashboard is an interface to administer the cluster, and is open to the outside',
            value: type,
            severity: 'warning' as const,
          },
        ],
      })),
      ...[
        service('tiller-deploy', { type: 'ClusterIP' }),
        service('tiller-deploy', { selector: { app: 'helm', name: 'tiller' } }),
      ].map((given, index) => ({
        name: `Tiller, ${index === 0 ? 'by its name' : 'by its selector'}`,
        object: given,
        findings: [
          {
            property: 'metadata.name',
            message: 'the Service opens Tiller, which does as cluster-admin what any pod asks of it, without a login',
            severity: 'error' as const,
          },
        ],
      })),
      {
        name: 'an Ingress, by default and by a path',
        object: ingress({
          defaultBackend: backend('alertmanager'),
          rules: [ruleOf('shop.example'), ruleOf('ci.example', 'jenkins')],
        }),
        findings: [
          {
            property: 'spec.defaultBackend.service.name',
            message: 'alertmanager is an interface to administer the cluster, and is routed from outside',
          },
          {
            property: 'spec.rules[1].http.paths[0].backend.service.name',
            message: 'jenkins is an interface to administer the cluster, and is routed from outside',
            value: 'jenkins',
          },
        ],
      },
      {
        name: 'a route',
        object: route('shop', 'argo-server'),
        findings: [
          {
            property: 'spec.rules[0].backendRefs[1].name',
            message: 'argo-server is an interface to administer the cluster, and is routed from outside',
          },
        ],
      },
    ],
  },
  'ingress-tls': {
    compliant: [
      {
        name: 'its host in an entry',
        object: ingress({ tls: [{ hosts: ['shop.example'], secretName: 'shop' }], rules: [ruleOf('shop.example')] }),
      },
      {
        name: 'a wildcard over its host',
        object: ingress({ tls: [{ hosts: ['*.shop.example'] }], rules: [ruleOf('eu.shop.example')] }),
      },
      { name: 'an entry for every host', object: ingress({ tls: [{}], rules: [ruleOf('shop.example')] }) },
      {
        name: 'rules without a host',
        object: ingress({
          tls: [{ hosts: ['shop.example'] }],
          rules: [ruleOf(undefined), { ...ruleOf(undefined), host: '' }],
        }),
      },
      {
        name: 'the certificate of a load balancer of the cloud',
        object: ingress(
          { rules: [ruleOf('shop.example')] },
          { 'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:eu-west-1:0:certificate/1' },
        ),
      },
    ],
    violating: [
      ...[undefined, []].map((tls) => ({
        name: `tls: ${JSON.stringify(tls)}`,
        object: ingress({ rules: [ruleOf('shop.example')], ...(tls && { tls }) }, { owner: 'shop' }),
        findings: [
          {
            property: 'spec.tls',
            message: 'the Ingress has no TLS: what it serves can be read and changed on the way',
            severity: 'warning' as const,
          },
        ],
      })),
      {
        name: 'hosts that no entry has',
        object: ingress({
          tls: [{ hosts: ['shop.example'] }, { hosts: ['*.shop.example'] }],
          rules: [ruleOf('shop.example'), ruleOf('a.eu.shop.example'), ruleOf('other.example')],
        }),
        findings: ['a.eu.shop.example', 'other.example'].map((host, index) => ({
          property: `spec.rules[${index + 1}].host`,
          message: `${host} is in no entry of spec.tls: it is served without a certificate of its own, or without TLS`,
          value: host,
        })),
      },
    ],
  },
  'ingress-snippet': {
    compliant: [
      { name: 'no annotations', object: ingress({ rules: [ruleOf('shop.example')] }) },
      { name: 'another annotation', object: annotated({ [`${nginx}proxy-body-size`]: '8m' }) },
      { name: 'a name that only begins like it', object: annotated({ 'acme.example/snippet-of': 'a page' }) },
      { name: 'an empty one', object: annotated({ [`${nginx}server-snippet`]: '' }) },
    ],
    violating: [
      {
        name: 'all those of ingress-nginx',
        object: annotated(
          Object.fromEntries(
            ['auth', 'configuration', 'modsecurity', 'server', 'stream'].map((kind) => [
              `${nginx}${kind}-snippet`,
              'return 200;',
            ]),
          ),
        ),
        findings: ['auth', 'configuration', 'modsecurity', 'server', 'stream'].map((kind) => ({
          property: `metadata.annotations["${nginx}${kind}-snippet"]`,
          message: `${nginx}${kind}-snippet is pasted into the configuration of the proxy that serves every namespace`,
          value: 'return 200;',
        })),
      },
      {
        name: 'those of NGINX Inc.',
        object: annotated({ 'nginx.org/server-snippets': 'location / {}', 'nginx.org/rewrites': 'a' }),
        findings: [
          {
            property: 'metadata.annotations["nginx.org/server-snippets"]',
            message:
              'nginx.org/server-snippets is pasted into the configuration of the proxy that serves every namespace',
          },
        ],
      },
    ],
  },
  'ingress-annotations': {
    compliant: [
      { name: 'no annotations', object: ingress({ rules: [ruleOf('shop.example')] }) },
      {
        name: 'plain values',
        object: annotated({
          [`${nginx}rewrite-target`]: '/$2',
          [`${nginx}auth-url`]: 'https://auth.example/check?rd=$escaped_request_uri',
          [`${nginx}ssl-redirect`]: 'true',
          [`${nginx}enable-modsecurity`]: 'T',
          [`${nginx}enable-access-log`]: '1',
          [`${nginx}auth-tls-verify-client`]: 'on',
          [`${nginx}use-regex`]: 'false',
          [`${nginx}proxy-buffering`]: 'off',
          [`${nginx}cors-allow-headers`]: 'DNT,Range',
        }),
      },
      { name: 'a text of somebody else', object: annotated({ 'acme.example/note': '{"a": 1};' }) },
      {
        name: 'a snippet, which is for another rule',
        object: annotated({ [`${nginx}server-snippet`]: 'return 200;' }),
      },
    ],
    violating: [
      ...[
        ['auth-url', 'https://a.example/#;load_module /tmp/a.so;'],
        ['auth-tls-match-cn', 'CN=a\n}\n'],
        ['mirror-target', 'https://a.example; }'],
        ['permanent-redirect', 'https://a.example/ _by_lua_block'],
      ].map(([name = '', value]) => ({
        name: `${name}: ${JSON.stringify(value)}`,
        object: annotated({ [`${nginx}${name}`]: value ?? '' }),
        findings: [
          {
            property: `metadata.annotations["${nginx}${name}"]`,
            message: `the value of ${nginx}${name} holds configuration of NGINX, or what ends a line of it`,
            value,
            severity: 'error' as const,
          },
        ],
      })),
      ...[
        ['ssl-redirect', 'false'],
        ['enable-global-auth', 'false'],
        ['auth-tls-verify-client', 'off'],
        ['enable-modsecurity', 'false'],
        ['enable-owasp-core-rules', 'false'],
        ['enable-access-log', 'false'],
        ['session-cookie-secure', 'false'],
        ['ssl-redirect', 'False'],
        ['ssl-redirect', 'FALSE'],
        ['enable-modsecurity', 'f'],
        ['enable-modsecurity', 'F'],
        ['enable-access-log', '0'],
      ].map(([name = '', value]) => ({
        name: `${name}: ${value}`,
        object: annotated({ [`${nginx}${name}`]: value ?? '' }),
        findings: [
          {
            property: `metadata.annotations["${nginx}${name}"]`,
            message: `${nginx}${name}: ${value} turns off TLS, a login, a filter or a log that others have`,
            value,
            severity: 'warning' as const,
          },
        ],
      })),
    ],
  },
  'ingress-nginx-retired': {
    compliant: [
      { name: 'another controller', object: container({ image: 'docker.io/library/traefik:v3' }) },
      { name: 'the controller of NGINX Inc.', object: container({ image: 'docker.io/nginx/nginx-ingress:5.0.0' }) },
      { name: 'no image', object: container({}) },
      { name: 'what is only called alike', object: container({ image: 'acme.example/my-ingress-nginx/controller:1' }) },
    ],
    violating: [
      ...[
        'registry.k8s.io/ingress-nginx/controller:v1.14.0@sha256:0',
        'acme.example/mirror/ingress-nginx/controller-chroot',
        'quay.io/kubernetes-ingress-controller/nginx-ingress-controller:0.33.0',
      ].map((image) => ({
        name: image,
        object: container({ image }),
        findings: [
          {
            property: 'spec.containers[0].image',
            message: 'container "api" is ingress-nginx, which gets no security fixes any more',
            value: image,
            severity: 'warning' as const,
          },
        ],
      })),
      {
        name: 'one in a template',
        object: deployment({ containers: [{ name: 'api' }, { name: 'proxy', image: 'ingress-nginx/controller:v1' }] }),
        findings: [
          {
            property: 'spec.template.spec.containers[1].image',
            message: 'container "proxy" is ingress-nginx, which gets no security fixes any more',
          },
        ],
      },
    ],
  },
  'gateway-routes': {
    compliant: [
      { name: 'the default', object: gateway({}) },
      { name: 'the own namespace', object: gateway(from({ from: 'Same' })) },
      {
        name: 'named namespaces',
        object: gateway(
          from({ from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }),
        ),
      },
      {
        name: 'namespaces by an expression',
        object: gateway(
          from({ from: 'Selector', selector: { matchExpressions: [{ key: 'team', operator: 'Exists' }] } }),
        ),
      },
      { name: 'a host of one namespace in Istio', object: istio(server({})) },
    ],
    violating: [
      {
        name: 'every namespace, in the second listener',
        object: gateway({}, { name: 'open', ...from({ from: 'All' }) }),
        findings: [
          {
            property: 'spec.listeners[1].allowedRoutes.namespaces.from',
            message: 'listener "open" takes routes of every namespace',
            value: 'All',
            severity: 'warning',
          },
        ],
      },
      {
        name: 'a selector that asks for nothing',
        object: gateway(from({ from: 'Selector', selector: { matchLabels: {} } })),
        findings: [
          {
            property: 'spec.listeners[0].allowedRoutes.namespaces.selector',
            message: 'listener "web" takes routes of every namespace: each meets its selector',
          },
        ],
      },
      {
        name: 'a selector of the name that every namespace has',
        object: gateway(
          from({
            from: 'Selector',
            selector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'Exists' }] },
          }),
        ),
        findings: [
          {
            property: 'spec.listeners[0].allowedRoutes.namespaces.selector',
            message: 'listener "web" takes routes of every namespace: each meets its selector',
          },
        ],
      },
      {
        name: 'listeners of whoever lacks a label',
        object: object('gateway.networking.k8s.io/v1', 'Gateway', {
          spec: {
            gatewayClassName: 'any',
            listeners: [{ name: 'web', port: 443, protocol: 'HTTPS' }],
            allowedListeners: {
              namespaces: {
                from: 'Selector',
                selector: { matchExpressions: [{ key: 'no-listeners', operator: 'DoesNotExist' }] },
              },
            },
          },
        }),
        findings: [
          {
            property: 'spec.allowedListeners.namespaces.selector',
            message:
              'the Gateway takes listeners of every namespace, with their ports and certificates: each meets its selector',
          },
        ],
      },
      {
        name: 'a set of listeners, and a Gateway that takes sets of all',
        object: object('gateway.networking.k8s.io/v1', 'Gateway', {
          spec: {
            gatewayClassName: 'any',
            listeners: [{ name: 'web', port: 443, protocol: 'HTTPS' }],
            allowedListeners: { namespaces: { from: 'All' } },
          },
        }),
        findings: [
          {
            property: 'spec.allowedListeners.namespaces.from',
            message: 'the Gateway takes listeners of every namespace, with their ports and certificates',
          },
        ],
      },
      {
        name: 'every host in Istio',
        object: istio(server({ hosts: ['shop/shop.example', '*'] }), server({ hosts: ['*/*'] })),
        findings: [
          {
            property: 'spec.servers[0].hosts[1]',
            message: 'the host * takes every name from virtual services of every namespace',
          },
          {
            property: 'spec.servers[1].hosts[0]',
            message: 'the host */* takes every name from virtual services of every namespace',
          },
        ],
      },
    ],
  },
  'gateway-tls': {
    compliant: [
      { name: 'HTTPS', object: gateway({}) },
      { name: 'TLS that goes through', object: gateway({ protocol: 'TLS', tls: { mode: 'Passthrough' } }) },
      { name: 'HTTPS in Istio', object: istio(server({})) },
      {
        name: 'a redirect in Istio',
        object: istio(server({ port: { number: 80, name: 'http', protocol: 'HTTP' }, tls: { httpsRedirect: true } })),
      },
    ],
    violating: [
      {
        name: 'a listener beside one with TLS',
        object: gateway({}, { name: 'plain', port: 80, protocol: 'HTTP' }),
        findings: [
          {
            property: 'spec.listeners[1].protocol',
            message: 'listener "plain" serves plain HTTP',
            value: 'HTTP',
            severity: 'warning',
          },
        ],
      },
      ...['HTTP', 'http', 'HTTP2', 'GRPC'].map((protocol) => ({
        name: `${protocol} in Istio`,
        object: istio(server({ port: { number: 80, name: 'web', protocol }, tls: { httpsRedirect: false } })),
        findings: [
          { property: 'spec.servers[0].port.protocol', message: `port 80 serves plain ${protocol}`, value: protocol },
        ],
      })),
    ],
  },
};
