import type { Json, KubernetesObject } from '../../manifest/object';
import { harborName } from './parts';

/** Its pods: the program that answers for blobs is in one with the one that deletes them. */
export const harborPods = ['nginx', 'portal', 'core', 'jobservice', 'registry', 'trivy', 'redis', 'exporter'] as const;

export type HarborPod = (typeof harborPods)[number];

/** Who is outside of the namespace. */
export interface HarborSurroundings {
  /** Labels of the pods are not asked for: the whole namespace. */
  readonly gatewayNamespace: string;
  readonly prometheusNamespace?: string;
  /** Addresses, and the port at each. */
  readonly database: { readonly cidrs: readonly string[]; readonly port: number };
  readonly login: readonly string[];
  /** Of a bucket and its cloud's service of tokens. */
  readonly storage: readonly string[];
  /** Of registries that images, or the databases of vulnerabilities, come from. */
  readonly upstreams: readonly string[];
}

const https = 8443;
const redis = 6379;
const metrics = 8001;

/** Which pods each of them connects to. What the core asks all others is whether they are well. */
const connections: Readonly<Record<HarborPod, Readonly<Partial<Record<HarborPod, readonly number[]>>>>> = {
  nginx: { core: [https], portal: [https] },
  portal: {},
  core: { portal: [https], jobservice: [https], registry: [5443, https], trivy: [https], redis: [redis] },
  jobservice: { core: [https], registry: [5443, https], trivy: [https], redis: [redis] },
  registry: { redis: [redis] },
  trivy: { core: [https], registry: [5443], redis: [redis] },
  redis: {},
  exporter: { core: [https], redis: [redis] },
};

type Outside = 'database' | 'login' | 'storage' | 'upstreams';

const outward: Readonly<Record<HarborPod, readonly Outside[]>> = {
  nginx: [],
  portal: [],
  core: ['database', 'login', 'upstreams'],
  jobservice: ['database', 'upstreams'],
  registry: ['storage'],
  trivy: ['upstreams'],
  redis: [],
  exporter: ['database'],
};

const measured: readonly HarborPod[] = ['core', 'jobservice', 'registry', 'exporter'];

const selectorOf = (pod: HarborPod): Json => ({
  matchLabels: { app: harborName, release: harborName, component: pod },
});

const namespaceOf = (name: string): Json => ({
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
});

const tcp = (ports: readonly number[]): Json => ports.map((port) => ({ port, protocol: 'TCP' }));

const dns: Json = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  ports: [
    { port: 53, protocol: 'UDP' },
    { port: 53, protocol: 'TCP' },
  ],
};

/** A policy for each pod, with nothing that it does not need: the chart has none. */
export function harborNetworkPolicies(
  namespace: string,
  surroundings: HarborSurroundings,
): readonly KubernetesObject[] {
  const { gatewayNamespace, prometheusNamespace, database } = surroundings;
  const outside = (kind: Outside): readonly Json[] => {
    const cidrs = kind === 'database' ? database.cidrs : surroundings[kind];
    if (cidrs.length === 0) return [];
    const ports = tcp([kind === 'database' ? database.port : 443]);
    return [{ to: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports }];
  };
  return harborPods.map((pod) => {
    const ingress: readonly Json[] = [
      ...harborPods.flatMap((from): readonly Json[] => {
        const ports = connections[from][pod];
        return ports === undefined ? [] : [{ from: [{ podSelector: selectorOf(from) }], ports: tcp(ports) }];
      }),
      ...(pod === 'nginx' ? [{ from: [namespaceOf(gatewayNamespace)], ports: tcp([https]) }] : []),
      ...(prometheusNamespace !== undefined && measured.includes(pod)
        ? [{ from: [namespaceOf(prometheusNamespace)], ports: tcp([metrics]) }]
        : []),
    ];
    const egress: readonly Json[] = [
      ...harborPods.flatMap((to): readonly Json[] => {
        const ports = connections[pod][to];
        return ports === undefined ? [] : [{ to: [{ podSelector: selectorOf(to) }], ports: tcp(ports) }];
      }),
      ...outward[pod].flatMap(outside),
    ];
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `${harborName}-${pod}`, namespace },
      spec: {
        podSelector: selectorOf(pod),
        policyTypes: ['Ingress', 'Egress'],
        ingress,
        egress: egress.length > 0 ? [...egress, dns] : [],
      },
    };
  });
}
