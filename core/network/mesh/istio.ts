import type { Json, KubernetesObject } from '../../manifest/object';
import { podsPeer } from '../peer';
import { controlPlaneOpening, type Mesh, type MeshClient, type MeshPort, type MeshWorkload } from './mesh';

/** What comes in by such an interface is treated as if the pod sent it, so that nobody is asked who they are. */
export const rerouted = { of: 'annotations', key: 'istio.io/reroute-virtual-interfaces' } as const;

/**
 * Istio with a proxy in each pod.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/
 * @see https://istio.io/latest/docs/reference/config/security/peer_authentication/
 * @see https://istio.io/latest/docs/ops/deployment/requirements/ for the ports and the user
 */
export const istio: Mesh = {
  title: 'Istio',
  controlPlane: 'istio-system',
  // Of the agent, Envoy and the application together; plain HTTP, past the proxy.
  metricsPort: 15020,
  plugin: 'istio-cni',
  // What this user sends is not captured: an application that runs as it goes past the proxy.
  proxyUser: 1337,
  // What its iptables let pass: `--uid-owner 1337`, and `--gid-owner 1337`.
  proxyGroup: 1337,
  ownContainers: ['istio-proxy', 'istio-init', 'istio-validation'],
  // The injector rewrites probes: the kubelet asks the agent, from the node.
  probePeers: [],
  letsTlsProbesIn: true,
  // To an address of no Service the proxy passes on what it gets, as it is.
  needsService: true,
  evasions: [
    // To the CNI plugin `0`, `f` and `False` are the same.
    { of: 'labels', key: 'sidecar.istio.io/inject', unless: 'true' },
    { of: 'labels', key: 'istio.io/dataplane-mode' },
    { of: 'annotations', key: 'sidecar.istio.io/inject', unless: 'true' },
    // Another template may have no proxy at all: `grpc-agent`.
    { of: 'annotations', key: 'inject.istio.io/templates', unless: 'sidecar' },
    // With DISABLE_ENVOY the CNI plugin leaves the pod as it is.
    {
      of: 'annotations',
      key: 'proxy.istio.io/config',
      mentions: ['interceptionMode', 'DISABLE_ENVOY', 'discoveryAddress'],
    },
    { of: 'annotations', key: 'sidecar.istio.io/interceptionMode', values: ['NONE'] },
    rerouted,
    ...['includeInboundPorts', 'excludeInboundPorts', 'excludeInterfaces', 'kubevirtInterfaces'].map((name) =>
      evasion(name),
    ),
    ...['includeOutboundPorts', 'excludeOutboundPorts', 'includeOutboundIPRanges', 'excludeOutboundIPRanges'].map(
      (name) => evasion(name),
    ),
  ],
  namespaceMarks: ({ revision }) => ({
    labels: Object.fromEntries([revision === undefined ? ['istio-injection', 'enabled'] : ['istio.io/rev', revision]]),
  }),
  podMarks: ({ revision, proxy }) => ({
    labels: { 'sidecar.istio.io/inject': 'true', ...(revision !== undefined && { 'istio.io/rev': revision }) },
    annotations: {
      // A proxy that is an init container ends with a Job, and carries what init containers send (Istio 1.24).
      'sidecar.istio.io/nativeSidecar': 'true',
      'sidecar.istio.io/proxyCPU': proxy.cpu,
      'sidecar.istio.io/proxyMemory': proxy.memory,
      'sidecar.istio.io/proxyMemoryLimit': proxy.memory,
    },
  }),
  namespaceObjects: istioNamespaceObjects,
  workloadObjects: istioWorkloadObjects,
  endingObjects: istioEndingObjects,
  metricsObjects: () => [],
  // XDS and certificates.
  proxyEgress: ({ controlPlane }) => [
    controlPlaneOpening(podsPeer({ app: 'istiod' }, controlPlane, undefined), [15012]),
  ],
};

function evasion(name: string) {
  return { of: 'annotations', key: `traffic.sidecar.istio.io/${name}` } as const;
}

/** Mutual TLS for all of a namespace, and a policy that allows nothing: each that allows something adds to it. */
export function istioNamespaceObjects(namespace: string): readonly KubernetesObject[] {
  return [
    security('PeerAuthentication', namespace, 'default', { mtls: { mode: 'STRICT' } }),
    security('AuthorizationPolicy', namespace, 'default-deny', {}),
  ];
}

/** What holds of a workload in both ways of Istio: only what ztunnel knows of a policy, which knows no HTTP. */
export function istioWorkloadObjects(workload: MeshWorkload): readonly KubernetesObject[] {
  const { name, namespace, selector: matchLabels, ports, inClosedNamespace } = workload;
  const plain = ports.filter(({ plaintext }) => plaintext).map(({ port }) => [String(port), { mode: 'DISABLE' }]);
  const policy = allowing(name, workload, ports.flatMap(ruleOf));
  if (inClosedNamespace && plain.length === 0) return [policy];
  const mtls = security('PeerAuthentication', namespace, name, {
    selector: { matchLabels },
    mtls: { mode: 'STRICT' },
    ...(plain.length > 0 && { portLevelMtls: Object.fromEntries(plain) }),
  });
  return [policy, mtls];
}

/** Policies add up: each of them lets in whom it names. A port that takes plain text lets in all, for good. */
export function istioEndingObjects(workload: MeshWorkload, expires: string): readonly KubernetesObject[] {
  const rules = workload.ports.filter(({ plaintext }) => !plaintext).flatMap(ruleOf);
  return rules.length === 0 ? [] : [allowing(`${workload.name}-until-${expires}`, workload, rules)];
}

function allowing(name: string, { namespace, selector }: MeshWorkload, rules: readonly Json[]): KubernetesObject {
  return security('AuthorizationPolicy', namespace, name, {
    selector: { matchLabels: { ...selector } },
    action: 'ALLOW',
    ...(rules.length > 0 && { rules: [...rules] }),
  });
}

/** Of who is nobody to the mesh it can say nothing: on such a port the policies of the network are what holds. */
function ruleOf({ port, clients, plaintext }: MeshPort): Json[] {
  const to = [{ operation: { ports: [String(port)] } }];
  if (plaintext) return [{ to }];
  const principals = [...new Set(clients.map(principalOf))].sort();
  return principals.length === 0 ? [] : [{ from: [{ source: { principals } }], to }];
}

/** As the certificate has it, without `spiffe://`; a star at the end stands for whatever follows. */
function principalOf({ trustDomain, namespace, serviceAccount }: MeshClient): string {
  return `${trustDomain}/ns/${namespace}/${serviceAccount === undefined ? '*' : `sa/${serviceAccount}`}`;
}

function security(kind: string, namespace: string, name: string, spec: Json): KubernetesObject {
  return { apiVersion: 'security.istio.io/v1', kind, metadata: { name, namespace }, spec };
}
