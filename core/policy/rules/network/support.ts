import type { LabelSelector } from '../../../manifest/pod-common';
import { type NetworkPolicyPeer, namespaceNameLabel } from '../../../network/peer';
import type { ObjectSet } from '../../object-set';

/** What rules read of a Service. */
export interface Service {
  readonly spec?: {
    readonly type?: string;
    readonly externalIPs?: readonly string[];
    readonly externalName?: string;
    readonly loadBalancerSourceRanges?: readonly string[];
    readonly selector?: Readonly<Record<string, string>>;
  };
}

/** What rules read of an Ingress. */
export interface Ingress {
  readonly spec?: {
    readonly defaultBackend?: IngressBackend;
    readonly tls?: readonly { readonly hosts?: readonly string[]; readonly secretName?: string }[];
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: { readonly paths?: readonly { readonly backend?: IngressBackend }[] };
    }[];
  };
}

interface IngressBackend {
  readonly service?: { readonly name?: string };
}

export const ingressKinds = ['networking.k8s.io/Ingress'];

/** The prefix of the annotations of ingress-nginx. */
export const nginx = 'nginx.ingress.kubernetes.io/';

/** Which namespaces a Gateway takes something of. */
export interface FromNamespaces {
  readonly namespaces?: { readonly from?: string; readonly selector?: LabelSelector };
}

/** What rules read of a Gateway or ListenerSet of the Gateway API, and of a Gateway of Istio. */
export interface Gateway {
  readonly spec?: {
    readonly allowedListeners?: FromNamespaces;
    readonly listeners?: readonly {
      readonly name?: string;
      readonly protocol?: string;
      readonly hostname?: string;
      readonly allowedRoutes?: FromNamespaces;
    }[];
    readonly servers?: readonly {
      readonly port?: { readonly name?: string; readonly number?: number; readonly protocol?: string };
      readonly hosts?: readonly string[];
      readonly tls?: { readonly httpsRedirect?: boolean };
    }[];
  };
}

export const gatewayKinds = [
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/ListenerSet',
  'gateway.networking.x-k8s.io/XListenerSet',
  'networking.istio.io/Gateway',
];

/** The one namespace that the peer names; undefined where it may be several, or nobody here knows which. */
export function namespaceOfPeer(
  { namespaceSelector }: NetworkPolicyPeer,
  own: string | undefined,
): { readonly name: string | undefined } | undefined {
  if (!namespaceSelector) return { name: own };
  const name = namespaceSelector.matchLabels?.[namespaceNameLabel];
  return name === undefined ? undefined : { name };
}

/**
 * Whether it is not clear which policies are for a namespace: some ask for labels of namespaces, and it is not among the objects, or
 * whoever applies the objects says which it is.
 */
export function asksNamespacesFor({ objects, policies }: ObjectSet): (namespace: string | undefined) => boolean {
  const selectors: LabelSelector[] = [];
  for (const { isolation } of policies)
    for (const { peers } of isolation.rules)
      for (const { peer } of peers) if (peer.namespaceSelector) selectors.push(peer.namespaceSelector);
  if (!selectors.some(asksOtherThanName)) return (namespace) => namespace === undefined && selectors.length > 0;
  const given = new Set(objects.flatMap(({ object }) => (object.kind === 'Namespace' ? [object.metadata?.name] : [])));
  return (namespace) => namespace === undefined || !given.has(namespace);
}

function asksOtherThanName({ matchLabels, matchExpressions }: LabelSelector): boolean {
  for (const key in matchLabels) if (key !== namespaceNameLabel) return true;
  return (matchExpressions ?? []).some(({ key }) => key !== namespaceNameLabel);
}
