/** The connections that network policies let through, from both of their sides. */
import type { KubernetesObject } from '../../core/manifest';

interface Peer {
  readonly namespaceSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly ipBlock?: { readonly cidr: string };
}

interface Policy extends KubernetesObject {
  readonly spec: {
    readonly podSelector: NonNullable<Peer['podSelector']>;
    readonly ingress?: readonly {
      readonly from?: readonly Peer[];
      readonly ports?: readonly { readonly port: number }[];
    }[];
    readonly egress?: readonly {
      readonly to?: readonly Peer[];
      readonly ports?: readonly { readonly port: number }[];
    }[];
  };
}

const nameLabel = 'app.kubernetes.io/name';

function shown({ namespaceSelector, podSelector, ipBlock }: Peer, own: string): string {
  if (ipBlock !== undefined) return ipBlock.cidr;
  const namespace = namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] ?? (namespaceSelector ? '*' : own);
  const pod = podSelector?.matchLabels?.[nameLabel];
  return pod === undefined ? namespace : `${namespace}/${pod}`;
}

/**
 * What comes in, as `<from> -> <to>:<port>`, and what goes out and comes in nowhere, but for DNS.
 */
export function flowsOf(objects: readonly KubernetesObject[]): readonly string[] {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy') as unknown as readonly Policy[];
  const each = (way: 'ingress' | 'egress') =>
    policies.flatMap(({ metadata, spec }) => {
      const self = shown({ podSelector: spec.podSelector }, metadata?.namespace ?? '');
      return (spec[way] ?? []).flatMap((rule) => {
        const peers = ('from' in rule ? rule.from : 'to' in rule ? rule.to : undefined) ?? [{ namespaceSelector: {} }];
        return peers.flatMap((peer) => {
          const other = shown(peer, metadata?.namespace ?? '');
          return (rule.ports ?? [{ port: 0 }]).map(({ port }) =>
            way === 'ingress' ? `${other} -> ${self}:${port}` : `${self} -> ${other}:${port}`,
          );
        });
      });
    });
  const ingress = new Set(each('ingress'));
  const egress = [...new Set(each('egress'))].filter((flow) => !flow.endsWith(':53'));
  return [...new Set([...ingress, ...egress])].sort();
}
