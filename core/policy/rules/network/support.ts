import type { Path } from '../../../manifest/path';
import type { LabelSelector } from '../../../manifest/pod-common';
import { type PodTemplateKinds, podTemplateOf } from '../../../manifest/pod-template';
import { type LabelledPods, SelectedPods } from '../../../network/selected-pods';
import type { ObjectOfConstruct } from '../../rule';

/** What rules read of a Service. */
export interface Service {
  readonly spec?: {
    readonly type?: string;
    readonly externalIPs?: readonly string[];
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

interface FromNamespaces {
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

/** Pods that an object makes, as network policies see them. */
export interface PodsOfSet extends LabelledPods, ObjectOfConstruct {
  /** Where the labels stand. */
  readonly path: Path;
  /** On the network of the node, where no network policy reaches. */
  readonly isOnHost: boolean;
}

/** The pods of sets that were asked about: several rules ask the same, one after the other. */
const known = new WeakMap<
  readonly ObjectOfConstruct[],
  { kinds: PodTemplateKinds | undefined; pods: SelectedPods<PodsOfSet> }
>();

/** The pods that the objects make. */
export function podsOfSet(objects: readonly ObjectOfConstruct[], kinds?: PodTemplateKinds): SelectedPods<PodsOfSet> {
  const before = known.get(objects);
  if (before !== undefined && before.kinds === kinds) return before.pods;
  const pods = new SelectedPods(objects.flatMap((entry) => podsOf(entry, kinds) ?? []));
  known.set(objects, { kinds, pods });
  return pods;
}

function podsOf({ object, construct }: ObjectOfConstruct, kinds: PodTemplateKinds | undefined): PodsOfSet | undefined {
  const template = podTemplateOf(object, kinds);
  if (template === undefined) return undefined;
  return {
    object,
    construct,
    namespace: object.metadata?.namespace,
    labels: template.metadata.labels ?? {},
    path: [...template.path, 'metadata', 'labels'],
    isOnHost: template.spec.hostNetwork === true,
  };
}
