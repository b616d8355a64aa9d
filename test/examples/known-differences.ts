/** What differs from upstream: the list that the comparison must find, no more and no less. */
import type { Differences, Pair } from './differences';

/** Upstream's services. */
export const services = [
  'adservice',
  'cartservice',
  'checkoutservice',
  'currencyservice',
  'emailservice',
  'frontend',
  'paymentservice',
  'productcatalogservice',
  'recommendationservice',
  'shippingservice',
];
/** All that serve a port. */
export const listening = [...services, 'redis-cart'];
/** All of them. */
export const workloads = [...listening, 'loadgenerator'];

/** The same kind of difference in several objects. */
function each(kind: string, names: readonly string[], pair: Pair | ((name: string) => Pair)): Record<string, Pair> {
  return Object.fromEntries(names.map((name) => [`${kind} ${name}`, typeof pair === 'function' ? pair(name) : pair]));
}

const here: Pair = [undefined, 'there'];
const upstreamOnly: Pair = ['there', undefined];
const renamed = (name: string): Pair => [{ app: name }, { 'app.kubernetes.io/name': name }];
const added = (name: string): Pair => [undefined, { 'app.kubernetes.io/name': name }];
const ourNamespace: Pair = [undefined, 'online-boutique'];
const dns = ['kube-system/kube-dns :53', 'kube-system/kube-dns :53/UDP'];
const callers: Readonly<Record<string, readonly string[]>> = {
  cartservice: ['redis-cart :6379'],
  checkoutservice: [
    'cartservice :7070',
    'currencyservice :7000',
    'emailservice :8080',
    'paymentservice :50051',
    'productcatalogservice :3550',
    'shippingservice :50051',
  ],
  frontend: [
    'adservice :9555',
    'cartservice :7070',
    'checkoutservice :5050',
    'currencyservice :7000',
    'productcatalogservice :3550',
    'recommendationservice :8080',
    'shippingservice :50051',
  ],
  loadgenerator: ['frontend :8080'],
  recommendationservice: ['productcatalogservice :3550'],
};
const egress = (name: string): Pair => [['*'], callers[name] ? [...callers[name], ...dns].sort() : []];
const requestedMemory: Readonly<Record<string, string>> = {
  adservice: '180Mi',
  loadgenerator: '256Mi',
  recommendationservice: '220Mi',
  'redis-cart': '200Mi',
};
const limitedMemory: Readonly<Record<string, string>> = {
  adservice: '300Mi',
  loadgenerator: '512Mi',
  recommendationservice: '450Mi',
  'redis-cart': '256Mi',
};
const ephemeral = (name: string): Pair => [undefined, name === 'redis-cart' ? '192Mi' : '128Mi'];
const noGraceUpstream = ['checkoutservice', 'frontend', 'redis-cart', 'shippingservice'];
const spread = (name: string, topologyKey: string) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: { 'app.kubernetes.io/name': name } },
});

/** All that differs from upstream on Kubernetes 1.36, by the field that stands in the README's table. */
export const known: Differences = {
  // What the shop is put into.
  'metadata.namespace': {
    ...each('Deployment', workloads, ourNamespace),
    ...each('Service', listening, ourNamespace),
    ...each('ServiceAccount', [...services, 'loadgenerator'], ourNamespace),
    ...each('NetworkPolicy', workloads, ourNamespace),
  },
  Namespace: each('Namespace', ['online-boutique'], here),
  ResourceQuota: each('ResourceQuota', ['quota'], here),
  LimitRange: each('LimitRange', ['limits'], here),
  Role: each('Role', ['viewer', 'developer', 'operator', 'admin'], here),
  RoleBinding: each('RoleBinding', ['viewer', 'developer', 'operator', 'admin'], here),

  // Names and labels.
  'metadata.labels': {
    ...each('Deployment', workloads, renamed),
    ...each('Service', listening, renamed),
    ...each('ServiceAccount', [...services, 'loadgenerator'], added),
    ...each('NetworkPolicy', workloads, added),
  },
  'spec.selector': {
    ...each('Deployment', workloads, (name) => {
      const [before, after] = renamed(name);
      return [{ matchLabels: before }, { matchLabels: after }];
    }),
    ...each('Service', listening, renamed),
  },
  'pod.metadata.labels': each('Deployment', workloads, renamed),
  'pod.metadata.annotations': each(
    'Deployment',
    ['frontend', 'loadgenerator'],
    [{ 'sidecar.istio.io/rewriteAppHTTPProbers': 'true' }, undefined],
  ),
  'pod.spec.containers[].name': each('Deployment', workloads, (name) => [
    { 'redis-cart': 'redis', loadgenerator: 'main' }[name] ?? 'server',
    name,
  ]),
  'pod.spec.containers[].ports[].name': each(
    'Deployment',
    listening.filter((name) => name !== 'currencyservice'),
    (name) => [undefined, { frontend: 'http', 'redis-cart': 'tcp-redis' }[name] ?? 'grpc'],
  ),
  'pod.spec.containers[].ports[].protocol': each('Deployment', listening, [undefined, 'TCP']),
  'spec.ports[].protocol': each('Service', listening, [undefined, 'TCP']),
  'pod.spec.containers[].image': each('Deployment', ['redis-cart'], ['redis:alpine', 'docker.io/library/redis:alpine']),
  'pod.spec.initContainers[].image': each(
    'Deployment',
    ['loadgenerator'],
    [
      'busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
      'docker.io/library/busybox:1.38.0@sha256:fd8d9aa63ba2f0982b5304e1ee8d3b90a210bc1ffb5314d980eb6962f1a9715d',
    ],
  ),

  // What a pod is given.
  'pod.spec.containers[].resources.requests.memory': each('Deployment', workloads, (name) => [
    requestedMemory[name] ?? '64Mi',
    limitedMemory[name] ?? '128Mi',
  ]),
  'pod.spec.containers[].resources.requests.ephemeral-storage': each('Deployment', workloads, ephemeral),
  'pod.spec.containers[].resources.limits.ephemeral-storage': each('Deployment', workloads, ephemeral),
  'pod.spec.initContainers[].resources': each(
    'Deployment',
    ['loadgenerator'],
    [
      undefined,
      {
        requests: { cpu: '10m', memory: '16Mi', 'ephemeral-storage': '128Mi' },
        limits: { memory: '16Mi', 'ephemeral-storage': '128Mi' },
      },
    ],
  ),
  'pod.spec.volumes[].name': each('Deployment', ['redis-cart'], ['redis-data', 'redis-cart-writable-data']),
  'pod.spec.containers[].volumeMounts[].name': each(
    'Deployment',
    ['redis-cart'],
    ['redis-data', 'redis-cart-writable-data'],
  ),
  'pod.spec.volumes[].emptyDir.sizeLimit': each('Deployment', ['redis-cart'], [undefined, '64Mi']),

  // What a pod may do.
  'pod.spec.securityContext.seccompProfile': each('Deployment', workloads, [undefined, { type: 'RuntimeDefault' }]),
  'pod.spec.securityContext.fsGroupChangePolicy': each('Deployment', workloads, [undefined, 'OnRootMismatch']),
  'pod.spec.automountServiceAccountToken': each('Deployment', workloads, [undefined, false]),
  automountServiceAccountToken: each('ServiceAccount', [...services, 'loadgenerator'], [undefined, false]),
  'pod.spec.enableServiceLinks': each('Deployment', workloads, [undefined, false]),
  'pod.spec.serviceAccountName': each('Deployment', ['redis-cart'], [undefined, 'redis-cart']),
  ServiceAccount: each('ServiceAccount', ['default', 'redis-cart'], here),

  // How it is rolled out and stopped.
  'spec.replicas': {
    ...each('Deployment', services, [undefined, 2]),
    ...each('Deployment', ['redis-cart'], [undefined, 1]),
  },
  'spec.strategy': each('Deployment', workloads, [
    undefined,
    { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  ]),
  'spec.revisionHistoryLimit': each('Deployment', workloads, [undefined, 3]),
  'pod.spec.restartPolicy': each('Deployment', ['loadgenerator'], ['Always', undefined]),
  'pod.spec.terminationGracePeriodSeconds': each('Deployment', workloads, (name) => [
    noGraceUpstream.includes(name) ? undefined : 5,
    30,
  ]),
  'pod.spec.containers[].lifecycle': each('Deployment', listening, [undefined, { preStop: { sleep: { seconds: 5 } } }]),
  'pod.spec.topologySpreadConstraints': each('Deployment', workloads, (name) => [
    undefined,
    [spread(name, 'kubernetes.io/hostname'), spread(name, 'topology.kubernetes.io/zone')],
  ]),
  PodDisruptionBudget: each('PodDisruptionBudget', workloads, here),

  // Who reaches whom.
  Service: each('Service', ['frontend-external'], upstreamOnly),
  NetworkPolicy: {
    ...each('NetworkPolicy', ['deny-all'], upstreamOnly),
    ...each('NetworkPolicy', ['default-deny'], here),
  },
  'spec.podSelector': each('NetworkPolicy', workloads, (name) => {
    const [before, after] = renamed(name);
    return [{ matchLabels: before }, { matchLabels: after }];
  }),
  'spec.policyTypes': each('NetworkPolicy', ['loadgenerator'], [['Egress'], ['Ingress', 'Egress']]),
  'spec.ingress': each('NetworkPolicy', ['frontend'], [['*'], ['gateway-system/public :8080', 'loadgenerator :8080']]),
  'spec.egress': each('NetworkPolicy', workloads, egress),
};

/** What a target changes in the list above. */
export const differencesFor: Readonly<Record<string, Differences>> = {
  '1.36': known,
  // No `sleep` before 1.30, and no command is invented for images that may have no shell.
  '1.28': Object.fromEntries(Object.entries(known).filter(([field]) => field !== 'pod.spec.containers[].lifecycle')),
};
