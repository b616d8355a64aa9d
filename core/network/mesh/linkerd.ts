import type { Json, KubernetesObject } from '../../manifest/object';
import { podsPeer } from '../peer';
import {
  controlPlaneOpening,
  type Mesh,
  type MeshClient,
  type MeshPort,
  type MeshProbe,
  type MeshSettings,
  type MeshWorkload,
} from './mesh';

/** Ports whose protocol Linkerd does not look for by default: their servers speak first, or are known for what they are. */
const opaquePorts: ReadonlySet<number> = new Set([25, 587, 3306, 4444, 5432, 6379, 9300, 11211]);

/** What an appProtocol is to Linkerd. */
const protocols: Readonly<Record<string, string>> = {
  http: 'HTTP/1',
  grpc: 'HTTP/2',
  'kubernetes.io/h2c': 'HTTP/2',
  https: 'TLS',
  tls: 'TLS',
  tcp: 'opaque',
};

const everywhere = [{ cidr: '0.0.0.0/0' }, { cidr: '::/0' }];

/**
 * Linkerd, from 2.18, whose proxies always reach each other on one port. `gateway.networking.k8s.io` is there wherever it is.
 *
 * @see https://linkerd.io/2/reference/authorization-policy/
 * @see https://linkerd.io/2/common-errors/network-policy/
 * @see https://linkerd.io/2/reference/proxy-configuration/
 */
export const linkerd: Mesh = {
  title: 'Linkerd',
  controlPlane: 'linkerd',
  // Whatever port is meant, two meshed pods see only the proxy's inbound one on the wire.
  tunnelPort: 4143,
  metricsPort: 4191,
  plugin: 'linkerd-cni',
  proxyUser: 2102,
  // Its injector skips pods that have one of them.
  ownContainers: ['linkerd-proxy', 'linkerd-init', 'linkerd-network-validator', 'istio-proxy', 'istio-init'],
  // The kubelet asks from the node.
  probePeers: [],
  // To it that is TLS of somebody without an identity.
  letsTlsProbesIn: false,
  needsService: false,
  evasions: [
    { of: 'annotations', key: 'linkerd.io/inject', values: ['disabled'] },
    { of: 'annotations', key: 'config.linkerd.io/default-inbound-policy', unless: 'deny' },
    ...['skip-inbound-ports', 'skip-outbound-ports', 'skip-subnets'].map(
      (name) => ({ of: 'annotations', key: `config.linkerd.io/${name}` }) as const,
    ),
  ],
  namespaceMarks: () => ({
    annotations: { 'linkerd.io/inject': 'enabled', 'config.linkerd.io/default-inbound-policy': 'deny' },
  }),
  podMarks: ({ proxy }) => ({
    annotations: {
      'linkerd.io/inject': 'enabled',
      'config.linkerd.io/default-inbound-policy': 'deny',
      // A proxy that is an init container ends with a Job, and carries what init containers send.
      'config.linkerd.io/proxy-enable-native-sidecar': 'true',
      'config.linkerd.io/proxy-cpu-request': proxy.cpu,
      'config.linkerd.io/proxy-memory-request': proxy.memory,
      'config.linkerd.io/proxy-memory-limit': proxy.memory,
    },
  }),
  // The annotation closes it.
  namespaceObjects: () => [],
  workloadObjects: (workload, settings) => workload.ports.flatMap((port) => portObjects(workload, port, settings)),
  // Policies add up: each lets in whom it names, on the Server that is there.
  endingObjects: ({ name, namespace, ports }, expires, settings) =>
    ports.flatMap(({ port, clients }) =>
      clients.length === 0
        ? []
        : letIn(`${name}-${port}-until-${expires}`, namespace, serverRef(`${name}-${port}`), clients, settings),
    ),
  metricsObjects: (namespace, clients, settings) => {
    if (clients.length === 0) return [];
    const name = 'linkerd-admin';
    const matchLabels = { 'linkerd.io/control-plane-ns': settings.controlPlane };
    return [
      server(name, namespace, { podSelector: { matchLabels }, port: name, proxyProtocol: 'HTTP/1' }),
      ...letIn(name, namespace, serverRef(name), clients, settings),
    ];
  },
  // Certificates, destinations, and policies.
  proxyEgress: ({ controlPlane }) => [
    controlPlaneOpening(
      podsPeer({ 'linkerd.io/control-plane-ns': controlPlane }, controlPlane, undefined),
      [8080, 8086, 8090],
    ),
  ],
};

function portObjects(workload: MeshWorkload, port: MeshPort, settings: MeshSettings): readonly KubernetesObject[] {
  const { namespace } = workload;
  const name = `${workload.name}-${port.port}`;
  const spec = {
    podSelector: { matchLabels: { ...workload.selector } },
    port: port.port,
    proxyProtocol: protocolOf(port),
  };
  return [
    server(name, namespace, spec),
    ...(port.clients.length > 0 ? letIn(name, namespace, serverRef(name), port.clients, settings) : []),
    ...(port.plaintext ? letInAll(`${name}-plaintext`, namespace, serverRef(name)) : []),
    ...probeObjects(name, namespace, port.probes),
  ];
}

/** Where a Server says nothing, Linkerd would wait for the client to speak, on ports where it never does. Of what is opaque it could let no probe through. */
function protocolOf(port: MeshPort): string {
  const protocol = spokenOn(port);
  return protocol === 'opaque' && port.probes.length > 0 ? 'unknown' : protocol;
}

function spokenOn({ port, appProtocol, probes }: MeshPort): string {
  if (appProtocol !== undefined) return protocols[appProtocol.toLowerCase()] ?? 'unknown';
  if (probes.some(({ kind }) => kind === 'grpc')) return 'HTTP/2';
  return opaquePorts.has(port) ? 'opaque' : 'unknown';
}

/**
 * Linkerd lets HTTP probes through by itself, and not those of gRPC; and none where a Server has routes. The kubelet has no identity, and asks from
 * whatever address its node has: whoever else does so learns whether the pods are well, and nothing more.
 */
function probeObjects(name: string, namespace: string, probes: readonly MeshProbe[]): readonly KubernetesObject[] {
  if (!probes.some(({ kind }) => kind === 'grpc')) return [];
  const paths = [
    ...new Set(probes.map(({ kind, path }) => (kind === 'grpc' ? '/grpc.health.v1.Health/Check' : (path ?? '/')))),
  ].sort();
  const probe = `${name}-probe`;
  return [
    route(name, namespace, name, [{ path: { type: 'PathPrefix', value: '/' } }]),
    route(
      probe,
      namespace,
      name,
      paths.map((path) => ({ path: { type: 'Exact', value: pathOnly(path) } })),
    ),
    ...letInAll(probe, namespace, { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: probe }),
  ];
}

function pathOnly(path: string): string {
  const [before = ''] = path.split('?');
  return before.startsWith('/') ? before : `/${before}`;
}

function route(name: string, namespace: string, of: string, matches: readonly Json[]): KubernetesObject {
  const parentRefs = [{ group: 'policy.linkerd.io', kind: 'Server', name: of }];
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace },
    spec: { parentRefs, rules: [{ matches: [...matches] }] },
  };
}

function serverRef(name: string) {
  return { group: 'policy.linkerd.io', kind: 'Server', name };
}

function server(name: string, namespace: string, spec: Json): KubernetesObject {
  return { apiVersion: 'policy.linkerd.io/v1beta3', kind: 'Server', metadata: { name, namespace }, spec };
}

function letIn(
  name: string,
  namespace: string,
  targetRef: Json,
  clients: readonly MeshClient[],
  settings: MeshSettings,
): readonly KubernetesObject[] {
  const identities = [...new Set(clients.map((client) => identityOf(client, settings)))].sort();
  return authorized(name, namespace, targetRef, 'MeshTLSAuthentication', { identities });
}

/** Whoever asks, from wherever: the policies of the network say who can. */
function letInAll(name: string, namespace: string, targetRef: Json): readonly KubernetesObject[] {
  return authorized(name, namespace, targetRef, 'NetworkAuthentication', { networks: everywhere });
}

function authorized(
  name: string,
  namespace: string,
  targetRef: Json,
  kind: string,
  spec: Json,
): readonly KubernetesObject[] {
  const apiVersion = 'policy.linkerd.io/v1alpha1';
  const metadata = { name, namespace };
  const requiredAuthenticationRefs = [{ group: 'policy.linkerd.io', kind, name }];
  return [
    { apiVersion, kind: 'AuthorizationPolicy', metadata, spec: { targetRef, requiredAuthenticationRefs } },
    { apiVersion, kind, metadata, spec },
  ];
}

/** As the certificate has it; a star at the start stands for each ServiceAccount of the namespace. */
function identityOf({ trustDomain, namespace, serviceAccount }: MeshClient, { controlPlane }: MeshSettings): string {
  return `${serviceAccount ?? '*'}.${namespace}.serviceaccount.identity.${controlPlane}.${trustDomain}`;
}
