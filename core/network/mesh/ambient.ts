import { istio, istioEndingObjects, istioNamespaceObjects, istioWorkloadObjects, rerouted } from './istio';
import type { Mesh } from './mesh';

/**
 * Istio with a proxy on each node (ztunnel), without waypoints: what it enforces is of layer 4. Istio's CNI is part of it.
 *
 * @see https://istio.io/latest/docs/ambient/usage/l4-policy/
 * @see https://istio.io/latest/docs/ambient/usage/networkpolicy/
 */
export const ambient: Mesh = {
  title: 'Istio (ambient)',
  controlPlane: istio.controlPlane,
  // HBONE: between meshed pods everything goes through the tunnel of the nodes.
  tunnelPort: 15008,
  // Probes are given these addresses on the node, so that they can be told from what others send without TLS, and go around ztunnel.
  probePeers: [
    { ipBlock: { cidr: '169.254.7.127/32' } },
    { ipBlock: { cidr: 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128' } },
  ],
  letsTlsProbesIn: true,
  needsService: false,
  // It knows pods with a sidecar by an annotation.
  ownContainers: [],
  evasions: [
    { of: 'labels', key: 'istio.io/dataplane-mode', values: ['none'] },
    { of: 'labels', key: 'sidecar.istio.io/inject', values: ['true'] },
    { of: 'annotations', key: 'ambient.istio.io/bypass-inbound-capture' },
    { of: 'annotations', key: 'ambient.istio.io/redirection' },
    // Pods that carry it have a sidecar, and are left to that.
    { of: 'annotations', key: 'sidecar.istio.io/status' },
    rerouted,
  ],
  namespaceMarks: () => ({ labels: { 'istio.io/dataplane-mode': 'ambient' } }),
  podMarks: () => ({ labels: { 'istio.io/dataplane-mode': 'ambient' } }),
  namespaceObjects: istioNamespaceObjects,
  workloadObjects: istioWorkloadObjects,
  endingObjects: istioEndingObjects,
  metricsObjects: () => [],
  // ztunnel asks istiod from pods of its own.
  proxyEgress: () => [],
};
