import type { Protocol } from '../manifest/container';
import type { IntOrString, LabelSelector } from '../manifest/pod-common';
import { parseCidr } from './cidr';
import { metadataBlocksIn } from './metadata-addresses';

/** Whom a NetworkPolicy rule speaks of (networking.k8s.io/v1). */
export interface NetworkPolicyPeer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

/** Which ports a NetworkPolicy rule speaks of. */
export interface NetworkPolicyPort {
  /** @default 'TCP' */
  readonly protocol?: Protocol;
  readonly port?: IntOrString;
  readonly endPort?: number;
}

/** The label that Kubernetes itself gives every namespace: its name. */
export const namespaceNameLabel = 'kubernetes.io/metadata.name';

/**
 * The pods with these labels, seen from another namespace or the same one.
 * @param namespace their namespace; undefined where neither side's is known
 */
export function podsPeer(
  labels: Readonly<Record<string, string>>,
  namespace: string | undefined,
  seenFrom: string | undefined,
): NetworkPolicyPeer {
  const podSelector = { matchLabels: { ...labels } };
  return namespace === undefined || namespace === seenFrom
    ? { podSelector }
    : { namespaceSelector: { matchLabels: { [namespaceNameLabel]: namespace } }, podSelector };
}

/** Every pod of a namespace. */
export function namespacePeer(namespace: string): NetworkPolicyPeer {
  return { namespaceSelector: { matchLabels: { [namespaceNameLabel]: namespace } } };
}

/** A block of addresses, but for parts of it and the metadata addresses of clouds. */
export function blockPeer(cidr: string, except: readonly string[]): NetworkPolicyPeer {
  const block = parseCidr(cidr);
  const closed = [...new Set([...except, ...(block === undefined ? [] : metadataBlocksIn(block))])];
  return { ipBlock: { cidr, ...(closed.length > 0 && { except: closed }) } };
}
