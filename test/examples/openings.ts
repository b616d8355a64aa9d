/** NetworkPolicies as lines of text: `frontend :9555`, `kube-system/kube-dns :53/UDP`, `*` for everybody. */
import type { KubernetesObject } from '../../core/manifest';

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
}

interface Rule {
  readonly ports?: readonly { readonly port: number; readonly protocol?: string }[];
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
}

interface PolicySpec {
  readonly podSelector: Selector;
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

/** A NetworkPolicy with its rules as sorted lines; any other object as it is. */
export function withReadableRules(object: KubernetesObject): KubernetesObject {
  if (object.kind !== 'NetworkPolicy') return object;
  const { ingress, egress, ...spec } = object.spec as PolicySpec;
  const lines = (rules: readonly Rule[] | undefined) => (rules ?? []).flatMap(linesOf).sort();
  return { ...object, spec: { ...spec, ingress: lines(ingress), egress: lines(egress) } };
}

/** Every way that both sides leave open, as `<from> -> <to> :<port>`, between the pods of the namespace. */
export function openWays(objects: readonly KubernetesObject[]): readonly string[] {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy').map(withReadableRules);
  const sides = policies.map(({ spec }) => spec as { podSelector: Selector; ingress: string[]; egress: string[] });
  const into = sides.flatMap(({ podSelector, ingress }) => ingress.map((line) => way(line, podSelector)));
  const outOf = new Set(
    sides.flatMap(({ podSelector, egress }) => egress.map((line) => `${podOf(podSelector)} -> ${line}`)),
  );
  return into.filter((line) => outOf.has(line)).sort();
}

function way(line: string, to: Selector): string {
  const [from, port] = line.split(' ');
  return `${from} -> ${podOf(to)} ${port}`;
}

function linesOf({ ports, from, to }: Rule): string[] {
  const peers = from ?? to;
  const numbers = (ports ?? []).map(
    ({ port, protocol = 'TCP' }) => ` :${port}${protocol === 'TCP' ? '' : `/${protocol}`}`,
  );
  return (peers ? peers.map(peerName) : ['*']).flatMap((peer) =>
    numbers.length === 0 ? [peer] : numbers.map((port) => `${peer}${port}`),
  );
}

function peerName({ podSelector, namespaceSelector }: Peer): string {
  const pods = podSelector ? podOf(podSelector) : '*';
  return namespaceSelector ? `${namespaceSelector.matchLabels?.['kubernetes.io/metadata.name'] ?? '*'}/${pods}` : pods;
}

function podOf({ matchLabels }: Selector): string {
  return Object.values(matchLabels ?? {}).join(',') || '*';
}
